/* pdf_paragraphs: where paragraphs end. In: the lines of all pages, and the left edge of
 * their running text. Out: the lines that do not go on below (ends): those that stop
 * short of the right edge where what begins the next line had room, and those with an
 * indent, a gap, a table or text of another size below them. */
#include "pdf.h"

#include "../lib/text.h"

#include <math.h>
#include <stdlib.h>
#include <unicode/uchar.h>

/* In em: how much more room than the next word a line has that stops short; and the gap
 * at which a word ends. */
static const double ROOM = 0.5, SPACE = 0.15;

/* Of the em: how much larger or smaller the lines of one paragraph may be. */
static const double SAME_SIZE = 0.15;

/* Of the distance between the lines of a paragraph: a gap between two is wider. */
static const double GAP = 1.25;

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool is_text(const struct pdf_line *line, double em)
{
    return !line->in_table && !line->in_margin && fabs(line->em - em) <= SAME_SIZE * em;
}

/* The distance between lines of running text that have no gap between them, in em; 0 if
 * the page has none. */
static double find_pitch(struct pdf *pdf, const struct pdf_page *page)
{
    enum { SHARE = 4 }; /* a quarter is as close or closer: there may be more gaps than lines without */
    size_t count = 0;
    double *distances = arena_alloc(pdf->arena, (page->line_count + 1) * sizeof *distances);
    for (size_t i = 1; i < page->line_count; i++) {
        if (is_text(&page->lines[i - 1], page->em) && is_text(&page->lines[i], page->em))
            distances[count++] = page->lines[i].middle - page->lines[i - 1].middle;
    }
    qsort(distances, count, sizeof *distances, compare_numbers);
    return count ? distances[count / SHARE] / page->em : 0;
}

/* Whether a line may be broken between two characters. */
static bool may_break(uint32_t before, uint32_t character)
{
    switch (u_charType((UChar32)before)) {
    case U_START_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
        return false;
    default:
        break;
    }
    switch (u_charType((UChar32)character)) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
        return false;
    default:
        return character_is_wide(before) || character_is_wide(character);
    }
}

/* The width of what may not be broken at the beginning of a line. */
static double first_word_width(const struct pdf_line *line)
{
    static const double WIDE = 1, NARROW = 0.6; /* in em */
    uint32_t before = 0;
    double width = 0;
    for (size_t i = 0; i < line->count && (i == 0 || pdf_gap(line, i - 1) < SPACE); i++) {
        const struct pdf_word *word = &line->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            uint32_t character = text_character(word->text, word->length, at, &bytes);
            if (before && may_break(before, character))
                return width * line->em;
            width += character_is_wide(character) ? WIDE : NARROW;
            before = character;
        }
    }
    return width * line->em;
}

/* The pitch of most pages, in em. */
static double common_pitch(struct pdf *pdf)
{
    size_t count = 0;
    double *pitches = arena_alloc(pdf->arena, (pdf->count + 1) * sizeof *pitches);
    for (size_t p = 0; p < pdf->count; p++) {
        pitches[count] = find_pitch(pdf, &pdf->pages[p]);
        count += pitches[count] > 0;
    }
    qsort(pitches, count, sizeof *pitches, compare_numbers);
    return count ? pitches[count / 2] : 0;
}

/* A line and what goes on below it, maybe on the next page. */
struct place {
    const struct pdf_page *page, *next_page;
    const struct pdf_line *line, *next; /* next: NULL if there is none */
    double pitch;                       /* of the page, in em */
};

static bool ends_here(const struct place *place)
{
    const struct pdf_line *line = place->line, *next = place->next;
    if (!next || line->in_table || !is_text(next, line->em) || pdf_is_indented(place->next_page, next))
        return true;
    if (place->page == place->next_page && next->middle - line->middle > GAP * place->pitch * line->em)
        return true;
    return place->page->right - line->right > first_word_width(next) + ROOM * line->em;
}

/* Finds the line below line i of a page, past the margins of pages. */
static void find_next(const struct pdf *pdf, size_t p, size_t i, struct place *place)
{
    for (i++; p < pdf->count; p++, i = 0) {
        place->next_page = &pdf->pages[p];
        for (; i < pdf->pages[p].line_count; i++) {
            place->next = &pdf->pages[p].lines[i];
            if (!place->next->in_margin)
                return;
        }
    }
    place->next = NULL;
}

void pdf_find_paragraphs(struct pdf *pdf)
{
    double common = common_pitch(pdf);
    for (size_t p = 0; p < pdf->count; p++) {
        struct pdf_page *page = &pdf->pages[p];
        struct place place = {.page = page, .pitch = find_pitch(pdf, page)};
        if (!page->is_filled) /* all its lines may be paragraphs */
            place.pitch = fmin(place.pitch, common);
        for (size_t i = 0; page->right > 0 && i < page->line_count; i++) {
            place.line = &page->lines[i];
            find_next(pdf, p, i, &place);
            page->lines[i].ends = ends_here(&place);
        }
    }
}
