/* extract: what its files share. In: classified records. Each reader adds facts;
 * a fact is a record of its own that points into the text. */
#ifndef GONGBAO_EXTRACT_H
#define GONGBAO_EXTRACT_H

#include "../lib/records.h"
#include "../lib/rules.h"
#include "passage.h"

/* What the readers work on. */
struct extract {
    struct arena *arena;
    const struct rules *rules;
    const struct gazette *in; /* the classified records */
    struct gazette *facts;    /* where facts are added, in the order of the source */
    bool *whole;              /* by index of a record: all its text stands in cells of a row */
    bool *introduces;         /* the same: words that introduce targets stand in it */
};

/* One document of the gazette: records [first, end), the title record first. */
struct part {
    const struct record *title;
    const char *class, *name, *place;
    long year;       /* of its date, 0 if unknown */
    long given_year; /* the same from the table of inputs: where nothing in the text says a year */
    size_t first, end;
};

/* Adds a fact of a kind that belongs to a part: gazette, part, place are set. */
struct record *fact_add(const struct extract *extract, enum record_kind kind, const struct part *part);

/* Sets an attribute of a fact; an empty or NULL text leaves it unknown. */
void fact_set(const struct extract *extract, struct record *fact, enum attribute attribute, const char *text);

/* Whether a record is running text. Long lines may still wait for someone to say what
 * they are: they are read as prose. */
bool record_is_prose(const struct record *record);

/* A copy of bytes [from, to) of a text. */
const char *extract_copy(const struct extract *extract, const char *text, size_t from, size_t to);

/* Whether the words of a context stand somewhere in a text. */
bool text_says(const struct extract *extract, const char *context, const char *text);

/* The nearest heading above a record, or NULL. */
const struct record *section_of(const struct extract *extract, const struct record *record);

/* The name that joins places and years, or NULL where the rules know none, or mean only
 * values below this one (of a price index, 103, the figure is no rate); the rule is
 * credited to the fact. value: plain digits, or NULL. */
const char *concept_of(const struct extract *extract, struct record *fact, const char *name, const char *value);

/* The years that a text names (2024年), in their order: at most size of them. */
size_t years_in(const struct extract *extract, const char *text, long *years, size_t size);

/* extract.c: the stage: makes of classified records those of extracted.tsv. Never fails. */
struct fault *extract_facts(const struct rules *rules, struct gazette *gazette);

/* The readers: each adds the facts of one part. */
void read_plan_tables(const struct extract *extract, const struct part *part);
void read_announcements(const struct extract *extract, const struct part *part);
void read_budget(const struct extract *extract, const struct part *part);

/* Whether a part is one that may announce targets: a report, or a text without a title. */
bool part_announces(const struct part *part);

/* Reads the projects of all parts: sheets, results, with the lists of candidates
 * and the announcement of those adopted at hand. */
void read_projects(const struct extract *extract, const struct part *parts, size_t count);

/* Adds a record of type unread for each figure with a unit that should stand in a row
 * and does not. To be called when all facts are there. */
void read_unread(const struct extract *extract, const struct part *parts, size_t count);

#endif
