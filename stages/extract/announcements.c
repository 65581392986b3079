/* announcements: the targets of a year that a report announces in prose. In: the
 * paragraphs of a part. Out: a fact for each value of each clause. An announcement
 * begins behind words that introduce it and goes on, over sentences and paragraphs,
 * until one tells of work or argues. */
#include "clauses.h"

#include <limits.h>
#include <string.h>

/* More than any report has: a text made to be slow is slow for a moment only. */
enum {
    MOST_CLAUSES = 128,
    MOST_READINGS = 8,
    MOST_PARAGRAPHS = 32,     /* of one announcement */
    MOST_INTRODUCTIONS = 64,  /* in one paragraph */
    MOST_ANNOUNCEMENTS = 500, /* in one document */
    LONGEST_CLAUSE = 600,     /* bytes */
    LONGEST_ANNOUNCEMENT = 20000
};

/* A clause, in the normal form of the passage. */
struct span {
    size_t from, to;
    bool opens;    /* a sentence */
    bool others;   /* of other years than the one meant */
    bool doubtful; /* in a sentence that need not announce: a target counts if it is certain */
    const char *nature;
};

/* The paragraph that introduces targets, with those it may go on into. */
struct paragraph {
    size_t index, end;  /* of its record; of the record after the last */
    const char *normal; /* of the first alone, the beginning of the passage */
    size_t length;
    struct passage passage; /* once end is set */
};

/* An announcement as it is read. */
struct announcement {
    const struct rule *rule; /* that introduced it */
    const struct passage *passage;
    const char *year, *nature;
    struct span spans[MOST_CLAUSES];
    size_t count, end; /* of the spans; where in the passage it ends */
    size_t number;     /* in its part */
};

/* A name that has rows already, and its clauses so far. */
struct told {
    const char *name, *year;
    size_t clauses;
    size_t announcement; /* by number */
    struct told *next;
};

/* A part is read from its first paragraph to its last. */
struct reader {
    const struct extract *extract;
    const struct part *part;
    struct told *told;
    size_t announcements;
};

static bool says(const struct extract *extract, const char *context, const char *text)
{
    struct match match;
    return rule_find(rules_in(extract->rules, context), text, strlen(text), 0, &match);
}

/* --- paragraphs: where an announcement may stand */

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
    if (to - from > LONGEST_CLAUSE)
        return (struct clause){.kind = CLAUSE_OTHER, .name = "", .text = ""};
    return clause_divide(extract, extract_copy(extract, text, from, to));
}

/* The end of the clause of a place: of the next one if it is but the name of that. */
static size_t clause_end(const struct extract *extract, const char *text, size_t length, size_t at)
{
    struct match match;
    size_t end = text_clause_end(text, length, at), next = after_mark(text, length, end);
    if (next >= length || next - at > LONGEST_CLAUSE ||
        rule_at(rules_in(extract->rules, "sentence-end"), text, length, end, &match))
        return end;
    size_t next_end = text_clause_end(text, length, next);
    if (next_end - next > LONGEST_CLAUSE)
        return end;
    const char *clause = extract_copy(extract, text, at, end), *following = extract_copy(extract, text, next, next_end);
    return clause_names(extract, clause, following) ? next_end : end;
}

/* Whether a sentence or paragraph that begins at from goes on with the targets of the
 * one before: its first clause is a target, or a later one without doubt. What opens a
 * paragraph must leave no doubt; one with an introduction is read for itself. */
static bool goes_on(const struct extract *extract, const char *text, size_t length, size_t from, bool paragraph)
{
    struct match match;
    size_t end;
    if (rule_at(rules_in(extract->rules, "announcement-end"), text + from, length - from, 0, &match))
        return false;
    if (rule_find(rules_in(extract->rules, "sentence-end"), text, length, from, &match))
        length = match.from;
    for (size_t at = from; at < length; at = after_mark(text, length, end)) {
        end = clause_end(extract, text, length, at);
        if (rule_find(rules_in(extract->rules, "announcement"), text, end, at, &match)) {
            if (paragraph)
                return false;
            at = match.to;
        }
        struct clause clause = divide(extract, text, at, end);
        if (clause.kind == CLAUSE_TARGET ? clause.certain || (at == from && !paragraph)
                                         : clause.kind == CLAUSE_EFFORT && !paragraph)
            return true;
        if (paragraph)
            return false;
    }
    return false;
}

