/* normalise: joins what is certainly running text, also over a page number, and
 * gives it its normal form. In: segmented records. Out: the same text in fewer
 * records; what may be a table, a sheet or a list keeps its lines and spaces. */
#include "../lib/lines.h"
#include "../lib/stage.h"
#include "../lib/text.h"

#include <string.h>

static const char help[] =
    "normalise - join running text and fold its characters\n"
    "\n"
    "usage: normalise -o NORMALISED.tsv SEGMENTED.tsv\n"
    "       normalise [--log FILE] [--in-turn] --batch LIST\n"
    "\n"
    "Reads segmented records, writes normalised ones: lines that certainly run on\n"
    "are one record of type text, with their normal form in the column normal; other\n"
    "lines stay as they are.\n"
    "\n"
    "  -o, --output FILE  where to write; - is standard output\n"
    "      --batch LIST   many inputs: a file of lines INPUT<tab>OUTPUT\n"
    "      --log FILE     with --batch: add a line for each: OUTPUT, done, failed or\n"
    "                     skipped (INPUT is not made), FILE, LINE and what is wrong\n"
    "      --in-turn      with --batch: begin when standard input says so with a line,\n"
    "                     and say so on standard output when all is done\n"
    "  -q, --quiet        no warnings\n"
    "  -v, --verbose      say what is done\n"
    "  -h, --help         this page\n"
    "  -V, --version      the version\n"
    "\n"
    "exit status: 0 all inputs done, 1 some input failed, 2 wrong use\n"
    "\n"
    "example: normalise -o normalised.tsv segmented.tsv\n";

/* Lines that follow each other, and how they are set. */
struct run {
    struct gazette *gazette;
    const struct line_shape *shapes; /* of each line */
    const size_t *records;           /* its record's index; page numbers and the like are left out */
    size_t count;
    struct line_measure measure;
};

static struct run read_lines(struct gazette *gazette)
{
    struct line_shape *shapes = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof *shapes);
    size_t *records = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof *records), count = 0;
    for (size_t i = 0; i < gazette->count; i++) {
        const struct record *record = &gazette->records[i];
        if (record->kind != RECORD_LINE)
            continue;
        shapes[count] = line_shape(record->text, strlen(record->text));
        records[count++] = i;
    }
    return (struct run){gazette, shapes, records, count, line_measure(shapes, count)};
}

/* The lines from first on that stand before record end; a run of too few lines to
 * tell keeps the measure of the whole. */
static struct run document_lines(const struct run *whole, size_t first, size_t end)
{
    struct run run = *whole;
    run.shapes += first;
    run.records += first;
    for (run.count = 0; first + run.count < whole->count && run.records[run.count] < end;)
        run.count++;
    struct line_measure own = line_measure(run.shapes, run.count);
    if (own.full > 0)
        run.measure = own;
    return run;
}

/* Whether only the margins of pages lie between two lines of the run. */
static bool adjoin(const struct run *run, size_t index)
{
    for (size_t i = run->records[index] + 1; i < run->records[index + 1]; i++)
        if (!record_kind_is_margin(run->gazette->records[i].kind))
            return false;
    return true;
}

/* Whether a line that ends no sentence stands above a table whose cells are marked, alone or with
 * another one below it: a caption, a unit. */
static bool stands_above_table(const struct run *run, size_t index)
{
    enum { MOST = 2 };
    const struct gazette *gazette = run->gazette;
    for (size_t lines = 0; lines < MOST && index + lines < run->count; lines++) {
        if (run->shapes[index + lines].ends_sentence)
            return false;
        size_t next = run->records[index + lines] + 1;
        while (next < gazette->count && record_kind_is_margin(gazette->records[next].kind))
            next++;
        if (next == gazette->count || gazette->records[next].kind != RECORD_LINE)
            return next < gazette->count && gazette->records[next].kind == RECORD_CELL;
    }
    return false;
}

