/* given: what the tests of the stages work on: the shipped rules, and gazettes put
 * together from a few lines. Tests run from the project's root. */
#ifndef GONGBAO_TESTS_GIVEN_H
#define GONGBAO_TESTS_GIVEN_H

#include "../../stages/extract/extract.h"
#include "../../stages/segment/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* All that a reader of facts wants: no records yet. Free extract.arena. */
struct given {
    struct extract extract;
    struct gazette in, facts;
    bool whole[256], introduces[256]; /* for as many records */
};

static inline const struct rules *given_rules(struct arena *arena)
{
    static const char *const folders[] = {"rules"};
    struct rules *rules;
    struct fault *wrong = rules_load(arena, folders, 1, NULL, &rules);
    if (wrong)
        fail_msg("%s:%ld: %s", wrong->path, wrong->line, wrong->text);
    return rules;
}

/* given must stay where it is: its parts point at each other. */
static inline void given_make(struct given *given)
{
    struct arena *arena = arena_new();
    *given = (struct given){
        .in = {.arena = arena, .path = "given"},
          .facts = {.arena = arena, .path = "given"}
    };
    given->extract =
        (struct extract){arena, given_rules(arena), &given->in, &given->facts, given->whole, given->introduces};
}

/* Adds a record of the lines of text, the first of them line number first: a
 * piece for each, and the normal form. */
static inline struct record *given_record(struct gazette *gazette, enum record_kind kind, long first, const char *text)
{
    struct record *record = record_add(gazette, kind);
    size_t length = strlen(text), count = 1;
    for (const char *c = text; *c; c++)
        count += *c == '\n';
    struct piece *pieces = arena_alloc(gazette->arena, count * sizeof *pieces);
    const char *line = text;
    for (size_t i = 0; i < count; i++) {
        size_t bytes = strcspn(line, "\n");
        pieces[i] = (struct piece){first + (long)i, 0, text_count(line, bytes)};
        line += bytes + (line[bytes] != '\0');
    }
    record->pieces = pieces;
    record->piece_count = count;
    record->text = text;
    record_set(gazette, record, ATTRIBUTE_NORMAL, text_normal(gazette->arena, text, length).text);
    return record;
}

/* Adds a record for each line of text that is not blank. Returns the number of the
 * line after the last. */
static inline long given_lines(struct gazette *gazette, enum record_kind kind, long first, const char *text)
{
    for (long line = first;; line++) {
        size_t length = strcspn(text, "\n");
        if (text_normal(gazette->arena, text, length).length > 0)
            (void)given_record(gazette, kind, line, arena_copy(gazette->arena, text, length));
        if (text[length] == '\0')
            return line + 1;
        text += length + 1;
    }
}

/* The lines of a text that are not blank, as segment reads them. */
static inline struct segment_text given_text(struct arena *arena, const char *printed)
{
    size_t most = strlen(printed) + 1;
    struct segment_text text = {.arena = arena, .rules = given_rules(arena)};
    struct line_shape *shapes = arena_alloc(arena, most * sizeof *shapes);
    text.lines = arena_alloc(arena, most * sizeof *text.lines);
    for (long number = 1;; number++) {
        size_t length = strcspn(printed, "\n");
        struct segment_line line = {.number = number, .length = length, .kind = RECORD_LINE};
        line.text = arena_copy(arena, printed, length);
        line.normal = text_normal(arena, line.text, length);
        line.shape = line_shape(line.text, length);
        if (line.normal.length > 0) {
            shapes[text.count] = line.shape;
            text.lines[text.count++] = line;
        }
        if (printed[length] == '\0')
            break;
        printed += length + 1;
    }
    text.measure = line_measure(shapes, text.count);
    return text;
}

#endif
