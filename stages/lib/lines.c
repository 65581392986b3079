/* lines: see lines.h. In: printed lines. Out: which of them run on into the next. */
#include "lines.h"

#include "text.h"

#include <stdlib.h>

/* Wrapped lines differ in width by what may not begin or end a line (a mark is
 * pulled up, a figure is not broken): by up to four half widths. */
enum { SLACK = 4, WIDEST = 200 };

static bool has_gap(const char *text, size_t from, size_t to)
{
    bool wide_before = false, space = false;
    for (size_t at = from, bytes; at < to; at += bytes) {
        uint32_t character = text_character(text, to, at, &bytes);
        if (character_is_space(character)) {
            space = true;
            continue;
        }
        bool wide = character_is_wide(character);
        if (space && wide && wide_before)
            return true;
        wide_before = wide;
        space = false;
    }
    return false;
}

/* The width of what stands unbroken at the beginning: Latin letters and figures
 * with the marks behind them, or one character. */
static int first_word(const char *text, size_t from, size_t to)
{
    size_t at = from, bytes;
    while (at < to && !character_is_wide(text_character(text, to, at, &bytes)) &&
           !character_is_space(text_character(text, to, at, &bytes)))
        at += bytes;
    if (at < to && (at == from || text_mark(text_character(text, to, at, &bytes)) != MARK_NONE)) {
        (void)text_character(text, to, at, &bytes);
        at += bytes;
    }
    return text_width(text + from, at - from);
}

struct line_shape line_shape(const char *text, size_t length)
{
    size_t from = 0, to = length, bytes, spaces = 0;
    bool ideographic = false;
    while (from < to && character_is_space(text_character(text, to, from, &bytes))) {
        ideographic = ideographic || bytes > 1;
        from += bytes;
        spaces++;
    }
    while (to > from && character_is_space(text_character_before(text, to, &bytes)))
        to -= bytes;
    return (struct line_shape){
        .width = text_width(text + from, to - from),
        .first_word = first_word(text, from, to),
        .indented = ideographic || spaces > 1,
        .space_at_end = to < length,
        .ends_sentence = text_ends_sentence(text + from, to - from),
        .ends_with_mark = text_ends_clause(text + from, to - from),
        .has_gap = has_gap(text, from, to),
    };
}

/* The width that most lines without an end of their own come close to; 0 if they
 * come close to none. */
static int full_width(const struct line_shape *lines, size_t count)
{
    enum { FEWEST = 4 };
    size_t of_width[WIDEST + 1] = {0}, unended = 0, most = 0, sum = 0;
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        if (lines[i].ends_sentence || lines[i].space_at_end || lines[i].width > WIDEST)
            continue;
        unended++;
        of_width[lines[i].width]++;
    }
    for (int width = 0; width <= WIDEST; width++) {
        sum += of_width[width];
        if (width > SLACK)
            sum -= of_width[width - SLACK - 1];
        if (width > 2 * SLACK && sum >= most && sum > 0) {
            most = sum;
            best = width;
        }
    }
    return unended >= FEWEST && 3 * most >= unended ? best : 0;
}

struct line_measure line_measure(const struct line_shape *lines, size_t count)
{
    struct line_measure measure = {.full = full_width(lines, count)};
    size_t wrapped = 0, wrapped_spaced = 0, ended = 0, ended_spaced = 0;
    for (size_t i = 0; measure.full && i < count; i++) {
        if (lines[i].ends_sentence) {
            ended++;
            ended_spaced += lines[i].space_at_end;
        } else if (lines[i].width >= measure.full - SLACK) {
            wrapped++;
            wrapped_spaced += lines[i].space_at_end;
        }
    }
    measure.marks_ends = 2 * ended_spaced > ended && 4 * wrapped_spaced < wrapped;
    return measure;
}

/* The first line of a paragraph is two characters shorter where its indent is lost. */
bool line_is_full(const struct line_shape *line, const struct line_shape *next, const struct line_measure *measure)
{
    enum { INDENT = 4, CHARACTER = 2 };
    int word = next && next->first_word > CHARACTER ? next->first_word : CHARACTER;
    return measure->full > 0 && line->width + word >= measure->full - SLACK - INDENT + CHARACTER;
}

bool line_runs_on(const struct line_shape *line, const struct line_shape *next, bool starts,
                  const struct line_measure *measure)
{
    if (measure->full == 0 || next->indented || (line->has_gap && !measure->marks_ends))
        return false;
    if (measure->marks_ends && line->space_at_end)
        return false;
    if (!line_is_full(line, next, measure))
        return false;
    if (starts)
        return false;
    if (!line->ends_sentence)
        return true;
    bool next_is_text = next->ends_sentence || next->ends_with_mark || line_is_full(next, NULL, measure);
    return next_is_text && !next->has_gap;
}