static bool runs_on(const struct run *run, size_t index)
{
    if (index + 1 >= run->count || !adjoin(run, index))
        return false;
    if (run->shapes[index].ends_sentence && stands_above_table(run, index + 1))
        return false;
    const struct record *next = &run->gazette->records[run->records[index + 1]];
    return line_runs_on(&run->shapes[index], &run->shapes[index + 1], *record_value(next, ATTRIBUTE_DEPTH) != '\0',
                        &run->measure);
}

/* Moves the text of the lines after the first into the first. */
static void join(const struct run *run, size_t first, size_t count)
{
    struct gazette *gazette = run->gazette;
    struct record *record = &gazette->records[run->records[first]];
    size_t length = 0, piece_count = 0, at = 0;
    for (size_t i = first; i < first + count; i++) {
        length += strlen(gazette->records[run->records[i]].text) + 1;
        piece_count += gazette->records[run->records[i]].piece_count;
    }
    char *printed = arena_alloc(gazette->arena, length);
    struct piece *pieces = arena_alloc(gazette->arena, piece_count * sizeof *pieces);
    const char *page = record_value(record, ATTRIBUTE_PAGE), *turns = "";
    piece_count = 0;
    for (size_t i = first; i < first + count; i++) {
        struct record *part = &gazette->records[run->records[i]];
        if (i > first)
            printed[at++] = '\n';
        size_t part_length = strlen(part->text);
        memcpy(printed + at, part->text, part_length);
        at += part_length;
        if (strcmp(record_value(part, ATTRIBUTE_PAGE), page) != 0) {
            page = record_value(part, ATTRIBUTE_PAGE);
            turns = arena_printf(gazette->arena, "%s%s%ld:%s", turns, *turns ? "," : "", part->pieces[0].line, page);
        }
        memcpy(pieces + piece_count, part->pieces, part->piece_count * sizeof *pieces);
        piece_count += part->piece_count;
        part->piece_count = 0; /* an emptied record is dropped below */
    }
    record->text = printed;
    record->pieces = pieces;
    record->piece_count = piece_count;
    record_set(gazette, record, ATTRIBUTE_TURNS, turns);
}

/* Whether a line alone is running text: a short one with a gap may be cells. */
static bool is_sentence(const struct line_shape *line)
{
    enum { LONGEST_ROW = 100 };
    return line->ends_sentence && (!line->has_gap || line->width > LONGEST_ROW);
}

static void normalise_run(const struct run *run)
{
    for (size_t i = 0, count; i < run->count; i += count) {
        count = 1;
        while (runs_on(run, i + count - 1))
            count++;
        const struct line_shape *last = &run->shapes[i + count - 1];
        if (count > 1)
            join(run, i, count);
        if (count > 1 || is_sentence(last))
            run->gazette->records[run->records[i]].kind = RECORD_TEXT;
    }
}

static bool has_certain_borders(enum record_kind kind)
{
    return kind == RECORD_TITLE || kind == RECORD_BYLINE || kind == RECORD_HEADING || kind == RECORD_TEXT ||
           kind == RECORD_CELL;
}

static void drop_emptied(struct gazette *gazette)
{
    size_t kept = 0;
    for (size_t i = 0; i < gazette->count; i++)
        if (gazette->records[i].piece_count > 0 || gazette->records[i].kind == RECORD_SOURCE)
            gazette->records[kept++] = gazette->records[i];
    gazette->count = kept;
}

static struct fault *normalise(const struct rules *rules, struct gazette *gazette)
{
    (void)rules;
    struct run whole = read_lines(gazette);
    for (size_t first = 0, end, line = 0; first < gazette->count; first = end) {
        end = document_end(gazette, first);
        struct run run = document_lines(&whole, line, end);
        normalise_run(&run);
        line += run.count;
    }
    drop_emptied(gazette);
    for (size_t i = 0; i < gazette->count; i++) {
        struct record *record = &gazette->records[i];
        if (has_certain_borders(record->kind))
            record_set(gazette, record, ATTRIBUTE_NORMAL,
                       text_normal_form(gazette->arena, record->text, strlen(record->text)).text);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct stage stage = {
        .name = "normalise", .help = help, .change = normalise, .reads = FILE_SEGMENTED, .writes = FILE_NORMALISED};
    return stage_main(argc, argv, &stage);
}
