#!/bin/bash
# rerun: what a second run does: only what has something to do, for the reason it says;
# and runs that are killed, or meet each other.
#   KILLS  how many runs are killed (default: 100; 20 under sanitizers, which are slow)
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"
kills=${KILLS:-100}
[ "$BUILD" = build ] || kills=${KILLS:-20}

# A project of its own, whose rules may be changed.
project=$work/own
mkdir -p "$project/build" "$work/in" && cp pipeline.sh "$project/" && cp -r "$BUILD/bin" "$project/build/bin" &&
    cp -rp rules "$project/rules" || exit 1
cp corpus/wordings/targets-commas.txt corpus/wordings/budget-sums.txt corpus/wordings/projects-lines.txt "$work/in/" || exit 1
own() {
    timeout 300 "$project/pipeline.sh" "$@" </dev/null
}

# What a dry run says of each input, but for the reason; and the run that follows it.
would_run() { # STAGES OPTIONS...
    own --dry-run --out "$work/out" "${@:2}" "$work/in" >"$work/dry" || return
    sed -n 's/^\(.*: .*\): .*/\1/p' "$work/dry" | sort >"$work/would"
    for id in budget-sums projects-lines targets-commas; do
        [ -z "$1" ] || echo "$id: $1"
    done | diff "$work/would" - || { cat "$work/dry"; false; }
}
because() { # REASON
    grep -q ": $1\$" "$work/dry" || { cat "$work/dry"; false; }
}
# The run makes what the dry run said, and no other file; the bytes are those of a new run.
runs() { # STAGES OPTIONS...
    would_run "$@" || return
    touch "$work/mark" && sleep 0.01
    own -q --out "$work/out" "${@:2}" "$work/in" || return
    find "$work/out/targets-commas" -newer "$work/mark" -name '*.[tc]s[vx]*' ! -name made.tsv >"$work/new"
    own -q --force --out "$work/fresh" "${@:2}" "$work/in" && same "$work/fresh" "$work/out"
}
made() { # FILE...: the last run made these of the files between the stages
    sed 's|.*/||' "$work/new" | grep -x '.*ed\.tsv' | sort | diff - <(printf '%s\n' "$@" | sort)
}
from() { # STAGE: the stages from this one on, as a dry run names them
    local list="decode, segment, normalise, classify, extract, emit"
    echo "$1${list##*"$1"}"
}

try first runs "$(from decode)"
try first-because because 'there is no earlier result'
try second runs ''
try second-says grep -qx '0 of 3 inputs have something to do' "$work/dry"

# A rule of classify: classify and what comes after it, nothing before.
printf '# a comment\n' >>"$project/rules/documents.yaml"
try classify-rule runs "$(from classify)"
try classify-rule-because because 'the rules file documents.yaml has changed'
try classify-rule-made made classified.tsv extracted.tsv
printf '# a comment\n' >>"$project/rules/budget.yaml"
try extract-rule runs "$(from extract)"
try extract-rule-made made extracted.tsv
printf '# a comment\n' >>"$project/rules/structure.yaml"
try segment-rule runs "$(from segment)"

# A file of rules that is new, and one that is gone, though nothing is newer.
printf -- '- id: nothing-mine\n  in: [effort]\n  match: 没有这样的话\n  fits: [没有这样的话]\n' >"$project/rules/mine.yaml"
touch -d '2001-01-01' "$project/rules/mine.yaml"
try new-rule runs "$(from segment)"
try new-rule-because because 'the rules file mine.yaml is new'
rm "$project/rules/mine.yaml"
try gone-rule runs "$(from segment)"
try gone-rule-because because 'the rules file mine.yaml is gone'

# The same rules, touched: what make would do.
touch "$project/rules/unread.yaml"
try touched-rule runs "$(from extract)"

# A program.
touch "$project/build/bin/normalise"
try program runs "$(from normalise)"
try program-because because 'the program is newer'

