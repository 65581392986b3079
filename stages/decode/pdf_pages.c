/* pdf_pages: what stands around the text of a page. In: the lines of all pages.
 * Out: the printed page numbers, the running heads, and the left edge of the
 * running text, from which the indent of a paragraph is told. */
#include "pdf.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* Of the widest line of a page: a line of running text is at least so wide. */
static const double BODY_WIDTH = 0.6;

/* Of the em of a page: how much larger or smaller running text may be set; a title differs more. */
static const double SAME_SIZE = 0.15;

/* In em: lines that begin at one place, and those that end at one; and how far the first line of a paragraph is indented. */
static const double SAME_EDGE = 0.5, SAME_END = 1, MUCH_SHORTER = 4, INDENT_FROM = 1.5, INDENT_TO = 2.6;

/* In em: a gap that may be the border of a cell. */
static const double BORDER = 1.3;

/* A page number is a number with dashes, dots or spaces around it. */
static long read_page_number(const struct pdf_line *line)
{
    long number = -1;
    for (size_t i = 0; i < line->count; i++) {
        const struct pdf_word *word = &line->words[i];
        for (size_t at = 0, bytes = 0; at < word->length; at += bytes) {
            uint32_t character = text_character(word->text, word->length, at, &bytes);
            if (character_is_digit(character)) {
                if (number >= 0)
                    return -1; /* a second one */
                number = text_numeral(word->text, word->length, at, &bytes);
            } else if (!u_ispunct((UChar32)character) && !character_is_space(character) && character != '~') {
                return -1;
            }
        }
    }
    enum { MOST = 9999 };
    return number > MOST ? -1 : number;
}

/* The line of a page that may be its number. */
struct number_line {
    struct pdf_line *line; /* NULL if there is none */
    long number;
};

/* The last line or the first. */
static struct number_line find_number_line(struct pdf_page *page)
{
    if (page->line_count == 0)
        return (struct number_line){0};
    struct pdf_line *first = page->lines, *last = first + page->line_count - 1;
    while (last > first && last->in_margin) /* slanting text */
        last--;
    long number = read_page_number(last);
    if (number >= 0)
        return (struct number_line){last, number};
    number = read_page_number(first);
    return (struct number_line){number >= 0 ? first : NULL, number};
}

/* A number is certain if that of the page before or behind it follows. */
void pdf_find_numbers(struct pdf *pdf)
{
    struct number_line *lines = arena_alloc(pdf->arena, (pdf->count + 1) * sizeof *lines);
    for (size_t p = 0; p < pdf->count; p++)
        lines[p] = find_number_line(&pdf->pages[p]);
    for (size_t p = 0; p < pdf->count; p++) {
        bool follows = p > 0 && lines[p - 1].line && lines[p - 1].number + 1 == lines[p].number;
        bool goes_on = p + 1 < pdf->count && lines[p + 1].line && lines[p].number + 1 == lines[p + 1].number;
        if (!lines[p].line || !(follows || goes_on))
            continue;
        lines[p].line->in_margin = true;
        pdf->pages[p].number = arena_printf(pdf->arena, "%ld", lines[p].number);
    }
}

static double widest(const struct pdf_page *page)
{
    double most = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        if (!page->lines[i].in_table && !page->lines[i].in_margin)
            most = fmax(most, page->lines[i].right - page->lines[i].left);
    }
    return most;
}

static bool is_text(const struct pdf_page *page, const struct pdf_line *line)
{
    return !line->in_table && !line->in_margin && fabs(line->em - page->em) <= SAME_SIZE * page->em;
}

static bool has_border(const struct pdf_line *line)
{
    for (size_t i = 0; i + 1 < line->count; i++) {
        if (pdf_gap(line, i) >= BORDER)
            return true;
    }
    return false;
}

static bool is_body(const struct pdf_page *page, const struct pdf_line *line, double width)
{
    return is_text(page, line) && line->right - line->left >= BODY_WIDTH * width && !has_border(line);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The leftmost place at which several lines of running text begin. */
static void find_edge(struct pdf *pdf, struct pdf_page *page)
{
    enum { FEWEST = 3 };
    size_t count = 0;
    double width = widest(page), *edges = arena_alloc(pdf->arena, (page->line_count + 1) * sizeof *edges);
    for (size_t i = 0; i < page->line_count; i++) {
        if (is_body(page, &page->lines[i], width))
            edges[count++] = page->lines[i].left;
    }
    qsort(edges, count, sizeof *edges, compare_numbers);
    for (size_t i = 0; i + FEWEST <= count; i++) {
        if (edges[i + FEWEST - 1] - edges[i] <= SAME_EDGE * page->em) {
            page->left = edges[i];
            page->width = width;
            return;
        }
    }
}

/* The rightmost place at which several lines of running text end; 0 if there is none. */
static double find_right(struct pdf *pdf, const struct pdf_page *page)
{
    enum { FEWEST = 3 };
    size_t count = 0;
    double *ends = arena_alloc(pdf->arena, (page->line_count + 1) * sizeof *ends);
    for (size_t i = 0; i < page->line_count; i++) {
        if (is_text(page, &page->lines[i]))
            ends[count++] = page->lines[i].right;
    }
    qsort(ends, count, sizeof *ends, compare_numbers);
    for (size_t i = count; i >= FEWEST; i--) {
        if (ends[i - 1] - ends[i - FEWEST] <= SAME_END * page->em)
            return ends[i - 1];
    }
    return 0;
}

static bool is_filled(const struct pdf_page *page)
{
    size_t full = 0, lines = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        if (!is_text(page, &page->lines[i]))
            continue;
        lines++;
        full += page->right - page->lines[i].right <= 2 * SAME_END * page->em;
    }
    return page->right > 0 && 2 * full >= lines;
}

