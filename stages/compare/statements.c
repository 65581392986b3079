/* statements: what the text itself says was added, removed, replaced or renamed. In: the
 * paragraphs of a run. Rules know the wordings; which things are meant is found among
 * those that have no partner of their own name: a text may call an indicator another
 * thing than its table does, and 、 stands between names and within them. */
#include "compare.h"

#include "../lib/text.h"

#include <string.h>

enum {
    LEAST_LIKENESS = 500, /* in thousandths, that a name of the text has in common with the one it means */
    MOST_PIECES = 64,     /* between the marks of a list */
    MOST_JOINED = 8       /* pieces that are one name */
};

/* ---- the sentences ---- */

static enum change change_of(const char *word)
{
    size_t change = 0;
    while (change < CHANGE_COUNT && strcmp(change_names[change], word) != 0)
        change++;
    return (enum change)change;
}

static const char *group_of(struct arena *arena, const struct match *match, const char *text, const char *group)
{
    size_t from, to;
    return match_group(match, group, &from, &to) ? arena_copy(arena, text + from, to - from) : NULL;
}

/* What a sentence is read with, clause by clause. */
struct reading {
    struct arena *arena;
    const struct rule_set *statements, *openings;
    struct side *side;
    const struct record *record;
    const struct rule *opening; /* of the list of names that goes on; NULL: none does */
};

static enum change change_said(const struct rule *rule)
{
    const char *says = rule_means(rule, "says");
    return change_of(says ? says : "");
}

static void add_statement(const struct reading *reading, const struct rule *rule, const char *first, const char *second)
{
    struct side *side = reading->side;
    const struct record *record = reading->record;
    enum change says = change_said(rule);
    bool is_pair = says == CHANGE_RENAMED || says == CHANGE_REPLACED;
    if (!first || is_pair != (second != NULL) || (!is_pair && says != CHANGE_ADDED && says != CHANGE_REMOVED))
        return;
    bool known = record->document >= 1 && record->document <= side->gazette.count;
    const char *year = known ? record_value(&side->gazette.records[record->document - 1], ATTRIBUTE_YEAR) : "";
    side->statements = arena_grow(reading->arena, side->statements, side->statement_count, &side->statement_capacity,
                                  sizeof(*side->statements));
    side->statements[side->statement_count++] = (struct statement){says, first, second, year, record, rule};
}

/* A clause says it, or counts what the clauses behind it name, or goes on naming. */
static void read_clause(struct reading *reading, const char *clause, size_t length)
{
    struct match match;
    if (rule_whole(reading->openings, clause, length, &match)) {
        reading->opening = match.rule;
        return;
    }
    if (rule_whole(reading->statements, clause, length, &match)) {
        const char *names = group_of(reading->arena, &match, clause, "names");
        const char *old = group_of(reading->arena, &match, clause, "old");
        const char *new = group_of(reading->arena, &match, clause, "new");
        add_statement(reading, match.rule, names ? names : old, new);
        reading->opening = NULL;
    } else if (reading->opening) {
        add_statement(reading, reading->opening, arena_copy(reading->arena, clause, length), NULL);
    }
}

/* The end of the clause at from: its mark, or a colon before that. */
static size_t clause_end(const char *text, size_t length, size_t from)
{
    size_t end = text_clause_end(text, length, from), bytes;
    for (size_t at = from; at < end; at += bytes)
        if (character_is_colon(text_character(text, length, at, &bytes)))
            return at;
    return end;
}

static void read_sentence(struct reading *reading, const char *text, size_t length)
{
    size_t bytes;
    reading->opening = NULL;
    for (size_t from = 0; from < length; from += bytes) {
        size_t end = clause_end(text, length, from);
        if (end > from)
            read_clause(reading, text + from, end - from);
        from = end;
        bytes = 0;
        if (from < length && text_mark(text_character(text, length, from, &bytes)) == MARK_GROUP)
            reading->opening = NULL;
    }
}

static size_t sentence_end(const char *text, size_t length, size_t from)
{
    size_t at = from, bytes;
    while (at < length && text_mark(text_character(text, length, at, &bytes)) != MARK_SENTENCE)
        at += bytes;
    return at < length ? at + bytes : length;
}

void statements_find(struct arena *arena, const struct rules *rules, struct side *side)
{
    const struct rule_set *marks = rules_in(rules, "statement-mark");
    struct reading reading = {
        .arena = arena,
        .statements = rules_in(rules, "statement"),
        .openings = rules_in(rules, "statement-open"),
        .side = side,
    };
    struct match match;
    for (size_t i = 0; i < side->gazette.count; i++) {
        reading.record = &side->gazette.records[i];
        if (reading.record->kind != RECORD_TEXT)
            continue;
        const char *text = record_normal(arena, reading.record);
        size_t length = strlen(text), end;
        for (size_t from = 0; from < length; from = end) {
            end = sentence_end(text, length, from);
            if (rule_find(marks, text + from, end - from, 0, &match))
                read_sentence(&reading, text + from, end - from);
        }
    }
}

