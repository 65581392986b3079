/* segment: divides a gazette into pages, documents, headings and lines.
 * In: a folder with decoded.txt and layout.tsv. Out: segmented records; each
 * character that is no white space stands in exactly one of them. */
#include "segment.h"

#include "../lib/output.h"
#include "../lib/stage.h"

#include <string.h>

static const char help[] =
    "segment - divide a gazette into pages, documents, headings and lines\n"
    "\n"
    "usage: segment [--rules DIR]... -o SEGMENTED.tsv FOLDER\n"
    "       segment [--rules DIR]... [--log FILE] [--in-turn] --batch LIST\n"
    "\n"
    "Reads decoded.txt and layout.tsv in FOLDER, as decode writes them, and the\n"
    "rules file structure.yaml. Writes records: the source, page numbers, titles and\n"
    "bylines of documents, headings, lines.\n"
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
    "example: segment -o segmented.tsv out/demo\n";

/* The lines of a layout, with the marks that lie on them, in the order of the text. */
struct line_reader {
    const struct layout *layout;
    struct segment_text *text;
    struct line_shape *shapes; /* of the lines of running text */
    size_t shape_count;
    size_t length;                   /* of the line at hand, in characters */
    size_t cell, heading, furniture; /* the next ones */
};

/* The byte at which a character of a line begins. */
static size_t byte_of(const struct layout_line *line, size_t character)
{
    size_t at = 0, bytes;
    for (; character > 0 && at < line->length; character--, at += bytes)
        (void)text_character(line->text, line->length, at, &bytes);
    return at;
}

/* Whether a heading that the input marks begins in a line that is read now. */
static bool has_heading(struct line_reader *reader, long number)
{
    const struct layout *layout = reader->layout;
    while (reader->heading < layout->heading_count && layout->headings[reader->heading].place.line < number)
        reader->heading++;
    return reader->heading < layout->heading_count && layout->headings[reader->heading].place.line == number;
}

/* Adds characters [from, to) of a line, unless they are blank. */
static void add_line(struct line_reader *reader, long number, size_t from, size_t to, const struct layout_cell *cell,
                     enum record_kind kind)
{
    const struct layout_line *whole = &reader->layout->lines[number - 1];
    size_t start = byte_of(whole, from), end = to == reader->length ? whole->length : byte_of(whole, to);
    struct segment_text *text = reader->text;
    struct segment_line line = {.number = number,
                                .text = end < whole->length ? arena_copy(text->arena, whole->text + start, end - start)
                                                            : whole->text + start,
                                .length = end - start,
                                .from = from,
                                .to = to,
                                .cell = cell,
                                .is_heading = !cell && has_heading(reader, number),
                                .kind = kind};
    line.normal = text_normal_form(text->arena, line.text, line.length);
    if (line.normal.length == 0)
        return;
    line.shape = line_shape(line.text, line.length);
    if (kind == RECORD_LINE)
        reader->shapes[reader->shape_count++] = line.shape;
    text->lines[text->count++] = line;
}

/* Less than 0 if a cell stands before another of its table, 0 if it is the same. */
static int compare_cells(const struct layout_cell *cell, const struct layout_cell *other)
{
    if (cell->row != other->row)
        return cell->row < other->row ? -1 : 1;
    return (cell->column > other->column) - (cell->column < other->column);
}

/* Where a line belongs among the cells before it: behind those of its table that stand
 * before its own. Between them may lie what is printed around a page. */
static size_t cell_place(const struct segment_text *text, size_t index)
{
    const struct layout_cell *cell = text->lines[index].cell;
    size_t place = index;
    for (size_t i = index; cell && i > 0; i--) {
        const struct segment_line *before = &text->lines[i - 1];
        if (!before->cell && record_kind_is_margin(before->kind))
            continue;
        int compared = before->cell && before->cell->table == cell->table ? compare_cells(cell, before->cell) : 1;
        if (compared >= 0)
            return compared == 0 ? i : place;
        place = i - 1;
    }
    return place;
}

/* Puts the lines of a cell behind each other: on a printed page those of the cells beside
 * it stand between them. */
static void order_cells(struct segment_text *text)
{
    for (size_t i = 1; i < text->count; i++) {
        const struct segment_line line = text->lines[i];
        size_t place = cell_place(text, i);
        memmove(text->lines + place + 1, text->lines + place, (i - place) * sizeof line);
        text->lines[place] = line;
    }
    for (size_t i = 1; i < text->count; i++) {
        const struct layout_cell *cell = text->lines[i].cell, *before = text->lines[i - 1].cell;
        if (cell && before && before->table == cell->table && compare_cells(cell, before) == 0)
            text->lines[i].goes_on = true;
    }
}

enum { LONGEST_LINE = 400 }; /* characters: wide spaces in a shorter one space out a heading */

