/* project_grids: tables of projects whose cells the input marks. In: the records of a
 * document. A table whose header has a column of names and columns with labels of fields
 * gets the kinds of a sheet: the header is made of labels, also those of the name, the
 * number and the category; below it stand names and texts. */
#include "classify.h"

#include "../lib/grid.h"
#include "../lib/text.h"

#include <string.h>

/* So many labels tell a table of projects, in a document whose title names it one of
 * projects and in any other: `项目` and `责任单位` head other tables too. */
enum { HEADER_ROWS = 3, FEWEST_LABELS = 1, FEWEST_LABELS_ELSEWHERE = 3 };

/* What a header says of a column, or NULL. A bracket may follow a label. */
static const struct rule *column_rule(const struct document *document, const char *header)
{
    struct match match;
    size_t length = strlen(header), bytes;
    if (rule_whole(rules_in(document->rules, "project-column"), header, length, &match))
        return match.rule;
    if (!rule_at(rules_in(document->rules, "sheet-label"), header, length, 0, &match) ||
        (match.to < length && !character_opens(text_character(header, length, match.to, &bytes))))
        return NULL;
    return match.rule;
}

struct header {
    size_t rows;
    const struct rule *columns[MOST_COLUMNS]; /* NULL: nothing that the rules know */
};

static bool is_field(const struct rule *rule, const char *field)
{
    return rule && strcmp(rule_means(rule, "field"), field) == 0;
}

/* Reads the columns of a header of some rows. False: they are not those of projects. */
static bool read_columns(const struct document *document, const struct grid *grid, size_t fewest, struct header *header)
{
    struct gazette *gazette = document->gazette;
    size_t labels = 0;
    bool names = false;
    for (size_t i = 0; i < grid->columns; i++) {
        const struct record *last = grid_cell(grid, header->rows - 1, i);
        const struct rule *rule = column_rule(document, grid_column_text(gazette->arena, grid, header->rows, i));
        if (!rule && last)
            rule = column_rule(document, grid_text(gazette->arena, grid, last));
        header->columns[i] = rule;
        names = names || is_field(rule, "name");
        labels += rule && !is_field(rule, "name") && !is_field(rule, "no") && !is_field(rule, "category");
    }
    return names && labels >= fewest;
}

/* Whether a cell reaches from the header into the row below it. */
static bool reaches_below(const struct grid *grid, size_t rows)
{
    for (size_t i = 0; i < grid->columns; i++) {
        const struct record *cell = grid_cell(grid, rows, i);
        if (cell && cell == grid_cell(grid, rows - 1, i))
            return true;
    }
    return false;
}

static bool find_header(const struct document *document, const struct grid *grid, struct header *header)
{
    const struct record *title = &document->gazette->records[document->first];
    const char *class = record_value(title, ATTRIBUTE_CLASS);
    bool of_projects = strncmp(class, "project-", strlen("project-")) == 0;
    size_t fewest = of_projects ? FEWEST_LABELS : FEWEST_LABELS_ELSEWHERE;
    for (header->rows = 1; header->rows <= HEADER_ROWS && header->rows < grid->rows; header->rows++)
        if (read_columns(document, grid, fewest, header) && !reaches_below(grid, header->rows))
            return true;
    return false;
}

/* Gives the cell that begins with a record a kind. */
static void mark_cell(struct gazette *gazette, const struct grid *grid, size_t row, size_t column,
                      enum record_kind kind)
{
    for (size_t at = grid->cells[row * grid->columns + column]; at; at = grid->more[at - 1 - grid->first])
        gazette->records[at - 1].kind = kind;
}

static void mark_header(struct gazette *gazette, const struct grid *grid, const struct header *header)
{
    for (size_t i = 0; i < grid->columns; i++) {
        size_t cell = grid->cells[(header->rows - 1) * grid->columns + i];
        if (!cell || !header->columns[i])
            continue;
        struct record *record = &gazette->records[cell - 1];
        mark_cell(gazette, grid, header->rows - 1, i, RECORD_SHEET_LABEL);
        record_set(gazette, record, ATTRIBUTE_FIELD, rule_means(header->columns[i], "field"));
        record_credit(gazette, record, header->columns[i]->id);
    }
}

/* The names below a header. One that is that of the column again heads the next page. */
static void mark_names(const struct document *document, const struct grid *grid, const struct header *header)
{
    struct gazette *gazette = document->gazette;
    size_t name = 0;
    while (!is_field(header->columns[name], "name"))
        name++;
    for (size_t row = header->rows; row < grid->rows; row++) {
        const struct record *cell = grid_cell(grid, row, name);
        if (!cell)
            continue;
        bool again = is_field(column_rule(document, grid_text(gazette->arena, grid, cell)), "name");
        mark_cell(gazette, grid, row, name, again ? RECORD_SHEET_LABEL : RECORD_SHEET_NAME);
    }
}

static void mark_table(const struct document *document, const struct grid *grid, const struct header *header)
{
    struct gazette *gazette = document->gazette;
    struct record *title = &gazette->records[document->first];
    for (size_t i = grid->first; i < grid->end; i++)
        if (gazette->records[i].kind == RECORD_CELL)
            gazette->records[i].kind = RECORD_SHEET_TEXT;
    mark_header(gazette, grid, header);
    mark_names(document, grid, header);
    if (title->kind == RECORD_TITLE)
        record_set(gazette, title, ATTRIBUTE_CLASS, "project-sheets");
}

void project_grids_find(const struct document *document)
{
    struct gazette *gazette = document->gazette;
    if (!may_hold_sheets(document))
        return;
    for (size_t i = document->first; i < document->end; i++) {
        struct grid grid;
        struct header header;
        if (gazette->records[i].kind != RECORD_CELL)
            continue;
        if (!grid_read(gazette->arena, gazette, i, document->end, &grid)) {
            i = grid.end > i ? grid.end - 1 : i; /* too large */
            continue;
        }
        if (find_header(document, &grid, &header))
            mark_table(document, &grid, &header);
        i = grid.end - 1;
    }
}