# Options: another encoding, rules of one's own.
try encoding runs "$(from decode)" --encoding UTF-8
try encoding-because because 'the option --encoding is new'
try encoding-again runs '' --encoding UTF-8
try encoding-gone runs "$(from decode)"
mkdir "$work/mine" && printf -- '- id: bound-about\n  drop: true\n' >"$work/mine/figures.yaml" || exit 1
try own-rules runs "$(from extract)" --rules "$work/mine"
try own-rules-gone runs "$(from extract)"

# The input: other bytes, or an older file in its place; a file of the run that is lost.
input_changes() {
    cp -p "$work/in/budget-sums.txt" "$work/kept" && echo >>"$work/in/budget-sums.txt" &&
        own --dry-run --out "$work/out" "$work/in" >"$work/dry" && grep -q "^budget-sums: $(from decode): " "$work/dry" &&
        grep -qx '1 of 3 inputs have something to do' "$work/dry" && own -q --out "$work/out" "$work/in" &&
        mv "$work/kept" "$work/in/budget-sums.txt" && own --dry-run --out "$work/out" "$work/in" >"$work/dry" &&
        grep -q "^budget-sums: $(from decode): the input has changed" "$work/dry" && own -q --out "$work/out" "$work/in"
}
try input input_changes
rm "$work/out"/*/classified.tsv
try lost-file runs "$(from classify)"
try lost-file-because because 'classified.tsv is missing'
rm "$work/out"/*/budget.csv
try lost-table runs emit

# Stages that are asked for.
try from runs "$(from extract)" --from extract
try only runs classify --only classify
try only-leaves-stale runs "$(from extract)"
try to would_run '' --to normalise
try force runs "$(from decode)" --force
try resume runs '' --resume
asked() { # STATUS WORDS OPTIONS...
    own "${@:3}" "$work/in" >"$work/output" 2>"$work/messages"
    local status=$?
    if [ "$status" -ne "$1" ] || ! grep -q -- "$2" "$work/messages"; then
        echo "exit status $status"
        cat "$work/messages"
        return 1
    fi
}
try from-after-to asked 2 '--from' --out "$work/out" --from emit --to decode
try no-such-stage asked 2 "'cut'" --out "$work/out" --only cut
try only-without-input asked 1 'has no' --out "$work/nothing" --only extract

# Up to a stage, then on from there.
upto() {
    own -q --out "$work/parts" --to classify "$work/in" && [ ! -e "$work/parts/budget-sums/extracted.tsv" ] &&
        own -q --out "$work/parts" "$work/in" && same "$work/fresh" "$work/parts"
}
try upto upto

# One stage by hand leads to the same.
by_hand() {
    local folder=$work/out/budget-sums
    "$project/build/bin/extract" -o "$folder/extracted.tsv" "$folder/classified.tsv" &&
        own -q --out "$work/out" "$work/in" && same "$work/fresh" "$work/out"
}
try by-hand by_hand

# ---- stages side by side, each in its turn

# One begins when it is told to, and tells the next; one that is told to stop does nothing
# and tells the next that too.
in_turn() {
    local bin=$project/build/bin folder=$work/turn
    mkdir "$folder" && printf '%s\t%s\n' "$work/in/targets-commas.txt" "$folder/targets-commas" >"$folder/decode" &&
        printf '%s\t%s\n' "$folder/targets-commas" "$folder/targets-commas/segmented.tsv" >"$folder/segment" || return
    echo stop | "$bin/decode" --in-turn --log "$folder/log" --batch "$folder/decode" >"$folder/words"
    local status=${PIPESTATUS[1]}
    if [ "$status" -ne 1 ] || [ "$(cat "$folder/words")" != stop ] || [ -s "$folder/log" ]; then
        echo "told to stop, it did something: status $status"
        return 1
    fi
    mkfifo "$folder/go"
    "$bin/decode" --in-turn --log "$folder/log" --batch "$folder/decode" <"$folder/go" |
        "$bin/segment" --in-turn --log "$folder/log" --batch "$folder/segment" >"$folder/words" &
    exec 7>"$folder/go"
    sleep 0.3
    [ ! -s "$folder/log" ] || { echo "it did not wait for a word"; exec 7>&-; return 1; }
    echo >&7 && exec 7>&-
    wait "$!" && [ "$(cat "$folder/words")" = "done" ] &&
        cmp "$work/fresh/targets-commas/segmented.tsv" "$folder/targets-commas/segmented.tsv" &&
        diff <(cut -f 1,2 "$folder/log") - <<END
$folder/targets-commas	done
$folder/targets-commas/segmented.tsv	done
END
}
try in-turn in_turn

