/* pdf_tables: finds the rows of tables by the distances between lines. In: the lines of
 * a page in stretches, and the columns that they form (pdf_columns.c). Out: the words
 * that make up a cell, with the row and column of the cell. A wrapped cell whose row
 * is not clear, and a header of several levels, stay lines without cells. */
#include "pdf_grid.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>

enum {
    FEWEST_ROWS = 3,      /* with figures: fewer are no table */
    MOST_AROUND = 8,      /* lines above the first figure and below the last that may be in their rows */
    MOST_HEADER_LINES = 6 /* of the header of one level */
};

/* Of the distance between two rows: lines that are closer are in one row; and how
 * much farther than all others a distance is that parts two rows. */
static const double CLOSE = 0.8, FARTHER = 1.25;

/* In em: a cell whose text ends so close to the border of its column is full, and
 * may go on in a line that is no farther below. */
static const double ROOM_LEFT = 1.2, WRAPPED_PITCH = 1.6;

/* In em: how far the middles of two things of the same height may be apart, and the
 * lines of one cell. */
static const double SAME_MIDDLE = 0.5, CELL_PITCH = 1.7;

/* A table that is being read. Lines that hold nothing but a cell that spans several
 * rows are left out here: their distances say nothing about rows. */
struct table {
    struct grid *grid;
    struct columns columns;
    bool spans;               /* the first column has cells that span rows */
    struct grid_line **lines; /* its own, and those around that may be in its rows */
    size_t count;
    size_t from, to; /* its own */
    double pitch;    /* distance between rows */
};

/* What is known from one table to the next. */
struct search {
    struct grid grid;
    size_t taken; /* lines of the page up to the end of the latest table */
    long table;   /* its number */
    long rows;    /* how many it has */
    bool open;    /* it reaches down to the end of its page */
    struct columns columns;
};

static double distance(const struct table *table, size_t upper, size_t lower)
{
    return table->lines[lower]->line->middle - table->lines[upper]->line->middle;
}

static bool lies_over(const struct columns *columns, const struct stretch *stretch, size_t column)
{
    size_t count;
    return columns_find(columns, stretch, &count) == column && count == 1;
}

/* How many lines have text in a column; rows_only: of those with figures. */
static size_t count_lines(const struct table *table, size_t column, size_t from, size_t to, bool rows_only)
{
    size_t lines = 0;
    for (size_t i = from; i < to; i++) {
        const struct grid_line *line = &table->grid->lines[i];
        bool found = false;
        for (size_t k = 0; !found && k < line->count; k++)
            found = lies_over(&table->columns, &line->stretches[k], column);
        lines += found && (!rows_only || grid_is_row(line));
    }
    return lines;
}

/* Whether the cells of the first column span rows: it has no more lines than the table
 * has rows, few of them beside a figure, while another column has words for each row. */
static bool has_spans(const struct table *table, size_t from, size_t to, size_t rows)
{
    const struct columns *columns = &table->columns;
    if (columns->count < 3 || columns->list[0].figures > 0 || count_lines(table, 0, from, to, false) > rows ||
        2 * count_lines(table, 0, from, to, true) > rows)
        return false;
    for (size_t c = 1; c < columns->count; c++) {
        if (columns->list[c].words > 0 && count_lines(table, c, from, to, false) >= rows)
            return true;
    }
    return false;
}

static bool is_only_span(const struct table *table, const struct grid_line *line)
{
    return table->spans && line->count == 1 && lies_over(&table->columns, &line->stretches[0], 0);
}

/* The lines from line from to line to, and up to MOST_AROUND on both sides that lie in
 * the columns. */
static void take_lines(struct table *table, size_t taken, size_t from, size_t to)
{
    const struct grid *grid = table->grid;
    size_t first = from, end = to;
    while (first > taken && from - first < MOST_AROUND && columns_take(&table->columns, &grid->lines[first - 1], false))
        first--;
    while (end < grid->count && end - to < MOST_AROUND && columns_take(&table->columns, &grid->lines[end], false))
        end++;
    table->lines = arena_alloc(grid->pdf->arena, (end - first) * sizeof(struct grid_line *));
    for (size_t i = first; i < end; i++) {
        if (is_only_span(table, &grid->lines[i]))
            continue;
        table->from += i < from;
        table->to += i < to;
        table->lines[table->count++] = &grid->lines[i];
    }
}

