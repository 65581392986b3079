/* sentences: the amounts of money in a sentence of a budget. In: a paragraph in normal
 * form. Out: its amounts, clause by clause; what a clause leaves out is taken from those
 * before it, notes in brackets and percentages in clauses of their own go to their amount. */
#include "amounts.h"
#include "target.h"

#include <string.h>

static struct amount *add_amount(const struct budget_clause *clause, struct amounts *amounts,
                                 const struct amount *amount)
{
    amounts->list =
        arena_grow(clause->extract->arena, amounts->list, amounts->count, &amounts->capacity, sizeof *amounts->list);
    amounts->list[amounts->count] = *amount;
    return &amounts->list[amounts->count++];
}

/* The use that is printed behind an amount with no words before it: up to a
 * bracket or the end of the clause, or to the mark before the next amount. */
static const char *purpose_behind(const struct budget_clause *clause, size_t from, size_t to)
{
    const char *text = clause->paragraph->text;
    size_t end = from, last_joint = from, bytes;
    for (; end < to; end += bytes) {
        uint32_t character = text_character(text, to, end, &bytes);
        if (character_is_joint(character))
            last_joint = end;
        if (character_opens(character) || character_closes(character) || text_mark(character) != MARK_NONE)
            return extract_copy(clause->extract, text, from, end);
        if (character_is_digit(character))
            return extract_copy(clause->extract, text, from, last_joint);
    }
    return extract_copy(clause->extract, text, from, end);
}

/* An item as it is carried on to what the clause leaves out: without its `年初预算`. */
static const char *carried_item(const struct budget_clause *clause, const char *item)
{
    struct match match;
    return rule_find(clause_rules(clause, "carry"), item, strlen(item), 0, &match)
               ? extract_copy(clause->extract, item, 0, match.from)
               : item;
}

/* Whether an amount may be of the item told before it. One told in an earlier sentence is
 * meant where the words say something of it: 实际完成, 其中市本级; not by 安排36亿元 alone. */
static bool carries(const struct budget_clause *clause, const struct amount *amount)
{
    return !clause->context->item_is_old || amount->reference || amount->marker || amount->phase || amount->year ||
           *amount->level;
}

/* `一般公共预算收入增长2%，完成643.1亿元`: what stood before its amount is told of it. */
static void take_ahead(const struct budget_clause *clause, struct amount *amount)
{
    const struct amount *ahead = &clause->context->ahead;
    if (!ahead->value || (*amount->item && strcmp(amount->item, ahead->item) != 0))
        return;
    amount->item = ahead->item;
    amount->marker = amount->marker ? amount->marker : ahead->marker;
    amount->kind = amount->kind ? amount->kind : ahead->kind;
    amount->level = *amount->level ? amount->level : ahead->level;
    amount->year = amount->year ? amount->year : ahead->year;
    amount->change_pct = ahead->change_pct;
    amount->change_base = ahead->change_base;
    amount->clause_from = ahead->clause_from;
    for (size_t i = 0; i < MOST_CREDITS && ahead->credits[i]; i++)
        amount_credit_id(amount, ahead->credits[i]);
}

static bool is_part(const struct amount *amount)
{
    return amount->listed || (amount->marker && strcmp(amount->marker, "part") == 0);
}

/* The level of an amount, or that which holds for it. That of a part holds for what follows in its
 * sentence (其中市级还本2.1亿元，付息1.3亿元), unless the level is all that it says (其中市本级1.2亿元). */
static void take_level(const struct budget_clause *clause, struct amount *amount, bool level_alone)
{
    struct budget_context *context = clause->context;
    if (!*amount->level)
        amount->level = *context->level_of_part ? context->level_of_part : context->level;
    else if (amount->bracketed)
        return;
    else if (!is_part(amount))
        context->level = amount->level, context->level_of_part = "";
    else if (!level_alone)
        context->level_of_part = amount->level;
}

