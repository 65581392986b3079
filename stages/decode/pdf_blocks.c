/* pdf_blocks: finds the rows of a table by the blocks that its cells are. In: the lines
 * of a table in stretches, and its columns. Out: the row of each line, and the rows that
 * cells of the first column span. The lines of a cell are closer than those of two
 * cells, where a table has borders or gaps between its rows: then each cell is a block,
 * and the blocks of a row have the same middle or the same top. */
#include "pdf_grid.h"

#include <math.h>
#include <stdlib.h>

/* In em: how far the middles or tops of the blocks of a row may be apart, and those of a
 * cell that spans rows from the rows; lines that are closer are one. */
static const double SAME_PLACE = 0.3, SAME_SPAN = 0.5, SAME_LINE = 0.8;

/* In em: a cell that spans rows stands at the top of them where a page ends, and is in their
 * middle if it is about as near to that; and how much better the best way to see cells is. */
static const double TOP_IS_RARE = 0.1, CLEARLY_BETTER = 0.05;

/* In em: a cell of which a page holds all is no farther from the middle of its rows. */
static const double SURELY_SAME = 0.15;

/* Of the distance between the lines of a cell: how much it may differ, and how far a row
 * is below another at least. */
static const double LINES_ALIKE = 1.1, ROWS_APART = 0.95;

/* Text of a cell: lines of one column that are close together. */
struct block {
    size_t column, first, last; /* of the table's lines */
    double top, bottom;         /* the middles of the first and the last line */
};

struct blocks {
    struct block *list;
    size_t count;
};

static double stretch_middle(const struct grid_line *line, const struct stretch *stretch)
{
    double sum = 0;
    for (size_t i = stretch->first; i <= stretch->last; i++)
        sum += line->line->words[i].middle;
    return sum / (double)(stretch->last - stretch->first + 1);
}

static double table_em(const struct table *table)
{
    return table->lines[table->from]->line->em;
}

/* The middle of what a line has in a column; negative if it has nothing there. */
static double middle_in(const struct table *table, size_t index, size_t column)
{
    const struct grid_line *line = table->lines[index];
    for (size_t i = 0; i < line->count; i++) {
        size_t count;
        if (columns_find(&table->columns, &line->stretches[i], &count) == column && count == 1)
            return stretch_middle(line, &line->stretches[i]);
    }
    return -1;
}

/* The shortest distance between two lines of a column, from line from to line to; 0 if
 * there is none. */
static double shortest(const struct table *table, size_t column, size_t from, size_t to)
{
    double before = -1, least = 0, em = table_em(table);
    for (size_t i = from; i < to; i++) {
        double middle = middle_in(table, i, column);
        if (middle < 0)
            continue;
        double distance = middle - before;
        if (before >= 0 && distance >= SAME_LINE * em && (least <= 0 || distance < least))
            least = distance;
        before = middle;
    }
    return least;
}

/* The column with the most figures: each of them is in another row. */
static size_t find_anchor(const struct table *table)
{
    size_t anchor = 0;
    for (size_t c = 1; c < table->columns.count; c++) {
        if (table->columns.list[c].figures > table->columns.list[anchor].figures)
            anchor = c;
    }
    return anchor;
}

/* Finds how close the lines of one cell are. False if they are as far apart as rows; where
 * no cell has a second line there is nothing to find. */
static bool find_leading(struct table *table)
{
    size_t anchor = find_anchor(table);
    if (table->columns.list[anchor].figures == 0)
        return false;
    size_t from = table->from > 0 ? table->from - 1 : 0, to = table->to < table->count ? table->to + 1 : table->to;
    double rows = shortest(table, anchor, table->from, table->to), least = 0;
    for (size_t c = table->spans ? 1 : 0; c < table->columns.count; c++) {
        double distance = shortest(table, c, from, to);
        least = distance > 0 && (least <= 0 || distance < least) ? distance : least;
    }
    table->leading = 0;
    if (rows <= 0 || least >= ROWS_APART * rows)
        return rows > 0;
    table->leading = LINES_ALIKE * least;
    return table->leading <= rows;
}

