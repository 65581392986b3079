/* target: see target.h. In: a clause in normal form. Out: what it says, judged on
 * the text alone, brackets apart. */
#include "target.h"

#include <string.h>

const char *target_bare(const struct extract *extract, const char *text, size_t length)
{
    char *bare = arena_copy(extract->arena, text, length);
    for (size_t at = 0, bytes; at < length; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        if (!character_opens(character))
            continue;
        size_t end = text_closing(text, length, at);
        if (end < length) {
            size_t last;
            (void)text_character(text, length, end, &last);
            end += last;
        }
        memset(bare + at, ' ', end - at);
        bytes = end - at;
    }
    return bare;
}

static bool is_latin(uint32_t character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* A digit that belongs to a Latin name (PM2.5, 5G) makes no figure. */
static bool in_latin_name(const char *text, size_t length, size_t from, size_t to)
{
    size_t bytes;
    if (from > 0 && is_latin(text_character_before(text, from, &bytes)))
        return true;
    return to < length && is_latin(text_character(text, length, to, &bytes));
}

static bool is_year(const struct extract *extract, const char *text, size_t length, size_t from)
{
    struct match match;
    return rule_at(rules_in(extract->rules, "year"), text, length, from, &match);
}

/* Whether the figure at a place is one that the text has damaged ($1.$2%). */
static bool is_damaged(const struct extract *extract, const char *text, size_t length, size_t from)
{
    struct match match;
    return rule_at(rules_in(extract->rules, "misprint"), text, length, from, &match);
}

static void read_unit(const struct extract *extract, const char *text, size_t length, struct figure *figure)
{
    struct match match;
    if (!rule_at(rules_in(extract->rules, "unit"), text, length, figure->to, &match))
        return;
    figure->unit = extract_copy(extract, text, match.from, match.to);
    figure->unit_rule = match.rule;
    figure->to = match.to;
}

/* The upper end of a range behind a figure: 5%—5.5%, 8至10万人. */
static void read_range(const struct extract *extract, const char *text, size_t length, struct figure *figure)
{
    struct match mark;
    size_t bytes;
    if (!rule_at(rules_in(extract->rules, "range"), text, length, figure->to, &mark))
        return;
    const char *value = text_figure(extract->arena, text, length, mark.to, &bytes);
    if (!value)
        return;
    figure->value_to = value;
    figure->to = mark.to + bytes;
    read_unit(extract, text, length, figure);
}

/* Where the minus sign before a figure begins; the figure's own place if it has none. A
 * dash behind a digit, a unit or a Latin letter is the mark of a range or a name. */
static size_t sign_before(const char *text, size_t from)
{
    static const uint32_t signs[] = {'-', 0xFF0D, 0x2212}; /* - － − */
    size_t bytes, before;
    if (from == 0)
        return from;
    uint32_t sign = text_character_before(text, from, &bytes);
    if (sign != signs[0] && sign != signs[1] && sign != signs[2])
        return from;
    size_t at = from - bytes;
    if (at > 0) {
        uint32_t character = text_character_before(text, at, &before);
        if (character < 0x80 || character == signs[1] || character == signs[2] || !character_is_wide(character))
            return from;
    }
    return at;
}

/* The first figure at or after from that is no year and no part of a Latin name; damaged:
 * also one that the text has damaged. */
static bool find_figure(const struct extract *extract, const char *text, size_t length, size_t from, bool damaged,
                        struct figure *figure)
{
    for (size_t at = from, bytes; at < length; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        if (!character_is_digit(character))
            continue;
        size_t digits;
        const char *value = text_figure(extract->arena, text, length, at, &digits);
        if (!value)
            continue;
        bytes = digits;
        if (is_year(extract, text, length, at) || in_latin_name(text, length, at, at + digits) ||
            (!damaged && is_damaged(extract, text, length, at)))
            continue;
        size_t sign = sign_before(text, at);
        if (sign < at)
            value = arena_printf(extract->arena, "-%s", value);
        *figure = (struct figure){.value = value, .from = sign, .to = at + digits};
        read_unit(extract, text, length, figure);
        read_range(extract, text, length, figure);
        return true;
    }
    return false;
}

bool figure_find(const struct extract *extract, const char *text, size_t length, size_t from, struct figure *figure)
{
    return find_figure(extract, text, length, from, false, figure);
}

bool figure_find_any(const struct extract *extract, const char *text, size_t length, size_t from, struct figure *figure)
{
    return find_figure(extract, text, length, from, true, figure);
}

static const char *side_of(const struct rule *rule)
{
    const char *side = rule_means(rule, "side");
    return side ? side : "";
}

/* The bound of a figure: a word right behind it (5%左右), or before it (不低于5%). */
static const struct rule *find_bound(const struct extract *extract, const char *text, size_t length,
                                     const struct figure *figure)
{
    const struct rule_set *bounds = rules_in(extract->rules, "bound");
    struct match match;
    if (rule_at(bounds, text, length, figure->to, &match) && strcmp(side_of(match.rule), "after") == 0)
        return match.rule;
    const struct rule *before = NULL;
    for (size_t at = 0; at < figure->from && rule_find(bounds, text, length, at, &match); at = match.to) {
        if (match.from >= figure->from)
            break;
        if (strcmp(side_of(match.rule), "before") == 0 && match.to == figure->from)
            before = match.rule;
    }
    return before;
}

/* The verb of change that governs the figure: the last one before it, or with no
 * figure the first. Behind the figure a verb counts only without a figure of its
 * own: in 占比62%、提高2个百分点 the 62 is a level. A noun of change (涨幅) governs nothing. */
static const struct rule *find_change(const struct extract *extract, const char *text, size_t length,
                                      const struct figure *figure)
{
    const struct rule_set *changes = rules_in(extract->rules, "change");
    const struct rule *found = NULL;
    struct match match;
    struct figure own;
    for (size_t at = 0; at < length && rule_find(changes, text, length, at, &match); at = match.to) {
        bool behind = match.from >= figure->from;
        if (behind && (found || figure_find(extract, text, length, match.to, &own)))
            break;
        if (strcmp(rule_means(match.rule, "direction"), "noun") != 0)
            found = match.rule;
    }
    return found;
}

static bool name_says_direction(const struct extract *extract, const char *name)
{
    struct match match;
    return rule_find(rules_in(extract->rules, "name-direction"), name, strlen(name), 0, &match);
}

static const char *negative(const struct extract *extract, const char *value)
{
    return value && value[0] != '-' ? arena_printf(extract->arena, "-%s", value) : value;
}

struct target target_read(const struct extract *extract, const char *text, const char *name)
{
    struct match basis;
    bool found = rule_find(rules_in(extract->rules, "basis"), text, strlen(text), 0, &basis);
    return target_read_from(extract, text, name, found ? basis.to : 0);
}

struct target target_read_from(const struct extract *extract, const char *text, const char *name, size_t from)
{
    size_t length = strlen(text);
    const char *bare = target_bare(extract, text, length);
    struct figure figure = {.from = length, .to = length};
    bool found = figure_find(extract, bare, length, from, &figure);
    const struct rule *change = find_change(extract, bare, length, &figure);
    const char *direction = change ? rule_means(change, "direction") : "";
    const struct rule *bound = found ? find_bound(extract, bare, length, &figure) : NULL;
    bool growth = change && strcmp(direction, "to") != 0;
    bool down = growth && strcmp(direction, "down") == 0 && !name_says_direction(extract, name);
    return (struct target){
        .kind = growth  ? "growth"
                : found ? "level"
                        : "text",
        .value = down ? negative(extract, figure.value) : figure.value,
        .value_to = down ? negative(extract, figure.value_to) : figure.value_to,
        .bound = bound ? rule_means(bound, "bound") : NULL,
        .unit = figure.unit,
        .rules = {change, bound, figure.unit_rule},
    };
}

void target_write(const struct extract *extract, struct record *fact, const struct target *target, const char *unit)
{
    fact_set(extract, fact, ATTRIBUTE_KIND, target->kind);
    fact_set(extract, fact, ATTRIBUTE_VALUE, target->value);
    fact_set(extract, fact, ATTRIBUTE_VALUE_TO, target->value_to);
    fact_set(extract, fact, ATTRIBUTE_BOUND, target->bound);
    fact_set(extract, fact, ATTRIBUTE_UNIT, target->unit || !target->value ? target->unit : unit);
    for (size_t i = 0; i < COUNT(target->rules); i++)
        if (target->rules[i])
            record_credit(extract->facts, fact, target->rules[i]->id);
}
