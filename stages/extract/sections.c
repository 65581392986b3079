/* sections: what the headings above a paragraph of a budget say of its amounts: whether
 * they are lines of the budget at all, and their level, account, phase and year. */
#include "budget.h"
#include "target.h"

#include <string.h>

const char *budget_meaning(const struct extract *extract, const char *context, const char *key, const char *text,
                           const char **rule)
{
    struct match match;
    if (!rule_find(rules_in(extract->rules, context), text, strlen(text), 0, &match))
        return NULL;
    *rule = match.rule->id;
    return rule_means(match.rule, key);
}

static const char *find_level(const struct extract *extract, const char *text)
{
    struct match match;
    size_t length = strlen(text), at = 0;
    if (rule_at(rules_in(extract->rules, "heading"), text, length, 0, &match))
        at = match.to;
    return rule_find(rules_in(extract->rules, "level"), text, length, at, &match)
               ? extract_copy(extract, text, match.from, match.to)
               : "";
}

static bool has_clauses(const char *text)
{
    size_t length = strlen(text);
    return text_clause_end(text, length, 0) < length;
}

enum verdict { VERDICT_NONE, VERDICT_STATES, VERDICT_WORK };

/* What a heading makes of the amounts below it. One of several clauses is a slogan:
 * it tells of work where no nearer heading names a statement. */
static enum verdict judge(const struct extract *extract, const char *text, enum verdict nearer, const char **rule)
{
    struct match match;
    size_t length = strlen(text);
    if (nearer == VERDICT_NONE && rule_find(rules_in(extract->rules, "budget-work"), text, length, 0, &match))
        return VERDICT_WORK;
    if (has_clauses(text))
        return nearer == VERDICT_NONE ? VERDICT_WORK : nearer;
    if (rule_find(rules_in(extract->rules, "budget-statement"), text, length, 0, &match)) {
        *rule = match.rule->id;
        return nearer == VERDICT_NONE ? VERDICT_STATES : nearer;
    }
    return rule_find(rules_in(extract->rules, "budget-narrative"), text, length, 0, &match) ? VERDICT_WORK : nearer;
}

/* What a section is about: its heading, or the first words of the numbered
 * paragraph that opens it. */
static const char *section_text(const struct extract *extract, const struct record *record)
{
    const char *text = record_value(record, ATTRIBUTE_NORMAL);
    size_t length = strlen(text);
    return record->kind == RECORD_HEADING ? text : extract_copy(extract, text, 0, text_clause_end(text, length, 0));
}

/* The item that a heading names, without its number, level and connectives: (一)全市一般公共预算收入;
 * "" if it names none. */
static const char *find_item(const struct extract *extract, const char *text)
{
    struct match match;
    size_t length = strlen(text), at = 0;
    if (rule_at(rules_in(extract->rules, "heading"), text, length, 0, &match))
        at = match.to;
    while (rule_at(rules_in(extract->rules, "level"), text, length, at, &match) ||
           rule_at(rules_in(extract->rules, "connective"), text, length, at, &match))
        at = match.to;
    return rule_find(rules_in(extract->rules, "item-own"), text, length, at, &match)
               ? extract_copy(extract, text, at, match.to)
               : "";
}

/* Whether a title or heading tells of the year of the report itself: 上半年预算执行情况. */
static bool is_half_year(const struct extract *extract, const char *text)
{
    struct match match;
    return rule_find(rules_in(extract->rules, "half-year"), text, strlen(text), 0, &match);
}

/* What a heading says of the amounts below it, where no nearer one did. */
static void read_heading(const struct extract *extract, const char *text, enum verdict *verdict,
                         struct budget_section *section)
{
    *verdict = judge(extract, text, *verdict, &section->rules[0]);
    if (!*section->level)
        section->level = find_level(extract, text);
    if (!*section->account) {
        const char *account = budget_meaning(extract, "account", "account", text, &section->rules[1]);
        section->account = account ? account : "";
    }
    if (!section->phase)
        section->phase = budget_meaning(extract, "phase", "phase", text, &section->rules[2]);
    if (!section->year)
        years_in(extract, text, &section->year, 1);
    if (!section->item)
        section->item = find_item(extract, text);
    section->half_year = section->half_year || is_half_year(extract, text);
}

void budget_heading_read(const struct extract *extract, const char *text, struct budget_section *section)
{
    enum verdict verdict = VERDICT_NONE;
    read_heading(extract, text, &verdict, section);
}

/* A heading without a number: a short paragraph that is no sentence, with a word for a
 * statement or for work, or a year. */
static bool is_bare_heading(const struct extract *extract, const struct record *record)
{
    enum { LONGEST = 40, LONGEST_PRINTED = 400 }; /* characters; bytes */
    if (record->kind == RECORD_HEADING || strlen(record->text) > LONGEST_PRINTED)
        return false;
    const char *text = record_normal(extract->arena, record);
    size_t length = strlen(text);
    struct figure figure;
    struct match match;
    return length > 0 && text_count(text, length) <= LONGEST && !has_clauses(text) &&
           !text_ends_sentence(text, length) && !figure_find(extract, text, length, 0, &figure) &&
           (rule_find(rules_in(extract->rules, "budget-statement"), text, length, 0, &match) ||
            rule_find(rules_in(extract->rules, "budget-narrative"), text, length, 0, &match));
}

/* The nearest heading that says a thing counts, for each thing on its own; bare: a
 * heading without a number, in the section of the record or above all, or NULL. */
static struct budget_section read_section(const struct extract *extract, const struct part *part,
                                          const struct record *record, const struct record *bare)
{
    struct budget_section section = {.states = true, .level = "", .account = ""};
    enum verdict verdict = VERDICT_NONE;
    const char *number = record_value(record, ATTRIBUTE_SECTION);
    bool nearest = bare && strcmp(record_value(bare, ATTRIBUTE_SECTION), number) == 0;
    if (nearest)
        read_heading(extract, record_normal(extract->arena, bare), &verdict, &section);
    while ((record = section_of(extract, record)))
        read_heading(extract, section_text(extract, record), &verdict, &section);
    if (bare && !nearest)
        read_heading(extract, record_normal(extract->arena, bare), &verdict, &section);
    section.states = verdict != VERDICT_WORK;
    section.half_year = section.half_year || is_half_year(extract, part->name);
    if (!section.phase && section.year && section.year == part->year && !section.half_year)
        section.phase = "budget"; /* `2026年重点支出` in a report given in 2026 */
    if (!section.phase)
        section.phase = budget_meaning(extract, "phase", "phase", part->name, &section.rules[2]);
    return section;
}

/* A heading with a number ends the reach of one without, unless that stood above all. */
static void enter_section(struct budget_walk *walk, const struct record *record)
{
    if (walk->bare && *record_value(walk->bare, ATTRIBUTE_SECTION))
        walk->bare = NULL;
    walk->number = record_value(record, ATTRIBUTE_SECTION);
}

bool budget_walk(struct budget_walk *walk, const struct record *record)
{
    bool first = !walk->number;
    bool entered = first || strcmp(walk->number, record_value(record, ATTRIBUTE_SECTION)) != 0;
    if (entered)
        enter_section(walk, record);
    bool bare = !walk->open && is_bare_heading(walk->extract, record);
    walk->open = !bare && record->kind != RECORD_HEADING && !text_ends_sentence(record->text, strlen(record->text));
    if (bare)
        walk->bare = record;
    if (entered || bare)
        walk->section = read_section(walk->extract, walk->part, record, walk->bare);
    return entered || bare;
}
