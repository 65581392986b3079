/* pdf_lines: puts words together to lines. In: the words of a page with their
 * places. Out: its lines from top to bottom, their words from left to right.
 * Words are on one line if their middles are at one height: fonts differ in how
 * far their boxes reach, so their feet say less. */
#include "pdf.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In em: how far the middles of two words of one line may be apart. A figure that
 * stands between the two lines of the cell beside it is farther away. */
static const double SAME_HEIGHT = 0.45;

/* In em: how far two boxes of the same place may differ. */
static const double SAME_PLACE = 0.15;

/* Of the height of a word, where no wide character says how large the font is. */
static const double EM_OF_HEIGHT = 0.85;

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *numbers, size_t count)
{
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    return numbers[count / 2];
}

/* The width of a wide character, if the word holds nothing else; else 0. */
static double word_em(const struct pdf_word *word)
{
    size_t count = 0;
    for (size_t at = 0, bytes; at < word->length; at += bytes) {
        if (!character_is_wide(text_character(word->text, word->length, at, &bytes)))
            return 0;
        count++;
    }
    return count ? (word->right - word->left) / (double)count : 0;
}

/* The em of most words; room has place for count numbers. */
static double common_em(const struct pdf_word *words, size_t count, double other, double *room)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        double em = word_em(&words[i]);
        if (em > 0)
            room[found++] = em;
    }
    return found ? median(room, found) : other;
}

static double common_height(const struct pdf_word *words, size_t count, double *room)
{
    for (size_t i = 0; i < count; i++)
        room[i] = words[i].height;
    double height = count ? median(room, count) : 0;
    return height > 0 ? height : 1;
}

static int compare_heights(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    if (x->slants != y->slants)
        return x->slants ? 1 : -1;
    if (x->middle != y->middle)
        return x->middle < y->middle ? -1 : 1;
    return (x->left > y->left) - (x->left < y->left);
}

/* Boxes that begin at one place: the shorter first. Words that are alike in all
 * are in order of their text, so that the same input gives the same output. */
static int compare_places(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    if (x->right != y->right)
        return x->right < y->right ? -1 : 1;
    return strcmp(x->text, y->text);
}

static bool lies_in(const struct pdf_word *word, const struct pdf_word *other, double em)
{
    return word->left >= other->left - SAME_PLACE * em && word->right <= other->right + SAME_PLACE * em &&
           strstr(other->text, word->text) != NULL;
}

/* A figure whose digits were printed twice and read once has its decimal point
 * twice: it is too narrow to be seen as the same (`169..59`). */
static void take_second_point(struct arena *arena, struct pdf_word *word)
{
    const char *twice = strstr(word->text, "..");
    if (!twice || twice == word->text || !character_is_digit((unsigned char)twice[-1]) ||
        !character_is_digit((unsigned char)twice[2]))
        return;
    word->text = arena_printf(arena, "%.*s%s", (int)(twice - word->text), word->text, twice + 1);
    word->length--;
}

/* How many bytes the end of a word and the beginning of the next have in common,
 * if they are printed over each other; else 0. */
static size_t count_shared(const struct pdf_word *word, const struct pdf_word *next, double em)
{
    enum { MOST = 200 }; /* characters: more than a line has */
    static const double ALIKE = 0.35;
    double overlap = (word->right - next->left) / em;
    size_t at = word->length, bytes;
    for (size_t i = 0; i < MOST && at > 0; i++) {
        (void)text_character_before(word->text, at, &bytes);
        at -= bytes;
        size_t length = word->length - at;
        double width = text_width(word->text + at, length) / 2.0;
        if (length >= next->length || width > overlap + ALIKE)
            return 0;
        if (width >= overlap - ALIKE && memcmp(word->text + at, next->text, length) == 0)
            return length;
    }
    return 0;
}

/* Where only a part of a word is bold, two words share it. */
static void drop_shared(struct pdf_line *line)
{
    for (size_t i = 1; i < line->count; i++) {
        struct pdf_word *word = &line->words[i];
        size_t shared = count_shared(word - 1, word, line->em);
        if (shared == 0)
            continue;
        word->text += shared;
        word->length -= shared;
        word->left = word[-1].right;
    }
}

/* Bold type is made by printing twice, a hair apart; what pdftotext has not seen to
 * be the same is left out here. */
static void drop_overprints(struct arena *arena, struct pdf_line *line)
{
    enum { REACH = 3 }; /* words to both sides */
    size_t kept = 0;
    for (size_t i = 0; i < line->count; i++) {
        bool doubled = false;
        for (size_t k = i + 1; !doubled && k < line->count && k <= i + REACH; k++) {
            doubled = lies_in(&line->words[i], &line->words[k], line->em);
            if (doubled)
                take_second_point(arena, &line->words[k]);
        }
        for (size_t k = kept; !doubled && k > 0 && k + REACH > kept; k--)
            doubled = lies_in(&line->words[i], &line->words[k - 1], line->em);
        if (!doubled)
            line->words[kept++] = line->words[i];
    }
    line->count = kept;
    drop_shared(line);
}

