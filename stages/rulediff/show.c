/* show: what other rules do to a row, as a line for people and as rows of a CSV. In: a
 * pair of rows. Out: text. */
#include "rulediff.h"

#include "../lib/csv.h"

#include <string.h>

/* What names a row: an indicator, an item, a project. */
static const char *name_of(const struct record *row)
{
    return record_value(row, row->kind == RECORD_BUDGET ? ATTRIBUTE_ITEM : ATTRIBUTE_NAME);
}

/* What it says: the clause, or of a project its goals. */
static const char *text_of(const struct record *row)
{
    return record_value(row, row->kind == RECORD_PROJECT ? ATTRIBUTE_GOALS : ATTRIBUTE_TEXT);
}

/* Whether a list of ids with a comma between has this one. */
static bool has_rule(const char *list, const char *id, size_t length)
{
    for (; *list; list += strcspn(list, ",") + (strchr(list, ',') != NULL))
        if (strcspn(list, ",") == length && strncmp(list, id, length) == 0)
            return true;
    return false;
}

/* The ids of list that are not in other, each behind a mark. */
static const char *add_rules(struct arena *arena, const char *text, const char *list, const char *other,
                             const char *mark)
{
    for (; *list; list += strcspn(list, ",") + (strchr(list, ',') != NULL)) {
        size_t length = strcspn(list, ",");
        if (!has_rule(other, list, length))
            text = arena_printf(arena, "%s%s%s%.*s", text, *text ? " " : "", mark, (int)length, list);
    }
    return text;
}

/* Which rules made the row: of two rows those that read only one of them. A rule that
 * has the same id in both runs, with other words, is told with all that read the row. */
static const char *rules_of(struct arena *arena, const struct pair *pair)
{
    if (!pair->old || !pair->new)
        return add_rules(arena, "", pair_row(pair)->rules, "", "");
    const char *text = add_rules(arena, "", pair->new->rules, pair->old->rules, "+");
    text = add_rules(arena, text, pair->old->rules, pair->new->rules, "-");
    return *text ? text : add_rules(arena, "", pair->new->rules, "", "");
}

static const char *old_cell(const struct pair *pair, enum attribute attribute)
{
    return pair->old ? record_value(pair->old, attribute) : "";
}

static const char *new_cell(const struct pair *pair, enum attribute attribute)
{
    return pair->new ? record_value(pair->new, attribute) : "";
}

static bool differs(const struct pair *pair, enum attribute attribute)
{
    return strcmp(old_cell(pair, attribute), new_cell(pair, attribute)) != 0;
}

static void show_cells(FILE *out, const struct table *table, const struct pair *pair)
{
    const char *between = ": ";
    for (size_t c = 0; c < table->column_count; c++) {
        enum attribute attribute = table->columns[c].attribute;
        if (!differs(pair, attribute))
            continue;
        const char *old = old_cell(pair, attribute), *new = new_cell(pair, attribute);
        (void)fprintf(out, "%s%s %s -> %s", between, attribute_name(attribute), *old ? old : "(empty)",
                      *new ? new : "(empty)");
        between = ", ";
    }
}

void show_pair(FILE *out, struct arena *arena, const struct table *table, const struct pair *pair)
{
    const struct record *row = pair_row(pair);
    bool changed = pair->old && pair->new;
    (void)fprintf(out, "  %s %s line %s %s",
                  changed     ? "~"
                  : pair->new ? "+"
                              : "-",
                  table->name, record_value(row, ATTRIBUTE_LINE_FROM), name_of(row));
    if (changed)
        show_cells(out, table, pair);
    else
        (void)fprintf(out, ": %s", text_of(row));
    (void)fprintf(out, " [%s]\n", rules_of(arena, pair));
}

static void write_row(FILE *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        csv_write_cell(out, cells[i]);
        putc_unlocked(i + 1 < count ? ',' : '\n', out);
    }
}

void csv_begin(FILE *out)
{
    (void)fputs("gazette,table,change,name,column,old,new,line_from,line_to,rules\n", out);
}

void csv_pair(FILE *out, struct arena *arena, const char *gazette, const struct table *table, const struct pair *pair)
{
    const struct record *row = pair_row(pair);
    bool changed = pair->old && pair->new;
    for (size_t c = 0; c < table->column_count; c++) {
        enum attribute attribute = table->columns[c].attribute;
        if (!differs(pair, attribute))
            continue;
        const char *cells[] = {gazette,
                               table->name,
                               changed     ? "changed"
                               : pair->new ? "gained"
                                           : "lost",
                               name_of(row),
                               attribute_name(attribute),
                               old_cell(pair, attribute),
                               new_cell(pair, attribute),
                               record_value(row, ATTRIBUTE_LINE_FROM),
                               record_value(row, ATTRIBUTE_LINE_TO),
                               rules_of(arena, pair)};
        write_row(out, cells, COUNT(cells));
    }
}
