/* grid: see grid.h. In: records of cells. Out: their table, and its header. */
#include "grid.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Larger tables are no tables that somebody printed. */
enum { MOST_ROWS = 20000, MOST_PLACES = 400000, HEADER_ROWS = 3 };

struct place {
    long table, row, column, row_span, column_span;
};

static bool read_place(const struct record *record, struct place *place)
{
    const char *text = record_value(record, ATTRIBUTE_CELL);
    long *const fields[] = {&place->table, &place->row, &place->column, &place->row_span, &place->column_span};
    for (size_t i = 0; i < COUNT(fields); i++) {
        char *end;
        *fields[i] = strtol(text, &end, 10);
        if (end == text || *fields[i] < 1)
            return false;
        text = end;
    }
    return true;
}

/* Whether a record is a line of the table that stands in no cell, for nobody knows in
 * which: more cells of the table come soon. */
static bool is_astray(const struct grid *grid, size_t index, size_t end, long table)
{
    enum { MOST = 8 };
    struct place place;
    if (grid->gazette->records[index].kind != RECORD_LINE)
        return false;
    for (size_t i = index + 1; i < end && i < index + MOST; i++) {
        const struct record *record = &grid->gazette->records[i];
        if (read_place(record, &place))
            return place.table == table;
        if (record->kind != RECORD_LINE && !record_kind_is_margin(record->kind))
            return false;
    }
    return false;
}

/* Finds the records of the table and how far it reaches. */
static bool measure(struct grid *grid, size_t end)
{
    struct place first, place;
    if (!read_place(&grid->gazette->records[grid->first], &first))
        return false;
    for (grid->end = grid->first; grid->end < end; grid->end++) {
        const struct record *record = &grid->gazette->records[grid->end];
        if (record_kind_is_margin(record->kind) || is_astray(grid, grid->end, end, first.table))
            continue;
        if (!read_place(record, &place) || place.table != first.table)
            break;
        size_t rows = (size_t)(place.row - 1) + (size_t)place.row_span;
        size_t columns = (size_t)(place.column - 1) + (size_t)place.column_span;
        grid->rows = rows > grid->rows ? rows : grid->rows;
        grid->columns = columns > grid->columns ? columns : grid->columns;
    }
    return grid->rows <= MOST_ROWS && grid->columns <= MOST_COLUMNS && grid->rows * grid->columns <= MOST_PLACES;
}

/* Adds a record to those of the cell that begins with the record at from: one printed
 * on several lines, with lines of other cells between. last: by first record of a cell,
 * 1 + the index of its last one so far, 0 if that is the first. */
static void note_more(const struct grid *grid, size_t *more, size_t *last, size_t from, size_t record)
{
    if (from == record)
        return;
    size_t before = last[from - grid->first] ? last[from - grid->first] - 1 : from;
    more[before - grid->first] = record + 1;
    last[from - grid->first] = record + 1;
}

bool grid_read(struct arena *arena, const struct gazette *gazette, size_t first, size_t end, struct grid *grid)
{
    *grid = (struct grid){.gazette = gazette, .first = first, .end = first};
    if (!measure(grid, end))
        return false;
    size_t *cells = arena_alloc(arena, grid->rows * grid->columns * sizeof *cells);
    size_t *more = arena_alloc(arena, (grid->end - first) * sizeof *more);
    size_t *last = arena_alloc(arena, (grid->end - first) * sizeof *last);
    for (size_t i = first; i < grid->end; i++) {
        struct place place;
        if (!read_place(&gazette->records[i], &place))
            continue;
        for (long row = 0; row < place.row_span; row++)
            for (long column = 0; column < place.column_span; column++) {
                size_t at = (size_t)(place.row - 1 + row) * grid->columns + (size_t)(place.column - 1 + column);
                cells[at] = cells[at] ? cells[at] : i + 1;
            }
        note_more(grid, more, last, cells[(size_t)(place.row - 1) * grid->columns + (size_t)(place.column - 1)] - 1, i);
    }
    grid->cells = cells;
    grid->more = more;
    return true;
}

const struct record *grid_cell(const struct grid *grid, size_t row, size_t column)
{
    size_t cell = grid->cells[row * grid->columns + column];
    return cell ? &grid->gazette->records[cell - 1] : NULL;
}

const char *grid_text(struct arena *arena, const struct grid *grid, const struct record *cell)
{
    const char *text = record_normal(arena, cell);
    size_t at = (size_t)(cell - grid->gazette->records);
    while ((at = grid->more[at - grid->first])) {
        at--;
        text = arena_printf(arena, "%s%s", text, record_normal(arena, &grid->gazette->records[at]));
    }
    return text;
}

