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
    bool ends_span;  /* has more text of a cell that spans rows of the page before */
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

/* A table that is being read. Lines that hold nothing but a cell that spans several
 * rows are left out here: their distances say nothing about rows. */
struct table {
    struct grid *grid;
    struct columns columns;
    bool spans;               /* the first column has cells that span rows */
    struct grid_line **lines; /* its own, and those around that may be in its rows */
    size_t count;
    size_t from, to; /* its own */
    double pitch;    /* distance between rows */
    bool at_top;     /* text stands at the top of its cell, */
    bool in_middle;  /* or in its middle; neither is known where all cells have one line */
    double leading;  /* distance at which lines are of one cell, or less; 0: not known */
};

/* Takes in the lines of a page. before: the columns of a table that may go on there, or
 * NULL. */
struct grid grid_make(struct pdf *pdf, const struct pdf_page *page, const struct columns *before);

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

/* Adds columns where a line that numbers them has a number and no row has a figure, not even
 * close by. */
void columns_extend(struct columns *columns, const struct grid_line *line);

/* Gives the columns of a table that goes on from one page to the next the numbers that
 * they had: false, and nothing is changed, if they are not the same or some of them. */
bool columns_adopt(struct columns *columns, const struct columns *before);

enum { HEADER_LINES = 8, HEADER_CELLS = 128 };

/* A cell of a header of several levels. */
struct header_cell {
    double left, right, top, bottom; /* top, bottom: the middles of its first and last line */
    bool is_own;                     /* the lowest of its column */
    long level;                      /* of others: from the lowest up, from 1 */
    size_t from, to;                 /* its columns, to included */
    long row, row_span;              /* from 1 */
};

struct header_levels {
    struct header_cell cells[HEADER_CELLS];
    size_t count;
    size_t own[COLUMN_LIMIT];              /* by column: 1 + its lowest cell */
    size_t of[HEADER_LINES][COLUMN_LIMIT]; /* by line and stretch: its cell */
    long rows;
};

/* pdf_levels.c: reads the lines [from, to) right above a table, line to its first, as a header of
 * several levels. False: they are none, or which columns a cell spans is not certain. */
bool levels_read(const struct grid_line *lines, size_t from, size_t to, const struct columns *columns,
                 struct header_levels *header);

/* pdf_blocks.c: finds the rows of a table whose cells stand apart, in that the lines of
 * one cell are closer than those of two. Widens from and to by the lines of the first
 * and the last row. Returns how many; 0 if they are not certain. */
long blocks_number_rows(struct table *table);

/* What cells that span rows have to do with those of the pages before and behind. */
struct span_ends {
    bool goes_on; /* the table goes on from the page before, */
    bool cut;     /* whose last such cell may have more text here; then the same of this page */
    bool open;    /* the table reaches the end of the page */
    long lead;    /* how many rows belong to the last such cell of the page before */
};

/* Places the cells of the first column that span rows, from line first to end of the page.
 * Together they must fill the table. False, and no cell has rows, if they are not certain. */
bool blocks_place_spans(const struct table *table, long rows, size_t first, size_t end, struct span_ends *ends);

#endif
