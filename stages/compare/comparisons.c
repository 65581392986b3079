/* comparisons: which rows are laid beside which. In: the things of two sides. Out: those of
 * one kind of place and one measure together, year by year; and what only one side has. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

/* The things of a side that may be compared with those of one group of the other side. */
struct group {
    struct thing **things;
    size_t count, capacity;
    size_t later; /* how many years of the same kind come after its own */
    bool taken;
};

struct groups {
    struct group *list;
    size_t count, capacity;
};

static bool same_kind(const struct thing *one, const struct thing *other)
{
    return one->table == other->table && one->in_table == other->in_table && strcmp(one->measure, other->measure) == 0;
}

static bool same_document(const struct thing *one, const struct thing *other)
{
    return same_kind(one, other) && strcmp(one->class, other->class) == 0;
}

/* And of years that are as far from the years of their documents: the plan of the year
 * with the plan of the year, the one before with the one before. */
static bool same_distance(const struct thing *one, const struct thing *other)
{
    return same_document(one, other) && one->has_distance && other->has_distance && one->distance == other->distance;
}

static struct groups find_groups(struct arena *arena, const struct side *side)
{
    struct groups groups = {0};
    for (size_t i = 0; i < side->thing_count; i++) {
        struct thing *thing = &side->things[i];
        size_t g = 0;
        while (g < groups.count && (!same_document(groups.list[g].things[0], thing) ||
                                    strcmp(groups.list[g].things[0]->year, thing->year) != 0))
            g++;
        if (g == groups.count)
            groups.list = arena_grow(arena, groups.list, groups.count++, &groups.capacity, sizeof(*groups.list));
        struct group *group = &groups.list[g];
        group->things = arena_grow(arena, group->things, group->count, &group->capacity, sizeof(struct thing *));
        group->things[group->count++] = thing;
    }
    return groups;
}

/* Counts for each group the later years among those that are alike and not yet taken. */
static void rank_years(struct groups *groups, bool (*alike)(const struct thing *, const struct thing *))
{
    for (size_t g = 0; g < groups->count; g++) {
        struct group *group = &groups->list[g];
        group->later = 0;
        for (size_t k = 0; k < groups->count; k++) {
            const struct group *other = &groups->list[k];
            group->later += !other->taken && alike(group->things[0], other->things[0]) &&
                            strcmp(other->things[0]->year, group->things[0]->year) > 0;
        }
    }
}

static void add_comparison(struct arena *arena, struct comparisons *comparisons, const struct group *old,
                           const struct group *new)
{
    const struct thing *first = new->things[0];
    comparisons->list =
        arena_grow(arena, comparisons->list, comparisons->count, &comparisons->capacity, sizeof(*comparisons->list));
    comparisons->list[comparisons->count++] = (struct comparison){first->table,         first->in_table, first->measure,
                                                                  old->things[0]->year, first->year,     old->things,
                                                                  new->things,          old->count,      new->count};
}

static void pair_groups(struct arena *arena, struct groups *old, struct groups *new,
                        bool (*alike)(const struct thing *, const struct thing *), struct comparisons *comparisons)
{
    rank_years(old, alike);
    rank_years(new, alike);
    for (size_t n = 0; n < new->count; n++) {
        for (size_t o = 0; o < old->count && !new->list[n].taken; o++) {
            struct group *before = &old->list[o], *after = &new->list[n];
            if (before->taken || before->later != after->later || !alike(before->things[0], after->things[0]))
                continue;
            before->taken = after->taken = true;
            add_comparison(arena, comparisons, before, after);
        }
    }
}

static void add_lacking(struct arena *arena, struct comparisons *comparisons, const struct groups *groups, bool is_old)
{
    for (size_t g = 0; g < groups->count; g++) {
        const struct group *group = &groups->list[g];
        const struct thing *first = group->things[0];
        if (group->taken)
            continue;
        struct comparison lacking = {first->table, first->in_table, first->measure, "", "", NULL, NULL, 0, 0};
        *(is_old ? &lacking.old : &lacking.new) = group->things;
        *(is_old ? &lacking.old_count : &lacking.new_count) = group->count;
        *(is_old ? &lacking.old_year : &lacking.new_year) = first->year;
        comparisons->lacking = arena_grow(arena, comparisons->lacking, comparisons->lacking_count,
                                          &comparisons->lacking_capacity, sizeof(*comparisons->lacking));
        comparisons->lacking[comparisons->lacking_count++] = lacking;
    }
}

/* By the first thing on the new side: the order in which the source tells them. */
static int compare_comparisons(const void *one, const void *other)
{
    const struct comparison *a = one, *b = other;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    return a->new[0] < b->new[0] ? -1 : a->new[0] > b->new[0];
}

struct comparisons comparisons_make(struct arena *arena, const struct side *old, const struct side *new)
{
    struct comparisons comparisons = {0};
    struct groups before = find_groups(arena, old), after = find_groups(arena, new);
    pair_groups(arena, &before, &after, same_distance, &comparisons);
    pair_groups(arena, &before, &after, same_document, &comparisons);
    pair_groups(arena, &before, &after, same_kind, &comparisons);
    add_lacking(arena, &comparisons, &before, true);
    add_lacking(arena, &comparisons, &after, false);
    if (comparisons.count > 0)
        qsort(comparisons.list, comparisons.count, sizeof(*comparisons.list), compare_comparisons);
    return comparisons;
}
