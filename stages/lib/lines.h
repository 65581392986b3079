/* lines: how the lines of a printed page hang together. Text out of a PDF wraps at
 * a margin; whether a line runs on into the next shows in its width, in the space
 * that such text keeps after the last line of a paragraph, and in how the next
 * line begins. */
#ifndef GONGBAO_LINES_H
#define GONGBAO_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* What is known of one printed line. */
struct line_shape {
    int width;      /* in half widths, without the spaces at both ends */
    int first_word; /* width of what may not be broken at its beginning: a figure with its mark, or a character */
    bool indented;  /* begins with an ideographic space or two spaces */
    bool space_at_end;
    bool ends_sentence;  /* 。 ！ ？ ； ： */
    bool ends_with_mark; /* any punctuation that may stand in the middle of a sentence: ， 、 */
    bool is_spread;      /* its characters are set apart */
    bool has_mark;       /* ， ； 。 or the like stand in it: prose, as a rule */
    bool has_gap; /* white space between two wide characters: cells or names side by side; spread lines have none */
};

struct line_shape line_shape(const char *text, size_t length);

/* Which lines tell the measure: where many others (tables) stand between them, those that
 * are spread, or those with marks. */
enum line_kinds { LINES_ALL, LINES_SPREAD, LINES_MARKED };

/* How a text sets its lines. */
struct line_measure {
    int full;              /* width of a full line in half widths; 0: lines are not wrapped */
    bool marks_ends;       /* the last line of a paragraph has a space at its end, others have none */
    enum line_kinds kinds; /* the lines that it was taken from: only those are known to wrap */
};

/* Takes the measure from the lines of a text (blank ones left out by the caller). */
struct line_measure line_measure(const struct line_shape *lines, size_t count);

/* Whether line has no room for what next begins with; next may be NULL. */
bool line_is_full(const struct line_shape *line, const struct line_shape *next, const struct line_measure *measure);

/* Whether line certainly runs on into next. starts: next begins with the mark of
 * a heading or a numbered point. A full line that ends a sentence runs on only
 * into a line that is itself running text: `项目内容` below it is no part of it. A
 * line with a gap may be a row of cells, unless the text marks the ends of paragraphs. */
bool line_runs_on(const struct line_shape *line, const struct line_shape *next, bool starts,
                  const struct line_measure *measure);

#endif
