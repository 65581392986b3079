/* pdf_tables: finds the rows of tables by the distances between lines. In: the lines of
 * a page in stretches, and the columns that they form (pdf_columns.c). Out: the words
 * that make up a cell, with the row and column of the cell. A wrapped cell whose row
 * is not clear, and a header of several levels whose cells are not, stay lines without cells. */
#include "pdf_grid.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEWEST_ROWS = 3,      /* with figures: fewer are no table */
    MOST_AROUND = 8,      /* lines above the first figure and below the last that may be in their rows */
    MOST_HEADER_LINES = 6 /* of the header of one level */
};

/* Of the distance between two rows: lines that are closer are in one row; and how
 * much farther than all others a distance is that parts two rows. */
static const double CLOSE = 0.8, FARTHER = 1.25;

/* In em: the gap between a year and the word behind it. */
static const double YEAR_GAP = 0.4;

/* In em: a cell whose text ends so close to the border of its column is full, and
 * may go on in a line that is no farther below. */
static const double ROOM_LEFT = 1.2, WRAPPED_PITCH = 1.6;

/* In em: how far the middles of two things of the same height may be apart, and the
 * lines of one cell. */
static const double SAME_MIDDLE = 0.5, CELL_PITCH = 1.7;

/* What is known from one table to the next. */
struct search {
    struct grid grid;
    size_t skipped; /* lines at the top of the page: margins, and the header of a table that goes on */
    size_t taken;   /* lines of the page up to the end of the latest table */
    long table;     /* its number */
    long rows;      /* how many it has */
    bool open;      /* it reaches down to the end of its page */
    long span_row;  /* where the last cell that spans rows begins */
    bool at_top, in_middle;
    bool cut; /* the last cell that spans rows may go on */
    struct columns columns;
    const char **header; /* the text of each line of its header */
    size_t header_count;
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

/* Whether the cells of the first column may span rows: another column has words for each
 * row. */
static bool may_span(const struct table *table, size_t from, size_t to, size_t rows)
{
    const struct columns *columns = &table->columns;
    for (size_t c = 1; columns->count >= 3 && c < columns->count; c++) {
        if (columns->list[c].words > 0 && count_lines(table, c, from, to, false) >= rows)
            return true;
    }
    return false;
}

/* Whether they do: it has no more lines than the table has rows, few of them beside a
 * figure. */
static bool has_spans(const struct table *table, size_t from, size_t to, size_t rows)
{
    return may_span(table, from, to, rows) && table->columns.list[0].figures == 0 &&
           count_lines(table, 0, from, to, false) <= rows && 2 * count_lines(table, 0, from, to, true) <= rows;
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
    table->count = table->from = table->to = 0;
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

/* How the cells of a header stand to each other. */
struct alignment {
    bool middles, tops; /* all at the same height */
};

/* A header of one level has one cell above each column, all with the same middle or all
 * with the same top. */
static struct alignment align(const struct heading *headings, size_t count, double em)
{
    struct alignment alignment = {true, true};
    for (size_t i = 0; i < count; i++) {
        double middle = (headings[i].top + headings[i].bottom) / 2;
        if (!headings[i].found || headings[i].apart)
            return (struct alignment){false, false};
        alignment.middles =
            alignment.middles && fabs(middle - (headings[0].top + headings[0].bottom) / 2) <= SAME_MIDDLE * em;
        alignment.tops = alignment.tops && fabs(headings[i].top - headings[0].top) <= SAME_MIDDLE * em;
    }
    return alignment;
}

/* A line with something behind a colon says the unit; `其中：` does not. */
static bool says_unit(const struct grid_line *line)
{
    for (size_t i = 0; i < line->line->count; i++) {
        const struct pdf_word *word = &line->line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            bool colon = character_is_colon(text_character(word->text, word->length, at, &bytes));
            if (colon && (at + bytes < word->length || (i + 1 < line->line->count && pdf_gap(line->line, i) < 1)))
                return true;
        }
    }
    return false;
}

/* Whether a line may be one of a header. */
static bool is_header_line(const struct columns *columns, const struct grid_line *line)
{
    return line->figures == 0 && columns_take(columns, line, true) && !says_unit(line);
}

/* The first line of the header above line from; from if there is none that is clear. */
static size_t find_header(const struct search *search, const struct columns *columns, size_t from,
                          struct alignment *alignment)
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
        if (!is_top)
            continue;
        *alignment = align(headings, columns->count, em);
        if (alignment->middles || alignment->tops)
            return first - 1;
    }
    *alignment = (struct alignment){false, false};
    return from;
}

