/* pdf_levels: reads the header of a table that has several levels. In: the lines above the
 * table, in stretches, and its columns. Out: which rows and columns of the header each cell
 * spans. The borders that are drawn are not known; but a cell stands in the middle of what
 * it spans, so what stands above several columns in their middle belongs to all of them. A
 * header is read only if every column has a cell of its own, all above it are placed, and
 * no other way to place them is nearly as good. */
#include "pdf_grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ABREAST = 6, MOST_UNITS = 24 }; /* cells of a level, and columns, that are tried out */

/* In em: a cell so close to a column is its own; lines of one cell; how far the middles of two cells of a level may be apart, and that of a
 * cell over all rows from the middle of them; how far a cell may stand from the middle of its
 * columns, and how much farther in any other way. */
static const double BESIDE = 1, LINE_PITCH = 1.7, SAME_MIDDLE = 0.5, WHOLE_MIDDLE = 0.75, OFF_CENTRE = 1.5,
                    CLEARER = 0.5;

/* What stands in a part of the header from its lowest row up: a cell of one column, then with the cells
 * above it what spans several. Heights are those of the middles of its first and last line. */
struct unit {
    double left, right, top, bottom;
    size_t from, to; /* columns */
};

struct reader {
    struct header_levels *header;
    const struct columns *columns;
    double em;
    struct unit units[COLUMN_LIMIT];
    size_t count;
};

static double middle_of(const struct unit *unit)
{
    return (unit->top + unit->bottom) / 2;
}

/* --- cells */

static struct header_cell *add_cell(struct header_levels *header, const struct stretch *stretch, double middle)
{
    if (header->count == HEADER_CELLS)
        return NULL;
    struct header_cell *cell = &header->cells[header->count++];
    *cell = (struct header_cell){.left = stretch->left, .right = stretch->right, .top = middle, .bottom = middle};
    return cell;
}

/* The only column that a stretch stands over, or right beside where it is the name of figures that
 * are set flush right; the count of columns if it stands over several or between two. */
static size_t column_of(const struct reader *reader, const struct stretch *stretch)
{
    const struct columns *columns = reader->columns;
    size_t count, column = columns_find(columns, stretch, &count);
    if (count == 1)
        return column;
    double behind = column < columns->count ? columns->list[column].left - stretch->right : INFINITY;
    double before = column > 0 ? stretch->left - columns->list[column - 1].right : INFINITY;
    double nearest = fmin(before, behind), other = fmax(before, behind);
    if (count > 1 || nearest > BESIDE * reader->em || 2 * nearest > other)
        return columns->count;
    return before < behind ? column - 1 : column;
}

/* Notes a stretch, lower lines first: it goes on with the own cell of its column, or is a cell above. */
static bool add_stretch(struct reader *reader, const struct stretch *stretch, double middle, size_t *of)
{
    struct header_levels *header = reader->header;
    size_t column = column_of(reader, stretch);
    size_t *own = column < reader->columns->count ? &header->own[column] : NULL;
    if (own && *own > 0 && header->cells[*own - 1].top - middle <= LINE_PITCH * reader->em) {
        struct header_cell *cell = &header->cells[*own - 1];
        cell->left = fmin(cell->left, stretch->left);
        cell->right = fmax(cell->right, stretch->right);
        cell->top = middle;
        *of = *own - 1;
        return true;
    }
    struct header_cell *cell = add_cell(header, stretch, middle);
    if (!cell)
        return false;
    *of = header->count - 1;
    cell->is_own = own && *own == 0;
    if (cell->is_own) {
        *own = header->count;
        cell->from = cell->to = column;
    }
    return true;
}

/* Makes the cells out of the lines, and a unit of the own cell of each column. */
static bool make_cells(struct reader *reader, const struct grid_line *lines, size_t from, size_t to)
{
    struct header_levels *header = reader->header;
    for (size_t i = to; i-- > from;) {
        for (size_t k = 0; k < lines[i].count; k++) {
            if (i - from >= HEADER_LINES || k >= COLUMN_LIMIT ||
                !add_stretch(reader, &lines[i].stretches[k], lines[i].line->middle, &header->of[i - from][k]))
                return false;
        }
    }
    for (size_t c = 0; c < reader->columns->count; c++) {
        if (header->own[c] == 0)
            return false;
        const struct header_cell *cell = &header->cells[header->own[c] - 1];
        reader->units[c] = (struct unit){cell->left, cell->right, cell->top, cell->bottom, c, c};
    }
    reader->count = reader->columns->count;
    return reader->count <= MOST_UNITS;
}

/* --- which columns the cells of a level span */