/* A page with few full lines has the edge of one near by that has many, first of the
 * same side, unless it has text right of it; so has a page whose lines are all much
 * shorter. */
static void borrow_right(struct pdf *pdf, size_t p)
{
    static const int near[] = {-2, 2, -1, 1};
    struct pdf_page *page = &pdf->pages[p];
    double least = page->right + (page->is_filled ? MUCH_SHORTER : -SAME_END) * page->em;
    for (size_t i = 0; i < COUNT(near); i++) {
        if ((near[i] < 0 && p < (size_t)-near[i]) || p + (size_t)near[i] >= pdf->count)
            continue;
        const struct pdf_page *other = &pdf->pages[p + (size_t)near[i]];
        if (other->is_filled && other->right > least && fabs(other->paper - page->paper) < page->em) {
            page->right = other->right;
            page->is_filled = is_filled(page);
            return;
        }
    }
}

static void find_right_edges(struct pdf *pdf)
{
    for (size_t p = 0; p < pdf->count; p++) {
        pdf->pages[p].right = find_right(pdf, &pdf->pages[p]);
        pdf->pages[p].is_filled = is_filled(&pdf->pages[p]);
    }
    for (size_t p = 0; p < pdf->count; p++)
        borrow_right(pdf, p);
    for (size_t p = 1; p < pdf->count; p++) { /* what is left: that of the page before it */
        if (pdf->pages[p].right <= 0)
            pdf->pages[p].right = pdf->pages[p - 1].right;
    }
}

/* A page with too little text to show its edge has that of the page before it, or
 * of the one before that, as left and right pages may differ. */
static void borrow_edge(struct pdf *pdf, size_t p)
{
    struct pdf_page *page = &pdf->pages[p];
    for (size_t back = 2; page->width <= 0 && back > 0; back--) {
        const struct pdf_page *other = p >= back ? &pdf->pages[p - back] : NULL;
        bool fits = other && other->width > 0;
        for (size_t i = 0; fits && i < page->line_count; i++)
            fits = page->lines[i].in_table || page->lines[i].in_margin ||
                   page->lines[i].left >= other->left - SAME_EDGE * page->em;
        if (fits) {
            page->left = other->left;
            page->width = other->width;
        }
    }
}

static bool is_indent(const struct pdf_page *page, double left)
{
    double indent = (left - page->left) / page->em;
    return indent >= INDENT_FROM && indent <= INDENT_TO;
}

static bool has_indent(const struct pdf_page *page, const struct pdf_line *line)
{
    return is_indent(page, line->left);
}

/* Where most paragraphs are a line each, the edge that was found may be their indent: a
 * page near by that ends at the same edge begins left of it. */
static void correct_edge(struct pdf *pdf, size_t p)
{
    enum { REACH = 2 };
    struct pdf_page *page = &pdf->pages[p];
    for (size_t near = p > REACH ? p - REACH : 0; near < pdf->count && near <= p + REACH; near++) {
        const struct pdf_page *other = &pdf->pages[near];
        if (page->width > 0 && !page->is_filled && other->is_filled && other->width > 0 &&
            fabs(other->right - page->right) <= SAME_END * page->em && is_indent(other, page->left)) {
            page->left = other->left;
            return;
        }
    }
}

/* Paragraphs are indented where nearly all lines of running text that do not begin
 * at the edge begin two characters right of it. */
static bool text_is_indented(const struct pdf *pdf)
{
    enum { FEWEST = 3, TIMES = 2 };
    size_t indented = 0, other = 0;
    for (size_t p = 0; p < pdf->count; p++) {
        const struct pdf_page *page = &pdf->pages[p];
        for (size_t i = 0; page->width > 0 && i < page->line_count; i++) {
            if (!is_body(page, &page->lines[i], page->width))
                continue;
            indented += has_indent(page, &page->lines[i]);
            other += !has_indent(page, &page->lines[i]) && page->lines[i].left > page->left + SAME_EDGE * page->em;
        }
    }
    return indented >= FEWEST && indented >= TIMES * other;
}

bool pdf_is_indented(const struct pdf_page *page, const struct pdf_line *line)
{
    return page->width > 0 && is_text(page, line) && has_indent(page, line);
}

