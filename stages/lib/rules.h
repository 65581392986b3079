/* rules: what words mean, read from rules/x.yaml. C weighs readings; which words
 * say what stands in rules, each with examples of its own.
 *
 *   - id: target-at-least                 unique over all files of a folder
 *     in: [bound]                         contexts: where it belongs; see rules/README.md
 *     match: '(?<value>\d+)(?<unit>%)以上' PCRE2, on normal form, UTF mode, no newline inside
 *     means: {bound: at_least}            what a match says; keys per context
 *     fits: ['增长5%以上']                 texts that it must match (at least one)
 *     fits_not: ['5%左右']                 texts that it must not match (may be left out)
 *
 * A rule of a later folder replaces one of the same id, in its place in the order;
 * `drop: true` beside its id takes it away. Anything else in a file (an unknown key
 * or context, a doubled id in one folder, a pattern that PCRE2 refuses or that may
 * match nothing, a missing key) is a fault that names file and line. */
#ifndef GONGBAO_RULES_H
#define GONGBAO_RULES_H

#include "fault.h"
#include <stdbool.h>

struct rules;    /* all rules, compiled; opaque */
struct rule_set; /* the rules of one context, as one pattern; opaque */

struct rule {
    const char *id;
    const char *path; /* where it stands, for messages */
    long line;
    const char *pattern;
    const char *const *contexts;               /* NULL at the end */
    const struct rule_meaning *means;          /* name NULL at the end */
    const char *const *fits, *const *fits_not; /* NULL at the end */
};

struct rule_meaning {
    const char *name, *value;
};

/* Where a rule matched: offsets in bytes into the text that was searched. */
struct match {
    const struct rule *rule;
    size_t from, to;
    const struct rule_set *set; /* for match_group */
};

/* The folder of rules that belongs to the programs: `rules` beside a folder above the
 * program, as in build/bin/STAGE and rules; GONGBAO_RULES names another. */
const char *rules_default_folder(struct arena *arena);

/* The names of the rules files in a folder that a stage reads which names these files
 * (NULL-terminated; NULL: all), in the order of their bytes, NULL at the end. */
struct fault *rules_list(struct arena *arena, const char *folder, const char *const *files, const char ***names);

/* Reads folder after folder (files in the order of their names), of each only the
 * files named in files (NULL-terminated; NULL: all) and those that no stage
 * names. Everything lives as long as arena. The wrong file, line and reason are
 * in the fault. */
struct fault *rules_load(struct arena *arena, const char *const *folders, size_t folder_count, const char *const *files,
                         struct rules **rules);

/* The rules of a context, compiled at the first call. Never NULL: a context
 * without rules matches nothing. context must be one that rules.c lists. A
 * pattern that is fine alone but not in the set is a program error. */
const struct rule_set *rules_in(const struct rules *rules, const char *context);

/* All rules, in the order of folders, files and lines; for tests and reports. */
size_t rules_count(const struct rules *rules);
const struct rule *rules_at(const struct rules *rules, size_t index);

/* A set of one rule alone, in its first context, to see what it takes and costs. */
const struct rule_set *rule_alone(const struct rules *rules, const struct rule *rule);

/* Calls tell for each rule that has matched so far, with how often, context by context. */
void rules_tell_uses(const struct rules *rules,
                     void (*tell)(const char *context, const struct rule *rule, size_t uses));

/* A digest of all rules read, as hex: the `rules` version in datapackage.json. */
const char *rules_digest(const struct rules *rules);

/* A rule that met the match limit, or the end of the stack of the JIT, on a text. */
struct given_up {
    const struct rule *rule;
    char text[300]; /* its beginning; not ended by NUL */
    size_t length;
};

/* Those since the last call of rules_forget_given_up, the first ones of many. */
struct rules_given_up {
    struct given_up list[16];
    size_t count;
};

const struct rules_given_up *rules_given_up(const struct rules *rules);
void rules_forget_given_up(const struct rules *rules);

/* Finds the leftmost match in text[from, length); of several rules that match at
 * one place the one that stands first in the files wins. False: none. A rule that
 * meets the match limit is named once on standard error, is kept in rules_given_up,
 * and finds nothing there; the others are searched all the same. */
bool rule_find(const struct rule_set *set, const char *text, size_t length, size_t from, struct match *match);

/* As rule_find, but only a match that begins at from. */
bool rule_at(const struct rule_set *set, const char *text, size_t length, size_t from, struct match *match);

/* As rule_find over the whole text, and the match must be the whole text. */
bool rule_whole(const struct rule_set *set, const char *text, size_t length, struct match *match);

/* The bytes of a named group in the latest match of its set; false if it took no
 * part. Valid until the set is searched again. */
bool match_group(const struct match *match, const char *group, size_t *from, size_t *to);

/* What the rule says under name, or NULL. */
const char *rule_means(const struct rule *rule, const char *name);

/* Whether one rule alone matches a text in the way that its first context is
 * searched (rules/README.md: anywhere, from the beginning, the whole text); for
 * checking its examples. */
struct fault *rule_tries(struct arena *arena, const struct rule *rule, const char *text, bool *found);

#endif
