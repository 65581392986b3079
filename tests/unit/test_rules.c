/* rules: a wrong file is refused with its line and what is wrong; folders add,
 * replace and drop; of several rules the leftmost match wins, then the first. (Rows
 * stand as they are written: set in columns they would not fit a line.) */
#include "../../stages/lib/output.h"
#include "../../stages/lib/rules_yaml.h"
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* Two folders of rules, ours and a user's, made anew for each test. */
struct folders {
    struct arena *arena;
    const char *root;
    const char *paths[2];
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    char *root = arena_printf(arena, "/tmp/rules-XXXXXX");
    struct folders *folders = arena_alloc(arena, sizeof(*folders));
    *state = folders;
    *folders = (struct folders){.arena = arena, .root = root};
    if (!mkdtemp(root))
        return -1;
    folders->paths[0] = path_join(arena, root, "ours");
    folders->paths[1] = path_join(arena, root, "theirs");
    return folder_make(arena, folders->paths[0]) || folder_make(arena, folders->paths[1]) ? -1 : 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static int tear_down(void **state)
{
    struct folders *folders = *state;
    int status = nftw(folders->root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(folders->arena);
    return status;
}

static void write_file(const struct folders *folders, size_t folder, const char *name, const char *text, size_t length)
{
    FILE *file = fopen(path_join(folders->arena, folders->paths[folder], name), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void write_rules(const struct folders *folders, size_t folder, const char *name, const char *text)
{
    write_file(folders, folder, name, text, strlen(text));
}

static struct rules *load(const struct folders *folders, const char *const *files)
{
    struct rules *rules;
    struct fault *wrong = rules_load(folders->arena, folders->paths, 2, files, &rules);
    if (wrong)
        print_error("%s:%ld: %s\n", wrong->path, wrong->line, wrong->text);
    assert_null(wrong);
    return rules;
}

/* ---- wrong files ---- */

#define RULE "- id: a\n  in: [unit]\n  match: 'b'\n  fits: ['b']\n"
#define WITH(pattern) "- id: a\n  in: [unit]\n  match: '" pattern "'\n  fits: ['b']\n"

static const struct wrong_row {
    const char *name;
    long line;
    const char *says;
    const char *ours, *theirs; /* in the latter, if there is one, lies the fault */
} wrong_rows[] = {
  /* clang-format off */
    {"wrong: no YAML", 3, "wrong YAML", "- id: a\n  in: [unit\n", NULL},
    {"wrong: no UTF-8", 3, "no UTF-8", "- id: a\n  in: [unit]\n  match: '\xE5'\n", NULL},
    {"wrong: a control character", 2, "no UTF-8 text: control", "- id: a\n  in: [\x01]\n", NULL},
    {"wrong: no list", 1, "is a list", "id: a\n", NULL},
    {"wrong: a second document", 5, "second YAML document", RULE "---\n" RULE, NULL},
    {"wrong: an alias", 4, "an alias", "- id: a\n  in: &x [unit]\n  match: 'b'\n  fits: *x\n", NULL},
    {"wrong: no mapping", 5, "must be a mapping", RULE "- b\n", NULL},
    {"wrong: unknown key", 5, "unknown key 'fit'", RULE "  fit: ['b']\n", NULL},
    {"wrong: key twice", 5, "'match' stands twice", RULE "  match: 'c'\n", NULL},
    {"wrong: no id", 1, "without id", "- in: [unit]\n  match: 'b'\n  fits: ['b']\n", NULL},
    {"wrong: no in", 1, "no 'in'", "- id: a\n  match: 'b'\n  fits: ['b']\n", NULL},
    {"wrong: no match", 1, "no 'match'", "- id: a\n  in: [unit]\n  fits: ['b']\n", NULL},
    {"wrong: no fits", 1, "no 'fits'", "- id: a\n  in: [unit]\n  match: 'b'\n", NULL},
    {"wrong: empty fits", 4, "empty list", "- id: a\n  in: [unit]\n  match: 'b'\n  fits: []\n", NULL},
    {"wrong: an empty example", 5, "empty", "- id: a\n  in: [unit]\n  match: 'b'\n  fits:\n  - ''\n", NULL},
    {"wrong: an example that is no text", 4, "must be a text", "- id: a\n  in: [unit]\n  match: 'b'\n  fits: [b: c]\n",
     NULL},
    {"wrong: a NUL", 3, "NUL", "- id: a\n  in: [unit]\n  match: \"b\\0\"\n  fits: ['b']\n", NULL},
    {"wrong: id with a comma", 1, "Latin letters", "- id: a,b\n  in: [unit]\n  match: 'b'\n  fits: ['b']\n", NULL},
    {"wrong: in is no list", 2, "must be a list", "- id: a\n  in: unit\n  match: 'b'\n  fits: ['b']\n", NULL},
    {"wrong: a context twice", 2, "'unit' stands twice", "- id: a\n  in: [unit, unit]\n  match: 'b'\n  fits: ['b']\n", NULL},
    {"wrong: unknown context", 4, "unknown context 'units'",
     "- id: a\n  in:\n  - unit\n  - units\n  match: 'b'\n  fits: ['b']\n", NULL},
    {"wrong: unknown meaning", 6, "knows 'bound'", RULE "  means:\n    bound: about\n", NULL},
    {"wrong: meaning twice", 5, "twice",
     "- id: a\n  in: [bound]\n  match: 'b'\n  fits: ['b']\n  means: {bound: x, bound: y}\n", NULL},
    {"wrong: means is no mapping", 5, "must be a mapping", RULE "  means: [bound]\n", NULL},
    {"wrong: id twice", 6, "id 'a' stands in this folder already", RULE "\n" RULE, NULL},
    {"wrong: a pattern over two lines", 3, "goes over lines",
     "- id: a\n  in: [unit]\n  match: \"b\\nc\"\n  fits: ['b']\n", NULL},
    {"wrong: a pattern that is too large in a set", 3, "too large: make several rules", WITH("(aaaaa){4095}"), NULL},
    {"wrong: a pattern that PCRE2 refuses", 3, "PCRE2 refuses the pattern", WITH("b(c"), NULL},
    {"wrong: a pattern that matches nothing", 3, "one character at least", WITH("b*"), NULL},
    {"wrong: a pattern that only looks ahead", 3, "one character at least", WITH("(?=b)"), NULL},
    {"wrong: a bracket that reaches out", 3, "a ) without its (", WITH("b)|(c"), NULL},
    {"wrong: a quotation that reaches out", 3, "\\Q without \\E", WITH("b\\Qc"), NULL},
    {"wrong: a comment that reaches out", 3, "(?x)", WITH("(?x)b # c"), NULL},
    {"wrong: a comment in brackets", 3, "a comment", WITH("b(?#c)"), NULL},
    {"wrong: a reference by number", 3, "by number", WITH("(?<x>b)\\1"), NULL},
    {"wrong: a relative reference", 3, "by number", WITH("(?<x>b)\\g{-1}"), NULL},
    {"wrong: a condition on a number", 3, "a group's number", WITH("(?<x>b)(?(1)c|d)"), NULL},
    {"wrong: a recursion", 3, "within itself", WITH("b(?R)?"), NULL},
    {"wrong: a subroutine", 3, "within itself", WITH("(?<x>b)(?&x)"), NULL},
    {"wrong: a verb", 3, "a verb", WITH("b(*COMMIT)"), NULL},
    {"wrong: a mark", 3, "a verb", WITH("b(*:1)"), NULL},
    {"wrong: \\K", 3, "\\K", WITH("b\\Kc"), NULL},
    {"wrong: \\C", 3, "PCRE2 refuses", WITH("\\Cb"), NULL},
    {"wrong: drop says no", 2, "only 'true'", RULE, "- id: a\n  drop: no\n"},
    {"wrong: drop beside a pattern", 3, "take 'match' away", RULE, "- id: a\n  drop: true\n  match: 'b'\n"},
    {"wrong: drop of nothing", 1, "could be dropped", RULE, "- id: b\n  drop: true\n"},
    {"wrong: drop and rule in one folder", 3, "stands in this folder already", RULE, "- id: a\n  drop: true\n" RULE},
  /* clang-format on */
};
static void is_refused(void **state)
{
    const struct wrong_row *row = *state;
    struct folders *folders;
    assert_int_equal(set_up((void **)&folders), 0);
    write_rules(folders, 0, "a.yaml", row->ours);
    if (row->theirs)
        write_rules(folders, 1, "a.yaml", row->theirs);
    struct rules *rules;
    struct fault *wrong = rules_load(folders->arena, folders->paths, 2, NULL, &rules);
    assert_non_null(wrong);
    assert_null(rules);
    assert_string_equal(wrong->path, path_join(folders->arena, folders->paths[row->theirs != NULL], "a.yaml"));
    if (wrong->line != row->line || !strstr(wrong->text, row->says))
        fail_msg("line %ld: %s", wrong->line, wrong->text);
    assert_int_equal(tear_down((void **)&folders), 0);
}

/* Names of groups are the only references; those of other kinds that look alike are fine. */
static const struct fine_row {
    const char *name, *rules;
} fine_rows[] = {
  /* clang-format off */
    {"fine: a named reference", WITH("(?<x>b)\\k<x>")},
    {"fine: a class with brackets", WITH("[](]b")},
    {"fine: a class with a named class", WITH("[[:alpha:])]b")},
    {"fine: an escaped bracket", WITH("\\)b")},
    {"fine: a quotation", WITH("\\Q)\\Eb")},
    {"fine: look around", WITH("(?<=a)b(?!c)")},
    {"fine: options", WITH("(?i)b")},
    {"fine: an empty file", ""},
    {"fine: comments only", "# nothing yet\n"},
    {"fine: a byte order mark", "\xEF\xBB\xBF" RULE},
  /* clang-format on */
};

static void is_fine(void **state)
{
    const struct fine_row *row = *state;
    struct folders *folders;
    assert_int_equal(set_up((void **)&folders), 0);
    write_rules(folders, 0, "a.yaml", row->rules);
    struct match match;
    rule_find(rules_in(load(folders, NULL), "unit"), "b", 1, 0, &match);
    assert_int_equal(tear_down((void **)&folders), 0);
}

static void large_file_is_refused(void **state)
{
    struct folders *folders = *state;
    size_t length = (1 << 20) + 1;
    char *text = arena_alloc(folders->arena, length);
    memset(text, '#', length);
    write_file(folders, 0, "a.yaml", text, length);
    struct rules *rules;
    assert_non_null(rules_load(folders->arena, folders->paths, 2, NULL, &rules));
}

/* libyaml would take hours over half a million brackets. */
static void deep_file_is_refused(void **state)
{
    struct folders *folders = *state;
    size_t length = 1 << 19;
    char *text = arena_alloc(folders->arena, length);
    memset(text, '[', length);
    write_file(folders, 0, "a.yaml", text, length);
    struct rules *rules;
    assert_non_null(rules_load(folders->arena, folders->paths, 2, NULL, &rules));
}

static void missing_folder_is_refused(void **state)
{
    struct folders *folders = *state;
    folders->paths[1] = path_join(folders->arena, folders->paths[1], "not-there");
    struct rules *rules;
    struct fault *wrong = rules_load(folders->arena, folders->paths, 2, NULL, &rules);
    assert_non_null(wrong);
    assert_string_equal(wrong->path, folders->paths[1]);
    folders->paths[1] = NULL;
}

/* ---- folders and files ---- */

static void expect_ids(const struct rules *rules, const char *ids)
{
    char found[200] = "", *end = found;
    for (size_t i = 0; i < rules_count(rules); i++)
        end += snprintf(end, sizeof(found) - (size_t)(end - found), "%s ", rules_at(rules, i)->id);
    assert_string_equal(found, ids);
}

static const char three_rules[] =
    "- {id: one, in: [unit], match: 'a', fits: ['a']}\n"
    "- {id: two, in: [unit], match: 'b', fits: ['b']}\n"
    "- {id: three, in: [unit], match: 'c', fits: ['c']}\n";

static void files_stand_in_order(void **state)
{
    struct folders *folders = *state;
    write_rules(folders, 0, "b.yaml", three_rules);
    write_rules(folders, 0, "a.yaml", "- {id: zero, in: [unit], match: 'a', fits: ['a']}\n");
    write_rules(folders, 0, "Z.yaml", "- {id: first, in: [unit], match: 'a', fits: ['a']}\n");
    write_rules(folders, 0, ".hidden.yaml", "no rules");
    write_rules(folders, 0, "README.md", "no rules");
    expect_ids(load(folders, NULL), "first zero one two three ");
}

static void later_folder_replaces_and_drops(void **state)
{
    struct folders *folders = *state;
    write_rules(folders, 0, "a.yaml", three_rules);
    write_rules(folders, 1, "a.yaml",
                "- {id: four, in: [unit], match: 'd', fits: ['d']}\n"
                "- {id: one, in: [money], match: 'e', fits: ['e']}\n"
                "- {id: two, drop: true}\n");
    struct rules *rules = load(folders, NULL);
    expect_ids(rules, "one three four "); /* a replaced rule keeps its place */
    struct match match;
    assert_false(rule_find(rules_in(rules, "unit"), "a", 1, 0, &match));
    assert_false(rule_find(rules_in(rules, "unit"), "b", 1, 0, &match));
    assert_true(rule_find(rules_in(rules, "money"), "e", 1, 0, &match));
    assert_string_equal(match.rule->id, "one");
}

static void files_are_chosen(void **state)
{
    struct folders *folders = *state;
    static const char *const files[] = {"budget.yaml", NULL};
    write_rules(folders, 0, "budget.yaml", "- {id: budget, in: [unit], match: 'a', fits: ['a']}\n");
    write_rules(folders, 0, "projects.yaml", "- {id: projects, in: [unit], match: 'b', fits: ['b']}\n");
    write_rules(folders, 1, "city.yaml", "- {id: city, in: [unit], match: 'c', fits: ['c']}\n");
    expect_ids(load(folders, files), "budget city ");
    expect_ids(load(folders, NULL), "budget projects city ");
}

/* A user's file is read by all stages, what it drops by some: no fault. */
static void drop_reaches_other_files(void **state)
{
    struct folders *folders = *state;
    static const char *const files[] = {"budget.yaml", NULL};
    write_rules(folders, 0, "budget.yaml", "- {id: budget, in: [unit], match: 'a', fits: ['a']}\n");
    write_rules(folders, 0, "projects.yaml", "- {id: projects, in: [unit], match: 'b', fits: ['b']}\n");
    write_rules(folders, 1, "city.yaml", "- {id: projects, drop: true}\n");
    expect_ids(load(folders, files), "budget ");
    write_rules(folders, 1, "city.yaml", "- {id: project, drop: true}\n");
    struct rules *rules;
    assert_non_null(rules_load(folders->arena, folders->paths, 2, files, &rules));
}

static void digest_follows_rules(void **state)
{
    struct folders *folders = *state;
    write_rules(folders, 0, "a.yaml", three_rules);
    const char *before = rules_digest(load(folders, NULL));
    assert_int_equal(strlen(before), 16);
    write_rules(folders, 1, "a.yaml", "# a comment changes nothing\n");
    assert_string_equal(rules_digest(load(folders, NULL)), before);
    write_rules(folders, 1, "a.yaml", "- {id: two, in: [unit], match: 'bc', fits: ['bc']}\n");
    assert_string_not_equal(rules_digest(load(folders, NULL)), before);
}

/* ---- matching ---- */

static const char match_rules[] =
    "- id: figure\n"
    "  in: [unit]\n"
    "  match: '(?<value>\\d+(\\.\\d+)?)(?<unit>亿元|%)以上'\n"
    "  fits: ['5%以上']\n"
    "- id: exact\n"
    "  in: [unit]\n"
    "  match: '(?<value>\\d+)(?<unit>%)'\n"
    "  fits: ['5%']\n"
    "- id: behind\n"
    "  in: [unit]\n"
    "  match: '(?<=约)(?<name>\\d)'\n"
    "  fits: ['约5']\n";

static const struct match_row {
    const char *name;
    enum { FIND, AT, WHOLE } way;
    const char *text;
    size_t from;
    const char *id, *matched, *value; /* id NULL: no match */
} match_rows[] = {
  /* clang-format off */
    {"match: the leftmost wins", FIND, "增长5%，6%以上", 0, "exact", "5%", "5"},
    {"match: at one place the first wins", FIND, "增长5%以上", 0, "figure", "5%以上", "5"},
    {"match: from a place on", FIND, "增长5%，6%以上", 8, "figure", "6%以上", "6"},
    {"match: from the end on", FIND, "5%", 2, NULL, NULL, NULL},
    {"match: from behind the end", FIND, "5%", 3, NULL, NULL, NULL},
    {"match: nothing there", FIND, "增长", 0, NULL, NULL, NULL},
    {"match: no text", FIND, "", 0, NULL, NULL, NULL},
    {"match: looks behind the beginning", FIND, "约7", 3, "behind", "7", NULL},
    {"match: right there", AT, "增长5%", 6, "exact", "5%", "5"},
    {"match: not right there", AT, "增长5%", 0, NULL, NULL, NULL},
    {"match: the whole", WHOLE, "5%", 0, "exact", "5%", "5"},
    {"match: the whole, by the second", WHOLE, "2.5%以上", 0, "figure", "2.5%以上", "2.5"},
    {"match: not the whole", WHOLE, "5%左右", 0, NULL, NULL, NULL},
  /* clang-format on */
};

static void matches(void **state)
{
    const struct match_row *row = *state;
    struct folders *folders;
    assert_int_equal(set_up((void **)&folders), 0);
    write_rules(folders, 0, "a.yaml", match_rules);
    const struct rule_set *set = rules_in(load(folders, NULL), "unit");
    size_t length = strlen(row->text), from = 0, to = 0;
    struct match match;
    bool found = row->way == FIND ? rule_find(set, row->text, length, row->from, &match)
                 : row->way == AT ? rule_at(set, row->text, length, row->from, &match)
                                  : rule_whole(set, row->text, length, &match);
    assert_int_equal(found, row->id != NULL);
    if (found) {
        assert_string_equal(match.rule->id, row->id);
        assert_int_equal(match.to - match.from, strlen(row->matched));
        assert_memory_equal(row->text + match.from, row->matched, strlen(row->matched));
        assert_int_equal(match_group(&match, "value", &from, &to), row->value != NULL);
        if (row->value) {
            assert_int_equal(to - from, strlen(row->value));
            assert_memory_equal(row->text + from, row->value, strlen(row->value));
        }
        assert_false(match_group(&match, "nobody", &from, &to));
    }
    assert_int_equal(tear_down((void **)&folders), 0);
}

static void context_without_rules_matches_nothing(void **state)
{
    struct match match;
    assert_false(rule_find(rules_in(load(*state, NULL), "title"), "a", 1, 0, &match));
}

/* One that would take years is given up, named and kept, and found nothing. */
static void endless_search_ends(void **state)
{
    struct folders *folders = *state;
    write_rules(folders, 0, "a.yaml", WITH("(?:b+)+[cd]"));
    struct rules *rules = load(folders, NULL);
    const struct rule_set *set = rules_in(rules, "unit");
    char text[4000];
    memset(text, 'b', sizeof(text));
    struct match match;
    assert_false(rule_find(set, text, sizeof(text), 0, &match));
    assert_false(rule_find(set, text, sizeof(text), 0, &match));
    assert_int_equal(rules_given_up(rules)->count, 1);
    assert_memory_equal(rules_given_up(rules)->list[0].text, text, rules_given_up(rules)->list[0].length);
    rules_forget_given_up(rules);
    assert_int_equal(rules_given_up(rules)->count, 0);
    bool found;
    assert_non_null(
        rule_tries(folders->arena, rules_at(load(folders, NULL), 0), arena_copy(folders->arena, text, 4000), &found));
}

/* 32 KB of stack, which the JIT has by itself, fail here. */
static void long_paragraph_is_searched(void **state)
{
    struct folders *folders = *state;
    write_rules(folders, 0, "a.yaml", WITH("(?:一(?:二|三))+四"));
    const struct rule_set *set = rules_in(load(folders, NULL), "unit");
    const size_t repeats = 4000, size = repeats * 6 + 4;
    char *text = arena_alloc(folders->arena, size), *end = text;
    for (size_t i = 0; i < repeats; i++)
        end += snprintf(end, size - (size_t)(end - text), "一三");
    (void)snprintf(end, size - (size_t)(end - text), "四");
    struct match match;
    assert_true(rule_find(set, text, strlen(text), 0, &match));
    assert_int_equal(match.to, strlen(text));
}

/* PCRE2 compiles no pattern of over 64 KB: such a set becomes several parts. */
static void large_set_is_split(void **state)
{
    struct folders *folders = *state;
    char *text = arena_alloc(folders->arena, 1 << 20), *end = text;
    for (int i = 0; i < 40; i++)
        end += sprintf(end,
                       "- id: r%d\n  in: [unit]\n  match: '(?:a%dx[^，。；]{1,2}(?:一二三四五|六七八九十)){90}|b%dx'\n"
                       "  fits: ['b%dx']\n",
                       i, i, i, i);
    write_rules(folders, 0, "a.yaml", text);
    const struct rule_set *set = rules_in(load(folders, NULL), "unit");
    struct match match;
    assert_true(rule_find(set, "b39x b0x b7x", 12, 0, &match)); /* leftmost, though its part comes last */
    assert_string_equal(match.rule->id, "r39");
    assert_true(rule_find(set, "b39x b0x b7x", 12, 1, &match));
    assert_string_equal(match.rule->id, "r0");
    assert_true(rule_whole(set, "b20x", 4, &match));
    assert_string_equal(match.rule->id, "r20");
}

static void examples_are_tried_as_their_context_is(void **state)
{
    struct folders *folders = *state;
    write_rules(folders, 0, "a.yaml",
                "- {id: anywhere, in: [predicate], match: 'b', fits: ['b']}\n"
                "- {id: behind, in: [unit], match: 'b', fits: ['b']}\n"
                "- {id: whole, in: [concept], match: 'b', fits: ['b']}\n");
    struct rules *rules = load(folders, NULL);
    static const char *const texts[] = {"abc", "bc", "b"};
    for (size_t rule = 0; rule < 3; rule++)
        for (size_t text = 0; text < 3; text++) {
            bool found;
            assert_null(rule_tries(folders->arena, rules_at(rules, rule), texts[text], &found));
            assert_int_equal(found, text >= rule);
        }
}

/* rule_context searches the list. */
static void contexts_are_sorted(void **state)
{
    (void)state;
    for (const struct rule_context *context = rule_contexts; context[1].name; context++)
        assert_true(strcmp(context[0].name, context[1].name) < 0);
}

/* What a message promises: rules/README.md lists contexts and keys. */
static void readme_lists_contexts(void **state)
{
    struct folders *folders = *state;
    char *readme;
    size_t size;
    assert_null(input_read(folders->arena, "rules/README.md", 1 << 20, &readme, &size));
    for (const struct rule_context *context = rule_contexts; context->name; context++) {
        if (!strstr(readme, arena_printf(folders->arena, "`%s`", context->name)))
            fail_msg("context %s is missing", context->name);
        for (const char *const *key = context->keys; *key; key++)
            if (!strstr(readme, arena_printf(folders->arena, "`%s`", *key)))
                fail_msg("key %s is missing", *key);
    }
}

enum { MOST_TESTS = 100 };

struct tests {
    struct CMUnitTest all[MOST_TESTS];
    size_t count;
};

/* A test for each row; every row begins with its name. */
static void add_rows(struct tests *tests, CMUnitTestFunction check, const void *rows, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const char *row = (const char *)rows + i * size;
        const char *const *name = (const void *)row;
        assert_true(tests->count < MOST_TESTS);
        tests->all[tests->count++] = (struct CMUnitTest){*name, check, NULL, NULL, (void *)(uintptr_t)row};
    }
}

static void add_test(struct tests *tests, const char *name, CMUnitTestFunction test)
{
    tests->all[tests->count++] = (struct CMUnitTest){name, test, set_up, tear_down, NULL};
}

int main(void)
{
    static struct tests tests;
    add_rows(&tests, is_refused, wrong_rows, COUNT(wrong_rows), sizeof(wrong_rows[0]));
    add_rows(&tests, is_fine, fine_rows, COUNT(fine_rows), sizeof(fine_rows[0]));
    add_rows(&tests, matches, match_rows, COUNT(match_rows), sizeof(match_rows[0]));
    add_test(&tests, "large_file_is_refused", large_file_is_refused);
    add_test(&tests, "deep_file_is_refused", deep_file_is_refused);
    add_test(&tests, "missing_folder_is_refused", missing_folder_is_refused);
    add_test(&tests, "files_stand_in_order", files_stand_in_order);
    add_test(&tests, "later_folder_replaces_and_drops", later_folder_replaces_and_drops);
    add_test(&tests, "files_are_chosen", files_are_chosen);
    add_test(&tests, "drop_reaches_other_files", drop_reaches_other_files);
    add_test(&tests, "digest_follows_rules", digest_follows_rules);
    add_test(&tests, "context_without_rules_matches_nothing", context_without_rules_matches_nothing);
    add_test(&tests, "endless_search_ends", endless_search_ends);
    add_test(&tests, "long_paragraph_is_searched", long_paragraph_is_searched);
    add_test(&tests, "large_set_is_split", large_set_is_split);
    add_test(&tests, "examples_are_tried_as_their_context_is", examples_are_tried_as_their_context_is);
    add_test(&tests, "contexts_are_sorted", contexts_are_sorted);
    add_test(&tests, "readme_lists_contexts", readme_lists_contexts);
    return _cmocka_run_group_tests("rules", tests.all, tests.count, NULL, NULL);
}
