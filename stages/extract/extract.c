/* extract: reads facts out of classified records: indicators of plan tables and
 * announcements, budget lines, projects. In: classified records. Out: the source,
 * the titles, the records of documents that gave facts, and the facts. */
#include "extract.h"

#include <stdlib.h>
#include <string.h>

static struct part read_part(const struct gazette *gazette, size_t first, size_t end)
{
    const struct record *record = &gazette->records[first];
    struct part part = {.first = first, .end = end, .class = "", .name = ""};
    part.class = record_value(record, ATTRIBUTE_CLASS);
    part.place = record_value(gazette->records, ATTRIBUTE_PLACE); /* of the table of inputs */
    part.given_year = strtol(record_value(gazette->records, ATTRIBUTE_YEAR), NULL, 10);
    if (record->kind != RECORD_TITLE)
        return part;
    part.title = record;
    part.name = record_value(record, ATTRIBUTE_TITLE);
    if (*record_value(record, ATTRIBUTE_PLACE))
        part.place = record_value(record, ATTRIBUTE_PLACE);
    part.year = strtol(record_value(record, ATTRIBUTE_YEAR), NULL, 10);
    return part;
}

static struct part *read_parts(struct gazette *gazette, size_t *count)
{
    struct part *parts = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof *parts);
    *count = 0;
    for (size_t first = 0, end; first < gazette->count; first = end) {
        end = document_end(gazette, first);
        parts[(*count)++] = read_part(gazette, first, end);
    }
    return parts;
}

/* Copies into out the records that emit needs beside the facts: the source, all
 * titles, and the records of parts that gave a fact. */
static void keep_records(const struct gazette *in, const struct part *parts, size_t part_count,
                         const struct gazette *facts, struct gazette *out)
{
    size_t fact = 0;
    bool *gave = arena_alloc(in->arena, in->last_number + 1);
    for (; fact < facts->count; fact++)
        if (facts->records[fact].kind < RECORD_UNREAD)
            gave[facts->records[fact].document] = true;
    for (size_t p = 0; p < part_count; p++) {
        bool whole = parts[p].title && gave[parts[p].title->number];
        for (size_t i = parts[p].first; i < parts[p].end; i++) {
            const struct record *record = &in->records[i];
            if (whole || record->kind == RECORD_SOURCE || record->kind == RECORD_TITLE)
                *record_add(out, record->kind) = *record;
        }
    }
    for (size_t i = 0; i < facts->count; i++)
        *record_add(out, facts->records[i].kind) = facts->records[i];
}

static void read_facts(const struct extract *extract, const struct part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        read_plan_tables(extract, &parts[i]);
        read_announcements(extract, &parts[i]);
        read_budget(extract, &parts[i]);
    }
    read_projects(extract, parts, count);
    read_unread(extract, parts, count);
}

struct fault *extract_facts(const struct rules *rules, struct gazette *gazette)
{
    struct gazette facts = *gazette, out = *gazette;
    facts.records = out.records = NULL;
    facts.count = facts.capacity = out.count = out.capacity = 0;
    struct extract reader = {.arena = gazette->arena,
                             .rules = rules,
                             .in = gazette,
                             .facts = &facts,
                             .whole = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof(bool)),
                             .introduces = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof(bool))};
    size_t part_count;
    struct part *parts = read_parts(gazette, &part_count);
    rules_forget_given_up(rules);
    read_facts(&reader, parts, part_count);
    for (size_t i = 0; i < facts.count; i++) {
        struct record *fact = &facts.records[i];
        record_set(&facts, fact, ATTRIBUTE_GAZETTE, record_value(&gazette->records[0], ATTRIBUTE_GAZETTE));
        if (fact->kind < RECORD_UNREAD && !*record_value(fact, ATTRIBUTE_YEAR))
            fact_set(&reader, fact, ATTRIBUTE_YEAR, record_value(&gazette->records[0], ATTRIBUTE_YEAR));
    }
    out.last_number = facts.last_number;
    keep_records(gazette, parts, part_count, &facts, &out);
    if (out.count > 0)
        record_set(&out, &out.records[0], ATTRIBUTE_RULES_VERSION, rules_digest(rules));
    *gazette = out;
    return NULL;
}
