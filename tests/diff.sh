#!/bin/bash
# diff: what `pipeline.sh diff` says changed between two runs, or two years of one.
#   tests/diff/plan-YEAR.txt     plans of our own making; plan.changes.csv and
#                                plan.diff.csv hold what changed between them
#   tests/diff/lanjiang.csv      what came and went between the gazettes of corpus/, with
#                                the lines; read against their sentences and lists of names
. "$(dirname "$0")/suite.sh"
real=../shared/corpus/suzhou-2025.txt
schema=stages/compare/changes.rng
runs=$work/out

pipeline -q --out "$runs" tests/diff/plan-2024.txt tests/diff/plan-2025.txt corpus/lanjiang-2024.txt \
    corpus/lanjiang-2025.txt >"$work/log" 2>&1 || fails run "$(cat "$work/log")"

compare() { # STATUS ARGUMENTS...: what is printed stands in $work/screen and $work/messages
    pipeline diff "${@:2}" >"$work/screen" 2>"$work/messages"
    local status=$?
    [ "$status" -eq "$1" ] || { echo "ended with status $status"; cat "$work/messages"; false; }
}
says() { # TEXT: a message holds it
    grep -qF -- "$1" "$work/messages" || { cat "$work/messages"; false; }
}
shows() { # LINE: it is printed, whatever its spaces
    tr -s ' ' <"$work/screen" | sed 's/^ //' | grep -qxF -- "$1" || { cat "$work/screen"; false; }
}
# The first columns hold no comma and no quote in these texts.
rows() { # FILE CHANGE...: its rows of these changes as CHANGE OLD_NAME NEW_NAME
    awk -F, -v wanted=" ${*:2} " 'NR > 1 && index(wanted, " " $2 " ") { print $2 "\t" $4 "\t" $5 }' "$1"
}
column() { # FILE NEW_NAME COLUMN: what stands in old, new, delta and unit
    awk -F, -v name="$2" -v column="$3" '$2 == "changed" && $5 == name && $6 == column { print $8 "," $9 "," $10 "," $11 }' "$1"
}
differs() { # FILE NEW_NAME COLUMN OLD,NEW,DELTA,UNIT
    diff <(column "$1" "$2" "$3") <(echo "$4")
}
names_columns() { # FILE NEW_NAME COLUMN...: in these the two differ, and in no other
    diff <(awk -F, -v name="$2" '$2 == "changed" && $5 == name { print $6 }' "$1") <(printf '%s\n' "${@:3}")
}

# ---- plans of our own making ----

plan=$runs/diff/plan-2024--plan-2025
try plan-status compare 1 "$runs/plan-2024" "$runs/plan-2025"
try plan-changes diff -u tests/diff/plan.changes.csv "$plan/changes.csv"
try plan-tabular diff -u tests/diff/plan.diff.csv "$plan/indicators.diff.csv"
try plan-xml xmllint --noout --relaxng "$schema" "$plan/changes.xml"
try plan-counts shows 'indicators, target of 2024 -> 2025 (table): 1 added, 1 removed, 2 renamed, 1 replaced, 5 changed, 1 same'
try plan-screen shows 'changed 地区生产总值增速 6左右 6以上 bound'
try plan-screen-unit shows 'changed 一般公共预算收入 27.4 281,500 value +7500万元, unit'
try plan-screen-names shows '-> 规上工业增加值增速 6.5'
try plan-evidence test "$(xmllint --xpath 'string(//thing[new/@name="数字乡村覆盖率"]/@said)' "$plan/changes.xml")" = 4-4