static void add_cell(struct pdf *pdf, const struct pdf_cell *cell)
{
    pdf->cells = arena_grow(pdf->arena, pdf->cells, pdf->cell_count, &pdf->cell_capacity, sizeof *pdf->cells);
    pdf->cells[pdf->cell_count++] = *cell;
}

static void add_cells(struct search *search, const struct table *table, const struct grid_line *line, long rows_above,
                      bool is_header)
{
    for (size_t i = 0, last; i < line->count; i = last + 1) {
        size_t count, column = columns_find(&table->columns, &line->stretches[i], &count);
        /* a spaced-out word is one cell */
        for (last = i; last + 1 < line->count && lies_over(&table->columns, &line->stretches[last + 1], column);)
            last++;
        bool spans = table->spans && column == 0 && !is_header;
        if (spans ? line->span_from == 0 : line->unclear)
            continue;
        const struct pdf_cell added = {
            .line = line->line,
            .first = line->stretches[i].first,
            .last = line->stretches[last].last,
            .table = search->table,
            .row = spans && line->ends_span ? search->span_row : rows_above + (spans ? line->span_from : line->row),
            .column = (long)column + 1,
            .row_span = spans ? line->span : 1,
            .column_span = 1,
            .is_header = is_header,
        };
        add_cell(search->grid.pdf, &added);
    }
}

/* Adds the cells of a header of several levels that stand on a line, the index-th of it. */
static void add_level_cells(struct search *search, const struct header_levels *levels, const struct grid_line *line,
                            size_t index)
{
    for (size_t i = 0, last; i < line->count; i = last + 1) {
        size_t of = levels->of[index][i];
        for (last = i; last + 1 < line->count && levels->of[index][last + 1] == of;)
            last++;
        const struct header_cell *cell = &levels->cells[of];
        const struct pdf_cell added = {
            .line = line->line,
            .first = line->stretches[i].first,
            .last = line->stretches[last].last,
            .table = search->table,
            .row = cell->row,
            .column = (long)cell->from + 1,
            .row_span = cell->row_span,
            .column_span = (long)(cell->to - cell->from) + 1,
            .is_header = true,
        };
        add_cell(search->grid.pdf, &added);
    }
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

/* How the rows of a table were read. */
struct reading {
    size_t first, end;           /* lines of the page */
    size_t header, header_end;   /* the lines of its header, none if header is first; */
    size_t rows_begin;           /* line of its first row, which may have no figures */
    long header_rows;            /* of it */
    struct header_levels levels; /* of a header of several rows, else empty */
    struct alignment alignment;  /* of the cells of the header */
    long rows;
    struct span_ends ends;
};

/* Whether a line numbers the columns: `1 2 3=2/1`. It stands below a header, and not where the
 * figures do. */
static bool is_numbering(const struct grid_line *line)
{
    long last = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct pdf_word *word = &line->line->words[line->stretches[i].first];
        size_t bytes = 0;
        if (text_numeral(word->text, word->length, 0, &bytes) != last + 1 || bytes == 0 ||
            (bytes < word->length && word->text[bytes] != '='))
            return false;
        last++;
    }
    return last > 1;
}

/* The line behind the header that may stand above a table. */
static size_t behind_header(const struct search *search, size_t first)
{
    while (first > search->taken && is_numbering(&search->grid.lines[first - 1]))
        first--;
    return first;
}

/* Joins a year to the word behind it (`2024 年`), where the edge of a column has cut them apart. */
static void join_years(struct grid_line *line)
{
    for (size_t i = 0; i + 1 < line->count; i++) {
        struct stretch *year = &line->stretches[i], *next = year + 1;
        if (year->kind != STRETCH_FIGURE || next->kind != STRETCH_WORDS || pdf_gap(line->line, year->last) > YEAR_GAP)
            continue;
        year->last = next->last;
        year->right = fmax(year->right, next->right);
        year->kind = STRETCH_WORDS;
        memmove(next, next + 1, (line->count - i - 2) * sizeof *next);
        line->count--;
        line->figures--;
    }
}

/* Whether a line has nothing but a name in the first column: a row without figures. */
static bool is_bare_row(const struct columns *columns, const struct grid_line *line)
{
    return line->count == 1 && line->stretches[0].kind == STRETCH_WORDS && !line->line->in_margin &&
           lies_over(columns, &line->stretches[0], 0);
}

/* Finds a header of several levels above a table: all below the line that says the unit. Between
 * it and the first figures may stand rows without any. False: there is none that is clear. */
