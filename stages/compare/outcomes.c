/* outcomes: what became of each thing. In: the things of a comparison with their partners.
 * Out: a list in the order of the new side, what is gone behind what it stood behind; of
 * two that are the same thing, the columns in which they differ. */
#include "compare.h"

#include <string.h>

/* The unit of the figures of a column is in another column; %: it is a share. */
static const struct {
    enum attribute figure, unit; /* unit ATTRIBUTE_COUNT: % */
} figures[] = {
    {ATTRIBUTE_VALUE,          ATTRIBUTE_UNIT        },
    {ATTRIBUTE_VALUE_TO,       ATTRIBUTE_UNIT        },
    {ATTRIBUTE_AMOUNT,         ATTRIBUTE_UNIT        },
    {ATTRIBUTE_FUNDING_AMOUNT, ATTRIBUTE_FUNDING_UNIT},
    {ATTRIBUTE_CHANGE_PCT,     ATTRIBUTE_COUNT       },
    {ATTRIBUTE_BUDGET_PCT,     ATTRIBUTE_COUNT       },
};

/* The name that a changed measuring rule has in the column `column`; no column of a table. */
static const char measuring_rule[] = "measuring_rule";

struct differ {
    struct arena *arena;
    const struct rules *rules;
    struct outcome *outcome;
};

static const char *value_of(const struct record *row, enum attribute attribute)
{
    return row ? record_value(row, attribute) : "";
}

static void add_difference(struct differ *differ, struct difference difference)
{
    struct outcome *outcome = differ->outcome;
    outcome->differences = arena_grow(differ->arena, outcome->differences, outcome->difference_count,
                                      &outcome->difference_capacity, sizeof(*outcome->differences));
    outcome->differences[outcome->difference_count++] = difference;
}

/* Whether two figures may be taken from each other: one name for a level and another for
 * its change (有效…数 2500家, 新增…数 净增200家) are of one thing, and their figures are not. */
static bool is_comparable(const struct differ *differ, const struct difference *difference)
{
    return differ->outcome->change != CHANGE_RENAMED ||
           strcmp(value_of(difference->old_row, ATTRIBUTE_KIND), value_of(difference->new_row, ATTRIBUTE_KIND)) == 0;
}

/* Fills delta and unit where the column is one of figures. False: they are equal but for
 * their digits or units. */
static bool measure_difference(const struct differ *differ, enum attribute attribute, struct difference *difference)
{
    for (size_t i = 0; i < COUNT(figures); i++) {
        if (figures[i].figure != attribute || !is_comparable(differ, difference))
            continue;
        bool share = figures[i].unit == ATTRIBUTE_COUNT;
        const char *old_unit = share ? "%" : value_of(difference->old_row, figures[i].unit);
        const char *new_unit = share ? "%" : value_of(difference->new_row, figures[i].unit);
        const char *delta =
            figure_difference(differ->arena, differ->rules, difference->old, old_unit, difference->new, new_unit);
        if (delta) {
            difference->delta = delta;
            difference->unit = new_unit;
        }
        return !delta || delta[strspn(delta, "-0.")];
    }
    return true;
}

/* Compares one column of two rows; with_item: they are clauses of cells, of which one may be
 * missing. */
static void compare_column(struct differ *differ, enum attribute attribute, const struct record *old,
                           const struct record *new, bool with_item)
{
    struct difference difference = {.column = attribute_name(attribute), .item = "", .delta = "", .unit = ""};
    difference.old = value_of(old, attribute);
    difference.new = value_of(new, attribute);
    difference.old_row = old;
    difference.new_row = new;
    if (strcmp(difference.old, difference.new) == 0 || !measure_difference(differ, attribute, &difference))
        return;
    if (with_item)
        difference.item = value_of(new ? new : old, ATTRIBUTE_ITEM);
    else if (differ->outcome->new->row_count > 1 || differ->outcome->old->row_count > 1)
        difference.old_row = difference.new_row = NULL;
    add_difference(differ, difference);
}

static void compare_measuring_rules(struct differ *differ, const struct record *old, const struct record *new)
{
    const struct outcome *outcome = differ->outcome;
    struct difference difference = {.column = measuring_rule, .item = "", .delta = "", .unit = ""};
    const char *before = arena_printf(differ->arena, "%s;%s", outcome->old->name, value_of(old, ATTRIBUTE_TEXT));
    const char *after = arena_printf(differ->arena, "%s;%s", outcome->new->name, value_of(new, ATTRIBUTE_TEXT));
    difference.old = measuring_rules(differ->arena, differ->rules, before);
    difference.new = measuring_rules(differ->arena, differ->rules, after);
    difference.old_row = old;
    difference.new_row = new;
    difference.item = value_of(new, ATTRIBUTE_ITEM);
    if (strcmp(difference.old, difference.new) != 0)
        add_difference(differ, difference);
}

