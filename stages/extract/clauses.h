/* clauses: what a clause of an announcement says of which indicator. In: clauses
 * in normal form. Out: name and text (contract, section 3), one reading per value. */
#ifndef GONGBAO_CLAUSES_H
#define GONGBAO_CLAUSES_H

#include "target.h"

enum clause_kind {
    CLAUSE_OTHER,  /* no target: work, argument, another year */
    CLAUSE_TARGET, /* name and text */
    CLAUSE_MORE,   /* a figure about the indicator of the clause before */
    CLAUSE_EFFORT  /* nothing but effort about the clause before */
};

struct clause {
    enum clause_kind kind;
    const char *name;        /* "" where it has none of its own */
    const char *text;        /* from the predicate, the comparison or the figure on */
    size_t from;             /* where name and text begin, what stands before the name left out */
    bool certain;            /* it has a figure or a known name, as few other sentences have */
    const struct rule *rule; /* that found where the text opens; NULL: the figure did */
};

/* Divides a clause into name and text. */
struct clause clause_divide(const struct extract *extract, const char *clause);

/* Whether a clause is nothing but the name of what the next one says, a comma between:
 * 主要污染物排放总量，控制在省下达指标以内. */
bool clause_names(const struct extract *extract, const char *clause, const char *next);

/* The end of the first indicator in text[from, length): a 、 between two indicators
 * that each have a figure of their own, or length. */
size_t clause_indicator_end(const struct extract *extract, const char *text, size_t length, size_t from);

/* One value of a clause, and whose it is. */
struct reading {
    const char *name;
    struct target target;
};

/* The values of a divided clause, at least one, at most size: a name with several
 * values gives several, a name that has parts of its own for them is taken apart. */
size_t clause_read(const struct extract *extract, const struct clause *clause, struct reading *readings, size_t size);

#endif