/* The cells of a level from left to right, and for each the unit behind its last one. */
struct level {
    struct header_cell *cells[MOST_ABREAST];
    size_t ends[MOST_ABREAST];
    size_t count;
    double middle;
};

/* The lowest cells above others that are not placed yet, as a level. False: there are too many. */
static bool next_level(const struct reader *reader, struct level *level)
{
    struct header_levels *header = reader->header;
    *level = (struct level){.middle = -INFINITY};
    for (size_t i = 0; i < header->count; i++)
        if (!header->cells[i].is_own && !header->cells[i].level)
            level->middle = fmax(level->middle, header->cells[i].top);
    for (size_t i = 0; i < header->count; i++) {
        struct header_cell *cell = &header->cells[i];
        if (cell->is_own || cell->level || level->middle - cell->top > SAME_MIDDLE * reader->em)
            continue;
        if (level->count == MOST_ABREAST)
            return false;
        size_t at = level->count++;
        for (; at > 0 && level->cells[at - 1]->left > cell->left; at--)
            level->cells[at] = level->cells[at - 1];
        level->cells[at] = cell;
    }
    return true;
}

/* The ways to share units among cells: the best and how much the next one costs. */
struct search {
    size_t ends[MOST_ABREAST], best_ends[MOST_ABREAST];
    double best, second;
};

/* How far a cell is from the middle of the units [from, to). */
static double cost(const struct reader *reader, const struct header_cell *cell, size_t from, size_t to)
{
    double middle = (reader->units[from].left + reader->units[to - 1].right) / 2;
    double off = fabs((cell->left + cell->right) / 2 - middle);
    return off <= OFF_CENTRE * reader->em ? off : INFINITY;
}

/* What a way to share the units from one on costs. */
static void weigh(const struct reader *reader, const struct level *level, size_t cell, size_t last, size_t from,
                  struct search *search)
{
    double sum = 0;
    for (size_t i = cell; i <= last; i++)
        sum += cost(reader, level->cells[i], i == cell ? from : search->ends[i - 1], search->ends[i]);
    search->second = fmin(search->second, fmax(sum, search->best));
    if (sum >= search->best)
        return;
    search->best = sum;
    memcpy(search->best_ends, search->ends, sizeof search->ends);
}

/* Goes through all ways to share the units [from, end) among the cells of a level from one to last. */
static void share(const struct reader *reader, const struct level *level, size_t cell, size_t last, size_t from,
                  size_t end, struct search *search)
{
    for (size_t i = cell; i < last; i++)
        search->ends[i] = from + 1 + i - cell;
    search->ends[last] = end;
    for (;;) {
        weigh(reader, level, cell, last, from, search);
        size_t i = last; /* behind the last end that can move on */
        while (i > cell && search->ends[i - 1] == end - (last - (i - 1)))
            i--;
        if (i == cell)
            return;
        search->ends[i - 1]++;
        for (; i < last; i++)
            search->ends[i] = search->ends[i - 1] + 1;
    }
}

/* Places the cells of a level above the units [from, end) that lie below them, from a cell on.
 * Returns the cell behind; 0 if they cannot be placed with certainty. */
static size_t place_run(const struct reader *reader, struct level *level, size_t cell, size_t from, size_t end)
{
    size_t behind = cell;
    while (behind < level->count &&
           (level->cells[behind]->left + level->cells[behind]->right) / 2 < reader->units[end - 1].right)
        behind++;
    if (behind == cell || behind - cell > end - from)
        return 0;
    struct search search = {.best = INFINITY, .second = INFINITY};
    share(reader, level, cell, behind - 1, from, end, &search);
    if (!isfinite(search.best) || search.second - search.best < CLEARER * reader->em)
        return 0;
    for (size_t i = cell; i < behind; i++) {
        level->cells[i]->from = i == cell ? from : search.best_ends[i - 1];
        level->ends[i] = search.best_ends[i];
    }
    return behind;
}

/* Places the cells of a level above the units from one on, where a unit with the middle whole is
 * as high as it and all below. */
static bool place_level(const struct reader *reader, struct level *level, double whole, size_t first)
{
    size_t cell = 0;
    for (size_t i = first, end; i < reader->count; i = end) {
        for (end = i; end < reader->count && fabs(middle_of(&reader->units[end]) - whole) > SAME_MIDDLE * reader->em;)
            end++;
        if (end == i) {
            end++;
            continue;
        }
        cell = place_run(reader, level, cell, i, end);
        if (cell == 0)
            return false;
    }
    return cell == level->count;
}

/* Places a level in one of several ways and notes where its cells begin and end. False: it leads
 * nowhere, or elsewhere than one before. found: whether one did. */
