/* announcements: the targets of a year that a report announces in prose. In: the
 * paragraphs of a part. Out: a fact for each value of each clause. An announcement
 * begins behind words that introduce it; how far it goes on says announcement_extent.c,
 * of which year it is announcement_year.c, what its clauses give announcement_rows.c. */
#include "announcement.h"

#include <limits.h>
#include <string.h>

/* More than any report has: a text made to be slow is slow for a moment only. */
enum {
    MOST_INTRODUCTIONS = 64,  /* in one paragraph */
    MOST_ANNOUNCEMENTS = 500, /* in one document */
};

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

/* Whether what follows an introduction are targets, and of the year meant. A clause for
 * other years makes all of them doubtful, unless the introduction says this year. */
static bool is_announced(const struct extract *extract, struct announcement *announcement, long year, bool this_year)
{
    const char *text = announcement->passage->normal.text;
    size_t length = announcement->passage->normal.length;
    bool certain = false;
    for (size_t i = 0; i < announcement->count; i++) {
        struct span *span = &announcement->spans[i];
        span->others = announcement_is_for_others(extract, text, span->from, span->to, year);
        if (span->others && !(this_year && certain) && !span->doubtful)
            return false;
        struct clause clause = announcement_divide(extract, text, span->from, span->to);
        certain = certain || (clause.kind == CLAUSE_TARGET && clause.certain);
    }
    size_t end = text_clause_end(text, length, announcement->end);
    return certain && !announcement_is_for_others(extract, text, announcement->end, end, LONG_MAX);
}

/* Reads the announcement that a match in a paragraph introduces, from where its
 * sentence starts on. Returns where it ends in the passage, 0 if it is none. */
static size_t read_announcement(struct announcement_reader *reader, struct paragraph *paragraph,
                                const struct match *found, size_t start)
{
    const struct extract *extract = reader->extract;
    const char *sentence = extract_copy(extract, paragraph->normal, start, found->to);
    if (announcement_of_other_years(reader, paragraph, sentence, start))
        return 0;
    if (paragraph->end == 0)
        announcement_find_end(extract, reader->part, paragraph, found->to);
    struct announcement announcement = {.rule = found->rule, .passage = &paragraph->passage};
    announcement_find_clauses(extract, &announcement, found->from, found->to);
    long year = announcement_year(reader, paragraph, sentence, start);
    if (!is_announced(extract, &announcement, year, text_says(extract, "this-year", sentence)))
        return 0;
    announcement.year = year ? arena_printf(extract->arena, "%ld", year) : "";
    announcement.number = ++reader->announcements;
    announcement_add(reader, &announcement);
    return announcement.end;
}

/* Reads the announcements of a paragraph, which the rules of a set introduce. */
static void read_paragraph(struct announcement_reader *reader, const struct rule_set *set, size_t index)
{
    const struct extract *extract = reader->extract;
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

static void read_paragraphs(struct announcement_reader *reader, const char *context)
{
    const struct extract *extract = reader->extract;
    const struct rule_set *set = rules_in(extract->rules, context);
    for (size_t i = reader->part->first; i < reader->part->end && reader->announcements < MOST_ANNOUNCEMENTS; i++)
        if (record_is_prose(&extract->in->records[i]))
            read_paragraph(reader, set, i);
}

void read_announcements(const struct extract *extract, const struct part *part)
{
    struct announcement_reader reader = {.extract = extract, .part = part};
    if (!part_announces(part))
        return;
    read_paragraphs(&reader, "announcement");
    /* What says one target again, or argues for it, in a report with an announcement or a
     * plan table is the whole of it in a work report that has none. */
    if (reader.announcements == 0 && strcmp(part->class, "work-report") == 0)
        read_paragraphs(&reader, "announced-alone");
}
