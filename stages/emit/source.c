/* source: puts the lines of decoded.txt together again from the pieces of the
 * records. In: the records that hold text. Out: the lines of each document that
 * gave a row; every character stands in its column. */
#include "source.h"

#include <stdlib.h>
#include <string.h>

/* The text of one piece. */
struct fragment {
    size_t document;
    struct piece piece;
    const char *text;
    size_t length;
};

struct fragments {
    struct arena *arena;
    struct fragment *list;
    size_t count;
    char *line; /* the line at hand */
    size_t line_capacity;
};

static int compare(const void *one, const void *other)
{
    const struct fragment *a = one, *b = other;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    if (a->piece.line != b->piece.line)
        return a->piece.line < b->piece.line ? -1 : 1;
    if (a->piece.from != b->piece.from)
        return a->piece.from < b->piece.from ? -1 : 1;
    return 0;
}

/* Which documents gave a row, by number; 0 is the text before the first title. */
static bool *find_documents(const struct emission *emission)
{
    bool *gave = arena_alloc(emission->arena, emission->gazette->count + 1);
    for (size_t t = 0; t < FACT_TABLE_COUNT; t++)
        for (size_t r = 0; r < emission->row_counts[t]; r++)
            gave[emission_row(emission, t, r)->document] = true;
    return gave;
}

static bool holds_text(const struct record *record)
{
    return record->kind != RECORD_SOURCE && record->kind < RECORD_INDICATOR; /* from there on they point into it */
}

/* Takes the pieces of a record; without a list they are counted only. */
static void take_pieces(struct fragments *fragments, const struct record *record)
{
    const char *text = record->text;
    for (size_t i = 0; fragments->list && i < record->piece_count; i++) {
        size_t length = strcspn(text, "\n");
        fragments->list[fragments->count + i] = (struct fragment){record->document, record->pieces[i], text, length};
        text += length + (text[length] == '\n');
    }
    fragments->count += record->piece_count;
}

static void take_records(struct fragments *fragments, const struct gazette *gazette, const bool *gave)
{
    fragments->count = 0;
    for (size_t i = 0; i < gazette->count; i++)
        if (holds_text(&gazette->records[i]) && gave[gazette->records[i].document])
            take_pieces(fragments, &gazette->records[i]);
}

/* One line: its fragments, what lies between them filled with spaces. */
static void write_line(struct markup *markup, struct fragments *fragments, size_t first, size_t end)
{
    const struct fragment *list = fragments->list;
    size_t column = 0, length = list[end - 1].piece.from; /* spaces there are at most */
    for (size_t i = first; i < end; i++)
        length += list[i].length;
    if (length >= fragments->line_capacity) {
        fragments->line_capacity = 2 * (length + 1);
        fragments->line = arena_alloc(fragments->arena, fragments->line_capacity);
    }
    length = 0;
    for (size_t i = first; i < end; i++) {
        for (; column < list[i].piece.from; column++)
            fragments->line[length++] = ' ';
        memcpy(fragments->line + length, list[i].text, list[i].length);
        length += list[i].length;
        column = list[i].piece.to;
    }
    fragments->line[length] = '\0';
    markup_open(markup, "line");
    markup_number(markup, "number", (size_t)list[first].piece.line);
    markup_text(markup, fragments->line);
    markup_close(markup);
}

static void write_document(struct markup *markup, struct fragments *fragments, size_t first, size_t end)
{
    markup_open(markup, "part");
    if (fragments->list[first].document)
        markup_number(markup, "document", fragments->list[first].document);
    for (size_t i = first; i < end;) {
        size_t next = i;
        while (next < end && fragments->list[next].piece.line == fragments->list[i].piece.line)
            next++;
        write_line(markup, fragments, i, next);
        i = next;
    }
    markup_close(markup);
}

void source_write(struct markup *markup, const struct emission *emission)
{
    struct fragments fragments = {.arena = emission->arena};
    const bool *gave = find_documents(emission);
    take_records(&fragments, emission->gazette, gave);
    fragments.list = arena_alloc(emission->arena, fragments.count * sizeof *fragments.list);
    take_records(&fragments, emission->gazette, gave);
    if (fragments.count > 0)
        qsort(fragments.list, fragments.count, sizeof *fragments.list, compare);
    markup_open(markup, "source");
    for (size_t i = 0; i < fragments.count;) {
        size_t next = i;
        while (next < fragments.count && fragments.list[next].document == fragments.list[i].document)
            next++;
        write_document(markup, &fragments, i, next);
        i = next;
    }
    markup_close(markup);
}
