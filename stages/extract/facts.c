/* facts: what all readers of facts need. */
#include "extract.h"

#include <stdlib.h>
#include <string.h>

struct record *fact_add(const struct extract *extract, enum record_kind kind, const struct part *part)
{
    struct record *fact = record_add(extract->facts, kind);
    fact->document = part->title ? part->title->number : 0;
    fact_set(extract, fact, ATTRIBUTE_PART, part->name);
    fact_set(extract, fact, ATTRIBUTE_PLACE, part->place);
    return fact;
}

void fact_set(const struct extract *extract, struct record *fact, enum attribute attribute, const char *text)
{
    if (text && *text)
        record_set(extract->facts, fact, attribute, text);
}

bool record_is_prose(const struct record *record)
{
    return record->kind == RECORD_TEXT || record->kind == RECORD_LINE || record->kind == RECORD_HEADING;
}

const char *extract_copy(const struct extract *extract, const char *text, size_t from, size_t to)
{
    return arena_copy(extract->arena, text + from, to - from);
}

bool text_says(const struct extract *extract, const char *context, const char *text)
{
    struct match match;
    return rule_find(rules_in(extract->rules, context), text, strlen(text), 0, &match);
}

/* Numbers of records are their places in the file. */
const struct record *section_of(const struct extract *extract, const struct record *record)
{
    unsigned long number = strtoul(record_value(record, ATTRIBUTE_SECTION), NULL, 10);
    return number > 0 && number <= extract->in->count ? &extract->in->records[number - 1] : NULL;
}

const char *concept_of(const struct extract *extract, struct record *fact, const char *name, const char *value)
{
    const struct rule_set *concepts = rules_in(extract->rules, "concept");
    struct match match;
    size_t length = strlen(name), from = 0;
    if (!rule_whole(concepts, name, length, &match)) {
        if (!rule_at(rules_in(extract->rules, "level"), name, length, 0, &match))
            return NULL;
        from = match.to;
        if (!rule_whole(concepts, name + from, length - from, &match))
            return NULL;
    }
    const char *below = rule_means(match.rule, "below");
    if (below && value && strtod(value, NULL) >= strtod(below, NULL))
        return NULL;
    record_credit(extract->facts, fact, match.rule->id);
    return rule_means(match.rule, "concept");
}

size_t years_in(const struct extract *extract, const char *text, long *years, size_t size)
{
    size_t length = strlen(text), count = 0, bytes;
    const struct rule_set *set = rules_in(extract->rules, "year");
    struct match match;
    for (size_t at = 0; count < size && rule_find(set, text, length, at, &match); at = match.to)
        years[count++] = text_numeral(text, length, match.from, &bytes);
    return count;
}
