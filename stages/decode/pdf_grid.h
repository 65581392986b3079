/* pdf_grid: the lines of a page in stretches, and the columns that they form; between
 * pdf_columns.c, which finds the columns, and pdf_tables.c, which finds the rows. */
#ifndef GONGBAO_PDF_GRID_H
#define GONGBAO_PDF_GRID_H

#include "pdf.h"

enum { COLUMN_LIMIT = 64 };

enum stretch_kind { STRETCH_WORDS, STRETCH_FIGURE, STRETCH_FILLER }; /* a filler, `-` or `/`, stands for no value */

/* Words of a line without a wide gap between them. */
struct stretch {
    size_t first, last;
    double left, right;
    enum stretch_kind kind;
};

struct grid_line {
    struct pdf_line *line;
    struct stretch *stretches;
    size_t count;
    size_t figures;  /* how many of them are figures */
    bool begins_row; /* else it belongs to the row above */
    bool unclear;    /* to which row it belongs */
    long row;        /* in its table, from 1; 0: in none */
    long span_from;  /* first row of the cell in the first column, if it spans rows and is clear; else 0 */
    long span;       /* how many rows it spans */
};

struct column {
    double left, right;
    size_t figures, words; /* how many rows have figures or words in it */
};

struct columns {
    struct column list[COLUMN_LIMIT];
    size_t count;
};

/* A page with its lines in stretches. */
struct grid {
    struct pdf *pdf;
    struct grid_line *lines;
    size_t count;
};

/* Takes in the lines of a page. */
struct grid grid_make(struct pdf *pdf, const struct pdf_page *page);

/* Whether a line has a figure beside something else: nearly all rows have such a line. */
bool grid_is_row(const struct grid_line *line);

/* The columns that a stretch lies over: the first of them, and how many. */
size_t columns_find(const struct columns *columns, const struct stretch *stretch, size_t *count);

/* Whether every stretch of a line lies over one column. Words over a column of
 * figures are a header or a caption, not a part of a row. */
bool columns_take(const struct columns *columns, const struct grid_line *line, bool is_header);

/* Finds the columns of the table whose first row is line from. Returns the line
 * behind its last row; *rows is how many lines with figures there are. */
size_t columns_make(const struct grid *grid, size_t from, struct columns *columns, size_t *rows);

#endif