# A terminal shows a Chinese character as wide as two letters: the columns stand under each other.
aligned() {
    local starts
    starts=$(perl -CSD -ne 'my ($name, $gap) = /^  changed   (\S+)( +)/ or next; my $wide = () = $name =~ /\p{Han}/g;
        print length($name) + $wide + length($gap), "\n"' "$work/screen" | sort | uniq -c)
    echo "$starts"
    [[ $starts =~ ^\ *5\ [0-9]+$ ]]
}
try plan-aligned aligned

# Text that moves is no change, and neither is the run itself.
{ printf '\n\n\n' && cat tests/diff/plan-2025.txt; } >"$work/moved.txt"
cp "$work/moved.txt" "$work/plan-2025.txt" || exit 1
pipeline -q --out "$runs" "$work/moved.txt" >"$work/log" 2>&1 || fails moved "$(cat "$work/log")"
pipeline -q --out "$work/below" "$work/plan-2025.txt" >"$work/log" 2>&1 || fails below "$(cat "$work/log")"
plain() { # as the README has it for other tools
    ! cmp -s "$runs/plan-2025/indicators.csv" "$work/below/plan-2025/indicators.csv" &&
        diff <(sed -E 's/(,[^,]*){3}$//' "$runs/plan-2025/indicators.csv") \
            <(sed -E 's/(,[^,]*){3}$//' "$work/below/plan-2025/indicators.csv")
}
try moved-plain plain
try same compare 0 "$runs/plan-2025" "$runs/plan-2025/"
try moved compare 0 "$runs/plan-2025" "$runs/moved"
try moved-elsewhere compare 0 "$runs/plan-2025" "$work/below/plan-2025"
try moved-elsewhere-place test -e "$work/below/diff/plan-2025--plan-2025/changes.csv"
moved() {
    compare 1 --ignore-lines "$runs/plan-2024" "$runs/plan-2025" && cp "$plan/changes.csv" "$plan/changes.xml" "$work/" &&
        compare 1 --ignore-lines --out "$work/moved" "$runs/plan-2024" "$runs/moved" &&
        diff -u "$work/changes.csv" "$work/moved/changes.csv" &&
        diff -u <(sed 's/new="moved"/new="plan-2025"/' "$work/moved/changes.xml") "$work/changes.xml" &&
        ! grep -q lines "$work/changes.csv" && xmllint --noout --relaxng "$schema" "$work/changes.xml"
}
try ignore-lines moved

# The same bytes whatever the locale and the place of the files.
elsewhere() {
    compare 1 "$runs/plan-2024" "$runs/plan-2025" && cp -r "$plan" "$work/first" &&
        (cd "$runs" && LC_ALL=C TZ=PST8 "$script" diff -q --out "$work/second" plan-2024 plan-2025)
    [ $? -eq 1 ] && diff -r "$work/first" "$work/second"
}
try same-bytes elsewhere

# ---- what is asked for ----

only() {
    compare 1 --only added,removed --out "$work/only" "$runs/plan-2024" "$runs/plan-2025" &&
        diff <(rows "$work/only/changes.csv" added removed) <(printf 'added\t\t数字乡村覆盖率\nremoved\t农药使用量\t\n') &&
        [ "$(wc -l <"$work/only/changes.csv")" -eq 3 ] && xmllint --noout --relaxng "$schema" "$work/only/changes.xml" &&
        [ "$(grep -c '^+++\|^---' "$work/only/indicators.diff.csv")" -eq 2 ]
}
try only only
try only-none compare 0 --only same "$runs/plan-2024" "$runs/plan-2025"
try only-columns compare 1 --only changed --out "$work/only" "$runs/plan-2024" "$runs/plan-2025"
try only-columns-renamed names_columns "$work/only/changes.csv" 规上工业增加值增速 text value
try only-unknown compare 2 --only added,gone "$runs/plan-2024" "$runs/plan-2025"
try only-unknown-says says "'gone' is none of added, removed"
try quiet compare 1 -q "$runs/plan-2024" "$runs/plan-2025"
try quiet-says diff <(cat "$work/screen" "$work/messages") /dev/null
try help compare 0 --help
try help-fits test "$(wc -l <"$work/screen")" -le 40
try version compare 0 --version

# Weights and known renamings are rules.
mkdir "$work/mine" && cat >"$work/mine/compare.yaml" <<'END'
- id: weight-indicators-least
  in: [weight]
  means: {weight: '90'}
  match: 'indicators least'
  fits: ['indicators least']
- id: renaming-above-size
  drop: true
- id: renaming-bank
  in: [renaming]
  means: {as: 河道清淤}
  match: '河道生态护岸'
  fits: ['河道生态护岸长度']
END
rules() {
    compare 1 --rules "$work/mine" --out "$work/ruled" "$runs/plan-2024" "$runs/plan-2025" &&
        diff <(rows "$work/ruled/changes.csv" renamed replaced) \
            <(printf 'renamed\t%s\t%s\n' 规模以上工业增加值增速 规上工业增加值增速 单位GDP能源消耗降低 单位地区生产总值能耗下降率 \
                河道清淤长度 河道生态护岸长度)
}
try rules rules

# ---- what goes wrong ----

mkdir "$work/empty"
wrong() { # NAME MESSAGE ARGUMENTS...
    try "$1" compare 2 "${@:3}"
    try "$1-says" says "$2"
}
wrong no-folder "$work/nothing: no folder of a run" "$work/nothing" "$runs/plan-2025"
wrong no-run "$work/empty: no folder of a run, for it has no extracted.tsv" "$work/empty" "$runs/plan-2025"
wrong all "no folder of a run" "$runs/all" "$runs/plan-2025"
wrong no-year "no row is of the year 1999: its rows are of 2024" "$runs/plan-2024@1999" "$runs/plan-2025"
wrong half-year "behind @ stands a year of four digits" "$runs/plan-2024@24" "$runs/plan-2025"
wrong one-run "name two folders of runs" "$runs/plan-2024"
wrong unknown-option "--colour" --colour "$runs/plan-2024" "$runs/plan-2025"
wrong no-place "$work/none/there" --out "$work/none/there" "$runs/plan-2024" "$runs/plan-2025"
mkdir "$work/spoilt" && head -c 500 "$runs/plan-2024/extracted.tsv" >"$work/spoilt/extracted.tsv"
wrong spoilt "$work/spoilt/extracted.tsv:" "$work/spoilt" "$runs/plan-2025"
printf '%s\n' '- id: weight-indicators-name' '  in: [weight]' '  means: {weight: much}' "  match: 'indicators name'" \
    "  fits: ['indicators name']" >"$work/mine/compare.yaml"
wrong wrong-weight "compare.yaml:1: rule weight-indicators-name: a weight is a number from 0 to 100" --rules "$work/mine" \
    "$runs/plan-2024" "$runs/plan-2025"
pipeline -q --out "$runs" corpus/wordings/projects-lines.txt >"$work/log" 2>&1
wrong nothing-common "nothing can be compared" "$runs/plan-2024" "$runs/projects-lines"
full() { # no room: what an earlier call wrote stays
    compare 1 "$runs/plan-2024" "$runs/plan-2025" && cp "$plan/changes.csv" "$work/before.csv" &&
        (ulimit -f 0 && exec "$script" diff --only added "$runs/plan-2024" "$runs/plan-2025" >/dev/null 2>&1)
    [ $? -eq 2 ] && cmp "$work/before.csv" "$plan/changes.csv" && [ "$(find "$plan" -type f | wc -l)" -eq 5 ]
}
try full full

# ---- two years of a gazette that does not exist ----

lanjiang=$runs/diff/lanjiang-2024--lanjiang-2025
try lanjiang-status compare 1 "$runs/lanjiang-2024" "$runs/lanjiang-2025"
came_and_went() {
    diff -u tests/diff/lanjiang.csv <(awk -F, 'NR == 1 || $2 ~ /added|removed|renamed|replaced/' "$lanjiang/changes.csv" |
        perl -ne 'my @cells = /("(?:[^"]|"")*"|[^,\n]*)(?:,|\n)/g; print join(",", @cells[0 .. 4, 13, 14]), "\n"')
}
try lanjiang-came-and-went came_and_went
try lanjiang-xml xmllint --noout --relaxng "$schema" "$lanjiang/changes.xml"
try lanjiang-lacking test "$(grep -c 'not compared' "$work/messages")" -eq 1
try lanjiang-unit grep -q '^budget,changed,executed,国有资本经营收入,国有资本经营收入,amount,,9200,0.8,-0.12,亿元,2023,2024,' "$lanjiang/changes.csv"
try lanjiang-levels shows 'changed 高新区 一般公共预算 一般公共预算收入 47.2亿元 48.1亿元 amount +0.9亿元, budget_pct -2.0%'
# a level and its change are of one indicator, and no figures to be taken from each other
try lanjiang-kinds differs "$lanjiang/changes.csv" 有效高新技术企业数 value $'200,2500,,\n9,,,'
try lanjiang-nature differs "$lanjiang/changes.csv" 每千人口拥有3岁以下婴幼儿托位数 nature binding,expected,,

# ---- the gazette that tells itself what changed ----

if [ ! -e "$real" ]; then
    echo "tests/diff.sh: $real is not there: its cases are left out" >&2
    close_suite
fi
pipeline -q --out "$runs" "$real" >"$work/log" 2>&1 || fails suzhou-run "$(cat "$work/log")"
suzhou=$runs/diff/suzhou-2025@2024--suzhou-2025@2025/changes.csv
try suzhou-status compare 1 "$runs/suzhou-2025@2024" "$runs/suzhou-2025@2025"
try suzhou-lacking says 'suzhou-2025@2024: indicators (estimate) in tables of 2024: 45 not compared'
try suzhou-lacking-once test "$(wc -l <"$work/messages")" -eq 6
# As the gazette says it on lines 3987 to 3999, under the names that its tables have.
told() {
    diff <(rows "$suzhou" added removed renamed replaced | sort) <(sort <<'END'
added		新增就业参保大学生人数
removed	政务服务可网办率	
removed	普惠性幼儿园覆盖率	
replaced	制造业智能化改造、数字化转型、网络化联接企业数	建成智能工厂数
replaced	新开工改造城镇老旧小区	新开工城中村改造
replaced	单位地区生产总值建设用地使用面积下降率	批而未供和闲置土地利用率
replaced	新增高新技术企业数	有效高新技术企业数
END
    )
}
try suzhou-told told
unnamed() { # no rule names one of them
    ! grep '智能\|联接\|城中村\|老旧\|建设用地\|闲置\|高新\|大学生\|网办\|幼儿园' rules/compare.yaml
}
try suzhou-no-rule unnamed
try suzhou-same test "$(rows "$suzhou" same | wc -l)" -eq 14
try suzhou-value differs "$suzhou" 居民消费价格总水平涨幅 value 3,2,-1,%
try suzhou-value-only names_columns "$suzhou" 居民消费价格总水平涨幅 text value
try suzhou-exact differs "$suzhou" 全社会研究与试验发展经费支出占地区生产总值的比重 value 4.15,4.2,0.05,%
try suzhou-bound differs "$suzhou" 引留高校毕业生 bound ,at_least,,
try suzhou-rule differs "$suzhou" 城乡基本养老保险参保缴费率 measuring_rule ,新口径,,
try suzhou-rule-gone differs "$suzhou" 一般公共预算收入 measuring_rule 同口径,,,
try suzhou-units differs "$suzhou" 企业研究与试验发展经费投入 value 1050,8,,
try suzhou-lines grep -q '^indicators,replaced,target,新增高新技术企业数,有效高新技术企业数,.*,3218-3220,3767,1.000$' "$suzhou"
# The other way round nothing is said of it, and the two years can still be compared.
try suzhou-back compare 1 "$runs/suzhou-2025@2025" "$runs/suzhou-2025@2024"
close_suite
