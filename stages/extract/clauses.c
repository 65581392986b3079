/* clauses: see clauses.h. The text of a clause opens at a predicate or at its
 * figure, whichever stands first; what stands before is the name. */
#include "clauses.h"

#include <string.h>

/* --- the borders of name and text */

/* Whether nothing but a bound, a bracket or a further value follows a figure: one
 * that more words follow belongs to a name (11个重点城市…天数). */
static bool is_last(const struct extract *extract, const char *text, size_t length, size_t at)
{
    struct match match;
    if (rule_at(rules_in(extract->rules, "bound"), text, length, at, &match))
        at = match.to;
    while (at < length && text[at] == ' ')
        at++;
    return at >= length || rule_at(rules_in(extract->rules, "joint"), text, length, at, &match);
}

static bool find_value(const struct extract *extract, const char *text, size_t length, struct figure *figure)
{
    for (size_t at = 0; figure_find(extract, text, length, at, figure); at = figure->to)
        if (is_last(extract, text, length, figure->to))
            return true;
    return false;
}

/* Where the text opens: at a predicate, or at the figure; length if there is neither. */
static size_t find_opening(const struct extract *extract, const char *clause, size_t length, const struct rule **rule)
{
    struct match match;
    struct figure figure;
    const char *bare = target_bare(extract, clause, length);
    *rule = NULL;
    size_t opening = find_value(extract, bare, length, &figure) ? figure.from : length;
    if (!rule_find(rules_in(extract->rules, "predicate"), bare, length, 0, &match) || match.from > opening)
        return opening;
    *rule = match.rule;
    return match.from;
}

/* The longest name at the beginning of a clause that the rules know, whose it is
 * (全市) apart; its end, or 0. */
static size_t known_name(const struct extract *extract, const char *clause, size_t length)
{
    const struct rule_set *concepts = rules_in(extract->rules, "concept");
    struct match match;
    size_t bytes, from = rule_at(rules_in(extract->rules, "level"), clause, length, 0, &match) ? match.to : 0;
    for (size_t end = length; end > from; end -= bytes) {
        if (rule_whole(concepts, clause, end, &match) || rule_whole(concepts, clause + from, end - from, &match))
            return end;
        (void)text_character_before(clause, end, &bytes);
    }
    return 0;
}

enum { LONGEST_PHRASE = 6 }; /* characters */

/* Where the text opens in a clause without a predicate that the rules know: behind a
 * known name that a short phrase follows (进出口稳量提质); length if there is none. */
static size_t before_phrase(const struct extract *extract, const char *clause, size_t length)
{
    size_t end = known_name(extract, clause, length);
    return end > 0 && text_count(clause + end, length - end) <= LONGEST_PHRASE ? end : length;
}

static bool has_figure(const struct extract *extract, const char *text)
{
    struct figure figure;
    size_t length = strlen(text);
    return figure_find(extract, target_bare(extract, text, length), length, 0, &figure);
}

/* The end of a name without the mark behind it: of an enumeration, or between it and
 * the clause that says its target. */
static size_t before_mark(const struct extract *extract, const char *text, size_t end)
{
    struct match match;
    size_t bytes;
    (void)text_character_before(text, end, &bytes);
    size_t at = end - bytes;
    bool is_mark = rule_at(rules_in(extract->rules, "enumeration"), text, end, at, &match) ||
                   text_clause_end(text, end, at) == at || text_ends_sentence(text + at, bytes);
    return is_mark ? at : end;
}

/* Reads the clause from an offset on as name and text. False: it has no text, or no name. */
static bool divide_from(const struct extract *extract, const char *whole, size_t from, struct clause *clause)
{
    struct match match;
    const char *rest = whole + from;
    size_t length = strlen(rest), opening = find_opening(extract, rest, length, &clause->rule);
    if (opening == length)
        opening = before_phrase(extract, rest, length);
    if (opening == 0 || opening == length || rule_at(rules_in(extract->rules, "no-name"), rest, length, 0, &match) ||
        rule_whole(rules_in(extract->rules, "no-text"), rest + opening, length - opening, &match))
        return false;
    clause->kind = CLAUSE_TARGET;
    clause->from = from;
    clause->name = extract_copy(extract, rest, 0, before_mark(extract, rest, opening));
    clause->text = rest + opening;
    size_t name_length = strlen(clause->name); /* less than opening where a mark stood behind it */
    clause->certain =
        has_figure(extract, clause->text) || known_name(extract, clause->name, name_length) == name_length;
    return true;
}

