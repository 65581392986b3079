/* classify: says what each document is, and what each record in it is.
 * In: normalised records. Out: the same text, the same order, with kinds; a text
 * that runs over the label of a sheet is cut there. */
#include "classify.h"

#include "../lib/stage.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
    "classify - say what each document is, and what each record in it is\n"
    "\n"
    "usage: classify [--rules DIR]... -o CLASSIFIED.tsv NORMALISED.tsv\n"
    "       classify [--rules DIR]... [--log FILE] [--in-turn] --batch LIST\n"
    "\n"
    "Reads normalised records and the rules files documents.yaml and projects.yaml.\n"
    "Writes the same records with their kind: captions, headers and bodies of tables,\n"
    "names, labels and texts of project sheets, list entries.\n"
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
    "example: classify -o classified.tsv normalised.tsv\n";

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The place that most titles name: that of a title that names none. */
static const char *common_place(const struct gazette *gazette)
{
    const char **places = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof *places), *best = NULL;
    size_t count = 0, most = 0, same = 0;
    for (size_t i = 0; i < gazette->count; i++) {
        const char *place = record_value(&gazette->records[i], ATTRIBUTE_PLACE);
        if (*place)
            places[count++] = place;
    }
    qsort(places, count, sizeof *places, compare_texts);
    for (size_t i = 0; i < count; i++) {
        same = i > 0 && strcmp(places[i], places[i - 1]) == 0 ? same + 1 : 1;
        if (same > most) {
            most = same;
            best = places[i];
        }
    }
    return best;
}

static void complete_places(struct gazette *gazette)
{
    const char *place = common_place(gazette);
    for (size_t i = 0; i < gazette->count; i++) {
        struct record *record = &gazette->records[i];
        if (record->kind == RECORD_TITLE && !*record_value(record, ATTRIBUTE_PLACE))
            record_set(gazette, record, ATTRIBUTE_PLACE, place);
    }
}

static struct fault *classify(const struct rules *rules, struct gazette *gazette)
{
    sheets_cut(gazette, rules);
    for (size_t first = 0; first < gazette->count;) {
        struct document document = {gazette, rules, first, document_end(gazette, first)};
        document_name(&document);
        tables_find(&document);
        project_grids_find(&document);
        grids_find(&document);
        sheets_find(&document);
        lists_find(&document);
        first = document.end;
    }
    complete_places(gazette);
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct stage stage = {
        .name = "classify", .help = help, .change = classify, .reads = FILE_NORMALISED, .writes = FILE_CLASSIFIED};
    return stage_main(argc, argv, &stage);
}
