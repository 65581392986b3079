/* compare.h: what the parts of compare share; private to it. */
#ifndef GONGBAO_COMPARE_H
#define GONGBAO_COMPARE_H

#include "../lib/records.h"
#include "../lib/rules.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What became of a thing. */
enum change {
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_RENAMED,  /* the same thing under another name, as a rule or the text says */
    CHANGE_REPLACED, /* another thing in its place */
    CHANGE_CHANGED,
    CHANGE_SAME,
    CHANGE_COUNT
};

/* As in changes.csv. */
extern const char *const change_names[CHANGE_COUNT];

/* How a table is compared. */
struct view {
    enum attribute name, measure, category;
    enum attribute level, account;      /* whose things of one name are no pair; ATTRIBUTE_COUNT: none */
    const enum attribute *whole, *each; /* columns of a thing, and of each of its rows; ATTRIBUTE_COUNT ends */
    const enum attribute *shown;        /* columns of the tabular diff; ATTRIBUTE_COUNT ends */
};

/* In the order of the tables of facts. */
extern const struct view views[FACT_TABLE_COUNT];

/* ---- what is compared ---- */

struct statement;

/* An indicator with the clauses of its cell, a line of the budget, a project. */
struct thing {
    size_t table;               /* place in tables and views */
    const struct record **rows; /* at least one */
    size_t row_count, row_capacity;
    bool in_table;     /* else it stands in prose */
    const char *name;  /* as printed */
    const char *key;   /* the name without its measuring rule */
    const char *known; /* key, its words changed by the known renamings */
    const char *measure, *year, *category;
    const char *class;  /* of its document */
    const char *bundle; /* level and account: things of two bundles are no pair */
    bool has_distance;
    long distance;   /* from the year of its document to its own */
    uint64_t *pairs; /* of characters in known, sorted */
    size_t pair_count;
    size_t order; /* its place among those of its bundle */

    /* What was found about it; partner NULL: it has none. */
    struct thing *partner;
    enum change change;
    int score;                             /* of the pair, in thousandths */
    const struct statement *statement;     /* that speaks of it; NULL: none */
    const struct thing *statement_partner; /* whose pair it is by that; NULL: it has none */
};

/* A clause in which the text says what was done to its indicators. */
struct statement {
    enum change says;
    const char *first;  /* the names: all; the old one of a pair */
    const char *second; /* the new one of a pair, else NULL */
    const char *year;   /* of the plan that it speaks of */
    const struct record *record;
    const struct rule *rule;
};

/* One of the two that are compared: a run, or one year of it. */
struct side {
    const char *folder; /* the run's, as named */
    const char *year;   /* NULL: all years */
    const char *name;   /* ID or ID@YEAR */
    struct gazette gazette;
    struct thing *things; /* in the order of the source */
    size_t thing_count, thing_capacity;
    struct statement *statements;
    size_t statement_count, statement_capacity;
};

/* side.c: reads what FOLDER or FOLDER@YEAR names. Faults: no folder of a run, no such year. */
struct fault *side_read(struct arena *arena, const struct rules *rules, const char *operand, struct side *side);

/* side.c: what a thing says, in short: the clauses of an indicator, an amount with its
 * unit, nothing of a project. NULL gives "". */
const char *thing_says(struct arena *arena, const struct thing *thing);

/* side.c: the lines of a thing's rows, `12;15-16`; of one row. NULL gives "". */
const char *thing_lines(struct arena *arena, const struct thing *thing);
const char *row_lines(struct arena *arena, const struct record *row);

/* statements.c: finds the clauses of a side in which the text speaks of changes. */
void statements_find(struct arena *arena, const struct rules *rules, struct side *side);

/* names.c: fills key, known and pairs of a thing. */
void name_read(struct arena *arena, const struct rules *rules, struct thing *thing);

/* names.c: the measuring rules in a text, a `;` between; "" if there are none. */
const char *measuring_rules(struct arena *arena, const struct rules *rules, const char *text);

/* names.c: how much two names have in common, in thousandths. */
int name_likeness(const struct thing *one, const struct thing *other);

/* ---- what is compared with what ---- */

