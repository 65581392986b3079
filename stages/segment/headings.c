/* headings: lines that a section mark numbers (一、 （一） 1． （1） 第一章). In:
 * lines whose titles are known. Out: headings, which stand alone, and the marks
 * of numbered points, which open running text. */
#include "segment.h"

#include <stdlib.h>
#include <string.h>

/* A heading takes this many lines at most. */
enum { LONGEST = 3 };

static bool read_mark(const struct segment_text *text, struct segment_line *line)
{
    struct match match;
    size_t from, to, bytes;
    if (!rule_at(rules_in(text->rules, "heading"), line->normal.text, line->normal.length, 0, &match) ||
        !match_group(&match, "number", &from, &to))
        return false;
    long number = text_numeral(line->normal.text, to, from, &bytes);
    line->depth = rule_means(match.rule, "depth");
    line->ordinal = number < 0 ? NULL : arena_printf(text->arena, "%ld", number);
    line->rule = match.rule->id;
    return line->depth != NULL;
}

static bool has_sentence(const struct normal *normal)
{
    for (size_t at = 0, bytes; at < normal->length; at += bytes) {
        (void)text_character(normal->text, normal->length, at, &bytes);
        if (text_ends_sentence(normal->text, at + bytes))
            return true;
    }
    return false;
}

/* How many lines the heading that begins at first takes; 0 if what begins there
 * is running text. */
static size_t heading_length(const struct segment_text *text, size_t first)
{
    for (size_t i = first; i < text->count && i < first + LONGEST; i++) {
        const struct segment_line *line = &text->lines[i], *next = line + 1;
        if (line->kind != RECORD_LINE || has_sentence(&line->normal) || (i > first && line->depth))
            return 0;
        bool last = i + 1 == text->count;
        if (!last && line_runs_on(&line->shape, &next->shape, next->depth != NULL, &text->measure))
            continue;
        return line->shape.ends_with_mark ? 0 : i - first + 1;
    }
    return 0;
}

/* Below a line that breaks off at the margin only the next number of a sequence is
 * a mark: `轨道交通 6、` over `7、8 号线` is not. */
static void find_marks(struct segment_text *text)
{
    enum { DEPTHS = 10 };
    long last[DEPTHS] = {0};
    for (size_t i = 0; i < text->count; i++) {
        struct segment_line *line = &text->lines[i], *above = i ? line - 1 : NULL;
        if (line->kind == RECORD_TITLE)
            memset(last, 0, sizeof last);
        if ((line->kind != RECORD_LINE && line->kind != RECORD_CELL) || !read_mark(text, line))
            continue;
        long *before = &last[(line->depth[0] - '0') % DEPTHS];
        long number = line->ordinal ? strtol(line->ordinal, NULL, 10) : 0;
        if (above && line_runs_on(&above->shape, &line->shape, false, &text->measure) && number != *before + 1)
            line->depth = line->ordinal = line->rule = NULL;
        else
            *before = number;
    }
}

void headings_find(struct segment_text *text)
{
    find_marks(text);
    for (size_t i = 0; i < text->count; i++) {
        if (!text->lines[i].depth || text->lines[i].kind != RECORD_LINE)
            continue;
        size_t length = heading_length(text, i);
        for (size_t k = 0; k < length; k++) {
            text->lines[i + k].kind = RECORD_HEADING;
            text->lines[i + k].goes_on = k > 0;
        }
    }
}
