#!/bin/bash
# fuzz-seeds: makes of corpus/ and rules/ the small inputs that fuzzing begins with.
# In: an empty folder. Out: FOLDER/TARGET/ for each target, and for libFuzzer
# FOLDER/TARGET.dict, words to put in.
#   PIPELINE  the script that makes the files of records (default: ./pipeline.sh)
set -u
cd "$(dirname "$0")/.." || exit 1
[ $# -eq 1 ] || { echo "usage: tests/fuzz-seeds.sh FOLDER" >&2; exit 2; }
seeds=$1
mkdir -p "$seeds"/{decode,records,rules,extract,runs} || exit 1

# Some records of one document as a file of their own: the source, its title, and SIZE
# records after each other, numbered anew. At most MOST files for a file.
cut_records() { # FILE BEGINNING SIZE MOST
    awk -F '\t' -v OFS='\t' -v beginning="$2" -v size="$3" -v most="$4" '
        { record = $0 }
        NR == 1 { header = $0; for (i = 1; i <= NF; i++) column[$i] = i; next }
        $(column["type"]) == "source" { source = record; next }
        $(column["type"]) == "title" { title = record; count = 0 }
        count % size == 0 {
            close(file); file = sprintf("%s-%03d.tsv", beginning, ++files); place = 0; split("", places)
            if (files > most) exit
            print header >file
            put(source)
            if (count > 0) put(title)
        }
        { put(record); count++ }
        function put(line) {
            if (line == "") return
            $0 = line
            places[$(column["record"])] = ++place
            $(column["record"]) = place
            $(column["document"]) = places[$(column["document"])] + 0
            $(column["section"]) = places[$(column["section"])]
            print >file
        }' "$1"
}

# The words of standard input, one a line, as libFuzzer wants them.
write_words() {
    LC_ALL=C sort -u | perl -ne 'chomp; next if !length || length > 60; s/([^ -~]|["\\])/sprintf "\\x%02x", ord $1/ge; print "\"$_\"\n"'
}

"${PIPELINE:-./pipeline.sh}" -q --out "$seeds/runs" corpus/*.txt </dev/null || exit 1
rm -r "$seeds/runs/all" || exit 1 # the tables of all together: no run of a text

cp corpus/forms/*.html corpus/forms/*.txt "$seeds/decode/" || exit 1
for text in corpus/*.txt; do
    split -a 3 -d -l 60 "$text" "$seeds/decode/$(basename "$text" .txt)-" || exit 1
done
grep -ohE '</?[a-z0-9]+|[a-z]+=|&[a-z0-9#]+;' corpus/forms/*.html | write_words >"$seeds/decode.dict"

for run in "$seeds"/runs/*/; do
    name=$(basename "$run")
    for stage in segmented normalised classified extracted; do
        cut_records "$run/$stage.tsv" "$seeds/records/$name-$stage" 12 6 || exit 1
    done
    cut_records "$run/classified.tsv" "$seeds/extract/$name" 40 999 || exit 1
done
head -qn 1 "$seeds"/runs/*/extracted.tsv | tr '\t' '\n' | write_words >"$seeds/records.dict"
cat "$seeds"/runs/*/extracted.tsv | cut -f 2 | write_words >>"$seeds/records.dict"

for file in rules/*.yaml; do
    csplit -sz -n 3 -f "$seeds/rules/$(basename "$file" .yaml)-" "$file" '/^- id:/' '{*}' || exit 1
    cp "$file" "$seeds/rules/" || exit 1
done
sed -n 's/^ *in: \[\(.*\)\]/\1/p' rules/*.yaml | tr -d ' ' | tr ',' '\n' | write_words >"$seeds/rules.dict"
printf '%s\n' '(?<value>' '(?=' '(?!' '(?<=' '(?<!' '(?:' '(?>' '\\k<value>' '\\p{Han}' '\\d' '\\Q' '\\E' '[^' '{1,9}' '*+' \
    '- id: ' ' in: [' ' match: ' ' fits: [' ' fits_not: [' ' means: {' ' drop: true' | write_words >>"$seeds/rules.dict"
# texts that the rules read, as they stand in their examples
sed -n "s/^ *fits: *\[\(.*\)\]/\1/p" rules/*.yaml | grep -o "'[^']*'" | tr -d "'" | write_words >"$seeds/extract.dict"