static int compare_distances(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The distance between most rows: of those with nothing between, if there are any. */
static double find_pitch(const struct table *table)
{
    size_t direct = 0, all = 0, before = table->from, most = table->to - table->from;
    double *distances = arena_alloc(table->grid->pdf->arena, 2 * most * sizeof *distances), *others = distances + most;
    for (size_t i = table->from + 1; i < table->to; i++) {
        if (!grid_is_row(table->lines[i]))
            continue;
        others[all++] = distance(table, before, i);
        if (before + 1 == i)
            distances[direct++] = distance(table, before, i);
        before = i;
    }
    double *list = direct ? distances : others;
    size_t count = direct ? direct : all;
    qsort(list, count, sizeof *list, compare_distances);
    return count ? list[count / 2] : 0;
}

/* Whether the text of a line reaches the border of its column, so that it may go
 * on in the line below. */
static bool is_full(const struct table *table, const struct grid_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = columns_find(&table->columns, &line->stretches[i], &count);
        double room = table->columns.list[column].right - line->stretches[i].right;
        if (count == 1 && !(table->spans && column == 0) && line->stretches[i].kind == STRETCH_WORDS &&
            room < ROOM_LEFT * line->line->em)
            return true;
    }
    return false;
}

/* Says of the lines from upper to lower, both with figures, where one row ends and
 * the next begins. Where all lines are close together the widest distance parts the
 * rows, if it is clearly wider. */
static void part_rows(struct table *table, size_t upper, size_t lower)
{
    double most = 0, second = 0;
    size_t widest = lower, found = 0;
    for (size_t i = upper + 1; i <= lower; i++) {
        double d = distance(table, i - 1, i);
        table->lines[i]->begins_row = d >= CLOSE * table->pitch;
        found += table->lines[i]->begins_row;
        second = fmax(second, fmin(d, most));
        widest = d > most ? i : widest;
        most = fmax(most, d);
    }
    bool unclear = false;
    if (found == 0) {
        table->lines[widest]->begins_row = true;
        unclear = most < FARTHER * second;
    }
    /* Lines as far apart as rows: the second may go on where the first is full. */
    for (size_t i = upper + 1; i < lower; i++)
        unclear = unclear || (table->lines[i]->begins_row && is_full(table, table->lines[i - 1]) &&
                              distance(table, i - 1, i) < WRAPPED_PITCH * table->lines[i]->line->em);
    for (size_t i = upper; unclear && i <= lower; i++)
        table->lines[i]->unclear = true;
}

/* How many lines above the first own line, or below the last, are as close as those
 * of one row. */
static size_t count_close(const struct table *table, bool below)
{
    size_t close = 0;
    if (below) {
        while (table->to + close < table->count &&
               distance(table, table->to + close - 1, table->to + close) < CLOSE * table->pitch)
            close++;
    } else {
        while (close < table->from &&
               distance(table, table->from - close - 1, table->from - close) < CLOSE * table->pitch)
            close++;
    }
    return close;
}

/* Takes in the lines around that belong to the first and the last row. A figure in
 * the middle of a cell has as many lines above as below it. */
static void widen(struct table *table)
{
    size_t first = table->from, last = table->to - 1, below_first = 0, above_last = 0;
    while (first + below_first + 1 < table->to && !table->lines[first + below_first + 1]->begins_row)
        below_first++;
    while (last > above_last && !table->lines[last - above_last]->begins_row && last - above_last > table->from)
        above_last++;
    size_t above = count_close(table, false), below = count_close(table, true);
    if (above == below_first)
        table->from -= above;
    else if (below_first > 0)
        table->lines[first]->unclear = true;
    if (below == above_last)
        table->to += below;
    else if (below + above_last > 0)
        table->lines[last]->unclear = true;
}

/* Numbers the rows; a row is as unclear as one of its lines. Returns how many. */
static long number_rows(struct table *table)
{
    table->pitch = find_pitch(table);
    for (size_t i = table->from + 1, last = table->from; i < table->to; i++) {
        if (!grid_is_row(table->lines[i]))
            continue;
        part_rows(table, last, i);
        last = i;
    }
    widen(table);
    long row = 0;
    for (size_t i = table->from, end; i < table->to; i = end) {
        bool unclear = table->lines[i]->unclear;
        for (end = i + 1; end < table->to && !table->lines[end]->begins_row; end++)
            unclear = unclear || table->lines[end]->unclear;
        row++;
        for (size_t k = i; k < end; k++) {
            table->lines[k]->row = row;
            table->lines[k]->unclear = unclear;
        }
    }
    return row;
}

