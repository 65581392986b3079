/* pages: where pages begin and which number is printed on them. In: the lines of
 * a gazette. A form feed is a page break. Text without form feeds keeps a break as
 * one space in front of the first line of a page, with no blank line before it;
 * not each such space is a break, and after a printed number there is none. A
 * page has a number only where that is certain: between two printed numbers there
 * are as many breaks as the numbers need. */
#include "segment.h"

#include <stdlib.h>

/* A page that stops in the middle of a sentence is full: it has at least this
 * share of the lines that pages commonly have. */
static const double FULL_PAGE = 0.8;

/* The page above a printed number reaches up to the break before it, if that is
 * no farther away than this many common pages: else a break was not found. */
static const double ONE_PAGE = 1.5;

static bool read_page_number(const struct segment_text *text, struct segment_line *line)
{
    struct match match;
    size_t from, to;
    if (!rule_whole(rules_in(text->rules, "page-number"), line->normal.text, line->normal.length, &match) ||
        !match_group(&match, "number", &from, &to))
        return false;
    line->kind = RECORD_PAGE_NUMBER;
    line->rule = match.rule->id;
    line->ordinal = arena_copy(text->arena, line->normal.text + from, to - from);
    return true;
}

static bool directly_below(const struct segment_text *text, size_t index)
{
    return index == 0 || text->lines[index].number == text->lines[index - 1].number + 1;
}

static bool may_begin_page(const struct segment_text *text, size_t index)
{
    const struct segment_line *line = &text->lines[index];
    return line->kind != RECORD_PAGE_NUMBER && line->text[0] == ' ' && !line->shape.indented &&
           directly_below(text, index);
}

static int compare_heights(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

/* The number of lines, blank ones too, between two breaks: the median. */
static long common_height(const struct segment_text *text)
{
    size_t count = 0;
    long *heights = arena_alloc(text->arena, (text->count + 1) * sizeof *heights), before = 1;
    for (size_t i = 0; i < text->count; i++) {
        if (!text->lines[i].begins_page)
            continue;
        heights[count++] = text->lines[i].number - before;
        before = text->lines[i].number;
    }
    if (count == 0)
        return 0;
    qsort(heights, count, sizeof *heights, compare_heights);
    return heights[count / 2];
}

/* A leading space inside a table cell looks like a break, but the page above it
 * is not full and its last line is not the end of anything. */
static void drop_early_breaks(struct segment_text *text)
{
    long least = (long)(FULL_PAGE * (double)common_height(text)), before = 1;
    for (size_t i = 0; i < text->count; i++) {
        struct segment_line *line = &text->lines[i];
        if (!line->begins_page)
            continue;
        const struct line_shape *above = i ? &text->lines[i - 1].shape : NULL;
        if (above && !above->space_at_end && !above->ends_sentence && line->number - before < least)
            line->begins_page = false;
        else
            before = line->number;
    }
}

static void find_breaks(struct segment_text *text, const struct layout *layout)
{
    for (size_t i = 0; i < text->count; i++)
        read_page_number(text, &text->lines[i]);
    for (size_t i = 0, next = 0; i < text->count; i++) {
        struct segment_line *line = &text->lines[i];
        if (layout->break_count == 0) {
            line->begins_page = may_begin_page(text, i);
        } else if (next < layout->break_count && layout->breaks[next].line <= line->number) {
            line->begins_page = true;
            while (next < layout->break_count && layout->breaks[next].line <= line->number)
                next++;
        }
    }
    if (layout->break_count > 0)
        return;
    drop_early_breaks(text);
    for (size_t i = 1; i < text->count; i++)
        if (text->lines[i - 1].kind == RECORD_PAGE_NUMBER)
            text->lines[i].begins_page = true;
}

static void number_page(struct segment_text *text, size_t from, size_t to, const char *page)
{
    for (size_t i = from; i < to; i++)
        text->lines[i].page = page;
}

/* Numbers the pages in (after, last], where last is a line with a printed number
 * and after the one before it. */
static void number_between(struct segment_text *text, size_t after, size_t last)
{
    long number = strtol(text->lines[after].ordinal, NULL, 10), breaks = 0;
    long end = strtol(text->lines[last].ordinal, NULL, 10);
    for (size_t i = after + 1; i <= last; i++)
        breaks += text->lines[i].begins_page;
    if (breaks != end - number)
        return;
    const char *page = NULL;
    for (size_t i = after + 1; i <= last; i++) {
        if (text->lines[i].begins_page)
            page = arena_printf(text->arena, "%ld", ++number);
        text->lines[i].page = page;
    }
}

/* Numbers the page at whose foot a number is printed. */
static void number_above(struct segment_text *text, size_t last, long height)
{
    size_t first = last;
    while (first > 0 && !text->lines[first].begins_page)
        first--;
    long lines = text->lines[last].number - text->lines[first].number;
    if ((double)lines <= ONE_PAGE * (double)height)
        number_page(text, first, last + 1, text->lines[last].ordinal);
}

void pages_find(struct segment_text *text, const struct layout *layout)
{
    find_breaks(text, layout);
    if (layout->break_count > 0)
        margins_find(text);
    long height = common_height(text);
    size_t before = text->count;
    for (size_t i = 0; i < text->count; i++) {
        if (text->lines[i].kind != RECORD_PAGE_NUMBER)
            continue;
        number_above(text, i, height);
        if (before < text->count)
            number_between(text, before, i);
        before = i;
    }
}