static void add_to_blocks(const struct table *table, struct blocks *blocks, size_t open[COLUMN_LIMIT], size_t index,
                          const struct stretch *stretch)
{
    size_t count, column = columns_find(&table->columns, stretch, &count);
    double middle = stretch_middle(table->lines[index], stretch);
    struct block *block = open[column] ? &blocks->list[open[column] - 1] : NULL;
    double limit = fmax(table->leading, SAME_LINE * table_em(table));
    if (!block || middle - block->bottom > limit) {
        blocks->list[blocks->count++] = (struct block){column, index, index, middle, middle};
        open[column] = blocks->count;
        return;
    }
    block->last = index;
    block->bottom = middle;
}

/* The blocks of a table, from top to bottom: those that reach between its first and its
 * last figure. */
static struct blocks find_blocks(const struct table *table)
{
    struct blocks blocks = {0};
    size_t open[COLUMN_LIMIT] = {0}, most = 0, kept = 0;
    for (size_t i = 0; i < table->count; i++)
        most += table->lines[i]->count;
    blocks.list = arena_alloc(table->grid->pdf->arena, (most + 1) * sizeof *blocks.list);
    for (size_t i = 0; i < table->count; i++) {
        for (size_t k = 0; k < table->lines[i]->count; k++)
            add_to_blocks(table, &blocks, open, i, &table->lines[i]->stretches[k]);
    }
    for (size_t i = 0; i < blocks.count; i++) {
        const struct block *block = &blocks.list[i];
        bool spans = table->spans && block->column == 0;
        if (!spans && block->last >= table->from && block->first < table->to)
            blocks.list[kept++] = *block;
    }
    blocks.count = kept;
    return blocks;
}

static int compare_middles(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    double p = x->top + x->bottom, q = y->top + y->bottom;
    return (p > q) - (p < q);
}

static int compare_tops(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    return (x->top > y->top) - (x->top < y->top);
}

/* How many blocks from first on are one row: not two of them in one column, and all
 * above the next block. 0 if they are no row. */
static size_t count_row(const struct table *table, const struct blocks *blocks, size_t first,
                        int (*compare)(const void *, const void *))
{
    bool taken[COLUMN_LIMIT] = {false};
    const struct block *list = blocks->list;
    double em = table_em(table), bottom = 0;
    size_t end = first;
    for (; end < blocks->count; end++) {
        double away = compare == compare_tops
                          ? list[end].top - list[first].top
                          : (list[end].top + list[end].bottom - list[first].top - list[first].bottom) / 2;
        if (away > SAME_PLACE * em)
            break;
        if (taken[list[end].column])
            return 0;
        taken[list[end].column] = true;
        bottom = fmax(bottom, list[end].bottom);
    }
    for (size_t i = end; i < blocks->count; i++) {
        if (list[i].top - bottom < fmax(ROWS_APART * table->leading, SAME_LINE * em))
            return 0;
    }
    bool anchored = taken[find_anchor(table)] || table->leading > 0;
    return anchored ? end - first : 0;
}

/* Whether the blocks of a row differ in height. */
static bool has_heights(const struct blocks *blocks, const struct table *table)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->list[i], *other = block + 1;
        if (i + 1 < blocks->count && table->lines[block->first]->row == table->lines[other->first]->row &&
            fabs(block->bottom - block->top - other->bottom + other->top) > SAME_LINE * table_em(table))
            return true;
    }
    return false;
}

/* Gives the lines of the blocks their rows, if all blocks are in rows. */
static long take_rows(struct table *table, struct blocks *blocks, int (*compare)(const void *, const void *))
{
    long row = 0;
    qsort(blocks->list, blocks->count, sizeof *blocks->list, compare);
    for (size_t i = 0, count; i < blocks->count; i += count) {
        count = count_row(table, blocks, i, compare);
        if (count == 0)
            return 0;
        row++;
        for (size_t k = i; k < i + count; k++) {
            for (size_t line = blocks->list[k].first; line <= blocks->list[k].last; line++) {
                table->lines[line]->row = row;
                table->lines[line]->unclear = false;
            }
        }
    }
    return row;
}

long blocks_number_rows(struct table *table)
{
    if (!find_leading(table))
        return 0;
    struct blocks blocks = find_blocks(table);
    if (blocks.count == 0)
        return 0;
    long rows = take_rows(table, &blocks, compare_middles);
    table->in_middle = rows > 0 && has_heights(&blocks, table);
    table->at_top = rows == 0;
    if (rows == 0)
        rows = take_rows(table, &blocks, compare_tops);
    for (size_t i = 0; rows > 0 && i < blocks.count; i++) {
        table->from = blocks.list[i].first < table->from ? blocks.list[i].first : table->from;
        table->to = blocks.list[i].last >= table->to ? blocks.list[i].last + 1 : table->to;
    }
    return rows;
}

