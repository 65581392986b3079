/* columns: tables in plain text whose cells are kept apart by | or tabs, as they
 * come out of a copied page. In: a layout without marked cells. Out: the same with
 * cells: lines that follow each other and have as many separators are a table, with the
 * numbered categories between them. */
#include "segment.h"

#include <string.h>

/* Two lines with one separator each may be anything; three make a table. */
enum { FEWEST_LINES = 3, FEWEST_SEPARATORS = 1 };

static bool is_separator(uint32_t character)
{
    return character == '|' || character == '\t' || character == 0xFF5C; /* ｜ */
}

static bool is_blank(const struct layout_line *line)
{
    for (size_t at = 0, bytes; at < line->length; at += bytes)
        if (!character_is_space(text_character(line->text, line->length, at, &bytes)))
            return false;
    return true;
}

/* The separators of a line. */
struct separators {
    size_t between; /* of those, between its characters: | at its ends frames it */
    size_t all;
    bool leads; /* the line begins with one */
};

/* Whether there may be one in a line: nearly all lines are out at this. */
static bool has_separator(const struct layout_line *line)
{
    static const char full_width[] = "\xef\xbd\x9c"; /* ｜ */
    return memchr(line->text, '|', line->length) || memchr(line->text, '\t', line->length) ||
           strstr(line->text, full_width);
}

static struct separators read_separators(const struct layout_line *line)
{
    struct separators separators = {.all = 0};
    if (!has_separator(line))
        return separators;
    size_t pending = 0;
    bool begun = false;
    for (size_t at = 0, bytes; at < line->length; at += bytes) {
        uint32_t character = text_character(line->text, line->length, at, &bytes);
        if (is_separator(character)) {
            pending += begun || character == '\t';
            separators.leads = separators.leads || !begun;
            separators.all++;
            begun = true;
        } else if (!character_is_space(character)) {
            separators.between += pending;
            pending = 0;
            begun = true;
        }
    }
    return separators;
}

/* Whether a line has the separators of a row of the table below a header: the last cells of a
 * row may be empty. */
static bool is_row(const struct separators *header, const struct separators *line)
{
    return line->between == header->between || (line->all == header->all && line->leads == header->leads);
}

/* The line under a header (--- | :---:) is no row. */
static bool rules_off(uint32_t character)
{
    return character == '-' || character == ':' || character == 0x2014; /* — */
}

/* A cell's place without the white space around it; empty if there is nothing in it. */
static struct layout_place trim(const struct layout_line *line, long number, size_t from, size_t to, size_t byte)
{
    struct layout_place place = {number, from, from};
    bool empty = true;
    for (size_t column = from, bytes; column < to; column++, byte += bytes) {
        uint32_t character = text_character(line->text, line->length, byte, &bytes);
        bool space = character_is_space(character);
        empty = empty && (space || rules_off(character));
        if (!space)
            place.to = column + 1;
        else if (place.to == place.from)
            place.from = place.to = column + 1;
    }
    if (empty)
        place.to = place.from;
    return place;
}

/* Adds the cells of a line; one that only rules off is furniture. framed: so are the lines of
 * its table, and a tab that begins one stands behind no cell. */
static void add_cells(struct segment_text *text, struct layout *layout, long number, long table, long row, bool framed)
{
    const struct layout_line *line = &layout->lines[number - 1];
    long column = 1;
    size_t from = 0, from_byte = 0, index = 0;
    bool first = true;
    size_t before = layout->cell_count;
    for (size_t at = 0, bytes; at <= line->length; at += bytes, index++) {
        bool end = at == line->length;
        bytes = 1;
        if (!end && !is_separator(text_character(line->text, line->length, at, &bytes)))
            continue;
        struct layout_place place = trim(line, number, from, index, from_byte);
        if (place.to > place.from) {
            struct layout_cell cell = {place, table, row, column, 1, 1, false};
            layout_add_cell(text->arena, layout, &cell);
        }
        bool frames = first && place.to == place.from && (end || framed || line->text[at] != '\t');
        column += !frames; /* what stands before a framing | is no cell */
        first = false;
        from = index + 1;
        from_byte = at + bytes;
    }
    struct layout_place whole = {number, 0, text_count(line->text, line->length)};
    if (layout->cell_count == before)
        layout_add_furniture(text->arena, layout, &whole);
}

/* The bytes of a line before its second cell. */
static size_t first_cell(const struct layout_line *line)
{
    bool begun = false;
    for (size_t at = 0, bytes; at < line->length; at += bytes) {
        uint32_t character = text_character(line->text, line->length, at, &bytes);
        if (begun && is_separator(character))
            return at;
        begun = begun || (!character_is_space(character) && !is_separator(character));
    }
    return line->length;
}

/* Whether a line without separators is a row of the table around it, the numbered name of what
 * stands below: between rows that touch it, the one below not being the header of another table. */
static bool is_category(const struct segment_text *text, const struct layout *layout, size_t first, size_t index)
{
    const struct layout_line *header = &layout->lines[first], *line = &layout->lines[index], *below = line + 1;
    struct separators separators = read_separators(header), separators_below;
    struct normal normal = text_normal_form(text->arena, line->text, line->length);
    struct match match;
    if (index + 1 >= layout->line_count || is_blank(line - 1) || text_ends_sentence(line->text, line->length) ||
        !rule_at(rules_in(text->rules, "heading"), normal.text, normal.length, 0, &match))
        return false;
    size_t words = first_cell(header);
    separators_below = read_separators(below);
    return is_row(&separators, &separators_below) &&
           (words != first_cell(below) || strncmp(header->text, below->text, words) != 0);
}

/* The line after the table that begins at a line; lines as far as the next one with
 * another number of separators. */
static size_t table_end(const struct segment_text *text, const struct layout *layout, size_t first, size_t *lines)
{
    struct separators separators = read_separators(&layout->lines[first]);
    size_t end = first;
    *lines = 0;
    for (size_t i = first; separators.between >= FEWEST_SEPARATORS && i < layout->line_count; i++) {
        if (is_blank(&layout->lines[i]))
            continue;
        struct separators own = read_separators(&layout->lines[i]);
        if (own.all == 0 && is_category(text, layout, first, i))
            continue;
        if (!is_row(&separators, &own))
            break;
        end = i + 1;
        (*lines)++;
    }
    return end;
}

void columns_mark(struct segment_text *text, struct layout *layout)
{
    if (layout->cell_count > 0)
        return;
    long table = 0;
    for (size_t i = 0, end, lines; i<layout->line_count; i = end> i ? end : i + 1) {
        end = table_end(text, layout, i, &lines);
        if (lines < FEWEST_LINES)
            continue;
        long row = 0;
        bool framed = read_separators(&layout->lines[i]).leads;
        table++;
        for (size_t k = i; k < end; k++)
            if (!is_blank(&layout->lines[k]))
                add_cells(text, layout, (long)k + 1, table, ++row, framed);
    }
}
