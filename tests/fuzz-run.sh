#!/bin/bash
# fuzz-run: lets libFuzzer make up inputs for each target, beginning with those of
# corpus/ and with what earlier runs came to (build/fuzz/corpus). What crashes, hangs
# or takes too much memory goes to tests/fuzz/found/TARGET, and `make check` tries it
# ever after: fix it, and keep the input, made small by
#   build/fuzz/tests/fuzz/TARGET -minimize_crash=1 -runs=10000 FILE
# In: seconds for each target; the targets. Exit status: 0 nothing was found.
set -u
cd "$(dirname "$0")/.." || exit 1
[ $# -ge 2 ] || { echo "usage: tests/fuzz-run.sh SECONDS TARGET..." >&2; exit 2; }
seconds=$1
shift
work=$(mktemp -d /dev/shm/gongbao-fuzz.XXXXXX 2>/dev/null || mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
export ASAN_OPTIONS=detect_stack_use_after_return=1
tests/fuzz-seeds.sh "$work/seeds" || exit 1
status=0

for target in "$@"; do
    corpus=build/fuzz/corpus/$target found=tests/fuzz/found/$target log=build/fuzz/$target.log
    # a pattern is short, and its cost grows faster than its length
    longest=20000
    [ "$target" != rules ] || longest=3000
    mkdir -p "$corpus" "$found" || exit 1
    build/fuzz/tests/fuzz/"$target" -max_total_time="$seconds" -max_len="$longest" -timeout=10 -rss_limit_mb=2048 \
        -close_fd_mask=2 -print_final_stats=1 -artifact_prefix="$found/" -dict="$work/seeds/$target.dict" \
        "$corpus" "$work/seeds/$target" >"$log" 2>&1 || {
        echo "$target: found something, see $log:"
        grep -E 'ERROR|SUMMARY|runtime error|Test unit written' "$log" | sed 's/^/    /'
        status=1
    }
    rmdir -p "$found" 2>/dev/null
    awk -v target="$target" '/^stat::number_of_executed_units/ { runs = $2 } /^stat::average_exec_per_sec/ { speed = $2 }
        END { print target ": " runs + 0 " inputs, " speed + 0 " a second" }' "$log"
done
exit $status