static void complete(const struct budget_clause *clause, size_t end, struct amount *amount)
{
    bool told = !*amount->item && *amount->level;
    take_ahead(clause, amount);
    clause->context->ahead.value = NULL;
    clause->context->base = NULL;
    if (clause->context->part && !amount->marker)
        amount->marker = "part";
    clause->context->part = false;
    amount->summed = clause->context->summed;
    clause->context->summed = false;
    bool purpose = !*amount->item && !amount->reference;
    if (purpose)
        amount->item = purpose_behind(clause, amount->to, end);
    purpose = purpose && *amount->item;
    if (!*amount->item) {
        amount->item = carries(clause, amount) ? carried_item(clause, clause->context->item) : "";
        amount->kind = amount->kind ? amount->kind : clause->context->kind;
        amount->carried = true;
    } else if (!purpose && !amount->bracketed && !(amount->marker && strcmp(amount->marker, "part") == 0)) {
        clause->context->item = amount->item;
        clause->context->kind = amount->kind;
        clause->context->item_is_old = false;
    }
    take_level(clause, amount, told);
    if (!amount->year)
        amount->year = clause->context->year;
    if (!amount->phase)
        amount->phase = clause->context->phase;
    struct match match;
    amount->named = rule_whole(clause_rules(clause, "account-named"), amount->item, strlen(amount->item), &match);
}

/* Where a clause goes on behind the bracket that opens at an offset; the offset if none does. */
static size_t behind_bracket(const struct budget_clause *clause, size_t at)
{
    size_t bytes;
    if (at >= clause->to || !character_opens(text_character(clause->paragraph->text, clause->to, at, &bytes)))
        return at;
    size_t closing = text_closing(clause->paragraph->text, clause->to, at);
    if (closing >= clause->to)
        return at;
    (void)text_character(clause->paragraph->text, clause->to, closing, &bytes);
    return closing + bytes;
}

/* Adds the next amount in [*at, to) of a clause, whose words begin at *at; amounts
 * that say by how much something changed are passed over. False: there is none. */
static bool take_amount(const struct budget_clause *clause, size_t *at, size_t to, bool bracketed, bool first,
                        struct amounts *amounts)
{
    struct amount amount;
    while (amount_find(clause, *at, to, &amount)) {
        const char *words = text_without_brackets(clause->extract, clause->paragraph->text, *at, amount.from);
        *at = amount.to;
        if (amount_is_reason(clause, &amount))
            continue;
        if (amount_is_change(clause, words)) {
            clause->context->base = clause_base(clause, words);
            *at = behind_bracket(clause, amount.to); /* it says why */
            continue;
        }
        amount.bracketed = bracketed;
        amount.same_clause = !first;
        amount.listed = clause->context->list;
        amount.clause_from = clause->from;
        amount.clause_to = clause->to;
        amount_read_item(clause, words, &amount);
        complete(clause, to, &amount);
        add_amount(clause, amounts, &amount);
        return true;
    }
    return false;
}

/* Adds the amounts in a bracket, [at, closing): parts of the amount whole, and of its level. */
static void take_parts(const struct budget_clause *clause, size_t at, size_t closing, size_t whole,
                       struct amounts *amounts)
{
    const char *level = clause->context->level_of_part;
    clause->context->level_of_part = amounts->list[whole].level;
    for (bool first = true; take_amount(clause, &at, closing, true, first, amounts); first = false) {
        struct amount *part = &amounts->list[amounts->count - 1];
        if (part->carried && *amounts->list[whole].item) /* （含高新区8.94亿元） */
            part->item = carried_item(clause, amounts->list[whole].item);
    }
    clause->context->level_of_part = level;
}

/* The bracket right behind an amount is its note, and amounts in it are its parts.
 * Returns where the clause goes on. */
static size_t read_note(const struct budget_clause *clause, size_t at, struct amounts *amounts)
{
    const char *text = clause->paragraph->text;
    size_t bytes, closing_bytes;
    if (at >= clause->to || !character_opens(text_character(text, clause->to, at, &bytes)))
        return at;
    size_t closing = text_closing(text, clause->to, at);
    if (closing >= clause->to)
        return at;
    (void)text_character(text, clause->to, closing, &closing_bytes);
    at += bytes;
    amounts->list[amounts->count - 1].note = extract_copy(clause->extract, text, at, closing);
    size_t whole = amounts->count - 1;
    take_parts(clause, at, closing, whole, amounts);
    if (amounts->count == whole + 1) /* （增长5%） */
        (void)amount_read_shares(clause, at, closing, &amounts->list[whole]);
    return closing + closing_bytes;
}

/* Reads the amounts of a clause; how many stand outside brackets. */
static size_t read_amounts(const struct budget_clause *clause, struct amounts *amounts)
{
    size_t found = 0, first = amounts->count;
    for (size_t at = clause->from; take_amount(clause, &at, clause->to, false, found == 0, amounts); found++)
        at = read_note(clause, at, amounts);
    if (found > 1)
        each_set(clause, amounts, first);
    return found;
}

