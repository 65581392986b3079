/* score: what speaks for and against a reading of a table row. Each kind of
 * evidence is a small function; a reading's score is their sum. */
#ifndef GONGBAO_SCORE_H
#define GONGBAO_SCORE_H

#include "rows.h"

/* A word of a printed row: characters without white space between them. */
struct score_word {
    size_t from, to; /* in the passage */
    bool starts_line;
    bool blank_above;  /* a blank line lies between it and the word before */
    bool space_at_end; /* the line before ends with a space */
    bool wide_gap;     /* a space in its line, between two wide characters */
};

struct score_row {
    const struct extract *extract;
    const struct passage *passage;
    struct score_word *words;
    size_t word_count;
    struct normal **cells; /* of words [start, end) by start and end: thousands of readings ask for them again */
};

/* The words of a row; without the first where that is the row's ordinal. */
struct score_row score_row(const struct extract *extract, const struct passage *passage, bool has_ordinal);

/* What speaks for words [start, end) being one cell of a column. */
double score_cell(const struct score_row *row, const struct table_column *column, size_t start, size_t end);

/* What speaks for [before, start) and [start, end) being two cells side by side;
 * figures: the second is a cell of figures. */
double score_pair(const struct score_row *row, size_t before, size_t start, size_t end, bool figures);

#endif
