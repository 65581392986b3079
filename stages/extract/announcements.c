/* announcements: the targets of a year that a report announces in prose. In: the
 * paragraphs of a part. Out: a fact for each value of each clause. An announcement
 * begins behind words that introduce it and goes on, over sentences and paragraphs,
 * until one tells of work or argues. */
#include "clauses.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLAUSES = 128, MOST_READINGS = 8 }; /* more than any report has */

/* A clause, in the normal form of the passage. */
struct span {
    size_t from, to;
    bool opens; /* a sentence */
    const char *nature;
};

/* An announcement as it is read. */
struct announcement {
    const struct extract *extract;
    const struct part *part;
    const struct rule *rule; /* that introduced it */
    struct passage passage;  /* its paragraphs */
    const char *year, *nature;
    struct span spans[MOST_CLAUSES];
    size_t count, end; /* of the spans; where in the passage it ends */
};

/* A name that has rows already, and its clauses so far. */
struct told {
    const char *name, *year;
    size_t clauses;
    const struct announcement *by;
    struct told *next;
};

/* A part is read from its first paragraph to its last. */
struct reader {
    const struct extract *extract;
    const struct part *part;
    struct told *told;
};

static bool says(const struct extract *extract, const char *context, const char *text)
{
    struct match match;
    return rule_find(rules_in(extract->rules, context), text, strlen(text), 0, &match);
}

/* --- paragraphs: where an announcement may stand */

/* Long lines may still wait for someone to say what they are: they are read as prose. */
static bool is_prose(const struct record *record)
{
    return record->kind == RECORD_TEXT || record->kind == RECORD_LINE || record->kind == RECORD_HEADING;
}

static const char *normal_of(const struct extract *extract, const struct record *record)
{
    const char *normal = record_value(record, ATTRIBUTE_NORMAL);
    return *normal ? normal : text_normal(extract->arena, record->text, strlen(record->text)).text;
}

/* The end of the clause or sentence mark at the end of a clause. */
static size_t after_mark(const char *text, size_t length, size_t at)
{
    size_t bytes = 0;
    if (at < length)
        (void)text_character(text, length, at, &bytes);
    return at + bytes;
}

/* The clause [from, to) of a text as a text of its own. */
static struct clause divide(const struct extract *extract, const char *text, size_t from, size_t to)
{
    return clause_divide(extract, extract_copy(extract, text, from, to));
}

/* Whether a sentence or paragraph that begins at from goes on with the targets of the
 * one before: its first clause is a target, or a later one without doubt. What opens a
 * paragraph must leave no doubt. */
static bool goes_on(const struct extract *extract, const char *text, size_t length, size_t from, bool paragraph)
{
    struct match match;
    size_t end;
    if (rule_at(rules_in(extract->rules, "announcement-end"), text + from, length - from, 0, &match))
        return false;
    if (rule_find(rules_in(extract->rules, "sentence-end"), text, length, from, &match))
        length = match.from;
    for (size_t at = from; at < length; at = after_mark(text, length, end)) {
        end = text_clause_end(text, length, at);
        if (rule_find(rules_in(extract->rules, "announcement"), text, end, at, &match))
            at = match.to;
        struct clause clause = divide(extract, text, at, end);
        if (clause.kind == CLAUSE_TARGET ? clause.certain || (at == from && !paragraph)
                                         : clause.kind == CLAUSE_EFFORT && !paragraph)
            return true;
        if (paragraph)
            return false;
    }
    return false;
}

/* The record after the last one that an announcement in record first reaches into. */
static size_t find_end(const struct extract *extract, const struct part *part, size_t first, bool open)
{
    size_t end = first + 1;
    for (size_t i = first + 1; i < part->end; i++) {
        const struct record *record = &extract->in->records[i];
        if (record->kind == RECORD_PAGE_NUMBER)
            continue;
        if (!is_prose(record))
            break;
        const char *normal = normal_of(extract, record);
        if (!open && !goes_on(extract, normal, strlen(normal), 0, true))
            break;
        open = !text_ends_sentence(normal, strlen(normal));
        end = i + 1;
    }
    return end;
}

/* --- the year */

static size_t sentence_start(const struct extract *extract, const char *text, size_t at)
{
    const struct rule_set *stops = rules_in(extract->rules, "sentence-end");
    struct match match;
    size_t start = 0;
    while (rule_find(stops, text, at, start, &match))
        start = match.to;
    return start;
}

static long last_year(const struct extract *extract, const char *text)
{
    long years[8];
    size_t count = years_in(extract, text, years, COUNT(years));
    return count > 0 ? years[count - 1] : 0;
}

