/* tsv: lines of fields with a tab between, as the lists of the pipeline and
 * layout.tsv have them. Inside a field tab, newline, carriage return and
 * backslash stand as \t \n \r \\, so any file name can be a field. */
#ifndef GONGBAO_TSV_H
#define GONGBAO_TSV_H

#include "fault.h"
#include <stdbool.h>
#include <stdio.h>

struct tsv_row {
    long line;           /* of the file, from 1 */
    const char **fields; /* unescaped */
};

/* Resolves the escapes of a field in place; false: an unknown one, and the field is
 * then of no use. */
bool tsv_unescape(char *field);

/* Reads a whole file ("-": standard input) whose every line has count fields.
 * Returns NULL, or a fault that names the line. A file without lines is fine. */
struct fault *tsv_read(struct arena *arena, const char *path, size_t count, struct tsv_row **rows, size_t *row_count);

/* Writes one line. */
void tsv_write(FILE *out, const char *const *fields, size_t count);

#endif
