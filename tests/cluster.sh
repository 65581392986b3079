#!/bin/bash
# cluster: runs over the machines of a Slurm cluster (--slurm) leave what local runs
# leave, byte for byte, and say the same, whatever is killed in between. The cluster is a
# real one, on the loopback address.
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"
. "$PWD/tests/cluster-start.sh"
pid='' # of the run that was begun last
trap '[[ ! $pid ]] || kill -9 "$pid" 2>/dev/null; cluster_stop; rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

# A project whose extract waits while there is a file $work/hold with the number of its
# share, or ends as with wrong rules if there is $work/spoil: so that jobs are met in the
# middle of their work. It keeps on which machines it has been.
project=$work/held
mkdir -p "$project/build/bin" && cp pipeline.sh "$project/" &&
    ln -s "$PWD/rules" "$PWD/stages" "$project/" && ln -s "$PWD/$BUILD"/bin/* "$project/build/bin/" || exit 1
script=$project/pipeline.sh
rm "$project/build/bin/extract" && cat >"$project/build/bin/extract" <<HELD && chmod +x "$project/build/bin/extract" || exit 1
#!/bin/bash
share=\${*: -1}
share=\${share##*/@}
printf '%s\n' "\${SLURMD_NODENAME-}" >>'$work/machines'
while [[ \$(cat '$work/hold' 2>/dev/null) == "\${share%%-*}" ]]; do
    : >'$work/is-held'
    sleep 0.1
done
[[ ! -e '$work/spoil' ]] || exit 2
exec '$PWD/$BUILD/bin/extract' "\$@"
HELD

