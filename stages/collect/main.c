/* collect: puts the tables of all gazettes of a batch together. In: the list of publish,
 * and the folders that it names. Out: DIR/all, which is exchanged whole. */
#include "collect.h"

#include "../lib/output.h"
#include "../lib/place.h"
#include "../lib/program.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] = "collect --out DIR LIST";

static const char help[] =
    "collect - puts the tables of all gazettes of a batch together\n"
    "\n"
    "usage: collect --out DIR LIST\n"
    "\n"
    "Reads the list that publish printed (LIST - is standard input). Writes DIR/all/: each\n"
    "table with the rows of all gazettes, in the order of the list; summary.csv, a row for\n"
    "each input; and datapackage.json, which describes them. Rows of inputs that failed are\n"
    "not in it, even if an earlier result of them is there. Where nothing has changed since\n"
    "it was written, nothing is written.\n"
    "\n"
    "      --out DIR  where the results are\n"
    "  -h, --help     this text\n"
    "  -V, --version  the version\n"
    "\n"
    "Exit status: 0 all is in its place; 1 it is not, or some tables could not be read;\n"
    "2 wrong use.\n"
    "\n"
    "Example: publish --out out | collect --out out -\n";

static const char package_file[] = "datapackage.json";

struct run {
    struct arena *arena;
    const char *out;
    struct tsv_row *results;
    size_t count;
    bool failed; /* some tables could not be read */
};

/* ---- whether there is something to do ---- */

/* When a file of a folder was written; false: it is not there. */
static bool written_at(const char *folder, const char *file, struct timespec *time)
{
    struct stat found;
    struct arena *arena = arena_new();
    bool there = stat(path_join(arena, folder, file), &found) == 0;
    arena_free(arena);
    if (there)
        *time = found.st_mtim;
    return there;
}

/* Whether the summary is what it would be now, so that the same inputs are in it. */
static bool has_summary(const struct run *run, const char *place)
{
    enum { LONGEST = 1 << 30 };
    char *now = NULL, *then;
    size_t now_size, then_size;
    struct arena *arena = arena_new();
    FILE *summary = open_memstream(&now, &now_size);
    bool same = false;
    if (summary) {
        summary_begin(summary);
        for (size_t i = 0; i < run->count; i++)
            summary_write(summary, run->results[i].fields);
        same = fclose(summary) == 0 &&
               !input_read(arena, path_join(arena, place, "summary.csv"), LONGEST, &then, &then_size) &&
               now_size == then_size && memcmp(now, then, now_size) == 0;
    }
    free(now);
    arena_free(arena);
    return same;
}

/* Whether all there is was written before DIR/all, for the same inputs. */
static bool is_fresh(const struct run *run, const char *place)
{
    struct timespec then, now;
    if (!written_at(place, package_file, &then))
        return false;
    for (size_t t = 0; t < TABLE_COUNT; t++)
        if (!place_is_taken(arena_printf(run->arena, "%s/%s.csv", place, tables[t].name)))
            return false;
    for (size_t i = 0; i < run->count; i++) {
        const char *const *result = run->results[i].fields;
        if (*result[RESULT_DOCUMENTS] &&
            (!written_at(result[RESULT_FOLDER], package_file, &now) || !time_is_later(&then, &now)))
            return false;
    }
    return has_summary(run, place);
}

/* ---- the tables ---- */

/* A folder whose tables cannot be read is named, and the others go on. */
static struct fault *write_table(struct run *run, const char *folder, size_t table)
{
    struct collection *collection;
    TRY(collection_open(run->arena, folder, &tables[table], &collection));
    for (size_t i = 0; i < run->count; i++) {
        const char *const *result = run->results[i].fields, *rows = result[RESULT_FIRST_TABLE + table];
        if (!*rows || strcmp(rows, "0") == 0) /* it failed, or was made up to a stage before emit, or has no row */
            continue;
        struct arena *arena = arena_new();
        struct fault *wrong = collection_add(collection, arena, result[RESULT_FOLDER]);
        program_report(wrong);
        run->failed |= wrong != NULL;
        arena_free(arena);
    }
    return collection_close(collection);
}

static struct fault *write_summary(const struct run *run, const char *folder)
{
    struct output *out;
    TRY(output_open(run->arena, path_join(run->arena, folder, "summary.csv"), &out));
    summary_begin(output_stream(out));
    for (size_t i = 0; i < run->count; i++)
        summary_write(output_stream(out), run->results[i].fields);
    return output_close(out);
}

static struct fault *write_package(const struct run *run, const char *folder)
{
    struct output *out;
    TRY(output_open(run->arena, path_join(run->arena, folder, package_file), &out));
    package_write(output_stream(out));
    return output_close(out);
}

static struct fault *collect(struct run *run)
{
    const char *place = path_join(run->arena, run->out, "all"), *work = path_join(run->arena, run->out, ".work");
    const char *folder = path_join(run->arena, work, "@all");
    if (is_fresh(run, place))
        return NULL;
    TRY(place_check(run->arena, place));
    TRY(folder_make(run->arena, work));
    TRY(tree_remove(run->arena, folder));
    TRY(folder_make(run->arena, folder));
    for (size_t t = 0; t < TABLE_COUNT; t++)
        TRY(write_table(run, folder, t));
    TRY(write_summary(run, folder));
    TRY(write_package(run, folder));
    TRY(place_take(run->arena, folder, place));
    (void)rmdir(work); /* stays while something is in it */
    return NULL;
}

static int collect_all(struct run *run, const char *list)
{
    struct fault *wrong = tsv_read(run->arena, list, RESULT_COLUMNS, &run->results, &run->count);
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    wrong = collect(run);
    program_report(wrong);
    return wrong || run->failed ? STAGE_FAILED : STAGE_OK;
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct run *run, int argc, char **argv)
{
    static const struct option options[] = {
        {"out",     required_argument, NULL, 'o'},
        {"help",    no_argument,       NULL, 'h'},
        {"version", no_argument,       NULL, 'V'},
        {NULL,      0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            run->out = optarg;
            break;
        default:
            return program_option(option, "collect", usage, help);
        }
    }
    if (!run->out)
        return program_misused("collect", usage, "no place for the results: name it with --out");
    return argc - optind == 1 ? -1 : program_misused("collect", usage, "name one list");
}

int main(int argc, char **argv)
{
    program_begin();
    struct run run = {.arena = arena_new()};
    int status = read_options(&run, argc, argv);
    if (status < 0)
        status = collect_all(&run, argv[optind]);
    arena_free(run.arena);
    return status;
}
