/* unread: the figures that no row took (contract, section 10). In: the classified
 * records of the parts that should give rows, and all facts. Out: a record of type
 * unread for each figure with a unit that stands in none of them, with the reason
 * where the words around it say one. */
#include "unread.h"
#include "../lib/grid.h"
#include "budget.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOOK_BACK = 150,   /* bytes: how far before a figure the words that explain it begin */
    LOOK_AHEAD = 60,   /* and how far behind it they end */
    LONGEST_TEXT = 900 /* bytes of the clause around a figure */
};

/* What a stretch of text should have given. */
enum region {
    REGION_LINE,    /* a line of a table: what stands outside of the cells that gave rows */
    REGION_CELL,    /* such a cell */
    REGION_TARGETS, /* a sentence of an announcement */
    REGION_BUDGET,  /* a statement of amounts */
    REGION_WORK,    /* what a budget report tells of work */
    REGION_PROJECT  /* a line of a sheet or list outside of the fields that gave a cell */
};

struct reader {
    const struct extract *extract;
    const struct part *part;
    struct located_facts located;
    size_t first_fact, end_fact; /* those of its tables and sentences: they stand part by part */
};

/* A figure and the clause around it, both in the normal form of a passage. */
struct found {
    const struct passage *passage;
    struct passage_place *place; /* of the figure before, then of this one */
    const char *bare;            /* the clause without its brackets */
    size_t from, to;             /* the clause */
    struct figure figure;
    enum region region;
    bool covered; /* a row was read from the clause */
};

/* --- the reason */