/* --- cells that span rows */

/* The middles of the first and the last line of a row. */
struct extent {
    double top, bottom;
};

/* How well cells fit rows: how far they are from their places, in em, in the best way and
 * in the second best. */
struct fit {
    double best, second;
    long last; /* row of the first of them, in the best way */
};

/* What is to be found: which rows each cell spans. */
struct tiling {
    const struct block *cells; /* first and last are lines of the page */
    size_t count;
    const struct extent *rows; /* from 1 */
    long row_count;
    bool in_middle, at_top; /* as the text of all cells */
    bool open;              /* the last cell may go on, and stand at the top */
    double em;
    struct fit *fits; /* of each cell and row that it may begin with, with all cells below */
};

/* How far a cell is from the middle of its rows, or from the top of the first. */
static double misfit(const struct tiling *tiling, size_t cell, long first, long last)
{
    const struct block *block = &tiling->cells[cell];
    double middle =
        fabs(tiling->rows[first].top + tiling->rows[last].bottom - block->top - block->bottom) / 2 / tiling->em;
    double top = fabs(tiling->rows[first].top - block->top) / tiling->em;
    bool may_be_top = !tiling->in_middle || (tiling->open && cell + 1 == tiling->count);
    middle = middle <= SAME_SPAN && !tiling->at_top ? middle : HUGE_VAL;
    top = may_be_top && top <= (tiling->at_top ? SAME_PLACE : SAME_SPAN) ? top + TOP_IS_RARE : HUGE_VAL;
    return fmin(middle, top);
}

static void add_way(struct fit *fit, double misfit, long last)
{
    if (misfit < fit->best) {
        fit->second = fit->best;
        fit->best = misfit;
        fit->last = last;
    } else {
        fit->second = fmin(fit->second, misfit);
    }
}

static struct fit *fit_of(const struct tiling *tiling, size_t cell, long first)
{
    return &tiling->fits[cell * (size_t)tiling->row_count + (size_t)first - 1];
}

/* How a cell that begins with a row fills the table with those below it, which are known. */
static struct fit fit_cell(const struct tiling *tiling, size_t cell, long first)
{
    struct fit fit = {.best = HUGE_VAL, .second = HUGE_VAL};
    bool is_last = cell + 1 == tiling->count;
    for (long last = is_last ? tiling->row_count : first; last <= tiling->row_count; last++) {
        double own = misfit(tiling, cell, first, last);
        if (isinf(own) || (!is_last && last == tiling->row_count))
            continue;
        struct fit below = {.second = HUGE_VAL};
        if (!is_last)
            below = *fit_of(tiling, cell + 1, last + 1);
        add_way(&fit, own + below.best, last);
        add_way(&fit, own + below.second, last);
    }
    return fit;
}

/* Finds for each cell and row how it fills the table with those below it: from the last
 * cell up, for each rests on the next. */
static void fit_all(struct tiling *tiling)
{
    for (size_t i = tiling->count; i-- > 0;)
        for (long row = tiling->row_count; row > 0; row--)
            *fit_of(tiling, i, row) = fit_cell(tiling, i, row);
}

/* How a cell that begins with a row, and those below it, fill the table. */
static struct fit fit_cells(const struct tiling *tiling, size_t cell, long first)
{
    if (first > tiling->row_count)
        return (struct fit){.best = HUGE_VAL, .second = HUGE_VAL};
    return *fit_of(tiling, cell, first);
}

static const struct extent *find_extents(const struct table *table, long rows)
{
    struct extent *extents = arena_alloc(table->grid->pdf->arena, ((size_t)rows + 1) * sizeof *extents);
    for (size_t i = table->to; i-- > table->from;) {
        const struct grid_line *line = table->lines[i];
        for (size_t k = 0; k < line->count; k++) {
            size_t count;
            if (columns_find(&table->columns, &line->stretches[k], &count) == 0)
                continue;
            double middle = stretch_middle(line, &line->stretches[k]);
            struct extent *extent = &extents[line->row];
            extent->bottom = extent->bottom > 0 ? extent->bottom : middle;
            extent->top = middle;
        }
    }
    return extents;
}

/* What stands over the first column. */
static const struct stretch *first_stretch(const struct table *table, const struct grid_line *line)
{
    size_t count;
    bool found = columns_find(&table->columns, &line->stretches[0], &count) == 0 && count == 1;
    return found ? &line->stretches[0] : NULL;
}

