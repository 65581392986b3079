#!/bin/bash
# decode: web pages and encodings. Each page of corpus/forms must give the lines and
# the rows of layout.tsv in tests/decode, each report the same text whatever it is
# encoded in; and what is refused, and what is said, when it cannot be read.
. "$(dirname "$0")/suite.sh"
decode=$PWD/$BUILD/bin/decode

# Rows of layout.tsv that are no fact about the input.
marks() { # FOLDER
    grep -E $'^[0-9]+\t' "$1/layout.tsv"
}

reads_page() { # NAME
    rm -rf "$work/out"
    "$decode" -o "$work/out" "corpus/forms/$1.html" && diff "tests/decode/$1.txt" "$work/out/decoded.txt" &&
        diff "tests/decode/$1.tsv" <(marks "$work/out")
}

reads_report() { # INPUT EXPECTED [OPTION...]
    rm -rf "$work/out"
    "$decode" "${@:3}" -o "$work/out" "$1" && diff "tests/decode/$2.txt" "$work/out/decoded.txt"
}

# The name of a file says nothing of what is in it.
other_name() {
    cp corpus/forms/table-spans.html "$work/report.txt" && rm -rf "$work/out" &&
        "$decode" -o "$work/out" "$work/report.txt" && diff tests/decode/table-spans.txt "$work/out/decoded.txt"
}

# Decode ends with this status within some seconds, and says why.
refuses() { # STATUS PATTERN ARGUMENT...
    rm -rf "$work/out"
    timeout 20 "$decode" -o "$work/out" "${@:3}" 2>"$work/messages"
    local status=$?
    cat "$work/messages"
    [ "$status" -eq "$1" ] && grep -qE -- "$2" "$work/messages" && [ ! -e "$work/out" ]
}

# Decode succeeds, and says something.
warns() { # PATTERN ARGUMENT...
    rm -rf "$work/out"
    "$decode" -o "$work/out" "${@:2}" 2>"$work/messages" && cat "$work/messages" && grep -qE -- "$1" "$work/messages"
}

# A page that would keep Tidy busy for minutes is read or refused in seconds.
bears() { # PIECE COUNT
    local status
    perl -e 'print "<!DOCTYPE html>", $ARGV[0] x $ARGV[1]' -- "$1" "$2" >"$work/page.html"
    rm -rf "$work/out"
    timeout 60 "$decode" -o "$work/out" "$work/page.html" >"$work/messages" 2>&1
    status=$?
    cat "$work/messages"
    [ "$status" -le 1 ]
}

pipeline_takes_encoding() {
    pipeline --out "$work/runs" --encoding gbk corpus/forms/report-gb18030.txt &&
        diff tests/decode/report.txt "$work/runs/report-gb18030/decoded.txt"
}

pipeline_refuses_encoding() {
    pipeline --out "$work/runs" --encoding no-such-name corpus/forms/report-big5.txt
    [ $? -eq 2 ]
}

try_case() { # NAME COMMAND...
    if wanted "$1"; then try "$@"; fi
}

for page in web-page table-spans table-nested broken; do
    try_case "$page" reads_page "$page"
done
for input in corpus/forms/report-*; do
    expected=report
    [[ $input != *big5* ]] || expected=report-big5
    try_case "$(basename "$input")" reads_report "$input" "$expected"
done
try_case other-name other_name

perl -e 'print "<html>", "<div>" x 100000' >"$work/deep.html"
try_case deep refuses 1 'deep.html:1: .*2000 deep' "$work/deep.html"
try_case many-div bears '<div><p>x' 1900
try_case many-font bears '<font><p>x' 100000
try_case many-rows bears '<tr><td rowspan=65000>x<td>y' 50000
try_case many-lists bears '<ul><li>x<dl><dd>' 50000
try_case many-quotes bears '<p a="' 200000
try_case many-comments bears '<!--' 300000
try_case many-meta bears '<meta charset' 100000
try_case many-links bears '<a href=x><table>x</a>' 50000

try_case encoding-said reads_report corpus/forms/report-big5.txt report-big5 --encoding Big5
try_case encoding-alias reads_report corpus/forms/report-gb18030.txt report --encoding=gbk
try_case encoding-mark reads_report corpus/forms/report-utf16le.txt report --encoding UTF-16LE
try_case encoding-unknown refuses 2 "no encoding is called 'no-such-name'" --encoding no-such-name corpus/forms/report-big5.txt
try_case encoding-empty refuses 2 "no encoding is called ''" --encoding '' corpus/forms/report-big5.txt
try_case encoding-wrong warns 'report-big5.txt: only [0-9]+ %' --encoding GB18030 corpus/forms/report-big5.txt
iconv -f GBK -t UTF-8 -c tests/decode/report.txt >"$work/twice.txt"
try_case encoding-twice warns 'twice.txt: only [0-9]+ %' "$work/twice.txt"
perl -e 'print chr(128 + $_ * 7 % 64), chr(192 + $_ % 50), $_ % 20 ? "" : "\n" for 1 .. 2000' >"$work/none.txt"
try_case encoding-none refuses 1 'none.txt: no encoding of Chinese' "$work/none.txt"
try_case pipeline-encoding pipeline_takes_encoding
try_case pipeline-encoding-unknown pipeline_refuses_encoding
close_suite
