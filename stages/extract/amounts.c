/* amounts: the amounts of money in a sentence of a budget. In: a paragraph in
 * normal form. Out: for each amount its figure, and what the words around it say:
 * item, level, year, phase, percentages, the note in brackets behind it. */
#include "budget.h"
#include "target.h"

#include <stdlib.h>
#include <string.h>

/* A bracket of so many characters with its opening mark is part of a name. */
enum { SHORT_BRACKET = 4 };

/* A clause: [from, to) of the paragraph. */
struct clause {
    const struct extract *extract;
    const struct normal *paragraph;
    size_t from, to;
    struct budget_context *context;
};

static void credit(struct amount *amount, const char *id)
{
    for (size_t i = 0; i < MOST_CREDITS; i++) {
        if (amount->credits[i] && strcmp(amount->credits[i], id) != 0)
            continue;
        amount->credits[i] = id;
        return;
    }
}

void amount_credit(struct amount *amount, const struct rule *rule)
{
    credit(amount, rule->id);
}

static const struct rule_set *set_of(const struct clause *clause, const char *context)
{
    return rules_in(clause->extract->rules, context);
}

static const char *group_text(const struct clause *clause, const struct match *match, const char *text,
                              const char *name)
{
    size_t from, to;
    return match_group(match, name, &from, &to) && to > from ? extract_copy(clause->extract, text, from, to) : NULL;
}

/* --- figures */

/* The digits of a value and a factor as hundredths of a yuan; 0 if too large. */
static long long cents_of(const char *value, long long yuan, int decimals)
{
    long long digits = 0, scale = 100;
    for (const char *c = value; *c; c++) {
        if (*c < '0' || *c > '9')
            continue;
        if (digits > 1000000000000LL)
            return 0;
        digits = digits * 10 + (*c - '0');
    }
    long long factor = yuan * scale;
    for (int i = 0; i < decimals; i++) {
        if (factor % 10 != 0)
            return 0;
        factor /= 10;
    }
    return digits > MOST_CENTS / factor ? 0 : digits * factor;
}

static void weigh(const struct clause *clause, struct amount *amount)
{
    struct match match;
    if (!rule_whole(set_of(clause, "money-unit"), amount->unit, strlen(amount->unit), &match))
        return;
    const char *point = strchr(amount->value, '.');
    int decimals = point ? (int)strlen(point + 1) : 0;
    size_t bytes;
    const char *yuan = rule_means(match.rule, "yuan");
    long long factor = text_numeral(yuan, strlen(yuan), 0, &bytes);
    if (factor <= 0 || decimals > 9)
        return;
    amount->yuan_cents = cents_of(amount->value, factor, decimals);
    if (*amount->value == '-')
        amount->yuan_cents = -amount->yuan_cents;
    amount->tolerance = cents_of("1", factor, decimals) / 2;
}

/* The next amount of money at or after from in [from, to). */
static bool find_money(const struct clause *clause, size_t from, size_t to, struct amount *amount)
{
    struct figure figure;
    const char *text = clause->paragraph->text;
    struct match match;
    while (from < to && figure_find(clause->extract, text, to, from, &figure)) {
        from = figure.to;
        if (!figure.unit || figure.value_to ||
            !rule_whole(set_of(clause, "money"), figure.unit, strlen(figure.unit), &match))
            continue;
        *amount = (struct amount){.value = figure.value, .unit = figure.unit, .from = figure.from, .to = figure.to};
        amount->item = amount->level = "";
        amount_credit(amount, match.rule);
        weigh(clause, amount);
        return true;
    }
    return false;
}

/* --- the words before an amount */

