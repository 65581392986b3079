/* columns: tables in plain text whose cells are kept apart by | or tabs, as they
 * come out of a copied page. In: a layout without marked cells. Out: the same with
 * cells: lines that follow each other and have as many separators are a table. */
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

/* How many separators stand between characters of the line; all those between the two | that
 * frame it, for cells at its end may be empty. */
static size_t count_separators(const struct layout_line *line)
{
    enum { FRAME = 2 };
    size_t count = 0, pending = 0, all = 0;
    bool begun = false, framed = false, ends_framed = false;
    for (size_t at = 0, bytes; at < line->length; at += bytes) {
        uint32_t character = text_character(line->text, line->length, at, &bytes);
        if (is_separator(character)) {
            framed = framed || (!begun && character != '\t');
            pending += begun || character == '\t';
            begun = true;
            all++;
        } else if (!character_is_space(character)) {
            count += pending;
            pending = 0;
            begun = true;
        }
        if (!character_is_space(character))
            ends_framed = is_separator(character);
    }
    return framed && ends_framed && all > FRAME ? all - FRAME : count;
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

/* Adds the cells of a line; one that only rules off is furniture. */
static void add_cells(struct segment_text *text, struct layout *layout, long number, long table, long row)
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
        column += !first || place.to > place.from; /* what stands before a framing | is no cell */
        first = false;
        from = index + 1;
        from_byte = at + bytes;
    }
    struct layout_place whole = {number, 0, text_count(line->text, line->length)};
    if (layout->cell_count == before)
        layout_add_furniture(text->arena, layout, &whole);
}

/* The line after the table that begins at a line; lines as far as the next one with
 * another number of separators. */
static size_t table_end(const struct layout *layout, size_t first, size_t *lines)
{
    size_t separators = count_separators(&layout->lines[first]), end = first;
    *lines = 0;
    for (size_t i = first; separators >= FEWEST_SEPARATORS && i < layout->line_count; i++) {
        if (is_blank(&layout->lines[i]))
            continue;
        if (count_separators(&layout->lines[i]) != separators)
            break;
        end = i + 1;
        (*lines)++;
    }
    return end;
}

void columns_find(struct segment_text *text, struct layout *layout)
{
    if (layout->cell_count > 0)
        return;
    long table = 0;
    for (size_t i = 0, end, lines; i<layout->line_count; i = end> i ? end : i + 1) {
        end = table_end(layout, i, &lines);
        if (lines < FEWEST_LINES)
            continue;
        long row = 0;
        table++;
        for (size_t k = i; k < end; k++)
            if (!is_blank(&layout->lines[k]))
                add_cells(text, layout, (long)k + 1, table, ++row);
    }
}