/* The year that the end of a text, at most size bytes, says the plan is for (2021年是…), or 0. */
static long planned_year(const struct extract *extract, const char *text, size_t size)
{
    const struct rule_set *set = rules_in(extract->rules, "plan-year");
    struct match match;
    long year = 0;
    size_t length = strlen(text), bytes;
    for (size_t at = 0; rule_find(set, text, length, at, &match); at = match.to)
        if (match.from + size >= length)
            year = text_numeral(text, length, match.from, &bytes);
    return year;
}

enum { LOOK_BACK = 6000 }; /* bytes: some paragraphs */

/* The year of targets whose sentence names none: what was said shortly before, or of
 * the heading, the title, the report. */
static long year_around(const struct reader *reader, size_t index, const char *before)
{
    const struct extract *extract = reader->extract;
    const struct part *part = reader->part;
    const struct record *section = section_of(extract, &extract->in->records[index]);
    size_t left = LOOK_BACK;
    long year = planned_year(extract, before, left);
    for (size_t i = index; !year && i > part->first; i--) {
        size_t length = strlen(before);
        if (length >= left)
            break;
        left -= length;
        before = is_prose(&extract->in->records[i - 1]) ? normal_of(extract, &extract->in->records[i - 1]) : "";
        year = planned_year(extract, before, left);
    }
    if (!year && section)
        year = planned_year(extract, record_value(section, ATTRIBUTE_NORMAL), LOOK_BACK);
    if (!year)
        year = planned_year(extract, part->name, LOOK_BACK);
    /* A report plans the year of its date, or the next one if it was given early. */
    return part->year && year != part->year + 1 ? part->year : year;
}

/* --- clauses into facts */

static struct told *find_told(struct reader *reader, const struct announcement *announcement, const char *name)
{
    for (struct told *told = reader->told; told; told = told->next)
        if (strcmp(told->name, name) == 0 && strcmp(told->year, announcement->year) == 0)
            return told;
    struct told *told = arena_alloc(reader->extract->arena, sizeof *told);
    *told = (struct told){name, announcement->year, 0, announcement, reader->told};
    reader->told = told;
    return told;
}

static void add_fact(const struct announcement *announcement, const struct clause *clause,
                     const struct reading *reading, size_t item, const struct span *span)
{
    const struct extract *extract = announcement->extract;
    const struct passage *passage = &announcement->passage;
    struct record *fact = fact_add(extract, RECORD_INDICATOR, announcement->part);
    passage_locate(extract->facts, fact, passage, passage_printed(passage, span->from + clause->from),
                   passage_printed_end(passage, span->to));
    fact_set(extract, fact, ATTRIBUTE_YEAR, announcement->year);
    fact_set(extract, fact, ATTRIBUTE_NAME, reading->name);
    fact_set(extract, fact, ATTRIBUTE_CONCEPT, concept_of(extract, fact, reading->name));
    fact_set(extract, fact, ATTRIBUTE_NATURE, span->nature);
    fact_set(extract, fact, ATTRIBUTE_MEASURE, "target");
    fact_set(extract, fact, ATTRIBUTE_ITEM, arena_printf(extract->arena, "%zu", item));
    fact_set(extract, fact, ATTRIBUTE_TEXT, clause->text);
    target_write(extract, fact, &reading->target, NULL);
    record_credit(extract->facts, fact, announcement->rule->id);
    if (clause->rule)
        record_credit(extract->facts, fact, clause->rule->id);
}

/* Adds the facts of one clause; *current is the name that one without a name is about. */
static void add_clause(struct reader *reader, const struct announcement *announcement, const struct span *span,
                       const char **current)
{
    const struct extract *extract = reader->extract;
    struct clause clause = divide(extract, announcement->passage.normal.text, span->from, span->to);
    if (clause.kind == CLAUSE_OTHER || (clause.kind != CLAUSE_TARGET && !*current))
        return;
    if (clause.kind == CLAUSE_TARGET)
        *current = clause.name;
    clause.name = *current;
    struct told *told = find_told(reader, announcement, clause.name);
    if (told->by != announcement)
        return; /* told before: no row */
    struct reading readings[MOST_READINGS];
    size_t count = clause_read(extract, &clause, readings, COUNT(readings));
    told->clauses++;
    if (clause.kind == CLAUSE_EFFORT)
        readings[0].target.kind = "text";
    for (size_t i = 0; i < count; i++)
        add_fact(announcement, &clause, &readings[i], told->clauses, span);
}

/* What the words of an introduction say of the targets behind it: 约束性指标是. */
static const char *nature_of(const struct extract *extract, const char *text, size_t from, size_t to)
{
    struct match match;
    return rule_find(rules_in(extract->rules, "nature-word"), text, to, from, &match) ? rule_means(match.rule, "nature")
                                                                                      : NULL;
}

