/* passage: see passage.h. In: records and ranges of their text. Out: pieces. */
#include "passage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Page numbers stand between lines, and a header printed again after a page break
 * between rows: they are no part of the text, unless it is a header itself. */
static bool counts(const struct record *record, const struct record *first)
{
    if (record->kind == RECORD_TABLE_HEADER)
        return first->kind == RECORD_TABLE_HEADER;
    return !record_kind_is_margin(record->kind) && record->kind != RECORD_SOURCE;
}

static const size_t *count_characters(struct arena *arena, const char *text, size_t length)
{
    size_t *counts = arena_alloc(arena, (length / PASSAGE_STEP + 1) * sizeof *counts);
    for (size_t step = 1; step * PASSAGE_STEP <= length; step++)
        counts[step] = counts[step - 1] + text_count(text + (step - 1) * PASSAGE_STEP, PASSAGE_STEP);
    return counts;
}

/* How many characters stand before a printed offset. */
static size_t characters_before(const struct passage *passage, size_t printed)
{
    size_t rest = printed % PASSAGE_STEP;
    return passage->counts[printed / PASSAGE_STEP] + text_count(passage->text + printed - rest, rest);
}

struct passage passage_read(struct arena *arena, const struct gazette *gazette, size_t first, size_t end)
{
    size_t length = 0, count = 0;
    for (size_t i = first; i < end; i++) {
        if (!counts(&gazette->records[i], &gazette->records[first]))
            continue;
        length += strlen(gazette->records[i].text) + 1;
        count += gazette->records[i].piece_count;
    }
    char *text = arena_alloc(arena, length + 1);
    struct piece *pieces = arena_alloc(arena, count * sizeof *pieces);
    size_t *starts = arena_alloc(arena, (count + 1) * sizeof *starts);
    const char **pages = arena_alloc(arena, (count + 1) * sizeof *pages);
    struct passage passage = {.text = text, .pieces = pieces, .starts = starts, .pages = pages};
    for (size_t i = first; i < end; i++) {
        const struct record *record = &gazette->records[i];
        const char *line = record->text;
        for (size_t k = 0; counts(record, &gazette->records[first]) && k < record->piece_count; k++) {
            size_t line_length = strcspn(line, "\n");
            if (passage.piece_count > 0)
                text[passage.length++] = '\n';
            starts[passage.piece_count] = passage.length;
            pieces[passage.piece_count] = record->pieces[k];
            pages[passage.piece_count++] = record_page(arena, record, record->pieces[k].line);
            memcpy(text + passage.length, line, line_length);
            passage.length += line_length;
            line += line_length + (line[line_length] == '\n');
        }
    }
    passage.counts = count_characters(arena, text, passage.length);
    passage.normal = text_normal(arena, text, passage.length);
    return passage;
}

void passage_close_figures(struct arena *arena, struct passage *passage)
{
    const struct normal *normal = &passage->normal;
    char *text = arena_alloc(arena, normal->length + 1);
    uint32_t *origin = arena_alloc(arena, (normal->length + 1) * sizeof *origin);
    size_t length = 0;
    for (size_t at = 0; at < normal->length; at++) {
        if (normal->text[at] == ' ' && at > 0 && character_is_digit((unsigned char)normal->text[at - 1]) &&
            character_is_digit((unsigned char)normal->text[at + 1]))
            continue;
        text[length] = normal->text[at];
        origin[length++] = normal->origin[at];
    }
    text[length] = '\0';
    origin[length] = normal->origin[normal->length];
    passage->normal = (struct normal){text, length, origin};
}

size_t passage_printed(const struct passage *passage, size_t normal)
{
    return passage->normal.origin[normal];
}

size_t passage_printed_end(const struct passage *passage, size_t normal)
{
    size_t bytes;
    if (normal == 0)
        return 0;
    size_t before = normal;
    (void)text_character_before(passage->normal.text, normal, &bytes);
    before -= bytes;
    size_t printed = passage->normal.origin[before];
    (void)text_character(passage->text, passage->length, printed, &bytes);
    return printed + bytes;
}

/* The last piece that begins at or before a printed offset. */
static size_t piece_at(const struct passage *passage, size_t printed)
{
    size_t low = 0, high = passage->piece_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (passage->starts[middle] <= printed)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void passage_place(const struct passage *passage, size_t normal, struct passage_place *place)
{
    size_t printed = passage_printed(passage, normal), piece = piece_at(passage, printed);
    size_t start = passage->starts[piece];
    if (!place->line || place->printed < start || place->printed > printed)
        *place = (struct passage_place){passage->pieces[piece].line, passage->pieces[piece].from, start};
    place->column += text_count(passage->text + place->printed, printed - place->printed);
    place->printed = printed;
}

void passage_locate(struct gazette *facts, struct record *fact, const struct passage *passage, size_t from, size_t to)
{
    while (to > from && passage->text[to - 1] == '\n') /* an empty line at the end has no piece */
        to--;
    if (from >= to || passage->piece_count == 0)
        return;
    size_t first = piece_at(passage, from), last = piece_at(passage, to - 1);
    struct piece *pieces = arena_alloc(facts->arena, (last - first + 1) * sizeof *pieces);
    for (size_t i = first; i <= last; i++) {
        const struct piece *whole = &passage->pieces[i];
        size_t start = passage->starts[i];
        size_t end = i + 1 < passage->piece_count ? passage->starts[i + 1] - 1 : passage->length;
        size_t piece_from = from > start ? from : start, piece_to = to < end ? to : end;
        size_t before = characters_before(passage, start);
        pieces[i - first] = (struct piece){whole->line, whole->from + characters_before(passage, piece_from) - before,
                                           whole->from + characters_before(passage, piece_to) - before};
    }
    fact->pieces = pieces;
    fact->piece_count = last - first + 1;
    fact->text = arena_copy(facts->arena, passage->text + from, to - from);
    record_set(facts, fact, ATTRIBUTE_PAGE, passage->pages[first]);
    record_set(facts, fact, ATTRIBUTE_LINE_FROM, arena_printf(facts->arena, "%ld", pieces[0].line));
    record_set(facts, fact, ATTRIBUTE_LINE_TO, arena_printf(facts->arena, "%ld", pieces[last - first].line));
}
