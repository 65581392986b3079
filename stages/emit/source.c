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
    size_t count, capacity;
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
    for (size_t t = 0; t < TABLE_COUNT; t++)
        for (size_t r = 0; r < emission->row_counts[t]; r++)
            gave[emission_row(emission, t, r)->document] = true;
    return gave;
}

static bool holds_text(const struct record *record)
{
    return record->kind != RECORD_SOURCE && record->kind != RECORD_INDICATOR && record->kind != RECORD_BUDGET &&
           record->kind != RECORD_PROJECT;
}

static void add_fragments(struct fragments *fragments, const struct record *record)
{
    const char *text = record->text;
    for (size_t i = 0; i < record->piece_count; i++) {
        size_t length = strcspn(text, "\n");
        fragments->list = arena_grow(fragments->arena, fragments->list, fragments->count, &fragments->capacity,
                                     sizeof *fragments->list);
        fragments->list[fragments->count++] = (struct fragment){record->document, record->pieces[i], text, length};
        text += length + (text[length] == '\n');
    }
}

/* One line: its fragments, what lies between them filled with spaces. */
static void write_line(struct markup *markup, const struct fragments *fragments, size_t first, size_t end)
{
    size_t column = 0, capacity = 0, length = 0;
    const struct fragment *list = fragments->list;
    for (size_t i = first; i < end; i++)
        capacity += list[i].piece.to + list[i].length;
    char *line = arena_alloc(fragments->arena, capacity + 1);
    for (size_t i = first; i < end; i++) {
        for (; column < list[i].piece.from; column++)
            line[length++] = ' ';
        memcpy(line + length, list[i].text, list[i].length);
        length += list[i].length;
        column = list[i].piece.to;
    }
    markup_open(markup, "line");
    markup_number(markup, "number", (size_t)list[first].piece.line);
    markup_text(markup, line);
    markup_close(markup);
}

static void write_document(struct markup *markup, const struct fragments *fragments, size_t first, size_t end)
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
    for (size_t i = 0; i < emission->gazette->count; i++) {
        const struct record *record = &emission->gazette->records[i];
        if (holds_text(record) && gave[record->document])
            add_fragments(&fragments, record);
    }
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
