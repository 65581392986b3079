/* collect: the parts of the program. */
#ifndef GONGBAO_COLLECT_H
#define GONGBAO_COLLECT_H

#include "../lib/results.h"
#include "../lib/tsv.h"
#include <stdio.h>

/* summary.c: the columns of summary.csv as a header, and one row of it. */
void summary_begin(FILE *out);
void summary_write(FILE *out, const char *const *result);

/* summary.c: datapackage.json of the folder: the tables and the summary. */
void package_write(FILE *out);

/* table.c: one table of all gazettes together. */
struct collection;

/* Opens FOLDER/NAME.csv for a table and writes its header. */
struct fault *collection_open(struct arena *arena, const char *folder, const struct table *table,
                              struct collection **collection);

/* Adds the rows of the table in a folder. A fault: the file there is not what this
 * version writes; nothing of it is added, unless the disk is full. */
struct fault *collection_add(struct collection *collection, struct arena *arena, const char *folder);

/* Closes the file; a fault says what could not be written. */
struct fault *collection_close(struct collection *collection);

#endif