static size_t character_start(const char *text, size_t at)
{
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

/* The rule of a context that matches a stretch of text with the figure in it. */
static const struct rule *find_rule(const struct reader *reader, const struct found *found, const char *context)
{
    const struct rule_set *set = rules_in(reader->extract->rules, context);
    const char *text = found->passage->normal.text;
    const struct figure *figure = &found->figure;
    size_t from =
        figure->from - found->from > LOOK_BACK ? character_start(text, figure->from - LOOK_BACK) : found->from;
    size_t to = found->to - figure->to > LOOK_AHEAD ? character_start(text, figure->to + LOOK_AHEAD) : found->to;
    struct match match;
    size_t bytes;
    while (from < to && rule_find(set, text, to, from, &match) && match.from <= figure->from) {
        if (match.to >= figure->to)
            return match.rule;
        (void)text_character(text, to, match.from, &bytes);
        from = match.to <= figure->from ? match.to : match.from + bytes;
    }
    return NULL;
}

/* Whether a unit is one that figures of a budget have; all others count things. */
static bool is_of_budget(const struct reader *reader, const char *unit)
{
    const struct rules *rules = reader->extract->rules;
    struct match match;
    return rule_whole(rules_in(rules, "money"), unit, strlen(unit), &match) ||
           rule_whole(rules_in(rules, "budget-unit"), unit, strlen(unit), &match);
}

/* Why a figure is in no row. Shares and changes explain one in a budget only, effort
 * beside a target that was read only: else they may be what a row should hold. */
static const char *find_reason(const struct reader *reader, const struct found *found, const struct rule **rule)
{
    bool budget = found->region == REGION_BUDGET || (found->region == REGION_LINE && part_is_budget(reader->part));
    bool bracketed = found->bare[found->figure.from - found->from] == ' ';
    if (found->region == REGION_WORK)
        return "narrative";
    if ((*rule = find_rule(reader, found, "unread")))
        return rule_means(*rule, "reason");
    if (bracketed && !budget)
        return "bracket";
    if (budget && (*rule = find_rule(reader, found, "unread-budget")))
        return rule_means(*rule, "reason");
    if (found->covered && (*rule = find_rule(reader, found, "unread-beside")))
        return rule_means(*rule, "reason");
    if (bracketed)
        return "bracket";
    return budget && !is_of_budget(reader, found->figure.unit) ? "narrative" : "unknown";
}

/* --- rows of unread.csv */

static const char *text_around(const struct reader *reader, const struct found *found)
{
    const char *text = found->passage->normal.text;
    size_t from = found->from, to = found->to;
    if (to - from > LONGEST_TEXT) {
        size_t at = found->figure.from;
        from = at - from > LONGEST_TEXT / 2 ? character_start(text, at - LONGEST_TEXT / 2) : from;
        to = to - from > LONGEST_TEXT ? character_start(text, from + LONGEST_TEXT) : to;
    }
    return extract_copy(reader->extract, text, from, to);
}

static void add_unread(const struct reader *reader, const struct found *found, const char *value)
{
    const struct extract *extract = reader->extract;
    const struct rule *rule = NULL;
    struct record *unread = fact_add(extract, RECORD_UNREAD, reader->part);
    passage_locate(extract->facts, unread, found->passage, passage_printed(found->passage, found->figure.from),
                   passage_printed_end(found->passage, found->figure.to));
    fact_set(extract, unread, ATTRIBUTE_LINE, record_value(unread, ATTRIBUTE_LINE_FROM));
    fact_set(extract, unread, ATTRIBUTE_FIGURE, value);
    fact_set(extract, unread, ATTRIBUTE_UNIT, found->figure.unit);
    fact_set(extract, unread, ATTRIBUTE_TEXT, text_around(reader, found));
    fact_set(extract, unread, ATTRIBUTE_REASON, find_reason(reader, found, &rule));
    if (rule)
        record_credit(extract->facts, unread, rule->id);
}

static size_t part_number(const struct part *part)
{
    return part->title ? part->title->number : 0;
}

/* The cells of tables that gave rows are read for themselves, not with their line. */
static bool is_cell(const struct record *fact)
{
    return fact && fact->kind == RECORD_INDICATOR && *record_value(fact, ATTRIBUTE_TABLE);
}

/* Whether a figure that a line of a table prints outside of cells with rows stands in
 * a row all the same: as its ordinal, or in its name. */
static bool names_row(const struct reader *reader, const struct found *found, const char *printed)
{
    const struct gazette *facts = reader->extract->facts;
    for (size_t i = reader->first_fact; i < reader->end_fact; i++) {
        const struct record *fact = &facts->records[i];
        if (!is_cell(fact) || fact->document != part_number(reader->part))
            continue;
        if (found->figure.from == 0 && strcmp(record_value(fact, ATTRIBUTE_NO), found->figure.value) == 0)
            return true;
        if (strstr(record_value(fact, ATTRIBUTE_NAME), printed))
            return true;
    }
    return false;
}

/* Adds a figure, or one end of a range, unless it stands in a row. */
static void judge(const struct reader *reader, struct found *found, const char *value)
{
    const char *text = found->passage->normal.text;
    const char *printed = extract_copy(reader->extract, text, found->figure.from, found->figure.to);
    passage_place(found->passage, found->figure.from, found->place);
    struct cover cover = facts_cover(&reader->located, *found->place, value, printed);
    found->covered = cover.fact != NULL;
    if (found->covered && strcmp(record_value(cover.fact, ATTRIBUTE_DOUBT), "misprint") == 0)
        return; /* the row says so */
    if (cover.read || (found->region == REGION_LINE && (is_cell(cover.fact) || names_row(reader, found, printed))))
        return;
    add_unread(reader, found, value);
}

/* In a sentence no two figures stand side by side: 6 5 0亿元 is one. */
static void close_figure(const struct reader *reader, struct found *found)
{
    const char *text = found->passage->normal.text;
    struct figure *figure = &found->figure;
    size_t from = figure->from;
    while (from > found->from && strchr(" .0123456789", text[from - 1]))
        from--;
    from += strspn(text + from, " .");
    if (from >= figure->from)
        return;
    char *value = arena_alloc(reader->extract->arena, figure->from - from + 1);
    size_t length = 0;
    for (size_t at = from; at < figure->from; at++)
        if (text[at] != ' ')
            value[length++] = text[at];
    figure->value = arena_printf(reader->extract->arena, "%s%s", value, figure->value);
    figure->from = from;
}

/* Whether a figure has a unit. In lists of figures the next line may begin with a
 * word that looks like one: 0.95 and below it 本年收入合计. */
static bool has_unit(const struct reader *reader, const struct found *found)
{
    const struct figure *figure = &found->figure;
    if (!figure->unit)
        return false;
    if ((found->region != REGION_BUDGET && found->region != REGION_WORK) || is_of_budget(reader, figure->unit))
        return true;
    size_t unit = figure->to - strlen(figure->unit);
    size_t end = passage_printed_end(found->passage, unit), start = passage_printed(found->passage, unit);
    return !memchr(found->passage->text + end, '\n', start - end);
}

static void read_clause(const struct reader *reader, struct found *found)
{
    const char *text = found->passage->normal.text;
    found->bare = target_bare(reader->extract, text + found->from, found->to - found->from);
    for (size_t at = found->from; figure_find_any(reader->extract, text, found->to, at, &found->figure);
         at = found->figure.to) {
        if (!has_unit(reader, found))
            continue;
        if (found->region != REGION_LINE && found->region != REGION_CELL)
            close_figure(reader, found);
        judge(reader, found, found->figure.value);
        if (found->figure.value_to)
            judge(reader, found, found->figure.value_to);
    }
}

/* Goes through the clauses in [from, to) of the normal form of a passage. */
static void read_text(const struct reader *reader, const struct passage *passage, size_t from, size_t to,
                      enum region region)
{
    const char *text = passage->normal.text;
    struct passage_place place = {.line = 0};
    while (from < to) {
        size_t end = text_clause_end(text, to, from), bytes = 0;
        struct found found = {.passage = passage, .place = &place, .from = from, .to = end, .region = region};
        if (end > from)
            read_clause(reader, &found);
        if (end < to)
            (void)text_character(text, to, end, &bytes);
        from = end + bytes;
    }
}

static void read_record(const struct reader *reader, size_t index, enum region region)
{
    const struct extract *extract = reader->extract;
    struct passage passage = passage_read(extract->arena, extract->in, index, index + 1);
    read_text(reader, &passage, 0, passage.normal.length, region);
}

/* --- the parts that should give rows */

/* The sentences of a paragraph in which announced targets stand; of one that only
 * introduces some, that sentence. */
static void read_sentences(const struct reader *reader, size_t index)
{
    const struct extract *extract = reader->extract;
    const struct rule_set *ends = rules_in(extract->rules, "sentence-end");
    size_t from = 0, to;
    bool missed = note_targets(extract, reader->part, &reader->located, index, &from, &to);
    if (!missed && !facts_within(&reader->located, RECORD_INDICATOR, false, extract->in, index, index + 1))
        return;
    struct passage passage = passage_read(extract->arena, extract->in, index, index + 1);
    size_t length = passage.normal.length;
    if (missed) {
        read_text(reader, &passage, from, to < length ? to : length, REGION_TARGETS);
        return;
    }
    struct passage_place start, end = {.line = 0};
    struct match match;
    for (from = 0; from < length; from = to) {
        to = rule_find(ends, passage.normal.text, length, from, &match) ? match.to : length;
        start = end;
        passage_place(&passage, from, &start);
        end = start;
        passage_place(&passage, to, &end);
        if (facts_between(&reader->located, RECORD_INDICATOR, false, start, end))
            read_text(reader, &passage, from, to, REGION_TARGETS);
    }
}

/* The cells that gave rows. One of several clauses gave several, one behind the other. */
static void read_cells(const struct reader *reader)
{
    const struct extract *extract = reader->extract;
    const struct piece *before = NULL;
    for (size_t i = reader->first_fact; i < reader->end_fact; i++) {
        const struct record *fact = &extract->facts->records[i];
        if (!is_cell(fact) || fact->document != part_number(reader->part) || fact->piece_count == 0)
            continue;
        const struct piece *piece = fact->pieces;
        if (before && before->line == piece->line && before->from == piece->from)
            continue;
        before = piece;
        struct passage passage = passage_read(extract->arena, extract->facts, i, i + 1);
        read_text(reader, &passage, 0, passage.normal.length, REGION_CELL);
    }
}

static bool is_of_table(const struct record *record)
{
    return record->kind == RECORD_TABLE_HEADER || record->kind == RECORD_TABLE_BODY || record->kind == RECORD_CAPTION;
}

static bool is_of_project(const struct record *record)
{
    return record->kind == RECORD_SHEET_NAME || record->kind == RECORD_SHEET_LABEL ||
           record->kind == RECORD_SHEET_TEXT || record->kind == RECORD_LIST_ENTRY;
}

/* A section of a budget report states amounts or tells of work. */
static void read_paragraph(const struct reader *reader, size_t index, struct budget_walk *walk)
{
    (void)budget_walk(walk, &reader->extract->in->records[index]);
    read_record(reader, index, walk->section.states ? REGION_BUDGET : REGION_WORK);
    if (walk->section.states)
        note_paragraph(reader->extract, reader->part, &reader->located, index);
}

/* A cell of amounts that gave no row: its first figure. */
static void add_cell(const struct reader *reader, size_t index)
{
    const struct extract *extract = reader->extract;
    struct passage passage = passage_read(extract->arena, extract->in, index, index + 1);
    struct figure figure;
    if (!figure_find_any(extract, passage.normal.text, passage.normal.length, 0, &figure))
        return;
    struct record *unread = fact_add(extract, RECORD_UNREAD, reader->part);
    passage_locate(extract->facts, unread, &passage, 0, passage.length);
    fact_set(extract, unread, ATTRIBUTE_LINE, record_value(unread, ATTRIBUTE_LINE_FROM));
    fact_set(extract, unread, ATTRIBUTE_FIGURE, figure.value);
    fact_set(extract, unread, ATTRIBUTE_UNIT, figure.unit);
    fact_set(extract, unread, ATTRIBUTE_TEXT, passage.normal.text);
    fact_set(extract, unread, ATTRIBUTE_REASON, "unknown");
}

/* The amounts that gave no row in tables of a budget that gave others. */
static void read_grids(const struct reader *reader)
{
    const struct extract *extract = reader->extract;
    struct grid grid;
    for (size_t i = reader->part->first; i < reader->part->end; i++) {
        if (!extract->whole[i] || !*record_value(&extract->in->records[i], ATTRIBUTE_CELL) ||
            !grid_read(extract->arena, extract->in, i, reader->part->end, &grid) ||
            !facts_within(&reader->located, RECORD_BUDGET, false, extract->in, i, grid.end))
            continue;
        for (; i < grid.end; i++)
            if (!extract->whole[i] && *record_value(&extract->in->records[i], ATTRIBUTE_CELL))
                add_cell(reader, i);
        i--;
    }
}

static void read_part(const struct reader *reader)
{
    const struct extract *extract = reader->extract;
    struct budget_walk walk = {.extract = extract, .part = reader->part};
    note_tables(extract, reader->part, &reader->located);
    read_cells(reader);
    read_grids(reader);
    for (size_t i = reader->part->first; i < reader->part->end; i++) {
        const struct record *record = &extract->in->records[i];
        if (extract->whole[i])
            continue;
        if (is_of_table(record))
            read_record(reader, i, REGION_LINE);
        else if (is_of_project(record))
            read_record(reader, i, REGION_PROJECT);
        else if (record_is_prose(record) && part_is_budget(reader->part))
            read_paragraph(reader, i, &walk);
        else if (record_is_prose(record))
            read_sentences(reader, i);
    }
}

/* --- in the order of the source */

static int compare(const void *one, const void *other)
{
    const struct piece *a = ((const struct record *)one)->pieces, *b = ((const struct record *)other)->pieces;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return 0;
}

/* The record of a part whose text holds the beginning of another, or NULL. */
static const struct record *find_record(const struct extract *extract, const struct part *part,
                                        const struct given_up *given_up)
{
    for (size_t i = part->first; i < part->end; i++) {
        const struct record *record = &extract->in->records[i];
        const char *text = record_normal(extract->arena, record);
        if (record->piece_count > 0 && memmem(text, strlen(text), given_up->text, given_up->length))
            return record;
    }
    return NULL;
}

/* The texts on which a rule was given up: what it would have read there is not known. */
static void add_given_up(const struct extract *extract, const struct part *parts, size_t count)
{
    const struct rules_given_up *given_up = rules_given_up(extract->rules);
    for (size_t i = 0; i < given_up->count; i++) {
        const struct given_up *one = &given_up->list[i];
        const struct record *record = NULL;
        for (size_t p = 0; p < count && !record; p++) {
            record = find_record(extract, &parts[p], one);
            if (!record)
                continue;
            struct record *unread = fact_add(extract, RECORD_UNREAD, &parts[p]);
            unread->pieces = record->pieces;
            unread->piece_count = 1;
            fact_set(extract, unread, ATTRIBUTE_LINE, arena_printf(extract->arena, "%ld", record->pieces[0].line));
            fact_set(extract, unread, ATTRIBUTE_TEXT,
                     extract_copy(extract, one->text, 0,
                                  one->length < sizeof one->text ? one->length
                                                                 : character_start(one->text, one->length - 1)));
            fact_set(extract, unread, ATTRIBUTE_REASON, "unknown");
            record_credit(extract->facts, unread, one->rule->id);
        }
    }
}

void read_unread(const struct extract *extract, const struct part *parts, size_t count)
{
    size_t facts = extract->facts->count;
    struct reader reader = {.extract = extract, .located = facts_locate(extract)};
    for (size_t i = 0; i < count; i++) {
        reader.part = &parts[i];
        reader.first_fact = reader.end_fact;
        while (reader.end_fact < facts && extract->facts->records[reader.end_fact].document == part_number(reader.part))
            reader.end_fact++;
        read_part(&reader);
    }
    add_given_up(extract, parts, count);
    if (extract->facts->count > facts)
        qsort(extract->facts->records + facts, extract->facts->count - facts, sizeof *extract->facts->records, compare);
}
