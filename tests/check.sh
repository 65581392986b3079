#!/bin/bash
# check: runs the suites on the plain build and on the one under sanitizers, and
# says of each how many cases passed and failed.
#   SUITE  only this suite
#   CASE   only this case of it
# A suite is a script tests/SUITE.sh that prints what fails and then `N passed, N failed`.
set -u
cd "$(dirname "$0")/.." || exit 1
suites=${SUITE:-unit rules golden wordings emit diff decode pdf inputs report batch rerun try badinput invariants fuzz real}
export CASE=${CASE:-}
all_passed=0 all_failed=0

run_suite() { # NAME, as it is shown; SCRIPT
    local log last
    log=$(mktemp) || exit 1
    "$2" </dev/null 2>&1 | tee "$log" | grep -v '^[0-9]* passed, [0-9]* failed$'
    last=$(tail -n 1 "$log")
    rm -f "$log"
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
    else
        echo "$2: did not come to its end"
        passed=0 failed=1
    fi
    echo "$1: $passed passed, $failed failed"
    all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed))
}

for BUILD in build build/sanitize; do
    export BUILD
    for suite in $suites; do
        name=$suite
        [ "$BUILD" = build ] || name="$suite (sanitized)"
        run_suite "$name" "tests/$suite.sh"
    done
done
if [ $((all_passed + all_failed)) -eq 0 ]; then
    echo "tests/check.sh: no case ran; the suites are: unit rules golden wordings emit diff decode pdf inputs report batch rerun try badinput invariants fuzz real" >&2
    all_failed=1
fi
echo "$all_passed passed, $all_failed failed"
[ "$all_failed" -eq 0 ]
