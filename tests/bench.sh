#!/bin/bash
# bench: what the pipeline costs on this machine, beside uconv on the same bytes:
#   uconv -f utf-8 -t utf-8 -x Any-NFKC
# which does one small part of the work. Prints medians and ratios.
#   TEXT   the gazette to measure with (default: a real one if it is there, else corpus/)
#   TURNS  how often yardstick and pipeline take turns (default 15; at least 10)
set -u
cd "$(dirname "$0")/.." || exit 1
turns=${TURNS:-15}
text=${TEXT:-../shared/corpus/suzhou-2025.txt}
work=$(mktemp -d /dev/shm/gongbao-bench.XXXXXX 2>/dev/null || mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
if [ ! -e "$text" ]; then
    text=$work/corpus.txt
    cat corpus/*.txt >"$text"
fi
yardstick() { uconv -f utf-8 -t utf-8 -x Any-NFKC "$@"; }

fail() {
    echo "tests/bench.sh: $*" >&2
    cat "$work/log" >&2
    exit 1
}

# Runs a command; its wall time in microseconds is in $elapsed.
clock() {
    local begin=${EPOCHREALTIME/[.,]/}
    "$@" >"$work/log" 2>&1 </dev/null || fail "$* ended with status $?"
    elapsed=$((${EPOCHREALTIME/[.,]/} - begin))
}

median() { # of the numbers on standard input
    sort -n | sed -n "$(((${1:?} + 1) / 2))p"
}

ms() { # microseconds as milliseconds
    printf '%d.%d' $(($1 / 1000)) $(($1 % 1000 / 100))
}

ratio() {
    printf '%d.%02d' $(($1 / $2)) $((100 * $1 / $2 % 100))
}

# Yardstick and pipeline take turns, each turn on files of its own and into an
# empty folder.
compare() { # TURNS FILES JOBS
    local turn file files uconv_times="$work/uconv" pipeline_times="$work/pipeline"
    : >"$uconv_times"
    : >"$pipeline_times"
    for ((turn = 1; turn <= $1; turn++)); do
        files=()
        for ((file = 1; file <= $2; file++)); do
            files+=("$work/in/gazette-$turn-$file.txt")
            { cat "$text" && echo "$turn $file"; } >"${files[-1]}"
        done
        clock yardstick -o "$work/nfkc" "${files[@]}"
        echo "$elapsed" >>"$uconv_times"
        clock ./pipeline.sh --jobs "$3" --out "$work/out" "${files[@]}"
        echo "$elapsed" >>"$pipeline_times"
        rm -rf "$work/out" "$work/nfkc" "${files[@]}"
    done
    local uconv pipeline
    uconv=$(median "$1" <"$uconv_times")
    pipeline=$(median "$1" <"$pipeline_times")
    printf '    uconv %s ms, pipeline %s ms, ratio %s\n' "$(ms "$uconv")" "$(ms "$pipeline")" "$(ratio "$pipeline" "$uconv")"
}

# One stage alone on a folder that holds what the stages before it made.
stage() { # STAGE FOLDER INPUT
    case $1 in
    decode) set -- "$1" "$2" "$3" ;;
    segment) set -- "$1" "$2/segmented.tsv" "$2" ;;
    normalise) set -- "$1" "$2/normalised.tsv" "$2/segmented.tsv" ;;
    classify) set -- "$1" "$2/classified.tsv" "$2/normalised.tsv" ;;
    extract) set -- "$1" "$2/extracted.tsv" "$2/classified.tsv" ;;
    emit) set -- "$1" "$2" "$2/extracted.tsv" ;;
    esac
    command=("build/bin/$1" -q -o "$2" "$3")
}

# Time and memory of each stage with 1, 10 and 100 copies of the text in one file.
stages() {
    local copies name repeat times=5 folder=$work/stages
    printf '    %-10s%-34s%-34s%-34s\n' '' '1 copy: time, a copy, peak' '10 copies' '100 copies'
    for copies in 1 10 100; do
        mkdir -p "$folder-$copies/gazette" || exit 1
        for ((repeat = 0; repeat < copies; repeat++)); do cat "$text"; done >"$folder-$copies/gazette.txt"
    done
    for name in decode segment normalise classify extract emit; do
        printf '    %-10s' "$name"
        for copies in 1 10 100; do
            [ "$copies" -lt 100 ] || times=1
            stage "$name" "$folder-$copies/gazette" "$folder-$copies/gazette.txt"
            for ((repeat = 0; repeat < times; repeat++)); do
                clock "${command[@]}"
                echo "$elapsed"
            done >"$work/times"
            elapsed=$(median "$times" <"$work/times")
            /usr/bin/time -f %M -o "$work/memory" "${command[@]}" >"$work/log" 2>&1 || fail "${command[*]} ended with status $?"
            printf '%7s ms %7s ms %5s MB    ' "$(ms "$elapsed")" "$(ms $((elapsed / copies)))" $(($(tail -n 1 "$work/memory") / 1024))
        done
        times=5
        printf '\n'
    done
}

[ -x build/bin/emit ] || { echo "tests/bench.sh: build first: make" >&2; exit 1; }
[ "$turns" -ge 10 ] || { echo "tests/bench.sh: TURNS must be at least 10" >&2; exit 2; }
mkdir "$work/in"
echo "text: $(basename "$text"), $(stat -c %s "$text") bytes; in and out on $(stat -f -c %T "$work"); $(nproc) processors"
echo "one gazette, medians of $turns turns (aim: 2, limit: 4):"
compare "$turns" 1 1
echo "a hundred gazettes, two jobs, medians of 10 turns (aim: 1, limit: 2):"
compare 10 100 2
echo "each stage alone, medians of 5 runs (with 100 copies 1); memory for one gazette: limit 64 MB:"
stages
echo "each rule alone over every line of the text, the dearest first:"
build/tests/rulecheck --cost "$text"