static bool find_levels(const struct search *search, const struct columns *columns, struct reading *reading)
{
    struct grid_line *lines = search->grid.lines;
    size_t bare = reading->first, end, first;
    while (bare > search->taken && is_bare_row(columns, &lines[bare - 1]))
        bare--;
    end = behind_header(search, bare);
    for (first = end; first > search->taken && end - first < HEADER_LINES; first--) {
        join_years(&lines[first - 1]);
        if (lines[first - 1].figures > 0 || lines[first - 1].line->in_margin || says_unit(&lines[first - 1]))
            break;
    }
    if (first == search->taken || first == end || !says_unit(&lines[first - 1]) ||
        !levels_read(lines, first, end, columns, &reading->levels))
        return false;
    reading->header = first;
    reading->header_rows = reading->levels.rows;
    reading->header_end = end;
    reading->rows_begin = bare;
    return true;
}

/* Finds the header of one level above a table whose rows were read. */
static void place_header(const struct search *search, const struct columns *columns, struct reading *reading)
{
    size_t end = behind_header(search, reading->first), header = find_header(search, columns, end, &reading->alignment);
    bool found = header < end;
    reading->header = found ? header : reading->first;
    reading->header_end = found ? end : reading->first;
    reading->rows_begin = reading->first;
    reading->header_rows = found;
}

/* Places the cells that span rows, if the table has any. */
static bool place_spans(const struct search *search, struct table *table, bool goes_on, struct reading *reading)
{
    bool known = table->at_top || table->in_middle;
    if (!known && goes_on) {
        table->at_top = search->at_top;
        table->in_middle = search->in_middle;
    } else if (!known) { /* cells stand as those of the header */
        table->at_top = reading->alignment.tops && !reading->alignment.middles;
        table->in_middle = reading->alignment.middles && !reading->alignment.tops;
    }
    reading->ends = (struct span_ends){
        .goes_on = goes_on, .cut = search->cut, .open = is_margin(&search->grid, reading->end, search->grid.count)};
    return !table->spans || blocks_place_spans(table, reading->rows, reading->first, reading->end, &reading->ends);
}

/* Reads the rows of the table from line from to line to by its blocks. */
static bool read_blocks(const struct search *search, struct table *table, size_t from, size_t to,
                        struct reading *reading)
{
    take_lines(table, search->taken, from, to);
    if (table->from == table->to)
        return false;
    table->pitch = find_pitch(table);
    reading->rows = blocks_number_rows(table);
    if (reading->rows == 0)
        return false;
    find_ends(table, search->taken, &reading->first, &reading->end);
    place_header(search, &table->columns, reading);
    return true;
}

/* Reads its rows by the distances between lines where its cells do not stand apart. */
static void read_distances(const struct search *search, struct table *table, size_t from, size_t to,
                           struct reading *reading)
{
    take_lines(table, search->taken, from, to);
    table->pitch = find_pitch(table);
    table->leading = 0;
    table->at_top = table->in_middle = false;
    reading->rows = number_rows(table);
    find_ends(table, search->taken, &reading->first, &reading->end);
    place_header(search, &table->columns, reading);
}

static struct reading read_table(const struct search *search, struct table *table, size_t from, size_t to, size_t rows,
                                 bool goes_on)
{
    struct reading reading = {0};
    table->spans = may_span(table, from, to, rows);
    bool read =
        table->spans && read_blocks(search, table, from, to, &reading) && place_spans(search, table, goes_on, &reading);
    if (!read) {
        table->spans = false;
        read = read_blocks(search, table, from, to, &reading) && place_spans(search, table, goes_on, &reading);
    }
    if (!read && may_span(table, from, to, rows)) { /* which rows its cells span is not certain */
        table->spans = true;
        read = read_blocks(search, table, from, to, &reading);
        reading.ends = (struct span_ends){0};
    }
    if (!read) {
        table->spans = has_spans(table, from, to, rows);
        read_distances(search, table, from, to, &reading);
        (void)place_spans(search, table, goes_on, &reading);
    }
    return reading;
}

/* Gives the cell that spans rows at the end of the table so far more of them. Returns the
 * row that it begins with. */
static long lengthen_span(const struct search *search, long rows)
{
    struct pdf *pdf = search->grid.pdf;
    long row = search->rows;
    for (size_t i = pdf->cell_count; i-- > 0 && pdf->cells[i].table == search->table;) {
        struct pdf_cell *cell = &pdf->cells[i];
        if (cell->column == 1 && cell->row + cell->row_span == search->rows + 1) {
            cell->row_span += rows;
            row = cell->row;
        }
    }
    return row;
}