/* Whether a place of the normal form begins a line. */
static bool begins_line(const struct passage *passage, size_t at)
{
    size_t start = passage_printed_end(passage, at), end = passage_printed(passage, at);
    return memchr(passage->text + start, '\n', end - start) != NULL;
}

/* Whether the sentence behind the one that begins at from opens with a target without
 * doubt, in the same paragraph: one between two that announce tells of the targets too. */
static bool goes_on_later(const struct extract *extract, const struct passage *passage, size_t length, size_t from)
{
    const char *text = passage->normal.text;
    struct match match;
    if (rule_at(rules_in(extract->rules, "announcement-end"), text + from, length - from, 0, &match) ||
        !rule_find(rules_in(extract->rules, "sentence-end"), text, length, from, &match))
        return false;
    size_t next = match.to;
    return next < length && !begins_line(passage, next) && goes_on(extract, text, length, next, false);
}

/* Whether the entry of a list begins at a place: ——创造更多就业岗位。新增就业16万人. */
static bool begins_entry(const struct extract *extract, const char *text, size_t length, size_t at)
{
    struct match match;
    return rule_at(rules_in(extract->rules, "list-mark"), text, length, at, &match);
}

/* Whether a paragraph begins with an introduction of its own. */
static bool is_introduced(const struct extract *extract, const char *text, size_t length)
{
    struct match match;
    return rule_find(rules_in(extract->rules, "announcement"), text, text_clause_end(text, length, 0), 0, &match);
}

/* Finds the records that an announcement which begins at a place of a paragraph may
 * reach into. */
static void find_end(const struct extract *extract, const struct part *part, struct paragraph *paragraph, size_t at)
{
    const char *normal = paragraph->normal;
    bool open = at == paragraph->length || !text_ends_sentence(normal, paragraph->length), in_list = false;
    paragraph->end = paragraph->index + 1;
    for (size_t i = paragraph->end; i < part->end && i < paragraph->index + MOST_PARAGRAPHS; i++) {
        const struct record *record = &extract->in->records[i];
        if (record_kind_is_margin(record->kind))
            continue;
        if (!record_is_prose(record))
            break;
        normal = record_normal(extract->arena, record);
        size_t length = strlen(normal);
        bool entry = begins_entry(extract, normal, length, 0);
        if (open ? is_introduced(extract, normal, length)
                 : !(entry && in_list) && !goes_on(extract, normal, length, 0, true))
            break;
        in_list = entry && (open || in_list);
        open = !text_ends_sentence(normal, length);
        paragraph->end = i + 1;
    }
    paragraph->passage = passage_read(extract->arena, extract->in, paragraph->index, paragraph->end);
}

/* --- the year */

