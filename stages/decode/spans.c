/* spans: where the cells of a table stand. The markup gives cells row by row with
 * their spans; a cell stands in the first column that no cell from above takes, as
 * in a browser. */
#include "html.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDTH_LIMIT = 1000, /* cells side by side: no printed table has as many */
    SPAN_LIMIT = 1000   /* as browsers have it */
};

/* Columns that a cell takes, from, to not included, until a row. */
struct taken {
    long from, to;
    size_t until;
};

/* What rows above take, from left to right; and the same for the next row. */
struct rows {
    struct taken taken[WIDTH_LIMIT], next[WIDTH_LIMIT];
    size_t count, next_count;
    size_t at; /* in taken: what is to the left of the current cell is passed */
};

static bool keep(struct rows *rows, const struct taken *taken)
{
    if (rows->next_count == WIDTH_LIMIT)
        return false;
    rows->next[rows->next_count++] = *taken;
    return true;
}

/* Moves column to the right past all that is taken; false: too many cells. */
static bool pass_taken(struct rows *rows, size_t row, long *column)
{
    for (; rows->at < rows->count && rows->taken[rows->at].from <= *column; rows->at++) {
        const struct taken *taken = &rows->taken[rows->at];
        if (taken->until <= row)
            continue;
        if (taken->to > *column)
            *column = taken->to;
        if (!keep(rows, taken))
            return false;
    }
    return true;
}

/* Places the cells of one row; false: too many. */
static bool place_row(struct rows *rows, struct span_cell *cells, size_t count)
{
    long column = 0;
    size_t row = cells[0].row;
    rows->next_count = 0;
    rows->at = 0;
    for (size_t i = 0; i < count; i++) {
        struct span_cell *cell = &cells[i];
        if (!pass_taken(rows, row, &column))
            return false;
        if (cell->column_span > SPAN_LIMIT)
            cell->column_span = SPAN_LIMIT;
        cell->column = column;
        column += cell->column_span;
        struct taken taken = {cell->column, column, cell->row_end};
        if (cell->row_end > row + 1 && !keep(rows, &taken))
            return false;
    }
    for (; rows->at < rows->count; rows->at++) {
        if (rows->taken[rows->at].until > row + 1 && !keep(rows, &rows->taken[rows->at]))
            return false;
    }
    memcpy(rows->taken, rows->next, rows->next_count * sizeof *rows->next);
    rows->count = rows->next_count;
    return count <= WIDTH_LIMIT;
}

static int compare(const void *a, const void *b)
{
    const long *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* How many columns begin before one. */
static long count_before(const long *columns, size_t count, long column)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (columns[middle] < column)
            low = middle + 1;
        else
            high = middle;
    }
    return (long)low;
}

/* Leaves out the columns in which no cell begins. */
static void close_up(struct arena *arena, struct span_cell *cells, size_t count)
{
    long *columns = arena_alloc(arena, count * sizeof *columns);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        columns[i] = cells[i].column;
    qsort(columns, count, sizeof *columns, compare);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || columns[i] != columns[i - 1])
            columns[kept++] = columns[i];
    }
    for (size_t i = 0; i < count; i++) {
        long from = count_before(columns, kept, cells[i].column);
        cells[i].column_span = count_before(columns, kept, cells[i].column + cells[i].column_span) - from;
        cells[i].column = from + 1;
    }
}

bool spans_place(struct arena *arena, struct span_cell *cells, size_t count)
{
    struct rows *rows = arena_alloc(arena, sizeof *rows);
    for (size_t i = 0, end; i < count; i = end) {
        end = i + 1;
        while (end < count && cells[end].row == cells[i].row)
            end++;
        if (!place_row(rows, &cells[i], end - i))
            return false;
    }
    close_up(arena, cells, count);
    return true;
}
