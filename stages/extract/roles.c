/* roles: what each amount of a sentence is to the others. In: its amounts with the
 * words around them. Out: their roles. Words come first (其中, 加上, 合计); where
 * they leave it open, what the figures add up to decides: what follows 其中 is part
 * of the whole as long as it fits into it, and a list that adds up to an amount
 * before it is its breakdown. */
#include "budget.h"

#include <stdlib.h>
#include <string.h>

static bool says(const char *word, const char *what)
{
    return word && strcmp(word, what) == 0;
}

/* The amounts of a sentence that stand outside brackets, in their order. */
struct terms {
    struct amount **list;
    size_t count;
};

static struct terms terms_of(const struct extract *extract, struct amounts *amounts)
{
    struct terms terms = {arena_alloc(extract->arena, (amounts->count + 1) * sizeof(struct amount *)), 0};
    for (size_t i = 0; i < amounts->count; i++) {
        if (amounts->list[i].bracketed)
            amounts->list[i].role = "part";
        else
            terms.list[terms.count++] = &amounts->list[i];
    }
    return terms;
}

/* Amounts added up one by one: a list of thousands is tried at each of its members. */
struct sum {
    long long cents, tolerance;
    bool unknown; /* one of them is too large for cents */
};

long long cents_plus(long long sum, long long cents)
{
    sum += cents;
    return sum > MOST_CENTS ? MOST_CENTS : sum < -MOST_CENTS ? -MOST_CENTS : sum;
}

static void sum_add(struct sum *sum, const struct amount *amount)
{
    sum->unknown = sum->unknown || (amount->yuan_cents == 0 && strcmp(amount->value, "0") != 0);
    sum->cents = cents_plus(sum->cents, says(amount->marker, "less") ? -amount->yuan_cents : amount->yuan_cents);
    sum->tolerance = cents_plus(sum->tolerance, amount->tolerance);
}

/* Whether a sum is a whole, but for rounding. */
static bool sum_is(const struct sum *sum, const struct amount *whole)
{
    return !sum->unknown && whole->yuan_cents > 0 &&
           llabs(sum->cents - whole->yuan_cents) <= sum->tolerance + whole->tolerance;
}

static struct sum sum_terms(const struct terms *terms, size_t from, size_t to)
{
    struct sum sum = {0};
    for (size_t i = from; i < to; i++)
        sum_add(&sum, terms->list[i]);
    return sum;
}

static bool ends_sum(const struct amount *amount)
{
    return says(amount->role, "total") || says(amount->role, "balance");
}

/* --- totals */

/* 合计 ends a sum where it stands alone or where what comes before adds up to it;
 * else it is a connective: `年初预算合计193.6亿元`. An amount of any name ends one that
 * words have marked (加上, 扣除) and that adds up to it. */
static void set_total(const struct extract *extract, const struct terms *terms, size_t index, size_t first,
                      bool ends_marked)
{
    struct amount *amount = terms->list[index];
    struct match match;
    if (says(amount->kind, "total") || (ends_marked && !amount->marker && !amount->kind)) {
        amount->role = "total";
        return;
    }
    if (!says(amount->kind, "sum") ||
        !rule_find(rules_in(extract->rules, "connective-sum"), amount->item, strlen(amount->item), 0, &match))
        return;
    struct sum sum = {0};
    bool ends = match.from == 0;
    for (size_t from = index; from > first && !ends;) {
        sum_add(&sum, terms->list[--from]);
        ends = sum_is(&sum, amount) || says(terms->list[from]->marker, "add");
    }
    if (ends)
        amount->role = "total";
    else
        amount->item = extract_copy(extract, amount->item, 0, match.from);
}

static void set_totals(const struct extract *extract, const struct terms *terms)
{
    struct sum sum = {0}, of_total = {0}; /* of_total begins with the total before: 合计9亿元，扣除1亿元，可用8亿元 */
    bool marked = false;
    for (size_t i = 0, first = 0; i < terms->count; i++) {
        struct amount *amount = terms->list[i];
        set_total(extract, terms, i, first, marked && (sum_is(&sum, amount) || sum_is(&of_total, amount)));
        sum_add(&sum, amount);
        sum_add(&of_total, amount);
        marked = marked || says(amount->marker, "add") || says(amount->marker, "less");
        if (!ends_sum(amount))
            continue;
        first = i + 1;
        sum = of_total = (struct sum){0};
        sum_add(&of_total, amount);
        marked = false;
    }
}

/* --- parts */

/* The amount that what follows 其中 is part of: the nearest before that is none, in the
 * sentence or in the one before. */
static const struct amount *whole_before(const struct terms *terms, size_t index, const struct amounts *last)
{
    while (index-- > 0)
        if (!says(terms->list[index]->role, "part"))
            return terms->list[index];
    for (size_t i = last->count; i > 0; i--)
        if (!says(last->list[i - 1].role, "part"))
            return &last->list[i - 1];
    return NULL;
}

/* The end of the parts that begin at first: those joined to it in its clause, and
 * on to where they add up to the whole. */
static size_t parts_end(const struct terms *terms, size_t first, const struct amount *whole)
{
    size_t end = first + 1;
    while (end < terms->count && terms->list[end]->same_clause)
        end++;
    struct sum sum = sum_terms(terms, first, end);
    for (size_t to = end; whole; to++) {
        if (sum_is(&sum, whole))
            return to;
        if (to == terms->count || terms->list[to]->marker || terms->list[to]->role)
            break;
        sum_add(&sum, terms->list[to]);
    }
    return end;
}

static void mark_parts(const struct terms *terms, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        terms->list[i]->role = "part";
}