/* A text without what stands in its brackets; a short one belongs to a name: 因公出国（境）经费. */
static const char *drop_brackets(const struct extract *extract, const char *text, size_t from, size_t to)
{
    char *bare = arena_alloc(extract->arena, to - from + 1);
    size_t length = 0, bytes;
    for (size_t at = from; at < to; at += bytes) {
        uint32_t character = text_character(text, to, at, &bytes);
        if (character_opens(character)) {
            size_t closing = text_closing(text, to, at);
            if (closing < to && text_count(text + at, closing - at) > SHORT_BRACKET) {
                (void)text_character(text, to, closing, &bytes);
                bytes += closing - at;
                continue;
            }
        }
        memcpy(bare + length, text + at, bytes);
        length += bytes;
    }
    return bare;
}

/* The year that 去年 or the like means, 0 if the report has none. */
static long relative_year(const struct clause *clause, const struct rule *rule)
{
    if (!clause->context)
        return 0;
    const char *of = rule_means(rule, "of");
    long year = of && strcmp(of, "section") == 0 ? clause->context->section_year : clause->context->report_year;
    return year ? year + strtol(rule_means(rule, "years"), NULL, 10) : 0;
}

/* The end of a level in front of words: one that the rules know, or the place of the report by its name, whole or
 * short (甲乙市 for 甲乙族自治市). 0 if there is none. */
static size_t level_at(const struct clause *clause, const char *words, size_t length, struct amount *amount)
{
    struct match match;
    if (rule_at(set_of(clause, "level"), words, length, 0, &match)) {
        amount_credit(amount, match.rule);
        return match.to;
    }
    const char *place = clause->context && clause->context->place ? clause->context->place : "";
    size_t whole = strlen(place), bytes, begins = 0;
    if (text_count(place, whole) < 3)
        return 0;
    if (strncmp(words, place, whole) == 0)
        return whole;
    for (size_t i = 0; i < 2; i++, begins += bytes)
        (void)text_character(place, whole, begins, &bytes);
    (void)text_character_before(place, whole, &bytes);
    const char *last = place + whole - bytes;
    bool is_short = strncmp(words, place, begins) == 0 && strncmp(words + begins, last, bytes) == 0;
    return is_short ? begins + bytes : 0;
}

/* Takes the leading connectives, years, levels and words of role off the words of
 * an amount or of a clause without one; what remains is returned. */
static const char *read_lead(const struct clause *clause, const char *words, struct amount *amount)
{
    struct match match;
    for (size_t length = strlen(words); length > 0; length = strlen(words)) {
        size_t bytes, level;
        uint32_t first = text_character(words, length, 0, &bytes);
        if (text_mark(first) != MARK_NONE || character_is_joint(first) || character_is_colon(first)) {
            words += bytes;
            continue;
        }
        if (rule_at(set_of(clause, "role"), words, length, 0, &match)) {
            amount->marker = rule_means(match.rule, "role");
        } else if (rule_at(set_of(clause, "relative-year"), words, length, 0, &match)) {
            amount->year = relative_year(clause, match.rule);
        } else if ((level = level_at(clause, words, length, amount)) > 0) {
            amount->level = extract_copy(clause->extract, words, 0, level);
            words += level;
            continue;
        } else if (rule_at(set_of(clause, "connective"), words, length, 0, &match)) {
            const char *year = group_text(clause, &match, words, "year");
            amount->year = year ? text_numeral(year, strlen(year), 0, &bytes) : amount->year;
        } else {
            return words;
        }
        amount_credit(amount, match.rule);
        words += match.to;
    }
    return words;
}

static const char *drop_tail(const struct clause *clause, const char *words, struct amount *amount)
{
    struct match match;
    const struct rule_set *tails = set_of(clause, "connective-end");
    while (*words && rule_find(tails, words, strlen(words), 0, &match) && match.to == strlen(words)) {
        amount_credit(amount, match.rule);
        words = extract_copy(clause->extract, words, 0, match.from);
    }
    return words;
}