static bool is_wide_at_end(const struct pdf_word *word)
{
    size_t bytes;
    return character_is_wide(text_character_before(word->text, word->length, &bytes));
}

static bool is_wide_at_start(const struct pdf_word *word)
{
    size_t bytes;
    return character_is_wide(text_character(word->text, word->length, 0, &bytes));
}

/* What lies between all characters of a line that is spread to its measure, or
 * of a title that is spaced out. */
static double find_spacing(const struct pdf_line *line, double *room)
{
    enum { FEWEST = 4 };
    static const double ALIKE = 0.15, WIDEST = 1;
    size_t count = 0, alike = 0;
    for (size_t i = 1; i < line->count; i++) {
        if (is_wide_at_end(&line->words[i - 1]) && is_wide_at_start(&line->words[i]))
            room[count++] = (line->words[i].left - line->words[i - 1].right) / line->em;
    }
    if (count < FEWEST)
        return 0;
    double middle = median(room, count);
    for (size_t i = 0; i < count; i++)
        alike += room[i] > middle - ALIKE && room[i] < middle + ALIKE;
    return 3 * alike > 2 * count && middle > 0 && middle < WIDEST ? middle : 0;
}

static void finish_line(struct pdf *pdf, const struct pdf_page *page, struct pdf_line *line, double *room)
{
    qsort(line->words, line->count, sizeof *line->words, compare_places);
    line->em = common_em(line->words, line->count, page->em, room);
    drop_overprints(pdf->arena, line);
    line->spacing = find_spacing(line, room);
    line->left = line->words[0].left;
    line->right = line->words[0].right;
    line->middle = 0;
    for (size_t i = 0; i < line->count; i++) {
        line->right = line->words[i].right > line->right ? line->words[i].right : line->right;
        line->middle += line->words[i].middle / (double)line->count;
    }
}

/* How many of the words, which are sorted by height, stand on one line. */
static size_t count_together(const struct pdf_word *words, size_t count, double page_em)
{
    size_t together = 1;
    double middle = words[0].middle, em = word_em(&words[0]);
    if (em <= 0)
        em = fmin(page_em, EM_OF_HEIGHT * words[0].height);
    while (together < count && words[together].middle - middle <= SAME_HEIGHT * em) {
        middle += (words[together].middle - middle) / (double)(together + 1);
        together++;
    }
    return together;
}

static struct pdf_line *add_line(struct pdf *pdf, struct pdf_page *page, size_t from, size_t count)
{
    page->lines = arena_grow(pdf->arena, page->lines, page->line_count, &page->line_capacity, sizeof *page->lines);
    struct pdf_line *line = &page->lines[page->line_count++];
    *line = (struct pdf_line){.words = page->words + from, .count = count};
    return line;
}

/* Text across the page is no part of any line: it stands behind the last one. */
static size_t count_straight(const struct pdf_page *page)
{
    size_t count = page->word_count;
    while (count > 0 && page->words[count - 1].slants)
        count--;
    return count;
}

static void find_lines(struct pdf *pdf, struct pdf_page *page)
{
    double *room = arena_alloc(pdf->arena, (page->word_count + 1) * sizeof *room);
    double height = common_height(page->words, page->word_count, room);
    if (page->word_count > 0)
        qsort(page->words, page->word_count, sizeof *page->words, compare_heights);
    size_t straight = count_straight(page);
    page->em = common_em(page->words, straight, EM_OF_HEIGHT * height, room);
    for (size_t at = 0, count; at < straight; at += count) {
        count = count_together(page->words + at, straight - at, page->em);
        finish_line(pdf, page, add_line(pdf, page, at, count), room);
    }
    if (straight == page->word_count)
        return;
    struct pdf_line *line = add_line(pdf, page, straight, page->word_count - straight);
    finish_line(pdf, page, line, room);
    line->in_margin = true;
}

void pdf_find_lines(struct pdf *pdf)
{
    for (size_t p = 0; p < pdf->count; p++)
        find_lines(pdf, &pdf->pages[p]);
}

double pdf_gap(const struct pdf_line *line, size_t before)
{
    double gap = (line->words[before + 1].left - line->words[before].right) / line->em;
    bool wide = is_wide_at_end(&line->words[before]) && is_wide_at_start(&line->words[before + 1]);
    return wide ? gap - line->spacing : gap;
}
