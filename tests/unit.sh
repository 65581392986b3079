#!/bin/bash
# unit: runs the test programs of tests/unit, each test a case.
. "$(dirname "$0")/suite.sh"

for source in tests/unit/test_*.c; do
    program=$(basename "$source" .c)
    (CMOCKA_MESSAGE_OUTPUT=TAP exec timeout 120 "$BUILD/tests/unit/$program") </dev/null >"$work/tap" 2>"$work/log"
    status=$?
    before=$failed
    while read -r result name; do
        wanted "$name" || wanted "$program" || continue
        if [ "$result" = ok ]; then
            passes "$name"
        else
            fails "$name" "in $source"
            grep -A 12 -F -- " - $name" "$work/tap" | grep '^#' | sed 's/^/    /'
        fi
    done < <(sed -n 's/^\(not ok\|ok\) [0-9]* - /\1 /p' "$work/tap" | sed 's/^not ok/not-ok/')
    # a program that crashed has not said which of its tests failed
    if [ $status -ne 0 ] && { wanted "$program" || ! grep -q '^1\.\.' "$work/tap"; } && [ "$failed" -eq "$before" ] && ! grep -q '^not ok' "$work/tap"; then
        fails "$program" "ended with status $status"
        tail -n 40 "$work/log" | sed 's/^/    /'
    fi
done
close_suite
