/* layout: what decode leaves behind. decoded.txt holds the text, one line per
 * line of the input; layout.tsv holds what plain text cannot: the facts about the
 * input, and the page breaks. decode writes both, segment reads both.
 *
 * layout.tsv has the columns
 *
 *   line  from  to  what  value
 *
 * escaped as tsv.h says. `line` counts the lines of decoded.txt from 1; `from` and
 * `to` are columns of that line in characters, from 0, to not included, empty
 * where the whole line or none is meant. `what` is the name of a fact about the
 * input (without a line; `value` holds it), or
 *
 *   page   a page begins here: at character `from` of `line`. A break behind the
 *          last character of a line is told as character 0 of the next one, which
 *          may be one more than there are lines. `value` is the number of the page
 *          where the input says one, else empty.
 *
 * Web pages and PDFs add kinds of rows of their own (a cell with its row, column
 * and spans; the place of a piece on its page), with the details in `value`. */
#ifndef GONGBAO_LAYOUT_H
#define GONGBAO_LAYOUT_H

#include "fault.h"

/* The facts about the input, each a text. */
enum layout_fact {
    LAYOUT_GAZETTE,  /* the id: base name of the folder */
    LAYOUT_INPUT,    /* file name without folders */
    LAYOUT_BYTES,    /* size of the input, decimal */
    LAYOUT_SHA256,   /* of the input, hex */
    LAYOUT_ENCODING, /* by its name in ICU: UTF-8, GB18030 */
    LAYOUT_REPLACED, /* how many U+FFFD decode put in for bytes and control characters, decimal */
    LAYOUT_LINES,    /* how many lines decoded.txt has, decimal */
    LAYOUT_FACT_COUNT
};

struct layout_line {
    const char *text; /* valid UTF-8, NUL after it; no control character but tab */
    size_t length;    /* in bytes */
};

struct page_break {
    long line;   /* of decoded.txt, from 1 */
    size_t from; /* in characters, from 0 */
};

struct layout {
    const char *facts[LAYOUT_FACT_COUNT]; /* never NULL after layout_read */
    struct layout_line *lines;            /* line n is lines[n - 1] */
    size_t line_count;
    struct page_break *breaks; /* in the order of the text */
    size_t break_count, break_capacity;
};

/* Reads FOLDER/decoded.txt and FOLDER/layout.tsv. Returns NULL, or a fault that
 * names the line of the file (bytes that are no UTF-8, a fact missing, a break
 * that runs backwards, files that do not belong together). Everything lives in arena. */
struct fault *layout_read(struct arena *arena, const char *folder, struct layout *layout);

/* Writes FOLDER/layout.tsv; of layout the facts and the breaks. */
struct fault *layout_write(struct arena *arena, const char *folder, const struct layout *layout);

#endif
