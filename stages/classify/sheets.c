/* sheets: project sheets, told by the labels of their fields. In: the records of
 * a document. A label stands at the beginning of a line and is followed by a
 * space, a colon or the end of the line; where there are several, labels with a colon
 * may stand inside a line too. A sheet begins where a label comes again, and the
 * numbered line above its first label is its name. */
#include "classify.h"

#include "../lib/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* So many labels make a document one of project sheets: one alone may be prose. */
enum { FEWEST_LABELS = 3, MOST_FIELDS = 16 };

/* Whether a printed line begins with a label. */
static bool begins_with_label(const struct document *document, const char *line, size_t length, struct match *match)
{
    const struct rule_set *labels = rules_in(document->rules, "sheet-label");
    size_t from = 0, bytes;
    while (from < length && character_is_space(text_character(line, length, from, &bytes)))
        from += bytes;
    if (!rule_at(labels, line + from, length - from, 0, match))
        return false;
    match->from += from;
    match->to += from;
    if (match->to == length)
        return true;
    uint32_t next = text_character(line, length, match->to, &bytes);
    return character_is_space(next) || character_is_colon(next);
}

static bool may_hold_label(const struct record *record)
{
    return record->kind == RECORD_LINE || record->kind == RECORD_TEXT || record->kind == RECORD_HEADING ||
           record->kind == RECORD_CELL;
}

/* --- texts that run over labels */

/* A search for labels in a printed text. */
struct search {
    const struct document *document;
    const char *text;
    size_t length;
    size_t at, start, line; /* how far it is; where the current clause and line begin */
};

/* A label found: where the text may be cut for it. */
struct label_place {
    size_t at;
    bool inside; /* of a line */
};

/* Whether a label takes all of text[from, to). */
static bool is_label(const struct document *document, const char *text, size_t from, size_t to)
{
    enum { LONGEST_LABEL = 60 }; /* bytes */
    struct match match;
    return from < to && to - from <= LONGEST_LABEL &&
           rule_at(rules_in(document->rules, "sheet-label"), text + from, to - from, 0, &match) &&
           match.to == to - from;
}

static bool is_blank(const char *text, size_t from, size_t to)
{
    for (size_t bytes; from < to; from += bytes)
        if (!character_is_space(text_character(text, to, from, &bytes)))
            return false;
    return true;
}

/* Whether a clause ends at a character, so that a label may follow it: at a space too,
 * and at the bracket that closes behind the end of a clause. */
static bool ends_clause(const struct search *search, uint32_t character)
{
    return character_is_space(character) || text_mark(character) >= MARK_GROUP || character_is_colon(character) ||
           (character_closes(character) && search->start == search->at);
}

/* The next label with a colon behind a clause, or at the beginning of a line below one
 * that ends a sentence. False: there are no more. */
static bool find_label(struct search *search, struct label_place *place)
{
    const char *text = search->text;
    size_t bytes;
    for (; search->at < search->length; search->at += bytes) {
        struct match match;
        uint32_t character = text_character(text, search->length, search->at, &bytes);
        size_t at = search->at, start = search->start;
        if (ends_clause(search, character))
            search->start = at + bytes;
        if (character == '\n')
            search->line = at + 1;
        bool colon = character_is_colon(character) && is_label(search->document, text, start, at);
        bool line = character == '\n' && text_ends_sentence(text, at) &&
                    begins_with_label(search->document, text + at + 1, strcspn(text + at + 1, "\n"), &match);
        if (!colon && !line)
            continue;
        search->at += bytes;
        if (line) /* not once more at its colon */
            search->at = search->start = at + 1 + match.to;
        place->inside = colon && !is_blank(text, search->line, start);
        place->at = place->inside ? start : search->line;
        return true;
    }
    return false;
}

/* The places where a record runs over a label, those inside of a line only where several
 * labels stand in it: one alone may be prose. */
struct cuts {
    struct label_place *places;
    size_t count, capacity;
};

