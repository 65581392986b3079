/* lists: see lists.h. Text in brackets is never cut. */
#include "lists.h"

#include "../lib/text.h"

#include <string.h>

/* The texts found so far. */
struct members {
    struct arena *arena;
    const char **texts;
    size_t count, capacity;
};

static void add_member(struct members *members, const char *text, size_t length)
{
    members->texts =
        arena_grow(members->arena, members->texts, members->count, &members->capacity, sizeof *members->texts);
    members->texts[members->count] = NULL;
    if (length > 0)
        members->texts[members->count++] = arena_copy(members->arena, text, length);
}

/* NULL follows the last. */
static const char *const *all_members(struct members *members)
{
    add_member(members, "", 0);
    return members->texts;
}

/* The next list comma outside brackets in text[from, length), or length. */
static size_t member_end(const char *text, size_t length, size_t from)
{
    size_t bytes;
    for (size_t at = from; at < length; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        if (character_is_joint(character))
            return at;
        if (character_opens(character)) {
            at = text_closing(text, length, at);
            bytes = 0;
            if (at < length)
                text_character(text, length, at, &bytes);
        }
    }
    return length;
}

/* The offset behind the mark at text[at]. */
static size_t behind(const char *text, size_t length, size_t at)
{
    size_t bytes = 0;
    if (at < length)
        text_character(text, length, at, &bytes);
    return at + bytes;
}

const char *const *list_members(struct arena *arena, const char *text)
{
    struct members members = {.arena = arena};
    size_t length = strlen(text);
    for (size_t from = 0, end; from < length; from = behind(text, length, end)) {
        end = member_end(text, length, from);
        add_member(&members, text + from, end - from);
    }
    return all_members(&members);
}

const char *const *list_points(struct arena *arena, const char *text)
{
    struct members members = {.arena = arena};
    while (*text) {
        size_t length = strcspn(text, "\n");
        add_member(&members, text, length);
        text += length + (text[length] == '\n');
    }
    return all_members(&members);
}

/* The unit that stands at text[at], or NULL. */
static const char *find_unit(const char *text, size_t length, size_t at, const char *const *units)
{
    for (; *units; units++)
        if (strlen(*units) <= length - at && memcmp(text + at, *units, strlen(*units)) == 0)
            return *units;
    return NULL;
}

/* The last amount of money in text[from, end) outside brackets. */
static bool find_amount(struct arena *arena, const char *text, size_t from, size_t end, const char *const *units,
                        struct fund *fund)
{
    bool found = false;
    size_t bytes;
    for (size_t at = from; at < end; at += bytes) {
        uint32_t character = text_character(text, end, at, &bytes);
        if (character_opens(character)) {
            at = text_closing(text, end, at);
            bytes = at < end ? behind(text, end, at) - at : 0;
        } else if (character_is_digit(character)) {
            const char *figure = text_figure(arena, text, end, at, &bytes);
            const char *unit = figure ? find_unit(text, end, at + bytes, units) : NULL;
            if (unit) {
                fund->amount = figure;
                fund->unit = unit;
                found = true;
            }
        }
    }
    return found;
}

struct funds {
    struct arena *arena;
    struct fund *funds;
    size_t count, capacity;
};

static void add_fund(struct funds *funds, struct fund fund)
{
    funds->funds = arena_grow(funds->arena, funds->funds, funds->count, &funds->capacity, sizeof *funds->funds);
    funds->funds[funds->count++] = fund;
}

/* Where the sources begin: behind the amount that the cell opens with. */
static size_t skip_opening(struct arena *arena, const char *text, size_t length, const char *amount, const char *unit)
{
    size_t bytes;
    if (!*amount || !text_figure(arena, text, length, 0, &bytes))
        return 0;
    const char *const units[] = {unit, NULL};
    if (!find_unit(text, length, bytes, units))
        return 0;
    bytes += strlen(unit);
    return text_clause_end(text, length, bytes) == bytes ? behind(text, length, bytes) : bytes;
}

/* An amount ends a source, so one clause with a list comma between two amounts is
 * two. Clauses without an amount belong to the next that has one; those behind the
 * last are sources too. */
const struct fund *list_funds(struct arena *arena, const char *text, const char *amount, const char *unit,
                              const char *const *units)
{
    struct funds funds = {.arena = arena};
    size_t length = strlen(text), first = skip_opening(arena, text, length, amount, unit);
    for (size_t from = first, end; from < length; from = behind(text, length, end)) {
        size_t clause = text_clause_end(text, length, from);
        end = member_end(text, clause, from);
        struct fund fund;
        if (!find_amount(arena, text, from, end, units, &fund))
            continue;
        fund.text = arena_copy(arena, text + first, end - first);
        add_fund(&funds, fund);
        first = behind(text, length, end);
    }
    for (size_t end; first < length; first = behind(text, length, end)) {
        end = text_clause_end(text, length, first);
        if (end > first)
            add_fund(&funds, (struct fund){arena_copy(arena, text + first, end - first), "", ""});
    }
    add_fund(&funds, (struct fund){NULL, NULL, NULL});
    return funds.funds;
}
