/* pairs: which thing of this year is which thing of last year. Things of one name that
 * stand equally often on both sides are pairs in their order; so are those of one name
 * but for known renamings. The others are weighed: what their names have in common, where
 * they stand among the pairs there are, their category, and what the text says. The pairs
 * of the best total are taken, one to one. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

enum {
    SURE = 1000,
    MOST_WEIGHED = 1 << 20, /* pairs: a thousand things on either side take a second or two */
};

/* ---- weights ---- */

static struct fault *read_weight(struct arena *arena, const struct rules *rules, const char *table, const char *sign,
                                 int *weight)
{
    struct match match;
    const char *text = arena_printf(arena, "%s %s", table, sign);
    if (!rule_whole(rules_in(rules, "weight"), text, strlen(text), &match))
        return fault(arena, NULL, 0, "no rule says what '%s' weighs: add one to compare.yaml (context weight)", text);
    const char *said = rule_means(match.rule, "weight");
    char *end = NULL;
    long percent = said ? strtol(said, &end, 10) : -1;
    if (percent < 0 || percent > 100 || end == said || *end)
        return fault(arena, match.rule->path, match.rule->line, "rule %s: a weight is a number from 0 to 100",
                     match.rule->id);
    *weight = (int)percent * SURE / 100;
    return NULL;
}

struct fault *weights_read(struct arena *arena, const struct rules *rules, size_t table, struct weights *weights)
{
    const char *name = tables[table].name;
    TRY(read_weight(arena, rules, name, "name", &weights->name));
    TRY(read_weight(arena, rules, name, "order", &weights->order));
    TRY(read_weight(arena, rules, name, "category", &weights->category));
    TRY(read_weight(arena, rules, name, "statement", &weights->statement));
    return read_weight(arena, rules, name, "least", &weights->least);
}

/* ---- pairs of one name ---- */

/* Some things of a side. */
struct list {
    struct thing **things;
    size_t count;
};

typedef int compare_function(const struct thing *one, const struct thing *other);

static int by_key(const struct thing *one, const struct thing *other)
{
    return strcmp(one->key, other->key);
}

static int by_key_and_category(const struct thing *one, const struct thing *other)
{
    int order = by_key(one, other);
    return order ? order : strcmp(one->category, other->category);
}

static int by_known(const struct thing *one, const struct thing *other)
{
    return strcmp(one->known, other->known);
}

