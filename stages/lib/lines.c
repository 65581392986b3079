/* lines: see lines.h. In: printed lines. Out: which of them run on into the next. */
#include "lines.h"

#include "text.h"

#include <stdlib.h>

/* Wrapped lines differ in width by what may not begin or end a line (a mark is
 * pulled up, a figure is not broken): by up to four half widths. */
enum { SLACK = 4, WIDEST = 200 };

/* What the characters of a line have shown so far. */
struct reading {
    struct line_shape shape;
    int spaces;       /* width of the white space since the last character */
    int all_spaces;   /* of all white space between two characters */
    int gaps, joints; /* pairs of wide characters with and without white space between them */
    bool begun, wide_before;
    bool in_first_word;
};

/* The first word is what may not be broken: Latin letters and figures with the
 * mark behind them, or one wide character. */
static void read_first_word(struct reading *reading, uint32_t character, int width)
{
    bool narrow = width == 1 && reading->spaces == 0;
    bool belongs = !reading->begun || narrow || (reading->spaces == 0 && text_mark(character) != MARK_NONE);
    if (belongs)
        reading->shape.first_word += width;
    reading->in_first_word = belongs && narrow;
}

static void read_character(struct reading *reading, uint32_t character)
{
    bool ideograph = character >= 0x4E00 && character <= 0x9FFF; /* most are: wide, and no mark */
    if (!ideograph && character_is_space(character)) {
        reading->spaces += character_is_wide(character) ? 2 : 1;
        return;
    }
    bool wide = ideograph || character_is_wide(character);
    int width = wide ? 2 : 1;
    if (!reading->begun) {
        reading->shape.indented = reading->spaces > 1;
        reading->spaces = 0;
    }
    if (reading->in_first_word)
        read_first_word(reading, character, width);
    if (wide && reading->wide_before)
        ++*(reading->spaces > 0 ? &reading->gaps : &reading->joints);
    reading->shape.width += reading->spaces + width;
    reading->all_spaces += reading->spaces;
    if (!ideograph && !reading->shape.has_mark)
        reading->shape.has_mark = text_mark(character) != MARK_NONE;
    reading->wide_before = wide;
    reading->begun = true;
    reading->spaces = 0;
}

/* Whether the characters of a line are set apart, as a PDF leaves a spread line: its
 * spaces are no borders. */
static bool is_spread(const struct reading *reading)
{
    enum { FEWEST = 4, TIMES = 3 };
    return reading->gaps >= FEWEST && reading->gaps >= TIMES * reading->joints;
}

struct line_shape line_shape(const char *text, size_t length)
{
    struct reading reading = {.in_first_word = true};
    for (size_t at = 0, bytes; at < length; at += bytes)
        read_character(&reading, text_character(text, length, at, &bytes));
    reading.shape.is_spread = is_spread(&reading);
    if (reading.shape.is_spread)
        reading.shape.width -= reading.all_spaces;
    else
        reading.shape.has_gap = reading.gaps > 0;
    reading.shape.space_at_end = reading.spaces > 0;
    reading.shape.ends_sentence = text_ends_sentence(text, length);
    reading.shape.ends_with_mark = text_ends_clause(text, length);
    return reading.shape;
}

static bool is_of_kinds(const struct line_shape *line, enum line_kinds kinds)
{
    return kinds == LINES_SPREAD ? line->is_spread : kinds == LINES_ALL || line->has_mark;
}

/* The width that most lines without an end of their own come close to; 0 if they
 * come close to none. */
static int full_width(const struct line_shape *lines, size_t count, enum line_kinds kinds)
{
    enum { FEWEST = 4, RARELY = 20 };
    size_t of_width[WIDEST + 1] = {0}, unended = 0, most = 0, sum = 0, wider = 0;
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        if (lines[i].ends_sentence || lines[i].space_at_end || lines[i].width > WIDEST ||
            !is_of_kinds(&lines[i], kinds))
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
    /* Where lines are wrapped none is much wider than a full one. */
    for (size_t i = 0; i < count; i++)
        wider += 2 * lines[i].width > 3 * best && is_of_kinds(&lines[i], kinds);
    return unended >= FEWEST && 3 * most >= unended && RARELY * wider < count ? best : 0;
}

struct line_measure line_measure(const struct line_shape *lines, size_t count)
{
    struct line_measure measure = {.full = full_width(lines, count, LINES_ALL)};
    while (measure.full == 0 && measure.kinds < LINES_MARKED)
        measure.full = full_width(lines, count, ++measure.kinds);
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
    if (!is_of_kinds(line, measure->kinds) && !is_of_kinds(next, measure->kinds))
        return false;
    if (measure->full == 0 || next->indented || (line->has_gap && !measure->marks_ends))
        return false;
    if (measure->marks_ends && line->space_at_end)
        return false;
    /* What marks its ends goes on where there is none, be a line a little shorter than others:
     * figures are not as wide as they count where fonts are proportional. */
    bool full = measure->marks_ends ? 4 * line->width >= 3 * measure->full : line_is_full(line, next, measure);
    if (!full)
        return false;
    if (starts)
        return false;
    if (!line->ends_sentence)
        return true;
    bool next_is_text = next->ends_sentence || next->ends_with_mark || line_is_full(next, NULL, measure);
    return next_is_text && !next->has_gap;
}