/* ---- rows side by side ---- */

/* How well two clauses go together: the same unit and kind of figure, or the same words. */
static int clause_gain(const struct record *old, const struct record *new)
{
    static const enum attribute signs[] = {ATTRIBUTE_TEXT, ATTRIBUTE_UNIT, ATTRIBUTE_KIND, ATTRIBUTE_ITEM};
    int gain = 1;
    for (size_t i = 0; i < COUNT(signs); i++)
        gain = 2 * gain + (strcmp(record_value(old, signs[i]), record_value(new, signs[i])) == 0);
    return gain;
}

size_t rows_align(struct arena *arena, const struct thing *old, const struct thing *new,
                  const struct record *(**aligned)[2])
{
    size_t olds = old->row_count, news = new->row_count, count = 0;
    int *gains = arena_alloc(arena, olds * news * sizeof(*gains));
    size_t *chosen = arena_alloc(arena, news * sizeof(*chosen));
    bool *taken = arena_alloc(arena, olds * sizeof(*taken));
    for (size_t n = 0; n < news; n++)
        for (size_t o = 0; o < olds; o++)
            gains[n * olds + o] = clause_gain(old->rows[o], new->rows[n]);
    assign(arena, gains, news, olds, chosen);
    *aligned = arena_alloc(arena, (olds + news) * sizeof(**aligned));
    for (size_t n = 0; n < news; n++) {
        (*aligned)[count][0] = chosen[n] == SIZE_MAX ? NULL : old->rows[chosen[n]];
        (*aligned)[count++][1] = new->rows[n];
        if (chosen[n] != SIZE_MAX)
            taken[chosen[n]] = true;
    }
    for (size_t o = 0; o < olds; o++)
        if (!taken[o])
            (*aligned)[count++][0] = old->rows[o];
    return count;
}

/* ---- the list ---- */

static void compare_pair(struct arena *arena, const struct rules *rules, struct outcome *outcome)
{
    struct differ differ = {arena, rules, outcome};
    const struct view *view = &views[outcome->new->table];
    bool is_indicator = outcome->new->rows[0]->kind == RECORD_INDICATOR;
    const struct record *(*aligned)[2];
    size_t count = rows_align(arena, outcome->old, outcome->new, &aligned);
    /* a table that prints no category or nature does not say that there is another one */
    for (const enum attribute *column = view->whole; *column != ATTRIBUTE_COUNT; column++)
        if (*value_of(outcome->old->rows[0], *column) && *value_of(outcome->new->rows[0], *column))
            compare_column(&differ, *column, outcome->old->rows[0], outcome->new->rows[0], false);
    for (size_t i = 0; i < count; i++) {
        for (const enum attribute *column = view->each; *column != ATTRIBUTE_COUNT; column++)
            compare_column(&differ, *column, aligned[i][0], aligned[i][1], is_indicator);
        if (is_indicator)
            compare_measuring_rules(&differ, aligned[i][0], aligned[i][1]);
    }
    if (outcome->change == CHANGE_SAME && outcome->difference_count > 0)
        outcome->change = CHANGE_CHANGED;
}

static void add_outcome(struct arena *arena, const struct rules *rules, struct outcomes *outcomes,
                        const struct thing *old, const struct thing *new)
{
    outcomes->list = arena_grow(arena, outcomes->list, outcomes->count, &outcomes->capacity, sizeof(*outcomes->list));
    struct outcome *outcome = &outcomes->list[outcomes->count++];
    *outcome = (struct outcome){old && new ? new->change : new ? CHANGE_ADDED : CHANGE_REMOVED, old, new, NULL, 0, 0};
    if (old && new && outcome->change != CHANGE_REPLACED)
        compare_pair(arena, rules, outcome);
}

struct outcomes outcomes_make(struct arena *arena, const struct rules *rules, const struct comparison *comparison)
{
    struct outcomes outcomes = {0};
    size_t told = 0; /* things of the old side before this one are told, if they have no partner */
    for (size_t n = 0; n < comparison->new_count; n++) {
        const struct thing *new = comparison->new[n], *old = new->partner;
        for (; old && told < comparison->old_count && comparison->old[told] < old; told++)
            if (!comparison->old[told]->partner)
                add_outcome(arena, rules, &outcomes, comparison->old[told], NULL);
        add_outcome(arena, rules, &outcomes, old, new);
    }
    for (; told < comparison->old_count; told++)
        if (!comparison->old[told]->partner)
            add_outcome(arena, rules, &outcomes, comparison->old[told], NULL);
    return outcomes;
}
