/* publish: the last step of a run: puts finished work folders in the place of the
 * earlier results, each with one exchange, so that out/ID is whole at any moment.
 * In: the work list. Out: the folders of the results, named on standard output.
 * What is not finished is named, and its earlier result stays. */
#include "../lib/output.h"
#include "../lib/program.h"
#include "../lib/records.h"
#include "../lib/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] = "publish --out DIR LIST";

static const char help[] =
    "publish - puts the results of a run in their place\n"
    "\n"
    "usage: publish --out DIR LIST\n"
    "\n"
    "Reads the work list that inputs printed (LIST - is standard input). A work folder\n"
    "that holds datapackage.json, which emit writes last, is exchanged with DIR/ID, and\n"
    "the earlier result removed. The others are named, and DIR/ID stays as it is.\n"
    "Prints the folders of the new results.\n"
    "\n"
    "      --out DIR  where the results belong\n"
    "  -h, --help     this text\n"
    "  -V, --version  the version\n"
    "\n"
    "Exit status: 0 all are in their place; 1 some are not, or no table has a row;\n"
    "2 wrong use.\n"
    "\n"
    "Example: publish --out out work.list\n";

enum { ID, INPUT, FOLDER, COLUMN_COUNT };

/* The file that emit writes last: with it a folder is a whole result. */
static const char last_file[] = "datapackage.json";

struct run {
    struct arena *arena;
    const char *out;
    bool failed;
    bool has_rows; /* at least one table of one input has a row */
};

static bool is_there(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

static bool is_result(struct arena *arena, const char *folder)
{
    return is_there(path_join(arena, folder, last_file));
}

/* Whether a CSV has more than its header. */
static bool has_rows(const char *path)
{
    FILE *csv = fopen(path, "re");
    if (!csv)
        return false;
    char *line = NULL;
    size_t size = 0;
    bool more = getline(&line, &size, csv) >= 0 && fgetc(csv) != EOF;
    free(line);
    (void)fclose(csv); /* only read */
    return more;
}

static bool tables_have_rows(struct arena *arena, const char *folder)
{
    for (size_t i = 0; i < FACT_TABLE_COUNT; i++) {
        if (has_rows(arena_printf(arena, "%s/%s.csv", folder, tables[i].name)))
            return true;
    }
    return false;
}

/* For a file system that cannot exchange two folders: two renames. A kill between
 * them leaves the earlier result beside the work folder; restore() finds it. */
static struct fault *replace_in_two_steps(struct arena *arena, const char *folder, const char *place, const char *aside)
{
    if (rename(place, aside) != 0)
        return fault_errno(arena, place, "cannot be replaced");
    if (rename(folder, place) == 0)
        return rename(aside, folder) == 0 ? NULL : fault_errno(arena, aside, "cannot be moved");
    struct fault *wrong = fault_errno(arena, place, "cannot be replaced");
    (void)rename(aside, place); /* back; if that fails too, the next run does it */
    return wrong;
}

/* After this folder holds the earlier result, if there was one. */
static struct fault *exchange(struct arena *arena, const char *folder, const char *place, const char *aside)
{
    if (!is_there(place))
        return rename(folder, place) == 0 ? NULL : fault_errno(arena, place, "cannot be made");
    if (renameat2(AT_FDCWD, folder, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
        return NULL;
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
        return replace_in_two_steps(arena, folder, place, aside);
    return fault_errno(arena, place, "cannot be replaced");
}

static struct fault *restore(struct arena *arena, const char *place, const char *aside)
{
    if (is_there(aside) && !is_there(place) && rename(aside, place) != 0)
        return fault_errno(arena, place, "cannot be restored");
    return tree_remove(arena, aside);
}

/* Somebody's own folder must not be lost because an input is called like it. */
static struct fault *check_place(struct arena *arena, const char *place)
{
    struct stat found;
    if (lstat(place, &found) != 0 || (S_ISDIR(found.st_mode) && (is_result(arena, place) || rmdir(place) == 0)))
        return NULL;
    return fault(arena, place, 0, "is not the result of an earlier run: move it away, or use another --out");
}

static struct fault *publish(struct run *run, const char *const *row)
{
    struct arena *arena = run->arena;
    const char *folder = row[FOLDER], *place = path_join(arena, run->out, row[ID]);
    const char *aside = arena_printf(arena, "%s@old", folder);
    TRY(restore(arena, place, aside));
    if (!is_result(arena, folder))
        return fault(arena, row[INPUT], 0, "is not converted, see above; %s is %s", place,
                     is_there(place) ? "the earlier result" : "not made");
    TRY(check_place(arena, place));
    /* The stamp goes first: it must not vouch for the earlier result, which will
     * stand in the work folder until it is removed. */
    TRY(tree_remove(arena, arena_printf(arena, "%s@stamp", folder)));
    bool rows = tables_have_rows(arena, folder);
    TRY(exchange(arena, folder, place, aside));
    TRY(tree_remove(arena, folder));
    if (!rows)
        program_say(row[INPUT], 0,
                    "empty: no plan table, no announcement of targets, no budget statement and no project was "
                    "recognised in it");
    run->has_rows |= rows;
    tsv_write(stdout, &place, 1);
    return NULL;
}

static int publish_all(struct run *run, const char *list)
{
    struct tsv_row *rows;
    size_t count;
    struct fault *wrong = tsv_read(run->arena, list, COLUMN_COUNT, &rows, &count);
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    for (size_t i = 0; i < count; i++) {
        wrong = publish(run, rows[i].fields);
        program_report(wrong);
        run->failed |= wrong != NULL;
    }
    (void)rmdir(path_join(run->arena, run->out, ".work")); /* stays while something is in it */
    if (!run->has_rows)
        program_say(NULL, 0, "no input gave a row");
    int status = program_print("");
    return run->failed || !run->has_rows ? STAGE_FAILED : status;
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
        case 'h':
            return program_print(help);
        case 'V':
            return program_version("publish");
        default:
            return program_misused("publish", usage, NULL);
        }
    }
    if (!run->out)
        return program_misused("publish", usage, "no place for the results: name it with --out");
    return argc - optind == 1 ? -1 : program_misused("publish", usage, "name one work list");
}

int main(int argc, char **argv)
{
    program_begin();
    struct run run = {.arena = arena_new()};
    int status = read_options(&run, argc, argv);
    if (status < 0)
        status = publish_all(&run, argv[optind]);
    arena_free(run.arena);
    return status;
}