static struct blocks find_spans(const struct table *table, size_t first, size_t end)
{
    static const double CELL_PITCH = 1.7; /* in em */
    struct blocks spans = {.list = arena_alloc(table->grid->pdf->arena, (end - first + 1) * sizeof(struct block))};
    double limit = table->leading > 0 ? table->leading : CELL_PITCH * table_em(table);
    for (size_t i = first; i < end; i++) {
        const struct grid_line *line = &table->grid->lines[i];
        const struct stretch *stretch = first_stretch(table, line);
        if (!stretch)
            continue;
        double middle = stretch_middle(line, stretch);
        if (spans.count == 0 || middle - spans.list[spans.count - 1].bottom > limit)
            spans.list[spans.count++] = (struct block){.first = i, .top = middle};
        spans.list[spans.count - 1].last = i;
        spans.list[spans.count - 1].bottom = middle;
    }
    return spans;
}

/* How the cells of a page fit the table, with rows above the first of them that belong to
 * one of the page before. stub: the first of them is the end of that one. */
static struct fit fit_page(const struct tiling *tiling, long lead, bool stub)
{
    bool only = stub && tiling->count == 1;
    if (only)
        return (struct fit){.best = lead == tiling->row_count ? TOP_IS_RARE : HUGE_VAL, .second = HUGE_VAL};
    struct fit fit = fit_cells(tiling, stub, lead + 1);
    fit.best += stub ? TOP_IS_RARE : 0;
    fit.second += stub ? TOP_IS_RARE : 0;
    return fit;
}

bool blocks_place_spans(const struct table *table, long rows, size_t first, size_t end, struct span_ends *ends)
{
    struct grid_line *lines = table->grid->lines;
    enum { MOST_ROWS = 400 }; /* no page that is read has more, and all ways to fill them cost their cube */
    if (rows > MOST_ROWS)
        return false;
    struct blocks spans = find_spans(table, first, end);
    struct tiling tiling = {.cells = spans.list,
                            .count = spans.count,
                            .rows = find_extents(table, rows),
                            .row_count = rows,
                            .in_middle = table->in_middle,
                            .at_top = table->at_top,
                            .open = ends->open,
                            .em = table_em(table)};
    tiling.fits = arena_alloc(table->grid->pdf->arena, (spans.count + 1) * (size_t)rows * sizeof *tiling.fits);
    for (size_t i = table->from; i < table->to; i++) {
        if (table->lines[i]->unclear)
            return false;
    }
    ends->lead = rows;
    if (spans.count == 0)
        return ends->goes_on;
    fit_all(&tiling);
    bool may_stub = ends->goes_on && ends->cut && spans.list[0].top <= tiling.rows[1].top + SAME_PLACE * tiling.em;
    struct fit all = {.best = HUGE_VAL, .second = HUGE_VAL};
    for (long way = 0; way <= 2 * rows + 1; way++) { /* a number of rows, with and without a stub */
        bool stub = way % 2 == 1;
        if ((stub && !may_stub) || (way > 1 && !ends->goes_on))
            continue;
        struct fit fit = fit_page(&tiling, way / 2, stub);
        add_way(&all, fit.best, way);
        add_way(&all, fit.second, way);
    }
    if (isinf(all.best) || all.second - all.best < CLEARLY_BETTER)
        return false;
    size_t stubs = (size_t)(all.last % 2);
    ends->lead = all.last / 2;
    for (size_t i = 0; i < spans.count; i++) {
        long row = i <= stubs ? ends->lead + 1
                              : lines[spans.list[i - 1].first].span_from + lines[spans.list[i - 1].first].span;
        long last = i < stubs ? row : fit_cells(&tiling, i, row).last;
        for (size_t k = spans.list[i].first; k <= spans.list[i].last; k++) {
            lines[k].ends_span = i < stubs;
            lines[k].span_from = row;
            lines[k].span = last - row + 1;
        }
    }
    const struct block *last = &spans.list[spans.count - 1];
    double begins = tiling.rows[lines[last->first].span_from].top, behind = tiling.rows[rows].bottom;
    bool off_middle = fabs(begins + behind - last->top - last->bottom) / 2 > SURELY_SAME * tiling.em;
    ends->cut = (off_middle && !table->at_top) || last->bottom >= behind - SAME_PLACE * tiling.em;
    return true;
}
