/* names: what a name is compared by. Its measuring rule goes (新口径 in a bracket makes no
 * other name), words that mean the same become one, and likeness is counted on pairs of
 * characters: Chinese names have no words to count. */
#include "compare.h"

#include "../lib/text.h"

#include <stdlib.h>
#include <string.h>

/* Text that grows. */
struct builder {
    char *text;
    size_t length;
};

static void append(struct builder *builder, const char *text, size_t length)
{
    memcpy(builder->text + builder->length, text, length);
    builder->length += length;
    builder->text[builder->length] = '\0';
}

/* Takes a bracket that is left empty with what stood in it: end is the byte after it. */
static size_t drop_bracket(struct builder *builder, const char *text, size_t length, size_t end)
{
    size_t before, behind;
    if (builder->length == 0 || end == length ||
        !character_opens(text_character_before(builder->text, builder->length, &before)) ||
        !character_closes(text_character(text, length, end, &behind)))
        return end;
    builder->length -= before;
    builder->text[builder->length] = '\0';
    return end + behind;
}

/* The name without measuring rules in brackets; one outside brackets is a part of it. */
static const char *without_measuring_rule(struct arena *arena, const struct rules *rules, const char *name)
{
    const struct rule_set *set = rules_in(rules, "measuring-rule");
    size_t length = strlen(name), at = 0;
    struct builder builder = {arena_alloc(arena, length + 1), 0};
    struct match match;
    while (at < length && rule_find(set, name, length, at, &match)) {
        append(&builder, name + at, match.from - at);
        at = drop_bracket(&builder, name, length, match.to);
        if (at == match.to)
            append(&builder, name + match.from, match.to - match.from);
    }
    append(&builder, name + at, length - at);
    return builder.text;
}

static const char *with_known_words(struct arena *arena, const struct rules *rules, const char *name)
{
    const struct rule_set *set = rules_in(rules, "renaming");
    const char *known = "";
    size_t length = strlen(name), at = 0;
    struct match match;
    for (; at < length && rule_find(set, name, length, at, &match); at = match.to) {
        const char *as = rule_means(match.rule, "as");
        known = arena_printf(arena, "%s%.*s%s", known, (int)(match.from - at), name + at, as ? as : "");
    }
    known = arena_printf(arena, "%s%s", known, name + at);
    return *known ? known : name; /* a name that is nothing but such a word */
}

static int compare_pairs(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return a < b ? -1 : a > b;
}

/* Each character with the one before it; the beginning and the end count as one. */
static void count_pairs(struct arena *arena, struct thing *thing)
{
    size_t length = strlen(thing->known), bytes;
    uint64_t before = 0;
    thing->pairs = arena_alloc(arena, (length + 1) * sizeof(*thing->pairs));
    for (size_t at = 0; at < length; at += bytes) {
        uint64_t character = text_character(thing->known, length, at, &bytes);
        thing->pairs[thing->pair_count++] = before << 32 | character;
        before = character;
    }
    thing->pairs[thing->pair_count++] = before << 32;
    qsort(thing->pairs, thing->pair_count, sizeof(*thing->pairs), compare_pairs);
}

void name_read(struct arena *arena, const struct rules *rules, struct thing *thing)
{
    thing->key = without_measuring_rule(arena, rules, thing->name);
    thing->known = with_known_words(arena, rules, thing->key);
    thing->pair_count = 0;
    count_pairs(arena, thing);
}

const char *measuring_rules(struct arena *arena, const struct rules *rules, const char *text)
{
    const struct rule_set *set = rules_in(rules, "measuring-rule");
    const char *found = "";
    size_t length = strlen(text);
    struct match match;
    for (size_t at = 0; at < length && rule_find(set, text, length, at, &match); at = match.to)
        found =
            arena_printf(arena, "%s%s%.*s", found, *found ? ";" : "", (int)(match.to - match.from), text + match.from);
    return found;
}

/* Dice's coefficient: the pairs in both, twice, by all pairs of both. */
int name_likeness(const struct thing *one, const struct thing *other)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < one->pair_count && k < other->pair_count;) {
        int order = compare_pairs(&one->pairs[i], &other->pairs[k]);
        common += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return (int)(2000 * common / (one->pair_count + other->pair_count));
}
