/* grids: tables whose cells the input marks. In: the records of a document. A table
 * with a header of indicators gets the kinds of a printed one. */
#include "classify.h"

#include "../lib/grid.h"

static void mark_rows(struct gazette *gazette, const struct grid *grid, size_t header)
{
    for (size_t row = 0; row < grid->rows; row++)
        for (size_t column = 0; column < grid->columns; column++) {
            size_t cell = grid->cells[row * grid->columns + column];
            if (cell && gazette->records[cell - 1].kind == RECORD_CELL)
                gazette->records[cell - 1].kind = row < header ? RECORD_TABLE_HEADER : RECORD_TABLE_BODY;
        }
}

void grids_find(const struct document *document)
{
    struct gazette *gazette = document->gazette;
    struct table_column columns[MOST_COLUMNS];
    for (size_t i = document->first; i < document->end; i++) {
        struct grid grid;
        if (gazette->records[i].kind != RECORD_CELL)
            continue;
        if (!grid_read(gazette->arena, gazette, i, document->end, &grid)) {
            i = grid.end > i ? grid.end - 1 : i; /* too large */
            continue;
        }
        size_t header = grid_header(gazette->arena, document->rules, &grid, columns);
        if (header > 0) {
            mark_rows(gazette, &grid, header);
            caption_find(document, i);
        }
        i = grid.end - 1;
    }
}
