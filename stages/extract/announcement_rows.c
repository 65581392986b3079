/* announcement_rows: the clauses of an announcement as facts, one for each value. A name
 * that an earlier announcement has told of the same year is told again: no row. */
#include "announcement.h"

#include <string.h>

enum { MOST_READINGS = 8 }; /* of one clause: more than any report has */

/* A name that has rows already, and its clauses so far. */
struct told {
    const char *name, *year;
    size_t clauses;
    size_t announcement; /* by number */
    struct told *next;
};

static struct told *find_told(struct announcement_reader *reader, const struct announcement *announcement,
                              const char *name)
{
    for (struct told *told = reader->told; told; told = told->next)
        if (strcmp(told->name, name) == 0 && strcmp(told->year, announcement->year) == 0)
            return told;
    struct told *told = arena_alloc(reader->extract->arena, sizeof *told);
    *told = (struct told){name, announcement->year, 0, announcement->number, reader->told};
    reader->told = told;
    return told;
}

static void add_fact(const struct announcement_reader *reader, const struct announcement *announcement,
                     const struct clause *clause, const struct reading *reading, size_t item, const struct span *span)
{
    const struct extract *extract = reader->extract;
    const struct passage *passage = announcement->passage;
    struct record *fact = fact_add(extract, RECORD_INDICATOR, reader->part);
    passage_locate(extract->facts, fact, passage, passage_printed(passage, span->from + clause->from),
                   passage_printed_end(passage, span->to));
    fact_set(extract, fact, ATTRIBUTE_YEAR, announcement->year);
    fact_set(extract, fact, ATTRIBUTE_NAME, reading->name);
    fact_set(extract, fact, ATTRIBUTE_CONCEPT, concept_of(extract, fact, reading->name, reading->target.value));
    fact_set(extract, fact, ATTRIBUTE_NATURE, span->nature);
    if (text_says(extract, "misprint-read", clause->text))
        fact_set(extract, fact, ATTRIBUTE_DOUBT, "misprint");
    fact_set(extract, fact, ATTRIBUTE_MEASURE, "target");
    fact_set(extract, fact, ATTRIBUTE_ITEM, arena_printf(extract->arena, "%zu", item));
    fact_set(extract, fact, ATTRIBUTE_TEXT, clause->text);
    target_write(extract, fact, &reading->target, NULL);
    record_credit(extract->facts, fact, announcement->rule->id);
    if (clause->rule)
        record_credit(extract->facts, fact, clause->rule->id);
}

/* Adds the facts of one clause; *current is the name that one without a name is about. */
static void add_clause(struct announcement_reader *reader, const struct announcement *announcement,
                       const struct span *span, const char **current)
{
    const struct extract *extract = reader->extract;
    struct clause clause = announcement_divide(extract, announcement->passage->normal.text, span->from, span->to);
    if (clause.kind == CLAUSE_OTHER || (clause.kind != CLAUSE_TARGET && !*current) ||
        (span->doubtful && !clause.certain))
        return;
    if (clause.kind == CLAUSE_TARGET)
        *current = clause.name;
    clause.name = *current;
    struct told *told = find_told(reader, announcement, clause.name);
    if (told->announcement != announcement->number)
        return; /* told before: no row */
    struct reading readings[MOST_READINGS];
    size_t count = clause_read(extract, &clause, readings, COUNT(readings));
    told->clauses++;
    if (clause.kind == CLAUSE_EFFORT)
        readings[0].target.kind = "text";
    for (size_t i = 0; i < count; i++)
        add_fact(reader, announcement, &clause, &readings[i], told->clauses, span);
}

void announcement_add(struct announcement_reader *reader, const struct announcement *announcement)
{
    const char *current = NULL;
    for (size_t i = 0; i < announcement->count; i++) {
        if (announcement->spans[i].opens)
            current = NULL;
        if (!announcement->spans[i].others)
            add_clause(reader, announcement, &announcement->spans[i], &current);
    }
}
