/* figures: by how much a figure changed. Exact: figures are whole numbers of their last
 * decimal, and units of one family differ by whole powers of ten (万元, 亿元), as rules say. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

/* units / 10^decimals. */
struct decimal {
    int64_t units;
    int decimals;
};

/* Plain decimal, as the tables have it. False: it is none, or too long. */
static bool read_decimal(const char *text, struct decimal *decimal)
{
    bool negative = *text == '-', point = false;
    *decimal = (struct decimal){0, 0};
    text += negative;
    if (*text < '0' || *text > '9')
        return false;
    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(decimal->units, 10, &decimal->units) ||
            __builtin_add_overflow(decimal->units, *text - '0', &decimal->units))
            return false;
        decimal->decimals += point;
    }
    if (negative)
        decimal->units = -decimal->units;
    return true;
}

/* The same figure with more decimals. */
static bool widen(struct decimal *decimal, int decimals)
{
    for (; decimal->decimals < decimals; decimal->decimals++)
        if (__builtin_mul_overflow(decimal->units, 10, &decimal->units))
            return false;
    return true;
}

static const char *decimal_text(struct arena *arena, struct decimal decimal)
{
    const char *sign = decimal.units < 0 ? "-" : "";
    const char *digits =
        arena_printf(arena, "%0*llu", decimal.decimals + 1,
                     decimal.units < 0 ? -(unsigned long long)decimal.units : (unsigned long long)decimal.units);
    size_t whole = strlen(digits) - (size_t)decimal.decimals;
    return arena_printf(arena, "%s%.*s%s%s", sign, (int)whole, digits, decimal.decimals > 0 ? "." : "", digits + whole);
}

/* What stands in front of the unit that is counted, as zeros; *counted is that unit. */
static int zeros_of(const struct rules *rules, const char *unit, const char **counted)
{
    struct match match;
    *counted = unit;
    if (!rule_at(rules_in(rules, "unit-scale"), unit, strlen(unit), 0, &match))
        return 0;
    *counted = unit + match.to;
    const char *zeros = rule_means(match.rule, "zeros");
    return zeros ? (int)strtol(zeros, NULL, 10) : 0;
}

const char *figure_difference(struct arena *arena, const struct rules *rules, const char *old, const char *old_unit,
                              const char *new, const char *new_unit)
{
    struct decimal before, after;
    const char *counted_before = old_unit, *counted_after = new_unit;
    int zeros = 0;
    if (!read_decimal(old, &before) || !read_decimal(new, &after))
        return NULL;
    int printed = before.decimals > after.decimals ? before.decimals : after.decimals;
    if (strcmp(old_unit, new_unit) != 0)
        zeros = zeros_of(rules, new_unit, &counted_after) - zeros_of(rules, old_unit, &counted_before);
    if (strcmp(counted_before, counted_after) != 0)
        return NULL;
    before.decimals += zeros;
    int decimals = before.decimals > after.decimals ? before.decimals : after.decimals;
    if (!widen(&before, decimals) || !widen(&after, decimals) ||
        __builtin_sub_overflow(after.units, before.units, &after.units))
        return NULL;
    for (; after.decimals > printed && after.units % 10 == 0; after.decimals--)
        after.units /= 10;
    return decimal_text(arena, after);
}
