#!/bin/bash
# fuzz: what fuzzing found once (tests/fuzz/found/TARGET/), each a case, and the inputs
# that it begins with: no target may crash on them, be caught by a sanitizer or take
# long. `make fuzz` looks for more.
. "$(dirname "$0")/suite.sh"
shopt -s nullglob
export TMPDIR=$work

replays() { # TARGET FILE...
    timeout 60 "$BUILD/tests/fuzz/$1" "${@:2}" </dev/null
}

try_case() { # NAME COMMAND...
    if wanted "$1"; then try "$@"; fi
}

try_case seeds env PIPELINE="$script" tests/fuzz-seeds.sh "$work/seeds"
for program in "$BUILD"/tests/fuzz/*; do
    target=$(basename "$program")
    for found in "tests/fuzz/found/$target"/*; do
        try_case "$target-$(basename "$found")" replays "$target" "$found"
    done
    seeds=("$work/seeds/$target"/*)
    [ ${#seeds[@]} -eq 0 ] || try_case "$target-seeds" replays "$target" "${seeds[@]}"
done
close_suite
