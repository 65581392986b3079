/* compare: what changed from one year to the next. In: two folders of runs, or two years
 * of them. Out: changes.csv, changes.xml, a tabular diff for each table, and a table on the
 * terminal. Things are put side by side by kind of place and measure (comparisons.c), made
 * pairs (pairs.c) with what the text says of them (statements.c), and looked at column by
 * column (outcomes.c). */
#include "compare.h"

#include "../lib/output.h"
#include "../lib/program.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "pipeline.sh diff [OPTION]... OLD NEW";

static const char help[] =
    "compare - says what changed from one year to the next\n"
    "\n"
    "usage: ./pipeline.sh diff [OPTION]... OLD NEW\n"
    "\n"
    "Compares two folders of runs (out/ID), or the rows of one year in them (out/ID@2024).\n"
    "Rows are compared with rows of the same measure, tables with tables and prose with\n"
    "prose; what one side lacks altogether is said once. Prints what was added, removed,\n"
    "renamed, replaced and changed, and writes beside the runs, into DIR/diff/OLD--NEW/:\n"
    "\n"
    "  changes.csv       a row per thing, and per column in which two things differ\n"
    "  changes.xml       the same with the sentences that say it; its schema is\n"
    "                    stages/compare/changes.rng\n"
    "  TABLE.diff.csv    the changes of a table as a tabular diff (@@, +++, ---, ->)\n"
    "\n"
    "      --out DIR         writes into this folder\n"
    "      --only CHANGE,... only these: added, removed, renamed, replaced, changed, same\n"
    "      --ignore-lines    leaves out on which lines the rows stand\n"
    "      --rules DIR       more rules: they add to ours, replace or drop them\n"
    "  -q, --quiet           prints nothing but errors\n"
    "  -h, --help            this text\n"
    "  -V, --version         the version\n"
    "\n"
    "Exit status: 0 nothing changed; 1 something did; 2 wrong use, wrong rules, or a file\n"
    "that cannot be read or written.\n"
    "\n"
    "Example: ./pipeline.sh diff --only added,removed out/suzhou-2025@2024 out/suzhou-2025@2025\n";

enum { NOTHING_CHANGED = 0, SOMETHING_CHANGED = 1, TROUBLE = 2 };

struct request {
    struct arena *arena;
    const char *out; /* NULL: beside the runs */
    const char **folders;
    size_t folder_count, folder_capacity;
    bool quiet;
    struct result result;
};

/* ---- what is said ---- */

static void say_lacking(const struct comparison *lacking, struct arena *arena, const struct side *old,
                        const struct side *new)
{
    bool is_old = lacking->old != NULL, is_project = tables[lacking->table].kind == RECORD_PROJECT;
    const char *year = is_old ? lacking->old_year : lacking->new_year;
    const char *place = is_project ? "" : lacking->in_table ? " in tables" : " in prose";
    program_say((is_old ? old : new)->name, 0,
                arena_printf(arena, "%s (%s)%s%s%s: %zu not compared, for %s has none of that kind",
                             tables[lacking->table].name, lacking->measure, place, *year ? " of " : "", year,
                             lacking->old_count + lacking->new_count, (is_old ? new : old)->name));
}

static void say_too_many(const struct comparison *comparison, struct arena *arena)
{
    program_say(NULL, 0,
                arena_printf(arena,
                             "%s (%s): too many names stand on one side only to weigh each against each: they are "
                             "told as added and removed",
                             tables[comparison->table].name, comparison->measure));
}

/* ---- what is compared ---- */

/* Two runs with rows of which none can be laid beside each other are trouble, not agreement. */
static struct fault *check_common(struct arena *arena, const struct comparisons *comparisons)
{
    if (comparisons->count == 0 && comparisons->lacking_count > 0)
        return fault(
            arena, NULL, 0,
            "nothing can be compared: the two have no rows of one measure (targets with targets, a budget with "
            "a budget) in the same kind of place: name other runs or years");
    return NULL;
}

static struct fault *compare_things(struct request *request, const struct rules *rules, const struct side *old,
                                    const struct side *new, struct comparisons *comparisons)
{
    struct arena *arena = request->arena;
    struct outcomes *outcomes = arena_alloc(arena, comparisons->count * sizeof(*outcomes));
    for (size_t c = 0; c < comparisons->count; c++) {
        const struct comparison *comparison = &comparisons->list[c];
        struct weights weights;
        TRY(weights_read(arena, rules, comparison->table, &weights));
        if (!pairs_find(arena, rules, &weights, comparison, old, new) && !request->quiet)
            say_too_many(comparison, arena);
        outcomes[c] = outcomes_make(arena, rules, comparison);
    }
    request->result.arena = arena;
    request->result.old = old;
    request->result.new = new;
    request->result.comparisons = comparisons;
    request->result.outcomes = outcomes;
    return NULL;
}

static bool has_changes(const struct result *result)
{
    for (size_t c = 0; c < result->comparisons->count; c++)
        for (size_t i = 0; i < result->outcomes[c].count; i++)
            if (result->outcomes[c].list[i].change != CHANGE_SAME && result_wants(result, &result->outcomes[c].list[i]))
                return true;
    return false;
}

/* ---- what is written ---- */

static struct fault *make_folder(const struct request *request, const char **folder)
{
    struct arena *arena = request->arena;
    const struct side *new = request->result.new;
    if (request->out) {
        *folder = request->out;
        return folder_make(arena, *folder);
    }
    if (strlen(request->result.old->name) + strlen(new->name) + 2 > NAME_MAX)
        return fault(arena, NULL, 0, "the two names together are too long for a folder: name another one with --out");
    const char *slash = strrchr(new->folder, '/');
    const char *parent = slash ? arena_copy(arena, new->folder, (size_t)(slash - new->folder) + 1) : "";
    TRY(folder_make(arena, arena_printf(arena, "%sdiff", parent)));
    *folder = arena_printf(arena, "%sdiff/%s--%s", parent, request->result.old->name, new->name);
    return folder_make(arena, *folder);
}

