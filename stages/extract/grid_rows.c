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

/* A category without its number and its count. */
static const char *category_text(const struct extract *extract, const char *text)
{
    struct match match;
    size_t length = strlen(text);
    size_t from = rule_at(rules_in(extract->rules, "heading"), text, length, 0, &match) ? match.to : 0;
    if (rule_find(rules_in(extract->rules, "category-count"), text, length, from, &match) && match.to == length)
        length = match.from;
    return extract_copy(extract, text, from < length ? from : 0, length);
}

static void read_cells(const struct extract *extract, const struct printed_table *table, size_t index,
                       struct table_row *row)
{
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        row->cells[i] = (struct cell){.text = ""};
    const struct record *before = NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct record *cell = grid_cell(&table->grid, index, i);
        row->cells[i] = cell && cell == before ? row->cells[i - 1] : cell_of(extract, cell);
        before = cell;
        if (strcmp(table->columns[i].column, "ordinal") == 0)
            row->ordinal = row->cells[i].text;
        if (strcmp(table->columns[i].column, "category") == 0)
            row->category = category_text(extract, row->cells[i].text);
    }
}

/* --- numbers printed in front of the names, where they have no column */

struct mark {
    const char *rule; /* of the mark that a name begins with; NULL: it has none */
    const char *number;
    long value;
    size_t to; /* where the name goes on */
};

static struct mark read_mark(const struct extract *extract, const char *name)
{
    struct match match;
    size_t from, to, bytes;
    if (!rule_at(rules_in(extract->rules, "heading"), name, strlen(name), 0, &match) || !name[match.to] ||
        !match_group(&match, "number", &from, &to))
        return (struct mark){.rule = NULL};
    return (struct mark){match.rule->id, extract_copy(extract, name, from, to), text_numeral(name, to, from, &bytes),
                         match.to};
}

/* Whether a mark is one of a sequence: the nearest one of its kind above or below counts by one.
 * The one in `一、二产业增加值` is not. */
static bool in_sequence(const struct mark *marks, size_t count, size_t index)
{
    const struct mark *mark = &marks[index];
    for (size_t i = index; i-- > 0;)
        if (marks[i].rule == mark->rule) {
            if (marks[i].value + 1 == mark->value)
                return true;
            break;
        }
    for (size_t i = index + 1; i < count; i++)
        if (marks[i].rule == mark->rule)
            return marks[i].value == mark->value + 1;
    return false;
}

static void take_numbers(const struct extract *extract, size_t name, struct table_row *rows, size_t count)
{
    struct mark *marks = arena_alloc(extract->arena, (count + 1) * sizeof *marks);
    for (size_t i = 0; i < count; i++)
        marks[i] = read_mark(extract, rows[i].cells[name].text);
    for (size_t i = 0; i < count; i++) {
        if (*rows[i].ordinal || !marks[i].rule || !in_sequence(marks, count, i))
            continue;
        rows[i].ordinal = marks[i].number;
        rows[i].cells[name].text += marks[i].to;
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
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column, "name") == 0) {
            take_numbers(extract, i, rows, *count);
            break;
        }
    return rows;
}
