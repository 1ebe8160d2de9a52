#!/usr/bin/env bash
# Runs the Swift tests under the thread sanitizer and under the address sanitizer; each has a build folder of its own.
#   scripts/sanitize.sh [thread|address]
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no SIMULATION_SEEDS=${SANITIZER_SEEDS:-20}
# What the tests' own runner never frees is not this program's.
export ASAN_OPTIONS=detect_leaks=0
for kind in "${@:-thread address}"; do
    for sanitizer in $kind; do
        echo "== Swift tests with the $sanitizer sanitizer"
        # Tests that start processes with few descriptors measure the sanitizer there, not the program.
        defined=()
        [ "$sanitizer" = thread ] && defined=(-Xswiftc -DTHREAD_SANITIZER)
        swift test --sanitize="$sanitizer" ${defined[@]+"${defined[@]}"} --scratch-path ".build/$sanitizer" --disable-xctest --skip DescriptorTests
    done
done
