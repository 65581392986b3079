/* projects: what the readers of project sheets and of tables of projects share. */
#ifndef GONGBAO_PROJECTS_H
#define GONGBAO_PROJECTS_H

#include "extract.h"

/* A name as a list prints it: under which heading, with which number. */
struct listed {
    const char *name, *category, *no;
    size_t record; /* its index */
};

struct project_lists {
    struct listed *candidates, *adopted;
    size_t candidate_count, adopted_count;
};

/* A field as it grows: its points apart by a newline. */
struct project_field {
    const char *text; /* "" at first */
    long expected;    /* the number of the next point, 1 at first */
};

/* Adds the printed text of a cell, which holds all points of a field, each on a line of its own. */
void project_add_cell(const struct extract *extract, struct project_field *field, const char *text, size_t length);

/* The text of a heading or entry behind its mark. */
const char *project_behind_mark(const struct extract *extract, const struct record *record);

/* The category heading above an entry, or "". */
const char *project_category(const struct extract *extract, const struct record *record);

/* A fact for the project whose records are [first, end): its place, year, name and status. */
struct record *project_add(const struct extract *extract, const struct part *part, size_t first, size_t end,
                           const char *name);

/* Sets what the lists say of a project of its name: its category, unless it has one, and its
 * number among those adopted. */
void project_look_up(const struct extract *extract, const struct project_lists *lists, struct record *fact);

/* Sets a field. False: it says nothing, or is none that projects.csv has a column for. */
bool project_set(const struct extract *extract, struct record *fact, const char *field, const char *text);

/* project_tables.c: reads the table of projects whose first record is at first: a fact per
 * project. Returns the index behind it; first if there is no such table. */
size_t project_table_read(const struct extract *extract, const struct part *part, const struct project_lists *lists,
                          size_t first);

#endif
