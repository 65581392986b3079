/* pdf_columns: finds columns by the places of words. In: the lines of a page. Out:
 * stretches of each line, parted by gaps that may be the border of a cell, and the
 * columns of a table: gaps that run through several lines with figures. The borders
 * that are drawn are not known here. */
#include "pdf_grid.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
    MOST_BETWEEN = 12, /* lines without a figure between two with one */
    EDGE_LINES = 3     /* that begin at one place show an edge */
};

/* In em: the gap between two cells, and between two figures side by side. */
static const double CELL_GAP = 0.8, FIGURE_GAP = 0.4;

/* In em: the gap at the edge of a column where other lines show the edge, and how far
 * they may be from it. */
static const double EDGE_GAP = 0.15, SAME_EDGE = 0.1;

/* What may stand in a figure beside its digits. A decimal point may be a character of
 * private use, as some fonts leave it. */
static bool is_sign(uint32_t character)
{
    int type = u_charType((UChar32)character);
    return u_ispunct((UChar32)character) || type == U_MATH_SYMBOL || type == U_PRIVATE_USE_CHAR ||
           character_is_space(character);
}

static enum stretch_kind kind_of(const struct pdf_line *line, size_t first, size_t last)
{
    bool digits = false, words = false;
    long open = 0;
    for (size_t i = first; i <= last; i++) {
        const struct pdf_word *word = &line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            uint32_t character = text_character(word->text, word->length, at, &bytes);
            open += character_opens(character) - character_closes(character);
            if (character_is_digit(character))
                digits = true;
            else
                words = words || !is_sign(character);
        }
    }
    if (words || open != 0) /* half of a bracket: `（8` of `（8个）` */
        return STRETCH_WORDS;
    return digits ? STRETCH_FIGURE : STRETCH_FILLER;
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

/* Where the stretches of a page begin, from left to right. */
struct edges {
    double *list;
    size_t count;
};

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Whether several stretches begin at a place. */
static bool is_edge(const struct edges *edges, double place, double em)
{
    size_t low = 0, high = edges->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edges->list[middle] < place - SAME_EDGE * em)
            low = middle + 1;
        else
            high = middle;
    }
    return low + EDGE_LINES <= edges->count && edges->list[low + EDGE_LINES - 1] <= place + SAME_EDGE * em;
}

/* Cuts a line into stretches: at wide gaps, and once the edges of columns are known at
 * narrow ones where a column begins. */
static void cut_line(struct grid_line *cut, const struct edges *edges)
{
    const struct pdf_line *line = cut->line;
    cut->count = cut->figures = 0;
    for (size_t first = 0, last; first < line->count; first = last + 1) {
        double right = line->words[first].right;
        for (last = first; last + 1 < line->count && !is_border(line, last); last++) {
            const struct pdf_word *next = &line->words[last + 1];
            if (edges && pdf_gap(line, last) >= EDGE_GAP && is_edge(edges, next->left, line->em))
                break;
            right = fmax(right, next->right);
        }
        enum stretch_kind kind = kind_of(line, first, last);
        cut->stretches[cut->count++] = (struct stretch){first, last, line->words[first].left, right, kind};
        cut->figures += kind == STRETCH_FIGURE;
    }
}

struct grid grid_make(struct pdf *pdf, const struct pdf_page *page, const struct columns *before)
{
    struct grid grid = {.pdf = pdf, .count = page->line_count};
    size_t most = page->word_count + EDGE_LINES * (before ? before->count : 0);
    struct edges edges = {.list = arena_alloc(pdf->arena, (most + 1) * sizeof *edges.list)};
    for (size_t i = 0; before && i < EDGE_LINES * before->count; i++)
        edges.list[edges.count++] = before->list[i / EDGE_LINES].left;
    grid.lines = arena_alloc(pdf->arena, (page->line_count + 1) * sizeof *grid.lines);
    for (size_t i = 0; i < grid.count; i++) {
        struct grid_line *line = &grid.lines[i];
        line->line = &page->lines[i];
        line->stretches = arena_alloc(pdf->arena, line->line->count * sizeof *line->stretches);
        cut_line(line, NULL);
        for (size_t k = 0; k < line->count; k++)
            edges.list[edges.count++] = line->stretches[k].left;
    }
    qsort(edges.list, edges.count, sizeof *edges.list, compare_numbers);
    for (size_t i = 0; i < grid.count; i++)
        cut_line(&grid.lines[i], &edges);
    return grid;
}

bool grid_is_row(const struct grid_line *line)
{
    return line->figures > 0 && line->count > 1 && !line->line->in_margin;
}

size_t columns_find(const struct columns *columns, const struct stretch *stretch, size_t *count)
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
    columns->list[at] = (struct column){.left = stretch->left, .right = stretch->right};
    return true;
}

/* Whether columns may become one: pieces of a spaced-out word, not columns of
 * figures or of many rows. */
static bool may_join(const struct column *column, size_t count)
{
    enum { FEW = 2 };
    size_t full = 0;
    for (size_t i = 0; i < count; i++) {
        if (column[i].figures > 0)
            return false;
        full += column[i].words > FEW;
    }
    return full < 2;
}

