#!/bin/bash
# emit: what emit makes of a small file of records (tests/emit/extracted.tsv) is
# held against tables written by hand, the schema, and its own data package; then
# what it does where it cannot write or must not read.
# shellcheck disable=SC2317 # the functions below are run by try
. "$(dirname "$0")/suite.sh"
records=$work/extracted.tsv
schema=stages/emit/tables.rng
out=$work/out

# The records have the columns that matter here; the others are added, empty.
columns=$(sed -n 's/^ *\[ATTRIBUTE_[A-Z0-9_]*\] = "\(.*\)",$/\1/p' stages/lib/records.c)
awk -v columns="$columns" 'BEGIN { FS = OFS = "\t"; count = split(columns, names, "\n") }
    NR == 1 { for (i = 1; i <= NF; i++) here[$i] = 1 }
    { more = ""
      for (i = 1; i <= count; i++) if (!(names[i] in here)) more = more OFS (NR == 1 ? names[i] : "")
      print $0 more }' tests/emit/extracted.tsv >"$records"

emit() {
    "$BUILD/bin/emit" "$@" </dev/null
}

emit -o "$out" "$records" || fails run "emit ended with status $?"
for table in indicators budget projects unread; do
    try "$table.csv" diff -u "tests/emit/$table.csv" "$out/$table.csv"
done
try files diff <(ls "$out") <(printf '%s\n' budget.csv datapackage.json indicators.csv projects.csv report.tsv tables.xml unread.csv)
again() {
    LC_ALL=C TZ=PST8 emit -o "$work/again/" "$records" && diff -r "$out" "$work/again"
}
try same-bytes again

# ---- tables.xml ----

try xml-valid xmllint --noout --relaxng "$schema" "$out/tables.xml"

found() { # XPATH EXPECTED
    diff <(xmllint --xpath "$1" "$out/tables.xml") <(printf '%s\n' "$2")
}
try xml-rows found 'concat(count(//indicator), " ", count(//budget_line), " ", count(//project))' '4 2 2'
try xml-unread found 'concat(//unread/figure[2]/figure, " ", //unread/figure[2]/reason)' '1.20 share'
try xml-unread-page found 'string(//unread/figure[1]/place_in_source/@page)' 34
try xml-departments found '//project[1]/lead/department/text()' $'市文旅局\n市教育局（市语委、市考试院）'
try xml-points found 'string(//project[1]/content/point[2])' '2．更新图书3万册，"一卡"通借。'
try xml-funds found '//fund/@amount' $' amount="120"\n amount="80"'
try xml-fund-without-amount found 'string(//fund[not(@amount)])' '其余由各区承担'
try xml-pieces found 'string(//indicator[1]/place_in_source/piece[1]/@from)' 12
try xml-rules found '//budget_line[1]/rule/text()' $'amount\ncompleted'
try xml-documents found 'count(//document)' 4
try xml-parts found '//source/part/@document' $' document="2"\n document="11"\n document="13"'
try xml-line-of-three-cells found 'string(//line[@number=22])' '1  地区生产总值   增长5%以上'
try xml-markup-in-text found 'string(//line[@number=25])' '2 单位能耗 <降>&"控" 下降3.1%左右'
try xml-forbidden-character found 'string(//line[@number=30])' '2025年主要预期目标是：服务业比重达到 � 50%—52%。'

# The schema is strict: each of these spoils the file.
refused() { # SED-SCRIPT
    sed "$1" "$out/tables.xml" >"$work/spoilt.xml"
    ! cmp -s "$out/tables.xml" "$work/spoilt.xml" && ! xmllint --noout --relaxng "$schema" "$work/spoilt.xml"
}
try schema-closed-list refused 's|<measure>target|<measure>goal|'
try schema-account refused 's|<account>一般公共预算|<account>公共预算|'
try schema-reason refused 's|<reason>share|<reason>fun|'
try schema-number refused 's|<amount>88.60|<amount>88,60|'
try schema-plus-sign refused 's|<value>5<|<value>+5<|'
try schema-empty-cell refused 's|<unit>%</unit>|<unit/>|'
try schema-no-lines refused 's| line_from="22"||'
try schema-line-nought refused 's|line_from="22"|line_from="0"|'
try schema-unknown-element refused 's|<doubt>tie|<colour>red</colour>&|'
try schema-order refused 's|<place>云溪市</place>||; s|<year>2024</year>|&<place>云溪市</place>|'
try schema-fund-without-unit refused 's|<fund amount="120" unit="万元">|<fund amount="120">|'
try schema-no-text refused 's|<text>增长5%以上</text>||'

# ---- datapackage.json ----

