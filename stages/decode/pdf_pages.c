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

/* In em: lines that begin at one place; and how far the first line of a paragraph is indented. */
static const double SAME_EDGE = 0.5, INDENT_FROM = 1.5, INDENT_TO = 2.6;

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

static bool is_body(const struct pdf_page *page, const struct pdf_line *line, double width)
{
    return is_text(page, line) && line->right - line->left >= BODY_WIDTH * width;
}

static int compare_edges(const void *a, const void *b)
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
    qsort(edges, count, sizeof *edges, compare_edges);
    for (size_t i = 0; i + FEWEST <= count; i++) {
        if (edges[i + FEWEST - 1] - edges[i] <= SAME_EDGE * page->em) {
            page->left = edges[i];
            page->width = width;
            return;
        }
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

static bool has_indent(const struct pdf_page *page, const struct pdf_line *line)
{
    double indent = (line->left - page->left) / page->em;
    return indent >= INDENT_FROM && indent <= INDENT_TO;
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

void pdf_find_margins(struct pdf *pdf)
{
    for (size_t p = 0; p < pdf->count; p++)
        find_edge(pdf, &pdf->pages[p]);
    find_running_heads(pdf);
    for (size_t p = 0; p < pdf->count; p++)
        borrow_edge(pdf, p);
    bool indented = text_is_indented(pdf);
    for (size_t p = 0; !indented && p < pdf->count; p++)
        pdf->pages[p].width = 0;
}
