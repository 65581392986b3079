#!/bin/bash
# inputs: a table that names inputs and says what their text does not (--inputs).
# What it says fills an empty place or year, and never overrides the text.
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"

# Two reports of which one says neither place nor year; a paragraph of targets each.
mkdir -p "$work/in/sub" || exit 1
cat >"$work/in/silent.txt" <<'END'
政府工作报告

各位代表：

一、今年的工作

今年全县经济社会发展的主要预期目标是：地区生产总值增长6.7%左右，粮食产量12万吨。

重点做好以下工作。
END
cat >"$work/in/sub/speaks.txt" <<'END'
云溪市人民政府工作报告

——2021年1月12日在云溪市第三届人民代表大会第一次会议上

各位代表：

一、2021年工作

今年全市经济社会发展的主要预期目标是：地区生产总值增长7.3%左右，粮食产量30万吨。
END

table() { # LINES...
    printf '%s\n' "$@" >"$work/table.csv"
}
run() { # NAME ARGUMENTS...
    pipeline --out "$work/$1" "${@:2}" >"$work/output" 2>"$work/messages"
    status=$?
    cat "$work/messages"
}
ran() { # ARGUMENTS of run: it succeeds
    run "$@"
    [ "$status" -eq 0 ]
}
places() { # RUN ID: place and year of each row
    cut -d, -f 3,5 "$work/$1/$2/indicators.csv" | tail -n +2 | sort -u
}

table 'path,place,year,source,url' \
    "$work/in/silent.txt,汀洲县,2019,\"Office, of \"\"the\"\" county\",https://example.org/a?b=1&c=2" \
    "$work/in/sub/speaks.txt,汀洲县,2019,," ''
try run-filled ran filled --inputs "$work/table.csv"
try fills-empty diff <(places filled silent) <(echo 汀洲县,2019)
try keeps-what-is-said diff <(places filled speaks) <(echo 云溪市,2021)
try source jq -e '.sources[0] | .publisher == "Office, of \"the\" county" and .path == "https://example.org/a?b=1&c=2"' \
    "$work/filled/silent/datapackage.json"
try no-source jq -e '.sources[0] | has("publisher") or has("path") | not' "$work/filled/speaks/datapackage.json"
try xml xmllint --noout --relaxng stages/emit/tables.rng "$work/filled/silent/tables.xml"
try xml-source test "$(xmllint --xpath 'string(//input/@source)' "$work/filled/silent/tables.xml")" = 'Office, of "the" county'

# The same without a table: nothing is made up.
try run-bare ran bare "$work/in"
try bare diff <(places bare silent) <(echo ,)

# The files need not be named again; if they are, their ids are as they would be.
try run-both ran both --inputs "$work/table.csv" "$work/in"
try both diff <(cd "$work/both" && ls) <(printf '%s\n' all silent sub--speaks)
try both-filled diff <(places both silent) <(echo 汀洲县,2019)

# Paths from the folder of the table; columns in another order, some left out; CR LF.
printf '\xef\xbb\xbfyear,path\r\n2018,sub/../silent.txt\r\n' >"$work/in/table.csv"
try run-relative ran relative --inputs "$work/in/table.csv"
try relative diff <(places relative silent) <(echo ,2018)
rm "$work/in/table.csv"

# Another table is another run: nothing of an interrupted one is used.
table 'path,place' "$work/in/silent.txt,甲县"
try run-again ran again --inputs "$work/table.csv"
table 'path,place' "$work/in/silent.txt,乙县"
mkdir -p "$work/again/.work" && cp -r "$work/again/silent" "$work/again/.work/silent" || exit 1
try run-again-another ran again --inputs "$work/table.csv"
try another-table diff <(places again silent) <(echo 乙县,)

# A folder stands for all files in it.
table 'path,place' "$work/in,汀洲县"
try run-folder ran folder --inputs "$work/table.csv"
try folder diff <(places folder sub--speaks; places folder silent) <(printf '%s\n' 云溪市,2021 汀洲县,)

# ---- wrong tables: status 2, the line named, nothing done

wrong() { # LINE WORDS
    rm -rf "$work/wrong"
    run wrong --inputs "$work/table.csv"
    [ "$status" -eq 2 ] && grep -q "^$work/table.csv:$1: .*$2" "$work/messages" && [ ! -s "$work/output" ]
}
table 'place,year' '甲县,2019'
try wrong-no-path wrong 1 "no column 'path'"
table 'path,colour' 'a,b'
try wrong-column wrong 1 "'colour' is not known"
table 'path,year,path' 'a,b,c'
try wrong-column-twice wrong 1 "'path' stands here twice"
table 'path,year' "$work/in/silent.txt,19"
try wrong-year wrong 2 "'19'"
table 'path,year' '' ',2019'
try wrong-empty-path wrong 3 'no path'
table 'path,year' 'a,2019,x'
try wrong-cells wrong 2 '3 cells, the header has 2'
table 'path,place' 'a,"b' c
try wrong-open-quote wrong 2 'does not close'
table 'path,place' 'a,b"c"'
try wrong-quote wrong 2 'in the middle of a cell'
table 'path,place' 'a,"b"c'
try wrong-behind-quote wrong 2 'in the middle of a cell'
printf 'path,place\na,\xc4\xe3\n' >"$work/table.csv"
try wrong-bytes wrong 2 'no UTF-8'
table 'path,place' "a,$(printf '\001')"
try wrong-control wrong 2 'control character'
table 'path' "$work/in/silent.txt" "$work/in/silent.txt"
try wrong-twice wrong 3 'line 2 too'
: >"$work/table.csv"
try wrong-empty wrong 1 .
no_table() {
    run none --inputs "$work/none.csv"
    [ "$status" -eq 2 ] && grep -q "^$work/none.csv: " "$work/messages"
}
try wrong-no-table no_table

# A file that is not there is one input that fails.
table path "$work/in/nothing.txt" "$work/in/silent.txt"
missing() {
    run missing --inputs "$work/table.csv"
    [ "$status" -eq 1 ] && grep -q "^$work/in/nothing.txt: " "$work/messages" && [ -e "$work/missing/silent/tables.xml" ]
}
try missing-file missing
table path "$work/in/nothing.txt" "$work/in/nowhere.txt" "$work/in/silent.txt"
try missing-files missing
close_suite