/* The middles of the first and the last line of a row. */
struct extent {
    double top, bottom;
};

/* Says which rows a cell spans whose text has this middle, if it begins at row
 * first: the last of them, or 0 if its middle fits none. */
static long find_last_row(const struct extent *rows, long count, long first, double middle, double em)
{
    for (long row = first; row <= count; row++) {
        double fits = (rows[first].top + rows[row].bottom) / 2;
        if (fabs(fits - middle) <= SAME_MIDDLE * em)
            return row;
    }
    return 0;
}

/* Gives the cells that span rows their rows. Together they must fill the table from
 * top to bottom, each in the middle of its rows; else all stay as they are. */
static void place_spans(const struct table *table, long rows, size_t first, size_t end)
{
    const struct grid *grid = table->grid;
    struct extent *extents = arena_alloc(grid->pdf->arena, ((size_t)rows + 1) * sizeof *extents);
    for (size_t i = table->to; i-- > table->from;) {
        struct extent *extent = &extents[table->lines[i]->row];
        if (table->lines[i]->unclear)
            return;
        if (extent->bottom <= 0)
            extent->bottom = table->lines[i]->line->middle;
        extent->top = table->lines[i]->line->middle;
    }
    long row = 1;
    for (size_t i = first, last; i < end; i = last + 1) {
        last = i;
        if (!lies_over(&table->columns, &grid->lines[i].stretches[0], 0))
            continue;
        const struct pdf_line *line = grid->lines[i].line;
        for (size_t k = i + 1;
             k < end && grid->lines[k].line->middle - grid->lines[last].line->middle < CELL_PITCH * line->em; k++) {
            if (lies_over(&table->columns, &grid->lines[k].stretches[0], 0))
                last = k;
        }
        double middle = (line->middle + grid->lines[last].line->middle) / 2;
        long last_row = row <= rows ? find_last_row(extents, rows, row, middle, line->em) : 0;
        for (size_t k = i; k <= last; k++) {
            grid->lines[k].span_from = last_row ? row : 0;
            grid->lines[k].span = last_row - row + 1;
        }
        if (!last_row)
            break;
        row = last_row + 1;
    }
    for (size_t k = first; row != rows + 1 && k < end; k++)
        grid->lines[k].span_from = 0;
}

/* What stands above one column. */
struct heading {
    double top, bottom;
    bool found, apart; /* apart: its lines are not close enough to be one cell */
};

static void add_to_headings(struct heading *headings, const struct columns *columns, const struct grid_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        size_t count;
        struct heading *heading = &headings[columns_find(columns, &line->stretches[i], &count)];
        double middle = line->line->middle;
        if (!heading->found)
            heading->bottom = middle;
        else if (heading->top - middle > CELL_PITCH * line->line->em)
            heading->apart = true;
        heading->top = middle;
        heading->found = true;
    }
}

/* A header of one level has one cell above each column, all with the same middle. */
static bool is_simple(const struct heading *headings, size_t count, double em)
{
    for (size_t i = 0; i < count; i++) {
        double middle = (headings[i].top + headings[i].bottom) / 2;
        if (!headings[i].found || headings[i].apart ||
            fabs(middle - (headings[0].top + headings[0].bottom) / 2) > SAME_MIDDLE * em)
            return false;
    }
    return true;
}

/* Whether a line may be one of a header. A line with a colon says the unit. */
static bool is_header_line(const struct columns *columns, const struct grid_line *line)
{
    if (line->figures > 0 || !columns_take(columns, line, true))
        return false;
    for (size_t i = 0; i < line->line->count; i++) {
        const struct pdf_word *word = &line->line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            if (character_is_colon(text_character(word->text, word->length, at, &bytes)))
                return false;
        }
    }
    return true;
}

/* The first line of the header above line from; from if there is none that is clear. */
static size_t find_header(const struct search *search, const struct columns *columns, size_t from)
{
    const struct grid_line *lines = search->grid.lines;
    struct heading headings[COLUMN_LIMIT + 1] = {0};
    double em = lines[from].line->em;
    for (size_t first = from; first > search->taken && from - first < MOST_HEADER_LINES; first--) {
        if (!is_header_line(columns, &lines[first - 1]))
            break;
        add_to_headings(headings, columns, &lines[first - 1]);
        bool is_top = first - 1 == search->taken || !is_header_line(columns, &lines[first - 2]) ||
                      lines[first - 1].line->middle - lines[first - 2].line->middle > CELL_PITCH * em;
        if (is_top && is_simple(headings, columns->count, em))
            return first - 1;
    }
    return from;
}