/* Where the sentence of a place starts, at from or later. */
static size_t sentence_start(const struct extract *extract, const char *text, size_t from, size_t at)
{
    const struct rule_set *stops = rules_in(extract->rules, "sentence-end");
    struct match match;
    size_t start = from;
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

enum { LOOK_BACK = 6000 }; /* bytes: some paragraphs */

/* The year that the end of text[0, length), at most size bytes, says the plan is for
 * (2021年是…), or 0. */
static long planned_year(const struct extract *extract, const char *text, size_t length, size_t size)
{
    const struct rule_set *set = rules_in(extract->rules, "plan-year");
    struct match match;
    long year = 0;
    size_t bytes, at = 0;
    if (length > size) /* the first whole character */
        for (at = length; at > length - size; at -= bytes)
            (void)text_character_before(text, at, &bytes);
    for (; rule_find(set, text, length, at, &match); at = match.to)
        year = text_numeral(text, length, match.from, &bytes);
    return year;
}

/* The year that was said shortly before, or 0: text[0, length) is what stands before
 * in the record index. */
static long year_before(const struct reader *reader, size_t index, const char *text, size_t length)
{
    const struct extract *extract = reader->extract;
    size_t left = LOOK_BACK;
    long year = planned_year(extract, text, length, left);
    for (size_t i = index; !year && length < left && i > reader->part->first; i--) {
        const struct record *record = &extract->in->records[i - 1];
        left -= length;
        text = record_is_prose(record) ? record_normal(extract->arena, record) : "";
        length = strlen(text);
        year = planned_year(extract, text, length, left);
    }
    return year;
}

/* The year of targets: their sentence says it, or the text shortly before, or the
 * heading, the title, the date of the report; 0 if none does. start: of the sentence. */
static long find_year(const struct reader *reader, const struct paragraph *paragraph, const char *sentence,
                      size_t start)
{
    const struct extract *extract = reader->extract;
    const struct part *part = reader->part;
    const struct record *section = section_of(extract, &extract->in->records[paragraph->index]);
    const char *heading = section ? record_value(section, ATTRIBUTE_NORMAL) : "";
    long year = last_year(extract, sentence);
    if (!year)
        year = year_before(reader, paragraph->index, paragraph->normal, start);
    if (!year)
        year = planned_year(extract, heading, strlen(heading), LOOK_BACK);
    if (!year)
        year = planned_year(extract, part->name, strlen(part->name), LOOK_BACK);
    /* A report plans the year of its date, or the next one if it was given early. */
    if (part->year)
        return year == part->year + 1 ? year : part->year;
    return year ? year : part->given_year;
}

/* --- clauses into facts */

static struct told *find_told(struct reader *reader, const struct announcement *announcement, const char *name)
{
    for (struct told *told = reader->told; told; told = told->next)
        if (strcmp(told->name, name) == 0 && strcmp(told->year, announcement->year) == 0)
            return told;
    struct told *told = arena_alloc(reader->extract->arena, sizeof *told);
    *told = (struct told){name, announcement->year, 0, announcement->number, reader->told};
    reader->told = told;
    return told;
}

static void add_fact(const struct reader *reader, const struct announcement *announcement, const struct clause *clause,
                     const struct reading *reading, size_t item, const struct span *span)
{
    const struct extract *extract = reader->extract;
    const struct passage *passage = announcement->passage;
    struct record *fact = fact_add(extract, RECORD_INDICATOR, reader->part);
    passage_locate(extract->facts, fact, passage, passage_printed(passage, span->from + clause->from),
                   passage_printed_end(passage, span->to));
    fact_set(extract, fact, ATTRIBUTE_YEAR, announcement->year);
    fact_set(extract, fact, ATTRIBUTE_NAME, reading->name);
    fact_set(extract, fact, ATTRIBUTE_CONCEPT, concept_of(extract, fact, reading->name));
    fact_set(extract, fact, ATTRIBUTE_NATURE, span->nature);
    if (says(extract, "misprint-read", clause->text))
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
static void add_clause(struct reader *reader, const struct announcement *announcement, const struct span *span,
                       const char **current)
{
    const struct extract *extract = reader->extract;
    struct clause clause = divide(extract, announcement->passage->normal.text, span->from, span->to);
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

/* What the words of an introduction say of the targets behind it (约束性指标是), or those
 * of a clause of its own (完成约束性指标). */
static const char *nature_of(const struct extract *extract, const char *text, size_t from, size_t to)
{
    struct match match;
    bool found = rule_find(rules_in(extract->rules, "nature-word"), text, to, from, &match);
    return found ? rule_means(match.rule, "nature") : NULL;
}

/* The end of a clause without the half-width stop behind it. */
static size_t before_stop(const char *text, size_t from, size_t to)
{
    while (to > from && text[to - 1] == '.')
        to--;
    return to;
}

/* Whether a line that begins within a clause begins a clause of its own: another target,
 * an entry of a list, or what ends an announcement. */
static bool begins_clause(const struct extract *extract, const char *text, size_t from, size_t to)
{
    struct match match;
    size_t size;
    if (rule_at(rules_in(extract->rules, "bound"), text, to, from, &match)) /* the end of 5%以上 */
        return false;
    if (rule_at(rules_in(extract->rules, "announcement-end"), text, to, from, &match))
        return true;
    if (rule_at(rules_in(extract->rules, "list-mark"), text, to, from, &match) && match.to < to)
        return character_is_wide(text_character(text, to, match.to, &size));
    struct clause clause = divide(extract, text, from, to);
    return clause.kind == CLAUSE_TARGET && clause.certain &&
           character_is_wide(text_character(clause.name, strlen(clause.name), 0, &size));
}

/* Whether a part of a clause is a target by itself: by a figure, or by a predicate. */
static bool is_target(const struct extract *extract, const char *text, size_t from, size_t to)
{
    struct figure figure;
    struct clause clause = divide(extract, text, from, to);
    return clause.kind == CLAUSE_TARGET &&
           (clause.rule || figure_find(extract, clause.text, strlen(clause.text), 0, &figure));
}

/* The end of the line in a clause that ends behind a target without a mark; the clause's
 * own if there is none. */
static size_t line_end(const struct extract *extract, const struct passage *passage, size_t from, size_t to)
{
    const char *text = passage->normal.text;
    for (size_t at = from, bytes; at < to && to - from <= LONGEST_CLAUSE; at += bytes) {
        (void)text_character(text, to, at, &bytes);
        if (at > from && begins_line(passage, at) && is_target(extract, text, from, at) &&
            begins_clause(extract, text, at, to))
            return at;
    }
    return to;
}

/* Whether an announcement goes on where a sentence or a line begins; *doubtful: the
 * sentence need not announce. */
static bool goes_on_at(const struct extract *extract, const struct passage *passage, size_t length, size_t at,
                       bool in_list, bool *doubtful)
{
    const char *text = passage->normal.text;
    bool paragraph = begins_line(passage, at), entry = in_list && begins_entry(extract, text, length, at);
    *doubtful = !(paragraph && entry) && !goes_on(extract, text, length, at, paragraph);
    return !*doubtful || (!paragraph && goes_on_later(extract, passage, length, at));
}

/* Finds the clauses of an announcement from an offset of its passage on. */
static void find_clauses(const struct extract *extract, struct announcement *announcement, size_t at)
{
    const struct passage *passage = announcement->passage;
    const char *text = passage->normal.text;
    size_t length = passage->normal.length;
    length = length - at > LONGEST_ANNOUNCEMENT ? at + LONGEST_ANNOUNCEMENT : length;
    bool in_list = begins_entry(extract, text, length, at);
    struct match match;
    for (bool opens = true, doubtful = false; at < length && announcement->count < MOST_CLAUSES;) {
        size_t end = clause_end(extract, text, length, at);
        if (rule_find(rules_in(extract->rules, "announcement"), text, end, at, &match)) {
            announcement->nature = nature_of(extract, text, match.from, match.to);
            at = match.to;
        }
        if (end - at <= LONGEST_CLAUSE)
            end = clause_indicator_end(extract, text, end, at);
        size_t line = line_end(extract, passage, at, end);
        const char *own = nature_of(extract, text, at, line);
        announcement->spans[announcement->count++] =
            (struct span){at, before_stop(text, at, line), opens, false, doubtful, own ? own : announcement->nature};
        opens = line < end || rule_at(rules_in(extract->rules, "sentence-end"), text, length, end, &match);
        at = line < end ? line : after_mark(text, length, end);
        while (line == end && opens && rule_at(rules_in(extract->rules, "sentence-end"), text, length, at, &match))
            at = after_mark(text, length, at); /* one that is printed twice */
        announcement->end = at;
        if (opens && at < length && !goes_on_at(extract, passage, length, at, in_list, &doubtful))
            break;
    }
}

/* Adds the facts of an announcement. */
static void add_clauses(struct reader *reader, const struct announcement *announcement)
{
    const char *current = NULL;
    for (size_t i = 0; i < announcement->count; i++) {
        if (announcement->spans[i].opens)
            current = NULL;
        if (!announcement->spans[i].others)
            add_clause(reader, announcement, &announcement->spans[i], &current);
    }
}

/* --- introductions */

/* Whether a clause speaks of other years than the one meant. */
static bool is_for_others(const struct extract *extract, const char *text, size_t from, size_t to, long year)
{
    if (to - from > LONGEST_CLAUSE)
        return false;
    const char *clause = extract_copy(extract, text, from, to);
    return says(extract, "other-years", clause) || last_year(extract, clause) > year;
}

/* Whether what follows an introduction are targets, and of the year meant. A clause for
 * other years makes all of them doubtful, unless the introduction says this year. */
static bool is_announced(const struct extract *extract, struct announcement *announcement, long year, bool this_year)
{
    const char *text = announcement->passage->normal.text;
    size_t length = announcement->passage->normal.length;
    bool certain = false;
    for (size_t i = 0; i < announcement->count; i++) {
        struct span *span = &announcement->spans[i];
        span->others = is_for_others(extract, text, span->from, span->to, year);
        if (span->others && !(this_year && certain) && !span->doubtful)
            return false;
        struct clause clause = divide(extract, text, span->from, span->to);
        certain = certain || (clause.kind == CLAUSE_TARGET && clause.certain);
    }
    size_t end = text_clause_end(text, length, announcement->end);
    return certain && !is_for_others(extract, text, announcement->end, end, LONG_MAX);
}

/* Whether a heading above a record says that what stands there is for other years
 * (未来五年发展目标), and not for that of the report too. */
static bool is_headed_ahead(const struct reader *reader, const struct record *record)
{
    const struct extract *extract = reader->extract;
    while ((record = section_of(extract, record))) {
        const char *heading = record_value(record, ATTRIBUTE_NORMAL);
        struct match match;
        if (rule_find(rules_in(extract->rules, "sentence-end"), heading, strlen(heading), 0, &match))
            heading = extract_copy(extract, heading, 0, match.from); /* the paragraph stands behind it */
        if (!says(extract, "ahead", heading))
            continue;
        long year = last_year(extract, heading), own = reader->part->year;
        return !says(extract, "this-year", heading) && (!year || (own && year != own && year != own + 1));
    }
    return false;
}

/* Whether an introduction is of targets for other years: its sentence says it, or the
 * heading does where neither that sentence nor what stands before it says the year. */
static bool is_ahead(const struct reader *reader, const struct paragraph *paragraph, const char *sentence, size_t start)
{
    const struct extract *extract = reader->extract;
    if (says(extract, "this-year", sentence))
        return false;
    if (says(extract, "ahead", sentence))
        return true;
    const char *before = extract_copy(extract, paragraph->normal, 0, start);
    return !last_year(extract, sentence) && !planned_year(extract, before, start, LOOK_BACK) &&
           !says(extract, "this-year", before) && is_headed_ahead(reader, &extract->in->records[paragraph->index]);
}

/* Reads the announcement that a match in a paragraph introduces, from where its
 * sentence starts on. Returns where it ends in the passage, 0 if it is none. */
static size_t read_announcement(struct reader *reader, struct paragraph *paragraph, const struct match *found,
                                size_t start)
{
    const struct extract *extract = reader->extract;
    const char *sentence = extract_copy(extract, paragraph->normal, start, found->to);
    if (is_ahead(reader, paragraph, sentence, start))
        return 0;
    if (paragraph->end == 0)
        find_end(extract, reader->part, paragraph, found->to);
    struct announcement announcement = {.rule = found->rule, .passage = &paragraph->passage};
    announcement.nature = nature_of(extract, paragraph->normal, found->from, found->to);
    find_clauses(extract, &announcement, found->to);
    long year = find_year(reader, paragraph, sentence, start);
    if (!is_announced(extract, &announcement, year, says(extract, "this-year", sentence)))
        return 0;
    announcement.year = year ? arena_printf(extract->arena, "%ld", year) : "";
    announcement.number = ++reader->announcements;
    add_clauses(reader, &announcement);
    return announcement.end;
}

/* Reads the announcements of a paragraph. */
static void read_paragraph(struct reader *reader, size_t index)
{
    const struct extract *extract = reader->extract;
    const struct rule_set *set = rules_in(extract->rules, "announcement");
    struct paragraph paragraph = {.index = index,
                                  .normal = record_normal(extract->arena, &extract->in->records[index])};
    struct match match;
    size_t start = 0, at = 0;
    paragraph.length = strlen(paragraph.normal);
    for (size_t i = 0; i < MOST_INTRODUCTIONS && at < paragraph.length; i++) {
        if (!rule_find(set, paragraph.normal, paragraph.length, at, &match))
            break;
        extract->introduces[index] = true;
        start = sentence_start(extract, paragraph.normal, start, match.from);
        size_t end = read_announcement(reader, &paragraph, &match, start);
        at = end ? end : match.to;
    }
}

bool part_announces(const struct part *part)
{
    static const char *const classes[] = {"work-report", "plan-report", "report", ""};
    for (size_t i = 0; i < COUNT(classes); i++)
        if (strcmp(part->class, classes[i]) == 0)
            return true;
    return false;
}

void read_announcements(const struct extract *extract, const struct part *part)
{
    struct reader reader = {.extract = extract, .part = part};
    if (!part_announces(part))
        return;
    for (size_t i = part->first; i < part->end && reader.announcements < MOST_ANNOUNCEMENTS; i++)
        if (record_is_prose(&extract->in->records[i]))
            read_paragraph(&reader, i);
}
