/* emit.h: what the output forms share; private to emit. */
#ifndef GONGBAO_EMIT_H
#define GONGBAO_EMIT_H

#include "../lib/records.h"
#include <stdbool.h>

/* What is written: a gazette, its rows sorted into the contract's tables. */
struct emission {
    struct arena *arena;
    const struct gazette *gazette;
    const struct record *source; /* the record of the input */
    size_t *rows[TABLE_COUNT];   /* places in gazette->records, in the order of the source */
    size_t row_counts[TABLE_COUNT];
};

/* Finds source and rows. Fault: the records hold no source. */
struct fault *emission_make(const struct gazette *gazette, struct emission *emission);

/* Row r of tables[t]. */
const struct record *emission_row(const struct emission *emission, size_t t, size_t r);

/* The cell of a row, "" if it is empty. */
const char *emission_cell(const struct emission *emission, const struct record *row, enum attribute attribute);

/* The output forms. table is used by csv alone. */
struct fault *csv_write(FILE *out, const struct emission *emission, const struct table *table);
struct fault *xml_write(FILE *out, const struct emission *emission, const struct table *table);
struct fault *report_write(FILE *out, const struct emission *emission, const struct table *table);
struct fault *package_write(FILE *out, const struct emission *emission, const struct table *table);

#endif
