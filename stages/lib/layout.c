/* layout: see layout.h. */
#include "layout.h"

#include "output.h"
#include "text.h"
#include "tsv.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE, FROM, TO, WHAT, VALUE, COLUMN_COUNT };

static const char *const header[COLUMN_COUNT] = {"line", "from", "to", "what", "value"};

static const char *const fact_names[LAYOUT_FACT_COUNT] = {
    [LAYOUT_GAZETTE] = "gazette", [LAYOUT_INPUT] = "input",       [LAYOUT_BYTES] = "bytes",
    [LAYOUT_SHA256] = "sha256",   [LAYOUT_ENCODING] = "encoding", [LAYOUT_REPLACED] = "replaced",
    [LAYOUT_LINES] = "lines",     [LAYOUT_PLACE] = "place",       [LAYOUT_YEAR] = "year",
    [LAYOUT_SOURCE] = "source",   [LAYOUT_URL] = "url",
};

/* decode converts at most 256 MiB; from GB18030 that becomes half as much again. */
enum { TEXT_LIMIT = 768 << 20 };

/* A line of text is what decode leaves: UTF-8 without control characters. */
static struct fault *check_line(struct arena *arena, const char *path, long line, const char *text, size_t length)
{
    unsigned char controls = 0; /* as narrow as the bytes, so that many are tested at once */
    for (size_t at = 0; at < length; at++)
        controls |= (unsigned char)(((unsigned char)text[at] < ' ') & (text[at] != '\t'));
    if (controls)
        return fault(arena, path, line, "a control character: run decode again");
    if (text_valid(text, length) < length)
        return fault(arena, path, line, "bytes that are no UTF-8: run decode again");
    return NULL;
}

static struct fault *read_lines(struct arena *arena, const char *path, struct layout *layout)
{
    char *bytes;
    size_t size, capacity = 0;
    TRY(input_read(arena, path, TEXT_LIMIT, &bytes, &size));
    for (char *text = bytes, *end = bytes + size; text < end;) {
        char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((newline ? newline : end) - text);
        TRY(check_line(arena, path, (long)layout->line_count + 1, text, length));
        layout->lines = arena_grow(arena, layout->lines, layout->line_count, &capacity, sizeof *layout->lines);
        layout->lines[layout->line_count++] = (struct layout_line){text, length};
        text[length] = '\0';
        text += length + 1;
    }
    return NULL;
}

/* A number of plain digits; -1 if it is none. */
static long read_number(const char *text)
{
    char *end;
    if (*text < '0' || *text > '9')
        return -1;
    errno = 0;
    long number = strtol(text, &end, 10);
    return *end || errno ? -1 : number;
}

static struct fault *read_break(struct arena *arena, const char *path, const struct tsv_row *row, struct layout *layout)
{
    long line = read_number(row->fields[LINE]), from = read_number(row->fields[FROM]);
    if (line < 1 || (size_t)line > layout->line_count + 1 || from < 0)
        return fault(arena, path, row->line, "a page break in no line of decoded.txt: run decode again");
    const struct page_break *last = layout->break_count ? &layout->breaks[layout->break_count - 1] : NULL;
    if (last && (line < last->line || (line == last->line && (size_t)from < last->from)))
        return fault(arena, path, row->line, "a page break before the one above it: run decode again");
    layout->breaks =
        arena_grow(arena, layout->breaks, layout->break_count, &layout->break_capacity, sizeof *layout->breaks);
    layout->breaks[layout->break_count++] = (struct page_break){line, (size_t)from, row->fields[VALUE]};
    return NULL;
}

void layout_add_cell(struct arena *arena, struct layout *layout, const struct layout_cell *cell)
{
    layout->cells = arena_grow(arena, layout->cells, layout->cell_count, &layout->cell_capacity, sizeof *layout->cells);
    layout->cells[layout->cell_count++] = *cell;
}

void layout_add_heading(struct arena *arena, struct layout *layout, const struct layout_heading *heading)
{
    layout->headings =
        arena_grow(arena, layout->headings, layout->heading_count, &layout->heading_capacity, sizeof *layout->headings);
    layout->headings[layout->heading_count++] = *heading;
}

