/* amounts: an amount of money in a clause of a budget. In: a clause of a paragraph in
 * normal form. Out: its figure, and what the words before it and the percentages behind
 * it say: item, level, year, phase, role, changes. */
#include "amounts.h"
#include "target.h"

#include <stdlib.h>
#include <string.h>

/* A bracket of so many characters with its opening mark is part of a name. */
enum { SHORT_BRACKET = 4 };

void amount_credit_id(struct amount *amount, const char *id)
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
    amount_credit_id(amount, rule->id);
}

const struct rule_set *clause_rules(const struct budget_clause *clause, const char *context)
{
    return rules_in(clause->extract->rules, context);
}

const char *clause_group(const struct budget_clause *clause, const struct match *match, const char *text,
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

static void weigh(const struct budget_clause *clause, struct amount *amount)
{
    struct match match;
    if (!rule_whole(clause_rules(clause, "money-unit"), amount->unit, strlen(amount->unit), &match))
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

bool amount_find(const struct budget_clause *clause, size_t from, size_t to, struct amount *amount)
{
    struct figure figure;
    const char *text = clause->paragraph->text;
    struct match match;
    while (from < to && figure_find(clause->extract, text, to, from, &figure)) {
        from = figure.to;
        if (!figure.unit || figure.value_to ||
            !rule_whole(clause_rules(clause, "money"), figure.unit, strlen(figure.unit), &match))
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

const char *text_without_brackets(const struct extract *extract, const char *text, size_t from, size_t to)
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

long clause_relative_year(const struct budget_clause *clause, const struct rule *rule)
{
    if (!clause->context)
        return 0;
    const char *of = rule_means(rule, "of");
    long year = of && strcmp(of, "section") == 0 ? clause->context->section_year : clause->context->report_year;
    return year ? year + strtol(rule_means(rule, "years"), NULL, 10) : 0;
}

/* The end of a level in front of words: one that the rules know, or the place of the report by its name, whole or
 * short (甲乙市 for 甲乙族自治市). 0 if there is none. */
static size_t level_at(const struct budget_clause *clause, const char *words, size_t length, struct amount *amount)
{
    struct match match;
    if (rule_at(clause_rules(clause, "level"), words, length, 0, &match)) {
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

const char *amount_lead(const struct budget_clause *clause, const char *words, struct amount *amount)
{
    struct match match;
    for (size_t length = strlen(words); length > 0; length = strlen(words)) {
        size_t bytes, level;
        uint32_t first = text_character(words, length, 0, &bytes);
        if (text_mark(first) != MARK_NONE || character_is_joint(first) || character_is_colon(first)) {
            words += bytes;
            continue;
        }
        if (rule_at(clause_rules(clause, "role"), words, length, 0, &match)) {
            amount->marker = rule_means(match.rule, "role");
        } else if (rule_at(clause_rules(clause, "relative-year"), words, length, 0, &match)) {
            amount->year = clause_relative_year(clause, match.rule);
        } else if ((level = level_at(clause, words, length, amount)) > 0) {
            amount->level = extract_copy(clause->extract, words, 0, level);
            words += level;
            continue;
        } else if (rule_at(clause_rules(clause, "connective"), words, length, 0, &match)) {
            const char *year = clause_group(clause, &match, words, "year");
            amount->year = year ? text_numeral(year, strlen(year), 0, &bytes) : amount->year;
        } else {
            return words;
        }
        amount_credit(amount, match.rule);
        words += match.to;
    }
    return words;
}

const char *amount_drop_tail(const struct budget_clause *clause, const char *words, struct amount *amount)
{
    struct match match;
    const struct rule_set *tails = clause_rules(clause, "connective-end");
    while (*words && rule_find(tails, words, strlen(words), 0, &match) && match.to == strlen(words)) {
        amount_credit(amount, match.rule);
        words = extract_copy(clause->extract, words, 0, match.from);
    }
    return words;
}

void amount_read_item(const struct budget_clause *clause, const char *words, struct amount *amount)
{
    struct match match;
    if (rule_find(clause_rules(clause, "phase"), words, strlen(words), 0, &match)) {
        amount->phase = rule_means(match.rule, "phase");
        amount_credit(amount, match.rule);
    }
    if (rule_whole(clause_rules(clause, "connective-sum"), words, strlen(words), &match)) { /* ，共30亿元 */
        amount->item = words;
        amount->kind = "sum";
        return;
    }
    amount->reference = rule_whole(clause_rules(clause, "reference"), words, strlen(words), &match);
    words = amount_lead(clause, words, amount);
    amount->reference =
        amount->reference || rule_whole(clause_rules(clause, "reference"), words, strlen(words), &match);
    if (amount->reference)
        amount->phase = "budget";
    amount->item = amount->reference ? "" : amount_drop_tail(clause, words, amount);
    if (rule_whole(clause_rules(clause, "level-alone"), amount->item, strlen(amount->item), &match)) {
        amount->level = amount->item;
        amount->item = "";
        amount_credit(amount, match.rule);
    }
    if (rule_find(clause_rules(clause, "item-kind"), amount->item, strlen(amount->item), 0, &match)) {
        amount->kind = rule_means(match.rule, "kind");
        amount_credit(amount, match.rule);
    }
}

void amount_name(const struct extract *extract, const char *words, struct amount *amount)
{
    struct budget_clause clause = {.extract = extract};
    amount_read_item(&clause, words, amount);
}

bool amount_is_reason(const struct budget_clause *clause, const struct amount *amount)
{
    struct match match;
    return rule_find(clause_rules(clause, "reason"), clause->paragraph->text, amount->from, clause->from, &match);
}

bool amount_is_change(const struct budget_clause *clause, const char *words)
{
    const struct rule_set *changes = clause_rules(clause, "change");
    struct match match;
    if (rule_find(clause_rules(clause, "change-amount"), words, strlen(words), 0, &match))
        return true;
    for (size_t at = 0; rule_find(changes, words, strlen(words), at, &match); at = match.to)
        if (match.to == strlen(words) && strcmp(rule_means(match.rule, "direction"), "to") != 0)
            return true;
    return false;
}

/* --- percentages */

/* The value of a percentage, its minus sign of any make an ASCII one; NULL if there is none. */
static const char *value_of(const struct budget_clause *clause, const struct match *match, const char *text)
{
    const char *value = clause_group(clause, match, text, "value");
    size_t digits = value ? strcspn(value, "0123456789") : 0;
    return digits > 0 ? arena_printf(clause->extract->arena, "-%s", value + digits) : value;
}

const char *clause_base(const struct budget_clause *clause, const char *words)
{
    struct match match;
    return rule_find(clause_rules(clause, "change-base"), words, strlen(words), 0, &match)
               ? extract_copy(clause->extract, words, match.from, match.to)
               : NULL;
}

bool amount_read_shares(const struct budget_clause *clause, size_t from, size_t to, struct amount *amount)
{
    const char *text = text_without_brackets(clause->extract, clause->paragraph->text, from, to);
    struct match match, verb;
    bool found = false;
    if (rule_find(clause_rules(clause, "completion"), text, strlen(text), 0, &match)) {
        found = true;
        if (!amount->budget_pct)
            amount->budget_pct = clause_group(clause, &match, text, "value");
        amount_credit(amount, match.rule);
    }
    if (!rule_find(clause_rules(clause, "change-share"), text, strlen(text), 0, &match))
        return found;
    const char *value = value_of(clause, &match, text), *said = clause_group(clause, &match, text, "verb");
    const char *base = clause_group(clause, &match, text, "base");
    if (amount->change_pct || !value || !said)
        return true;
    amount_credit(amount, match.rule);
    bool down = rule_find(clause_rules(clause, "change"), said, strlen(said), 0, &verb) &&
                strcmp(rule_means(verb.rule, "direction"), "down") == 0;
    amount->change_pct = down && *value != '-' ? arena_printf(clause->extract->arena, "-%s", value) : value;
    amount->change_base = base ? clause_base(clause, base) : NULL;
    if (!amount->change_base)
        amount->change_base = clause->context->base;
    return true;
}
