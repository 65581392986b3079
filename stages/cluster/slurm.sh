# shellcheck shell=bash disable=SC2154 # what stands nowhere here is set in pipeline.sh
# slurm: a run over many machines. pipeline.sh reads these functions in, where a run goes to
# a cluster, or finds one that does. What conduct does on one machine is here divided: the
# shares of the work become the tasks of a job array, and a job that depends on the array
# puts the results in their place. All of them see the folder of the results, on a file
# system that the machines have in common. What they tell each other is in DIR/.work/@cluster:
#   name      of both jobs, made up for this run and written before they are submitted:
#             by it they are found, whenever the process that watches them is killed
#   request   what was asked for
#   plan      a copy of the plan, which stays to the end
#   submitted is there when both jobs are
#   log-N     what task N prints; ended-N: its exit status
#   results   what has become of the inputs; messages: what was said of them;
#   status    the exit status of all, written last
work=$out/.work plan=$out/.work/@plan log=$out/.work/@log cluster=$out/.work/@cluster

cluster_say() {
    printf 'pipeline.sh: %s\n' "$1" >&2
}

# The run that is asked for: another one with the same words may watch its jobs. What
# comes on standard input is not the same.
cluster_request() {
    printf '%q ' "$PWD" "${find[@]}" "$jobs" -- "${operands[@]}"
    [[ " ${find[*]} " != *" --files0-from - "* ]] || printf '%s' "$$"
}

cluster_needs() { # PROGRAM...
    local program
    for program in "$@"; do
        type -P "$program" >/dev/null || misused "$program is not here: install Slurm's programs (slurm-client)"
    done
}

