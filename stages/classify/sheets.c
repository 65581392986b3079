/* sheets: project sheets, told by the labels of their fields. In: the records of
 * a document. A label stands at the beginning of a line and is followed by a
 * space, a colon or the end of the line. A sheet begins where a label comes again,
 * and the numbered line above its first label is its name. */
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

/* The lines of a record: one per piece. */
struct line_of {
    const char *text;
    size_t length;
};

static struct line_of line_of(const struct record *record, size_t piece)
{
    const char *line = record->text;
    for (size_t i = 0; i < piece; i++) {
        const char *end = strchr(line, '\n');
        if (!end)
            return (struct line_of){line, 0};
        line = end + 1;
    }
    return (struct line_of){line, strcspn(line, "\n")};
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

/* The part of a record from a piece on, as a record of its own. */
static struct record tail_of(struct gazette *gazette, const struct record *whole, size_t piece)
{
    struct record tail = *whole;
    tail.kind = RECORD_TEXT;
    tail.pieces = whole->pieces + piece;
    tail.piece_count = whole->piece_count - piece;
    tail.text = line_of(whole, piece).text;
    tail.rules = "";
    tail.values = NULL;
    tail.value_count = 0;
    record_set(gazette, &tail, ATTRIBUTE_SECTION, record_value(whole, ATTRIBUTE_SECTION));
    record_set(gazette, &tail, ATTRIBUTE_PAGE, record_page(gazette->arena, whole, tail.pieces[0].line));
    record_set(gazette, &tail, ATTRIBUTE_TURNS, later_turns(whole, tail.pieces[0].line));
    record_set(gazette, &tail, ATTRIBUTE_NORMAL, text_normal_form(gazette->arena, tail.text, strlen(tail.text)).text);
    return tail;
}

/* The first piece after the first whose line begins with a label, below a line
 * that ends a sentence; the piece count if there is none. */
static size_t label_inside(const struct document *document, const struct record *record)
{
    for (size_t piece = 1; piece < record->piece_count; piece++) {
        struct line_of line = line_of(record, piece), before = line_of(record, piece - 1);
        struct match match;
        if (text_ends_sentence(before.text, before.length) &&
            begins_with_label(document, line.text, line.length, &match))
            return piece;
    }
    return record->piece_count;
}

/* Appends a record to the gazette, cut where a line of it begins with a label. */
static void append_cut(const struct document *document, const struct record *record)
{
    struct gazette *gazette = document->gazette;
    struct record rest = *record;
    for (;;) {
        size_t piece = rest.kind == RECORD_TEXT ? label_inside(document, &rest) : rest.piece_count;
        struct record *head = record_add(gazette, rest.kind);
        *head = rest;
        if (piece == rest.piece_count)
            return;
        struct line_of line = line_of(&rest, piece);
        head->piece_count = piece;
        head->text = arena_copy(gazette->arena, rest.text, (size_t)(line.text - rest.text) - 1);
        record_set(gazette, head, ATTRIBUTE_NORMAL,
                   text_normal_form(gazette->arena, head->text, strlen(head->text)).text);
        rest = tail_of(gazette, &rest, piece);
    }
}

static size_t count_labels(const struct document *document)
{
    size_t count = 0;
    for (size_t i = document->first; i < document->end; i++) {
        const struct record *record = &document->gazette->records[i];
        struct match match;
        struct line_of line = line_of(record, 0);
        count += may_hold_label(record) && begins_with_label(document, line.text, line.length, &match);
    }
    return count;
}

/* A document that its title names as another kind has no sheets, whatever words
 * begin its lines. */
static bool may_hold_sheets(const struct document *document)
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

static void mark_sheets(const struct document *document)
{
    struct gazette *gazette = document->gazette;
    const char *fields[MOST_FIELDS];
    size_t field_count = 0;
    bool inside = false;
    for (size_t i = document->first; i < document->end; i++) {
        struct record *record = &gazette->records[i];
        struct line_of line = line_of(record, 0);
        struct match match;
        if (!may_hold_label(record))
            continue;
        if (!begins_with_label(document, line.text, line.length, &match)) {
            if (inside)
                record->kind = RECORD_SHEET_TEXT;
            continue;
        }
        const char *field = rule_means(match.rule, "field");
        if (!inside || field_count == MOST_FIELDS || seen(fields, field_count, field)) {
            mark_name(document, i);
            field_count = 0;
        }
        fields[field_count++] = field;
        inside = true;
        record->kind = RECORD_SHEET_LABEL;
        record_set(gazette, record, ATTRIBUTE_FIELD, field);
        record_credit(gazette, record, match.rule->id);
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
    mark_sheets(document);
}