static void read_item(const struct clause *clause, const char *words, struct amount *amount)
{
    struct match match;
    if (rule_find(set_of(clause, "phase"), words, strlen(words), 0, &match)) {
        amount->phase = rule_means(match.rule, "phase");
        amount_credit(amount, match.rule);
    }
    if (rule_whole(set_of(clause, "connective-sum"), words, strlen(words), &match)) { /* ，共30亿元 */
        amount->item = words;
        amount->kind = "sum";
        return;
    }
    amount->reference = rule_whole(set_of(clause, "reference"), words, strlen(words), &match);
    words = read_lead(clause, words, amount);
    amount->reference = amount->reference || rule_whole(set_of(clause, "reference"), words, strlen(words), &match);
    if (amount->reference)
        amount->phase = "budget";
    amount->item = amount->reference ? "" : drop_tail(clause, words, amount);
    if (rule_whole(set_of(clause, "level-alone"), amount->item, strlen(amount->item), &match)) {
        amount->level = amount->item;
        amount->item = "";
        amount_credit(amount, match.rule);
    }
    if (rule_find(set_of(clause, "item-kind"), amount->item, strlen(amount->item), 0, &match)) {
        amount->kind = rule_means(match.rule, "kind");
        amount_credit(amount, match.rule);
    }
}

void amount_name(const struct extract *extract, const char *words, struct amount *amount)
{
    struct clause clause = {.extract = extract};
    read_item(&clause, words, amount);
}

/* Whether a clause argues for what stands before it, and the amount in it says why that is so. */
static bool is_reason(const struct clause *clause, const struct amount *amount)
{
    struct match match;
    return rule_find(set_of(clause, "reason"), clause->paragraph->text, amount->from, clause->from, &match);
}

/* Whether the words before an amount say that it is by how much something changed. */
static bool is_change(const struct clause *clause, const char *words)
{
    const struct rule_set *changes = set_of(clause, "change");
    struct match match;
    if (rule_find(set_of(clause, "change-amount"), words, strlen(words), 0, &match))
        return true;
    for (size_t at = 0; rule_find(changes, words, strlen(words), at, &match); at = match.to)
        if (match.to == strlen(words) && strcmp(rule_means(match.rule, "direction"), "to") != 0)
            return true;
    return false;
}

/* --- percentages */

/* The value of a percentage, its minus sign of any make an ASCII one; NULL if there is none. */
static const char *value_of(const struct clause *clause, const struct match *match, const char *text)
{
    const char *value = group_text(clause, match, text, "value");
    size_t digits = value ? strcspn(value, "0123456789") : 0;
    return digits > 0 ? arena_printf(clause->extract->arena, "-%s", value + digits) : value;
}

/* What a change is measured against, or NULL. */
static const char *find_base(const struct clause *clause, const char *words)
{
    struct match match;
    return rule_find(set_of(clause, "change-base"), words, strlen(words), 0, &match)
               ? extract_copy(clause->extract, words, match.from, match.to)
               : NULL;
}

/* Reads a completion of the budget or a change out of [from, to) into the amount;
 * whether there was one. Of two changes the first counts. */
static bool read_shares(const struct clause *clause, size_t from, size_t to, struct amount *amount)
{
    const char *text = drop_brackets(clause->extract, clause->paragraph->text, from, to);
    struct match match, verb;
    bool found = false;
    if (rule_find(set_of(clause, "completion"), text, strlen(text), 0, &match)) {
        found = true;
        if (!amount->budget_pct)
            amount->budget_pct = group_text(clause, &match, text, "value");
        amount_credit(amount, match.rule);
    }
    if (!rule_find(set_of(clause, "change-share"), text, strlen(text), 0, &match))
        return found;
    const char *value = value_of(clause, &match, text), *said = group_text(clause, &match, text, "verb");
    const char *base = group_text(clause, &match, text, "base");
    if (amount->change_pct || !value || !said)
        return true;
    amount_credit(amount, match.rule);
    bool down = rule_find(set_of(clause, "change"), said, strlen(said), 0, &verb) &&
                strcmp(rule_means(verb.rule, "direction"), "down") == 0;
    amount->change_pct = down && *value != '-' ? arena_printf(clause->extract->arena, "-%s", value) : value;
    amount->change_base = base ? find_base(clause, base) : NULL;
    if (!amount->change_base)
        amount->change_base = clause->context->base;
    return true;
}