static struct cuts cuts_of(const struct document *document, const struct record *record)
{
    enum { SEVERAL = 2 };
    struct search search = {.document = document, .text = record->text, .length = strlen(record->text)};
    struct cuts cuts = {.count = 0};
    struct label_place place;
    size_t found = 0, kept = 0;
    if (record->kind != RECORD_TEXT && record->kind != RECORD_LINE)
        return cuts;
    for (; find_label(&search, &place); found++) {
        if (place.at == 0)
            continue;
        cuts.places =
            arena_grow(document->gazette->arena, cuts.places, cuts.count, &cuts.capacity, sizeof *cuts.places);
        cuts.places[cuts.count++] = place;
    }
    for (size_t i = 0; i < cuts.count; i++)
        if (found >= SEVERAL || !cuts.places[i].inside)
            cuts.places[kept++] = cuts.places[i];
    cuts.count = kept;
    return cuts;
}

/* The turns of a record to pages that begin behind a line. */
static const char *later_turns(const struct record *record, long line)
{
    const char *turn = record_value(record, ATTRIBUTE_TURNS);
    while (*turn && strtol(turn, NULL, 10) <= line) {
        turn += strcspn(turn, ",");
        turn += *turn == ',';
    }
    return turn;
}

/* Where a record has been cut up to. */
struct cutter {
    struct gazette *gazette;
    const struct record *whole;
    size_t at;            /* the offset of the next part */
    size_t piece, column; /* the piece that its line is, and its characters before the part */
};

/* The pieces of the part [from, to) of a record; moves to its end. */
static const struct piece *cut_pieces(struct cutter *cutter, size_t from, size_t to, size_t *count)
{
    const char *text = cutter->whole->text;
    size_t lines = 1, line = from;
    for (size_t i = from; i < to; i++) {
        lines += text[i] == '\n';
        line = text[i] == '\n' ? i + 1 : line;
    }
    const struct piece *whole = cutter->whole->pieces + cutter->piece;
    struct piece *pieces = arena_alloc(cutter->gazette->arena, lines * sizeof *pieces);
    memcpy(pieces, whole, lines * sizeof *pieces);
    pieces[0].from += cutter->column;
    cutter->column = (lines == 1 ? cutter->column : 0) + text_count(text + line, to - line);
    cutter->piece += lines - 1;
    if (text[to] && text[to] != '\n')
        pieces[lines - 1].to = whole[lines - 1].from + cutter->column;
    *count = lines;
    return pieces;
}

/* Appends the part of a record up to an offset; those behind the first are text of their own. */
static void append_part(struct cutter *cutter, size_t to)
{
    struct gazette *gazette = cutter->gazette;
    const struct record *whole = cutter->whole;
    struct record *part = record_add(gazette, whole->kind);
    size_t from = cutter->at, end = whole->text[to] && whole->text[to - 1] == '\n' ? to - 1 : to;
    *part = *whole;
    part->pieces = cut_pieces(cutter, from, end, &part->piece_count);
    part->text = arena_copy(gazette->arena, whole->text + from, end - from);
    cutter->at = to;
    if (end < to) {
        cutter->column = 0;
        cutter->piece++;
    }
    if (from > 0) {
        part->kind = RECORD_TEXT;
        part->rules = "";
        part->values = NULL;
        part->value_count = 0;
        record_set(gazette, part, ATTRIBUTE_SECTION, record_value(whole, ATTRIBUTE_SECTION));
        record_set(gazette, part, ATTRIBUTE_PAGE, record_page(gazette->arena, whole, part->pieces[0].line));
        record_set(gazette, part, ATTRIBUTE_TURNS, later_turns(whole, part->pieces[0].line));
    }
    record_set(gazette, part, ATTRIBUTE_NORMAL, text_normal_form(gazette->arena, part->text, strlen(part->text)).text);
}

/* Appends a record to the gazette, cut where it runs over a label. */
static void append_cut(const struct document *document, const struct record *record)
{
    struct cuts cuts = cuts_of(document, record);
    struct cutter cutter = {.gazette = document->gazette, .whole = record};
    if (cuts.count == 0) {
        *record_add(document->gazette, record->kind) = *record;
        return;
    }
    for (size_t i = 0; i < cuts.count; i++)
        append_part(&cutter, cuts.places[i].at);
    append_part(&cutter, strlen(record->text));
}

/* --- sheets */

/* The first line of a record. */
static bool is_labelled(const struct document *document, const struct record *record, struct match *match)
{
    return may_hold_label(record) && begins_with_label(document, record->text, strcspn(record->text, "\n"), match);
}