/* Things of one kind of place and one measure, on one side or on both. */
struct comparison {
    size_t table;
    bool in_table;
    const char *measure;
    const char *old_year, *new_year;
    struct thing **old, **new; /* in the order of the source */
    size_t old_count, new_count;
};

struct comparisons {
    struct comparison *list;
    size_t count, capacity;
    struct comparison *lacking; /* what only one side has: nothing is said of its things */
    size_t lacking_count, lacking_capacity;
};

/* comparisons.c: puts the things of both sides together: those of documents of one kind and
 * of years that are as far from the documents' own; then the years from the latest one back;
 * at last those of documents of other kinds. */
struct comparisons comparisons_make(struct arena *arena, const struct side *old, const struct side *new);

/* ---- pairs ---- */

/* How much the signs of a pair count, in thousandths of a sure one. */
struct weights {
    int name, order, category, statement, least;
};

/* pairs.c: what the rules say for a table. A fault: a weight is missing or no number. */
struct fault *weights_read(struct arena *arena, const struct rules *rules, size_t table, struct weights *weights);

/* pairs.c: finds the partners of all things of a comparison, one to one. False: there
 * were too many without an equal name to weigh them, and those have no partner. */
bool pairs_find(struct arena *arena, const struct rules *rules, const struct weights *weights,
                const struct comparison *comparison, const struct side *old, const struct side *new);

/* statements.c: tells the things without a partner what the statements say of them. */
void statements_apply(struct arena *arena, const struct rules *rules, const struct side *side, const char *year,
                      struct thing *const *old, size_t old_count, struct thing *const *new, size_t new_count);

/* assign.c: gives each row the column that makes the total of the gains greatest, no
 * column twice; none (SIZE_MAX) where the gain would be 0. gains: rows * columns, none
 * below 0. Of equal totals always the same one. Takes rows * rows * columns steps. */
void assign(struct arena *arena, const int *gains, size_t rows, size_t columns, size_t *chosen);

/* ---- what differs ---- */

/* A column in which two things differ. No text is NULL. */
struct difference {
    const char *column, *item, *old, *new;
    const char *delta, *unit;               /* new minus old, "" where there is none */
    const struct record *old_row, *new_row; /* NULL: the whole thing is meant */
};

/* What became of one thing, or of two that are a pair. */
struct outcome {
    enum change change;
    const struct thing *old, *new;  /* NULL: not there */
    struct difference *differences; /* of a pair that is the same thing */
    size_t difference_count, difference_capacity;
};

struct outcomes {
    struct outcome *list;
    size_t count, capacity;
};

/* outcomes.c: what became of the things of a comparison, in the order of the new side. */
struct outcomes outcomes_make(struct arena *arena, const struct rules *rules, const struct comparison *comparison);

/* outcomes.c: which rows of two things are laid side by side: for each its two rows, of
 * which one may be NULL. Returns how many. */
size_t rows_align(struct arena *arena, const struct thing *old, const struct thing *new,
                  const struct record *(**aligned)[2]);

/* figures.c: new minus old in the unit of the new one, exact; NULL if one is no figure or
 * their units are of two families. */
const char *figure_difference(struct arena *arena, const struct rules *rules, const char *old, const char *old_unit,
                              const char *new, const char *new_unit);

/* ---- what is written ---- */

struct result {
    struct arena *arena;
    const struct side *old, *new;
    const struct comparisons *comparisons;
    const struct outcomes *outcomes; /* of each comparison */
    bool wanted[CHANGE_COUNT];       /* which changes are written */
    bool without_lines;
};

/* Whether anything of an outcome is written: itself, or the columns in which a renamed thing differs. */
bool result_wants(const struct result *result, const struct outcome *outcome);
/* Whether its columns are. */
bool result_wants_columns(const struct result *result, const struct outcome *outcome);
const char *score_text(struct arena *arena, const struct outcome *outcome);

void changes_write(FILE *out, const struct result *result);               /* changes.c: changes.csv */
struct fault *markup_write(FILE *out, const struct result *result);       /* xml.c: changes.xml */
void tabular_write(FILE *out, const struct result *result, size_t table); /* tabular.c: a table's diff */
void screen_print(const struct result *result);                           /* screen.c: on standard output */

#endif
