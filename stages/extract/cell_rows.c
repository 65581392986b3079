/* cell_rows: the rows of a printed table that has one cell a line and no ordinals, as it comes
 * out of a copied page. In: what its columns are. Out: rows, if all lines fit the columns they
 * fall to, turn by turn; none if one does not. */
#include "rows.h"

#include <string.h>

enum { FEWEST_ROWS = 2 };

static bool has_digit(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0, bytes; at < length; at += bytes)
        if (character_is_digit(text_character(text, length, at, &bytes)))
            return true;
    return false;
}

static bool begins_with(const struct extract *extract, const char *context, const char *text)
{
    struct match match;
    return rule_at(rules_in(extract->rules, context), text, strlen(text), 0, &match);
}

static bool is_whole(const struct extract *extract, const char *context, const char *text)
{
    struct match match;
    return rule_whole(rules_in(extract->rules, context), text, strlen(text), &match);
}

/* A target or a result begins with a figure or a predicate. */
static bool is_value(const struct extract *extract, const char *text)
{
    size_t bytes;
    return text_figure(extract->arena, text, strlen(text), 0, &bytes) || begins_with(extract, "predicate", text) ||
           begins_with(extract, "change", text) || begins_with(extract, "bound", text) ||
           is_whole(extract, "blank", text);
}

/* 1 where a text speaks for being a cell of a column, -1 where it cannot be one. */
static int fit(const struct extract *extract, const struct table_column *column, const char *text)
{
    size_t bytes;
    bool unit = is_whole(extract, "unit", text);
    if (column->measure)
        return is_value(extract, text) ? 1 : unit || is_whole(extract, "concept", text) ? -1 : 0;
    if (strcmp(column->column, "unit") == 0)
        return unit ? 1 : has_digit(text) ? -1 : 0;
    if (strcmp(column->column, "nature") == 0)
        return is_whole(extract, "nature-word", text) ? 1 : -1;
    bool figure = text_figure(extract->arena, text, strlen(text), 0, &bytes) && !text[bytes];
    return unit || figure || is_whole(extract, "blank", text) ? -1 : 0;
}

/* Whether all lines may be the cells that they fall to, and most that are no names say so. */
static bool fits(const struct extract *extract, const struct printed_table *table, const size_t *lines, size_t count)
{
    size_t asked = 0, agreed = 0;
    for (size_t i = 0; i < count; i++) {
        const struct table_column *column = &table->columns[i % table->column_count];
        int evidence = fit(extract, column, record_normal(extract->arena, &extract->in->records[lines[i]]));
        if (evidence < 0)
            return false;
        asked += column->measure || strcmp(column->column, "unit") == 0;
        agreed += evidence > 0;
    }
    return 4 * agreed >= 3 * asked;
}

static bool has_column(const struct printed_table *table, const char *column)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column, column) == 0)
            return true;
    return false;
}

/* The records of the body's lines. */
static size_t read_lines(const struct extract *extract, const struct printed_table *table, size_t *lines)
{
    size_t count = 0;
    for (size_t i = table->first; i < table->end; i++)
        if (extract->in->records[i].kind == RECORD_TABLE_BODY)
            lines[count++] = i;
    return count;
}

static void read_row(const struct extract *extract, const size_t *lines, size_t columns, struct table_row *row)
{
    *row = (struct table_row){.ordinal = "", .category = ""};
    row->passage = passage_read(extract->arena, extract->in, lines[0], lines[columns - 1] + 1);
    const struct passage *passage = &row->passage;
    for (size_t i = 0; i < MOST_COLUMNS; i++) {
        row->cells[i] = (struct cell){.text = ""};
        if (i >= columns)
            continue;
        size_t from = passage->starts[i], to = i + 1 < columns ? passage->starts[i + 1] - 1 : passage->length;
        row->cells[i] =
            (struct cell){passage, from, to, record_normal(extract->arena, &extract->in->records[lines[i]])};
    }
}

struct table_row *cell_rows(const struct extract *extract, const struct printed_table *table, size_t *count)
{
    size_t *lines = arena_alloc(extract->arena, (table->end - table->first + 1) * sizeof *lines);
    size_t line_count = read_lines(extract, table, lines), columns = table->column_count;
    *count = 0;
    if (columns < 2 || has_column(table, "ordinal") || has_column(table, "category") || line_count % columns != 0 ||
        line_count / columns < FEWEST_ROWS || !fits(extract, table, lines, line_count))
        return NULL;
    struct table_row *rows = arena_alloc(extract->arena, line_count / columns * sizeof *rows);
    for (; *count < line_count / columns; ++*count)
        read_row(extract, lines + *count * columns, columns, &rows[*count]);
    return rows;
}