/* The amount that a percentage in or behind a clause belongs to: the last outside
 * brackets that is not itself the budget that another is compared with. */
static struct amount *owner_of_shares(struct amounts *amounts)
{
    size_t last = amounts->count;
    while (last > 0 && (amounts->list[last - 1].bracketed || amounts->list[last - 1].reference))
        last--;
    return last > 0 ? &amounts->list[last - 1] : NULL;
}

static void add_shares(const struct budget_clause *clause, struct amount *amount)
{
    if (amount->share_from == amount->share_to)
        amount->share_from = clause->from;
    amount->share_to = clause->to;
}

/* `为年初预算1067400万元的101.2%`: the percentage is told of the amount before. */
static void read_reference(const struct budget_clause *clause, struct amounts *amounts)
{
    const struct amount *reference = &amounts->list[amounts->count - 1];
    struct amount *owner = owner_of_shares(amounts);
    struct match match;
    if (!reference->reference || !owner ||
        !rule_at(clause_rules(clause, "reference-share"), clause->paragraph->text, clause->to, reference->to, &match))
        return;
    if (!owner->budget_pct)
        owner->budget_pct = clause_group(clause, &match, clause->paragraph->text, "value");
    amount_credit(owner, match.rule);
    add_shares(clause, owner);
}

/* `2024年末`, `截至2024年底`: whether a clause only dates what follows. */
static bool read_date_clause(const struct budget_clause *clause, const char *words)
{
    struct match match;
    size_t bytes, length = strlen(words);
    if (rule_at(clause_rules(clause, "relative-year"), words, length, 0, &match) && match.to == length) {
        clause->context->year = clause_relative_year(clause, match.rule);
        return true;
    }
    if (!rule_whole(clause_rules(clause, "date-clause"), words, length, &match))
        return false;
    const char *year = clause_group(clause, &match, words, "year");
    clause->context->year = year ? text_numeral(year, strlen(year), 0, &bytes) : 0;
    if (clause_group(clause, &match, words, "until"))
        clause->context->phase = "executed";
    return true;
}

/* Whether a clause without an amount tells the change of an item of its own, other than
 * that of the amount before: its amount is still to come. */
static bool read_ahead(const struct budget_clause *clause, const char *words, const struct amount *owner)
{
    struct match match;
    size_t from, to;
    if (!rule_find(clause_rules(clause, "change-share"), words, strlen(words), 0, &match) ||
        !match_group(&match, "verb", &from, &to))
        return false;
    struct amount ahead = {.value = "", .item = "", .level = "", .clause_from = clause->from};
    const char *lead = amount_lead(clause, extract_copy(clause->extract, words, 0, from), &ahead);
    ahead.item = amount_drop_tail(clause, lead, &ahead);
    if (!rule_find(clause_rules(clause, "item-own"), ahead.item, strlen(ahead.item), 0, &match) ||
        rule_at(clause_rules(clause, "change-base"), ahead.item, strlen(ahead.item), 0, &match) ||
        (owner && strcmp(owner->item, ahead.item) == 0))
        return false;
    amount_read_shares(clause, clause->from, clause->to, &ahead);
    if (*ahead.level)
        clause->context->level = ahead.level;
    clause->context->ahead = ahead;
    return true;
}

/* A clause without an amount may date what follows, open a list, say a level, or give
 * the percentage of the amount before or of one still to come. */
static void read_bare_clause(const struct budget_clause *clause, struct amounts *amounts)
{
    const char *words = extract_copy(clause->extract, clause->paragraph->text, clause->from, clause->to);
    struct amount none = {.item = "", .level = ""};
    struct match match;
    if (read_date_clause(clause, words))
        return;
    struct amount *owner = owner_of_shares(amounts);
    if (read_ahead(clause, words, owner))
        return;
    if (each_share(clause, amounts))
        return;
    if (owner && amount_read_shares(clause, clause->from, clause->to, owner)) {
        add_shares(clause, owner);
        return;
    }
    if (rule_find(clause_rules(clause, "breakdown"), words, strlen(words), 0, &match))
        clause->context->list = true;
    const char *rest = amount_lead(clause, words, &none);
    if (*none.level)
        clause->context->level = none.level;
    clause->context->part = !*rest && none.marker && strcmp(none.marker, "part") == 0;
    clause->context->summed = rule_find(clause_rules(clause, "sum-told"), words, strlen(words), 0, &match);
}

