/* pdf: the parts that read a PDF. Lengths are in points, from the top left corner
 * of the page. */
#ifndef GONGBAO_PDF_H
#define GONGBAO_PDF_H

#include "decode.h"

/* What pdftotext sets apart: characters without a gap between them. */
struct pdf_word {
    double left, right, middle; /* middle: its height above the foot is not known, that of its middle is */
    double height;
    const char *text;
    size_t length;   /* in bytes */
    size_t from, to; /* in characters of the decoded line */
    bool slants;     /* belongs to text across the page, as a watermark does */
};

/* Words that stand on one line of the page, from left to right. */
struct pdf_line {
    struct pdf_word *words;
    size_t count;
    double left, right, middle;
    double em;      /* the width of a wide character */
    double spacing; /* between all its characters, where they are spaced out */
    bool in_table;
    bool in_margin;  /* a page number, or what stands at the head or foot of many pages */
    bool is_heading; /* set larger than the text around it */
    bool ends;       /* does not go on in the line below: the last of a paragraph, or a row of a table */
    long number;     /* of decoded.txt, from 1 */
};

struct pdf_page {
    struct pdf_word *words;
    size_t word_count, word_capacity;
    struct pdf_line *lines; /* from top to bottom */
    size_t line_count, line_capacity;
    double paper;       /* how wide it is */
    double em;          /* of most of its characters */
    double left, width; /* of its running text; width 0: it has none */
    double right;       /* edge of its running text, or of that before it; 0: there is none */
    bool is_filled;     /* most of its lines of text reach that edge */
    const char *number; /* printed at its head or foot, in digits; NULL if there is none */
};

/* Text of a table's cell: some words of one line. */
struct pdf_cell {
    const struct pdf_line *line;
    size_t first, last; /* of its words */
    long table, row, column, row_span, column_span;
    bool is_header;
};

struct pdf {
    struct arena *arena;
    struct pdf_cell *cells;
    size_t cell_count, cell_capacity;
    struct pdf_page *pages;
    size_t count, capacity;
};

/* How wide the gap between two words that follow each other is, in em. Negative
 * where they overlap, as marks do that were pulled together. */
double pdf_gap(const struct pdf_line *line, size_t before);

/* pdf_words.c: reads what pdftotext -tsv prints; text is changed, and words point into it. */
void pdf_read_words(struct pdf *pdf, char *text);

/* pdf_lines.c: puts the words of each page together to lines. */
void pdf_find_lines(struct pdf *pdf);

/* pdf_tables.c: finds the lines that are rows of a table (in_table), and of their
 * words those that are certain to stand in one cell. */
void pdf_find_tables(struct pdf *pdf);

/* pdf_pages.c: finds the printed page numbers and what stands at the margin of many
 * pages, which no table may take; and after the tables the same again, as more is known,
 * and where the running text begins. */
void pdf_find_numbers(struct pdf *pdf);
void pdf_find_heads(struct pdf *pdf);
void pdf_find_margins(struct pdf *pdf);

/* pdf_pages.c: finds what is set larger than the running text around it. */
void pdf_find_headings(struct pdf *pdf);

/* pdf_paragraphs.c: finds the lines that do not go on below. */
void pdf_find_paragraphs(struct pdf *pdf);

/* Whether a line begins a paragraph by its indent. */
bool pdf_is_indented(const struct pdf_page *page, const struct pdf_line *line);

#endif
