/* passage: some printed text of a gazette with the way back to its lines. Cells
 * and clauses are ranges of a passage. */
#ifndef GONGBAO_PASSAGE_H
#define GONGBAO_PASSAGE_H

#include "../lib/records.h"
#include "../lib/text.h"

enum { PASSAGE_STEP = 256 };

struct passage {
    const char *text; /* as printed, pieces joined by \n */
    size_t length;
    const struct piece *pieces;
    const size_t *starts; /* offset of each piece in text */
    const char **pages;   /* printed page of each piece, "" if unknown */
    size_t piece_count;
    const size_t *counts; /* of the characters before every PASSAGE_STEP bytes: a line may be a whole gazette */
    struct normal normal; /* of the whole passage */
};

/* The records [first, end) of a gazette, those of type page-number left out, as
 * one passage in arena. */
struct passage passage_read(struct arena *arena, const struct gazette *gazette, size_t first, size_t end);

/* Takes the spaces inside figures (1 0,284万元) out of the normal form: in a sentence no two
 * figures stand side by side. */
void passage_close_figures(struct arena *arena, struct passage *passage);

/* The printed offset of a place in the normal form. */
size_t passage_printed(const struct passage *passage, size_t normal);

/* The end of the printed character before a place in the normal form. */
size_t passage_printed_end(const struct passage *passage, size_t normal);

/* Where a printed offset of a passage is: its line, and its column in characters. */
struct passage_place {
    long line;
    size_t column;
    size_t printed; /* the offset */
};

/* The place of a place in the normal form. *place: of an earlier one in the same
 * passage (all 0 at first), from which the characters of a long line are counted on. */
void passage_place(const struct passage *passage, size_t normal, struct passage_place *place);

/* Gives a fact its place: pieces, page, line_from and line_to of the printed
 * range [from, to) of a passage. An empty range gives none. */
void passage_locate(struct gazette *facts, struct record *fact, const struct passage *passage, size_t from, size_t to);

#endif
