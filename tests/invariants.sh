#!/bin/bash
# invariants: what always holds (tests/invariants.pl), on every gazette of corpus/
# and on texts that are made to be hard to keep whole. A check is a case.
. "$(dirname "$0")/suite.sh"
shopt -s nullglob

holds() { # INPUT
    local id
    id=$(basename "$1" .txt)
    wanted "$id" || return
    pipeline --out "$work/out" "$1" >"$work/log" 2>&1 || { fails "$id" "pipeline.sh ended with status $?"; cat "$work/log"; return; }
    perl tests/invariants.pl "$work/out/$id" "$1" >"$work/report" || sed 's/^/    /' "$work/report"
    while IFS=: read -r check counts; do
        if [[ $counts == *" 0 do not hold" ]]; then passes "$id"; else fails "$id" "$check:$counts"; fi
    done < <(grep ' looked at, [0-9]* do not hold$' "$work/report")
    grep -q '^cells of unread.csv: ' "$work/report" || fails "$id" "the checks did not come to their end"
    # no file names the machine it was made on
    if grep -rlF -e "$work" -e "$PWD" "$work/out/$id"; then fails "$id" "a path of the machine stands in it"; else passes "$id"; fi
}

inputs=(corpus/*.txt)
if [ ${#inputs[@]} -eq 0 ]; then
    fails corpus "there is no corpus/*.txt"
    close_suite
fi
for input in "${inputs[@]}"; do
    holds "$input"
done

# Other line ends and a form feed: the same lines. Half a gazette: it ends inside a table or a sentence.
first=${inputs[0]}
sed 's/$/\r/' "$first" >"$work/crlf.txt"
tr '\n' '\r' <"$first" >"$work/cr.txt"
sed 's/^ /\f/' "$first" >"$work/form-feed.txt"
head -c "$(($(stat -c %s "$first") / 2))" "$first" | iconv -c -f UTF-8 -t UTF-8 >"$work/half.txt" 2>/dev/null
tail -c "$(($(stat -c %s "$first") / 2))" "$first" | iconv -c -f UTF-8 -t UTF-8 >"$work/other-half.txt" 2>/dev/null
for name in crlf cr form-feed half other-half; do
    holds "$work/$name.txt"
done
close_suite