# Wrong rules of a later stage end the run before anything is in its place.
wrong_rules() {
    mkdir "$work/wrong" && echo '- id: no-such-key
  colour: red' >"$work/wrong/concepts.yaml"
    own -q --rules "$work/wrong" --out "$work/none" "$work/in" 2>"$work/messages"
    [ $? -eq 2 ] || return
    cat "$work/messages"
    grep -q 'concepts.yaml:[12]: ' "$work/messages" && [ -z "$(ls "$work/none")" ]
}
try wrong-rules wrong_rules

# A stage that dies takes none with it but what it was at: the stages after it do the rest.
dead_stage() {
    mv "$project/build/bin/classify" "$project/build/bin/classify-whole" || return
    cat >"$project/build/bin/classify" <<'END'
#!/bin/bash
read -r _
while [ "$1" != --batch ]; do shift; done
head -n 2 "$2" >"$2.begun" && "${0}-whole" -q --batch "$2.begun"
kill -SEGV $$
END
    chmod +x "$project/build/bin/classify"
    own -q --jobs 1 --out "$work/dead" "$work/in" 2>"$work/messages"
    local status=$?
    mv "$project/build/bin/classify-whole" "$project/build/bin/classify"
    cat "$work/messages"
    [ "$status" -eq 1 ] && [ "$(find "$work/dead" -name datapackage.json -not -path '*/all/*' | wc -l)" -eq 2 ] &&
        grep -q 'a stage ended before it was done with it' "$work/messages" &&
        own -q --out "$work/dead" "$work/in" && same "$work/fresh" "$work/dead"
}
try dead-stage dead_stage

# What whoever started it has set for signals, and children that are not its own.
strange_parents() {
    (trap '' CHLD && own -q --force --out "$work/strange" "$work/in") || { echo "SIGCHLD ignored: $?"; return 1; }
    # in the background of a script SIGINT is ignored
    "$project/pipeline.sh" -q --force --out "$work/strange" "$work/in" </dev/null &
    sleep 0.05
    if ! kill -INT "$!" || ! wait "$!"; then
        echo "SIGINT that is ignored ended it"
        return 1
    fi
    (sh -c 'sleep 0.05; exit 2' & exec "$project/pipeline.sh" -q --force --out "$work/strange" "$work/in" </dev/null) ||
        { echo "a child of another program failed: $?"; return 1; }
}
try strange-parents strange_parents

# Jobs of a cluster that have begun while this run waited for the lock.
cluster_at_work() {
    local bin=$project/build/bin out=$work/cluster
    mkdir -p "$out/.work/@cluster" && touch "$out/.work/@1-extract" || return
    "$bin/conduct" --out "$out" --programs "$bin" -- --out "$out" --programs "$bin" --rules "$project/rules" "$work/in" 2>"$work/messages"
    [ $? -eq 1 ] && grep -q 'jobs of a cluster are at work in it' "$work/messages" && [ -e "$out/.work/@1-extract" ]
}
try cluster-at-work cluster_at_work

# A log that a full disk has cut off: what is done is put in its place all the same.
cut_log() {
    local bin=$project/build/bin out=$work/cut stage
    "$bin/inputs" --out "$out" --programs "$bin" --rules "$project/rules" "$work/in" || return
    for stage in decode segment normalise classify extract emit; do
        "$bin/$stage" -q --batch "$out/.work/@1-$stage" || return
    done
    printf '%s\tdone' "$out/.work/p" >"$out/.work/@log"
    "$bin/publish" --out "$out" >"$work/results" 2>"$work/messages"
    [ $? -eq 1 ] && grep -q '@log:1: ' "$work/messages" && [ "$(cut -f 3 "$work/results" | sort -u)" = converted ] &&
        [ -e "$out/targets-commas/datapackage.json" ] && [ ! -e "$out/.work" ]
}
try cut-log cut_log

