/* pdf_tables: finds tables by the places of words. In: the lines of a page. Out: the
 * words that make up a cell, with the row and column of the cell. The borders that
 * are drawn are not known here, so columns are told by the gaps that run through
 * several lines with figures, and rows by the distances between lines. A wrapped cell
 * whose row is not clear, and a header of several levels, stay lines without cells. */
#include "pdf.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <unicode/uchar.h>

enum {
    COLUMN_LIMIT = 64,
    FEWEST_ROWS = 3,      /* with figures: fewer are no table */
    MOST_BETWEEN = 4,     /* lines without a figure between two with one */
    MOST_HEADER_LINES = 6 /* of the header of one level */
};

/* In em: the gap between two cells, and between two figures side by side. */
static const double CELL_GAP = 0.8, FIGURE_GAP = 0.4;

/* Of the distance between two rows: lines that are closer are in one row; and how
 * much farther than all others a distance is that parts two rows. */
static const double CLOSE = 0.8, FARTHER = 1.25;

/* In em: a cell whose text ends so close to the border of its column is full, and
 * may go on in a line that is no farther below. */
static const double ROOM_LEFT = 1.2, WRAPPED_PITCH = 1.6;

/* In em: how far the middles of header cells may be apart, and the lines of one. */
static const double SAME_MIDDLE = 0.5, HEADER_PITCH = 1.7;

enum piece_kind { PIECE_TEXT, PIECE_FIGURE, PIECE_FILLER }; /* a filler, `-` or `/`, stands for no value */

/* Words of a line without a wide gap between them. */
struct stretch {
    size_t first, last;
    double left, right;
    enum piece_kind kind;
};

struct grid_line {
    struct pdf_line *line;
    struct stretch *stretches;
    size_t count;
    size_t figures;
    bool begins_row; /* else it belongs to the row above */
    bool unclear;    /* to which row it belongs */
    long row;        /* in its table */
};

struct column {
    double left, right;
    bool has_figures;
};

struct columns {
    struct column list[COLUMN_LIMIT];
    size_t count;
};

/* A page with its lines in stretches. */
struct grid {
    struct pdf *pdf;
    struct grid_line *lines;
    size_t count;
    size_t taken; /* lines up to the end of the latest table */
    long *table;  /* its number */
};

/* What may stand in a figure beside its digits. A decimal point may be a character of
 * private use, as some fonts leave it. */
static bool is_sign(uint32_t character)
{
    int type = u_charType((UChar32)character);
    return u_ispunct((UChar32)character) || type == U_MATH_SYMBOL || type == U_PRIVATE_USE_CHAR ||
           character_is_space(character);
}

static enum piece_kind kind_of(const struct pdf_line *line, size_t first, size_t last)
{
    bool digits = false, words = false;
    for (size_t i = first; i <= last; i++) {
        const struct pdf_word *word = &line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            uint32_t character = text_character(word->text, word->length, at, &bytes);
            if (character_is_digit(character))
                digits = true;
            else
                words = words || !is_sign(character);
        }
    }
    if (words)
        return PIECE_TEXT;
    return digits ? PIECE_FIGURE : PIECE_FILLER;
}

static bool touches_figure(const struct pdf_word *word, bool at_end)
{
    size_t bytes;
    uint32_t character = at_end ? text_character_before(word->text, word->length, &bytes)
                                : text_character(word->text, word->length, 0, &bytes);
    return character_is_digit(character) || (!at_end && (character == '-' || character == '('));
}

static bool is_border(const struct pdf_line *line, size_t before)
{
    bool figures = touches_figure(&line->words[before], true) && touches_figure(&line->words[before + 1], false);
    return pdf_gap(line, before) >= (figures ? FIGURE_GAP : CELL_GAP);
}

static void take_line(struct grid *grid, struct pdf_line *line)
{
    struct grid_line *taken = &grid->lines[grid->count++];
    *taken = (struct grid_line){.line = line};
    taken->stretches = arena_alloc(grid->pdf->arena, line->count * sizeof *taken->stretches);
    for (size_t first = 0, last; first < line->count; first = last + 1) {
        double right = line->words[first].right;
        for (last = first; last + 1 < line->count && !is_border(line, last); last++)
            right = fmax(right, line->words[last + 1].right);
        enum piece_kind kind = kind_of(line, first, last);
        taken->stretches[taken->count++] = (struct stretch){first, last, line->words[first].left, right, kind};
        taken->figures += kind == PIECE_FIGURE;
    }
}