/* --- clauses */

static struct amount *add_amount(const struct clause *clause, struct amounts *amounts, const struct amount *amount)
{
    amounts->list =
        arena_grow(clause->extract->arena, amounts->list, amounts->count, &amounts->capacity, sizeof *amounts->list);
    amounts->list[amounts->count] = *amount;
    return &amounts->list[amounts->count++];
}

/* The use that is printed behind an amount with no words before it: up to a
 * bracket or the end of the clause, or to the mark before the next amount. */
static const char *purpose_behind(const struct clause *clause, size_t from, size_t to)
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

/* Takes what the clause leaves out from the paragraph: a carried item leaves
 * `年初预算` behind. */
static const char *carried_item(const struct clause *clause)
{
    const char *item = clause->context->item;
    struct match match;
    return rule_find(set_of(clause, "carry"), item, strlen(item), 0, &match)
               ? extract_copy(clause->extract, item, 0, match.from)
               : item;
}

/* Whether an amount may be of the item told before it. One told in an earlier sentence is
 * meant where the words say something of it: 实际完成, 其中市本级; not by 安排36亿元 alone. */
static bool carries(const struct clause *clause, const struct amount *amount)
{
    return !clause->context->item_is_old || amount->reference || amount->marker || amount->phase || amount->year ||
           *amount->level;
}

/* `一般公共预算收入增长2%，完成643.1亿元`: what stood before its amount is told of it. */
static void take_ahead(const struct clause *clause, struct amount *amount)
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
        credit(amount, ahead->credits[i]);
}

static void complete(const struct clause *clause, size_t end, struct amount *amount)
{
    take_ahead(clause, amount);
    clause->context->ahead.value = NULL;
    clause->context->base = NULL;
    if (clause->context->part && !amount->marker)
        amount->marker = "part";
    clause->context->part = false;
    bool purpose = !*amount->item && !amount->reference;
    if (purpose)
        amount->item = purpose_behind(clause, amount->to, end);
    purpose = purpose && *amount->item;
    if (!*amount->item) {
        amount->item = carries(clause, amount) ? carried_item(clause) : "";
        amount->kind = amount->kind ? amount->kind : clause->context->kind;
        amount->carried = true;
    } else if (!purpose && !amount->bracketed && !(amount->marker && strcmp(amount->marker, "part") == 0)) {
        clause->context->item = amount->item;
        clause->context->kind = amount->kind;
        clause->context->item_is_old = false;
    }
    if (!*amount->level)
        amount->level = clause->context->level;
    else if (!amount->bracketed)
        clause->context->level = amount->level;
    if (!amount->year)
        amount->year = clause->context->year;
    if (!amount->phase)
        amount->phase = clause->context->phase;
}

/* Where a clause goes on behind the bracket that opens at an offset; the offset if none does. */
static size_t behind_bracket(const struct clause *clause, size_t at)
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
static bool take_amount(const struct clause *clause, size_t *at, size_t to, bool bracketed, bool first,
                        struct amounts *amounts)
{
    struct amount amount;
    while (find_money(clause, *at, to, &amount)) {
        const char *words = drop_brackets(clause->extract, clause->paragraph->text, *at, amount.from);
        *at = amount.to;
        if (is_reason(clause, &amount))
            continue;
        if (is_change(clause, words)) {
            clause->context->base = find_base(clause, words);
            *at = behind_bracket(clause, amount.to); /* it says why */
            continue;
        }
        amount.bracketed = bracketed;
        amount.same_clause = !first;
        amount.listed = clause->context->list;
        amount.clause_from = clause->from;
        amount.clause_to = clause->to;
        read_item(clause, words, &amount);
        complete(clause, to, &amount);
        add_amount(clause, amounts, &amount);
        return true;
    }
    return false;
}