/* Makes room in the columns for a stretch. */
static bool fit_stretch(struct columns *columns, const struct stretch *stretch)
{
    size_t count, first = columns_find(columns, stretch, &count);
    if (count == 0 && !insert_column(columns, first, stretch))
        return false;
    struct column *column = &columns->list[first];
    if (count > 1 && (stretch->kind == STRETCH_FIGURE || !may_join(column, count)))
        return false;
    for (size_t i = 1; i < count; i++) {
        column->right = column[i].right;
        column->words = column[i].words > column->words ? column[i].words : column->words;
    }
    column->left = fmin(column->left, stretch->left);
    column->right = fmax(column->right, stretch->right);
    column->figures += stretch->kind == STRETCH_FIGURE;
    column->words += stretch->kind == STRETCH_WORDS;
    for (size_t i = first + 1; count > 1 && i + count - 1 < columns->count; i++)
        columns->list[i] = columns->list[i + count - 1];
    columns->count -= count > 1 ? count - 1 : 0;
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
        size_t count, column = columns_find(&wider, one, &count);
        bool words = one->kind == STRETCH_WORDS && next->kind == STRETCH_WORDS;
        if (!words && columns_find(&wider, next, &count) == column)
            return false; /* two cells of one line in one column */
    }
    *columns = wider;
    return true;
}

bool columns_take(const struct columns *columns, const struct grid_line *line, bool is_header)
{
    for (size_t i = 0; i < line->count; i++) {
        size_t count, found = columns_find(columns, &line->stretches[i], &count);
        const struct column *column = &columns->list[found];
        if (count != 1)
            return false;
        if (!is_header && line->stretches[i].kind == STRETCH_WORDS && column->figures > 0 && column->words == 0)
            return false;
    }
    return !line->line->in_margin;
}

/* A line between two rows: more text of their cells, or of a cell that spans them. */
static bool fit_between(struct columns *columns, const struct grid_line *line)
{
    struct columns wider = *columns;
    for (size_t i = 0; i < line->count; i++) {
        size_t count, column = columns_find(&wider, &line->stretches[i], &count);
        if (count == 0 && !insert_column(&wider, column, &line->stretches[i]))
            return false;
    }
    if (!columns_take(&wider, line, false))
        return false;
    *columns = wider;
    return true;
}

/* The word of a stretch over a column of figures and the next one behind which it can be
 * cut, so that a figure is left in the first; the last word if there is none. */
static size_t find_cut(const struct columns *columns, const struct pdf_line *line, const struct stretch *stretch)
{
    for (size_t i = stretch->first; i < stretch->last; i++) {
        size_t count, over;
        const struct stretch head = {.left = stretch->left, .right = line->words[i].right};
        const struct stretch tail = {.left = line->words[i + 1].left, .right = stretch->right};
        size_t column = columns_find(columns, &head, &count);
        size_t next = columns_find(columns, &tail, &over);
        if (count == 1 && over > 0 && next > column && columns->list[column].figures > 0 &&
            columns->list[column].words == 0 && pdf_gap(line, i) >= EDGE_GAP &&
            kind_of(line, stretch->first, i) == STRETCH_FIGURE)
            return i;
    }
    return stretch->last;
}

/* Cuts an ordinal from the name beside it where the gap between them is narrow, but that
 * between their columns is known. */
static void cut_at_columns(const struct columns *columns, struct grid_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        struct stretch *stretch = &line->stretches[i];
        size_t cut = stretch->kind == STRETCH_WORDS ? find_cut(columns, line->line, stretch) : stretch->last;
        if (cut == stretch->last)
            continue;
        memmove(stretch + 2, stretch + 1, (line->count - i - 1) * sizeof *stretch);
        line->count++;
        stretch[1] = (struct stretch){cut + 1, stretch->last, line->line->words[cut + 1].left, stretch->right,
                                      kind_of(line->line, cut + 1, stretch->last)};
        stretch[0].last = cut;
        stretch[0].right = line->line->words[cut].right;
        stretch[0].kind = STRETCH_FIGURE;
        line->figures += 1 + (stretch[1].kind == STRETCH_FIGURE);
    }
}

size_t columns_make(const struct grid *grid, size_t from, struct columns *columns, size_t *rows)
{
    size_t end = from;
    struct columns wider = {0};
    *columns = wider;
    *rows = 0;
    for (size_t i = from; i < grid->count && i <= end + MOST_BETWEEN; i++) {
        struct grid_line *line = &grid->lines[i];
        cut_at_columns(columns, line);
        if (!grid_is_row(line)) {
            if (!fit_between(&wider, line))
                break;
            continue;
        }
        if (!fit_line(&wider, line))
            break;
        *columns = wider; /* lines behind the last row may be no part of the table */
        end = i + 1;
        (*rows)++;
    }
    return end;
}

void columns_extend(struct columns *columns, const struct grid_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct stretch *stretch = &line->stretches[i];
        double room = line->line->em;
        size_t count, at = columns_find(columns, stretch, &count);
        bool free = count == 0 && (at == 0 || columns->list[at - 1].right + room < stretch->left) &&
                    (at == columns->count || columns->list[at].left - room > stretch->right);
        if (free)
            (void)insert_column(columns, at, stretch);
    }
}

bool columns_adopt(struct columns *columns, const struct columns *before)
{
    struct columns adopted = *before;
    size_t least = 0;
    for (size_t i = 0; i < adopted.count; i++)
        adopted.list[i].figures = adopted.list[i].words = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->list[i];
        const struct stretch stretch = {.left = column->left, .right = column->right};
        size_t count, found = columns_find(before, &stretch, &count);
        if (count != 1 || found < least)
            return false;
        struct column *same = &adopted.list[found];
        *same = (struct column){fmin(same->left, column->left), fmax(same->right, column->right), column->figures,
                                column->words};
        least = found + 1;
    }
    *columns = adopted;
    return true;
}
