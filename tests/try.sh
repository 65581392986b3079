#!/bin/bash
# try: what other rules do to the rows (pipeline.sh try), on two small reports.
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"

mkdir -p "$work/in" "$work/drop" "$work/add" "$work/nothing" "$work/wrong" || exit 1
cat >"$work/in/one.txt" <<'END'
云溪市人民政府工作报告

——2021年1月12日在云溪市第三届人民代表大会第一次会议上

一、2021年工作

今年全市主要预期目标是：地区生产总值增长6.5%以上，城镇登记失业率控制在4%以内。
END
cat >"$work/in/two.txt" <<'END'
汀洲县人民政府工作报告

——2021年1月20日在汀洲县第九届人民代表大会第一次会议上

一、2021年工作

今年咱县要跑出的成绩单：地区生产总值增长7%，粮食产量30万吨。
END
printf '%s\n' '- id: bound-at-least' '  drop: true' >"$work/drop/figures.yaml"
cat >"$work/add/mine.yaml" <<'END'
- id: announcement-mine
  in: [announcement]
  match: '要跑出的成绩单：'
  fits: ['今年咱县要跑出的成绩单：地区生产总值增长7%']
END
cat >"$work/nothing/mine.yaml" <<'END'
- id: announcement-none
  in: [announcement]
  match: '没有人这样写：'
  fits: ['没有人这样写：地区生产总值增长7%']
END
printf '%s\n' '- id: nobody-has-this' '  drop: true' >"$work/wrong/mine.yaml"

run() { # STATUS ARGUMENTS...
    pipeline try "${@:2}" >"$work/output" 2>"$work/messages"
    local status=$?
    [ "$status" -eq "$1" ] || { echo "exit status $status, not $1"; cat "$work/output" "$work/messages"; false; }
}
shows() { # LINE: it is printed
    grep -qxF -- "$1" "$work/output" || { cat "$work/output"; false; }
}

try changed run 1 --rules "$work/drop" --report "$work/changes.csv" "$work/in"
try changed-row shows '  ~ indicators line 7 地区生产总值: bound at_least -> (empty) [-bound-at-least]'
try changed-sum shows '  indicators: 0 gained, 0 lost, 1 changed'
try changed-count shows '1 of 2 gazettes differ'
try changed-csv diff "$work/changes.csv" - <<'END'
gazette,table,change,name,column,old,new,line_from,line_to,rules
one,indicators,changed,地区生产总值,bound,at_least,,7,7,-bound-at-least
END
gained() {
    run 1 --rules "$work/add" "$work/in" && shows '  indicators: 2 gained, 0 lost, 0 changed' &&
        grep -q '^  + indicators line 7 粮食产量: 30万吨 \[.*announcement-mine' "$work/output"
}
try gained gained
lost() { # the same the other way round, by the program alone
    pipeline -q --out "$work/old" "$work/in" >/dev/null 2>&1
    pipeline -q --out "$work/new" --rules "$work/add" "$work/in" >/dev/null 2>&1
    "$BUILD/bin/rulediff" -q "$work/new" "$work/old" >"$work/output"
    [ $? -eq 1 ] && diff "$work/output" - <<'END'
1 of 2 gazettes differ
  indicators: 0 gained, 2 lost, 0 changed
  budget: 0 gained, 0 lost, 0 changed
  projects: 0 gained, 0 lost, 0 changed
END
}
try lost lost
try nothing run 0 --rules "$work/nothing" "$work/in"
try nothing-count shows '0 of 2 gazettes differ'
try wrong-rules run 2 --rules "$work/wrong" "$work/in"
try wrong-rules-named grep -q "mine.yaml:[12]: " "$work/messages"
try no-rules run 2 "$work/in"
try use-stage run 2 --rules "$work/drop" --only extract "$work/in"
mkdir "$work/none"
try no-inputs run 2 --rules "$work/drop" "$work/none"
ended() { # what it had begun ends with it, and not after the many seconds that the work takes
    mkdir "$work/many" && for ((i = 0; i < 200; i++)); do cp corpus/lanjiang-2025.txt "$work/many/$i.txt"; done
    setsid "$script" try --jobs 1 --rules "$work/drop" "$work/many" </dev/null >/dev/null 2>&1 &
    local run=$!
    sleep 0.3
    kill -TERM "$run"
    wait "$run"
    [ $? -eq 130 ] || return
    for ((i = 0; i < 20; i++)); do
        [ "$(awk -v session="$run" '$6 == session && $3 != "Z"' /proc/[0-9]*/stat 2>/dev/null)" ] || return 0
        sleep 0.1
    done
    return 1
}
try ended ended
try no-folder run 2 --rules "$work/no-such-folder" "$work/in"
standard_input() { # both runs get the names
    printf '%s\0' "$work/in/one.txt" "$work/in/two.txt" |
        timeout 300 "$script" try -q --rules "$work/drop" --files0-from - >"$work/output" 2>"$work/messages"
    [ $? -eq 1 ] && shows '1 of 2 gazettes differ'
}
try standard-input standard_input
pipe() { # both runs get the names
    timeout 300 "$script" try -q --rules "$work/drop" --files0-from <(printf '%s\0' "$work/in/one.txt") >"$work/output"
    [ $? -eq 1 ] && shows '1 of 1 gazettes differ'
}
try pipe pipe
table() { # both runs get the table
    printf '%s\n' path "$work/in/one.txt" |
        timeout 300 "$script" try -q --rules "$work/drop" --inputs - >"$work/output"
    [ $? -eq 1 ] && shows '1 of 1 gazettes differ'
}
try table table
by_bash() { # the script is not looked for in PATH
    (cd "$(dirname "$script")" && timeout 300 bash pipeline.sh try -q --rules "$work/drop" "$work/in/one.txt") >"$work/output"
    [ $? -eq 1 ] && shows '1 of 1 gazettes differ'
}
try by-bash by_bash

