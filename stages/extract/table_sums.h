/* table_sums: which rows of a table of amounts add up to a row above them. */
#ifndef GONGBAO_TABLE_SUMS_H
#define GONGBAO_TABLE_SUMS_H

#include "../lib/arena.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* A cell without a figure. */
#define NO_FIGURE LLONG_MIN

/* The figures of the columns of amounts that tell of the same items. */
struct table_sums {
    const long long *const *columns; /* a figure per row, of the same scale, or NO_FIGURE */
    size_t column_count, rows;
    const bool *totals; /* rows that end a sum: details of nothing */
};

/* Reads a figure of plain digits, at most 14 and at most 4 of them decimals, in ten thousandths; an ASCII
 * minus may stand before it. False: it is something else, and the value is not to be used. */
bool table_figure(const char *figure, long long *value);

/* Sets details[row] for each row that is a detail of one above it: a row per figure of sums->rows. A
 * table of more than 2000 rows has none. */
void table_sums_find(struct arena *arena, const struct table_sums *sums, bool *details);

#endif
