/* announcement_extent: how far an announcement reaches, and its clauses. In: the paragraph
 * that introduces it. It goes on, over sentences and paragraphs, until one tells of work
 * or argues. */
#include "announcement.h"

#include <string.h>

/* More than any report has: a text made to be slow is slow for a moment only. */
enum {
    MOST_PARAGRAPHS = 32,        /* of one announcement */
    LONGEST_ANNOUNCEMENT = 20000 /* bytes */
};

/* The end of the clause or sentence mark at the end of a clause. */
static size_t after_mark(const char *text, size_t length, size_t at)
{
    size_t bytes = 0;
    if (at < length)
        (void)text_character(text, length, at, &bytes);
    return at + bytes;
}

struct clause announcement_divide(const struct extract *extract, const char *text, size_t from, size_t to)
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
        struct clause clause = announcement_divide(extract, text, at, end);
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

void announcement_find_end(const struct extract *extract, const struct part *part, struct paragraph *paragraph,
                           size_t at)
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

/* --- its clauses */

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
    struct clause clause = announcement_divide(extract, text, from, to);
    return clause.kind == CLAUSE_TARGET && clause.certain &&
           character_is_wide(text_character(clause.name, strlen(clause.name), 0, &size));
}

/* Whether a part of a clause is a target by itself: by a figure, or by a predicate. */
static bool is_target(const struct extract *extract, const char *text, size_t from, size_t to)
{
    struct figure figure;
    struct clause clause = announcement_divide(extract, text, from, to);
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

void announcement_find_clauses(const struct extract *extract, struct announcement *announcement, size_t from, size_t to)
{
    const struct passage *passage = announcement->passage;
    const char *text = passage->normal.text;
    size_t length = passage->normal.length, at = to;
    length = length - at > LONGEST_ANNOUNCEMENT ? at + LONGEST_ANNOUNCEMENT : length;
    announcement->nature = nature_of(extract, text, from, to);
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
