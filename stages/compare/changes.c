/* changes: writes changes.csv (contract, section 8): a row for each thing that was added,
 * removed, renamed, replaced or is the same, and one for each column that differs. */
#include "compare.h"

#include "../lib/csv.h"

static const char *const columns[] = {"table",    "change",    "measure",   "old_name", "new_name", "column",
                                      "item",     "old",       "new",       "delta",    "unit",     "old_year",
                                      "new_year", "old_lines", "new_lines", "score"};
enum { OLD_LINES = 13, NEW_LINES = 14 };

bool result_wants_columns(const struct result *result, const struct outcome *outcome)
{
    return outcome->difference_count > 0 && result->wanted[CHANGE_CHANGED];
}

bool result_wants(const struct result *result, const struct outcome *outcome)
{
    return result->wanted[outcome->change] || result_wants_columns(result, outcome);
}

const char *score_text(struct arena *arena, const struct outcome *outcome)
{
    if (!outcome->old || !outcome->new)
        return "";
    return arena_printf(arena, "%d.%03d", outcome->new->score / 1000, outcome->new->score % 1000);
}

static void write_row(FILE *out, const struct result *result, const char *const *cells)
{
    for (size_t c = 0; c < COUNT(columns); c++) {
        if (result->without_lines && (c == OLD_LINES || c == NEW_LINES))
            continue;
        csv_write_cell(out, cells[c]);
        putc_unlocked(c + 1 < COUNT(columns) ? ',' : '\n', out);
    }
}

static const char *lines_of(struct arena *arena, const struct difference *difference, const struct record *row,
                            const struct thing *thing)
{
    bool one_row = difference && (difference->old_row || difference->new_row);
    if (one_row)
        return row ? row_lines(arena, row) : "";
    return thing_lines(arena, thing);
}

/* difference NULL: the thing itself. */
static void write_outcome(FILE *out, const struct result *result, const struct outcome *outcome,
                          const struct difference *difference)
{
    struct arena *arena = result->arena;
    const struct thing *old = outcome->old, *new = outcome->new, *any = new ? new : old;
    const char *cells[COUNT(columns)] = {
        tables[any->table].name,
        change_names[difference ? CHANGE_CHANGED : outcome->change],
        any->measure,
        old ? old->name : "",
        new ? new->name : "",
        difference ? difference->column : "",
        difference ? difference->item : "",
        difference ? difference->old : thing_says(arena, old),
        difference ? difference->new : thing_says(arena, new),
        difference ? difference->delta : "",
        difference ? difference->unit : "",
        old ? old->year : "",
        new ? new->year : "",
        lines_of(arena, difference, difference ? difference->old_row : NULL, old),
        lines_of(arena, difference, difference ? difference->new_row : NULL, new),
        score_text(arena, outcome),
    };
    write_row(out, result, cells);
}

void changes_write(FILE *out, const struct result *result)
{
    write_row(out, result, columns);
    for (size_t c = 0; c < result->comparisons->count; c++) {
        for (size_t i = 0; i < result->outcomes[c].count; i++) {
            const struct outcome *outcome = &result->outcomes[c].list[i];
            if (result->wanted[outcome->change] && outcome->change != CHANGE_CHANGED)
                write_outcome(out, result, outcome, NULL);
            for (size_t d = 0; result_wants_columns(result, outcome) && d < outcome->difference_count; d++)
                write_outcome(out, result, outcome, &outcome->differences[d]);
        }
    }
}
