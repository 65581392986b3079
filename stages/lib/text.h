/* text: Chinese text as printed. The one file of the library whose C code knows
 * characters: punctuation, digits, numerals, widths. All texts are valid UTF-8;
 * offsets and lengths are in bytes unless they say characters. */
#ifndef GONGBAO_TEXT_H
#define GONGBAO_TEXT_H

#include "arena.h"
#include <stdbool.h>
#include <stdint.h>

/* text_character for what it does not see itself. */
uint32_t text_rare_character(const char *text, size_t length, size_t at, size_t *bytes);

/* The character at text[at] and its length in bytes (1 to 4). at < length. Here, so that a
 * loop over a text need not call for ASCII and for the three bytes that nearly all others are. */
static inline uint32_t text_character(const char *text, size_t length, size_t at, size_t *bytes)
{
    const unsigned char *byte = (const unsigned char *)text + at;
    *bytes = 1;
    if (byte[0] < 0x80)
        return byte[0];
    if (byte[0] < 0xE1 || byte[0] > 0xEC || length - at < 3 || (byte[1] & 0xC0) != 0x80 || (byte[2] & 0xC0) != 0x80)
        return text_rare_character(text, length, at, bytes);
    *bytes = 3;
    return (byte[0] & 0x0FU) << 12 | (byte[1] & 0x3FU) << 6 | (byte[2] & 0x3FU);
}

/* The offset of the first byte that is no UTF-8; length if all of it is. */
size_t text_valid(const char *text, size_t length);

/* The character that ends at text[at]; at > 0. */
uint32_t text_character_before(const char *text, size_t at, size_t *bytes);

bool character_is_space(uint32_t character); /* Unicode White_Space, and what has no width (U+200B, U+FEFF) */
bool character_is_digit(uint32_t character); /* 0-9 in either width */
bool character_is_wide(uint32_t character); /* two half widths: East Asian wide, full-width or ambiguous (“ — ①) */

/* The character folded as the contract's section 2 says (full-width digits,
 * letters and the percent sign; radicals; compatibility ideographs), else itself. */
uint32_t character_fold(uint32_t character);

size_t text_count(const char *text, size_t length); /* in characters */
int text_width(const char *text, size_t length);    /* in half widths, spaces left out at both ends */

/* A text in normal form, with the way back to the printed one. */
struct normal {
    const char *text; /* NUL after it */
    size_t length;
    const uint32_t *origin; /* for each byte of text, and for the byte after the last: its offset in the printed text */
};

/* Normal form of a printed text (contract, section 2): folded; white space and
 * line ends go, but one space stays between two ASCII letters or digits. Only a
 * line end between two digits is no space: a figure was wrapped (`12\n345`). */
struct normal text_normal(struct arena *arena, const char *printed, size_t length);

/* As text_normal without the way back, which takes most of the memory: origin is NULL. */
struct normal text_normal_form(struct arena *arena, const char *printed, size_t length);

/* Where the bracket, quotation or title mark that opens at text[at] closes: offset
 * of the closing one, or length if it never does. Pairs of either width match each
 * other. */
size_t text_closing(const char *text, size_t length, size_t at);

bool character_opens(uint32_t character);    /* （ ( 〔 [ ［ 【 */
bool character_closes(uint32_t character);   /* ） ) 〕 ] ］ 】 */
bool character_is_colon(uint32_t character); /* ： in either width */
bool character_is_joint(uint32_t character); /* 、 between the members of a list */

/* The offset of the next clause end (， ； 。 ！ ？ , ;) outside brackets and
 * quotation marks at or after from, or length. A comma between two digits is none, nor
 * is a 。 that stands for the point of a decimal figure (4。5%), or between a figure and
 * its bound (7%。左右). */
size_t text_clause_end(const char *text, size_t length, size_t from);

/* How much a mark divides: nothing, clauses (， ,), groups of them (； ;), sentences (。 ！ ？). */
enum text_mark { MARK_NONE, MARK_CLAUSE, MARK_GROUP, MARK_SENTENCE };
enum text_mark text_mark(uint32_t character);

/* Whether the text ends a sentence (。 ！ ？ ； ： and closing marks after them). */
bool text_ends_sentence(const char *text, size_t length);

/* Whether the text ends with a mark that stands within a sentence (， 、 , and an opening bracket). */
bool text_ends_clause(const char *text, size_t length);

/* A numeral at text[at], of Arabic (either width) or Chinese digits (三十七, 〇, 二〇二四):
 * its value, and its length in *bytes; -1 if there is none, or one of over 18 digits. */
long text_numeral(const char *text, size_t length, size_t at, size_t *bytes);

/* A decimal figure at text[at], digits of either width, thousands set off by commas
 * or spaces (3,594,026.5), its point printed as 。 or ． or not: its plain digits in the
 * arena ("3594026.5"), and its length in *bytes; NULL if there is none. */
const char *text_figure(struct arena *arena, const char *text, size_t length, size_t at, size_t *bytes);

#endif
