/* decode: the program; what it does is in decode.c. */
#include "decode.h"

#include "../lib/stage.h"

static const char help[] =
    "decode - makes UTF-8 text of a file as people have it\n"
    "\n"
    "usage: decode [-qv] [--encoding NAME] -o FOLDER INPUT\n"
    "       decode [-qv] [--encoding NAME] [--log FILE] [--in-turn] --batch LIST\n"
    "\n"
    "Reads plain text and web pages in UTF-8, UTF-16, GB18030 or Big5, and PDFs with\n"
    "text, by pdftotext of poppler-utils (INPUT - is standard input). Writes\n"
    "FOLDER/decoded.txt, the text as UTF-8 with one line per line of the input, per\n"
    "block of a web page or per printed line of a PDF, and FOLDER/layout.tsv, its source,\n"
    "its page breaks, and the cells, headings and furniture of a web page or PDF. FOLDER\n"
    "is made if it is not there; its name is the id of the gazette. Bytes that are no\n"
    "text and control characters become U+FFFD and are said.\n"
    "\n"
    "  -o, --output FOLDER  where to write\n"
    "      --batch LIST     many inputs: a line INPUT<tab>FOLDER each\n"
    "      --log FILE       with --batch: add a line for each: OUTPUT, done or failed,\n"
    "                       FILE, LINE and what is wrong, a tab between\n"
    "      --in-turn        with --batch: begin when standard input says so with a line,\n"
    "                       and say so on standard output when all is done\n"
    "      --encoding NAME  the encoding of the inputs, where what is found is wrong\n"
    "      --rules DIR      accepted as by every stage; decode reads no rules\n"
    "  -q, --quiet          no warnings\n"
    "  -v, --verbose        says what is done\n"
    "  -h, --help           this text\n"
    "  -V, --version        the version\n"
    "\n"
    "Exit status: 0 all is converted; 1 an input failed; 2 wrong use.\n"
    "\n"
    "Example: decode -o out/suzhou-2025 suzhou-2025.txt\n";

int main(int argc, char **argv)
{
    static const struct stage stage = {
        .name = "decode", .help = help, .run = decode_input, .knows_encoding = encoding_known};
    return stage_main(argc, argv, &stage);
}
