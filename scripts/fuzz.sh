#!/usr/bin/env bash
# Feeds every decoder with what libFuzzer makes of fuzz/corpus, and stops at the first input that one falls over.
#   scripts/fuzz.sh [DECODER …]    all of them, or those that are named (the folders of fuzz/corpus)
# FUZZ_SECONDS is the time for each (600). New inputs are kept under .build/fuzz; what broke something is written there too.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-600}
work=$PWD/.build/fuzz
# Swift's own report of a crash would come before libFuzzer's, which writes down the input.
export SWIFT_BACKTRACE=enable=no

echo "== Building the decoders for libFuzzer"
QARELAY_FUZZ=1 swift build -c release --product Fuzz --sanitize=fuzzer --scratch-path "$work/build" -q
program=$work/build/release/Fuzz
names=("$@")
if [ ${#names[@]} = 0 ]; then names=($(ls fuzz/corpus)); fi
for name in "${names[@]}"; do
    mkdir -p "$work/found/$name" "$work/broken/$name"
    echo "== $name, $seconds s"
    log=$work/$name.log
    if ! DECODER=$name "$program" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$work/broken/$name/" "$work/found/$name" "fuzz/corpus/$name" >"$log" 2>&1; then
        tail -40 "$log" >&2
        echo "The decoder “$name” fell over an input: it is in $work/broken/$name, and belongs into fuzz/corpus/$name once it is mended." >&2
        exit 1
    fi
    grep -E "number_of_executed_units|average_exec_per_sec" "$log" | sed 's/^stat::/   /'
done
