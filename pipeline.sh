#!/usr/bin/env bash
# pipeline.sh: from gazette text to tables. A stage is given the inputs that have
# what it reads and lack what it writes: so a failure ends one input only, and an
# interrupted run goes on where it was. What needs a decision or a list of files is
# a program: inputs says what there is to do, publish puts the results in place.
set -u

usage="usage: ./pipeline.sh [-q] [--out DIR] [--rules DIR]... [--jobs N] [--encoding NAME]
       [--inputs CSV] [--report CSV] FILE|FOLDER..."
help="$usage

Makes a folder per input, DIR/ID/, with indicators.csv, budget.csv, projects.csv,
unread.csv, tables.xml, datapackage.json, and the files between the stages. ID is
the name of the input without its extension. A folder stands for all files in it.
At the end it says what was found and what was passed over.

  --out DIR    where the results belong (default: out)
  --rules DIR  more rules: they add to ours, replace or drop them
  --jobs N     how many inputs to work on side by side (default: one per processor)
  --encoding NAME  the encoding of the inputs, where what is found is wrong
  --inputs CSV  more inputs, with what their text does not say: a table with the
               columns path,place,year,source,url, all but path may be empty
  --report CSV  where to write what was found and passed over as a table
  -q, --quiet  only says what has failed

Exit status: 0 every input is converted; 1 some input failed, or none gave a row;
2 wrong use or wrong rules.

Example: ./pipeline.sh --jobs 2 gazettes/"

misused() {
    printf 'pipeline.sh: %s\n%s\n' "$1" "$usage" >&2
    exit 2
}

here=${BASH_SOURCE[0]}
[[ ! -L $here ]] || here=$(readlink -f -- "$here")
case $here in */*) here=${here%/*} ;; *) here=. ;; esac
bin=$here/build/bin
out=out jobs='' tables=() operands=() options=() encoding=() report=() uses=(--uses "$bin" --uses "${GONGBAO_RULES:-$here/rules}")
while (($# > 0)); do
    case $1 in
    --out=?* | --rules=?* | --jobs=?* | --encoding=?* | --inputs=?* | --report=?*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    --out | --rules | --jobs | --encoding | --inputs | --report) [[ ${2-} ]] || misused "$1 needs a value" ;;
    esac
    case $1 in
    --out) out=$2 && shift ;;
    --rules) options+=(--rules "$2") uses+=(--uses "$2") && shift ;;
    --jobs) jobs=$2 && shift ;;
    --encoding) encoding=(--encoding "$2") uses+=(--setting "$2") && shift ;;
    --inputs) tables=(--inputs "$2") && shift ;;
    --report) report+=(--csv "$2") && shift ;;
    -q | --quiet) options+=(-q) report+=(-q) ;;
    -h | --help) printf '%s\n' "$help" && exit ;;
    --) operands+=("${@:2}") && break ;;
    -?*) misused "unknown option $1" ;;
    *) operands+=("$1") ;;
    esac
    shift
done
((${#operands[@]} + ${#tables[@]} > 0)) || misused "no input: name a file or a folder"
[[ ! $jobs || $jobs =~ ^[1-9][0-9]{0,3}$ ]] || misused "--jobs needs a number from 1 to 9999"
[[ -x $bin/inputs ]] || misused "the programs are not built: run make first"

# Two runs into one folder take turns. The programs inherit the lock, so that it
# also outlives a script that was killed, until the last of them has ended.
[[ $out != -* ]] || out=./$out
[[ -d $out ]] || mkdir -p -- "$out" || exit 1
exec {lock}>>"$out/.lock" || exit 1
flock --nonblock "$lock" || {
    printf 'pipeline.sh: another run works in %s: waiting for its end\n' "$out" >&2
    flock "$lock" || exit 1
}

# run STAGE READS WRITES: one stage over a share of the work list. decode and emit
# write several files: the one named is their last. The list is escaped as it
# came; printf %b gives the name of the folder itself.
run() {
    local list='' line input folder path
    for line in "${share[@]}"; do
        IFS=$'\t' read -r _ input folder <<<"$line"
        printf -v path %b "$folder"
        [[ ($1 == decode || -e $path/$2) && ! -e $path/$3 ]] || continue
        case $1 in
        decode) list+=$input$'\t'$folder$'\n' ;;
        segment) list+=$folder$'\t'$folder/$3$'\n' ;;
        emit) list+=$folder/$2$'\t'$folder$'\n' ;;
        *) list+=$folder/$2$'\t'$folder/$3$'\n' ;;
        esac
    done
    local given=("${options[@]}")
    [[ $1 != decode ]] || given+=("${encoding[@]}")
    [[ ! $list ]] || "$bin/$1" "${given[@]}" --batch - <<<"${list%$'\n'}"
}

# All stages over a share. Wrong rules end it; a failed input ends only itself.
run_share() {
    local share=("$@") failed=0 stage
    for stage in "decode - layout.tsv" "segment layout.tsv segmented.tsv" \
        "normalise segmented.tsv normalised.tsv" "classify normalised.tsv classified.tsv" \
        "extract classified.tsv extracted.tsv" "emit extracted.tsv datapackage.json"; do
        # shellcheck disable=SC2086 # three words
        run $stage || failed=$?
        ((failed != 2)) || return 2
    done
    return "$((failed > 0))"
}

work=$("$bin/inputs" --out "$out" "${uses[@]}" "${tables[@]}" -- "${operands[@]}")
status=$?
((status < 2)) || exit "$status"
[[ $work ]] || exit 1
mapfile -t inputs <<<"$work"
((${#inputs[@]} > 1)) || jobs=1
: "${jobs:=$(nproc)}"
running=()
trap 'kill -- "${running[@]/#/-}" 2>/dev/null; exit 130' INT TERM
set -m # a process group per share, so that the trap ends its programs too
for ((job = 0; job < jobs && job < ${#inputs[@]}; job++)); do
    share=()
    for ((i = job; i < ${#inputs[@]}; i += jobs)); do
        share+=("${inputs[i]}")
    done
    run_share "${share[@]}" &
    running+=($!)
done
for job in "${running[@]}"; do
    wait "$job" || status=$(($? > status ? $? : status))
done
((status != 2)) || exit 2
set -o pipefail
"$bin/publish" --out "$out" - <<<"$work" | "$bin/report" "${report[@]}" - || status=1
exit "$((status > 0))"
