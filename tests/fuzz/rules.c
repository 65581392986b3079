/* rules: any bytes as a file of rules. Rules that are loaded are compiled for every
 * way of searching, alone and with the others of their context, and search their
 * own examples. */
#include "../../stages/lib/rules.h"

#include "fuzz.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

/* A folder whose one file of rules is what fuzz_file holds. */
static const char *rules_folder(struct arena *arena, const uint8_t *bytes, size_t size)
{
    const char *file = fuzz_file(bytes, size), *folder = fuzz_folder();
    (void)symlink(file, arena_printf(arena, "%s/rules.yaml", folder)); /* it is there from the second time on */
    return folder;
}

static void search_text(const struct rule_set *set, const char *text)
{
    size_t length = strlen(text), from, to;
    struct match match;
    for (size_t at = 0; at < length && rule_find(set, text, length, at, &match); at = match.to) {
        assert(at <= match.from && match.from <= match.to && match.to <= length);
        if (match_group(&match, "value", &from, &to))
            assert(from <= to && to <= length);
        if (match.to == match.from)
            break;
    }
    (void)rule_at(set, text, length, 0, &match);
    (void)rule_whole(set, text, length, &match);
}

static void try_rule(struct arena *arena, const struct rules *rules, const struct rule *rule)
{
    for (const char *const *fits = rule->fits; *fits; fits++) {
        bool found;
        (void)rule_tries(arena, rule, *fits, &found);
        search_text(rule_alone(rules, rule), *fits);
        for (const char *const *context = rule->contexts; *context; context++)
            search_text(rules_in(rules, *context), *fits);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    const char *folder = rules_folder(arena, bytes, size);
    struct rules *rules;
    if (!rules_load(arena, &folder, 1, NULL, &rules)) {
        for (size_t i = 0; i < rules_count(rules); i++)
            try_rule(arena, rules, rules_at(rules, i));
        (void)rules_digest(rules);
    }
    arena_free(arena);
    return 0;
}
