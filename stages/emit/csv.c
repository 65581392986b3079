/* csv: writes one table as CSV (contract, section 2). In: the rows of a table.
 * Out: RFC 4180 with LF line ends, quotes only where they are needed. */
#include "emit.h"

#include <string.h>

/* Write errors are found when the file is closed. */
static void write_cell(FILE *out, const char *cell)
{
    if (!cell[strcspn(cell, ",\"\r\n")]) {
        fwrite_unlocked(cell, 1, strlen(cell), out);
        return;
    }
    putc_unlocked('"', out);
    for (; *cell; cell++) {
        if (*cell == '"')
            putc_unlocked('"', out);
        putc_unlocked(*cell, out);
    }
    putc_unlocked('"', out);
}

struct fault *csv_write(FILE *out, const struct emission *emission, const struct table *table)
{
    size_t t = (size_t)(table - tables);
    for (size_t c = 0; c < table->column_count; c++) {
        write_cell(out, attribute_name(table->columns[c].attribute));
        putc_unlocked(c + 1 < table->column_count ? ',' : '\n', out);
    }
    for (size_t r = 0; r < emission->row_counts[t]; r++) {
        for (size_t c = 0; c < table->column_count; c++) {
            write_cell(out, emission_cell(emission, emission_row(emission, t, r), table->columns[c].attribute));
            putc_unlocked(c + 1 < table->column_count ? ',' : '\n', out);
        }
    }
    return NULL;
}
