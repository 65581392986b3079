/* extract: the program; what it does is in extract.c. */
#include "extract.h"

#include "../lib/stage.h"

static const char help[] =
    "extract - read indicators, budget lines and projects out of a gazette\n"
    "\n"
    "usage: extract [--rules DIR]... -o EXTRACTED.tsv CLASSIFIED.tsv\n"
    "       extract [--rules DIR]... [--log FILE] [--in-turn] --batch LIST\n"
    "\n"
    "Reads classified records and the rules files structure.yaml, documents.yaml,\n"
    "figures.yaml, indicators.yaml, budget.yaml, projects.yaml, concepts.yaml and\n"
    "unread.yaml. Writes the source, the titles, the records of documents that gave\n"
    "facts, and the facts, each with its place and the rules that read it; and the\n"
    "figures that stand in no fact.\n"
    "\n"
    "  -o, --output FILE  where to write; - is standard output\n"
    "      --batch LIST   many inputs: a file of lines INPUT<tab>OUTPUT\n"
    "      --log FILE     with --batch: add a line for each: OUTPUT, done, failed or\n"
    "                     skipped (INPUT is not made), FILE, LINE and what is wrong\n"
    "      --in-turn      with --batch: begin when standard input says so with a line,\n"
    "                     and say so on standard output when all is done\n"
    "      --rules DIR    rules that add to, replace or drop the ones shipped\n"
    "  -q, --quiet        no warnings\n"
    "  -v, --verbose      say what is done\n"
    "  -h, --help         this page\n"
    "  -V, --version      the version\n"
    "\n"
    "exit status: 0 all inputs done, 1 some input failed, 2 wrong use or wrong rules\n"
    "\n"
    "example: extract -o extracted.tsv classified.tsv\n";

int main(int argc, char **argv)
{
    static const struct stage stage = {
        .name = "extract", .help = help, .change = extract_facts, .reads = FILE_CLASSIFIED, .writes = FILE_EXTRACTED};
    return stage_main(argc, argv, &stage);
}
