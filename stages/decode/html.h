/* html: the parts that read a web page. Private to the stage. */
#ifndef GONGBAO_DECODE_HTML_H
#define GONGBAO_DECODE_HTML_H

#include "decode.h"

/* A web page without what is no text of it. */
struct markup {
    char *text; /* UTF-8, NUL after it */
    size_t length;
    size_t controls; /* characters that became U+FFFD, and where the first stood in the page */
    size_t control_offset;
};

/* markup.c: makes a page fit for Tidy. What comes out has the tags that say where
 * lines, cells and links are, of their attributes only hidden, href (empty),
 * rowspan and colspan, and the text; wrong bytes and control characters are
 * U+FFFD. Comments, scripts, styles and hidden elements within a line are gone. Faults: a
 * page over the limits of size and depth. */
struct fault *markup_read(struct arena *arena, const struct text *text, struct markup *markup);

/* A cell of a table as it stands in the markup, then its place. */
struct span_cell {
    size_t row;       /* from 0 */
    size_t row_end;   /* the row that it ends before */
    long column_span; /* as the markup says, at least 1; then in columns that there are */
    long column;      /* from 1 */
};

/* spans.c: finds the column of each cell from the spans of all; cells stand row by
 * row. A column in which no cell begins is none, so a span may be of any size.
 * False: the table is too wide to be one of data. */
bool spans_place(struct arena *arena, struct span_cell *cells, size_t count);

#endif
