#!/usr/bin/env bash
# pipeline.sh: from gazette text to tables. It reads the command line; the program conduct
# then starts the others: inputs says what there is to do, decode, segment, normalise,
# classify, extract and emit do it, joined by files, and publish puts the results in their
# place. (A program, for it starts them many times faster than a shell.)
set -u

usage="usage: ./pipeline.sh [OPTION]... FILE|FOLDER...
       ./pipeline.sh try --rules DIR [OPTION]... FILE|FOLDER...
       ./pipeline.sh diff [OPTION]... OLD NEW"
help="$usage

Makes a folder per input, DIR/ID/, with indicators.csv, budget.csv, projects.csv,
unread.csv, tables.xml, datapackage.json, and the files between the stages. ID is the
name of the input without its extension; a folder stands for all files in it. What an
earlier run has made and nothing has changed since is used again. Of several inputs the
tables together are in DIR/all/. try shows what other rules do to the rows, diff what
changed from one year to the next (diff --help).

  --out DIR            where the results belong (default: out)
  --rules DIR          more rules: they add to ours, replace or drop them
  --jobs N             how many processes work side by side (default: one per processor)
  --slurm              work as a job array on a Slurm cluster; stopped and started again,
                       watch it further. --partition P: where, --tasks N: how many tasks
  --encoding NAME      the encoding of the inputs, where what is found is wrong
  --inputs CSV         more inputs, with what their text does not say: a table with the
                       columns path,place,year,source,url, all but path may be empty
  --files0-from FILE   more inputs: names with a NUL after each (- is standard input)
  --report CSV         where to write what was found and passed over as a table
  --from STAGE         run this stage and those after it, whatever has changed
  --to STAGE           run no stage after this one
  --only STAGE         run this stage alone
  --force, --resume    run all stages; run what has something to do (the default)
  --dry-run            only say what would run, and why
  -q, --quiet          only say what has failed

Stages: decode segment normalise classify extract emit
Exit status: 0 every input is converted; 1 some input failed, or none gave a row;
2 wrong use or wrong rules; 130 it was told to end.
Example: ./pipeline.sh --jobs 2 gazettes/"

misused() {
    printf 'pipeline.sh: %s\n%s\n' "$1" "$usage" >&2
    exit 2
}

here=${BASH_SOURCE[0]}
[[ ! -L $here ]] || here=$(readlink -f -- "$here")
case $here in */*) here=${here%/*} ;; *) here=. ;; esac
bin=$here/build/bin
[[ -x $bin/inputs ]] || misused "the programs are not built: run make first"
command=run
case ${1-} in
diff) exec "$bin/compare" "${@:2}" ;;
try) command=try && shift ;;
esac
out=out jobs='' to=emit quiet=() operands=() find=() part=() rules=() encoding=() report=() dry=() given=0
slurm='' partition=() cluster_option=''
while (($# > 0)); do
    case $1 in
    --out=?* | --rules=?* | --jobs=?* | --partition=?* | --tasks=?* | --encoding=?* | --inputs=?* | --files0-from=?* | --report=?* | --from=?* | --to=?* | --only=?*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        ;;
    --out | --rules | --jobs | --partition | --tasks | --encoding | --inputs | --files0-from | --report | --from | --to | --only)
        [[ ${2-} ]] || misused "$1 needs a value"
        ;;
    esac
    case $1 in
    --out) out=$2 && shift ;;
    --rules) rules+=(--rules "$2") && shift ;;
    --jobs) jobs=$2 && shift ;;
    --slurm) slurm=1 ;;
    --tasks) jobs=$2 cluster_option=$1 && shift ;;
    --partition) partition=(--partition "$2") cluster_option=$1 && shift ;;
    --encoding) encoding=(--encoding "$2") && shift ;;
    --inputs | --files0-from) find+=("$1" "$2") && given=1 && shift ;;
    --report) report=(--csv "$2") && shift ;;
    --from) part=(--from "$2") && shift ;;
    --to) to=$2 && shift ;;
    --only) part=(--from "$2") && to=$2 && shift ;;
    --force) part=(--from decode) ;;
    --resume) ;;
    --dry-run) dry=(--dry-run) ;;
    -q | --quiet) quiet=(-q) ;;
    -h | --help) printf '%s\n' "$help" && exit ;;
    --) operands+=("${@:2}") && break ;;
    -?*) misused "unknown option $1" ;;
    *) operands+=("$1") ;;
    esac
    shift
done
((${#operands[@]} + given > 0)) || misused "no input: name a file or a folder"
[[ ! $jobs || $jobs =~ ^[1-9][0-9]{0,3}$ ]] || misused "--jobs and --tasks need a number from 1 to 9999"
[[ $slurm || ! $cluster_option ]] || misused "$cluster_option goes with --slurm"
[[ $out != -* ]] || out=./$out

# try: the same inputs with our rules, and then again with the others too: what those
# do not touch is used again.
if [[ $command == try ]]; then
    ((${#rules[@]} > 0)) || misused "try needs --rules"
    [[ ! $slurm ]] || misused "try works on this machine: leave out --slurm"
    [[ ! ${part[*]}${dry[*]} && $to == emit ]] || misused "try runs what has something to do: leave out --from, --to, --only, --force, --dry-run"
    scratch=$(mktemp -d) || exit 2
    trap 'rm -rf -- "$scratch"' EXIT
    trap 'kill "$!" 2>/dev/null; wait "$!"; exit 130' INT TERM
    for ((i = 0; i < ${#find[@]}; i += 2)); do # a list that can be read once is kept
        [[ ${find[i + 1]} == - || -p ${find[i + 1]} ]] || continue
        cat -- "${find[i + 1]}" >"$scratch/list-$i" && find[i + 1]=$scratch/list-$i || exit 2
    done
    again=(-q ${jobs:+--jobs "$jobs"} "${encoding[@]}" "${find[@]}" -- "${operands[@]}")
    "$BASH" "$here/pipeline.sh" --out "$scratch/old" "${again[@]}" &
    wait "$!"
    (($? < 2)) && cp -al -- "$scratch/old" "$scratch/new" || exit 2
    "$BASH" "$here/pipeline.sh" --out "$scratch/new" "${rules[@]}" "${again[@]}" 2>"$scratch/messages" &
    wait "$!"
    status=$?
    for folder in "$scratch/new/.work"/*/; do # what could not be converted with the others alone
        [[ ! -d $folder || ! -e $scratch/old/$(basename -- "$folder") ]] || status=2
    done
    ((status < 2)) || { cat "$scratch/messages" >&2 && exit 2; }
    "$bin/rulediff" "${quiet[@]}" "${report[@]}" -- "$scratch/old" "$scratch/new"
    exit
fi

run=(--out "$out" --programs "$bin" --to "$to" "${quiet[@]}" "${rules[@]}" "${encoding[@]}")
find+=(--out "$out" --programs "$bin" --rules "${GONGBAO_RULES:-$here/rules}" "${rules[@]}" "${encoding[@]}"
    --to "$to" "${part[@]}")
((${#dry[@]} == 0)) || exec "$bin/inputs" --dry-run "${find[@]}" -- "${operands[@]}"
if [[ $slurm || -e $out/.work/@cluster ]]; then
    . "$here/stages/cluster/slurm.sh" && cluster_begin || exit
fi
exec "$bin/conduct" "${run[@]}" ${jobs:+--shares "$jobs"} "${report[@]}" -- "${find[@]}" -- "${operands[@]}"
