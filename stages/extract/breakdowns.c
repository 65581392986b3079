/* breakdowns: lines of a breakdown that stand in sentences of their own. In: the amounts of
 * a paragraph with their roles. Out: the role "part" for headline amounts that, with what else
 * is told of it, add up to one before them. Figures decide alone, so all must fit: the level,
 * the year and the phase too. */
#include "budget.h"

#include <stdlib.h>
#include <string.h>

/* A breakdown that somebody wrote in a paragraph has fewer lines, with the parts of each. */
enum { MOST_LINES = 200 };

static bool is_role(const struct amount *amount, const char *role)
{
    return strcmp(amount->role, role) == 0;
}

static bool is_same(const struct record *a, const struct record *b, enum attribute attribute)
{
    return strcmp(record_value(a, attribute), record_value(b, attribute)) == 0;
}

/* Whether an amount may be a line of the breakdown of a whole: of the same year, phase and level, unless
 * it is the same thing told by levels. The revenue or expenditure of an account is a line of nothing. */
static bool is_line(const struct extract *extract, const struct told *told, size_t index, size_t whole)
{
    const struct record *line = &extract->facts->records[told->list[index].fact];
    const struct record *all = &extract->facts->records[told->list[whole].fact];
    return !told->list[index].amount->named && is_same(line, all, ATTRIBUTE_YEAR) &&
           is_same(line, all, ATTRIBUTE_PHASE) &&
           (is_same(line, all, ATTRIBUTE_ITEM) || is_same(line, all, ATTRIBUTE_LEVEL));
}

/* The end of the lines from first on that add up to a whole, 0 if there are none. Parts count as
 * long as no headline stands before them: behind one they are its own. */
static size_t lines_end(const struct extract *extract, const struct told *told, size_t whole, size_t first)
{
    long long sum = 0, all = told->list[whole].amount->yuan_cents, tolerance = told->list[whole].amount->tolerance;
    size_t lines = 0, headlines = 0;
    for (size_t i = first; i < told->count && i - first < MOST_LINES; i++) {
        const struct amount *amount = told->list[i].amount;
        if (is_role(amount, "part") && headlines > 0)
            continue;
        if ((!is_role(amount, "part") && !is_role(amount, "main")) || !is_line(extract, told, i, whole))
            return 0;
        headlines += is_role(amount, "main");
        sum = cents_plus(sum, amount->yuan_cents);
        tolerance = cents_plus(tolerance, amount->tolerance);
        if (amount->yuan_cents <= 0 || sum - all > tolerance)
            return 0;
        if (++lines > 1 && llabs(sum - all) <= tolerance)
            return i + 1;
    }
    return 0;
}

static void make_parts(const struct extract *extract, const struct told *told, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        told->list[i].amount->role = "part";
        fact_set(extract, &extract->facts->records[told->list[i].fact], ATTRIBUTE_ROLE, "part");
    }
}

void breakdowns_set(const struct extract *extract, const struct told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        if (!is_role(told->list[i].amount, "main") || told->list[i].amount->yuan_cents <= 0)
            continue;
        for (size_t first = i + 1, end; (end = lines_end(extract, told, i, first)) > 0; first = end)
            make_parts(extract, told, first, end);
    }
}
