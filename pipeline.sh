#!/usr/bin/env bash
# pipeline.sh: from gazette text to tables. It starts the programs and joins them by
# files. What needs a decision or a list of files is a program: inputs says what there is
# to do, and publish puts the results in their place.
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
[[ -x $bin/inputs ]] || misused "the programs are not built: run make first"
export GLIBC_TUNABLES=${GLIBC_TUNABLES-glibc.malloc.hugetlb=1} # large pages: the first touch of small ones is dear
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
    trap 'kill "$!" 2>/dev/null; exit 130' INT TERM
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

# Where the work is done, and what is to be found there: the plan, and what the stages say.
work=$out/.work plan=$out/.work/@plan log=$out/.work/@log # no id has an @
[[ ! $slurm ]] || { . "$here/stages/cluster/slurm.sh" && cluster_needs sbatch squeue sinfo scancel; } || exit 2
[[ $jobs || $slurm ]] || jobs=$(nproc)
[[ $jobs ]] || jobs=$(cluster_width)
find+=(--out "$out" --programs "$bin" --rules "${GONGBAO_RULES:-$here/rules}" "${rules[@]}" "${encoding[@]}"
    --shares "$jobs" --to "$to" "${part[@]}")
((${#dry[@]} == 0)) || exec "$bin/inputs" --dry-run "${find[@]}" -- "${operands[@]}"

# A stage over one share of the work. One that has nothing to do passes on the word that
# the stage before it is done.
run_stage() { # SHARE STAGE
    local list=$work/@$1-$2 options=("${quiet[@]}" "${rules[@]}" --log /dev/fd/3 --in-turn)
    [[ $2 != decode ]] || options+=("${encoding[@]}")
    [[ ! -e $list ]] || exec "$bin/$2" "${options[@]}" --batch "$list"
    read -r word && printf '%s\n' "$word"
}

# The stages over one share. They start together, so that each reads its rules while those
# before it work, and work in their turn. What they say of the inputs goes to descriptor 3.
run_share() { # SHARE
    local result failed=0
    run_stage "$1" decode <<<begin | run_stage "$1" segment | run_stage "$1" normalise |
        run_stage "$1" classify | run_stage "$1" extract | run_stage "$1" emit >/dev/null
    for result in "${PIPESTATUS[@]}"; do # wrong rules (2) count most: nothing is done then
        failed=$((result == 2 || failed == 2 ? 2 : result > 0 || failed > 0))
    done
    return "$failed"
}

run_shares() {
    local running=() share status=0
    for ((share = 1; share <= jobs; share++)); do
        [[ -e $work/@$share-$to ]] || continue
        run_share "$share" &
        running+=($!)
    done
    for share in "${running[@]}"; do
        wait "$share" || status=$(($? > status ? $? : status))
    done
    return "$status"
}

put_in_place() {
    results=$("$bin/publish" --out "$out" --to "$to") || status=1
    ((!several)) || "$bin/collect" --out "$out" - <<<"$results" || status=1
}

end_run() {
    "$bin/report" "${quiet[@]}" "${report[@]}" - <<<"$results" || status=1
    exit "$((status > 0))"
}

# Two runs into one folder take turns. The programs inherit the lock, so that it
# also outlives a script that was killed, until the last of them has ended.
[[ -d $out ]] || mkdir -p -- "$out" || exit 1
exec {lock}>>"$out/.lock" || exit 1
flock --nonblock "$lock" || {
    printf 'pipeline.sh: another run works in %s: waiting for its end\n' "$out" >&2
    flock "$lock" || exit 1
}
[[ ! -e $work/@cluster ]] || { . "$here/stages/cluster/slurm.sh" && cluster_settle; } || exit

"$bin/inputs" "${find[@]}" -- "${operands[@]}"
status=$?
((status < 2)) || exit "$status"
[[ -s $plan ]] || exit 1
{ read -r _ && read -r _; } <"$plan" && several=1 || several=0
[[ ! $slurm ]] || cluster_run
set -m # a process group for all that runs, so that the trap ends it
if ((several && ${#quiet[@]} == 0)); then
    (set +m && run_shares 3>&1 2>&1 | "$bin/progress" --to "$to" "$plan" >"$log" && exit "${PIPESTATUS[0]}") &
else
    (set +m && run_shares 3>"$log") &
fi
trap 'kill -- -$! 2>/dev/null; exit 130' INT TERM
wait $! || status=$(($? > status ? $? : status))
((status != 2)) || exit 2
put_in_place
end_run
