#!/bin/bash
# demo: runs the pipeline on corpus/ and shows where to look.
set -u
cd "$(dirname "$0")/.." || exit 1
./pipeline.sh corpus/*.txt </dev/null || exit

for input in corpus/*.txt; do
    run=out/$(basename "$input" .txt)
    echo
    echo "$run/"
    for table in indicators budget projects; do
        # every row ends in two line numbers; a cell may hold newlines
        printf '    %-16s %s rows\n' "$table.csv" "$(grep -cE ',[0-9]+,[0-9]+$' "$run/$table.csv")"
    done
    printf '    %-16s %s figures that stand in none of these\n' unread.csv "$(($(wc -l <"$run/unread.csv") - 1))"
    echo "    tables.xml       the same rows with their place in the source"
    echo "    decoded.txt      the text that line_from and line_to count in"
done
echo
echo "The first indicators and budget lines of $run, without the column part:"
for table in indicators budget; do
    head -n 5 "$run/$table.csv" | cut -d , -f 1,3- | cut -c 1-200 | sed 's/^/    /'
done
echo "Your own text: ./pipeline.sh FILE..."
