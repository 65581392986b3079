/* project_tables: tables of projects. In: a table whose header classify marked with the
 * fields of its columns. Out: a fact per project: a row, with the rows below it that have no
 * name and number of their own. A row with one cell, left of the fields, is the category of
 * those below it. */
#include "../lib/grid.h"
#include "../lib/text.h"
#include "projects.h"

#include <stdlib.h>
#include <string.h>

#define LIST_COMMA "\xe3\x80\x81" /* 、 */

struct project_table {
    const struct extract *extract;
    struct grid grid;
    const struct record *headers[MOST_COLUMNS]; /* NULL where the rules know nothing of a column */
    size_t first_row;
    size_t name, no, category; /* columns; MOST_COLUMNS where there is none */
};

/* The rows [first, end) of a project, and the heading that stands above them in the table. */
struct project_rows {
    size_t first, end;
    const char *category;
};

static const char *column_field(const struct project_table *table, size_t column)
{
    return table->headers[column] ? record_value(table->headers[column], ATTRIBUTE_FIELD) : "";
}

static size_t find_column(const struct project_table *table, const char *field)
{
    for (size_t i = 0; i < table->grid.columns; i++)
        if (strcmp(column_field(table, i), field) == 0)
            return i;
    return MOST_COLUMNS;
}

/* The cell in a place, or NULL, also where the table has no such column. */
static const struct record *cell_in(const struct project_table *table, size_t row, size_t column)
{
    return column < table->grid.columns ? grid_cell(&table->grid, row, column) : NULL;
}

/* The same, but NULL where it is the cell of the row above. */
static const struct record *new_cell(const struct project_table *table, size_t row, size_t column)
{
    const struct record *cell = cell_in(table, row, column);
    return row > 0 && cell == cell_in(table, row - 1, column) ? NULL : cell;
}

/* --- the header */

/* Reads the header. False: it heads no projects. */
static bool read_header(struct project_table *table)
{
    enum { HEADER_ROWS = 3 };
    for (size_t row = 0; row < table->grid.rows && row < HEADER_ROWS; row++)
        for (size_t i = 0; i < table->grid.columns; i++) {
            const struct record *cell = grid_cell(&table->grid, row, i);
            if (!cell || !*record_value(cell, ATTRIBUTE_FIELD))
                continue;
            table->headers[i] = cell;
            table->first_row = row + 1;
        }
    table->name = find_column(table, "name");
    table->no = find_column(table, "no");
    table->category = find_column(table, "category");
    return table->name < MOST_COLUMNS;
}

/* Whether a record is the first of a table that classify took for one of projects, or for
 * sheets: a table is looked at once. */
static bool begins_table(const struct extract *extract, const struct part *part, size_t index)
{
    const struct record *record = &extract->in->records[index];
    const char *cell = record_value(record, ATTRIBUTE_CELL);
    if (!*cell || (record->kind != RECORD_SHEET_LABEL && record->kind != RECORD_SHEET_TEXT))
        return false;
    while (index > part->first && record_kind_is_margin(extract->in->records[index - 1].kind))
        index--;
    const char *before = index > part->first ? record_value(&extract->in->records[index - 1], ATTRIBUTE_CELL) : "";
    return strtol(before, NULL, 10) != strtol(cell, NULL, 10);
}

/* --- rows */

static const char *text_of(const struct project_table *table, const struct record *cell)
{
    return cell ? grid_text(table->extract->arena, &table->grid, cell) : "";
}

/* The one cell of a row, if it stands left of the fields; else NULL. */
static const struct record *heading_in(const struct project_table *table, size_t row)
{
    const struct record *only = NULL;
    size_t first = table->grid.columns;
    for (size_t i = 0; i < table->grid.columns; i++) {
        const struct record *cell = grid_cell(&table->grid, row, i);
        if (cell && only && cell != only)
            return NULL;
        if (cell && !only)
            first = i;
        only = cell ? cell : only;
    }
    return first <= table->name && only == new_cell(table, row, first) ? only : NULL;
}

/* Whether a row sums up others: a word for it stands left of the fields. */
static bool is_sum(const struct project_table *table, size_t row)
{
    const struct rule_set *sums = rules_in(table->extract->rules, "project-sum");
    struct match match;
    for (size_t i = 0; i <= table->name; i++) {
        const char *text = text_of(table, new_cell(table, row, i));
        if (rule_whole(sums, text, strlen(text), &match))
            return true;
    }
    return false;
}

static bool is_name(const struct record *cell)
{
    return cell && cell->kind == RECORD_SHEET_NAME;
}

/* Whether a row goes on with the project above it. */
static bool goes_on(const struct project_table *table, size_t row)
{
    return !new_cell(table, row, table->name) && !new_cell(table, row, table->no) && !heading_in(table, row) &&
           !is_sum(table, row);
}

/* The next project at or below a row. Its category may stand in rows above. */
static bool next_project(const struct project_table *table, struct project_rows *rows)
{
    for (size_t row = rows->end; row < table->grid.rows; row++) {
        const struct record *heading = heading_in(table, row);
        if (heading)
            rows->category = text_of(table, heading);
        else if (new_cell(table, row, table->category))
            rows->category = text_of(table, cell_in(table, row, table->category));
        if (heading || is_sum(table, row) || !is_name(new_cell(table, row, table->name)))
            continue;
        rows->first = row;
        for (rows->end = row + 1; rows->end < table->grid.rows && goes_on(table, rows->end);)
            rows->end++;
        return true;
    }
    return false;
}

/* --- a project */

