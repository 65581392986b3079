#!/bin/bash
# report: what a run says it has found and passed over, on the terminal and as CSV.
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"

# A report with a table that is not read, targets that no rule reads, and a budget
# with a paragraph without a row.
cat >"$work/odd, city.txt" <<'END'
云溪市人民政府工作报告

——2021年1月12日在云溪市第三届人民代表大会第一次会议上

一、2021年工作

今年全市主要预期目标是：建设学校3所。

关于云溪市2020年预算执行情况和2021年预算草案的报告

一、2020年一般公共预算执行情况

全市一般公共预算收入50亿元，增长5.2%，占全部收入的82%。

各项补助比上年增收12423万元。
END
printf '各位代表：\n\n今天我没有报告。\n' >"$work/nothing.txt"

run() { # ARGUMENTS...
    pipeline --out "$work/out" "$@" >"$work/output" 2>"$work/messages"
    status=$?
}
shows() { # LINE: it is printed
    grep -qxF -- "$1" "$work/output" || { cat "$work/output"; false; }
}

run --report "$work/report.csv" "$work/odd, city.txt"
try status test "$status" = 0
try terminal diff "$work/output" - <<END
$work/out/odd, city
  2 documents: 1 work-report, 1 budget-report
  rows: 0 indicators, 1 budget, 0 projects; in no row: 3 figures, 1 of them unknown
  gave no row: 1 announcement of targets (line 7); 1 budget paragraph (line 15)
END
try csv diff "$work/report.csv" - <<'END'
gazette,what,kind,count,lines
"odd, city",documents,work-report,1,1
"odd, city",documents,budget-report,1,9
"odd, city",rows,indicators,0,
"odd, city",rows,budget,1,
"odd, city",rows,projects,0,
"odd, city",unread,unknown,1,7
"odd, city",unread,share,1,13
"odd, city",unread,change,1,15
"odd, city",missed,targets,1,7
"odd, city",missed,paragraph,1,15
END

# Several: a summary below, and in the CSV the lines of each.
run --report="$work/report.csv" "$work/odd, city.txt" "$work/nothing.txt" corpus/lanjiang-2025.txt
try summary shows 'all 3, 1 of them as they were, 1 empty'
sums() { # WHAT: the count of all is that of each added up
    local sum
    sum=$(awk -F, -v what="$1" '{ for (i = 1; i < NF; i++) if ($i == what) sum += $(i + 2) } END { print sum }' "$work/report.csv")
    tail -n 4 "$work/output" | grep -q "$sum" || { cat "$work/output"; false; }
}
try summary-documents sums documents
try summary-figures sums unread
try all-in-csv test "$(cut -d , -f 1,2 "$work/report.csv" | grep -c ',rows\|city"')" -ge 9
try agrees diff <(sed -n 's/^lanjiang-2025,unread,\([a-z]*\),\([0-9]*\),.*/\2 \1/p' "$work/report.csv" | sort) \
    <(sed '1d; s/.*,//' "$work/out/lanjiang-2025/unread.csv" | sort | uniq -c | sed 's/^ *//' | sort)

# The same bytes with any number of jobs.
cp "$work/report.csv" "$work/first.csv" || exit 1
run --report "$work/report.csv" --jobs 1 "$work/odd, city.txt" "$work/nothing.txt" corpus/lanjiang-2025.txt
try jobs cmp "$work/first.csv" "$work/report.csv"

# Quiet: nothing but failures.
run -q --report "$work/report.csv" "$work/odd, city.txt"
try quiet diff "$work/output" /dev/null
try quiet-messages diff "$work/messages" /dev/null
try quiet-csv grep -q budget-report "$work/report.csv"

# No place for the CSV: the tables are there all the same.
unwritable() {
    run --report "$work/none/report.csv" "$work/odd, city.txt"
    [ "$status" -eq 1 ] && grep -q "^$work/none/report.csv: " "$work/messages" && [ -e "$work/out/odd, city/tables.xml" ]
}
try unwritable unwritable
full() {
    run --report /dev/full "$work/odd, city.txt"
    [ "$status" -eq 1 ] && grep -q '^/dev/full: ' "$work/messages"
}
try full full

# The program alone.
alone() { # STATUS ARGUMENTS...
    "$BUILD/bin/report" "${@:2}" >"$work/output" 2>"$work/messages" <<<"$work/nowhere"
    [ $? -eq "$1" ]
}
try no-folder alone 1 -
try no-list alone 2
try unknown-option alone 2 --colour -
try help alone 0 --help
close_suite
