#!/bin/bash
# batch: many inputs in one run: which they are, what becomes of each, and the tables of
# all together in out/all.
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"

mkdir -p "$work/in/2019/县" "$work/in/.hidden" || exit 1
cp corpus/wordings/targets-commas.txt "$work/in/2019/报告.txt" && cp corpus/wordings/budget-sums.txt "$work/in/2019/县/a b.txt" &&
    cp corpus/wordings/projects-lines.txt "$work/in/p.txt" && cp corpus/wordings/targets-lines.txt "$work/in/.hidden/no.txt" &&
    echo 'nothing to see' >"$work/in/nothing.txt" && printf 'PK\003\004 and so on' >"$work/in/office.docx" || exit 1

run() { # STATUS ARGUMENTS...
    timeout 300 "$script" --out "$work/out" "${@:2}" >"$work/output" 2>"$work/messages" </dev/null
    local status=$?
    [ "$status" -eq "$1" ] || { echo "exit status $status, not $1"; cat "$work/messages"; false; }
}
column() { # NAME FILE: without quotes inside
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next } { print $column }' "$2"
}

# One bad file does not stop the others.
try one-bad run 1 --jobs 2 "$work/in"
try one-bad-named grep -q "/in/office.docx: ." "$work/messages"
try empty-named grep -q "/in/nothing.txt: empty: " "$work/messages"
all=$work/out/all
# In the order of the bytes of their names; as many rows as tests/wordings expects.
try summary diff <(cut -d , -f 1,4-7,9 "$all/summary.csv") - <<'END'
id,documents,indicators,budget,projects,status
2019--县--a b,1,0,28,0,converted
2019--报告,1,11,0,0,converted
nothing,0,0,0,0,empty
office,,,,,failed
p,1,0,0,3,converted
END
try summary-columns diff <(head -n 1 "$all/summary.csv") - <<<'id,bytes,lines,documents,indicators,budget,projects,unread,status,message'
try summary-bytes diff <(column bytes "$all/summary.csv") <(cd "$work/in" && stat -c %s '2019/县/a b.txt' 2019/报告.txt nothing.txt office.docx p.txt)
try summary-lines diff <(column lines "$all/summary.csv") \
    <(for id in '2019--县--a b' 2019--报告 nothing; do wc -l <"$work/out/$id/decoded.txt"; done; echo; wc -l <"$work/out/p/decoded.txt")
try summary-message grep -q '^office,.*,failed,.*docx' "$all/summary.csv"

# The tables of all: those of each, one after the other, under one header.
together() { # TABLE
    local id
    head -n 1 "$all/$1.csv" | diff - <(head -n 1 "$work/out/p/$1.csv") &&
        for id in '2019--县--a b' 2019--报告 nothing p; do tail -n +2 "$work/out/$id/$1.csv"; done | diff - <(tail -n +2 "$all/$1.csv")
}
for table in indicators budget projects unread; do
    try "all-$table" together "$table"
done
package() { # the package has each table, and its columns in their order
    local table
    for table in indicators budget projects unread summary; do
        jq -er --arg path "$table.csv" '.resources[] | select(.path == $path) | [.schema.fields[].name] | join(",")' \
            "$all/datapackage.json" | diff - <(head -n 1 "$all/$table.csv") || return
    done
    jq -e '."$schema" == "https://datapackage.org/profiles/2.0/datapackage.json"' "$all/datapackage.json"
}
try all-package package

# The same bytes with any number of jobs, and again when nothing has something to do.
jobs() {
    timeout 300 "$script" -q --jobs 3 --out "$work/three" "$work/in" </dev/null >/dev/null 2>&1
    same "$work/out" "$work/three"
}
try jobs jobs
again() {
    local before
    before=$(stat -c '%n %y %i' "$work/out"/*/* | grep -v /made.tsv)
    run 1 "$work/in" && diff <(echo "$before") <(stat -c '%n %y %i' "$work/out"/*/* | grep -v /made.tsv)
}
try again again
try again-says grep -q '^all 5, 4 of them as they were, 1 empty, 1 failed$' "$work/output"
mended() { # the bad file is replaced: it alone is made, and all/ has it
    cp corpus/wordings/targets-lines.txt "$work/in/office.docx" && run 0 "$work/in" &&
        grep -q '^all 5, 4 of them as they were, 1 empty$' "$work/output" && grep -q '^office,.*,converted,$' "$all/summary.csv" &&
        grep -q '^office,' "$all/indicators.csv"
}
try mended mended
fewer() { # an input less: its rows go from all/, its own folder stays
    rm "$work/in/office.docx" && run 0 "$work/in" && ! grep -q '^office,' "$all/summary.csv" "$all/indicators.csv" &&
        [ -e "$work/out/office/tables.xml" ]
}
try fewer fewer
somebodys() { # a folder all/ that no run has made is not replaced
    mkdir -p "$work/taken/all" && echo mine >"$work/taken/all/mine" &&
        ! timeout 300 "$script" -q --out "$work/taken" "$work/in" </dev/null >/dev/null 2>"$work/messages" &&
        [ "$(cat "$work/taken/all/mine")" = mine ] && grep -q "/taken/all: is not the result" "$work/messages" && [ -e "$work/taken/p/tables.xml" ]
}
try somebodys-folder somebodys
precious() { # nor is a folder of somebody's that happens to hold a data package, or to be called like an input
    mkdir -p "$work/own/p" && echo '{}' >"$work/own/p/datapackage.json" && echo mine >"$work/own/p/mine" &&
        ! timeout 300 "$script" -q --out "$work/own" "$work/in/p.txt" </dev/null >/dev/null 2>"$work/messages" &&
        [ "$(cat "$work/own/p/mine")" = mine ] && grep -q "/own/p: is not the result" "$work/messages"
}
try precious precious
packaged() { # in a walked folder it is one like others
    mkdir -p "$work/packages/sub" && echo '{}' >"$work/packages/sub/datapackage.json" && cp "$work/in/p.txt" "$work/packages/sub/" &&
        timeout 300 "$script" --dry-run --out "$work/own" "$work/packages" </dev/null >"$work/output" && grep -q '^sub--p: ' "$work/output"
}
try packaged packaged
foreseen() { # what cannot be done is said before
    timeout 300 "$script" --dry-run --out "$work/none" "$work/in/p.txt" "$work/in/missing" </dev/null >"$work/output" 2>"$work/messages"
    [ $? -eq 1 ] && grep -q '^p: decode, ' "$work/output" && grep -q '/in/missing: cannot be read' "$work/messages" && [ ! -e "$work/none" ]
}
try foreseen foreseen
single() { # no batch, no all/
    timeout 300 "$script" -q --out "$work/single" "$work/in/p.txt" </dev/null && [ ! -e "$work/single/all" ]
}
try single single