static bool is_row(const struct grid_line *line)
{
    return line->figures > 0 && line->count > 1 && !line->line->in_margin;
}

/* The columns that a stretch lies over: the first of them, and how many. */
static size_t find_columns(const struct columns *columns, const struct stretch *stretch, size_t *count)
{
    size_t first = 0;
    while (first < columns->count && columns->list[first].right <= stretch->left)
        first++;
    for (*count = 0; first + *count < columns->count && columns->list[first + *count].left < stretch->right;)
        (*count)++;
    return first;
}

static bool insert_column(struct columns *columns, size_t at, const struct stretch *stretch)
{
    if (columns->count == COLUMN_LIMIT)
        return false;
    for (size_t i = columns->count++; i > at; i--)
        columns->list[i] = columns->list[i - 1];
    columns->list[at] = (struct column){stretch->left, stretch->right, stretch->kind == PIECE_FIGURE};
    return true;
}

/* Makes room in the columns for a stretch. Columns of text may become one, as a
 * spaced-out word shows; one with figures is a column of its own. */
static bool fit_stretch(struct columns *columns, const struct stretch *stretch)
{
    size_t count, first = find_columns(columns, stretch, &count);
    if (count == 0)
        return insert_column(columns, first, stretch);
    struct column *column = &columns->list[first];
    for (size_t i = 0; count > 1 && i < count; i++) {
        if (column[i].has_figures || stretch->kind == PIECE_FIGURE)
            return false;
    }
    column->left = fmin(column->left, stretch->left);
    column->right = fmax(column[count - 1].right, stretch->right);
    column->has_figures = column->has_figures || stretch->kind == PIECE_FIGURE;
    for (size_t i = first + 1; i + count - 1 < columns->count; i++)
        columns->list[i] = columns->list[i + count - 1];
    columns->count -= count - 1;
    return true;
}

/* Makes room in the columns for a line; false, and nothing is changed, if it is no
 * row of the same table. */
static bool fit_line(struct columns *columns, const struct grid_line *line)
{
    struct columns wider = *columns;
    for (size_t i = 0; i < line->count; i++) {
        if (!fit_stretch(&wider, &line->stretches[i]))
            return false;
    }
    for (size_t i = 1; i < line->count; i++) {
        const struct stretch *one = &line->stretches[i - 1], *next = one + 1;
        size_t count, column = find_columns(&wider, one, &count);
        bool words = one->kind == PIECE_TEXT && next->kind == PIECE_TEXT;
        if (!words && find_columns(&wider, next, &count) == column)
            return false; /* two cells of one line in one column */
    }
    *columns = wider;
    return true;
}

/* Whether every stretch of a line lies over one column. Words over a column of
 * figures are a header or a caption, not a part of a row. */
static bool lies_in_columns(const struct columns *columns, const struct grid_line *line, bool is_header)
{
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = find_columns(columns, &line->stretches[i], &count);
        if (count != 1)
            return false;
        if (!is_header && line->stretches[i].kind == PIECE_TEXT && columns->list[column].has_figures)
            return false;
    }
    return !line->line->in_margin;
}

/* The line behind the last row of the table whose first row is line from. */
static size_t find_end(const struct grid *grid, size_t from, struct columns *columns, size_t *rows)
{
    size_t end = from;
    *rows = 0;
    for (size_t i = from; i < grid->count && i <= end + MOST_BETWEEN; i++) {
        const struct grid_line *line = &grid->lines[i];
        if (is_row(line)) {
            if (!fit_line(columns, line))
                break;
            end = i + 1;
            (*rows)++;
        } else if (!lies_in_columns(columns, line, false)) {
            break;
        }
    }
    return end;
}

static double distance(const struct grid *grid, size_t upper, size_t lower)
{
    return grid->lines[lower].line->middle - grid->lines[upper].line->middle;
}

