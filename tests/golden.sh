#!/bin/bash
# golden: whole runs on corpus/. The tables must be those of tests/golden/ID,
# tables.xml must be valid, and another locale, time zone, working folder and
# number of jobs must give the same bytes.
# `tests/golden.sh --accept` takes the tables of a run as the right ones: read
# them against the source, and the change with `git diff`, before you keep it.
. "$(dirname "$0")/suite.sh"
shopt -s nullglob
inputs=(corpus/*.txt)
tables=(indicators.csv budget.csv projects.csv unread.csv)

pipeline --out "$work/first" "${inputs[@]}" >"$work/log" 2>&1 || {
    fails run "pipeline.sh on corpus/ ended with status $?"
    cat "$work/log"
}

if [ "${1:-}" = --accept ]; then
    for input in "${inputs[@]}"; do
        id=$(basename "$input" .txt)
        mkdir -p "tests/golden/$id" && cp "${tables[@]/#/$work/first/$id/}" "tests/golden/$id/" || exit 1
    done
    exit 0
fi

[ ${#inputs[@]} -gt 0 ] || fails corpus "there is no corpus/*.txt"
for input in "${inputs[@]}"; do
    id=$(basename "$input" .txt)
    wanted "$id" || continue
    for table in "${tables[@]}"; do
        try "$id-$table" diff -u "tests/golden/$id/$table" "$work/first/$id/$table"
    done
    try "$id-tables.xml" xmllint --noout --relaxng stages/emit/tables.rng "$work/first/$id/tables.xml"
done

# The same bytes: under locales with another order of letters and another decimal
# point, in other time zones, from another folder, with other numbers of jobs.
mkdir "$work/locale" "$work/inputs" && cp -p "${inputs[@]}" "$work/inputs/" || exit 1
for locale in zh_CN de_DE; do
    wanted "same-bytes-$locale" || continue
    localedef -i "$locale" -f UTF-8 "$work/locale/$locale.UTF-8" || fails "locale-$locale" "could not be made"
done
same_bytes() { # NAME JOBS VARIABLE=VALUE...
    wanted "$1" || return
    (cd "$work/inputs" && exec env "${@:3}" "$script" --out "../$1" --jobs "$2" -- *.txt) \
        </dev/null >"$work/log" 2>&1 || { fails "$1" "pipeline.sh ended with status $?"; cat "$work/log"; return; }
    try "$1" same "$work/first" "$work/$1"
}
same_bytes same-bytes-C 1 LC_ALL=C TZ=CST-8
same_bytes same-bytes-zh_CN 2 LOCPATH="$work/locale" LC_ALL=zh_CN.UTF-8 TZ=PST8
same_bytes same-bytes-de_DE 3 LOCPATH="$work/locale" LC_ALL=de_DE.UTF-8 TZ=UTC
close_suite