bool clause_names(const struct extract *extract, const char *clause, const char *next)
{
    struct match match;
    const struct rule *rule;
    size_t length = strlen(clause), next_length = strlen(next);
    if (length == 0 || find_opening(extract, clause, length, &rule) < length ||
        rule_at(rules_in(extract->rules, "no-name"), clause, length, 0, &match))
        return false;
    if (!rule_find(rules_in(extract->rules, "name-complete"), clause, length, 0, &match) &&
        known_name(extract, clause, length) < length)
        return false;
    return find_opening(extract, next, next_length, &rule) == 0 && rule &&
           !rule_find(rules_in(extract->rules, "effort"), next, next_length, 0, &match);
}

/* A clause without a subject says itself what it speaks of. */
static bool read_matter(const struct extract *extract, const char *whole, struct clause *clause)
{
    struct match match;
    size_t from, to;
    if (!rule_find(rules_in(extract->rules, "matter"), whole, strlen(whole), 0, &match) ||
        !match_group(&match, "matter", &from, &to))
        return false;
    const char *name = extract_copy(extract, whole, from, to);
    *clause = (struct clause){.kind = CLAUSE_TARGET, .name = name, .text = whole, .rule = match.rule};
    while (rule_find(rules_in(extract->rules, "matter-drop"), name, strlen(name), 0, &match))
        clause->name = name = arena_printf(extract->arena, "%.*s%s", (int)match.from, name, name + match.to);
    return true;
}

/* The text without the spaces inside its figures: in a sentence no two stand side by side. */
static const char *close_figures(const struct extract *extract, const char *text)
{
    size_t length = strlen(text), to = 0;
    char *closed = arena_copy(extract->arena, text, length);
    for (size_t at = 0; at < length; at++)
        if (text[at] != ' ' || !character_is_digit((unsigned char)text[at + 1]) || to == 0 ||
            !character_is_digit((unsigned char)closed[to - 1]))
            closed[to++] = text[at];
    closed[to] = '\0';
    return closed;
}

struct clause clause_divide(const struct extract *extract, const char *printed)
{
    const char *whole = close_figures(extract, printed);
    struct match match;
    struct clause clause = {.kind = CLAUSE_OTHER, .name = "", .text = whole};
    size_t length = strlen(whole);
    if (rule_find(rules_in(extract->rules, "other-years"), whole, length, 0, &match))
        return clause;
    if (rule_find(rules_in(extract->rules, "effort"), whole, length, 0, &match)) {
        clause.kind = CLAUSE_EFFORT;
        clause.rule = match.rule;
        return clause;
    }
    if (read_matter(extract, whole, &clause))
        return clause;
    size_t from = rule_at(rules_in(extract->rules, "before-name"), whole, length, 0, &match) ? match.to : 0;
    if (rule_at(rules_in(extract->rules, "goes-on"), whole, length, from, &match)) {
        clause.kind = CLAUSE_MORE;
        clause.text = whole + from;
        clause.rule = match.rule;
        return clause;
    }
    if (divide_from(extract, whole, from, &clause))
        return clause;
    /* What stands before a name is left out, but belongs to a text: 实现1800亿元. */
    if (find_opening(extract, whole + from, length - from, &clause.rule) == 0 && has_figure(extract, whole))
        clause.kind = CLAUSE_MORE;
    return clause;
}

/* --- several indicators, several values */

size_t clause_indicator_end(const struct extract *extract, const char *text, size_t length, size_t from)
{
    const struct rule_set *marks = rules_in(extract->rules, "enumeration");
    const char *bare = target_bare(extract, text, length);
    struct match mark, basis;
    bool based = rule_find(rules_in(extract->rules, "basis"), text, length, from, &basis);
    for (size_t at = from; at < length && rule_find(marks, bare, length, at, &mark); at = mark.to) {
        if (based && mark.from >= basis.from && mark.from < basis.to)
            continue;
        struct clause left = clause_divide(extract, extract_copy(extract, text, from, mark.from));
        struct clause right = clause_divide(extract, extract_copy(extract, text, mark.to, length));
        if (left.kind == CLAUSE_TARGET && has_figure(extract, left.text) && right.kind == CLAUSE_TARGET &&
            has_figure(extract, right.text))
            return mark.from;
    }
    return length;
}

