/* pdf_words: reads what pdftotext -tsv prints. In: lines of twelve fields, a line
 * for each page, block, line and word. Out: the words of each page; what
 * pdftotext thinks of blocks and lines is left out, for it takes the columns of a
 * table for blocks, and a decimal point of another font for a line. */
#include "pdf.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL, LEFT = 6, TOP, WIDTH, HEIGHT, TEXT = 11, FIELD_COUNT };
enum { PAGE_LEVEL = 1, WORD_LEVEL = 5 };

/* No page is larger: PDF allows 14400 points. */
static const double FARTHEST = 1e5;

static double read_length(const char *text)
{
    char *end;
    double length = strtod(text, &end);
    return *end || !isfinite(length) || fabs(length) > FARTHEST ? 0 : length;
}

/* Cuts a line into its fields; the text, the last, is all that is left of it. */
static bool cut(char *line, char *fields[FIELD_COUNT])
{
    for (size_t i = 0; i + 1 < FIELD_COUNT; i++) {
        char *tab = strchr(line, '\t');
        if (!tab)
            return false;
        *tab = '\0';
        fields[i] = line;
        line = tab + 1;
    }
    fields[TEXT] = line;
    return true;
}

static void add_page(struct pdf *pdf, char *const fields[FIELD_COUNT])
{
    pdf->pages = arena_grow(pdf->arena, pdf->pages, pdf->count, &pdf->capacity, sizeof *pdf->pages);
    pdf->pages[pdf->count++] = (struct pdf_page){.paper = read_length(fields[WIDTH])};
}

/* A control character in a word is no end of a line or page: clean shall replace
 * it as any other. */
static void hide_controls(char *text)
{
    for (; *text; text++) {
        if (*text > 0 && *text < ' ')
            *text = '\x7f';
    }
}

static void add_word(struct pdf *pdf, char *const fields[FIELD_COUNT])
{
    struct pdf_page *page = &pdf->pages[pdf->count - 1];
    double left = read_length(fields[LEFT]), top = read_length(fields[TOP]);
    double width = read_length(fields[WIDTH]), height = read_length(fields[HEIGHT]);
    page->words = arena_grow(pdf->arena, page->words, page->word_count, &page->word_capacity, sizeof *page->words);
    page->words[page->word_count++] = (struct pdf_word){
        .left = left,
        .right = left + width,
        .middle = top + height / 2,
        .height = height,
        .text = fields[TEXT],
        .length = strlen(fields[TEXT]),
    };
}

static bool is_one_character(const struct pdf_word *word)
{
    return text_count(word->text, word->length) == 1;
}

/* Whether three words go on by the same step, which is as high as it is wide or nearly
 * so: pdftotext tells the place of slanting text character by character. */
static bool steps(const struct pdf_word *words)
{
    static const double LEAST = 0.3, ALIKE = 0.2; /* of the height; of the step */
    double x[2], y[2];
    for (size_t i = 0; i < 2; i++) {
        x[i] = words[i + 1].left - words[i].left;
        y[i] = words[i + 1].middle - words[i].middle;
        if (fabs(x[i]) < LEAST * words[i].height || fabs(y[i]) < LEAST * words[i].height)
            return false;
    }
    return fabs(x[1] - x[0]) <= ALIKE * fabs(x[0]) && fabs(y[1] - y[0]) <= ALIKE * fabs(y[0]);
}

static void find_slanting(struct pdf_page *page)
{
    for (size_t i = 0; i + 2 < page->word_count; i++) {
        struct pdf_word *words = page->words + i;
        if (!is_one_character(words) || !is_one_character(words + 1) || !is_one_character(words + 2) || !steps(words))
            continue;
        for (size_t k = 0; k <= 2; k++)
            words[k].slants = true;
    }
}

static void take_line(struct pdf *pdf, char *line)
{
    char *fields[FIELD_COUNT];
    if (!cut(line, fields))
        return;
    long level = strtol(fields[LEVEL], NULL, 10);
    if (level == PAGE_LEVEL)
        add_page(pdf, fields);
    hide_controls(fields[TEXT]);
    if (level == WORD_LEVEL && pdf->count > 0 && *fields[TEXT])
        add_word(pdf, fields);
}

void pdf_read_words(struct pdf *pdf, char *text)
{
    bool names = true; /* the first line: what the fields are called */
    while (*text) {
        char *end = text + strcspn(text, "\n"), *next = *end ? end + 1 : end;
        *end = '\0';
        if (!names)
            take_line(pdf, text);
        names = false;
        text = next;
    }
    for (size_t p = 0; p < pdf->count; p++)
        find_slanting(&pdf->pages[p]);
}
