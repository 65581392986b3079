/* grid_rows: the rows of a table whose cells the input marks. In: its grid and what
 * its columns are. Out: rows as rows.c makes them; a row with one cell over all
 * columns is the category of those below it. */
#include "rows.h"

#include <string.h>

static struct cell cell_of(const struct extract *extract, const struct record *record)
{
    if (!record)
        return (struct cell){.text = ""};
    size_t index = (size_t)(record - extract->in->records);
    struct passage *passage = arena_alloc(extract->arena, sizeof *passage);
    *passage = passage_read(extract->arena, extract->in, index, index + 1);
    return (struct cell){passage, 0, passage->length, passage->normal.text};
}

/* The one record that fills a whole row, or NULL. */
static const struct record *only_cell(const struct grid *grid, size_t row)
{
    const struct record *only = grid_cell(grid, row, 0);
    for (size_t column = 1; column < grid->columns; column++)
        if (grid_cell(grid, row, column) && grid_cell(grid, row, column) != only)
            return NULL;
    return only;
}

/* A category without its count. */
static const char *category_text(const struct extract *extract, const char *text)
{
    struct match match;
    size_t length = strlen(text);
    if (rule_find(rules_in(extract->rules, "category-count"), text, length, 0, &match) && match.to == length)
        return extract_copy(extract, text, 0, match.from);
    return text;
}

static void read_cells(const struct extract *extract, const struct printed_table *table, size_t index,
                       struct table_row *row)
{
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        row->cells[i] = (struct cell){.text = ""};
    for (size_t i = 0; i < table->column_count; i++) {
        row->cells[i] = cell_of(extract, grid_cell(&table->grid, index, i));
        if (strcmp(table->columns[i].column, "ordinal") == 0)
            row->ordinal = row->cells[i].text;
        if (strcmp(table->columns[i].column, "category") == 0)
            row->category = category_text(extract, row->cells[i].text);
    }
}

struct table_row *grid_rows(const struct extract *extract, const struct printed_table *table, size_t *count)
{
    const struct grid *grid = &table->grid;
    struct table_row *rows = arena_alloc(extract->arena, (grid->rows + 1) * sizeof *rows);
    const char *category = "";
    *count = 0;
    for (size_t i = table->header_rows; i < grid->rows; i++) {
        const struct record *only = only_cell(grid, i);
        if (only) {
            category = category_text(extract, text_normal_form(extract->arena, only->text, strlen(only->text)).text);
            continue;
        }
        rows[*count] = (struct table_row){.ordinal = "", .category = category};
        read_cells(extract, table, i, &rows[(*count)++]);
    }
    return rows;
}