/* A line at the head or foot of a page, and its text without digits and spaces. */
struct margin_line {
    char *key;
    struct pdf_line *line;
    bool beside_text; /* of a page of running text */
};

static char *make_key(struct arena *arena, const struct pdf_line *line)
{
    size_t size = 1, end = 0;
    for (size_t i = 0; i < line->count; i++)
        size += line->words[i].length;
    char *key = arena_alloc(arena, size);
    for (size_t i = 0; i < line->count; i++) {
        const struct pdf_word *word = &line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            uint32_t character = text_character(word->text, word->length, at, &bytes);
            if (character_is_digit(character))
                continue;
            memcpy(key + end, word->text + at, bytes);
            end += bytes;
        }
    }
    return key;
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct margin_line *)a)->key, ((const struct margin_line *)b)->key);
}

enum { MARGIN_DEPTH = 2 }; /* lines at the head and at the foot that may be no text */

static size_t take_margins(struct pdf *pdf, struct margin_line *lines)
{
    size_t count = 0;
    for (size_t p = 0; p < pdf->count; p++) {
        struct pdf_page *page = &pdf->pages[p];
        for (size_t i = 0; i < page->line_count; i++) {
            struct pdf_line *line = &page->lines[i];
            if ((i < MARGIN_DEPTH || i + MARGIN_DEPTH >= page->line_count) && !line->in_table)
                lines[count++] = (struct margin_line){make_key(pdf->arena, line), line, page->width > 0};
        }
    }
    return count;
}

/* What stands at the head or foot of a third of the pages of running text is no
 * part of it. Pages of tables are not asked: they have the same header each. */
static void find_running_heads(struct pdf *pdf)
{
    enum { FEWEST = 3, SHARE = 3 };
    size_t pages = 0;
    struct margin_line *lines = arena_alloc(pdf->arena, ((size_t)2 * MARGIN_DEPTH * pdf->count + 1) * sizeof *lines);
    size_t count = take_margins(pdf, lines);
    for (size_t p = 0; p < pdf->count; p++)
        pages += pdf->pages[p].width > 0;
    qsort(lines, count, sizeof *lines, compare_keys);
    for (size_t i = 0, end; i < count; i = end) {
        size_t beside_text = 0;
        for (end = i; end < count && strcmp(lines[end].key, lines[i].key) == 0; end++)
            beside_text += lines[end].beside_text;
        for (size_t k = i; beside_text >= FEWEST && SHARE * beside_text >= pages && k < end; k++)
            lines[k].line->in_margin = true;
    }
}

/* Pages that are rows of a table have no line of running text, so nothing needs to be
 * known of tables. */
void pdf_find_heads(struct pdf *pdf)
{
    for (size_t p = 0; p < pdf->count; p++)
        find_edge(pdf, &pdf->pages[p]);
    find_running_heads(pdf);
    for (size_t p = 0; p < pdf->count; p++)
        pdf->pages[p].left = pdf->pages[p].width = 0;
}

void pdf_find_margins(struct pdf *pdf)
{
    for (size_t p = 0; p < pdf->count; p++)
        find_edge(pdf, &pdf->pages[p]);
    find_running_heads(pdf);
    for (size_t p = 0; p < pdf->count; p++)
        borrow_edge(pdf, p);
    find_right_edges(pdf);
    for (size_t p = 0; p < pdf->count; p++)
        correct_edge(pdf, p);
    bool indented = text_is_indented(pdf);
    for (size_t p = 0; !indented && p < pdf->count; p++)
        pdf->pages[p].width = 0;
}

/* The em of most lines of running text on a page and those beside it; 0 if there are none. */
static double em_around(const struct pdf *pdf, size_t p)
{
    size_t from = p > 0 ? p - 1 : p, to = p + 2 < pdf->count ? p + 2 : pdf->count, count = 0;
    for (size_t near = from; near < to; near++)
        count += pdf->pages[near].line_count;
    double *ems = arena_alloc(pdf->arena, (count + 1) * sizeof *ems);
    count = 0;
    for (size_t near = from; near < to; near++) {
        const struct pdf_page *page = &pdf->pages[near];
        for (size_t i = 0; i < page->line_count; i++) {
            if (!page->lines[i].in_table && !page->lines[i].in_margin)
                ems[count++] = page->lines[i].em;
        }
    }
    qsort(ems, count, sizeof *ems, compare_numbers);
    return count ? ems[count / 2] : 0;
}

void pdf_find_headings(struct pdf *pdf)
{
    for (size_t p = 0; p < pdf->count; p++) {
        double em = em_around(pdf, p);
        for (size_t i = 0; i < pdf->pages[p].line_count; i++) {
            struct pdf_line *line = &pdf->pages[p].lines[i];
            line->is_heading = !line->in_table && !line->in_margin && em > 0 && line->em > (1 + SAME_SIZE) * em;
        }
    }
}