enum { MOST_VALUES = 8 };

/* The figures of a text that stand side by side: 分别增长10%和8%左右. */
static size_t find_values(const struct extract *extract, const char *text, size_t *starts)
{
    const struct rule_set *bounds = rules_in(extract->rules, "bound"), *joints = rules_in(extract->rules, "joint");
    size_t length = strlen(text), count = 0, at;
    const char *bare = target_bare(extract, text, length);
    struct figure figure;
    struct match match;
    size_t start = rule_find(rules_in(extract->rules, "basis"), bare, length, 0, &match) ? match.to : 0;
    bool found = figure_find(extract, bare, length, start, &figure);
    while (found && count < MOST_VALUES) {
        starts[count++] = figure.from;
        at = rule_at(bounds, bare, length, figure.to, &match) ? match.to : figure.to;
        if (!rule_at(joints, bare, length, at, &match))
            break;
        at = match.to;
        found = figure_find(extract, bare, length, at, &figure) && figure.from == at;
    }
    return count;
}

struct range {
    size_t from, to;
};

/* Takes a name apart at every match of a context in its last part; how many parts, over
 * most if there are more. */
static size_t split_at(const struct extract *extract, const char *name, const char *context, struct range *parts,
                       size_t found, size_t most)
{
    size_t length = strlen(name);
    const char *bare = target_bare(extract, name, length);
    struct match match;
    while (found <= most && rule_find(rules_in(extract->rules, context), bare, length, parts[found - 1].from, &match)) {
        parts[found - 1].to = match.from;
        parts[found++] = (struct range){match.to, length};
    }
    return found;
}

/* Takes a name apart into as many parts as there are values: at the marks of an
 * enumeration, and if those are too few at the words for and behind the last one, or
 * at all of them (甲、乙和丙、丁), or before every numeral (一二三产). False: it has other
 * parts. */
static bool split_name(const struct extract *extract, const char *name, struct range *parts, size_t count)
{
    parts[0] = (struct range){0, strlen(name)};
    size_t found = split_at(extract, name, "enumeration", parts, 1, count);
    if (found < count)
        found = split_at(extract, name, "and", parts, found, count);
    if (found == count)
        return true;
    parts[0] = (struct range){0, strlen(name)};
    if (split_at(extract, name, "joint", parts, 1, count) == count)
        return true;
    struct match match;
    found = 0;
    for (size_t at = 0; found < count && rule_at(rules_in(extract->rules, "name-each"), name, strlen(name), at, &match);
         at = match.to)
        parts[found++] = (struct range){match.from, match.to};
    parts[count - 1].to = strlen(name);
    return found == count;
}

enum { SHORTEST_SHARED = 2 }; /* characters */

/* The end of the last name that the parts share: 城镇 + 居民人均可支配收入 of
 * 农村居民人均可支配收入; where it begins, or its length. */
static size_t shared_end(const struct extract *extract, const char *part, size_t part_length, const char *last,
                         size_t last_length)
{
    const struct rule_set *concepts = rules_in(extract->rules, "concept");
    struct match match;
    size_t bytes;
    for (size_t at = 0; at < last_length; at += bytes) {
        const char *name =
            arena_printf(extract->arena, "%.*s%.*s", (int)part_length, part, (int)(last_length - at), last + at);
        if (rule_whole(concepts, name, strlen(name), &match))
            return at;
        (void)text_character(last, last_length, at, &bytes);
    }
    /* 先进制造业、高技术制造业增加值占比: behind the longest end of the part that the last name holds */
    for (size_t at = 0; at < part_length; at += bytes) {
        const char *held = memmem(last, last_length, part + at, part_length - at);
        if (held && text_count(part + at, part_length - at) >= SHORTEST_SHARED)
            return (size_t)(held - last) + part_length - at;
        (void)text_character(part, part_length, at, &bytes);
    }
    return rule_find(rules_in(extract->rules, "name-shared"), last, last_length, 1, &match) ? match.from : last_length;
}

