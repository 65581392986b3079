#!/bin/bash
# real: the runs on a real gazette and on real reports and budgets, which are not part of
# the project, held against the rows of tests/real, which were read by hand. A row is a
# case.
. "$(dirname "$0")/suite.sh"
corpus=../shared/corpus
input=$corpus/suzhou-2025.txt
if [ ! -e "$input" ]; then
    echo "skipped: the real gazette is not there ($input)"
    close_suite
fi

pipeline --out "$work/out" "$input" >"$work/log" 2>&1 || { fails run "pipeline.sh ended with status $?"; cat "$work/log"; }
run=$work/out/suzhou-2025

hold() { # NAME GOLD RESULT
    perl tests/compare.pl "$2" "$3" >"$work/report" 2>&1
    head -n 200 "$work/report" | grep -v ' passed, '
    if [[ $(tail -n 1 "$work/report") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    else
        fails "$1" "could not be compared"
    fi
}
for table in indicators budget projects; do
    wanted "$table" || continue
    hold "$table" "tests/real/$table.tsv" "$run/$table.csv"
done

# Texts of other places: their rows stand in one file, by gazette.
others() { # FOLDER TABLE
    local gold=tests/real/$1.tsv ids id inputs=()
    mapfile -t ids < <(tail -n +2 "$gold" | cut -f 1 | sort -u)
    for id in "${ids[@]}"; do
        inputs+=("$corpus/$1/$id".*)
    done
    pipeline -q --out "$work/$1" "${inputs[@]}" >"$work/log" 2>&1 || { fails "$1" "pipeline.sh ended with status $?"; cat "$work/log"; }
    for id in "${ids[@]}"; do
        { head -n 1 "$gold" && grep "^$id"$'\t' "$gold"; } >"$work/gold.tsv"
        hold "$id" "$work/gold.tsv" "$work/$1/$id/$2.csv"
    done
}
if wanted reports; then
    others reports indicators
fi
if wanted budgets; then
    others budgets budget
fi
# every figure that stands in no row does so for a reason that the rules know
all_known() {
    ! grep ',unknown$' "$run/unread.csv"
}
if wanted unread; then
    try unread all_known
fi
if wanted invariants; then
    try invariants perl tests/invariants.pl "$run" "$input"
fi
if wanted tables.xml; then
    try tables.xml xmllint --noout --relaxng stages/emit/tables.rng "$run/tables.xml"
fi
close_suite
