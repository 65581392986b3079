/* grid: a table whose cells the input marks (a web page's <table>, the columns of
 * a PDF), put together from records that carry a cell's place. */
#ifndef GONGBAO_GRID_H
#define GONGBAO_GRID_H

#include "records.h"
#include "rules.h"

enum { MOST_COLUMNS = 24 };

/* What a column of a table is. */
struct table_column {
    const struct rule *rule; /* what the header's words mean; NULL: nothing that the rules know */
    const char *column;      /* "category", "ordinal", "name", "target", ... or "" */
    const char *measure;     /* of a column of figures, else NULL */
    const char *header;      /* as printed, in normal form */
    size_t year_from;        /* the column whose header says its year: its own, or of a change that of the figures
                              * on its left */
};

struct grid {
    const struct gazette *gazette;
    size_t first, end; /* its records */
    size_t rows, columns;
    const size_t
        *cells; /* rows x columns: 1 + the record's index, 0 where there is none; a span has one in each place */
    const size_t *more; /* by record from first: 1 + the index of the next one of the same cell, 0 if there is none */
};

/* Reads the table whose first cell is the record at first: the records of one
 * table number that follow each other, page numbers and separators between them left out. False:
 * the record is no cell, or the table is larger than any that is printed: then grid->end is
 * behind it all the same. */
bool grid_read(struct arena *arena, const struct gazette *gazette, size_t first, size_t end, struct grid *grid);

/* The record in a place (rows and columns from 0), or NULL. */
const struct record *grid_cell(const struct grid *grid, size_t row, size_t column);

/* The text of the cell that begins with a record of the table, all its lines, in normal form. */
const char *grid_text(struct arena *arena, const struct grid *grid, const struct record *cell);

/* The words of rows [0, rows) over a column, put together in normal form; what fills a
 * whole row (the caption, the unit) is left out, a cell over several rows counts once, and
 * so do words that each row prints again. */
const char *grid_column_text(struct arena *arena, const struct grid *grid, size_t rows, size_t column);

/* Gives columns of changes (`比上年增长`) the measure and the year of the figures on their left. */
void table_columns_tie(struct table_column *columns, size_t count);

/* How many rows at the top are the header: those whose words, put together for each
 * column, name a column of names and one of figures, and the rows below them that hold
 * nothing but such words. 0: it is no table of indicators, or more of its columns are
 * fields of projects than figures. columns has room for MOST_COLUMNS and is filled for
 * grid->columns. */
size_t grid_header(struct arena *arena, const struct rules *rules, const struct grid *grid,
                   struct table_column *columns);

#endif
