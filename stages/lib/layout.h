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
 *   cell     the characters are text of a table's cell. `value` is
 *            `TABLE ROW COLUMN ROWSPAN COLSPAN KIND`: TABLE numbers the tables of the
 *            input, ROW and COLUMN the place of the cell in its table once all spans
 *            are resolved, all from 1; the spans end with the table; KIND is `th` or
 *            `td`, as the source says. A cell has as many rows as lines, and none if
 *            it is empty. Of tables within tables a text belongs to the inner one.
 *   heading  the characters are marked as a heading; `value` is its level, 1 to 6
 *   furniture  the characters stand around the text: navigation, buttons, links
 *
 * Rows of one kind stand in the order of the text. */
#ifndef GONGBAO_LAYOUT_H
#define GONGBAO_LAYOUT_H

#include "fault.h"
#include <stdbool.h>

/* The facts about the input, each a text. */
enum layout_fact {
    LAYOUT_GAZETTE,  /* the id: base name of the folder */
    LAYOUT_INPUT,    /* file name without folders */
    LAYOUT_BYTES,    /* size of the input, decimal */
    LAYOUT_SHA256,   /* of the input, hex */
    LAYOUT_ENCODING, /* by its name in ICU: UTF-8, GB18030 */
    LAYOUT_REPLACED, /* how many U+FFFD decode put in for bytes and control characters, decimal */
    LAYOUT_LINES,    /* how many lines decoded.txt has, decimal */
    /* said by the table of inputs, "" where it is not */
    LAYOUT_PLACE,  /* whose figures they are */
    LAYOUT_YEAR,   /* of the report */
    LAYOUT_SOURCE, /* who published it */
    LAYOUT_URL,
    LAYOUT_FACT_COUNT,
    LAYOUT_FIRST_GIVEN = LAYOUT_PLACE
};

struct layout_line {
    const char *text; /* valid UTF-8, NUL after it; no control character but tab */
    size_t length;    /* in bytes */
};

struct page_break {
    long line;          /* of decoded.txt, from 1 */
    size_t from;        /* in characters, from 0 */
    const char *number; /* printed on the page, in digits; NULL or "" where it is not known */
};

/* A stretch of a line. */
struct layout_place {
    long line;       /* of decoded.txt, from 1 */
    size_t from, to; /* in characters, from 0, to not included */
};

struct layout_cell {
    struct layout_place place;
    long table, row, column; /* from 1 */
    long row_span, column_span;
    bool is_header; /* th */
};

struct layout_heading {
    struct layout_place place;
    long level; /* 1 to 6 */
};

struct layout {
    const char *facts[LAYOUT_FACT_COUNT]; /* never NULL after layout_read */
    struct layout_line *lines;            /* line n is lines[n - 1] */
    size_t line_count;
    struct page_break *breaks; /* in the order of the text */
    size_t break_count, break_capacity;
    struct layout_cell *cells; /* in the order of the text, as headings and furniture */
    size_t cell_count, cell_capacity;
    struct layout_heading *headings;
    size_t heading_count, heading_capacity;
    struct layout_place *furniture;
    size_t furniture_count, furniture_capacity;
};

/* Reads FOLDER/decoded.txt and FOLDER/layout.tsv. Returns NULL, or a fault that
 * names the line of the file (bytes that are no UTF-8, a fact missing, a row
 * that runs backwards, files that do not belong together). Everything lives in arena. */
struct fault *layout_read(struct arena *arena, const char *folder, struct layout *layout);

/* Add one at the end. */
void layout_add_cell(struct arena *arena, struct layout *layout, const struct layout_cell *cell);
void layout_add_heading(struct arena *arena, struct layout *layout, const struct layout_heading *heading);
void layout_add_furniture(struct arena *arena, struct layout *layout, const struct layout_place *place);

/* Writes FOLDER/layout.tsv: all of layout but the lines. */
struct fault *layout_write(struct arena *arena, const char *folder, const struct layout *layout);

/* Takes the given facts from FOLDER/given.tsv, lines of a name, a tab and a text, where
 * there is one. */
struct fault *layout_take_given(struct arena *arena, const char *folder, struct layout *layout);

#endif