static bool try_level(const struct reader *reader, struct level *level, double whole, size_t first, bool *found)
{
    struct level other = *level;
    size_t from[MOST_ABREAST] = {0};
    for (size_t i = 0; i < level->count; i++)
        from[i] = level->cells[i]->from;
    bool placed = place_level(reader, &other, whole, first), same = true;
    for (size_t i = 0; i < level->count; i++)
        same = same && from[i] == level->cells[i]->from && level->ends[i] == other.ends[i];
    if (placed && !*found)
        *level = other;
    for (size_t i = 0; !placed && i < level->count; i++)
        level->cells[i]->from = from[i];
    same = same || !placed || !*found;
    *found = *found || placed;
    return same;
}

/* Places a level. What is as high as it and all below, the first cell of the header says, which nearly
 * always is, and the lowest cells; above the first one nothing need stand. All ways that lead
 * somewhere must lead to the same. */
static bool settle_level(const struct reader *reader, struct level *level)
{
    double lowest = 0;
    for (size_t i = 0; i < reader->count; i++)
        lowest = fmax(lowest, reader->units[i].bottom);
    double whole = (level->middle + lowest) / 2;
    bool found = false;
    return try_level(reader, level, middle_of(&reader->units[0]), 0, &found) &&
           try_level(reader, level, whole, 0, &found) && try_level(reader, level, whole, 1, &found) && found;
}

/* Joins the units below each cell of a level to one. */
static void join_units(struct reader *reader, const struct level *level)
{
    struct unit joined[COLUMN_LIMIT] = {0};
    size_t count = 0, cell = 0;
    for (size_t i = 0; i < reader->count; count++) {
        joined[count] = reader->units[i++];
        if (cell == level->count || level->cells[cell]->from != i - 1)
            continue;
        for (; i < level->ends[cell]; i++) {
            joined[count].right = reader->units[i].right;
            joined[count].bottom = fmax(joined[count].bottom, reader->units[i].bottom);
            joined[count].to = reader->units[i].to;
        }
        joined[count].top = level->cells[cell]->top;
        joined[count].left = fmin(joined[count].left, level->cells[cell]->left);
        joined[count].right = fmax(joined[count].right, level->cells[cell]->right);
        level->cells[cell]->from = joined[count].from;
        level->cells[cell]->to = joined[count].to;
        cell++;
    }
    memcpy(reader->units, joined, count * sizeof *joined);
    reader->count = count;
}

/* Whether every unit reaches over the whole height of the header, but for the first, above
 * which nothing need stand. */
static bool is_filled(const struct reader *reader)
{
    double top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < reader->count; i++) {
        top = fmin(top, reader->units[i].top);
        bottom = fmax(bottom, reader->units[i].bottom);
    }
    for (size_t i = 1; i < reader->count; i++) {
        double off = fabs(middle_of(&reader->units[i]) - (top + bottom) / 2);
        bool reaches = reader->units[i].to > reader->units[i].from && reader->units[i].top == top;
        if (!reaches && off > WHOLE_MIDDLE * reader->em)
            return false;
    }
    return true;
}

/* --- rows */

/* Gives the cells of a column their rows, from the top down; level: of the highest cells. */
static void number_rows(struct header_levels *header, const struct columns *columns, long levels)
{
    long filled[COLUMN_LIMIT] = {0};
    for (long level = levels; level > 0; level--) {
        for (size_t i = 0; i < header->count; i++) {
            struct header_cell *cell = &header->cells[i];
            if (cell->level != level)
                continue;
            cell->row = filled[cell->from] + 1;
            cell->row_span = levels - level + 1 - filled[cell->from];
            for (size_t c = cell->from; c <= cell->to; c++)
                filled[c] = levels - level + 1;
        }
    }
    header->rows = levels + 1;
    for (size_t c = 0; c < columns->count; c++) {
        struct header_cell *own = &header->cells[header->own[c] - 1];
        own->row = filled[c] + 1;
        own->row_span = header->rows - filled[c];
    }
}

bool levels_read(const struct grid_line *lines, size_t from, size_t to, const struct columns *columns,
                 struct header_levels *header)
{
    *header = (struct header_levels){0};
    struct reader reader = {.header = header, .columns = columns, .em = lines[to].line->em};
    struct level level;
    if (!make_cells(&reader, lines, from, to))
        return false;
    long levels = 0;
    for (; next_level(&reader, &level) && level.count > 0; levels++) {
        if (!settle_level(&reader, &level))
            return false;
        join_units(&reader, &level);
        for (size_t i = 0; i < level.count; i++)
            level.cells[i]->level = levels + 1;
    }
    if (level.count > 0 || !is_filled(&reader))
        return false;
    number_rows(header, columns, levels);
    return true;
}