/* The text behind the mark of a heading; *number: of the mark, unless there is none. */
static const char *behind_mark(const struct extract *extract, const char *text, long *number)
{
    struct match match;
    size_t from, to, bytes;
    if (!rule_at(rules_in(extract->rules, "heading"), text, strlen(text), 0, &match))
        return text;
    if (match_group(&match, "number", &from, &to))
        *number = text_numeral(text, to, from, &bytes);
    return text + match.to;
}

/* Notes that the text of a cell stands in a row. */
static void note_cell(const struct project_table *table, const struct record *cell)
{
    if (!cell)
        return;
    for (size_t at = (size_t)(cell - table->grid.gazette->records) + 1; at;
         at = table->grid.more[at - 1 - table->grid.first])
        table->extract->whole[at - 1] = true;
}

/* The records of the rows of a project, without cells that begin above them. */
static void reach_of(const struct project_table *table, const struct project_rows *rows, size_t *first, size_t *end)
{
    *first = table->grid.end;
    *end = table->grid.first;
    for (size_t row = rows->first; row < rows->end; row++)
        for (size_t i = 0; i < table->grid.columns; i++) {
            const struct record *cell = new_cell(table, row, i);
            if (!cell)
                continue;
            size_t at = (size_t)(cell - table->grid.gazette->records) + 1;
            *first = at - 1 < *first ? at - 1 : *first;
            for (; at; at = table->grid.more[at - 1 - table->grid.first])
                *end = at > *end ? at : *end;
        }
}

static void add_cell(const struct project_table *table, struct project_field *field, const struct record *cell)
{
    const struct record *records = table->grid.gazette->records;
    for (size_t at = (size_t)(cell - records) + 1; at; at = table->grid.more[at - 1 - table->grid.first])
        project_add_cell(table->extract, field, records[at - 1].text, strlen(records[at - 1].text));
}

/* Where the header says the unit (`投资估算（万元）`), a cell may be the amount alone. */
static void read_bare_amount(const struct project_table *table, struct record *fact, size_t column, const char *text)
{
    const struct extract *extract = table->extract;
    const char *header = text_of(table, table->headers[column]);
    struct match match;
    size_t bytes;
    const char *amount = text_figure(extract->arena, text, strlen(text), 0, &bytes);
    if (!amount || text[bytes] || !rule_find(rules_in(extract->rules, "money"), header, strlen(header), 0, &match))
        return;
    fact_set(extract, fact, ATTRIBUTE_FUNDING_AMOUNT, amount);
    fact_set(extract, fact, ATTRIBUTE_FUNDING_UNIT, extract_copy(extract, header, match.from, match.to));
}

/* Whether a column names offices: those of several rows of a project, whose name stands
 * over them all, are several. */
static bool lists_offices(const struct project_table *table, size_t column)
{
    const char *field = column_field(table, column);
    return strcmp(field, attribute_name(ATTRIBUTE_LEAD)) == 0 || strcmp(field, attribute_name(ATTRIBUTE_SUPPORT)) == 0;
}

/* Reads the field of a column. Of two columns for one field the first counts. */
static void read_field(const struct project_table *table, const struct project_rows *rows, size_t column,
                       struct record *fact)
{
    struct project_field field = {.text = "", .expected = 1};
    if (find_column(table, column_field(table, column)) != column)
        return;
    for (size_t row = rows->first; row < rows->end; row++) {
        const struct record *cell = cell_in(table, row, column);
        if (!cell || (row > rows->first && cell == cell_in(table, row - 1, column)))
            continue;
        if (*field.text && lists_offices(table, column) && cell_in(table, row, table->name))
            field.text = arena_printf(table->extract->arena, "%s%s", field.text, LIST_COMMA);
        add_cell(table, &field, cell);
    }
    if (!project_set(table->extract, fact, column_field(table, column), field.text))
        return;
    record_credit(table->extract->facts, fact, table->headers[column]->rules);
    if (strcmp(column_field(table, column), attribute_name(ATTRIBUTE_FUNDING)) == 0)
        read_bare_amount(table, fact, column, field.text);
    for (size_t row = rows->first; row < rows->end; row++)
        note_cell(table, cell_in(table, row, column));
}

static void read_project(const struct project_table *table, const struct part *part, const struct project_lists *lists,
                         const struct project_rows *rows)
{
    const struct extract *extract = table->extract;
    const struct record *name_cell = cell_in(table, rows->first, table->name);
    const struct record *no_cell = cell_in(table, rows->first, table->no);
    long number = -1, heading;
    size_t first, end, bytes;
    const char *name = behind_mark(extract, text_of(table, name_cell), &number), *no = text_of(table, no_cell);
    if (*no)
        number = text_numeral(no, strlen(no), 0, &bytes);
    reach_of(table, rows, &first, &end);
    struct record *fact = project_add(extract, part, first, end, name);
    if (number >= 0)
        fact_set(extract, fact, ATTRIBUTE_NO, arena_printf(extract->arena, "%ld", number));
    fact_set(extract, fact, ATTRIBUTE_CATEGORY,
             *rows->category ? behind_mark(extract, rows->category, &heading) : project_category(extract, name_cell));
    project_look_up(extract, lists, fact);
    note_cell(table, name_cell);
    note_cell(table, no_cell);
    note_cell(table, cell_in(table, rows->first, table->category));
    for (size_t i = 0; i < table->grid.columns; i++)
        if (table->headers[i])
            read_field(table, rows, i, fact);
}

size_t project_table_read(const struct extract *extract, const struct part *part, const struct project_lists *lists,
                          size_t first)
{
    struct project_table table = {.extract = extract};
    if (!begins_table(extract, part, first) || !grid_read(extract->arena, extract->in, first, part->end, &table.grid) ||
        !read_header(&table))
        return first;
    struct project_rows rows = {.end = table.first_row, .category = ""};
    while (next_project(&table, &rows))
        read_project(&table, part, lists, &rows);
    return table.grid.end;
}