package() { # FILTER: holds of the package
    jq -e "$1" "$out/datapackage.json"
}
# shellcheck disable=SC2016 # the $ is of the JSON
try package-schema package '.["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"'
try package-name package '.name | test("^[a-z0-9._-]+$")'
try package-title package '.title == "云溪-2025"'
try package-versions package '[.contract_version, .program_version, .rules_version] | all(length > 0)'
try package-source package ".sources == [{title: \"云溪-2025.txt\", bytes: 20480,
    hash: \"sha256:3f2a9c0d5b7e1846aa10c2d3e4f5061728394a5b6c7d8e9f00112233445566ff\"}]"
try package-resources package '[.resources[] | .path, .type, .format, .mediatype, .encoding] ==
    (["indicators", "budget", "projects", "unread"] | map(. + ".csv", "table", "csv", "text/csv", "utf-8"))'
try package-missing-values package '.resources | all(.schema.missingValues == [""])'
try package-descriptions package '[.resources[].schema.fields[]] | all(.description | endswith("."))'
try package-categories package '[.resources[].schema.fields[] | select(.categories) | .name] ==
    ["nature", "measure", "kind", "bound", "phase", "account", "role", "status", "reason"]'

described() { # PACKAGE CSV: nothing wrong with the CSV
    jq -r -n --slurpfile package "$1" --rawfile csv "$2" --arg path "$(basename "$2")" -f tests/emit/package.jq \
        >"$work/faults" && cat "$work/faults" && [ ! -s "$work/faults" ]
}
undescribed() { # SED-SCRIPT: the check finds what this spoils
    mkdir -p "$work/spoilt" && sed "$1" "$out/indicators.csv" >"$work/spoilt/indicators.csv" &&
        ! cmp -s "$out/indicators.csv" "$work/spoilt/indicators.csv" &&
        ! described "$out/datapackage.json" "$work/spoilt/indicators.csv"
}
for table in indicators budget projects unread; do
    try "package-describes-$table" described "$out/datapackage.json" "$out/$table.csv"
done
try package-finds-wrong-column undescribed '1s/nature/mature/'
try package-finds-wrong-number undescribed 's/-3.1,/-3.1x,/'
try package-finds-wrong-category undescribed 's/,at_least,/,least,/'

# ---- where it must fail ----

# Ends with status 1, says so in these words, and leaves the folder as it was.
fails_with() { # WORDS ARGUMENTS...
    emit "${@:2}" >"$work/stdout" 2>"$work/stderr"
    local status=$?
    cat "$work/stderr"
    [ "$status" -eq 1 ] && grep -qF -- "$1" "$work/stderr" && [ ! -s "$work/stdout" ] && diff -r "$out" "$work/again"
}
: >"$work/file"
try output-is-a-file fails_with "$work/file: " -o "$work/file" "$records"
try output-below-a-file fails_with "$work/file/out: " -o "$work/file/out" "$records"
try output-is-standard fails_with 'name a folder' -o - "$records"
try input-is-not-there fails_with "$work/nothing: " -o "$out" "$work/nothing"
try input-is-a-folder fails_with "$work: " -o "$out" "$work"

spoil() { # SED-SCRIPT
    sed "$1" "$records" >"$work/records.tsv"
}
cut -f 1-20 "$records" >"$work/records.tsv"
try columns-missing fails_with "records.tsv:1: the column " -o "$out" "$work/records.tsv"
spoil '2s/\tsource\t/\ttext\t/'
try no-source fails_with 'records.tsv:2: ' -o "$out" "$work/records.tsv"
spoil '4s/\tcaption\t/\tpicture\t/'
try unknown-type fails_with "records.tsv:4: type: 'picture'" -o "$out" "$work/records.tsv"
spoil "\$s/\$/\t/"
try too-many-columns fails_with "records.tsv:$(wc -l <"$records"): " -o "$out" "$work/records.tsv"
: >"$work/records.tsv"
try empty-input fails_with 'records.tsv:1: ' -o "$out" "$work/records.tsv"

full_disk() { # LIMIT in blocks of 1024 bytes
    (ulimit -f "$1" && fails_with 'cannot be written' -o "$out" "$records")
}
try full-disk-early full_disk 1
try full-disk-late full_disk 8

# A file that is full is a device here: the folder's name for it is a link.
full_device() {
    mkdir "$work/full" && ln -s /dev/full "$work/full/tables.xml" &&
        fails_with "tables.xml: cannot be written" -o "$work/full" "$records" && [ "$(ls "$work/full")" = tables.xml ]
}
try full-device full_device

# One bad input in a list does not stop the next.
batch() {
    printf '%s\t%s\n' "$work/nothing" "$work/one" "$records" "$work/two" >"$work/list"
    emit --batch "$work/list"
    [ $? -eq 1 ] && [ ! -e "$work/one" ] && diff -r "$out" "$work/two"
}
try batch batch
close_suite
