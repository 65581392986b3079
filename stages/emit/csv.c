/* csv: writes one table as CSV (contract, section 2). In: the rows of a table.
 * Out: RFC 4180 with LF line ends, quotes only where they are needed. */
#include "emit.h"

#include "../lib/csv.h"

struct fault *csv_write(FILE *out, const struct emission *emission, const struct table *table)
{
    size_t t = (size_t)(table - tables);
    for (size_t c = 0; c < table->column_count; c++) {
        csv_write_cell(out, attribute_name(table->columns[c].attribute));
        putc_unlocked(c + 1 < table->column_count ? ',' : '\n', out);
    }
    for (size_t r = 0; r < emission->row_counts[t]; r++) {
        for (size_t c = 0; c < table->column_count; c++) {
            csv_write_cell(out, emission_cell(emission, emission_row(emission, t, r), table->columns[c].attribute));
            putc_unlocked(c + 1 < table->column_count ? ',' : '\n', out);
        }
    }
    return NULL;
}