# An input that ends in the middle with the other rules alone is no input without a difference.
failing() {
    mkdir -p "$work/failing/build/bin" && ln -s "$PWD/rules" "$PWD/stages" "$work/failing/" && cp "$script" "$work/failing/" &&
        ln -s "$PWD/$BUILD/bin"/* "$work/failing/build/bin/" && rm "$work/failing/build/bin/extract" || return
    printf '%s\n' '#!/bin/sh' 'case " $* " in *" --rules "*) exit 1 ;; esac' "exec '$PWD/$BUILD/bin/extract' \"\$@\"" \
        >"$work/failing/build/bin/extract" && chmod +x "$work/failing/build/bin/extract" || return
    timeout 300 "$work/failing/pipeline.sh" try -q --rules "$work/drop" "$work/in" >"$work/output" 2>"$work/messages"
    [ $? -eq 2 ] && grep -q '/one.txt: is not converted' "$work/messages"
}
try failing failing

# Nothing in the folder of the results is touched.
untouched() {
    pipeline -q --out "$work/out" "$work/in" >/dev/null 2>&1 # two.txt gives no row
    cp -rp "$work/out" "$work/before" && run 1 --out "$work/out" --rules "$work/drop" "$work/in" &&
        diff -r "$work/before" "$work/out" && [ "$(stat -c %Y "$work/before/one")" = "$(stat -c %Y "$work/out/one")" ]
}
try untouched untouched
alone() { # STATUS ARGUMENTS...
    "$BUILD/bin/rulediff" "${@:2}" >"$work/output" 2>"$work/messages"
    [ $? -eq "$1" ]
}
try folder-missing alone 2 "$work/nowhere" "$work/old"
try use-operands alone 2 "$work/old"
try use-option alone 2 --colour "$work/old" "$work/new"
try csv-full alone 2 --csv /dev/full "$work/old" "$work/new"
try help alone 0 --help
close_suite
