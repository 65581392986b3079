#!/bin/bash
# wordings: small documents of our own making, one a theme, each with the rows that a
# reader of the contract expects of it. A row is a case.
#   corpus/wordings/ID.txt, ID.html, ID.pdf    the document
#   tests/wordings/ID.TABLE.tsv        its rows, compared by tests/compare.pl. A table
#                                      without such a file must have no rows; of
#                                      unread.csv then no figure may be unknown
#   tests/wordings/known-to-fail       lines `ID TABLE COUNT REASON`: as many rows of
#                                      this table are known to be wrong, for this reason.
#                                      They count as one case, which fails if there are
#                                      more or fewer: a line goes when its wording is read
. "$(dirname "$0")/suite.sh"
shopt -s nullglob
inputs=(corpus/wordings/*)
known=tests/wordings/known-to-fail
known_wrong=0

if [ ${#inputs[@]} -eq 0 ]; then
    fails corpus "there is nothing in corpus/wordings"
    close_suite
fi
pipeline -q --out "$work/out" "${inputs[@]}" >"$work/log" 2>&1 || {
    fails run "pipeline.sh on corpus/wordings ended with status $?"
    cat "$work/log"
}

# What is expected of a table without a file of rows.
no_rows() { # TABLE ID
    head -n 1 "$work/out/$2/$1.csv" | tr , '\t'
}
no_unknown() { # ID
    echo reason
    grep -oE ',(date|ordinal|share|change|narrative|bracket|effort)$' "$work/out/$1/unread.csv" | tr -d ,
}

# Takes the outcome of a table, or of a check that counts as one row.
outcome() { # ID TABLE RIGHT WRONG; what is wrong stands in $work/report
    local expected
    expected=$(awk -v id="$1" -v table="$2" '$1 == id && $2 == table { sum += $3 } END { print sum + 0 }' "$known")
    passed=$((passed + $3))
    if [ "$4" -eq "$expected" ]; then
        [ "$expected" -eq 0 ] || passes "$1"
        known_wrong=$((known_wrong + expected))
        return
    fi
    sed -e '/^[0-9]* passed, /d' -e "s|$work/out/||g" "$work/report" | head -n 100
    if [ "$expected" -gt 0 ]; then
        fails "$1-$2" "$4 rows are wrong, $known says $expected"
    else
        failed=$((failed + $4))
    fi
}

compares() { # ID TABLE
    local gold=tests/wordings/$1.$2.tsv
    if [ ! -e "$gold" ]; then
        gold=$work/none.tsv
        if [ "$2" = unread ]; then no_unknown "$1"; else no_rows "$2" "$1"; fi >"$gold"
    fi
    perl tests/compare.pl "$gold" "$work/out/$1/$2.csv" >"$work/report" 2>&1
    if [[ $(tail -n 1 "$work/report") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        outcome "$1" "$2" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    else
        fails "$1-$2" "could not be compared"
        cat "$work/report"
    fi
}

checks() { # ID NAME COMMAND...
    if "${@:3}" >"$work/report" 2>&1; then outcome "$1" "$2" 1 0; else outcome "$1" "$2" 0 1; fi
}

for input in "${inputs[@]}"; do
    id=$(basename "${input%.*}")
    wanted "$id" || continue
    for table in indicators budget projects unread; do
        compares "$id" "$table"
    done
    checks "$id" tables.xml xmllint --noout --relaxng stages/emit/tables.rng "$work/out/$id/tables.xml"
    # the lines of a text must be those of decoded.txt; those of a web page or a PDF are not
    source=()
    [[ $input != *.txt ]] || source=("$input")
    checks "$id" invariants perl tests/invariants.pl "$work/out/$id" "${source[@]}"
done
# every file of rows has its document, and so has every line of what is known to fail
if wanted files; then
    for gold in tests/wordings/*.tsv; do
        id=$(basename "$gold") && id=${id%%.*}
        if [ -d "$work/out/$id" ]; then passes files; else fails files "$gold has no document in corpus/wordings"; fi
    done
    while read -r id _; do
        [[ -z $id || $id == '#'* ]] && continue
        if [ -d "$work/out/$id" ]; then passes files; else fails files "$known: $id is no document"; fi
    done <"$known"
fi
[ "$known_wrong" -eq 0 ] || echo "rows known to be wrong: $known_wrong ($known)"
close_suite