static const char *line_text(struct arena *arena, const struct pdf_line *line)
{
    const char *text = "";
    for (size_t i = 0; i < line->count; i++)
        text = arena_printf(arena, "%s%.*s", text, (int)line->words[i].length, line->words[i].text);
    return text;
}

static void keep_header(struct search *search, size_t from, size_t to)
{
    search->header_count = to - from;
    search->header = arena_alloc(search->grid.pdf->arena, (to - from + 1) * sizeof *search->header);
    for (size_t i = from; i < to; i++)
        search->header[i - from] = line_text(search->grid.pdf->arena, search->grid.lines[i].line);
}

/* Passes the margin at the top of a page, and the header of the table that goes on if it
 * is printed again. */
static bool skip_header(struct search *search)
{
    struct grid *grid = &search->grid;
    size_t at = 0;
    while (at < grid->count && grid->lines[at].line->in_margin)
        at++;
    bool repeats = search->open && search->header_count > 0 && at + search->header_count < grid->count;
    for (size_t i = 0; repeats && i < search->header_count; i++)
        repeats = strcmp(line_text(grid->pdf->arena, grid->lines[at + i].line), search->header[i]) == 0;
    for (size_t i = 0; repeats && i < search->header_count; i++)
        grid->lines[at++].line->in_margin = true;
    search->skipped = search->taken = at;
    return repeats;
}

static void take_table(struct search *search, const struct columns *columns, size_t from, size_t to, size_t rows)
{
    struct table table = {.grid = &search->grid, .columns = *columns};
    struct reading reading = {0};
    bool goes_on = search->open && search->taken == search->skipped && columns_adopt(&table.columns, &search->columns);
    if (goes_on) {
        reading = read_table(search, &table, from, to, rows, true);
        goes_on = reading.header == reading.first && reading.first == search->skipped;
    }
    if (!goes_on) {
        table.columns = *columns;
        reading = read_table(search, &table, from, to, rows, false);
        if (reading.header == reading.first)
            (void)find_levels(search, &table.columns, &reading);
        search->table++;
        keep_header(search, reading.header, reading.rows_begin);
    } else if (table.spans) {
        search->span_row = lengthen_span(search, reading.ends.lead);
    }
    long above = goes_on ? search->rows : reading.header_rows;
    for (size_t i = reading.header; i < reading.end; i++) {
        struct grid_line *line = &search->grid.lines[i];
        line->line->in_table = true;
        if (i < reading.header_end && reading.levels.rows > 0)
            add_level_cells(search, &reading.levels, line, i - reading.header);
        else if (i < reading.first && i >= reading.rows_begin)
            add_cells(search, &table, line, ++above, false);
        else if (i < reading.header_end || i >= reading.first)
            add_cells(search, &table, line, i < reading.first ? 1 : above, i < reading.first);
    }
    search->taken = reading.end;
    search->rows = above + reading.rows;
    search->open = is_margin(&search->grid, reading.end, search->grid.count);
    search->cut = table.spans && reading.ends.cut;
    search->at_top = table.at_top;
    search->in_middle = table.in_middle;
    search->columns = table.columns;
}

/* A column in which no row of the page has a figure may have its number below the header. */
static void extend_columns(const struct search *search, size_t first, struct columns *columns)
{
    while (first > search->taken && is_bare_row(columns, &search->grid.lines[first - 1]))
        first--;
    if (first > search->taken && is_numbering(&search->grid.lines[first - 1]))
        columns_extend(columns, &search->grid.lines[first - 1]);
}

static void find_tables(struct search *search)
{
    bool found = false;
    size_t fewest = skip_header(search) ? 1 : FEWEST_ROWS;
    for (size_t i = search->skipped, rows; i < search->grid.count;) {
        struct columns columns;
        size_t end = i + 1;
        if (grid_is_row(&search->grid.lines[i]) && !is_numbering(&search->grid.lines[i])) {
            size_t behind = columns_make(&search->grid, i, &columns, &rows);
            end = rows < fewest ? end : behind;
            if (rows >= fewest && columns.count > 1) {
                extend_columns(search, i, &columns);
                take_table(search, &columns, i, behind, rows);
                end = search->taken;
                found = true;
                fewest = FEWEST_ROWS;
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
        search.grid = grid_make(pdf, &pdf->pages[p], search.open ? &search.columns : NULL);
        find_tables(&search);
    }
}
