#!/usr/bin/env bash
# Builds the benchmark and takes all figures, or those that are named; QUICK=1 only shows that everything works.
#   scripts/bench.sh [FIGURE …]    see bench/run.py
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no PYTHONDONTWRITEBYTECODE=1

hub=${QARELAY_BIN:-.build/release}/qarelay
if [ ! -x "$hub" ]; then
    echo "There is no $hub: build it with “make release”." >&2
    exit 1
fi
echo "== Building"
swift build -c release --package-path bench -q
exec python3 bench/run.py "$@"
