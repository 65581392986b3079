/* announcement: what the files on announcements share: one as it is read, from the words
 * that introduce it to its facts. Offsets are bytes of the normal form of its passage. */
#ifndef GONGBAO_ANNOUNCEMENT_H
#define GONGBAO_ANNOUNCEMENT_H

#include "clauses.h"

/* More than any report has: a text made to be slow is slow for a moment only. */
enum {
    MOST_CLAUSES = 128,  /* of one announcement */
    LONGEST_CLAUSE = 600 /* bytes */
};

/* A part is read from its first paragraph to its last. */
struct announcement_reader {
    const struct extract *extract;
    const struct part *part;
    struct told *told;    /* the names that have rows already */
    size_t announcements; /* so far */
};

/* The paragraph that introduces targets, with those it may go on into. */
struct paragraph {
    size_t index, end;  /* of its record; of the record after the last, 0 until it is looked for */
    const char *normal; /* of the first alone, the beginning of the passage */
    size_t length;
    struct passage passage; /* once end is set */
};

/* A clause of an announcement. */
struct span {
    size_t from, to;
    bool opens;    /* a sentence */
    bool others;   /* of other years than the one meant */
    bool doubtful; /* in a sentence that need not announce: a target counts if it is certain */
    const char *nature;
};

/* An announcement as it is read. */
struct announcement {
    const struct rule *rule; /* that introduced it */
    const struct passage *passage;
    const char *year, *nature; /* nature: of the introduction read last */
    struct span spans[MOST_CLAUSES];
    size_t count, end; /* of the spans; where in the passage it ends */
    size_t number;     /* in its part, from 1 */
};

/* The clause [from, to) of a text as a text of its own; of no kind if it is too long for one. */
struct clause announcement_divide(const struct extract *extract, const char *text, size_t from, size_t to);

/* Finds the records that an announcement which begins at a place of a paragraph may
 * reach into: sets end and passage. */
void announcement_find_end(const struct extract *extract, const struct part *part, struct paragraph *paragraph,
                           size_t at);

/* Finds the clauses of an announcement whose introduction stands at [from, to) of its
 * passage: adds its spans, and sets where it ends. */
void announcement_find_clauses(const struct extract *extract, struct announcement *announcement, size_t from,
                               size_t to);

/* The year of targets: their sentence says it, or the text shortly before, or the
 * heading, the title, the date of the report; 0 if none does. sentence: up to the end of
 * the introduction; start: its place in the paragraph. */
long announcement_year(const struct announcement_reader *reader, const struct paragraph *paragraph,
                       const char *sentence, size_t start);

/* Whether a clause speaks of other years than the one meant: of a later one than year, or
 * of several. */
bool announcement_is_for_others(const struct extract *extract, const char *text, size_t from, size_t to, long year);

/* Whether an introduction is of results, or of targets for other years: its sentence says
 * it, or the heading does where neither that sentence nor what stands before it says the
 * year. */
bool announcement_of_other_years(const struct announcement_reader *reader, const struct paragraph *paragraph,
                                 const char *sentence, size_t start);

/* Adds the facts of an announcement whose spans, year and number are set. */
void announcement_add(struct announcement_reader *reader, const struct announcement *announcement);

#endif
