/* pairs: which rows of two runs belong together. In: the facts of both. Out: the rows
 * that differ. Both runs have read the same lines, so a row that changed stands in
 * the same place of the text and keeps its name, its words or its figure. */
#include "rulediff.h"

#include <stdlib.h>
#include <string.h>

/* The rows of one run, and which of them have found their like. */
struct rows {
    const struct record **list;
    bool *taken;
    size_t count;
};

static struct rows find_rows(struct arena *arena, const struct gazette *gazette, const struct table *table)
{
    struct rows rows = {arena_alloc(arena, gazette->count * sizeof(struct record *)),
                        arena_alloc(arena, gazette->count * sizeof *rows.taken), 0};
    for (size_t i = 0; i < gazette->count; i++)
        if (table_has(table, &gazette->records[i]))
            rows.list[rows.count++] = &gazette->records[i];
    return rows;
}

static bool is_equal(const struct record *one, const struct record *other, enum attribute attribute)
{
    return strcmp(record_value(one, attribute), record_value(other, attribute)) == 0;
}

static bool is_same(const struct record *one, const struct record *other, const struct table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (!is_equal(one, other, table->columns[c].attribute))
            return false;
    return true;
}

/* Rows stand in the order of the text in both runs: the like of a row is looked for from
 * that of the row before on, and then from the beginning. */
static void take_same(struct rows *old, struct rows *new, const struct table *table)
{
    size_t next = 0;
    for (size_t i = 0; i < old->count; i++)
        for (size_t step = 0; step < new->count && !old->taken[i]; step++) {
            size_t j = (next + step) % new->count;
            if (new->taken[j] || !is_same(old->list[i], new->list[j], table))
                continue;
            old->taken[i] = new->taken[j] = true;
            next = j + 1;
        }
}

static long line_of(const struct record *row, enum attribute attribute)
{
    return strtol(record_value(row, attribute), NULL, 10);
}

static long first_line(const struct record *row)
{
    return line_of(row, row->kind == RECORD_UNREAD ? ATTRIBUTE_LINE : ATTRIBUTE_LINE_FROM);
}

static bool lines_overlap(const struct record *one, const struct record *other)
{
    return line_of(one, ATTRIBUTE_LINE_FROM) <= line_of(other, ATTRIBUTE_LINE_TO) &&
           line_of(other, ATTRIBUTE_LINE_FROM) <= line_of(one, ATTRIBUTE_LINE_TO);
}

/* How many columns agree, of rows that may be one and the same; 0: they are not. */
static size_t likeness(const struct record *one, const struct record *other, const struct table *table)
{
    static const enum attribute anchors[] = {ATTRIBUTE_NAME, ATTRIBUTE_ITEM, ATTRIBUTE_TEXT, ATTRIBUTE_VALUE,
                                             ATTRIBUTE_AMOUNT};
    size_t equal = 0;
    bool anchored = false;
    if (!lines_overlap(one, other))
        return 0;
    for (size_t a = 0; a < COUNT(anchors); a++)
        anchored = anchored || (*record_value(one, anchors[a]) && is_equal(one, other, anchors[a]));
    for (size_t c = 0; anchored && c < table->column_count; c++)
        equal += is_equal(one, other, table->columns[c].attribute);
    return equal;
}

/* The row most like this one that has not found its like yet; count: none. */
static size_t find_like(const struct record *row, const struct rows *rows, const struct table *table)
{
    size_t best = rows->count, most = 0;
    for (size_t j = 0; j < rows->count; j++) {
        size_t equal = rows->taken[j] ? 0 : likeness(row, rows->list[j], table);
        if (equal > most) {
            most = equal;
            best = j;
        }
    }
    return best;
}

const struct record *pair_row(const struct pair *pair)
{
    return pair->new ? pair->new : pair->old;
}

static int by_line(const void *one, const void *other)
{
    const struct record *a = pair_row(one), *b = pair_row(other);
    if (first_line(a) != first_line(b))
        return first_line(a) < first_line(b) ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

struct pairs pairs_find(struct arena *arena, const struct gazette *old_gazette, const struct gazette *new_gazette,
                        const struct table *table)
{
    struct rows old = find_rows(arena, old_gazette, table), new = find_rows(arena, new_gazette, table);
    struct pairs pairs = {arena_alloc(arena, (old.count + new.count) * sizeof *pairs.list), 0};
    take_same(&old, &new, table);
    for (size_t i = 0; i < old.count; i++) {
        if (old.taken[i])
            continue;
        size_t j = find_like(old.list[i], &new, table);
        pairs.list[pairs.count++] = (struct pair){old.list[i], j < new.count ? new.list[j] : NULL};
        if (j < new.count)
            new.taken[j] = true;
    }
    for (size_t j = 0; j < new.count; j++)
        if (!new.taken[j])
            pairs.list[pairs.count++] = (struct pair){NULL, new.list[j]};
    qsort(pairs.list, pairs.count, sizeof *pairs.list, by_line);
    return pairs;
}
