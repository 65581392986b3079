/* target: what the text of a target or a result says: a growth or a level, a
 * figure, a bound, a unit. */
#ifndef GONGBAO_TARGET_H
#define GONGBAO_TARGET_H

#include "extract.h"

struct target {
    const char *kind;             /* "growth", "level", "text" */
    const char *value, *value_to; /* plain digits, signed; NULL: no figure */
    const char *bound;            /* "about", "at_least", "at_most" or NULL */
    const char *unit;             /* as printed, or NULL */
    const struct rule *rules[4];  /* that read it; NULL at the end or before */
};

/* A figure in a text: its digits, and where it and its unit stand. */
struct figure {
    const char *value,
        *value_to;    /* digits, a minus sign if one is printed; value_to: the upper end of a range, or NULL */
    const char *unit; /* or NULL */
    const struct rule *unit_rule;
    size_t from, to; /* the figure, from its first digit to the end of its unit */
};

/* The first figure at or after from that is no year, no part of a Latin name, and not
 * damaged by the text. */
bool figure_find(const struct extract *extract, const char *text, size_t length, size_t from, struct figure *figure);

/* As figure_find, and those that the text has damaged too: for what must be told of all. */
bool figure_find_any(const struct extract *extract, const char *text, size_t length, size_t from,
                     struct figure *figure);

/* Reads a clause in normal form (contract, section 3). name: of the indicator,
 * which may say a direction itself. */
struct target target_read(const struct extract *extract, const char *text, const char *name);

/* The same of the first figure at or after from: one of several values. */
struct target target_read_from(const struct extract *extract, const char *text, const char *name, size_t from);

/* The text with everything in brackets overwritten by spaces, so that offsets stay. */
const char *target_bare(const struct extract *extract, const char *text, size_t length);

/* Writes kind, value, bound and unit into a fact, and credits the rules. unit: of
 * the column or the header, for a figure without one of its own; or NULL. */
void target_write(const struct extract *extract, struct record *fact, const struct target *target, const char *unit);

#endif
