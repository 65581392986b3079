#!/bin/bash
# badinput: what is no gazette, no place to write, or no right use. Each must get
# the contract's exit status (section 7) and a message that names the file, and
# must leave the earlier output whole. All of it holds for root too.
. "$(dirname "$0")/suite.sh"
stages=(decode segment normalise classify extract emit)
good=$(printf '%s\n' corpus/*.txt | head -n 1)
[ -n "$good" ] || fails corpus "there is no corpus/*.txt to begin with"
status=0

# Runs a command; its messages go to $work/messages.
run() {
    timeout 300 "$@" </dev/null >"$work/output" 2>"$work/messages"
    status=$?
}

# What is wrong with the latest run; nothing if it ended as it should.
trouble() { # STATUS [PATTERN], which one line of the messages must match
    [ "$status" -eq "$1" ] || echo "exit status $status, not $1"
    if grep -qE 'Sanitizer|runtime error:|core dumped|Segmentation|Aborted' "$work/messages"; then echo "it crashed"; fi
    [ -z "${2:-}" ] || grep -qE -- "$2" "$work/messages" || echo "no message like '$2'"
}

judge() { # NAME TROUBLE
    if [ -z "$2" ]; then passes "$1"; else fails "$1" "${2//$'\n'/, }"; sed 's/^/    /' "$work/messages" | cut -c 1-300 | head -n 20; fi
}

spoil() { # HOW FILE
    rm -f "$2"
    case $1 in
    empty) : >"$2" ;;
    nul-bytes) head -c 5000 /dev/zero >"$2" ;;
    jpeg)
        printf '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00' >"$2"
        head -c 20000 "$BUILD/bin/decode" >>"$2"
        ;;
    folder) mkdir "$2" ;;
    missing) ;;
    esac
}

# A good run is made first; then the input is spoilt, which must fail and leave
# the good run as it is.
refuses() { # HOW
    wanted "$1" || return
    local input=$work/in/$1.txt out=$work/out-$1
    mkdir -p "$work/in" "$out" && cp "$good" "$input" || exit 1
    pipeline --out "$out" "$input" >/dev/null 2>"$work/messages" || { judge "$1" "the good run before it failed"; return; }
    { cp -rp "$out" "$out.before" && spoil "$1" "$input"; } || exit 1
    run "$script" --out "$out" "$input"
    judge "$1" "$(trouble 1 "/in/$1.txt: ."; diff -qr "$out.before/$1" "$out/$1" 2>&1)"
    rm -rf "$out" "$out.before" "$input"
}

for how in empty nul-bytes jpeg folder missing; do
    refuses "$how"
done

# Half a character at the end is no reason to fail; it is counted and said.
if wanted half-character; then
    { cat "$good" && printf '\xe8\x8b'; } >"$work/half-character.txt"
    run "$script" --out "$work/half" "$work/half-character.txt"
    judge half-character "$(trouble 0 'half-character.txt:.*[0-9]'
        [ "$(tail -c 4 "$work/half/half-character/decoded.txt" 2>&1)" = $'\xef\xbf\xbd' ] || echo "no U+FFFD at the end of decoded.txt")"
fi

# A line of 50 MB is converted, or refused with the limit named.
if wanted long-line; then
    { cat "$good" && tr -d '\n' <"$good" >"$work/line" && for ((i = 0; i < 50000000 / $(stat -c %s "$work/line") + 1; i++)); do cat "$work/line"; done; } >"$work/long-line.txt"
    run "$script" --out "$work/long" "$work/long-line.txt"
    if [ "$status" -eq 0 ]; then
        judge long-line "$(trouble 0; [ -s "$work/long/long-line/indicators.csv" ] || echo "no tables")"
    else
        judge long-line "$(trouble 1 'long-line.txt:.*[0-9]+ ?(bytes|characters|[KMG]i?B)')"
    fi
    rm -rf "$work/long" "$work/long-line.txt"
fi

# A text in which nothing is recognised is said to be empty; alone it is status 1.
if wanted nothing; then
    printf 'The quick brown fox.\nNothing to see here.\n' >"$work/nothing.txt"
    run "$script" --out "$work/nothing" "$work/nothing.txt"
    judge nothing "$(trouble 1 'nothing.txt: .')"
    run "$script" --out "$work/nothing" "$work/nothing.txt" "$good"
    judge nothing-beside-good "$(trouble 0 'nothing.txt: .')"
fi

# One bad input of three: the others are complete.
if wanted one-of-three; then
    mkdir "$work/three" && cp "$good" "$work/three/a.txt" && : >"$work/three/b.txt" && cp "$good" "$work/three/c.txt"
    run "$script" --out "$work/three/out" "$work/three/a.txt" "$work/three/b.txt" "$work/three/c.txt"
    judge one-of-three "$(trouble 1 'three/b.txt: .'
        for id in a c; do [ -s "$work/three/out/$id/tables.xml" ] || echo "$id is not complete"; done
        [ ! -e "$work/three/out/b" ] || echo "there is a folder for the bad one")"
fi

# Places that may not be written: a file where a folder must be.
if wanted out-is-file; then
    : >"$work/a-file"
    run "$script" --out "$work/a-file" "$good"
    judge out-is-file "$(trouble 1 'a-file.*: .'; [ -f "$work/a-file" ] || echo "the file is gone")"
    run "$script" --out "$work/a-file/below" "$good"
    judge out-is-file-below "$(trouble 1 'a-file.*: .')"
    mkdir -p "$work/taken" && : >"$work/taken/$(basename "$good" .txt)"
    run "$script" --out "$work/taken" "$good"
    judge out-is-file-id "$(trouble 1 'taken/.*: .'; [ -f "$work/taken/$(basename "$good" .txt)" ] || echo "the file is gone")"
fi

# A full disk: a small tmpfs where root may mount one, else a limit on the size of
# files. First a good run, then another text for which there is no room left.
full_disk() { # NAME OUT COMMAND...
    local id input
    id=$(basename "$good" .txt)
    input=$work/full/$id.txt
    mkdir -p "$work/full" && { cat "$good" && echo; } >"$input"
    cp -rp "$2" "$work/$1.before" || exit 1
    run "${@:3}" "$script" --out "$2" "$input"
    judge "$1" "$(trouble 1 '[Nn]o space left|[Ff]ile too large|[Dd]isk'; diff -qr "$work/$1.before/$id" "$2/$id" 2>&1)"
}
if wanted full-disk; then
    mkdir "$work/disk"
    if mount -t tmpfs -o size=64m gongbao-test "$work/disk" 2>/dev/null; then
        trap 'umount "$work/disk"; rm -rf "$work"' EXIT
        pipeline --out "$work/disk/out" "$good" >/dev/null 2>&1
        cat /dev/zero >"$work/disk/filler" 2>/dev/null
        full_disk full-disk "$work/disk/out"
    else
        pipeline --out "$work/disk/out" "$good" >/dev/null 2>&1
        echo "full-disk: no tmpfs may be mounted here, a limit on the size of files takes its place"
        full_disk full-disk "$work/disk/out" bash -c 'ulimit -f 20; exec "$@"' limited
    fi
fi
if wanted file-limit; then
    pipeline --out "$work/limit" "$good" >/dev/null 2>&1
    full_disk file-limit "$work/limit" bash -c 'ulimit -f 20; exec "$@"' limited
fi

# A kill at any moment leaves the earlier run, and the next run gets through.
if wanted killed; then
    mkdir "$work/killed" && cp "$good" "$work/killed/k.txt" || exit 1
    pipeline --out "$work/killed/out" "$work/killed/k.txt" >"$work/messages" 2>&1
    cp -rp "$work/killed/out" "$work/killed/before" && echo >>"$work/killed/k.txt"
    pipeline --out "$work/killed/new" "$work/killed/k.txt" >"$work/messages" 2>&1
    why=
    for delay in 0.005 0.01 0.02 0.03 0.04 0.06 0.08 0.1 0.15 0.2; do
        { timeout -s KILL "$delay" "$script" --out "$work/killed/out" "$work/killed/k.txt"; } </dev/null >/dev/null 2>&1
        diff -qr "$work/killed/before/k" "$work/killed/out/k" >/dev/null 2>&1 ||
            diff -qr "$work/killed/new/k" "$work/killed/out/k" >/dev/null 2>&1 || why="killed after $delay s, it left something else"
    done
    sleep 1 # a stage that the kill did not reach ends
    run "$script" --out "$work/killed/out" "$work/killed/k.txt"
    judge killed "$(trouble 0; echo -n "$why"; same "$work/killed/new" "$work/killed/out" 2>&1)"
fi

# Wrong use.
misuse() { # NAME COMMAND...
    wanted "$1" || return
    run "${@:2}"
    judge "$1" "$(trouble 2 '.'; [ ! -s "$work/output" ] || echo "it printed something on standard output")"
}
misuse use-pipeline-option "$script" --no-such-option "$good"
misuse use-pipeline-nothing "$script"
misuse use-pipeline-out "$script" "$good" --out
misuse use-pipeline-jobs "$script" --jobs many "$good"
for stage in "${stages[@]}"; do
    program=$BUILD/bin/$stage
    misuse "use-$stage-option" "$program" --no-such-option "$good"
    misuse "use-$stage-nothing" "$program"
    misuse "use-$stage-input" "$program" -o "$work/x"
    misuse "use-$stage-output" "$program" "$good" -o
done

# A stage alone: no input, an input that is none, an output that takes nothing.
if wanted stage; then
    pipeline --out "$work/stage" "$good" >/dev/null 2>&1
    folder=$work/stage/$(basename "$good" .txt)
    for stage in "${stages[@]}"; do
        case $stage in
        decode) input=$good made=(decoded.txt layout.tsv) ;;
        segment) input=$folder made=(segmented.tsv) ;;
        normalise) input=$folder/segmented.tsv made=(normalised.tsv) ;;
        classify) input=$folder/normalised.tsv made=(classified.tsv) ;;
        extract) input=$folder/classified.tsv made=(extracted.tsv) ;;
        emit) input=$folder/extracted.tsv made=(indicators.csv budget.csv projects.csv unread.csv tables.xml report.tsv datapackage.json) ;;
        esac
        run "$BUILD/bin/$stage" -o "$work/none" "$work/there-is-none"
        judge "stage-$stage-missing" "$(trouble 1 'there-is-none.*: .'; [ ! -e "$work/none" ] || [ -d "$work/none" ] || echo "it left an output")"
        mkdir -p "$work/wrong" && head -c 3000 "$BUILD/bin/$stage" >"$work/wrong/it.tsv" && cp "$work/wrong/it.tsv" "$work/wrong/decoded.txt"
        wrong=$work/wrong/it.tsv
        [ "$stage" != segment ] || wrong=$work/wrong
        run "$BUILD/bin/$stage" -o "$work/none" "$wrong"
        judge "stage-$stage-wrong" "$(trouble 1 'wrong/.*: .')"
        run "$BUILD/bin/$stage" -o /dev/full "$input"
        judge "stage-$stage-full" "$(trouble 1 '/dev/full.*: .')"
        # decode and emit write into a folder, whose name is the gazette's id
        again=$work/again-$stage/$(basename "$good" .txt)
        case $stage in
        decode | emit) mkdir -p "$again" ;;
        *) mkdir -p "$work/again-$stage" ;;
        esac
        printf '%s\t%s\n%s\t%s\n' "$work/there-is-none" "$work/none" "$input" "$again" >"$work/list"
        run "$BUILD/bin/$stage" --batch "$work/list"
        judge "stage-$stage-batch" "$(trouble 1 'there-is-none.*: .'
            for file in "${made[@]}"; do
                if [ -d "$again" ]; then cmp "$folder/$file" "$again/$file"; else cmp "$folder/$file" "$again"; fi 2>&1
            done)"
    done
fi

# Wrong rules are wrong use, with file and line.
wrong_rules() { # NAME LINE TEXT
    wanted "rules-$1" || return
    mkdir -p "$work/rules-$1" && printf '%s\n' "$3" >"$work/rules-$1/own.yaml"
    run "$script" --rules "$work/rules-$1" --out "$work/rules-out" "$good"
    judge "rules-$1" "$(trouble 2 "own.yaml:$2: ."; [ ! -e "$work/rules-out/$(basename "$good" .txt)" ] || echo "it made an output")"
}
context=$(sed -n 's/^ *in: \[\([a-z-]*\).*/\1/p' rules/*.yaml | head -n 1)
wrong_rules pattern 3 "- id: own
  in: [$context]
  match: '(unclosed'
  fits: ['x']"
wrong_rules key 5 "- id: own
  in: [$context]
  match: 'x'
  fits: ['x']
  colour: red"
wrong_rules doubled '[56]' "- id: own
  in: [$context]
  match: 'x'
  fits: ['x']
- id: own
  in: [$context]
  match: 'y'
  fits: ['y']"
wrong_rules context '[12]' "- id: own
  in: [no-such-context]
  match: 'x'
  fits: ['x']"
wrong_rules drop '[12]' "- id: nobody-has-this
  drop: true"
wrong_rules yaml '[1-3]' "- id: [own
  in: {"
# A rule that repeats too freely is named with its line, its text stands in unread.csv,
# and the others read on.
if wanted rules-runaway; then
    mkdir -p "$work/rules-runaway" && cat >"$work/rules-runaway/own.yaml" <<'RULE'
- id: own
  in: [effort]
  match: '(?:好+)+[坏差]'
  fits: ['好坏']
RULE
    { echo 政府工作报告 && echo && echo "2025年主要目标是：地区生产总值增长5%，$(printf '好%.0s' {1..150})，粮食产量60万吨。"; } >"$work/runaway.txt"
    run "$script" --rules "$work/rules-runaway" --out "$work/runaway" "$work/runaway.txt"
    judge rules-runaway "$(trouble 0 'own.yaml:[1-4]: rule own was given up'
        grep -q ',地区生产总值,.*,5,' "$work/runaway/runaway/indicators.csv" || echo "the rule took others with it"
        grep -q '好好,unknown$' "$work/runaway/runaway/unread.csv" || echo "unread.csv does not have the text")"
fi
if wanted rules-missing; then
    run "$script" --rules "$work/no-such-folder" --out "$work/rules-out" "$good"
    judge rules-missing "$(trouble 2 'no-such-folder.*: .')"
fi
close_suite