static int compare_distances(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The distance between most rows: of those with nothing between, if there are any. */
static double find_pitch(const struct grid *grid, size_t from, size_t to)
{
    size_t direct = 0, all = 0, before = from;
    double *distances = arena_alloc(grid->pdf->arena, 2 * (to - from) * sizeof *distances);
    double *others = distances + (to - from);
    for (size_t i = from + 1; i < to; i++) {
        if (!is_row(&grid->lines[i]))
            continue;
        others[all++] = distance(grid, before, i);
        if (before + 1 == i)
            distances[direct++] = distance(grid, before, i);
        before = i;
    }
    double *list = direct ? distances : others;
    size_t count = direct ? direct : all;
    qsort(list, count, sizeof *list, compare_distances);
    return count ? list[count / 2] : 0;
}

/* Whether the text of a line reaches the border of its column, so that it may go
 * on in the line below. */
static bool is_full(const struct columns *columns, const struct grid_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = find_columns(columns, &line->stretches[i], &count);
        double room = columns->list[column].right - line->stretches[i].right;
        if (count == 1 && line->stretches[i].kind == PIECE_TEXT && room < ROOM_LEFT * line->line->em)
            return true;
    }
    return false;
}

/* Says of the lines from upper to lower, both with figures, where one row ends and
 * the next begins. Where all lines are close together the widest distance parts the
 * rows, if it is clearly wider. */
static void part_rows(struct grid *grid, const struct columns *columns, size_t upper, size_t lower, double pitch)
{
    double most = 0, second = 0;
    size_t widest = lower, found = 0;
    for (size_t i = upper + 1; i <= lower; i++) {
        double d = distance(grid, i - 1, i);
        grid->lines[i].begins_row = d >= CLOSE * pitch;
        found += grid->lines[i].begins_row;
        second = fmax(second, fmin(d, most));
        widest = d > most ? i : widest;
        most = fmax(most, d);
    }
    bool unclear = false;
    if (found == 0) {
        grid->lines[widest].begins_row = true;
        unclear = most < FARTHER * second;
    }
    /* Lines as far apart as rows: the second may go on where the first is full. */
    for (size_t i = upper + 1; i < lower; i++)
        unclear = unclear || (grid->lines[i].begins_row && is_full(columns, &grid->lines[i - 1]) &&
                              distance(grid, i - 1, i) < WRAPPED_PITCH * grid->lines[i].line->em);
    for (size_t i = upper; unclear && i <= lower; i++)
        grid->lines[i].unclear = true;
}

/* Takes in the lines above the first row and below the last one that are so close
 * that they belong to them. */
static void widen(const struct grid *grid, const struct columns *columns, double pitch, size_t *from, size_t *to)
{
    size_t above = *from, below = *to;
    while (above > grid->taken && distance(grid, above - 1, above) < CLOSE * pitch &&
           lies_in_columns(columns, &grid->lines[above - 1], false))
        above--;
    while (below < grid->count && distance(grid, below - 1, below) < CLOSE * pitch &&
           lies_in_columns(columns, &grid->lines[below], false))
        below++;
    /* A figure in the middle of a cell has as many lines above as below it; lines
     * of a header or a note are others. */
    if (*from - above == 1 && *from + 1 < grid->count && !is_row(&grid->lines[*from + 1]) &&
        distance(grid, *from, *from + 1) < CLOSE * pitch)
        *from = above;
    if (below - *to == 1 && *to >= 2 && !is_row(&grid->lines[*to - 2]) &&
        distance(grid, *to - 2, *to - 1) < CLOSE * pitch)
        *to = below;
}

/* Numbers the rows from line *from to *to, and of lines around them that belong to
 * the first and the last. */
static void number_rows(struct grid *grid, const struct columns *columns, size_t *from, size_t *to)
{
    double pitch = find_pitch(grid, *from, *to);
    size_t last = *from;
    for (size_t i = *from + 1; i < *to; i++) {
        if (!is_row(&grid->lines[i]))
            continue;
        part_rows(grid, columns, last, i, pitch);
        last = i;
    }
    widen(grid, columns, pitch, from, to);
    long row = 1;
    for (size_t i = *from, start = *from; i < *to; i++) {
        if (i > *from && grid->lines[i].begins_row) {
            row++;
            start = i;
        }
        grid->lines[i].row = row;
        grid->lines[i].unclear = grid->lines[i].unclear || grid->lines[start].unclear;
        for (size_t k = start; grid->lines[i].unclear && k < i && !grid->lines[k].unclear; k++)
            grid->lines[k].unclear = true;
    }
}