void layout_add_furniture(struct arena *arena, struct layout *layout, const struct layout_place *place)
{
    layout->furniture = arena_grow(arena, layout->furniture, layout->furniture_count, &layout->furniture_capacity,
                                   sizeof *layout->furniture);
    layout->furniture[layout->furniture_count++] = *place;
}

/* The place of a row, which must stand behind the last one of its kind (NULL: it is the first). */
static struct fault *read_place(struct arena *arena, const char *path, const struct tsv_row *row,
                                const struct layout *layout, const struct layout_place *last,
                                struct layout_place *place)
{
    long line = read_number(row->fields[LINE]), from = read_number(row->fields[FROM]);
    long to = read_number(row->fields[TO]);
    const struct layout_line *text = line >= 1 && (size_t)line <= layout->line_count ? &layout->lines[line - 1] : NULL;
    if (!text || from < 0 || to <= from || (size_t)to > text_count(text->text, text->length))
        return fault(arena, path, row->line, "a place that is not in decoded.txt: run decode again");
    *place = (struct layout_place){line, (size_t)from, (size_t)to};
    if (last && (line < last->line || (line == last->line && place->from < last->to)))
        return fault(arena, path, row->line, "a place before the one above it: run decode again");
    return NULL;
}

/* Six words: numbers from 1, th or td. */
static bool read_cell_value(const char *value, struct layout_cell *cell)
{
    long *numbers[] = {&cell->table, &cell->row, &cell->column, &cell->row_span, &cell->column_span};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        char *end;
        if (*value < '1' || *value > '9')
            return false;
        errno = 0;
        *numbers[i] = strtol(value, &end, 10);
        if (errno || *end != ' ')
            return false;
        value = end + 1;
    }
    cell->is_header = strcmp(value, "th") == 0;
    return cell->is_header || strcmp(value, "td") == 0;
}

/* Cells of two tables may be mixed: the inner table stands within a cell of the outer one. */
static struct fault *read_cell(struct arena *arena, const char *path, const struct tsv_row *row, struct layout *layout)
{
    struct layout_cell cell;
    TRY(read_place(arena, path, row, layout, layout->cell_count ? &layout->cells[layout->cell_count - 1].place : NULL,
                   &cell.place));
    if (!read_cell_value(row->fields[VALUE], &cell))
        return fault(arena, path, row->line, "'%s' is no cell: run decode again", row->fields[VALUE]);
    layout_add_cell(arena, layout, &cell);
    return NULL;
}

static struct fault *read_heading(struct arena *arena, const char *path, const struct tsv_row *row,
                                  struct layout *layout)
{
    struct layout_heading heading;
    const struct layout_heading *last = layout->heading_count ? &layout->headings[layout->heading_count - 1] : NULL;
    TRY(read_place(arena, path, row, layout, last ? &last->place : NULL, &heading.place));
    heading.level = read_number(row->fields[VALUE]);
    if (heading.level < 1 || heading.level > 6)
        return fault(arena, path, row->line, "'%s' is no level of a heading: run decode again", row->fields[VALUE]);
    layout_add_heading(arena, layout, &heading);
    return NULL;
}

static struct fault *read_furniture(struct arena *arena, const char *path, const struct tsv_row *row,
                                    struct layout *layout)
{
    struct layout_place place;
    TRY(read_place(arena, path, row, layout,
                   layout->furniture_count ? &layout->furniture[layout->furniture_count - 1] : NULL, &place));
    layout_add_furniture(arena, layout, &place);
    return NULL;
}

static struct fault *read_row(struct arena *arena, const char *path, const struct tsv_row *row, struct layout *layout)
{
    static const struct {
        const char *what;
        struct fault *(*read)(struct arena *arena, const char *path, const struct tsv_row *row, struct layout *layout);
    } kinds[] = {
        {"page",      read_break    },
        {"cell",      read_cell     },
        {"heading",   read_heading  },
        {"furniture", read_furniture}
    };
    const char *what = row->fields[WHAT];
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(what, kinds[i].what) == 0)
            return kinds[i].read(arena, path, row, layout);
    }
    for (size_t i = 0; i < LAYOUT_FACT_COUNT; i++) {
        if (strcmp(what, fact_names[i]) == 0) {
            layout->facts[i] = row->fields[VALUE];
            return NULL;
        }
    }
    return fault(arena, path, row->line, "'%s' is nothing that decode writes: run decode again", what);
}