static void add_cells(struct search *search, const struct table *table, const struct grid_line *line, long rows_above,
                      bool is_header)
{
    struct pdf *pdf = search->grid.pdf;
    for (size_t i = 0, last; i < line->count; i = last + 1) {
        size_t count, column = columns_find(&table->columns, &line->stretches[i], &count);
        /* a spaced-out word is one cell */
        for (last = i; last + 1 < line->count && lies_over(&table->columns, &line->stretches[last + 1], column);)
            last++;
        bool spans = table->spans && column == 0 && !is_header;
        if (spans ? line->span_from == 0 : line->unclear)
            continue;
        pdf->cells = arena_grow(pdf->arena, pdf->cells, pdf->cell_count, &pdf->cell_capacity, sizeof *pdf->cells);
        pdf->cells[pdf->cell_count++] = (struct pdf_cell){
            .line = line->line,
            .first = line->stretches[i].first,
            .last = line->stretches[last].last,
            .table = search->table,
            .row = rows_above + (spans ? line->span_from : line->row),
            .column = (long)column + 1,
            .row_span = spans ? line->span : 1,
            .is_header = is_header,
        };
    }
}

static bool are_alike(const struct columns *columns, const struct columns *others)
{
    for (size_t i = 0; columns->count == others->count && i < columns->count; i++) {
        if (columns->list[i].right <= others->list[i].left || others->list[i].right <= columns->list[i].left)
            return false;
    }
    return columns->count == others->count;
}

/* Whether nothing but page numbers stands between these lines. */
static bool is_margin(const struct grid *grid, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (!grid->lines[i].line->in_margin)
            return false;
    }
    return true;
}

/* The lines of a table that only a cell spanning rows has, at its ends. */
static void find_ends(const struct table *table, size_t taken, size_t *first, size_t *end)
{
    const struct grid_line *lines = table->grid->lines;
    *first = (size_t)(table->lines[table->from] - lines);
    *end = (size_t)(table->lines[table->to - 1] - lines) + 1;
    while (*first > taken && is_only_span(table, &lines[*first - 1]) &&
           lines[*first].line->middle - lines[*first - 1].line->middle < CLOSE * table->pitch)
        (*first)--;
    while (*end < table->grid->count && is_only_span(table, &lines[*end]) &&
           lines[*end].line->middle - lines[*end - 1].line->middle < CLOSE * table->pitch)
        (*end)++;
}

static void take_table(struct search *search, struct table *table, size_t from, size_t to)
{
    size_t first, end;
    take_lines(table, search->taken, from, to);
    long rows = number_rows(table);
    find_ends(table, search->taken, &first, &end);
    if (table->spans)
        place_spans(table, rows, first, end);
    size_t header = find_header(search, &table->columns, first);
    bool goes_on = search->open && header == first && search->taken == 0 && is_margin(&search->grid, 0, first) &&
                   are_alike(&search->columns, &table->columns);
    search->table += !goes_on;
    long above = goes_on ? search->rows : header < first;
    for (size_t i = header; i < end; i++) {
        struct grid_line *line = &search->grid.lines[i];
        line->line->in_table = true;
        add_cells(search, table, line, i < first ? 1 : above, i < first);
    }
    search->taken = end;
    search->rows = above + rows;
    search->open = is_margin(&search->grid, end, search->grid.count);
    search->columns = table->columns;
}

static void find_tables(struct search *search)
{
    bool found = false;
    search->taken = 0;
    for (size_t i = 0, rows; i < search->grid.count;) {
        struct table table = {.grid = &search->grid};
        size_t end = i + 1;
        if (grid_is_row(&search->grid.lines[i])) {
            size_t behind = columns_make(&search->grid, i, &table.columns, &rows);
            end = rows < FEWEST_ROWS ? end : behind;
            if (rows >= FEWEST_ROWS && table.columns.count > 1) {
                table.spans = has_spans(&table, i, behind, rows);
                take_table(search, &table, i, behind);
                end = search->taken;
                found = true;
            }
        }
        i = end;
    }
    search->open = search->open && found;
}

void pdf_find_tables(struct pdf *pdf)
{
    struct search search = {0};
    for (size_t p = 0; p < pdf->count; p++) {
        search.grid = grid_make(pdf, &pdf->pages[p]);
        find_tables(&search);
    }
}