# How many processors the partition has, up to the number of tasks that an array may have.
cluster_width() {
    local most=1000
    sinfo --noheader --format='%R %P %C' | awk -v wanted="${partition[1]-}" -v most="$most" '
        wanted ? $1 == wanted : $2 ~ /\*$/ { sub(/.*\//, "", $3); count += $3 }
        END { if (count > most) count = most; print count ? count : 1 }'
}

# ---- what the jobs do

# A task of the array: the stages over its share. One that Slurm starts again does it again.
cluster_task() {
    exec >>"$cluster/log-$SLURM_ARRAY_TASK_ID" 2>&1 </dev/null || exit
    "$bin/conduct" "${run[@]}" --share "$SLURM_ARRAY_TASK_ID"
    printf '%s\n' "$?" >"$cluster/ended-$SLURM_ARRAY_TASK_ID"
}

# Puts the results in their place, and leaves in $results what has become of the inputs.
cluster_publish() {
    results=$("$bin/publish" --out "$out" --to "$to") || status=1
    ((!several)) || "$bin/collect" --out "$out" - <<<"$results" || status=1
}

# The job after the array: what a local run does when its stages have ended.
cluster_end() {
    results=''
    if grep -qsx 2 "$cluster"/ended-*; then
        status=2
    else
        cat "$cluster"/log-* | "$bin/progress" --quiet --to "$to" "$plan" >"$log" 2>/dev/null
        cluster_publish
    fi 2>"$cluster/messages"
    printf '%s\n' "$results" >"$cluster/results" && printf '%s\n' "$status" >"$cluster/@status" &&
        mv -- "$cluster/@status" "$cluster/status"
}

# ---- what the submitting process does

# Submits a job that runs one of the functions here. Its script holds them and what they
# use, so that nothing has to be quoted; Slurm keeps a copy of it.
cluster_submit() { # FUNCTION OPTION...: prints the job's number
    {
        printf '#!/usr/bin/env bash\n'
        declare -p bin out plan log cluster to several status run
        declare -f cluster_publish cluster_task cluster_end
        printf '%s\n' "$1"
    } | sbatch --parsable --job-name="$name" --output=/dev/null "${partition[@]}" "${@:2}" | cut -d ';' -f 1
    return "${PIPESTATUS[1]}"
}

# Whether a job of the name waits, runs or ends just now. If Slurm does not answer, it may.
cluster_has_jobs() {
    local found
    found=$(squeue --noheader --format=%i --name="$name" 2>/dev/null) || return 0
    [[ $found ]]
}

# Returns when the jobs have ended, or the script has. Slurm, whom many ask, is asked rarely.
cluster_await() {
    local turn
    for ((turn = 0; ; turn++)); do
        [[ -e $cluster && ! -e $cluster/status ]] || return
        ((turn % 5 != 0)) || cluster_has_jobs || return
        sleep 1
        kill -0 "$$" 2>/dev/null || return
    done
}

# Ends what cluster_watch has begun, and the script.
cluster_leave() {
    disown -a # or bash tells of its end
    kill -- "-$!" 2>/dev/null
    [[ ! -t 2 ]] || printf '\r\e[K' >&2 # where a bar may be
    cluster_say "the jobs go on: run the same again to watch them; scancel --name=$name ends them"
    exit 130
}

# Shows what the tasks print, until the jobs have ended.
cluster_watch() {
    set -m # a process group for all that runs, so that the trap ends it
    (
        set +m
        cluster_await &
        tail --pid="$!" --quiet --lines=+1 --sleep-interval=0.5 --follow -- "$cluster"/log-* |
            "$bin/progress" "${quiet[@]}" --to "$to" "$cluster/plan" >/dev/null
    ) &
    trap cluster_leave INT TERM
    wait "$!"
    trap - INT TERM
}

# Tells of the results, and ends the script.
cluster_report() {
    "$bin/report" "${quiet[@]}" "${report[@]}" - <<<"$results" || status=1
    exit "$((status > 0))"
}

# Says what the jobs have to say in the end, and ends the script as a local run ends.
cluster_finish() {
    read -r status 2>/dev/null <"$cluster/status" || {
        cluster_say "Slurm has ended the jobs before they were done: run the same again to go on"
        exit 1
    }
    results=$(<"$cluster/results")
    cat -- "$cluster/messages" >&2
    rm -rf -- "$cluster"
    ((status != 2)) || exit 2
    rmdir -- "$work" 2>/dev/null # stays while something is in it
    cluster_report
}

# Has the tasks of the plan done on the cluster, and ends the script. Returns where there
# is no task.
cluster_run() {
    local list shares=() job
    for list in "$work"/@[0-9]*-"$to"; do
        list=${list##*/@}
        shares+=("${list%%-*}")
    done
    [[ -e $work/@${shares[0]}-$to ]] || return 0
    name=gongbao-$(uname -n)-$$-$(date +%s)
    mkdir -- "$cluster" && cp -- "$plan" "$cluster/plan" && cluster_request >"$cluster/request" &&
        touch -- "${shares[@]/#/$cluster/log-}" && printf '%s\n' "$name" >"$cluster/name" || exit 1
    job=$(IFS=, && cluster_submit cluster_task --array="${shares[*]}") || { rm -rf -- "$cluster" && exit 1; }
    cluster_submit cluster_end --no-requeue --dependency="afterany:$job" >/dev/null ||
        { scancel --name="$name" && exit 1; }
    : >"$cluster/submitted"
    ((${#quiet[@]} > 0)) || cluster_say "job $job of Slurm, tasks: ${#shares[@]}"
    cluster_watch
    cluster_finish
}

# What becomes of jobs that an earlier run has submitted into this folder: the same run
# goes on watching them and ends with them; another one waits until they have ended. If
# that run was killed between its two jobs, the first is ended, and its work taken up.
cluster_settle() {
    cluster_needs squeue scancel
    if read -r name 2>/dev/null <"$cluster/name" && cluster_has_jobs; then
        [[ -e $cluster/submitted ]] || scancel --name="$name"
        if [[ $slurm && -e $cluster/submitted && $(<"$cluster/request") == "$(cluster_request)" ]]; then
            ((${#quiet[@]} > 0)) || cluster_say "the jobs $name are at work in $out: watching them"
            cluster_watch
            cluster_finish
        else
            cluster_say "the jobs $name are at work in $out: waiting for their end"
            cluster_await
        fi
    fi
    rm -rf -- "$cluster"
}

# What conduct does up to the stages, for two runs into one folder take turns, whatever
# they are. Returns where the run is none for the cluster and may now begin.
cluster_begin() {
    local lock
    if [[ $slurm ]]; then
        cluster_needs sbatch squeue sinfo scancel
        [[ $jobs ]] || jobs=$(cluster_width)
    fi
    [[ -d $out ]] || mkdir -p -- "$out" || exit 1
    exec {lock}>>"$out/.lock" || exit 1
    flock --nonblock "$lock" || {
        cluster_say "another run works in $out: waiting for its end"
        flock "$lock" || exit 1
    }
    [[ ! -e $cluster ]] || cluster_settle
    [[ $slurm ]] || { exec {lock}>&- && return; }
    "$bin/inputs" "${find[@]}" --shares "$jobs" -- "${operands[@]}"
    status=$?
    ((status < 2)) || exit "$status"
    [[ -s $plan ]] || exit 1
    { read -r _ && read -r _; } <"$plan" && several=1 || several=0
    cluster_run
    cluster_publish
    cluster_report
}