/* Whether a paragraph begins at a byte of a line: two wide spaces, as they indent one. */
static bool is_indent(const struct layout_line *line, size_t at)
{
    static const char indent[] = "\xe3\x80\x80\xe3\x80\x80"; /* U+3000 twice */
    size_t length = sizeof indent - 1;
    return at + length <= line->length && memcmp(line->text + at, indent, length) == 0;
}

/* How many times a long line has such an indent: so many paragraphs it may hold. */
static size_t count_indents(const struct layout_line *line)
{
    size_t count = 0;
    for (size_t at = 0; line->length > LONGEST_LINE && at < line->length; at++)
        count += is_indent(line, at);
    return count;
}

/* Adds characters [from, to) of a line outside of cells. Some saved texts hold a whole
 * report in one line, its paragraphs told apart by their indents alone. */
static void add_text(struct line_reader *reader, long number, size_t from, size_t to, enum record_kind kind)
{
    const struct layout_line *line = &reader->layout->lines[number - 1];
    bool words = false;
    size_t length = to - from, bytes;
    for (size_t at = byte_of(line, from), i = from; length > LONGEST_LINE && i < to; i++, at += bytes) {
        uint32_t character = text_character(line->text, line->length, at, &bytes);
        if (words && is_indent(line, at)) {
            add_line(reader, number, from, i, NULL, kind);
            from = i;
            words = false;
        }
        words = words || !character_is_space(character);
    }
    add_line(reader, number, from, to, NULL, kind);
}

/* Adds a line: what of it is cells as cells, the rest as it is. */
static void read_line(struct line_reader *reader, long number)
{
    const struct layout *layout = reader->layout;
    size_t from = 0;
    enum record_kind kind = RECORD_LINE;
    reader->length = text_count(layout->lines[number - 1].text, layout->lines[number - 1].length);
    for (; reader->furniture < layout->furniture_count && layout->furniture[reader->furniture].line <= number;
         reader->furniture++)
        if (layout->furniture[reader->furniture].line == number)
            kind = RECORD_FURNITURE;
    for (; reader->cell < layout->cell_count && layout->cells[reader->cell].place.line <= number; reader->cell++) {
        const struct layout_cell *cell = &layout->cells[reader->cell];
        if (cell->place.line < number || cell->place.from < from)
            continue;
        add_line(reader, number, from, cell->place.from, NULL, RECORD_FURNITURE);
        add_line(reader, number, cell->place.from, cell->place.to, cell, RECORD_CELL);
        from = cell->place.to;
    }
    add_text(reader, number, from, reader->length, from > 0 ? RECORD_FURNITURE : kind);
}

static struct segment_text read_lines(struct arena *arena, const struct rules *rules, struct layout *layout)
{
    struct segment_text text = {.arena = arena, .rules = rules};
    columns_mark(&text, layout);
    size_t most = layout->line_count + 2 * layout->cell_count + 1;
    for (size_t i = 0; i < layout->line_count; i++)
        most += count_indents(&layout->lines[i]);
    text.lines = arena_alloc(arena, most * sizeof *text.lines);
    struct line_reader reader = {.layout = layout, .text = &text};
    reader.shapes = arena_alloc(arena, most * sizeof *reader.shapes);
    for (size_t i = 0; i < layout->line_count; i++)
        read_line(&reader, (long)i + 1);
    text.measure = line_measure(reader.shapes, reader.shape_count);
    return text;
}

/* A cell as a value: `1 3 2 1 1 td`. */
static const char *cell_text(struct arena *arena, const struct layout_cell *cell)
{
    return arena_printf(arena, "%ld %ld %ld %ld %ld %s", cell->table, cell->row, cell->column, cell->row_span,
                        cell->column_span, cell->is_header ? "th" : "td");
}

/* Puts the lines from first into one record: a piece a line. */
static struct record *add_record(struct gazette *gazette, const struct segment_text *text, size_t first, size_t count)
{
    const struct segment_line *line = &text->lines[first];
    struct piece *pieces = arena_alloc(gazette->arena, count * sizeof *pieces);
    size_t length = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        length += line[i].length + 1;
    char *printed = arena_alloc(gazette->arena, length);
    for (size_t i = 0; i < count; i++) {
        pieces[i] = (struct piece){line[i].number, line[i].from, line[i].to};
        if (i > 0)
            printed[at++] = '\n';
        memcpy(printed + at, line[i].text, line[i].length);
        at += line[i].length;
    }
    struct record *record = record_add(gazette, line->kind);
    record->pieces = pieces;
    record->piece_count = count;
    record->text = printed;
    record_set(gazette, record, ATTRIBUTE_PAGE, line->page);
    record_set(gazette, record, ATTRIBUTE_DEPTH, line->depth);
    record_set(gazette, record, ATTRIBUTE_ORDINAL, line->ordinal);
    if (line->cell)
        record_set(gazette, record, ATTRIBUTE_CELL, cell_text(gazette->arena, line->cell));
    if (line->rule)
        record_credit(gazette, record, line->rule);
    return record;
}