/* A breakdown without 其中: two or more amounts right behind one that they add up to. */
static void find_breakdowns(const struct terms *terms)
{
    for (size_t whole = 0; whole + 2 < terms->count; whole++) {
        if (terms->list[whole]->role)
            continue;
        struct sum sum = sum_terms(terms, whole + 1, whole + 2);
        for (size_t end = whole + 3; end <= terms->count; end++) {
            const struct amount *last = terms->list[end - 1];
            if (last->role || last->marker)
                break;
            sum_add(&sum, last);
            if (!sum_is(&sum, terms->list[whole]))
                continue;
            mark_parts(terms, whole + 1, end);
            break;
        }
    }
}

/* The terms that nothing has given a role yet. */
static struct terms open_terms(const struct extract *extract, const struct terms *terms)
{
    struct terms open = {arena_alloc(extract->arena, (terms->count + 1) * sizeof(struct amount *)), 0};
    for (size_t i = 0; i < terms->count; i++)
        if (!terms->list[i]->role)
            open.list[open.count++] = terms->list[i];
    return open;
}

/* A sentence whose amounts add up to one of the sentence before is its breakdown. */
static void find_breakdown_of_last(const struct extract *extract, const struct terms *terms,
                                   const struct budget_context *context)
{
    struct terms open = open_terms(extract, terms);
    struct sum sum = sum_terms(&open, 0, open.count);
    for (size_t i = 0; open.count > 1 && i < context->last.count; i++)
        if (!says(context->last.list[i].role, "total") && sum_is(&sum, &context->last.list[i]))
            mark_parts(&open, 0, open.count);
}

static void set_parts(const struct terms *terms, const struct amounts *last)
{
    for (size_t i = 0; i < terms->count; i++)
        if (terms->list[i]->listed && !terms->list[i]->role && !says(terms->list[i]->marker, "add"))
            terms->list[i]->role = "part";
    for (size_t i = 0; i < terms->count; i++)
        if (says(terms->list[i]->marker, "part") && !terms->list[i]->role)
            mark_parts(terms, i, parts_end(terms, i, whole_before(terms, i, last)));
}

/* --- sums */

static bool total_follows(const struct terms *terms, size_t index)
{
    for (size_t i = index + 1; i < terms->count; i++)
        if (says(terms->list[i]->role, "total"))
            return true;
    return false;
}

static void set_balances(const struct terms *terms)
{
    for (size_t i = 0; i < terms->count; i++)
        if (says(terms->list[i]->kind, "balance") && !says(terms->list[i]->marker, "less") && !terms->list[i]->role &&
            !total_follows(terms, i))
            terms->list[i]->role = "balance";
}

/* What the amounts of a sum [first, end) add up to, parts left out. */
static long long sum_of(const struct terms *terms, size_t first, size_t end)
{
    long long sum = 0;
    for (size_t i = first; i < end; i++)
        if (!says(terms->list[i]->role, "part"))
            sum = cents_plus(sum, terms->list[i]->yuan_cents);
    return sum;
}

/* A stock that is stated for itself (可用财力) is no addend. */
static bool is_added(const struct amount *amount, const char *before, bool in_sum)
{
    if (says(amount->kind, "main"))
        return false;
    return says(amount->marker, "add") || says(amount->kind, "term") || in_sum ||
           (says(before, "add") && amount->same_clause);
}

/* Gives the terms [first, end) of a sum their roles: the first is main. is_sum:
 * something says that the others are added to it. */
static void set_terms(const struct terms *terms, size_t first, size_t end, bool is_sum)
{
    const char *before = "main";
    bool begun = false;
    for (size_t i = first; i < end; i++) {
        struct amount *amount = terms->list[i];
        if (amount->role)
            continue;
        if (amount->carried && !amount->marker)
            amount->role = before;
        else if (says(amount->marker, "less"))
            amount->role = "less";
        else
            amount->role = is_added(amount, before, begun && is_sum) ? "add" : "main";
        before = amount->role;
        begun = true;
    }
}

/* Cuts the sentence into sums, each up to its total or balance. What stands between
 * a first term and what is left is added to it where the whole is the last total. */
static void set_sums(const struct terms *terms, struct budget_context *context)
{
    size_t first = 0;
    for (size_t i = 0; i < terms->count; i++) {
        const struct amount *end = terms->list[i];
        if (!ends_sum(end))
            continue;
        bool total = says(end->role, "total");
        bool is_sum =
            total || (context->total > 0 && llabs(sum_of(terms, first, i + 1) - context->total) <= 2 * end->tolerance);
        set_terms(terms, first, i, is_sum);
        if (total)
            context->total = end->yuan_cents;
        first = i + 1;
    }
    set_terms(terms, first, terms->count, false);
}

void roles_set(const struct extract *extract, struct amounts *amounts, struct budget_context *context)
{
    enum { MOST_TERMS = 2000 }; /* no sentence that somebody wrote has more: their figures are not weighed */
    struct terms terms = terms_of(extract, amounts);
    if (terms.count > MOST_TERMS) {
        for (size_t i = 0; i < terms.count; i++)
            terms.list[i]->role = terms.list[i]->marker ? terms.list[i]->marker : "main";
        return;
    }
    set_totals(extract, &terms);
    set_parts(&terms, &context->last);
    set_balances(&terms);
    bool summed = false;
    for (size_t i = 0; i < terms.count; i++)
        summed = summed || ends_sum(terms.list[i]) || says(terms.list[i]->marker, "add");
    if (!summed) {
        find_breakdowns(&terms);
        find_breakdown_of_last(extract, &terms, context);
    }
    set_sums(&terms, context);
    for (size_t i = 0; context->breakdown && i < terms.count; i++)
        if (says(terms.list[i]->role, "main"))
            terms.list[i]->role = "part";
    if (amounts->count > 0)
        context->last = *amounts;
}
