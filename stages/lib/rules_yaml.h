/* rules_yaml: rules as they stand in one file. Private to rules.c. */
#ifndef GONGBAO_RULES_YAML_H
#define GONGBAO_RULES_YAML_H

#include "rules.h"

/* How much of a text a rule must match: any of it, its beginning, the whole. Also
 * an index: a set has compiled patterns for each way that it was searched. */
enum rule_way { WAY_FIND, WAY_AT, WAY_WHOLE, WAY_COUNT };

/* A context: how its examples are tried, as C searches it most, and what its rules
 * may say under means. */
struct rule_context {
    const char *name;
    enum rule_way way;
    const char *keys[6]; /* NULL at the end */
};

/* The contexts, name NULL at the end; in rules.c. */
extern const struct rule_context rule_contexts[];
const struct rule_context *rule_context(const char *name); /* NULL if there is none */

/* One entry of a file: a rule, or the word that drops one. */
struct rule_entry {
    struct rule rule;
    long pattern_line;
    bool drop; /* rule has an id and a place only */
};

struct rule_entries {
    struct rule_entry *entries;
    size_t count, capacity;
};

/* Reads one file and adds its entries. Everything but the patterns is checked. */
struct fault *rules_read_file(struct arena *arena, const char *path, struct rule_entries *entries);

#endif
