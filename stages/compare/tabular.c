/* tabular: writes the changes of one table as a tabular diff, the form that daff and other
 * tools draw: a header `@@`, rows that came (`+++`) and went (`---`), and rows of which cells
 * changed (`->`), `...` for rows that are as they were. The columns that differ from year to
 * year anyway (year, ordinal, page, lines) are left out. */
#include "compare.h"

#include "../lib/csv.h"

#include <string.h>

struct tabular {
    FILE *out;
    struct arena *arena;
    const struct view *view;
    bool skipping; /* the last row written stands for rows that are as they were */
};

static void write_cells(const struct tabular *tabular, const char *action, const char *const *cells)
{
    csv_write_cell(tabular->out, action);
    for (size_t c = 0; tabular->view->shown[c] != ATTRIBUTE_COUNT; c++) {
        putc_unlocked(',', tabular->out);
        csv_write_cell(tabular->out, cells[c]);
    }
    putc_unlocked('\n', tabular->out);
}

enum { MOST_SHOWN = 16 };

static void write_header(const struct tabular *tabular)
{
    const char *cells[MOST_SHOWN] = {NULL};
    for (size_t c = 0; tabular->view->shown[c] != ATTRIBUTE_COUNT; c++)
        cells[c] = attribute_name(tabular->view->shown[c]);
    write_cells(tabular, "@@", cells);
}

/* A row that came or went. */
static void write_row(struct tabular *tabular, const char *action, const struct record *row)
{
    const char *cells[MOST_SHOWN] = {NULL};
    for (size_t c = 0; tabular->view->shown[c] != ATTRIBUTE_COUNT; c++)
        cells[c] = record_value(row, tabular->view->shown[c]);
    write_cells(tabular, action, cells);
    tabular->skipping = false;
}

static void write_skipped(struct tabular *tabular)
{
    const char *cells[MOST_SHOWN] = {NULL};
    for (size_t c = 0; tabular->view->shown[c] != ATTRIBUTE_COUNT; c++)
        cells[c] = "...";
    if (!tabular->skipping)
        write_cells(tabular, "...", cells);
    tabular->skipping = true;
}

/* The arrow of a row is longer than any in its cells. */
static const char *arrow_for(struct arena *arena, const struct tabular *tabular, const struct record *old,
                             const struct record *new)
{
    const char *arrow = "->";
    for (size_t c = 0; tabular->view->shown[c] != ATTRIBUTE_COUNT; c++)
        while (strstr(record_value(old, tabular->view->shown[c]), arrow) ||
               strstr(record_value(new, tabular->view->shown[c]), arrow))
            arrow = arena_printf(arena, "-%s", arrow);
    return arrow;
}

/* Whether a column tells nothing of a change: one side does not print it. */
static bool is_unsaid(const struct view *view, enum attribute attribute, const char *old, const char *new)
{
    for (const enum attribute *whole = view->whole; *whole != ATTRIBUTE_COUNT; whole++)
        if (*whole == attribute && (!*old || !*new))
            return true;
    return false;
}

static void write_both(struct tabular *tabular, const struct record *old, const struct record *new)
{
    const char *cells[MOST_SHOWN] = {NULL}, *arrow = arrow_for(tabular->arena, tabular, old, new);
    bool differ = false;
    for (size_t c = 0; tabular->view->shown[c] != ATTRIBUTE_COUNT; c++) {
        enum attribute attribute = tabular->view->shown[c];
        const char *before = record_value(old, attribute);
        cells[c] = record_value(new, attribute);
        if (strcmp(before, cells[c]) == 0 || is_unsaid(tabular->view, attribute, before, cells[c]))
            continue;
        cells[c] = arena_printf(tabular->arena, "%s%s%s", before, arrow, cells[c]);
        differ = true;
    }
    if (!differ) {
        write_skipped(tabular);
        return;
    }
    write_cells(tabular, arrow, cells);
    tabular->skipping = false;
}

static void write_all_rows(struct tabular *tabular, const char *action, const struct thing *thing)
{
    for (size_t i = 0; thing && i < thing->row_count; i++)
        write_row(tabular, action, thing->rows[i]);
}

static void write_outcome(struct tabular *tabular, const struct outcome *outcome)
{
    const struct record *(*aligned)[2];
    if (!outcome->old || !outcome->new || outcome->change == CHANGE_REPLACED) {
        write_all_rows(tabular, "---", outcome->old);
        write_all_rows(tabular, "+++", outcome->new);
        return;
    }
    size_t count = rows_align(tabular->arena, outcome->old, outcome->new, &aligned);
    for (size_t i = 0; i < count; i++) {
        if (aligned[i][0] && aligned[i][1])
            write_both(tabular, aligned[i][0], aligned[i][1]);
        else
            write_row(tabular, aligned[i][0] ? "---" : "+++", aligned[i][aligned[i][0] ? 0 : 1]);
    }
}

void tabular_write(FILE *out, const struct result *result, size_t table)
{
    struct tabular tabular = {out, result->arena, &views[table], false};
    write_header(&tabular);
    for (size_t c = 0; c < result->comparisons->count; c++) {
        if (result->comparisons->list[c].table != table)
            continue;
        for (size_t i = 0; i < result->outcomes[c].count; i++) {
            const struct outcome *outcome = &result->outcomes[c].list[i];
            if (outcome->change != CHANGE_SAME && result_wants(result, outcome))
                write_outcome(&tabular, outcome);
            else
                write_skipped(&tabular);
        }
    }
}
