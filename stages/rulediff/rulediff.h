/* rulediff: the parts of the program. */
#ifndef GONGBAO_RULEDIFF_H
#define GONGBAO_RULEDIFF_H

#include "../lib/records.h"
#include <stdio.h>

/* A row of one run beside that of the other. One of the two may be NULL: the row is
 * gained or lost. */
struct pair {
    const struct record *old, *new;
};

/* The rows of one table that are not the same in both runs. */
struct pairs {
    struct pair *list; /* in the order of the lines that they were read from */
    size_t count;
};

/* pairs.c: compares one table of two runs over the same text. Either gazette may be
 * empty. Rows that are equal in all columns are left out; of the others those are put
 * together that were read from the same words. Lives in arena. */
struct pairs pairs_find(struct arena *arena, const struct gazette *old, const struct gazette *new,
                        const struct table *table);

/* pairs.c: the row itself, or of two the new one. */
const struct record *pair_row(const struct pair *pair);

/* show.c: one pair as a line for the terminal. */
void show_pair(FILE *out, struct arena *arena, const struct table *table, const struct pair *pair);

/* show.c: the header of the CSV, and a pair in it: a row for each column that differs. */
void csv_begin(FILE *out);
void csv_pair(FILE *out, struct arena *arena, const char *gazette, const struct table *table, const struct pair *pair);

#endif