/* Adds the amounts in a bracket, [at, closing): parts of the amount whole. */
static void take_parts(const struct clause *clause, size_t at, size_t closing, size_t whole, struct amounts *amounts)
{
    for (bool first = true; take_amount(clause, &at, closing, true, first, amounts); first = false) {
        struct amount *part = &amounts->list[amounts->count - 1];
        part->year = part->year ? part->year : amounts->list[whole].year;
        part->phase = part->phase ? part->phase : amounts->list[whole].phase;
    }
}

/* The bracket right behind an amount is its note, and amounts in it are its parts.
 * Returns where the clause goes on. */
static size_t read_note(const struct clause *clause, size_t at, struct amounts *amounts)
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
        (void)read_shares(clause, at, closing, &amounts->list[whole]);
    return closing + closing_bytes;
}

/* Reads the amounts of a clause; how many stand outside brackets. */
static size_t read_amounts(const struct clause *clause, struct amounts *amounts)
{
    size_t found = 0;
    for (size_t at = clause->from; take_amount(clause, &at, clause->to, false, found == 0, amounts); found++)
        at = read_note(clause, at, amounts);
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

static void add_shares(const struct clause *clause, struct amount *amount)
{
    if (amount->share_from == amount->share_to)
        amount->share_from = clause->from;
    amount->share_to = clause->to;
}

/* `为年初预算1067400万元的101.2%`: the percentage is told of the amount before. */
static void read_reference(const struct clause *clause, struct amounts *amounts)
{
    const struct amount *reference = &amounts->list[amounts->count - 1];
    struct amount *owner = owner_of_shares(amounts);
    struct match match;
    if (!reference->reference || !owner ||
        !rule_at(set_of(clause, "reference-share"), clause->paragraph->text, clause->to, reference->to, &match))
        return;
    if (!owner->budget_pct)
        owner->budget_pct = group_text(clause, &match, clause->paragraph->text, "value");
    amount_credit(owner, match.rule);
    add_shares(clause, owner);
}

/* `2024年末`, `截至2024年底`: whether a clause only dates what follows. */
static bool read_date_clause(const struct clause *clause, const char *words)
{
    struct match match;
    size_t bytes, length = strlen(words);
    if (rule_at(set_of(clause, "relative-year"), words, length, 0, &match) && match.to == length) {
        clause->context->year = relative_year(clause, match.rule);
        return true;
    }
    if (!rule_whole(set_of(clause, "date-clause"), words, length, &match))
        return false;
    const char *year = group_text(clause, &match, words, "year");
    clause->context->year = year ? text_numeral(year, strlen(year), 0, &bytes) : 0;
    if (group_text(clause, &match, words, "until"))
        clause->context->phase = "executed";
    return true;
}

/* Whether a clause without an amount tells the change of an item of its own, other than
 * that of the amount before: its amount is still to come. */
static bool read_ahead(const struct clause *clause, const char *words, const struct amount *owner)
{
    struct match match;
    size_t from, to;
    if (!rule_find(set_of(clause, "change-share"), words, strlen(words), 0, &match) ||
        !match_group(&match, "verb", &from, &to))
        return false;
    struct amount ahead = {.value = "", .item = "", .level = "", .clause_from = clause->from};
    const char *lead = read_lead(clause, extract_copy(clause->extract, words, 0, from), &ahead);
    ahead.item = drop_tail(clause, lead, &ahead);
    if (!rule_find(set_of(clause, "item-own"), ahead.item, strlen(ahead.item), 0, &match) ||
        rule_at(set_of(clause, "change-base"), ahead.item, strlen(ahead.item), 0, &match) ||
        (owner && strcmp(owner->item, ahead.item) == 0))
        return false;
    read_shares(clause, clause->from, clause->to, &ahead);
    if (*ahead.level)
        clause->context->level = ahead.level;
    clause->context->ahead = ahead;
    return true;
}

/* A clause without an amount may date what follows, open a list, say a level, or give
 * the percentage of the amount before or of one still to come. */
static void read_bare_clause(const struct clause *clause, struct amounts *amounts)
{
    const char *words = extract_copy(clause->extract, clause->paragraph->text, clause->from, clause->to);
    struct amount none = {.item = "", .level = ""};
    struct match match;
    if (read_date_clause(clause, words))
        return;
    struct amount *owner = owner_of_shares(amounts);
    if (read_ahead(clause, words, owner))
        return;
    if (owner && read_shares(clause, clause->from, clause->to, owner)) {
        add_shares(clause, owner);
        return;
    }
    if (rule_find(set_of(clause, "breakdown"), words, strlen(words), 0, &match))
        clause->context->list = true;
    const char *rest = read_lead(clause, words, &none);
    if (*none.level)
        clause->context->level = none.level;
    clause->context->part = !*rest && none.marker && strcmp(none.marker, "part") == 0;
}

/* What stands before a colon opens a list: 其中： or 主要项目安排情况： make parts of
 * what follows, and the text of the clause begins behind it. */
static void read_list_head(struct clause *clause)
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
        (void)read_lead(clause, head, &none);
        if (*none.level)
            clause->context->level = none.level;
        clause->context->part = none.marker && strcmp(none.marker, "part") == 0;
        clause->context->list =
            clause->context->part || rule_find(set_of(clause, "breakdown"), head, strlen(head), 0, &match);
        clause->from = at + bytes;
        return;
    }
}

