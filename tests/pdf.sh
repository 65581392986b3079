#!/bin/bash
# pdf: PDFs through decode: the lines and cells of one of our own, and what becomes
# of those that cannot be read. tests/pdf/ has what is expected.
. "$(dirname "$0")/suite.sh"
decode=$PWD/$BUILD/bin/decode
good=corpus/forms/tingzhou-2025.pdf
expected=tests/pdf/tingzhou-2025

# Rows of layout.tsv that are no fact about the input.
marks() { # FOLDER
    grep -E $'^[0-9]+\t' "$1/layout.tsv"
}

reads_as_expected() { # INPUT [COMMAND...]
    rm -rf "$work/out"
    "${@:2}" "$decode" -o "$work/out" "$1" && diff "$expected.txt" "$work/out/decoded.txt" &&
        diff "$expected.tsv" <(marks "$work/out")
}

from_standard_input() {
    rm -rf "$work/out"
    "$decode" -o "$work/out" - <"$good" && diff "$expected.txt" "$work/out/decoded.txt"
}

other_name() {
    cp "$good" "$work/report.txt" && reads_as_expected "$work/report.txt"
}

# A PDF of one page. The content of the page, and more for the trailer.
write_pdf() { # FILE CONTENT [TRAILER]
    cat >"$1" <<PDF
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length ${#2}>> stream
$2
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Size 6/Root 1 0 R${3:-}>>
PDF
}

# A program of this name that does something else.
write_pdftotext() { # COMMANDS
    mkdir -p "$work/bin" && printf '#!/bin/sh\n%s\n' "$1" >"$work/bin/pdftotext" && chmod +x "$work/bin/pdftotext"
}

# Decode ends with status 1, names the file, and leaves no folder.
refuses() { # INPUT PATTERN [COMMAND...]
    rm -rf "$work/out"
    "${@:3}" "$decode" -o "$work/out" "$1" 2>"$work/messages"
    local status=$?
    cat "$work/messages"
    [ "$status" -eq 1 ] && grep -q "^$1: .*$2" "$work/messages" && [ ! -e "$work/out" ]
}

# Words that two fonts set at one height, a figure in two, one printed twice.
joins_words() {
    write_pdf "$work/words.pdf" 'BT /F 12 Tf 72 700 Td (12) Tj 13.34 0 Td (.5%) Tj 60 0 Td (bold) Tj 0.3 0 Td (bold) Tj ET'
    rm -rf "$work/out"
    "$decode" -q -o "$work/out" "$work/words.pdf" && diff <(echo '12.5%  bold') "$work/out/decoded.txt"
}

# Words that are no rows of a table in its output must not harm.
any_output() {
    write_pdftotext 'cat >/dev/null; printf "a\tb\n5\t1\n1\t\t\t\t\t\t\t\t\t\t\t#\n5\t1\t1\t1\t1\t1\tnan\t-1e300\tx\t0\t9\tmany words of a page\300\f\n"'
    rm -rf "$work/out"
    PATH=$work/bin:$PATH "$decode" -q -o "$work/out" "$good" && [ "$(wc -l <"$work/out/decoded.txt")" -eq 1 ]
}

try_case() { # NAME COMMAND...
    if wanted "$1"; then try "$@"; fi
}

write_pdf "$work/scan.pdf" ''
write_pdf "$work/encrypted.pdf" '' "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O($(printf '%032d' 0))/U($(printf '%032d' 1))>>/ID[(0)(0)]"
head -c 3000 "$good" >"$work/broken.pdf"
printf 'PK\n\n%%PDF-1.7\nhello\n' >"$work/later.pdf"

try_case text reads_as_expected "$good"
try_case locale reads_as_expected "$good" env LC_ALL=de_DE.UTF-8
try_case standard-input from_standard_input
try_case other-name other_name
try_case words joins_words
try_case scan refuses "$work/scan.pdf" 'scan'
try_case encrypted refuses "$work/encrypted.pdf" 'encrypted'
try_case broken refuses "$work/broken.pdf" 'broken'
try_case later-mark refuses "$work/later.pdf" 'broken'
try_case missing refuses "$good" 'install poppler-utils' env PATH=/nonexistent
write_pdftotext 'kill -9 $$'
try_case crash refuses "$good" 'crash' env "PATH=$work/bin:$PATH"
try_case any-output any_output
close_suite