/* Whether a row has no more than one cell. */
static bool is_filled_by_one(const struct grid *grid, size_t row)
{
    const struct record *only = NULL;
    for (size_t column = 0; column < grid->columns; column++) {
        const struct record *cell = grid_cell(grid, row, column);
        if (cell && only && cell != only)
            return false;
        only = cell ? cell : only;
    }
    return true;
}

const char *grid_column_text(struct arena *arena, const struct grid *grid, size_t rows, size_t column)
{
    const struct record *before = NULL;
    const char *text = "", *last = "";
    for (size_t row = 0; row < rows; row++) {
        const struct record *cell = grid_cell(grid, row, column);
        if (cell && cell != before && !(grid->columns > 1 && is_filled_by_one(grid, row))) {
            const char *words = grid_text(arena, grid, cell);
            if (strcmp(words, last) != 0)
                text = arena_printf(arena, "%s%s", text, words);
            last = words;
        }
        before = cell;
    }
    return text;
}

static bool is_change(const struct rule_set *columns, const char *words)
{
    struct match match;
    return rule_whole(columns, words, strlen(words), &match) && strcmp(rule_means(match.rule, "column"), "change") == 0;
}

static struct table_column read_column(const struct rules *rules, const char *header)
{
    const struct rule_set *set = rules_in(rules, "column");
    struct table_column column = {.column = "", .header = header};
    struct match match;
    size_t length = strlen(header);
    bool whole = rule_whole(set, header, length, &match);
    if (!whole && !rule_find(set, header, length, 0, &match))
        return column;
    /* `2025年预期目标增长（%）` is a column of figures for the word in it; a column of
     * names must be called so and nothing else. */
    if (!whole && !rule_means(match.rule, "measure"))
        return column;
    column.rule = match.rule;
    column.column = rule_means(match.rule, "column");
    column.measure = rule_means(match.rule, "measure");
    if (!whole && is_change(set, header + match.to))
        column.column = "change";
    return column;
}

void table_columns_tie(struct table_column *columns, size_t count)
{
    size_t figures = count;
    for (size_t i = 0; i < count; i++) {
        columns[i].year_from = i;
        if (columns[i].measure) {
            figures = i;
        } else if (strcmp(columns[i].column, "change") == 0 && figures < count) {
            columns[i].measure = columns[figures].measure;
            columns[i].year_from = figures;
        }
    }
}

/* Whether a row holds nothing but words of a header, several of them: names of columns, or
 * what the row above prints in the same place. */
static bool is_header_row(struct arena *arena, const struct rules *rules, const struct grid *grid, size_t row)
{
    size_t words = 0;
    struct match match;
    for (size_t i = 0; i < grid->columns; i++) {
        const struct record *cell = grid_cell(grid, row, i), *above = grid_cell(grid, row - 1, i);
        if (!cell)
            continue;
        const char *text = grid_text(arena, grid, cell);
        if (!(above && strcmp(text, grid_text(arena, grid, above)) == 0) &&
            !rule_whole(rules_in(rules, "column"), text, strlen(text), &match))
            return false;
        words++;
    }
    return words > 1;
}

/* Whether more columns are fields of projects (责任单位, 资金来源) than figures of indicators:
 * words like 目标任务 head columns of both. */
static bool lists_projects(const struct rules *rules, const struct table_column *columns, size_t count)
{
    size_t fields = 0, figures = 0;
    struct match match;
    for (size_t i = 0; i < count; i++) {
        if (columns[i].measure)
            figures++;
        else
            fields += rule_whole(rules_in(rules, "sheet-label"), columns[i].header, strlen(columns[i].header), &match);
    }
    return fields > figures;
}

/* Reads the columns from the words of the rows at the top. Whether they are names and figures. */
static bool read_header(struct arena *arena, const struct rules *rules, const struct grid *grid, size_t rows,
                        struct table_column *columns)
{
    bool names = false, figures = false;
    for (size_t i = 0; i < grid->columns; i++) {
        columns[i] = read_column(rules, grid_column_text(arena, grid, rows, i));
        names = names || strcmp(columns[i].column, "name") == 0;
        figures = figures || columns[i].measure;
    }
    table_columns_tie(columns, grid->columns);
    return names && figures;
}

size_t grid_header(struct arena *arena, const struct rules *rules, const struct grid *grid,
                   struct table_column *columns)
{
    for (size_t rows = 1; rows <= HEADER_ROWS && rows < grid->rows; rows++) {
        bool headed = read_header(arena, rules, grid, rows, columns);
        const struct record *next = grid_cell(grid, rows, 0);
        bool spans = next && next == grid_cell(grid, rows - 1, 0);
        bool goes_on = rows < HEADER_ROWS && is_header_row(arena, rules, grid, rows);
        if (headed && !spans && !goes_on)
            return lists_projects(rules, columns, grid->columns) ? 0 : rows;
    }
    return 0;
}
