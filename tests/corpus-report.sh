#!/bin/bash
# corpus-report: what the pipeline makes of the real texts that stand beside the
# project, in figures: how many give rows, what stands in no row, and how the rows
# agree with those read by hand in shared/examples.
#   KEEP  a folder to keep the runs in (default: they are removed)
set -u
cd "$(dirname "$0")/.." || exit 1
corpus=../shared/corpus examples=../shared/examples
if [ ! -d "$corpus/reports" ] || [ ! -d "$corpus/budgets" ]; then
    echo "skipped: the real texts are not there ($corpus)"
    exit 0
fi
work=${KEEP:-}
if [ ! "$work" ]; then
    work=$(mktemp -d /dev/shm/gongbao-corpus.XXXXXX 2>/dev/null || mktemp -d) || exit 1
    trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work" || exit 1

# Texts that give no rows end in status 1: they are counted below.
for folder in reports budgets; do
    ./pipeline.sh -q --out "$work/$folder" --report "$work/$folder.csv" "$corpus/$folder" >"$work/$folder.log" 2>&1 </dev/null ||
        [ $? -eq 1 ] || { cat "$work/$folder.log"; exit 1; }
done
perl tests/corpus-report.pl figures "$work/reports.csv" "$work/budgets.csv" || exit

# The rows of each text in a table of examples, beside those of its run.
agreement() { # FOLDER TABLE
    local id header
    header=$(head -n 1 "$examples/$2.tsv")
    tail -n +2 "$examples/$2.tsv" | cut -f 1 | uniq | while read -r id; do
        { echo "$header" && grep "^$id"$'\t' "$examples/$2.tsv"; } >"$work/gold.tsv"
        perl tests/compare.pl "$work/gold.tsv" "$work/$1/$id/$2.csv" | sed "s|^$work/||"
    done >"$work/$2.compared"
    perl tests/corpus-report.pl agreement "$examples/$2.tsv" "$work/$2.compared"
}
if [ -d "$examples" ]; then
    agreement reports indicators
    agreement budgets budget
fi
