/* lists: takes apart what a cell lists; private to emit. */
#ifndef GONGBAO_LISTS_H
#define GONGBAO_LISTS_H

#include "../lib/arena.h"

/* The members of a list, NULL at the end, none of them empty. */
const char *const *list_members(struct arena *arena, const char *text); /* of departments: between list commas */
const char *const *list_points(struct arena *arena, const char *text);  /* numbered points: one a line */

/* A source of money that a project names. */
struct fund {
    const char *text;   /* as the cell has it */
    const char *amount; /* "" where none is said */
    const char *unit;
};

/* The funds of a cell, text NULL at the end. amount and unit are those that the
 * cell opens with ("" if it opens with none); units (NULL at the end) are the
 * words that make a figure an amount of money. */
const struct fund *list_funds(struct arena *arena, const char *text, const char *amount, const char *unit,
                              const char *const *units);

#endif
