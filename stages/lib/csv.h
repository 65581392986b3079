/* csv: tables as people exchange them (RFC 4180): a header line, commas, quotes
 * where a cell holds a comma, a quote or a line end. */
#ifndef GONGBAO_CSV_H
#define GONGBAO_CSV_H

#include "fault.h"
#include <stdio.h>

struct csv_row {
    long line;          /* of the file that the row begins in, from 1 */
    const char **cells; /* as many as there are columns */
};

/* Writes a cell, with quotes only where they are needed. */
void csv_write_cell(FILE *out, const char *cell);

/* Reads a table whose header names some of columns, in any order; required: how many
 * of the first ones must be there. The rows have all columns, in their order; cells
 * of one that is not in the file are "". Blank lines are passed over; LF, CRLF and a
 * mark at the beginning of the file are fine. Returns NULL, or a fault that names the
 * line (an unknown or doubled column, a cell too few or too many, a quote that does
 * not close or stands inside a cell, bytes that are no UTF-8). */
struct fault *csv_read(struct arena *arena, const char *path, const char *const *columns, size_t column_count,
                       size_t required, struct csv_row **rows, size_t *row_count);

#endif