static int compare_things(const void *one, const void *other, void *compare)
{
    const struct thing *a = *(struct thing *const *)one, *b = *(struct thing *const *)other;
    int order = (*(compare_function **)compare)(a, b);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* The things without a partner of which the text says nothing. */
static struct list find_free(struct arena *arena, const struct list *all, compare_function *compare)
{
    struct list free = {arena_alloc(arena, all->count * sizeof(struct thing *)), 0};
    for (size_t i = 0; i < all->count; i++)
        if (!all->things[i]->partner && !all->things[i]->statement)
            free.things[free.count++] = all->things[i];
    qsort_r(free.things, free.count, sizeof(struct thing *), compare_things, (void *)&compare);
    return free;
}

static void join(struct thing *old, struct thing *new, enum change change, int score)
{
    old->partner = new;
    new->partner = old;
    old->change = new->change = change;
    old->score = new->score = score;
}

static size_t count_alike(const struct list *list, size_t from, const struct thing *thing, compare_function *compare)
{
    size_t to = from;
    while (to < list->count && compare(list->things[to], thing) == 0)
        to++;
    return to - from;
}

/* Makes pairs of what is alike, where that stands equally often on both sides. */
static void join_alike(struct arena *arena, const struct list *old, const struct list *new, compare_function *compare,
                       enum change change)
{
    struct list before = find_free(arena, old, compare), after = find_free(arena, new, compare);
    for (size_t o = 0, n = 0; o < before.count && n < after.count;) {
        const struct thing *first = before.things[o];
        int order = compare(first, after.things[n]);
        if (order != 0) {
            o += order < 0;
            n += order > 0;
            continue;
        }
        size_t olds = count_alike(&before, o, first, compare), news = count_alike(&after, n, first, compare);
        for (size_t i = 0; olds == news && i < olds; i++)
            join(before.things[o + i], after.things[n + i], change, SURE);
        o += olds;
        n += news;
    }
}

/* ---- the signs of a pair ---- */

/* The nearest things with a partner before and behind each thing, as places in the two lists. */
struct anchor {
    long own, other; /* the thing's; its partner's */
};

struct anchors {
    struct anchor *before, *behind; /* of each thing of the old side */
};

static struct anchors find_anchors(struct arena *arena, const struct list *old, const struct list *new)
{
    struct anchors anchors;
    struct anchor last = {-1, -1}, next = {(long)old->count, (long)new->count};
    anchors.before = arena_alloc(arena, old->count * sizeof(struct anchor));
    anchors.behind = arena_alloc(arena, old->count * sizeof(struct anchor));
    for (size_t i = 0; i < old->count; i++) {
        anchors.before[i] = last;
        if (old->things[i]->partner)
            last = (struct anchor){(long)i, (long)old->things[i]->partner->order};
    }
    for (size_t i = old->count; i-- > 0;) {
        anchors.behind[i] = next;
        if (old->things[i]->partner)
            next = (struct anchor){(long)i, (long)old->things[i]->partner->order};
    }
    return anchors;
}

static long distance_from(struct anchor anchor, size_t own, size_t other)
{
    return labs(((long)own - anchor.own) - ((long)other - anchor.other));
}

/* All of it where the two stand equally far from a pair beside them. */
static int order_sign(const struct anchors *anchors, const struct thing *old, const struct thing *new)
{
    long before = distance_from(anchors->before[old->order], old->order, new->order);
    long behind = distance_from(anchors->behind[old->order], old->order, new->order);
    long distance = before < behind ? before : behind;
    return (int)(SURE / (1 + distance));
}

static const char *concept_of(const struct thing *thing)
{
    return record_value(thing->rows[0], ATTRIBUTE_CONCEPT);
}

/* Whether rules say that two names are names of one thing. */
static bool is_known(const struct thing *old, const struct thing *new)
{
    return by_known(old, new) == 0 || (*concept_of(old) && strcmp(concept_of(old), concept_of(new)) == 0);
}

static bool is_said(const struct thing *old, const struct thing *new)
{
    return old->statement && old->statement_partner == new;
}

/* 0: they are no pair. */
static int weigh(const struct weights *weights, const struct anchors *anchors, const struct thing *old,
                 const struct thing *new)
{
    if ((old->statement || new->statement) && !is_said(old, new))
        return 0;
    if (!*old->key || !*new->key) /* an amount whose item is not known */
        return 0;
    int name = is_known(old, new) ? SURE : name_likeness(old, new);
    int score = weights->name * name + weights->order * order_sign(anchors, old, new),
        of = weights->name + weights->order;
    if (*old->category && *new->category) { /* else it says nothing for or against */
        score += strcmp(old->category, new->category) == 0 ? weights->category * SURE : 0;
        of += weights->category;
    }
    score = of > 0 ? score / of : 0;
    score += is_said(old, new) ? weights->statement : 0;
    return score < weights->least ? 0 : score < SURE ? score : SURE;
}

static enum change change_of(const struct thing *old, const struct thing *new)
{
    if (is_said(old, new))
        return old->statement->says;
    if (by_key(old, new) == 0)
        return CHANGE_SAME;
    return is_known(old, new) ? CHANGE_RENAMED : CHANGE_REPLACED;
}

/* ---- the best total ---- */

static struct list without_partner(struct arena *arena, const struct list *all)
{
    struct list left = {arena_alloc(arena, all->count * sizeof(struct thing *)), 0};
    for (size_t i = 0; i < all->count; i++)
        if (!all->things[i]->partner)
            left.things[left.count++] = all->things[i];
    return left;
}

static bool join_best(struct arena *arena, const struct weights *weights, const struct list *old,
                      const struct list *new)
{
    struct anchors anchors = find_anchors(arena, old, new);
    struct list before = without_partner(arena, old), after = without_partner(arena, new);
    if (before.count == 0 || after.count == 0)
        return true;
    if (before.count > MOST_WEIGHED / after.count)
        return false;
    int *gains = arena_alloc(arena, before.count * after.count * sizeof(*gains));
    size_t *chosen = arena_alloc(arena, before.count * sizeof(*chosen));
    for (size_t o = 0; o < before.count; o++) {
        for (size_t n = 0; n < after.count; n++) {
            int score = weigh(weights, &anchors, before.things[o], after.things[n]);
            gains[o * after.count + n] = score > 0 ? score - weights->least + 1 : 0;
        }
    }
    assign(arena, gains, before.count, after.count, chosen);
    for (size_t o = 0; o < before.count; o++) {
        if (chosen[o] == SIZE_MAX)
            continue;
        struct thing *first = before.things[o], *second = after.things[chosen[o]];
        join(first, second, change_of(first, second), gains[o * after.count + chosen[o]] + weights->least - 1);
    }
    return true;
}

/* ---- a comparison ---- */

/* The things of one level and account, which are no pairs of those of another. */
static struct list in_bundle(struct arena *arena, struct thing *const *things, size_t count, const char *bundle)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += strcmp(things[i]->bundle, bundle) == 0;
    struct list list = {arena_alloc(arena, found * sizeof(struct thing *)), 0};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(things[i]->bundle, bundle) != 0)
            continue;
        things[i]->order = list.count;
        list.things[list.count++] = things[i];
    }
    return list;
}

static bool is_first_of_bundle(struct thing *const *things, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (strcmp(things[i]->bundle, things[place]->bundle) == 0)
            return false;
    return true;
}

bool pairs_find(struct arena *arena, const struct rules *rules, const struct weights *weights,
                const struct comparison *comparison, const struct side *old, const struct side *new)
{
    bool weighed = true;
    for (size_t i = 0; i < comparison->old_count; i++) {
        if (!is_first_of_bundle(comparison->old, i))
            continue;
        const char *bundle = comparison->old[i]->bundle;
        struct list before = in_bundle(arena, comparison->old, comparison->old_count, bundle);
        struct list after = in_bundle(arena, comparison->new, comparison->new_count, bundle);
        join_alike(arena, &before, &after, by_key_and_category, CHANGE_SAME);
        join_alike(arena, &before, &after, by_key, CHANGE_SAME);
        if (comparison->table == 0) { /* statements speak of indicators */
            statements_apply(arena, rules, new, comparison->new_year, before.things, before.count, after.things,
                             after.count);
            statements_apply(arena, rules, old, comparison->new_year, before.things, before.count, after.things,
                             after.count);
        }
        join_alike(arena, &before, &after, by_known, CHANGE_RENAMED);
        weighed &= join_best(arena, weights, &before, &after);
    }
    return weighed;
}
