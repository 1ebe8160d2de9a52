#!/usr/bin/env bash
# Builds once and runs the tests: `quick` for every run, `long` for all, `simulate` for many seeds.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-quick}
export SWIFT_BACKTRACE=enable=no PYTHONDONTWRITEBYTECODE=1

if [ "$mode" = long ]; then
    export SIMULATION_SEEDS=${SIMULATION_SEEDS:-1000} QARELAY_LONG=1
elif [ "$mode" = simulate ]; then
    export SIMULATION_SEEDS=${SIMULATION_SEEDS:-10000}
    exec swift test --disable-xctest --filter Simulation
fi

echo "== Format"
make --no-print-directory lint
echo "== Building"
swift build --build-tests -q
echo "== Unit tests, conformance and simulation"
record=$(mktemp)
trap 'rm -f "$record"' EXIT
swift test --skip-build --disable-xctest --parallel 2>&1 | tee "$record" || {
    # Hundreds of lines pass after the one that matters.
    echo "== What failed"
    grep -A6 -E '^✘ .*(recorded an issue|failed after)' "$record" || true
    exit 1
}

echo "== End to end: the real programs, pages in Chromium, the terminal in tmux"
# Most of them wait for lines that are cut more than they work: two at a time. The long run measures, one at a time.
marks="not long" workers=(-n 2 --dist worksteal)
[ "$mode" = long ] && marks="long or not long" workers=()
QARELAY_BIN=${QARELAY_BIN:-.build/debug} .venv/bin/python -m pytest Tests/EndToEnd -q -m "$marks" -p no:cacheprovider ${workers[@]+"${workers[@]}"}

if [ "$mode" = long ]; then
    scripts/sanitize.sh
    FUZZ_SECONDS=${FUZZ_SECONDS:-60} scripts/fuzz.sh
fi
