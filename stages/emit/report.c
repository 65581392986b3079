/* report: what was found in a gazette and what was passed over. In: the records of
 * extract. Out: report.tsv, a line for each kind of thing: what, kind, count, and the
 * lines of decoded.txt where they stand.
 *
 *   documents  the documents in the gazette, by their class
 *   rows       the rows of each table
 *   unread     figures that stand in no row, by the reason
 *   missed     what gave no row at all: tables, targets, paragraphs
 *
 * `other` is the kind of what has none. */
#include "emit.h"

#include <string.h>

/* How many of a sort are of one kind. */
struct tally {
    const char *kind;
    size_t count;
};

struct tallies {
    struct arena *arena;
    struct tally *list;
    size_t count, capacity;
};

/* Records that are counted together, and what says of which kind one is. */
static const struct sort {
    const char *what;
    enum record_kind record;
    enum attribute kind;
} sorts[] = {
    {"documents", RECORD_TITLE,  ATTRIBUTE_CLASS },
    {"unread",    RECORD_UNREAD, ATTRIBUTE_REASON},
    {"missed",    RECORD_MISSED, ATTRIBUTE_KIND  },
};

static const char *kind_of(const struct record *record, const struct sort *sort)
{
    const char *kind = record_value(record, sort->kind);
    return *kind ? kind : "other";
}

static void count_record(struct tallies *tallies, const struct sort *sort, const struct record *record)
{
    const char *kind = kind_of(record, sort);
    for (size_t i = 0; i < tallies->count; i++) {
        if (strcmp(tallies->list[i].kind, kind) == 0) {
            tallies->list[i].count++;
            return;
        }
    }
    tallies->list =
        arena_grow(tallies->arena, tallies->list, tallies->count, &tallies->capacity, sizeof *tallies->list);
    tallies->list[tallies->count++] = (struct tally){kind, 1};
}

static void write_lines(FILE *out, const struct record *record, bool first)
{
    if (record->piece_count == 0)
        return;
    long from = record->pieces[0].line, to = record->pieces[record->piece_count - 1].line;
    (void)fprintf(out, from == to ? "%s%ld" : "%s%ld-%ld", first ? "" : ";", from, to);
}

static void write_sort(FILE *out, const struct gazette *gazette, const struct sort *sort)
{
    struct tallies tallies = {.arena = gazette->arena};
    for (size_t i = 0; i < gazette->count; i++)
        if (gazette->records[i].kind == sort->record)
            count_record(&tallies, sort, &gazette->records[i]);
    for (size_t t = 0; t < tallies.count; t++) {
        const struct tally *tally = &tallies.list[t];
        bool first = true;
        (void)fprintf(out, "%s\t%s\t%zu\t", sort->what, tally->kind, tally->count);
        for (size_t i = 0; i < gazette->count; i++) {
            const struct record *record = &gazette->records[i];
            if (record->kind != sort->record || strcmp(kind_of(record, sort), tally->kind) != 0)
                continue;
            write_lines(out, record, first);
            first = false;
        }
        putc_unlocked('\n', out);
    }
}

struct fault *report_write(FILE *out, const struct emission *emission, const struct table *table)
{
    (void)table; /* it is about them all */
    (void)fputs("what\tkind\tcount\tlines\n", out);
    write_sort(out, emission->gazette, &sorts[0]);
    for (size_t t = 0; t < FACT_TABLE_COUNT; t++)
        (void)fprintf(out, "rows\t%s\t%zu\t\n", tables[t].name, emission->row_counts[t]);
    for (size_t s = 1; s < COUNT(sorts); s++)
        write_sort(out, emission->gazette, &sorts[s]);
    return NULL;
}