/* ---- which things are meant ---- */

/* The things that a name may mean. */
struct candidates {
    struct arena *arena;
    const struct rules *rules;
    struct thing *const *things;
    size_t count;
};

/* Text without the marks around all of it. */
static const char *unquoted(struct arena *arena, const char *text, size_t length)
{
    size_t opening, closing, close = text_closing(text, length, 0);
    if (close < length && close > 0) {
        (void)text_character(text, length, 0, &opening);
        (void)text_character(text, length, close, &closing);
        if (close + closing == length)
            return arena_copy(arena, text + opening, close - opening);
    }
    return arena_copy(arena, text, length);
}

/* The thing that is meant, and how alike the names are; NULL: none, or two may be. */
static struct thing *find_meant(const struct candidates *candidates, const char *text, size_t length, int *likeness)
{
    struct thing said = {.name = unquoted(candidates->arena, text, length)}, *best = NULL;
    bool tie = false;
    name_read(candidates->arena, candidates->rules, &said);
    *likeness = LEAST_LIKENESS - 1;
    for (size_t i = 0; i < candidates->count; i++) {
        struct thing *thing = candidates->things[i];
        if (thing->partner || thing->statement)
            continue;
        int now = name_likeness(&said, thing);
        tie = now == *likeness || (tie && now < *likeness);
        if (now > *likeness) {
            best = thing;
            *likeness = now;
        }
    }
    return tie ? NULL : best;
}

/* The best division of a list up to each mark. */
struct division {
    size_t from, to;     /* of the piece that ends here, in bytes */
    long value;          /* of the division that ends here */
    size_t first;        /* its last name begins with this piece */
    struct thing *thing; /* which that name means */
};

/* Cuts a list at its marks; pieces[1] is the first. */
static size_t cut_list(const struct candidates *candidates, const char *list, struct division *pieces)
{
    const struct rule_set *set = rules_in(candidates->rules, "name-mark");
    size_t length = strlen(list), at = 0, count = 0;
    struct match match;
    while (at < length && count < MOST_PIECES) {
        bool found = rule_find(set, list, length, at, &match);
        size_t end = found ? match.from : length;
        if (end > at)
            pieces[++count] = (struct division){.from = at, .to = end};
        at = found ? match.to : length;
    }
    return count;
}

static void say(struct thing *thing, const struct statement *statement, const struct thing *partner)
{
    thing->statement = statement;
    thing->statement_partner = partner;
}

/* Divides a list so that its names mean as much as they can: each character counts by
 * how alike the name is that it stands in. */
static void apply_list(const struct candidates *candidates, const struct statement *statement)
{
    struct division pieces[MOST_PIECES + 1] = {{0}};
    size_t count = cut_list(candidates, statement->first, pieces);
    for (size_t last = 1; last <= count; last++) {
        pieces[last].value = pieces[last - 1].value;
        pieces[last].first = last;
        for (size_t first = last; first > 0 && last - first < MOST_JOINED; first--) {
            int likeness;
            const char *text = statement->first + pieces[first].from;
            size_t length = pieces[last].to - pieces[first].from;
            struct thing *thing = find_meant(candidates, text, length, &likeness);
            long value = pieces[first - 1].value + (thing ? likeness * (long)text_count(text, length) : 0);
            if (thing && value > pieces[last].value) {
                pieces[last].value = value;
                pieces[last].first = first;
                pieces[last].thing = thing;
            }
        }
    }
    for (size_t last = count; last > 0; last = pieces[last].first - 1)
        if (pieces[last].thing)
            say(pieces[last].thing, statement, NULL);
}

static void apply_pair(const struct candidates *old, const struct candidates *new, const struct statement *statement)
{
    int likeness;
    struct thing *first = find_meant(old, statement->first, strlen(statement->first), &likeness);
    struct thing *second = find_meant(new, statement->second, strlen(statement->second), &likeness);
    if (first && second) {
        say(first, statement, second);
        say(second, statement, first);
    }
}

void statements_apply(struct arena *arena, const struct rules *rules, const struct side *side, const char *year,
                      struct thing *const *old, size_t old_count, struct thing *const *new, size_t new_count)
{
    struct candidates before = {arena, rules, old, old_count}, after = {arena, rules, new, new_count};
    for (size_t i = 0; i < side->statement_count; i++) {
        const struct statement *statement = &side->statements[i];
        if (strcmp(statement->year, year) != 0)
            continue;
        if (statement->second)
            apply_pair(&before, &after, statement);
        else
            apply_list(statement->says == CHANGE_ADDED ? &after : &before, statement);
    }
}