/* A name without the words that sum its members up: 氨氮等主要污染物排放量. */
static const char *drop_summary(const struct extract *extract, const char *name)
{
    struct match match;
    size_t length = strlen(name);
    if (!rule_find(rules_in(extract->rules, "name-summary"), name, length, 0, &match))
        return name;
    return arena_printf(extract->arena, "%.*s%s", (int)match.from, name, name + match.to);
}

/* A name with what only the first of them begins with: 第一、二产业. */
static const char *add_beginning(const struct extract *extract, const char *first, const char *name)
{
    const struct rule_set *beginnings = rules_in(extract->rules, "name-beginning");
    struct match match;
    if (!rule_at(beginnings, first, strlen(first), 0, &match))
        return name;
    size_t length = match.to;
    const char *whole = arena_printf(extract->arena, "%.*s%s", (int)length, first, name);
    return rule_at(beginnings, whole, strlen(whole), 0, &match) ? whole : name;
}

enum { SHORTEST_NAME = 4 }; /* characters */

/* Whether a part is the rest of a name whose beginning only the first one has:
 * 发明专利申请量和授权量. */
static bool lacks_beginning(const struct extract *extract, const char *name, const struct range *first,
                            const struct range *part)
{
    struct match match;
    size_t bytes;
    const char *text = name + part->from;
    size_t length = part->to - part->from;
    return text_count(text, length) < SHORTEST_NAME &&
           text_count(name + first->from, first->to - first->from) > SHORTEST_NAME &&
           text_character_before(name, part->to, &bytes) == text_character_before(name, first->to, &bytes) &&
           !rule_whole(rules_in(extract->rules, "concept"), text, length, &match);
}

/* The names of several values: put together where the text names them apart, else
 * the printed name for each. */
static void name_values(const struct extract *extract, const char *name, struct reading *readings, size_t count)
{
    struct range parts[MOST_VALUES + 1]; /* one over: there are more */
    struct match match;
    const char *members = drop_summary(extract, name);
    bool apart = split_name(extract, members, parts, count);
    for (size_t i = 1; apart && i < count; i++)
        apart = !lacks_beginning(extract, members, &parts[0], &parts[i]);
    name = apart ? members : name;
    for (size_t i = 0; i < count; i++)
        readings[i].name = apart ? extract_copy(extract, name, parts[i].from, parts[i].to) : name;
    for (size_t i = 1; apart && i < count; i++)
        readings[i].name = add_beginning(extract, readings[0].name, readings[i].name);
    const char *last = readings[count - 1].name;
    for (size_t i = 0; apart && i + 1 < count; i++) {
        size_t length = strlen(readings[i].name);
        if (rule_find(rules_in(extract->rules, "name-complete"), readings[i].name, length, 0, &match))
            continue;
        size_t end = shared_end(extract, readings[i].name, length, last, strlen(last));
        readings[i].name = arena_printf(extract->arena, "%s%s", readings[i].name, last + end);
    }
}

/* A bound or a unit behind the last value holds for all (10%和8%左右), and a bound before
 * the first (不低于10%和8%). */
static void share_bounds(struct reading *readings, size_t count)
{
    const struct target *first = &readings[0].target, *last = &readings[count - 1].target;
    const char *side = first->rules[1] ? rule_means(first->rules[1], "side") : NULL;
    const char *before = side && strcmp(side, "before") == 0 ? first->bound : NULL;
    for (size_t i = 0; i < count; i++) {
        struct target *target = &readings[i].target;
        target->bound = target->bound ? target->bound : last->bound ? last->bound : before;
        target->unit = target->unit ? target->unit : last->unit;
    }
}

size_t clause_read(const struct extract *extract, const struct clause *clause, struct reading *readings, size_t size)
{
    size_t starts[MOST_VALUES], count = find_values(extract, clause->text, starts);
    readings[0] = (struct reading){clause->name, target_read(extract, clause->text, clause->name)};
    if (count < 2 || size < count)
        return 1;
    for (size_t i = 0; i < count; i++)
        readings[i].target = target_read_from(extract, clause->text, clause->name, starts[i]);
    share_bounds(readings, count);
    name_values(extract, clause->name, readings, count);
    return count;
}