/* What stands before a colon opens a list: 其中： or 主要项目安排情况： make parts of
 * what follows, and the text of the clause begins behind it. */
static void read_list_head(struct budget_clause *clause)
{
    const char *text = clause->paragraph->text;
    struct match match;
    for (size_t at = clause->from, bytes; at < clause->to; at += bytes) {
        uint32_t character = text_character(text, clause->to, at, &bytes);
        if (character_is_digit(character))
            return;
        if (character_opens(character)) { /* 市本级（含开发区）收支平衡情况： */
            size_t closing = text_closing(text, clause->to, at);
            bytes = closing < clause->to ? closing - at : bytes;
            continue;
        }
        if (!character_is_colon(character))
            continue;
        struct amount none = {.item = "", .level = ""};
        const char *head = extract_copy(clause->extract, text, clause->from, at + bytes);
        (void)amount_lead(clause, head, &none);
        if (*none.level)
            clause->context->level = none.level;
        clause->context->part = none.marker && strcmp(none.marker, "part") == 0;
        clause->context->list =
            clause->context->part || rule_find(clause_rules(clause, "breakdown"), head, strlen(head), 0, &match);
        clause->from = at + bytes;
        return;
    }
}

/* `…24.5亿元，增长13%（主要是补助1.4亿元）`: the percentage is told of the amount before, and
 * what the bracket behind it holds are parts of that. Whether the clause is such a one. */
static bool read_share_with_parts(const struct budget_clause *clause, struct amounts *amounts)
{
    const char *text = clause->paragraph->text;
    size_t at = clause->from, bytes = 0;
    while (at < clause->to && !character_opens(text_character(text, clause->to, at, &bytes)))
        at += bytes;
    size_t closing = at < clause->to ? text_closing(text, clause->to, at) : clause->to;
    struct amount *owner = owner_of_shares(amounts), money;
    if (closing >= clause->to || !owner || amount_find(clause, clause->from, at, &money) ||
        !amount_find(clause, at, closing, &money) || !amount_read_shares(clause, clause->from, at, owner))
        return false;
    size_t whole = (size_t)(owner - amounts->list), first = amounts->count;
    add_shares(clause, owner);
    take_parts(clause, at + bytes, closing, whole, amounts);
    for (size_t i = first; i < amounts->count; i++)
        amounts->list[i].clause_from = amounts->list[whole].clause_from;
    return true;
}

static void read_amounts_and_shares(struct budget_clause *clause, struct amounts *amounts)
{
    size_t before = amounts->count;
    if (read_share_with_parts(clause, amounts))
        return;
    if (!read_amounts(clause, amounts)) {
        read_bare_clause(clause, amounts);
        return;
    }
    if (amounts->count == before)
        return;
    read_reference(clause, amounts);
    struct amount *owner = owner_of_shares(amounts);
    if (owner && (size_t)(owner - amounts->list) >= before)
        amount_read_shares(clause, owner->to, clause->to, owner);
}

static void read_clause(struct budget_clause *clause, struct amounts *amounts)
{
    struct match match;
    read_list_head(clause);
    read_amounts_and_shares(clause, amounts);
    if (rule_find(clause_rules(clause, "part-of"), clause->paragraph->text, clause->to, clause->from, &match) &&
        match.to == clause->to)
        clause->context->part = true;
}

size_t sentence_read(const struct extract *extract, const struct normal *paragraph, size_t from,
                     struct budget_context *context, struct amounts *amounts)
{
    enum text_mark mark = MARK_NONE;
    context->list = false;
    context->item_is_old = from > 0 && context->last.count > 0;
    context->ahead.value = context->base = NULL;
    context->part = context->summed = false;
    context->level_of_part = "";
    while (from < paragraph->length && mark != MARK_SENTENCE) {
        size_t end = text_clause_end(paragraph->text, paragraph->length, from), bytes = 0;
        struct budget_clause clause = {extract, paragraph, from, end, context};
        if (end > from)
            read_clause(&clause, amounts);
        if (end < paragraph->length)
            mark = text_mark(text_character(paragraph->text, paragraph->length, end, &bytes));
        from = end + bytes;
    }
    if (amounts->count == 1 && !amounts->list[0].marker) /* 执行情况为：支出50亿元 is no list */
        amounts->list[0].listed = false;
    return from;
}