static void add_cells(struct grid *grid, const struct columns *columns, const struct grid_line *line, long row,
                      bool is_header)
{
    struct pdf *pdf = grid->pdf;
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = find_columns(columns, &line->stretches[i], &count), last = i;
        for (size_t next; last + 1 < line->count; last++) { /* a spaced-out word is one cell */
            next = find_columns(columns, &line->stretches[last + 1], &count);
            if (next != column)
                break;
        }
        pdf->cells = arena_grow(pdf->arena, pdf->cells, pdf->cell_count, &pdf->cell_capacity, sizeof *pdf->cells);
        pdf->cells[pdf->cell_count++] = (struct pdf_cell){
            .line = line->line,
            .first = line->stretches[i].first,
            .last = line->stretches[last].last,
            .table = *grid->table,
            .row = row,
            .column = (long)column + 1,
            .is_header = is_header,
        };
        i = last;
    }
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
        struct heading *heading = &headings[find_columns(columns, &line->stretches[i], &count)];
        double middle = line->line->middle;
        if (!heading->found)
            heading->bottom = middle;
        else if (heading->top - middle > HEADER_PITCH * line->line->em)
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

static bool has_colon(const struct grid_line *line)
{
    for (size_t i = 0; i < line->line->count; i++) {
        const struct pdf_word *word = &line->line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            if (character_is_colon(text_character(word->text, word->length, at, &bytes)))
                return true;
        }
    }
    return false;
}

/* The first line of the header above line from; from if there is none that is clear.
 * A line with a colon, as it says the unit, is no part of it. */
static size_t find_header(const struct grid *grid, const struct columns *columns, size_t from)
{
    struct heading headings[COLUMN_LIMIT + 1] = {0};
    size_t first = from;
    double em = grid->lines[from].line->em;
    while (first > grid->taken && from - first < MOST_HEADER_LINES) {
        const struct grid_line *line = &grid->lines[first - 1];
        if (line->figures > 0 || has_colon(line) || !lies_in_columns(columns, line, true))
            break;
        add_to_headings(headings, columns, line);
        first--;
        if (is_simple(headings, columns->count, em) &&
            (first == grid->taken || distance(grid, first - 1, first) > HEADER_PITCH * em ||
             !lies_in_columns(columns, &grid->lines[first - 1], true) || has_colon(&grid->lines[first - 1])))
            return first;
    }
    return from;
}

static void take_table(struct grid *grid, const struct columns *columns, size_t from, size_t to)
{
    number_rows(grid, columns, &from, &to);
    size_t header = find_header(grid, columns, from);
    (*grid->table)++;
    for (size_t i = header; i < to; i++) {
        struct grid_line *line = &grid->lines[i];
        line->line->in_table = true;
        if (i < from)
            add_cells(grid, columns, line, 1, true);
        else if (!line->unclear)
            add_cells(grid, columns, line, line->row + (header < from), false);
    }
    grid->taken = to;
}

static void find_tables(struct grid *grid)
{
    for (size_t i = 0, end, rows; i < grid->count; i = end) {
        struct columns columns = {0};
        end = i + 1;
        if (!is_row(&grid->lines[i]))
            continue;
        size_t behind = find_end(grid, i, &columns, &rows);
        if (rows < FEWEST_ROWS)
            continue;
        if (columns.count < 2) {
            end = behind;
            continue;
        }
        take_table(grid, &columns, i, behind);
        end = grid->taken;
    }
}

void pdf_find_tables(struct pdf *pdf)
{
    long table = 0;
    for (size_t p = 0; p < pdf->count; p++) {
        struct pdf_page *page = &pdf->pages[p];
        struct grid grid = {.pdf = pdf, .table = &table};
        grid.lines = arena_alloc(pdf->arena, (page->line_count + 1) * sizeof *grid.lines);
        for (size_t i = 0; i < page->line_count; i++)
            take_line(&grid, &page->lines[i]);
        find_tables(&grid);
    }
}
