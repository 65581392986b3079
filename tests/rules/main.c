/* rulecheck: runs every rule against its own examples. In: folders of rules. Out:
 * which rule fails on which example, and which rule never gets its own example
 * because another one takes it. With --used: which rules the messages of stages run with -v do not name. */
#include "../../stages/lib/output.h"
#include "../../stages/lib/program.h"
#include "../../stages/lib/rules.h"
#include "../../stages/lib/text.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help[] =
    "usage: rulecheck [--rules DIR]...\n"
    "       rulecheck [--rules DIR]... --used FILE...\n"
    "       rulecheck [--rules DIR]... --cost FILE\n"
    "\n"
    "Runs every rule against its own examples: a text of fits must match, one of\n"
    "fits_not must not. Says besides which rule loses its own example to another\n"
    "one; that is no failure.\n"
    "\n"
    "  --rules DIR  a folder of rules, later ones replacing and dropping rules of\n"
    "               earlier ones; without this option: rules\n"
    "  --used       print the rules that no message in FILE... names: what stages say with -v\n"
    "  --cost       print what the dearest rules take over FILE, a decoded.txt, each alone\n"
    "  -h, --help   print this\n"
    "\n"
    "Exit status: 0 all as it should be, 1 a rule fails or a file cannot be read,\n"
    "2 wrong use or wrong rules.\n"
    "\n"
    "  rulecheck --rules rules --rules my-city\n";

enum { LARGEST_LOG = 256 << 20, MOST_FOLDERS = 16 };

struct tally {
    size_t passed, failed;
};

/* What the command line asks for. */
struct request {
    const char *folders[MOST_FOLDERS];
    size_t folder_count;
    bool used, cost;
};

/* ---- examples ---- */

static void say(const struct rule *rule, const char *what, const char *example)
{
    printf("%s:%ld: %s %s '%s'\n", rule->path, rule->line, rule->id, what, example);
}

static void try_examples(const struct rule *rule, const char *const *examples, bool fits, struct tally *tally)
{
    for (; *examples; examples++) {
        struct arena *arena = arena_new();
        bool found = false;
        struct fault *wrong = rule_tries(arena, rule, *examples, &found);
        if (wrong) {
            printf("%s:%ld: %s\n", wrong->path, wrong->line, wrong->text);
            tally->failed++;
        } else if (found != fits) {
            say(rule, fits ? "does not match its example" : "matches what it must not:", *examples);
            tally->failed++;
        } else {
            tally->passed++;
        }
        arena_free(arena);
    }
}

/* Whether the rule is found anywhere in the text when its whole set looks; if not,
 * *winner is the first one that is. */
static bool gets_its_text(const struct rule_set *set, const struct rule *rule, const char *text,
                          const struct rule **winner)
{
    struct match match;
    size_t length = strlen(text);
    if (rule_whole(set, text, length, &match) && match.rule == rule)
        return true;
    for (size_t from = 0; rule_find(set, text, length, from, &match); from = match.to) {
        if (match.rule == rule)
            return true;
        if (!*winner)
            *winner = match.rule;
    }
    return false;
}

/* Two rules that take one text: the later one never reads its own example. */
static void show_losses(const struct rules *rules, const struct rule *rule)
{
    for (const char *const *example = rule->fits; *example; example++) {
        for (const char *const *context = rule->contexts; *context; context++) {
            const struct rule *winner = NULL;
            if (!gets_its_text(rules_in(rules, *context), rule, *example, &winner) && winner)
                printf("%s:%ld: note: %s loses '%s' to %s in context %s\n", rule->path, rule->line, rule->id, *example,
                       winner->id, *context);
        }
    }
}

static int check_examples(const struct rules *rules)
{
    struct tally tally = {0};
    for (size_t i = 0; i < rules_count(rules); i++) {
        const struct rule *rule = rules_at(rules, i);
        try_examples(rule, rule->fits, true, &tally);
        try_examples(rule, rule->fits_not, false, &tally);
        show_losses(rules, rule);
    }
    printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
    return tally.failed ? STAGE_FAILED : STAGE_OK;
}

/* ---- use ---- */

static size_t find_rule(const struct rules *rules, const char *id, size_t length)
{
    size_t i = 0;
    while (i < rules_count(rules) &&
           (strlen(rules_at(rules, i)->id) != length || memcmp(rules_at(rules, i)->id, id, length) != 0))
        i++;
    return i;
}

/* Marks the rules that the messages of stages run with -v name: `rule ID matched`. */
static struct fault *mark_file(struct arena *arena, const struct rules *rules, const char *path, bool *used)
{
    static const char word[] = ": rule ";
    char *bytes;
    size_t size;
    TRY(input_read(arena, path, LARGEST_LOG, &bytes, &size));
    for (const char *at = strstr(bytes, word); at; at = strstr(at, word)) {
        at += sizeof word - 1;
        size_t rule = find_rule(rules, at, strcspn(at, " \n"));
        if (rule < rules_count(rules))
            used[rule] = true;
    }
    return NULL;
}

