/* unread: what the files that look for unread figures share. unread.c goes through
 * the figures, missed.c through tables, announcements and paragraphs that gave no fact,
 * located.c says which facts lie on a place of the text. */
#ifndef GONGBAO_UNREAD_H
#define GONGBAO_UNREAD_H

#include "target.h"

/* A piece of a fact. */
struct located {
    long line;
    size_t from, to;
    size_t fact;
};

/* All facts, by where they stand. */
struct located_facts {
    const struct gazette *facts;
    struct located *list;
    size_t count;
    unsigned char *taken; /* by fact: a bit for each of its values that a figure was found for */
};

struct located_facts facts_locate(const struct extract *extract);

/* Whether a fact of a kind (an indicator: of a table or not) has a piece that begins
 * in [from, to). */
bool facts_between(const struct located_facts *located, enum record_kind kind, bool table, struct passage_place from,
                   struct passage_place to);

/* The same of the records [first, end) of the text. */
bool facts_within(const struct located_facts *located, enum record_kind kind, bool table, const struct gazette *gazette,
                  size_t first, size_t end);

/* The facts that cover a place. */
struct cover {
    const struct record *fact; /* one of them; NULL: there is none */
    bool read;                 /* it has this value, for which no other figure was found, or the figure in its name */
};

/* value: of the figure that stands at the place; printed: with its unit. */
struct cover facts_cover(const struct located_facts *located, struct passage_place place, const char *value,
                         const char *printed);

/* missed.c: adds a record of type missed for each table of a part that gave no fact. */
void note_tables(const struct extract *extract, const struct part *part, const struct located_facts *located);

/* The same for a paragraph that introduces targets of which none was read: whether it
 * is one; the sentence is [from, to) of its normal form. */
bool note_targets(const struct extract *extract, const struct part *part, const struct located_facts *located,
                  size_t index, size_t *from, size_t *to);

/* The same for a paragraph that states amounts of a budget. */
void note_paragraph(const struct extract *extract, const struct part *part, const struct located_facts *located,
                    size_t index);

#endif