static struct fault *check_header(struct arena *arena, const char *path, const struct tsv_row *rows, size_t count)
{
    bool right = count > 0;
    for (size_t i = 0; right && i < COLUMN_COUNT; i++)
        right = strcmp(rows[0].fields[i], header[i]) == 0;
    return right ? NULL : fault(arena, path, 1, "not the columns line, from, to, what, value: run decode again");
}

struct fault *layout_read(struct arena *arena, const char *folder, struct layout *layout)
{
    *layout = (struct layout){0};
    const char *path = path_join(arena, folder, "layout.tsv");
    struct tsv_row *rows;
    size_t count;
    TRY(read_lines(arena, path_join(arena, folder, "decoded.txt"), layout));
    TRY(tsv_read(arena, path, COLUMN_COUNT, &rows, &count));
    TRY(check_header(arena, path, rows, count));
    for (size_t i = 1; i < count; i++)
        TRY(read_row(arena, path, &rows[i], layout));
    for (size_t i = LAYOUT_FIRST_GIVEN; i < LAYOUT_FACT_COUNT; i++)
        layout->facts[i] = layout->facts[i] ? layout->facts[i] : "";
    for (size_t i = 0; i < LAYOUT_FACT_COUNT; i++) {
        if (!layout->facts[i])
            return fault(arena, path, 0, "no row for %s: run decode again", fact_names[i]);
    }
    if (read_number(layout->facts[LAYOUT_LINES]) != (long)layout->line_count)
        return fault(arena, path, 0, "says %s lines, decoded.txt has %zu: run decode again",
                     layout->facts[LAYOUT_LINES], layout->line_count);
    return NULL;
}

static void write_place(FILE *stream, const struct layout_place *place)
{
    fprintf(stream, "%ld\t%zu\t%zu\t", place->line, place->from, place->to);
}

static void write_marks(FILE *stream, const struct layout *layout)
{
    for (size_t i = 0; i < layout->cell_count; i++) {
        const struct layout_cell *cell = &layout->cells[i];
        write_place(stream, &cell->place);
        fprintf(stream, "cell\t%ld %ld %ld %ld %ld %s\n", cell->table, cell->row, cell->column, cell->row_span,
                cell->column_span, cell->is_header ? "th" : "td");
    }
    for (size_t i = 0; i < layout->heading_count; i++) {
        write_place(stream, &layout->headings[i].place);
        fprintf(stream, "heading\t%ld\n", layout->headings[i].level);
    }
    for (size_t i = 0; i < layout->furniture_count; i++) {
        write_place(stream, &layout->furniture[i]);
        fputs("furniture\t\n", stream);
    }
}

struct fault *layout_take_given(struct arena *arena, const char *folder, struct layout *layout)
{
    const char *path = path_join(arena, folder, "given.tsv");
    struct tsv_row *rows;
    size_t count;
    if (access(path, F_OK) != 0)
        return NULL;
    TRY(tsv_read(arena, path, 2, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        size_t fact = LAYOUT_FIRST_GIVEN;
        while (fact < LAYOUT_FACT_COUNT && strcmp(fact_names[fact], rows[i].fields[0]) != 0)
            fact++;
        if (fact == LAYOUT_FACT_COUNT)
            return fault(arena, path, rows[i].line, "'%s' is none of place, year, source, url", rows[i].fields[0]);
        layout->facts[fact] = rows[i].fields[1];
    }
    return NULL;
}

struct fault *layout_write(struct arena *arena, const char *folder, const struct layout *layout)
{
    struct output *out;
    TRY(output_open(arena, path_join(arena, folder, "layout.tsv"), &out));
    FILE *stream = output_stream(out);
    tsv_write(stream, header, COLUMN_COUNT);
    for (size_t i = 0; i < LAYOUT_FACT_COUNT; i++)
        if (i < LAYOUT_FIRST_GIVEN || layout->facts[i])
            tsv_write(stream, (const char *const[]){"", "", "", fact_names[i], layout->facts[i]}, COLUMN_COUNT);
    for (size_t i = 0; i < layout->break_count; i++)
        fprintf(stream, "%ld\t%zu\t\tpage\t%s\n", layout->breaks[i].line, layout->breaks[i].from,
                layout->breaks[i].number ? layout->breaks[i].number : "");
    write_marks(stream, layout);
    return output_close(out);
}