/* The labels that records begin with, and those that they run over. */
static size_t count_labels(const struct document *document)
{
    size_t count = 0;
    for (size_t i = document->first; i < document->end && count < FEWEST_LABELS; i++) {
        const struct record *record = &document->gazette->records[i];
        struct match match;
        count += is_labelled(document, record, &match);
        count += cuts_of(document, record).count;
    }
    return count;
}

bool may_hold_sheets(const struct document *document)
{
    const char *title = record_value(&document->gazette->records[document->first], ATTRIBUTE_TITLE);
    struct match match;
    return !rule_find(rules_in(document->rules, "document"), title, strlen(title), 0, &match) ||
           lists_projects(rule_means(match.rule, "class"));
}

static bool seen(const char **fields, size_t count, const char *field)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i], field) == 0)
            return true;
    return false;
}

/* The name of the sheet whose first label is at index: the numbered line above. */
static void mark_name(const struct document *document, size_t index)
{
    for (size_t i = index; i-- > document->first;) {
        struct record *record = &document->gazette->records[i];
        if (record_kind_is_margin(record->kind))
            continue;
        if (*record_value(record, ATTRIBUTE_ORDINAL))
            record->kind = RECORD_SHEET_NAME;
        return;
    }
}

/* The labels and the names above them. Returns the index of the first label. */
static size_t mark_labels(const struct document *document)
{
    struct gazette *gazette = document->gazette;
    const char *fields[MOST_FIELDS];
    size_t field_count = 0, first = document->end;
    for (size_t i = document->first; i < document->end; i++) {
        struct record *record = &gazette->records[i];
        struct match match;
        if (!is_labelled(document, record, &match))
            continue;
        const char *field = rule_means(match.rule, "field");
        first = first < i ? first : i;
        if (first == i || field_count == MOST_FIELDS || seen(fields, field_count, field)) {
            mark_name(document, i);
            field_count = 0;
        }
        fields[field_count++] = field;
        record->kind = RECORD_SHEET_LABEL;
        record_set(gazette, record, ATTRIBUTE_FIELD, field);
        record_credit(gazette, record, match.rule->id);
    }
    return first;
}

/* Whether a heading is that of the sheets below it, not a point of the field above it:
 * only headings of a lower depth stand between it and a name. below: the record below it
 * that is no margin. */
static bool heads_sheets(const struct record *record, const struct record *below)
{
    return record->kind == RECORD_HEADING && below &&
           (below->kind == RECORD_SHEET_NAME || below->kind == RECORD_HEADING) &&
           strcmp(record_value(record, ATTRIBUTE_DEPTH), record_value(below, ATTRIBUTE_DEPTH)) < 0;
}

/* What stands between labels and names is text of sheets. */
static void mark_texts(const struct document *document, size_t first)
{
    const struct record *below = NULL;
    for (size_t i = document->end; i-- > first;) {
        struct record *record = &document->gazette->records[i];
        if (record_kind_is_margin(record->kind))
            continue;
        if (may_hold_label(record) && !heads_sheets(record, below))
            record->kind = RECORD_SHEET_TEXT;
        below = record;
    }
}

void sheets_cut(struct gazette *gazette, const struct rules *rules)
{
    struct gazette whole = *gazette;
    gazette->records = NULL;
    gazette->count = gazette->capacity = 0;
    for (size_t first = 0, end; first < whole.count; first = end) {
        struct document from = {&whole, rules, first, end = document_end(&whole, first)};
        struct document to = {gazette, rules, gazette->count, 0};
        bool sheets = may_hold_sheets(&from) && count_labels(&from) >= FEWEST_LABELS;
        for (size_t i = first; i < end; i++) {
            if (sheets)
                append_cut(&to, &whole.records[i]);
            else
                *record_add(gazette, whole.records[i].kind) = whole.records[i];
        }
    }
}

void sheets_find(const struct document *document)
{
    if (!may_hold_sheets(document) || count_labels(document) < FEWEST_LABELS)
        return;
    record_set(document->gazette, &document->gazette->records[document->first], ATTRIBUTE_CLASS, "project-sheets");
    mark_texts(document, mark_labels(document));
}
