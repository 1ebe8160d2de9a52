#!/usr/bin/env bash
# Puts the Autobahn test suite under .build/autobahn, where a Python 2.7 is at hand, and prints the path of its program.
# Exit status 77, with the reason, where there is none: the suite was never carried over to Python 3.
#   PYTHON27=/path/to/python2.7 scripts/autobahn.sh     when it is not found by its name
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.build/autobahn
program=$folder/python/bin/wstest

find_python() {
    for candidate in "${PYTHON27:-}" python2.7 $(command -v pyenv >/dev/null && pyenv whence --path python2.7 2>/dev/null) python2; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (2, 7))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

if [ ! -x "$program" ]; then
    if ! python=$(find_python); then
        echo "no Python 2.7 for the Autobahn test suite: Debian 12 has none; say PYTHON27=… when you have one" >&2
        exit 77
    fi
    rm -rf "$folder"
    mkdir -p "$folder"
    if ! { "$python" -m pip install -q --target "$folder/virtualenv" virtualenv==20.15.1 &&
        PYTHONPATH=$folder/virtualenv "$python" -m virtualenv -q "$folder/python" &&
        "$folder/python/bin/pip" install -q autobahntestsuite==25.10.1; } >"$folder/log" 2>&1; then
        echo "the Autobahn test suite could not be installed: $(tail -1 "$folder/log")" >&2
        exit 77
    fi
fi
echo "$program"