# 40 inputs, one of which is none; they are named in the same words from each folder.
mkdir -p "$work/in/sub" && cp corpus/wordings/* "$work/in/sub/" || exit 1
find "$work/in" -type f | LC_ALL=C sort | tail -n +40 | xargs rm -f
head -c 5000 /dev/zero >"$work/in/broken.txt"
try inputs test "$(find "$work/in" -type f | wc -l)" = 40

run() { # FOLDER ARGUMENTS...: a run into FOLDER/out; its output and messages are kept there
    mkdir -p "$work/$1"
    (cd "$work/$1" && exec timeout 120 "$script" "${@:2}" ../in </dev/null >output 2>messages)
    status=$?
}
ran() { # STATUS FOLDER ARGUMENTS...
    run "${@:2}"
    [[ $status == "$1" ]] || { echo "exit status $status" && cat "$work/$2/messages" && false; }
}
said() { # FOLDER WORDS: in a message
    grep -q -- "$2" "$work/$1/messages" || { cat "$work/$1/messages" && false; }
}
# What is said of the inputs; not how far a run has come, and of the jobs.
messages() { # FOLDER
    grep -v '^progress: \|^pipeline.sh: ' "$work/$1/messages" | LC_ALL=C sort
}
like_local() { # FOLDER [FOLDER of the local run]: it has left and said the same
    local folder=$work/${2:-local}
    same "$folder/out" "$work/$1/out" && diff <(ls "$folder/out/.work") <(ls "$work/$1/out/.work") &&
        diff "$folder/output" "$work/$1/output" && diff <(messages "${2:-local}") <(messages "$1")
}

# A run in the background, which comes to the share that is to be held. $pid is its process.
begin() { # FOLDER ARGUMENTS...
    mkdir -p "$work/$1"
    rm -f "$work/is-held"
    (cd "$work/$1" && exec "$script" "${@:2}" ../in </dev/null >output 2>messages) &
    pid=$!
}
hold() { # SHARE
    echo "$1" >"$work/hold"
}
release() {
    rm "$work/hold"
}
is_held() {
    cluster_wait_for 30 test -e "$work/is-held"
}
ended() { # the status of what has begun
    cluster_wait_for 60 cluster_is_gone "$pid" || kill -9 "$pid"
    wait "$pid"
    status=$? pid=''
    [[ $status == "$1" ]] || { echo "exit status $status" && false; }
}
# Kills what has begun without giving it a chance, and waits for the end of its helpers.
murder() { # FOLDER
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    pid=''
    [[ ! -e $work/$1/out/.lock ]] || flock --timeout 10 "$work/$1/out/.lock" true
}
array() { # the number of the array
    squeue --noheader --array --format=%F --states=RUNNING | head -n 1
}

try start cluster_start "$work/cluster"
[[ $failed == 0 ]] || close_suite

try local ran 1 local
try local-named said local '^../in/broken.txt: '
if wanted batch; then
    rm -f "$work/machines"
    try batch-run ran 1 batch --slurm
    try batch like_local batch
    try batch-machines diff <(LC_ALL=C sort -u "$work/machines") <(printf 'node%s\n' 1 2)
    try batch-tasks test "$(wc -l <"$work/machines")" = 4
    cp -a "$work/local" "$work/local-again" || exit 1
    try batch-local-again ran 1 local-again
    try batch-again ran 1 batch --slurm
    try batch-again-same like_local batch local-again
fi
if wanted tasks; then
    rm -f "$work/machines"
    try tasks-run ran 1 tasks --slurm --tasks=7 --partition main -q
    try tasks same "$work/local/out" "$work/tasks/out"
    try tasks-number test "$(wc -l <"$work/machines")" = 7
    try tasks-quiet diff "$work/tasks/output" /dev/null
fi

# A task is cancelled in the middle: the others' work is kept, what is missing is named,
# and the next run does that alone.
if wanted cancelled; then
    hold 2
    begin cancelled --slurm
    try cancelled-held is_held
    scancel "$(array)_2"
    try cancelled-status ended 1
    rm -f "$work/hold"
    try cancelled-named said cancelled 'a stage ended before it was done with it'
    left=$(grep -c 'a stage ended before' "$work/cancelled/messages")
    try cancelled-others test "$left" -gt 0 -a "$left" -lt 39
    try cancelled-all test "$(wc -l <"$work/cancelled/out/all/summary.csv")" = 41
    try cancelled-resumed ran 1 cancelled --slurm
    try cancelled same "$work/local/out" "$work/cancelled/out"
    try cancelled-rest grep -q "^all 40, $((39 - left)) of them as they were" "$work/cancelled/output"
fi

# The submitting process is killed, and started again: it watches the same jobs.
if wanted killed; then
    hold 1
    begin killed --slurm
    try killed-held is_held
    job=$(array)
    try killed-dead murder killed
    begin killed --slurm
    try killed-watched cluster_wait_for 20 said killed 'are at work in out: watching them'
    try killed-same-job test "$(array)" = "$job"
    release
    try killed-status ended 1
    try killed like_local killed
fi

# It is killed again and again, wherever it is.
if wanted moments; then
    for moment in 0.1 0.4 0.5 0.6 1; do
        begin moments --slurm
        sleep "$moment"
        murder moments
    done
    try moments-last ran 1 moments --slurm
    try moments same "$work/local/out" "$work/moments/out"
    try moments-no-job cluster_wait_for 10 cluster_has_no_job
fi

# It is killed, and nobody looks: all is put in its place by the jobs.
if wanted alone; then
    hold 3
    begin alone --slurm
    try alone-held is_held
    try alone-dead murder alone
    release
    try alone-ended cluster_wait_for 30 cluster_has_no_job
    try alone diff -qr -x .work -x .lock "$work/local/out" "$work/alone/out"
    try alone-again ran 1 alone --slurm
    try alone-again-same same "$work/local/out" "$work/alone/out"
    try alone-again-clean test ! -e "$work/alone/out/.work/@cluster"
fi

# Another run into the folder, on this machine: it waits for the jobs, and goes on.
if wanted other; then
    hold 1
    begin other --slurm
    try other-held is_held
    try other-dead murder other
    begin other
    try other-waits cluster_wait_for 20 said other 'waiting for their end'
    release
    try other-status ended 1
    try other same "$work/local/out" "$work/other/out"
    try other-clean test ! -e "$work/other/out/.work/@cluster"
fi

# Stopped by a signal: the jobs go on, and it says how to watch and how to end them. All
# of them ended: the run that watches says so.
if wanted stopped; then
    hold 1
    begin stopped --slurm
    try stopped-held is_held
    kill -TERM "$pid"
    try stopped-status ended 130
    try stopped-said said stopped 'run the same again to watch them'
    try stopped-no-more diff <(messages stopped) /dev/null
    name=$(sed -n 's/.*scancel --name=\([^ ]*\) ends them/\1/p' "$work/stopped/messages")
    begin stopped --slurm
    try stopped-watched cluster_wait_for 20 said stopped 'watching them'
    scancel --state=PENDING --name="$name"
    scancel --name="$name"
    try stopped-ended ended 1
    try stopped-said-ended said stopped 'Slurm has ended the jobs'
    rm -f "$work/hold"
    try stopped-again ran 1 stopped --slurm
    try stopped like_local stopped
fi

# A stage that ends as with wrong rules.
if wanted wrong-rules; then
    : >"$work/spoil"
    try wrong-rules-run ran 2 wrong-rules --slurm
    rm "$work/spoil"
    try wrong-rules-again ran 1 wrong-rules --slurm
    try wrong-rules same "$work/local/out" "$work/wrong-rules/out"
fi

# Wrong use.
if wanted wrong; then
    try wrong-partition ran 1 wrong --slurm --partition nowhere
    try wrong-partition-named said wrong 'invalid partition'
    try wrong-partition-clean test ! -e "$work/wrong/out/.work/@cluster"
    try wrong-partition-alone ran 2 wrong --partition main
    try wrong-tasks-alone ran 2 wrong --tasks 2
    try wrong-tasks ran 2 wrong --slurm --tasks none
    mkdir "$work/bare" && ln -s "$(type -P bash)" "$(type -P nproc)" "$work/bare/" || exit 1
    bare() {
        mkdir -p "$work/no-slurm"
        PATH=$work/bare "$script" --slurm --out "$work/no-slurm/out" "$work/in" 2>"$work/no-slurm/messages"
        [[ $? == 2 ]] && said no-slurm 'sbatch is not here'
    }
    try wrong-no-slurm bare
fi
close_suite
