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

/* Whether words say that an amount ends a sum: 收入总计; 一般公共预算总收入 where they have said too
 * what is added up to it. marked: 加上 or 扣除 stands before it. An amount of any name ends a
 * sum that is marked so and that adds up to it. */
static bool is_total(const struct amount *amount, bool marked, bool adds_up)
{
    if (says(amount->kind, "whole"))
        return marked || amount->summed || says(amount->marker, "total");
    return says(amount->kind, "total") || (marked && adds_up && !amount->marker && !amount->kind);
}

/* 合计 ends a sum where it stands alone or where what comes before adds up to it;
 * else it is a connective: `年初预算合计193.6亿元`. */
static void set_sum(const struct extract *extract, const struct terms *terms, size_t index, size_t first)
{
    struct amount *amount = terms->list[index];
    struct match match;
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
        if (is_total(amount, marked, sum_is(&sum, amount) || sum_is(&of_total, amount)))
            amount->role = "total";
        else
            set_sum(extract, terms, i, first);
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

/* The amount that stands so many before a term, back into the sentence before; NULL: there is none. */
static const struct amount *amount_before(const struct terms *terms, size_t index, const struct amounts *last,
                                          size_t back)
{
    if (back <= index)
        return terms->list[index - back];
    back -= index;
    return back <= last->count ? &last->list[last->count - back] : NULL;
}

/* The end of the parts that begin with terms [first, end), where with what follows them they add
 * up to a whole; 0 if they do not. */
static size_t parts_of(const struct terms *terms, size_t first, size_t end, const struct amount *whole)
{
    struct sum sum = sum_terms(terms, first, end);
    for (size_t to = end;; to++) {
        if (sum_is(&sum, whole))
            return to;
        if (to == terms->count || terms->list[to]->marker || terms->list[to]->role)
            return 0;
        sum_add(&sum, terms->list[to]);
    }
}

/* The end of the parts that begin at first: those joined to it in its clause, and on to where
 * they add up to an amount before them: the nearest that is no part itself, or a part
 * (地方级收入4163.8亿元。地方级收入中，…). */
static size_t parts_end(const struct terms *terms, size_t first, const struct amounts *last)
{
    size_t end = first + 1;
    while (end < terms->count && terms->list[end]->same_clause)
        end++;
    const struct amount *whole;
    for (size_t back = 1; (whole = amount_before(terms, first, last, back)); back++) {
        size_t to = parts_of(terms, first, end, whole);
        if (to > 0)
            return to;
        if (!says(whole->role, "part"))
            break;
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

/* The entries of a list behind a colon are parts, up to the revenue or expenditure of an account
 * behind that of another one: 全州一般公共预算收入…，其中：税收收入…；一般公共预算支出…. */
static void set_listed(const struct terms *terms)
{
    const struct amount *headline = NULL;
    for (size_t i = 0; i < terms->count; i++) {
        struct amount *amount = terms->list[i];
        if (amount->named && headline && strcmp(amount->item, headline->item) != 0 && !amount->marker)
            return;
        if (amount->listed && !amount->role && !says(amount->marker, "add"))
            amount->role = "part";
        else if (amount->named)
            headline = amount;
    }
}

static void set_parts(const struct terms *terms, const struct amounts *last)
{
    set_listed(terms);
    for (size_t i = 0; i < terms->count; i++)
        if (says(terms->list[i]->marker, "part") && !terms->list[i]->role)
            mark_parts(terms, i, parts_end(terms, i, last));
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
 * something says that the others are added to it; the revenue of another account is only
 * where the figures say so too. */
static void set_terms(const struct terms *terms, size_t first, size_t end, bool is_sum, bool adds_up)
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
            amount->role = is_added(amount, before, begun && is_sum && (adds_up || !amount->named)) ? "add" : "main";
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
        bool left = context->total > 0 && llabs(sum_of(terms, first, i + 1) - context->total) <= 2 * end->tolerance;
        bool adds_up = left || llabs(sum_of(terms, first, i) - end->yuan_cents) <= 2 * end->tolerance;
        set_terms(terms, first, i, total || left, adds_up);
        if (total)
            context->total = end->yuan_cents;
        first = i + 1;
    }
    set_terms(terms, first, terms->count, false, false);
}

/* --- what parts take from their whole */

/* The last amount before one of a list that is no part, and none that it is compared with; of
 * those before a bracket the last outside it. NULL: there is none. */
static const struct amount *whole_before(const struct amounts *amounts, size_t index, bool bracketed)
{
    while (index-- > 0) {
        const struct amount *amount = &amounts->list[index];
        if (!amount->bracketed && !amount->reference && (bracketed || !says(amount->role, "part")))
            return amount;
    }
    return NULL;
}

/* The same in the sentence before, where all that could be it are of one year and phase. */
static const struct amount *whole_of_last(const struct amounts *last)
{
    const struct amount *whole = whole_before(last, last->count, false);
    for (size_t i = 0; whole && i < last->count; i++) {
        const struct amount *amount = &last->list[i];
        bool same = amount->year == whole->year &&
                    (amount->phase == whole->phase || (amount->phase && says(whole->phase, amount->phase)));
        if (!amount->bracketed && !says(amount->role, "part") && !same)
            return NULL;
    }
    return whole;
}

/* A part is of the year and the phase of its whole, unless it says others:
 * 支出年初预算155亿元，其中教育支出20亿元. */
static void inherit(struct amounts *amounts, const struct amounts *last)
{
    for (size_t i = 0; i < amounts->count; i++) {
        struct amount *part = &amounts->list[i];
        if (!says(part->role, "part"))
            continue;
        const struct amount *whole = whole_before(amounts, i, part->bracketed);
        whole = whole ? whole : whole_of_last(last);
        if (!whole)
            continue;
        part->year = part->year ? part->year : whole->year;
        part->phase = part->phase ? part->phase : whole->phase;
    }
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
    for (size_t i = 0; context->breakdown && i < terms.count; i++) {
        if (terms.list[i]->named) /* what is told here is no line of it any more */
            context->breakdown = context->breakdown_is_point = false;
        else if (says(terms.list[i]->role, "main"))
            terms.list[i]->role = "part";
    }
    inherit(amounts, &context->last);
    if (amounts->count > 0)
        context->last = *amounts;
}
