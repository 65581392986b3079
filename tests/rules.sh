#!/bin/bash
# rules: every rule against its own examples; an example is a case. Says besides
# which rules no text in corpus/ was read with: either the text is missing in
# corpus/ or the rule is not needed.
. "$(dirname "$0")/suite.sh"
shopt -s nullglob

"$BUILD/tests/rulecheck" >"$work/report" 2>&1
status=$?
if [[ $(tail -n 1 "$work/report") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
    [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || fails rulecheck "ended with status $status"
else
    fails rulecheck "ended with status $status"
fi
grep -v ' passed, ' "$work/report"

# which rules were used does not depend on the build: once is enough
if [ "$BUILD" = build ]; then
    inputs=(corpus/*.txt)
    if [ ${#inputs[@]} -gt 0 ] && pipeline --out "$work/out" "${inputs[@]}" >"$work/log" 2>&1; then
        for folder in "$work"/out/*/; do
            "$BUILD/bin/segment" -v -o /dev/null "$folder"
            "$BUILD/bin/classify" -v -o /dev/null "$folder/normalised.tsv"
            "$BUILD/bin/extract" -v -o /dev/null "$folder/classified.tsv"
        done 2>"$work/uses"
        "$BUILD/tests/rulecheck" --used "$work/uses" || fails used "rulecheck --used ended with status $?"
    else
        fails used "there is no run on corpus/ to see which rules it uses"
        head -n 20 "$work/log"
    fi
fi
close_suite
