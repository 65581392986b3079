/* tables: where a table of indicators stands. In: the records of a document.
 * A header is a line, or short lines put together, that is made of names of
 * columns and nothing else; lines below it belong to the table until running
 * text, a heading or another title comes. */
#include "classify.h"

#include <stdbool.h>
#include <string.h>

enum {
    HEADER_LINES = 8,  /* a header takes at most so many lines: 指标 / 分类 / 序 / 号 / ... */
    CAPTION_ABOVE = 4, /* a caption stands at most so many records above its header */
};

/* Whether a text is made of names of columns alone, and has both a column of
 * names and one of figures. */
static bool is_header(const struct document *document, const char *text)
{
    const struct rule_set *columns = rules_in(document->rules, "column");
    size_t length = strlen(text), at = 0;
    bool names = false, figures = false;
    struct match match;
    while (at < length && rule_at(columns, text, length, at, &match) && match.to > match.from) {
        const char *column = rule_means(match.rule, "column");
        names = names || (column && strcmp(column, "name") == 0);
        figures = figures || rule_means(match.rule, "measure");
        at = match.to;
    }
    return at == length && names && figures;
}

static bool is_line(const struct record *record)
{
    return record->kind == RECORD_LINE || record_kind_is_margin(record->kind);
}

/* The number of records of the header that begins at first; 0 if none does. The
 * longest wins: a header may be complete before its last column. */
static size_t header_length(const struct document *document, size_t first)
{
    struct gazette *gazette = document->gazette;
    const char *joined = "";
    size_t longest = 0;
    for (size_t i = first; i < document->end && i < first + HEADER_LINES; i++) {
        const struct record *record = &gazette->records[i];
        if (record->kind != RECORD_LINE)
            break;
        const char *normal = record_normal(gazette->arena, record);
        if (strlen(normal) > 120)
            break;
        joined = arena_printf(gazette->arena, "%s%s", joined, normal);
        if (is_header(document, joined))
            longest = i - first + 1;
    }
    return longest;
}

/* A header begins with the name of a column, or with the first half of one. */
static bool may_begin_header(const struct document *document, size_t index)
{
    const struct record *record = &document->gazette->records[index];
    if (record->kind != RECORD_LINE)
        return false;
    const char *normal = record_normal(document->gazette->arena, record);
    struct match match;
    return strlen(normal) <= 6 || rule_at(rules_in(document->rules, "column"), normal, strlen(normal), 0, &match);
}

void caption_find(const struct document *document, size_t header)
{
    struct gazette *gazette = document->gazette;
    for (size_t i = header; i-- > document->first + 1 && header - i <= CAPTION_ABOVE;) {
        struct record *record = &gazette->records[i];
        struct match match;
        const char *normal = record_normal(gazette->arena, record);
        if (!is_line(record) || !rule_whole(rules_in(document->rules, "caption"), normal, strlen(normal), &match))
            continue;
        record->kind = RECORD_CAPTION;
        record_set(gazette, record, ATTRIBUTE_NORMAL, normal);
        record_credit(gazette, record, match.rule->id);
        return;
    }
}

/* The lines of a table's body; a printed page number may lie between them. */
static size_t mark_body(const struct document *document, size_t first)
{
    size_t i = first;
    for (; i < document->end && is_line(&document->gazette->records[i]); i++) {
        if (may_begin_header(document, i) && header_length(document, i) > 0)
            break;
        if (document->gazette->records[i].kind == RECORD_LINE)
            document->gazette->records[i].kind = RECORD_TABLE_BODY;
    }
    return i;
}

void tables_find(const struct document *document)
{
    for (size_t i = document->first; i < document->end; i++) {
        size_t length = may_begin_header(document, i) ? header_length(document, i) : 0;
        if (length == 0)
            continue;
        for (size_t k = i; k < i + length; k++)
            document->gazette->records[k].kind = RECORD_TABLE_HEADER;
        caption_find(document, i);
        i = mark_body(document, i + length) - 1;
    }
}