# A run that is told to end ends all that it has started, and says so by its status.
told_to_end() {
    local run status
    setsid "$project/pipeline.sh" -q --force --jobs 2 --out "$work/ended" "$work/in" </dev/null 2>"$work/messages" &
    run=$!
    until [ -e "$work/ended/.work/@plan" ]; do sleep 0.01; done
    kill -TERM "$run"
    wait "$run" 2>/dev/null
    status=$?
    ! awk -v session="$run" '$6 == session && $3 != "Z"' /proc/[0-9]*/stat 2>/dev/null | grep . || return
    [ "$status" -eq 130 ] || [ "$status" -eq 143 ] || { echo "status $status"; return 1; }
    own -q --out "$work/ended" "$work/in" && same "$work/fresh" "$work/ended"
}
try told-to-end told_to_end

# ---- kills: out/ID is the earlier run, whole, or the new one, whole; the next run
# finishes the work, with the bytes of an undisturbed one. No lock is left.

printf -- '- id: bound-at-least\n  drop: true\n' >"$work/mine/figures.yaml"
kill_session() { # ID: all its processes, those too that are begun meanwhile; the stages have a group of their own
    local ids
    while mapfile -t ids < <(awk -v session="$1" '$6 == session && $3 != "Z" { print $1 }' /proc/[0-9]*/stat 2>/dev/null) &&
        ((${#ids[@]} > 0)); do
        kill -KILL "${ids[@]}" 2>/dev/null
        sleep 0.01
    done
}
killed_run() {
    setsid "$project/pipeline.sh" -q --jobs 2 --out "$work/killed" "$@" "$work/in" </dev/null >/dev/null 2>&1 &
    local run=$!
    # up to about the time of a whole run
    sleep "0.$(printf '%03d' $((RANDOM % (${took:-500} + 1))))"
    kill_session "$run"
    wait "$run" 2>/dev/null
}
whole() { # the result is that of the rules shipped or of the others
    local id
    for id in budget-sums projects-lines targets-commas; do
        diff -qr "$work/killed/$id" "$work/fresh/$id" >/dev/null || diff -qr "$work/killed/$id" "$work/other/$id" >/dev/null ||
            { echo "$id is neither the earlier run nor the new one"; return 1; }
    done
}
killing() {
    local i options status
    own -q --out "$work/killed" "$work/in" && own -q --rules "$work/mine" --out "$work/other" "$work/in" || return
    local begin=${EPOCHREALTIME/[.,]/}
    own -q --force --jobs 2 --out "$work/timed" "$work/in" || return
    took=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
    [ "$took" -lt 999 ] || took=999
    for ((i = 0; i < kills; i++)); do
        options=(--force)
        [ $((i % 3)) -ne 0 ] || options+=(--rules "$work/mine")
        [ $((i % 5)) -ne 0 ] || options=(--rules "$work/mine")
        killed_run "${options[@]}"
        whole || { echo "after kill $i with ${options[*]}"; return 1; }
    done
    own -q --out "$work/killed" "$work/in"
    status=$?
    ls -AR "$work/killed/.work" 2>/dev/null
    [ "$status" -eq 0 ] && same "$work/fresh" "$work/killed" && [ ! -e "$work/killed/.work" ]
}
RANDOM=20260101
try killed killing

# ---- two runs into one folder: the second waits, and says so

meeting() {
    mkfifo "$work/release" || return
    flock "$work/out/.lock" cat "$work/release" &
    local holder=$! run
    until ! flock --nonblock "$work/out/.lock" true; do sleep 0.05; done
    own -q --force --out "$work/out" "$work/in" >"$work/messages" 2>&1 &
    run=$!
    until grep -q 'another run works in .*: waiting for its end' "$work/messages"; do
        sleep 0.05
        kill -0 "$run" || return
    done
    echo >"$work/release" && wait "$holder" && wait "$run" && same "$work/fresh" "$work/out"
}
try waits meeting
together() { # neither is lost
    own -q --force --out "$work/both" "$work/in" &
    local one=$!
    own -q --force --out "$work/both" "$work/in" 2>/dev/null && wait "$one" && same "$work/fresh" "$work/both"
}
try together together
close_suite