static struct fault *show_unused(struct arena *arena, const struct rules *rules, char **files)
{
    size_t unused = 0;
    bool *used = arena_alloc(arena, rules_count(rules) * sizeof(*used));
    for (; *files; files++)
        TRY(mark_file(arena, rules, *files, used));
    for (size_t i = 0; i < rules_count(rules); i++) {
        const struct rule *rule = rules_at(rules, i);
        if (used[i])
            continue;
        printf("%s:%ld: %s was never used\n", rule->path, rule->line, rule->id);
        unused++;
    }
    printf("%zu of %zu rules were never used\n", unused, rules_count(rules));
    return NULL;
}

/* ---- */

/* ---- cost ---- */

struct cost {
    const struct rule *rule;
    double milliseconds;
    size_t matches;
};

static int compare_costs(const void *a, const void *b)
{
    double x = ((const struct cost *)a)->milliseconds, y = ((const struct cost *)b)->milliseconds;
    return (x < y) - (x > y);
}

static double now(void)
{
    struct timespec time;
    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        return 0;
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* The lines of a text in normal form. */
static struct normal *read_lines(struct arena *arena, const char *bytes, size_t size, size_t *count)
{
    struct normal *lines = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t at = 0, length; at < size; at += length + 1) {
        const char *end = memchr(bytes + at, '\n', size - at);
        length = end ? (size_t)(end - bytes) - at : size - at;
        lines = arena_grow(arena, lines, *count, &capacity, sizeof *lines);
        lines[(*count)++] = text_normal_form(arena, bytes + at, length);
    }
    return lines;
}

static struct cost measure_rule(const struct rules *rules, const struct rule *rule, const struct normal *lines,
                                size_t count)
{
    const struct rule_set *set = rule_alone(rules, rule);
    struct cost cost = {.rule = rule};
    struct match match;
    (void)rule_find(set, " ", 1, 0, &match); /* compiles it */
    double begin = now();
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; rule_find(set, lines[i].text, lines[i].length, at, &match); at = match.to)
            cost.matches++;
    cost.milliseconds = now() - begin;
    return cost;
}

/* What each rule would cost if it were looked for in every line of a text. */
static struct fault *show_costs(struct arena *arena, const struct rules *rules, const char *path)
{
    enum { SHOWN = 15 };
    char *bytes;
    size_t size, line_count, count = rules_count(rules);
    TRY(input_read(arena, path, LARGEST_LOG, &bytes, &size));
    if (text_valid(bytes, size) < size)
        return fault(arena, path, 0, "bytes that are no UTF-8: give a decoded.txt");
    struct normal *lines = read_lines(arena, bytes, size, &line_count);
    struct cost *costs = arena_alloc(arena, count * sizeof *costs);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        costs[i] = measure_rule(rules, rules_at(rules, i), lines, line_count);
        sum += costs[i].milliseconds;
    }
    qsort(costs, count, sizeof *costs, compare_costs);
    for (size_t i = 0; i < count && i < SHOWN; i++)
        printf("    %8.2f ms %8zu matches  %s\n", costs[i].milliseconds, costs[i].matches, costs[i].rule->id);
    printf("    %8.2f ms for all %zu rules, one by one over the whole text\n", sum, count);
    return NULL;
}

static int misused(const char *wrong)
{
    return program_misused("rulecheck", "rulecheck [--rules DIR]... [--used FILE...]", wrong);
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"rules", required_argument, NULL, 'r'},
        {"used",  no_argument,       NULL, 'u'},
        {"cost",  no_argument,       NULL, 'c'},
        {"help",  no_argument,       NULL, 'h'},
        {NULL,    0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == 'h')
            return program_print(help);
        if (option == 'u')
            request->used = true;
        else if (option == 'c')
            request->cost = true;
        else if (option != 'r')
            return misused(NULL);
        else if (request->folder_count == MOST_FOLDERS)
            return misused("too many folders of rules");
        else
            request->folders[request->folder_count++] = optarg;
    }
    if (request->cost && optind + 1 != argc)
        return misused("--cost needs one text");
    if (!request->cost && request->used != (optind < argc))
        return misused(request->used ? "--used needs files of messages" : "files are read with --used only");
    if (request->folder_count == 0)
        request->folders[request->folder_count++] = "rules";
    return -1;
}

int main(int argc, char **argv)
{
    struct request request = {0};
    program_begin();
    int status = read_options(&request, argc, argv);
    if (status >= 0)
        return status;

    struct arena *arena = arena_new();
    struct rules *rules;
    struct fault *wrong = rules_load(arena, request.folders, request.folder_count, NULL, &rules);
    if (wrong) {
        status = STAGE_MISUSED;
    } else if (request.used) {
        wrong = show_unused(arena, rules, argv + optind);
        status = wrong ? STAGE_FAILED : STAGE_OK;
    } else if (request.cost) {
        wrong = show_costs(arena, rules, argv[optind]);
        status = wrong ? STAGE_FAILED : STAGE_OK;
    } else {
        status = check_examples(rules);
    }
    program_report(wrong);
    arena_free(arena);
    if (fflush(stdout) != 0)
        status = STAGE_FAILED;
    return status;
}