/* `…24.5亿元，增长13%（主要是补助1.4亿元）`: the percentage is told of the amount before, and
 * what the bracket behind it holds are parts of that. Whether the clause is such a one. */
static bool read_share_with_parts(const struct clause *clause, struct amounts *amounts)
{
    const char *text = clause->paragraph->text;
    size_t at = clause->from, bytes = 0;
    while (at < clause->to && !character_opens(text_character(text, clause->to, at, &bytes)))
        at += bytes;
    size_t closing = at < clause->to ? text_closing(text, clause->to, at) : clause->to;
    struct amount *owner = owner_of_shares(amounts), money;
    if (closing >= clause->to || !owner || find_money(clause, clause->from, at, &money) ||
        !find_money(clause, at, closing, &money) || !read_shares(clause, clause->from, at, owner))
        return false;
    size_t whole = (size_t)(owner - amounts->list), first = amounts->count;
    add_shares(clause, owner);
    take_parts(clause, at + bytes, closing, whole, amounts);
    for (size_t i = first; i < amounts->count; i++)
        amounts->list[i].clause_from = amounts->list[whole].clause_from;
    return true;
}

static void read_clause(struct clause *clause, struct amounts *amounts)
{
    read_list_head(clause);
    size_t before = amounts->count;
    if (read_share_with_parts(clause, amounts))
        return;
    if (!read_amounts(clause, amounts)) {
        read_bare_clause(clause, amounts);
        return;
    }
    read_reference(clause, amounts);
    struct amount *owner = owner_of_shares(amounts);
    if (owner && (size_t)(owner - amounts->list) >= before)
        read_shares(clause, owner->to, clause->to, owner);
}

size_t sentence_read(const struct extract *extract, const struct normal *paragraph, size_t from,
                     struct budget_context *context, struct amounts *amounts)
{
    enum text_mark mark = MARK_NONE;
    context->list = false;
    context->item_is_old = from > 0 && context->last.count > 0;
    context->ahead.value = context->base = NULL;
    context->part = false;
    while (from < paragraph->length && mark != MARK_SENTENCE) {
        size_t end = text_clause_end(paragraph->text, paragraph->length, from), bytes = 0;
        struct clause clause = {extract, paragraph, from, end, context};
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