called_like_a_file() { # the message of an input with the id of a file between the stages is not lost
    : >"$work/segmented.tsv.txt"
    ! timeout 300 "$script" -q --out "$work/called" "$work/segmented.tsv.txt" "$work/in/p.txt" </dev/null 2>"$work/messages" &&
        grep -q '/segmented.tsv.txt: is empty' "$work/messages"
}
try called-like-a-file called_like_a_file
inside() { # the results in the folder of the inputs, and what diff writes there, are no inputs
    mkdir "$work/inside" && cp "$work/in/p.txt" "$work/inside/p.txt" && cp "$work/in/p.txt" "$work/inside/q.txt" || return
    timeout 300 "$script" -q --out "$work/inside/out" "$work/inside" </dev/null &&
        "$script" diff -q "$work/inside/out/p" "$work/inside/out/q" &&
        timeout 300 "$script" -q --out "$work/inside/out" "$work/inside" </dev/null &&
        diff <(ls "$work/inside/out") <(printf '%s\n' all diff p q)
}
try inside inside

# Lists of names with a NUL after each.
listed() {
    printf '%s\0' "$work/in/p.txt" "$work/in/2019/县/a b.txt" >"$work/list"
    timeout 300 "$script" -q --out "$work/listed" --files0-from "$work/list" </dev/null &&
        diff <(ls "$work/listed") <(printf '%s\n' 'a b' all p | LC_ALL=C sort)
}
try files0-from listed
piped() {
    find "$work/in" -name '*b.txt' -print0 | timeout 300 "$script" -q --out "$work/piped" --files0-from - && [ -e "$work/piped/a b/tables.xml" ]
}
try files0-from-pipe piped
wrong_list() { # STATUS TEXT
    printf '%b' "$2" >"$work/list"
    timeout 300 "$script" -q --out "$work/wrong" --files0-from "$work/list" </dev/null >/dev/null 2>"$work/messages"
    [ $? -eq "$1" ] && grep -q . "$work/messages"
}
try files0-empty-name wrong_list 2 '\0'
try files0-missing wrong_list 1 'no such file\0'
twice() { # OPTION VALUE: of two only one would be read
    timeout 300 "$script" -q --out "$work/twice" "$1" "$2" "$1" "$2" </dev/null >/dev/null 2>"$work/messages"
    [ $? -eq 2 ] && grep -q -- "$1 .*twice" "$work/messages"
}
printf '%s\0' "$work/in/p.txt" >"$work/list" && printf '%s\n' path "$work/in/p.txt" >"$work/table.csv"
try files0-twice twice --files0-from "$work/list"
try inputs-twice twice --inputs "$work/table.csv"

# Progress: in a log a line every so many files; on a terminal a bar; with -q nothing.
mkdir "$work/many" && for ((i = 1; i <= 40; i++)); do
    { cat corpus/wordings/targets-commas.txt && echo "$i"; } >"$work/many/$i.txt"
done
progress() {
    timeout 300 "$script" --out "$work/many.out" "$work/many" </dev/null >/dev/null 2>"$work/messages" &&
        [ "$(grep -c '^progress: [0-9]*0 of 40 files, [0-9]* files/s, [0-9]*:[0-9][0-9] left$' "$work/messages")" -ge 3 ]
}
try progress-log progress
quiet() {
    timeout 300 "$script" -q --force --out "$work/many.out" "$work/many" </dev/null >"$work/output" 2>"$work/messages" &&
        [ ! -s "$work/output" ] && [ ! -s "$work/messages" ]
}
try progress-quiet quiet
bar() {
    TERM=xterm timeout 300 script -qec "'$script' --force --out '$work/many.out' '$work/many'" "$work/typescript" </dev/null >/dev/null &&
        grep -q $'\r\e\[K\[[#.]*\] [0-9]* of 40 files' "$work/typescript"
}
if command -v script >/dev/null; then
    try progress-bar bar
else
    echo "progress-bar: skipped: the program script is not there"
fi

# --help fits on one screen.
help() {
    [ "$(timeout 300 "$script" --help </dev/null | wc -l)" -le 40 ] && [ "$(timeout 300 "$script" --help </dev/null | wc -L)" -le 90 ]
}
try help help
close_suite
