/* rows: where the rows of a printed table are put together, and nowhere else. */
#ifndef GONGBAO_ROWS_H
#define GONGBAO_ROWS_H

#include "extract.h"

#include "../lib/grid.h"

/* One printed table: a header (again after a page break it is the same table),
 * and its body. */
struct printed_table {
    const struct record *caption; /* or NULL */
    size_t header;                /* index of its first header record */
    struct table_column columns[MOST_COLUMNS];
    size_t column_count;
    bool marked; /* the input marks its cells: grid and header_rows are set */
    struct grid grid;
    size_t header_rows;
    size_t first, end; /* records from the first header to the last body line */
};

/* A cell: a printed range of a passage, and its text in normal form. */
struct cell {
    const struct passage *passage; /* NULL for an empty one */
    size_t from, to;
    const char *text;
};

struct table_row {
    struct passage passage;
    const char *ordinal;             /* as printed, "" if none */
    const char *category;            /* in normal form without its count, "" if none */
    struct cell cells[MOST_COLUMNS]; /* by column; empty ones have from == to and text "" */
    const char *doubt;               /* why the reading is not certain, or NULL */
};

/* Reads the rows of a table whose cells the input marks: nothing is to be weighed there. */
struct table_row *grid_rows(const struct extract *extract, const struct printed_table *table, size_t *count);

/* Reads the rows of a table that has one cell a line and no ordinals; *count is 0 if it is no such
 * table. */
struct table_row *cell_rows(const struct extract *extract, const struct printed_table *table, size_t *count);

/* Finds the next table in records [from, end) of a part; false if there is none. */
bool table_next(const struct extract *extract, size_t from, size_t end, struct printed_table *table);

/* Puts the rows of a table together. prose: the running text of the part in normal
 * form, which may break a tie between two readings. */
struct table_row *table_rows(const struct extract *extract, const struct printed_table *table, const char *prose,
                             size_t *count);

#endif