static struct fault *write_tabular(const struct request *request, const char *folder)
{
    struct arena *arena = request->arena;
    struct output *out;
    for (size_t t = 0; t < FACT_TABLE_COUNT; t++) {
        TRY(output_open(arena, path_join(arena, folder, arena_printf(arena, "%s.diff.csv", tables[t].name)), &out));
        tabular_write(output_stream(out), &request->result, t);
        TRY(output_close(out));
    }
    return NULL;
}

static struct fault *write_markup(const struct request *request, const char *folder)
{
    struct output *out;
    TRY(output_open(request->arena, path_join(request->arena, folder, "changes.xml"), &out));
    struct fault *wrong = markup_write(output_stream(out), &request->result);
    if (wrong) {
        output_discard(out);
        return wrong;
    }
    return output_close(out);
}

/* changes.csv comes last: where it is new, all is. */
static struct fault *write_files(const struct request *request)
{
    const char *folder = NULL;
    struct output *out;
    TRY(make_folder(request, &folder));
    TRY(write_tabular(request, folder));
    TRY(write_markup(request, folder));
    TRY(output_open(request->arena, path_join(request->arena, folder, "changes.csv"), &out));
    changes_write(output_stream(out), &request->result);
    return output_close(out);
}

static struct fault *compare(struct request *request, char **operands)
{
    static const char *const files[] = {"compare.yaml", NULL};
    struct arena *arena = request->arena;
    struct rules *rules;
    struct side *sides = arena_alloc(arena, 2 * sizeof(*sides));
    struct comparisons *comparisons = arena_alloc(arena, sizeof(*comparisons));
    TRY(rules_load(arena, request->folders, request->folder_count, files, &rules));
    for (size_t s = 0; s < 2; s++)
        TRY(side_read(arena, rules, operands[s], &sides[s]));
    *comparisons = comparisons_make(arena, &sides[0], &sides[1]);
    for (size_t i = 0; i < comparisons->lacking_count && !request->quiet; i++)
        say_lacking(&comparisons->lacking[i], arena, &sides[0], &sides[1]);
    TRY(check_common(arena, comparisons));
    TRY(compare_things(request, rules, &sides[0], &sides[1], comparisons));
    TRY(write_files(request));
    if (!request->quiet)
        screen_print(&request->result);
    return NULL;
}

/* ---- the command line ---- */

/* Reads the list of --only. Returns the word that is no change, or NULL. */
static const char *read_only(struct request *request, const char *list)
{
    bool *wanted = request->result.wanted;
    for (size_t c = 0; c < CHANGE_COUNT; c++)
        wanted[c] = false;
    while (true) {
        size_t length = strcspn(list, ","), c = 0;
        while (c < CHANGE_COUNT && (strlen(change_names[c]) != length || memcmp(change_names[c], list, length) != 0))
            c++;
        if (c == CHANGE_COUNT)
            return arena_copy(request->arena, list, length);
        wanted[c] = true;
        if (list[length] == '\0')
            return NULL;
        list += length + 1;
    }
}

static void add_folder(struct request *request, const char *folder)
{
    request->folders = arena_grow(request->arena, request->folders, request->folder_count, &request->folder_capacity,
                                  sizeof(*request->folders));
    request->folders[request->folder_count++] = folder;
}

static int read_option(struct request *request, int option)
{
    const char *unknown;
    switch (option) {
    case 'o':
        request->out = optarg;
        return -1;
    case 'n':
        unknown = read_only(request, optarg);
        return !unknown ? -1
                        : program_misused("compare", usage,
                                          arena_printf(request->arena,
                                                       "--only: '%s' is none of added, removed, renamed, replaced, "
                                                       "changed, same",
                                                       unknown));
    case 'i':
        request->result.without_lines = true;
        return -1;
    case 'r':
        add_folder(request, optarg);
        return -1;
    case 'q':
        request->quiet = true;
        return -1;
    default:
        return program_option(option, "compare", usage, help);
    }
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"out",          required_argument, NULL, 'o'},
        {"only",         required_argument, NULL, 'n'},
        {"ignore-lines", no_argument,       NULL, 'i'},
        {"rules",        required_argument, NULL, 'r'},
        {"quiet",        no_argument,       NULL, 'q'},
        {"help",         no_argument,       NULL, 'h'},
        {"version",      no_argument,       NULL, 'V'},
        {NULL,           0,                 NULL, 0  },
    };
    int option, status = -1;
    while (status < 0 && (option = getopt_long(argc, argv, "qhV", options, NULL)) != -1)
        status = read_option(request, option);
    if (status < 0 && argc - optind != 2)
        return program_misused("compare", usage, "name two folders of runs: OLD and NEW");
    return status;
}

int main(int argc, char **argv)
{
    program_begin();
    struct request request = {.arena = arena_new()};
    for (size_t c = 0; c < CHANGE_COUNT; c++)
        request.result.wanted[c] = true;
    add_folder(&request, rules_default_folder(request.arena));
    int status = read_options(&request, argc, argv);
    if (status < 0) {
        struct fault *wrong = compare(&request, argv + optind);
        program_report(wrong);
        bool lost = program_print("") != STAGE_OK;
        status = wrong || lost ? TROUBLE : has_changes(&request.result) ? SOMETHING_CHANGED : NOTHING_CHANGED;
    }
    arena_free(request.arena);
    return status;
}
