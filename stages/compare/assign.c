/* assign: the best one-to-one choice of columns for rows. The Hungarian method with
 * potentials, a shortest augmenting path for each row (Kuhn 1955; Jonker and Volgenant
 * 1987). Costs are the gains below zero; as many columns as there are rows stand
 * behind the others and cost nothing: a row that takes one of them has no partner. */
#include "compare.h"

#include <limits.h>

struct solver {
    const int *gains;
    size_t rows, columns; /* columns: of gains, and as many again as there are rows */
    size_t real;          /* the columns of gains */
    long *row_price, *column_price;
    size_t *row_of; /* of each column; 0: none yet. Rows and columns count from 1 here */
    size_t *way;    /* the column before, on the shortest path to a column */
    long *shortest;
    bool *reached;
};

static long cost(const struct solver *solver, size_t row, size_t column)
{
    return column <= solver->real ? -(long)solver->gains[(row - 1) * solver->real + column - 1] : 0;
}

/* Goes on from the row at a column: the nearest column that is not reached. */
static size_t step(struct solver *solver, size_t column)
{
    size_t row = solver->row_of[column], next = 0;
    long least = LONG_MAX;
    solver->reached[column] = true;
    for (size_t c = 1; c <= solver->columns; c++) {
        if (solver->reached[c])
            continue;
        long now = cost(solver, row, c) - solver->row_price[row] - solver->column_price[c];
        if (now < solver->shortest[c]) {
            solver->shortest[c] = now;
            solver->way[c] = column;
        }
        if (solver->shortest[c] < least) {
            least = solver->shortest[c];
            next = c;
        }
    }
    for (size_t c = 0; c <= solver->columns; c++) {
        if (solver->reached[c]) {
            solver->row_price[solver->row_of[c]] += least;
            solver->column_price[c] -= least;
        } else {
            solver->shortest[c] -= least;
        }
    }
    return next;
}

static void place_row(struct solver *solver, size_t row)
{
    size_t column = 0;
    solver->row_of[0] = row;
    for (size_t c = 0; c <= solver->columns; c++) {
        solver->shortest[c] = LONG_MAX / 2;
        solver->reached[c] = false;
    }
    do
        column = step(solver, column);
    while (solver->row_of[column] != 0);
    for (; column != 0; column = solver->way[column])
        solver->row_of[column] = solver->row_of[solver->way[column]];
}

void assign(struct arena *arena, const int *gains, size_t rows, size_t columns, size_t *chosen)
{
    size_t all = columns + rows;
    struct solver solver = {.gains = gains, .rows = rows, .columns = all, .real = columns};
    solver.row_price = arena_alloc(arena, (rows + 1) * sizeof(long));
    solver.column_price = arena_alloc(arena, (all + 1) * sizeof(long));
    solver.row_of = arena_alloc(arena, (all + 1) * sizeof(size_t));
    solver.way = arena_alloc(arena, (all + 1) * sizeof(size_t));
    solver.shortest = arena_alloc(arena, (all + 1) * sizeof(long));
    solver.reached = arena_alloc(arena, (all + 1) * sizeof(bool));
    for (size_t row = 1; row <= rows; row++) {
        chosen[row - 1] = SIZE_MAX;
        place_row(&solver, row);
    }
    for (size_t c = 1; c <= columns; c++) {
        size_t row = solver.row_of[c];
        if (row != 0 && gains[(row - 1) * columns + c - 1] > 0)
            chosen[row - 1] = c - 1;
    }
}