static void add_source(struct gazette *gazette, const struct layout *layout)
{
    struct record *record = record_add(gazette, RECORD_SOURCE);
    record_set(gazette, record, ATTRIBUTE_GAZETTE, layout->facts[LAYOUT_GAZETTE]);
    record_set(gazette, record, ATTRIBUTE_INPUT, layout->facts[LAYOUT_INPUT]);
    record_set(gazette, record, ATTRIBUTE_BYTES, layout->facts[LAYOUT_BYTES]);
    record_set(gazette, record, ATTRIBUTE_SHA256, layout->facts[LAYOUT_SHA256]);
    record_set(gazette, record, ATTRIBUTE_ENCODING, layout->facts[LAYOUT_ENCODING]);
    const char *place = layout->facts[LAYOUT_PLACE];
    record_set(gazette, record, ATTRIBUTE_PLACE, text_normal_form(gazette->arena, place, strlen(place)).text);
    record_set(gazette, record, ATTRIBUTE_YEAR, layout->facts[LAYOUT_YEAR]);
    record_set(gazette, record, ATTRIBUTE_SOURCE, layout->facts[LAYOUT_SOURCE]);
    record_set(gazette, record, ATTRIBUTE_URL, layout->facts[LAYOUT_URL]);
}

/* The sections that a record stands in, by depth: numbers of records. */
enum { DEPTHS = 5 };

struct sections {
    size_t above[DEPTHS];
    size_t innermost;           /* the last one told to a record, */
    const char *innermost_text; /* and its number as text */
};

/* The number of the section above a depth, as text; NULL if there is none. */
static const char *section_above(struct arena *arena, struct sections *sections, size_t depth)
{
    size_t number = 0;
    while (depth > 0 && !number)
        number = sections->above[--depth];
    if (!number)
        return NULL;
    if (number != sections->innermost)
        sections->innermost_text = arena_printf(arena, "%zu", number);
    sections->innermost = number;
    return sections->innermost_text;
}

/* Sets the section of a record, and makes a numbered one the section of what
 * follows. */
static void place_in_section(struct gazette *gazette, struct record *record, struct sections *sections)
{
    const char *depth_text = record_value(record, ATTRIBUTE_DEPTH);
    size_t depth = *depth_text ? (size_t)(*depth_text - '0') : DEPTHS;
    record_set(gazette, record, ATTRIBUTE_SECTION, section_above(gazette->arena, sections, depth));
    if (depth >= DEPTHS)
        return;
    sections->above[depth] = record->number;
    memset(&sections->above[depth + 1], 0, (DEPTHS - depth - 1) * sizeof sections->above[0]);
}

static void describe_document(struct gazette *gazette, struct record *record, const struct segment_document *document)
{
    record_set(gazette, record, ATTRIBUTE_TITLE, document->title);
    record_set(gazette, record, ATTRIBUTE_SPEAKER, document->speaker);
    record_set(gazette, record, ATTRIBUTE_DATE, document->date);
    record_set(gazette, record, ATTRIBUTE_YEAR, document->year);
    record_set(gazette, record, ATTRIBUTE_PLACE, document->place);
}

static void add_records(struct gazette *gazette, const struct segment_text *text)
{
    struct sections sections = {.innermost = 0};
    size_t document = 0;
    for (size_t i = 0, count; i < text->count; i += count) {
        count = 1;
        while (i + count < text->count && text->lines[i + count].goes_on)
            count++;
        struct record *record = add_record(gazette, text, i, count);
        if (record->kind == RECORD_TITLE) {
            document = record->number;
            sections = (struct sections){.innermost = 0};
            struct segment_document read = document_read(text, i);
            describe_document(gazette, record, &read);
        }
        record->document = document;
        place_in_section(gazette, record, &sections);
    }
}

static struct fault *segment(const struct stage_job *job)
{
    struct layout layout;
    TRY(layout_read(job->arena, job->input, &layout));
    struct segment_text text = read_lines(job->arena, job->rules, &layout);
    pages_find(&text, &layout);
    order_cells(&text);
    titles_find(&text);
    headings_find(&text);
    struct gazette gazette = {.arena = job->arena, .path = job->input};
    add_source(&gazette, &layout);
    add_records(&gazette, &text);
    struct output *out;
    TRY(output_open(job->arena, job->output, &out));
    records_write(output_stream(out), FILE_SEGMENTED, &gazette);
    return output_close(out);
}

int main(int argc, char **argv)
{
    static const struct stage stage = {.name = "segment", .help = help, .run = segment};
    return stage_main(argc, argv, &stage);
}
