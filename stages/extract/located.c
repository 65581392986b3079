/* located: the facts by where they stand, so that a figure of the text finds the
 * rows that it may stand in. In: all facts. Out: answers about places. */
#include "unread.h"

#include <stdlib.h>
#include <string.h>

/* A figure looks at so many pieces of facts before it. A clause has never as many. */
enum { MOST_LOOKS = 256 };

/* Columns of the tables that hold a figure of the text. */
static const enum attribute values[] = {ATTRIBUTE_VALUE,      ATTRIBUTE_VALUE_TO,   ATTRIBUTE_AMOUNT,
                                        ATTRIBUTE_CHANGE_PCT, ATTRIBUTE_BUDGET_PCT, ATTRIBUTE_FUNDING_AMOUNT};

static int compare(const void *one, const void *other)
{
    const struct located *a = one, *b = other;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->fact > b->fact) - (a->fact < b->fact);
}

struct located_facts facts_locate(const struct extract *extract)
{
    const struct gazette *facts = extract->facts;
    size_t count = 0;
    for (size_t i = 0; i < facts->count; i++)
        count += facts->records[i].piece_count;
    struct located_facts located = {.facts = facts,
                                    .list = arena_alloc(extract->arena, (count + 1) * sizeof *located.list),
                                    .taken = arena_alloc(extract->arena, facts->count + 1)};
    for (size_t i = 0; i < facts->count; i++) {
        const struct record *fact = &facts->records[i];
        for (size_t k = 0; fact->kind != RECORD_PROJECT && k < fact->piece_count; k++)
            located.list[located.count++] =
                (struct located){fact->pieces[k].line, fact->pieces[k].from, fact->pieces[k].to, i};
    }
    qsort(located.list, located.count, sizeof *located.list, compare);
    return located;
}

/* How many pieces begin before a place. */
static size_t count_before(const struct located_facts *located, struct passage_place place)
{
    size_t low = 0, high = located->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct located *piece = &located->list[middle];
        if (piece->line < place.line || (piece->line == place.line && piece->from < place.column))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool facts_between(const struct located_facts *located, enum record_kind kind, bool table, struct passage_place from,
                   struct passage_place to)
{
    size_t end = count_before(located, to);
    for (size_t i = count_before(located, from); i < end; i++) {
        const struct record *fact = &located->facts->records[located->list[i].fact];
        if (fact->kind == kind && table == (*record_value(fact, ATTRIBUTE_TABLE) != '\0'))
            return true;
    }
    return false;
}

bool facts_within(const struct located_facts *located, enum record_kind kind, bool table, const struct gazette *gazette,
                  size_t first, size_t end)
{
    struct passage_place from = {.line = 0}, to = {.line = 0};
    for (size_t i = first; i < end; i++) {
        const struct record *record = &gazette->records[i];
        if (record->piece_count == 0)
            continue;
        const struct piece *begin = &record->pieces[0], *last = &record->pieces[record->piece_count - 1];
        if (!from.line)
            from = (struct passage_place){.line = begin->line, .column = begin->from};
        to = (struct passage_place){.line = last->line, .column = last->to};
    }
    return facts_between(located, kind, table, from, to);
}

static bool is_value(const char *cell, const char *value)
{
    return *cell && strcmp(*cell == '-' ? cell + 1 : cell, *value == '-' ? value + 1 : value) == 0;
}

static bool take_value(const struct located_facts *located, size_t index, const char *value)
{
    const struct record *fact = &located->facts->records[index];
    for (size_t i = 0; i < COUNT(values); i++) {
        if ((located->taken[index] & 1U << i) || !is_value(record_value(fact, values[i]), value))
            continue;
        located->taken[index] |= (unsigned char)(1U << i);
        return true;
    }
    return false;
}

static bool holds(const struct located_facts *located, size_t index, const char *value, const char *printed)
{
    const struct record *fact = &located->facts->records[index];
    return take_value(located, index, value) || strstr(record_value(fact, ATTRIBUTE_NAME), printed) ||
           strstr(record_value(fact, ATTRIBUTE_ITEM), printed);
}

struct cover facts_cover(const struct located_facts *located, struct passage_place place, const char *value,
                         const char *printed)
{
    struct cover cover = {.fact = NULL};
    size_t looks = 0;
    for (size_t i = count_before(located, (struct passage_place){.line = place.line, .column = place.column + 1});
         i > 0 && !cover.read; i--) {
        const struct located *piece = &located->list[i - 1];
        if (piece->line != place.line || ++looks > MOST_LOOKS)
            break;
        if (piece->to <= place.column)
            continue;
        cover.fact = &located->facts->records[piece->fact];
        cover.read = holds(located, piece->fact, value, printed);
    }
    return cover;
}
