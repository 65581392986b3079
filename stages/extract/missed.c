/* missed: what should have given rows and gave none, as a whole: tables, announcements
 * of targets, paragraphs of a budget. In: the classified records and all facts. Out: a
 * record of type missed for each, for the report of a run. */
#include "budget.h"
#include "rows.h"
#include "unread.h"

#include <string.h>

/* Targets may stand in the paragraphs below their introduction. */
enum { BELOW = 3 };

static void add_missed(const struct extract *extract, const struct part *part, const char *kind, size_t first,
                       size_t end)
{
    struct passage passage = passage_read(extract->arena, extract->in, first, end);
    if (passage.normal.length == 0) /* then nothing is missed, and nothing stands anywhere */
        return;
    struct record *missed = fact_add(extract, RECORD_MISSED, part);
    passage_locate(extract->facts, missed, &passage, 0, passage.length);
    fact_set(extract, missed, ATTRIBUTE_KIND, kind);
}

/* The tables of a budget with marked cells that gave no row: those that look like tables
 * and do not only set out a page. */
static void note_grids(const struct extract *extract, const struct part *part)
{
    enum { FEWEST_ROWS = 3, FEWEST_COLUMNS = 2 };
    struct grid grid;
    for (size_t i = part->first; i < part->end; i++) {
        if (!*record_value(&extract->in->records[i], ATTRIBUTE_CELL))
            continue;
        bool fits = grid_read(extract->arena, extract->in, i, part->end, &grid);
        if (!fits && grid.end <= i)
            continue;
        if (!extract->whole[i] && grid.rows >= FEWEST_ROWS && grid.columns >= FEWEST_COLUMNS)
            add_missed(extract, part, "table", i, grid.end);
        i = grid.end - 1;
    }
}

void note_tables(const struct extract *extract, const struct part *part, const struct located_facts *located)
{
    struct printed_table table;
    if (part_is_budget(part)) {
        note_grids(extract, part);
        return;
    }
    for (size_t at = part->first; table_next(extract, at, part->end, &table); at = table.end)
        if (!facts_within(located, RECORD_INDICATOR, true, extract->in, table.first, table.end) &&
            !facts_within(located, RECORD_BUDGET, false, extract->in, table.first, table.end))
            add_missed(extract, part, "table", table.first, table.end);
}

/* Whether a sentence introduces targets of the year. */
static bool introduces(const struct extract *extract, const char *sentence)
{
    return text_says(extract, "announcement", sentence) && !text_says(extract, "ahead", sentence) &&
           !text_says(extract, "results", sentence) &&
           (!text_says(extract, "other-years", sentence) || text_says(extract, "this-year", sentence));
}

/* The first sentence of a paragraph that introduces targets of the year; false: there is none. */
static bool find_introduction(const struct extract *extract, const char *text, size_t *from, size_t *to)
{
    const struct rule_set *ends = rules_in(extract->rules, "sentence-end");
    struct match match;
    size_t length = strlen(text);
    for (*from = 0; *from < length; *from = *to) {
        *to = rule_find(ends, text, length, *from, &match) ? match.to : length;
        if (introduces(extract, extract_copy(extract, text, *from, *to)))
            return true;
    }
    return false;
}

static bool has_money(const struct extract *extract, const struct record *record)
{
    const char *text = record_value(record, ATTRIBUTE_NORMAL);
    size_t length = strlen(text);
    struct figure figure;
    struct match match;
    for (size_t at = 0; figure_find(extract, text, length, at, &figure); at = figure.to)
        if (figure.unit && rule_whole(rules_in(extract->rules, "money"), figure.unit, strlen(figure.unit), &match))
            return true;
    return false;
}

bool note_targets(const struct extract *extract, const struct part *part, const struct located_facts *located,
                  size_t index, size_t *from, size_t *to)
{
    size_t below = index + BELOW < part->end ? index + BELOW : part->end;
    if (!part_announces(part) || !extract->introduces[index] ||
        !find_introduction(extract, record_value(&extract->in->records[index], ATTRIBUTE_NORMAL), from, to) ||
        facts_within(located, RECORD_INDICATOR, false, extract->in, index, below))
        return false;
    add_missed(extract, part, "targets", index, index + 1);
    return true;
}

void note_paragraph(const struct extract *extract, const struct part *part, const struct located_facts *located,
                    size_t index)
{
    if (!facts_within(located, RECORD_BUDGET, false, extract->in, index, index + 1) &&
        has_money(extract, &extract->in->records[index]))
        add_missed(extract, part, "paragraph", index, index + 1);
}