/* Whether a line ends between two places of the normal form. */
static bool breaks(const struct passage *passage, size_t from, size_t to)
{
    size_t start = passage_printed_end(passage, from), end = passage_printed(passage, to);
    return memchr(passage->text + start, '\n', end - start) != NULL;
}

/* Finds the clauses of an announcement from an offset of its passage on. */
static void find_clauses(struct announcement *announcement, size_t at)
{
    const struct extract *extract = announcement->extract;
    const char *text = announcement->passage.normal.text;
    size_t length = announcement->passage.normal.length;
    struct match match;
    for (bool opens = true; at < length && announcement->count < MOST_CLAUSES;) {
        size_t end = text_clause_end(text, length, at);
        if (rule_find(rules_in(extract->rules, "announcement"), text, end, at, &match)) {
            announcement->nature = nature_of(extract, text, match.from, match.to);
            at = match.to;
        }
        end = clause_indicator_end(extract, text, end, at);
        announcement->spans[announcement->count++] = (struct span){at, end, opens, announcement->nature};
        announcement->end = at = after_mark(text, length, end);
        opens = rule_at(rules_in(extract->rules, "sentence-end"), text, length, end, &match);
        if (opens && at < length && !goes_on(extract, text, length, at, breaks(&announcement->passage, at, at)))
            break;
    }
}

/* Adds the facts of an announcement. */
static void add_clauses(struct reader *reader, struct announcement *announcement)
{
    const char *current = NULL;
    for (size_t i = 0; i < announcement->count; i++) {
        if (announcement->spans[i].opens)
            current = NULL;
        add_clause(reader, announcement, &announcement->spans[i], &current);
    }
}

/* --- introductions */

/* Whether what follows an introduction are targets, and of the year meant. */
static bool is_announced(const struct announcement *announcement, long year)
{
    const struct extract *extract = announcement->extract;
    const char *text = announcement->passage.normal.text;
    size_t length = announcement->passage.normal.length;
    bool certain = false;
    for (size_t i = 0; i < announcement->count; i++) {
        const struct span *span = &announcement->spans[i];
        const char *clause = extract_copy(extract, text, span->from, span->to);
        if (says(extract, "other-years", clause) || last_year(extract, clause) > year)
            return false;
        struct clause divided = clause_divide(extract, clause);
        certain = certain || (divided.kind == CLAUSE_TARGET && divided.certain);
    }
    size_t end = text_clause_end(text, length, announcement->end);
    return certain && !says(extract, "other-years", extract_copy(extract, text, announcement->end, end));
}

/* Reads the announcement that record index introduces at a match; returns the
 * record after its last one, or 0 if it is none. */
static size_t read_announcement(struct reader *reader, size_t index, const char *normal, const struct match *found)
{
    const struct extract *extract = reader->extract;
    size_t start = sentence_start(extract, normal, found->from);
    const char *sentence = extract_copy(extract, normal, start, found->to);
    if (says(extract, "ahead", sentence) && !says(extract, "this-year", sentence))
        return 0;
    bool open = normal[found->to] == '\0' || !text_ends_sentence(normal, strlen(normal));
    size_t end = find_end(extract, reader->part, index, open);
    struct announcement *announcement = arena_alloc(extract->arena, sizeof *announcement);
    *announcement = (struct announcement){.extract = extract, .part = reader->part, .rule = found->rule};
    announcement->passage = passage_read(extract->arena, extract->in, index, end);
    announcement->nature = nature_of(extract, normal, found->from, found->to);
    find_clauses(announcement, found->to);
    long year = last_year(extract, sentence);
    if (!year)
        year = year_around(reader, index, extract_copy(extract, normal, 0, start));
    if (!is_announced(announcement, year))
        return 0;
    announcement->year = year ? arena_printf(extract->arena, "%ld", year) : "";
    add_clauses(reader, announcement);
    return end;
}

void read_announcements(const struct extract *extract, const struct part *part)
{
    static const char *const classes[] = {"work-report", "plan-report", "report", ""};
    struct reader reader = {extract, part, NULL};
    bool reports = false;
    for (size_t i = 0; i < COUNT(classes); i++)
        reports = reports || strcmp(part->class, classes[i]) == 0;
    if (!reports)
        return;
    const struct rule_set *set = rules_in(extract->rules, "announcement");
    for (size_t i = part->first, end; i < part->end; i = end) {
        const struct record *record = &extract->in->records[i];
        end = i + 1;
        if (!is_prose(record))
            continue;
        const char *normal = normal_of(extract, record);
        struct match match;
        size_t length = strlen(normal), last;
        for (size_t at = 0; rule_find(set, normal, length, at, &match); at = match.to) {
            last = read_announcement(&reader, i, normal, &match);
            if (last == 0)
                continue;
            end = last;
            break;
        }
    }
}
