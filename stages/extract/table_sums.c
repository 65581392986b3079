/* table_sums: which rows of a table of amounts are details of a row above them (转移性收入, below
 * it 上级补助收入, 上年结转). In: the figures of its columns. Out: the rows that, with others right
 * below a row, add up to it to the last digit. */
#include "table_sums.h"

#include <string.h>

/* Rows are tried at each row above them: a table of more is not looked at. */
enum { MOST_ROWS = 2000 };

bool table_figure(const char *figure, long long *value)
{
    enum { DECIMALS = 4, MOST_DIGITS = 14 };
    bool negative = *figure == '-';
    int digits = 0, decimals = -1;
    *value = 0;
    for (const char *c = figure + negative; *c; c++) {
        if (*c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*c < '0' || *c > '9' || ++digits > MOST_DIGITS || decimals == DECIMALS)
            return false;
        decimals += decimals >= 0;
        *value = *value * 10 + (*c - '0');
    }
    for (int i = decimals < 0 ? 0 : decimals; i < DECIMALS; i++)
        *value *= 10;
    *value = negative ? -*value : *value;
    return digits > 0;
}

/* The end of the details of a row in a column; row + 1 where it has none. ends: of the rows below it. A
 * single row that is the same counts for `single` alone. */
static size_t details_end(const struct table_sums *sums, size_t column, size_t row, const size_t *ends, bool single)
{
    const long long *values = sums->columns[column];
    long long sum = 0;
    size_t count = 0;
    for (size_t i = row + 1; i < sums->rows && !sums->totals[i]; i = ends[i]) {
        if (values[i] == NO_FIGURE)
            continue;
        sum += values[i];
        if (sum == values[row])
            return count++ > 0 || single ? ends[i] : row + 1;
        if (sum > values[row])
            break;
        count++;
    }
    return row + 1;
}

/* Whether the row below is the same in two columns or more, and in none another: it is all there is. */
static bool repeats(const struct table_sums *sums, size_t row)
{
    size_t same = 0;
    for (size_t i = 0; row + 1 < sums->rows && i < sums->column_count; i++) {
        const long long *values = sums->columns[i];
        if (values[row] != values[row + 1])
            return false;
        same += values[row] != NO_FIGURE && values[row] != 0;
    }
    return same > 1;
}

void table_sums_find(struct arena *arena, const struct table_sums *sums, bool *details)
{
    memset(details, 0, sums->rows * sizeof *details);
    if (sums->rows > MOST_ROWS)
        return;
    size_t *ends = arena_alloc(arena, (sums->rows + 1) * sizeof *ends);
    for (size_t column = 0; column < sums->column_count; column++) {
        for (size_t row = sums->rows; row-- > 0;) {
            ends[row] = row + 1;
            if (sums->columns[column][row] == NO_FIGURE || sums->columns[column][row] <= 0)
                continue;
            ends[row] = details_end(sums, column, row, ends, repeats(sums, row));
            for (size_t i = row + 1; i < ends[row]; i++)
                details[i] = true;
        }
    }
}
