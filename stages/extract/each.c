/* each: amounts and changes that 分别 shares out among several names (税收收入、非税收入分别完成31.2亿元、
 * 16.1亿元). In: a clause with its amounts. Out: an amount per name; none where names and figures are not
 * as many, for whose each is nobody can say. */
#include "amounts.h"
#include "target.h"

#include <string.h>

enum { MOST_NAMES = 16 };

/* Cuts words at the joints of a context; the number of names, 0 if one is empty or there are too many. */
static size_t split(const struct budget_clause *clause, const char *words, const char *joints, const char **names)
{
    struct match match;
    size_t count = 0, from = 0, at = 0, length = strlen(words), bytes;
    while (at <= length && count < MOST_NAMES) {
        bool joint = at < length && rule_at(clause_rules(clause, joints), words, length, at, &match);
        if (at < length && !joint) {
            (void)text_character(words, length, at, &bytes);
            at += bytes;
            continue;
        }
        if (at == from)
            return 0;
        names[count++] = extract_copy(clause->extract, words, from, at);
        if (at == length)
            return count;
        from = at = match.to;
    }
    return 0;
}

/* The names in words, as many as there are amounts. False: they are not. */
static bool find_names(const struct budget_clause *clause, const char *words, size_t amounts, const char **names)
{
    return split(clause, words, "joint", names) == amounts || split(clause, words, "enumeration", names) == amounts;
}

/* Whether a name is nothing but a level, which is set. */
static bool is_level(const struct budget_clause *clause, const char *name, const char **level)
{
    struct amount words = {.item = "", .level = ""};
    amount_name(clause->extract, name, &words);
    *level = words.level;
    return *words.level && !*words.item;
}

/* Gives the amounts their names, or their levels where names are but those and an item stands behind 分别. */
static bool give_names(const struct budget_clause *clause, struct amount *amounts, size_t count, const char *names,
                       const char *item)
{
    const char *list[MOST_NAMES], *level;
    if (!find_names(clause, names, count, list))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool is_place = is_level(clause, list[i], &level);
        if (is_place != (*item != '\0'))
            return false;
        amounts[i].item = is_place ? item : list[i];
        amounts[i].level = is_place ? level : amounts[i].level;
        amounts[i].carried = false;
    }
    return true;
}

void each_set(const struct budget_clause *clause, struct amounts *amounts, size_t first)
{
    size_t count = amounts->count - first;
    struct match match;
    if (count < 2)
        return;
    const char *words =
        text_without_brackets(clause->extract, clause->paragraph->text, clause->from, amounts->list[first].from);
    struct amount none = {.item = "", .level = ""};
    words = amount_lead(clause, words, &none);
    if (!rule_find(clause_rules(clause, "each"), words, strlen(words), 0, &match))
        return;
    const char *item = amount_drop_tail(clause, words + match.to, &none);
    const char *names = extract_copy(clause->extract, words, 0, match.from);
    for (size_t i = first; i < amounts->count; i++)
        if (amounts->list[i].bracketed || (i > first && !amounts->list[i].same_clause))
            count = 0;
    const char *marker = amounts->list[first].marker;
    if (!marker || strcmp(marker, "part") != 0)
        clause->context->item = ""; /* which of them goes on nobody says */
    if (count == 0 || !give_names(clause, amounts->list + first, count, names, item))
        amounts->count = first;
}

/* The percentages in a clause, all of them; 0 if there are too many. */
static size_t find_shares(const struct budget_clause *clause, const char **values)
{
    struct figure figure;
    size_t count = 0;
    for (size_t at = clause->from; figure_find(clause->extract, clause->paragraph->text, clause->to, at, &figure);
         at = figure.to) {
        if (!figure.unit || strcmp(figure.unit, "%") != 0)
            continue;
        if (count == MOST_NAMES)
            return 0;
        values[count++] = figure.value;
    }
    return count;
}

bool each_share(const struct budget_clause *clause, struct amounts *amounts)
{
    const char *text = extract_copy(clause->extract, clause->paragraph->text, clause->from, clause->to);
    const char *values[MOST_NAMES];
    struct match match;
    struct amount told = {.item = "", .level = ""};
    size_t length = strlen(text), count = find_shares(clause, values), last = amounts->count, owners = 0;
    if (count < 2 || !rule_find(clause_rules(clause, "each"), text, length, 0, &match))
        return false;
    while (owners < last && !amounts->list[last - 1 - owners].bracketed &&
           amounts->list[last - 1 - owners].clause_from == amounts->list[last - 1].clause_from)
        owners++;
    bool one_verb = rule_find(clause_rules(clause, "change-share"), text, length, 0, &match) &&
                    !rule_find(clause_rules(clause, "change-share"), text, length, match.to, &match);
    if (owners != count || !one_verb || !amount_read_shares(clause, clause->from, clause->to, &told) ||
        !told.change_pct)
        return true;
    for (size_t i = 0; i < count; i++) {
        struct amount *owner = &amounts->list[last - count + i];
        bool down = *told.change_pct == '-' && *values[i] != '-';
        owner->change_pct = down ? arena_printf(clause->extract->arena, "-%s", values[i]) : values[i];
        owner->change_base = told.change_base;
        if (owner->share_from == owner->share_to)
            owner->share_from = clause->from;
        owner->share_to = clause->to;
    }
    return true;
}
