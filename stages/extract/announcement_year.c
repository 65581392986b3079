/* announcement_year: the year that announced targets are for, and whether they are for
 * others than the one that a report plans (a five-year plan, years gone by). */
#include "announcement.h"

#include <string.h>

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
static long year_before(const struct announcement_reader *reader, size_t index, const char *text, size_t length)
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

long announcement_year(const struct announcement_reader *reader, const struct paragraph *paragraph,
                       const char *sentence, size_t start)
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

/* --- other years */

bool announcement_is_for_others(const struct extract *extract, const char *text, size_t from, size_t to, long year)
{
    if (to - from > LONGEST_CLAUSE)
        return false;
    const char *clause = extract_copy(extract, text, from, to);
    return text_says(extract, "other-years", clause) || last_year(extract, clause) > year;
}

/* Whether a heading above a record says that what stands there is for other years
 * (未来五年发展目标), and not for that of the report too. */
static bool is_headed_ahead(const struct announcement_reader *reader, const struct record *record)
{
    const struct extract *extract = reader->extract;
    while ((record = section_of(extract, record))) {
        const char *heading = record_value(record, ATTRIBUTE_NORMAL);
        struct match match;
        if (rule_find(rules_in(extract->rules, "sentence-end"), heading, strlen(heading), 0, &match))
            heading = extract_copy(extract, heading, 0, match.from); /* the paragraph stands behind it */
        if (!text_says(extract, "ahead", heading))
            continue;
        long year = last_year(extract, heading), own = reader->part->year;
        return !text_says(extract, "this-year", heading) && (!year || (own && year != own && year != own + 1));
    }
    return false;
}

bool announcement_of_other_years(const struct announcement_reader *reader, const struct paragraph *paragraph,
                                 const char *sentence, size_t start)
{
    const struct extract *extract = reader->extract;
    long said = last_year(extract, sentence);
    if (text_says(extract, "results", sentence) ||
        (said && said < reader->part->year && !text_says(extract, "now", sentence)))
        return true;
    if (text_says(extract, "this-year", sentence))
        return false;
    if (text_says(extract, "ahead", sentence))
        return true;
    const char *before = extract_copy(extract, paragraph->normal, 0, start);
    return !last_year(extract, sentence) && !planned_year(extract, before, start, LOOK_BACK) &&
           !text_says(extract, "this-year", before) && is_headed_ahead(reader, &extract->in->records[paragraph->index]);
}
