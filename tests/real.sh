#!/bin/bash
# real: the run on a real gazette, which is not part of the project, held against
# the rows of tests/real, which were read by hand. A row is a case.
. "$(dirname "$0")/suite.sh"
input=../shared/corpus/suzhou-2025.txt
if [ ! -e "$input" ]; then
    echo "skipped: the real gazette is not there ($input)"
    close_suite
fi

pipeline --out "$work/out" "$input" >"$work/log" 2>&1 || { fails run "pipeline.sh ended with status $?"; cat "$work/log"; }
run=$work/out/suzhou-2025
for gold in tests/real/*.tsv; do
    table=$(basename "$gold" .tsv)
    wanted "$table" || continue
    perl tests/compare.pl "$gold" "$run/$table.csv" >"$work/report" 2>&1
    head -n 200 "$work/report" | grep -v ' passed, '
    if [[ $(tail -n 1 "$work/report") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    else
        fails "$table" "could not be compared"
    fi
done
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
