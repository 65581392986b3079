/* rulediff: what other rules do to the rows. In: the folders of two runs over the same
 * inputs, one with each set of rules. Out: the rows gained, lost and changed, with the
 * rules that made them, per gazette and in sum. */
#include "rulediff.h"

#include "../lib/output.h"
#include "../lib/program.h"

#include <dirent.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] = "rulediff [-q] [--csv FILE] OLD NEW";

static const char help[] =
    "rulediff - shows what other rules do to the rows\n"
    "\n"
    "usage: rulediff [-q] [--csv FILE] OLD NEW\n"
    "\n"
    "OLD and NEW are folders of runs over the same inputs. For each gazette in them it\n"
    "compares the facts of extracted.tsv and prints a line for each row that is not the\n"
    "same: + gained, - lost, ~ changed, with the columns that differ and, in brackets, the\n"
    "rules that read the row: of a changed one +ID and -ID where only the new or the old\n"
    "row was read by it.\n"
    "\n"
    "      --csv FILE  writes the same as CSV, a row for each cell that differs:\n"
    "                  gazette,table,change,name,column,old,new,line_from,line_to,rules\n"
    "  -q, --quiet     prints the sum alone\n"
    "  -h, --help      this text\n"
    "  -V, --version   the version\n"
    "\n"
    "Exit status: 0 all rows are the same; 1 some are not; 2 trouble.\n"
    "\n"
    "Example: rulediff before/ after/\n";

enum { NOTHING_DIFFERS = 0, SOMETHING_DIFFERS = 1, TROUBLE = 2 };

struct run {
    struct arena *arena;
    const char *old, *new, *csv_path;
    FILE *csv; /* NULL: none is asked for */
    bool quiet, trouble;
    size_t gazettes, changed_gazettes;
    size_t gained[FACT_TABLE_COUNT], lost[FACT_TABLE_COUNT], changed[FACT_TABLE_COUNT];
};

/* ---- one gazette ---- */

/* The records of a run, none where it has not come so far: that run has said why. */
static struct fault *read_run(struct arena *arena, const char *folder, const char *id, struct gazette *gazette)
{
    struct stat found;
    const char *path = arena_printf(arena, "%s/%s/extracted.tsv", folder, id);
    *gazette = (struct gazette){.arena = arena};
    return stat(path, &found) == 0 ? records_read(arena, path, FILE_EXTRACTED, gazette) : NULL;
}

/* Whether both runs have one and the same file: what rules do not touch is not made anew. */
static bool is_shared(const struct run *run, struct arena *arena, const char *id)
{
    struct stat old, new;
    return stat(arena_printf(arena, "%s/%s/extracted.tsv", run->old, id), &old) == 0 &&
           stat(arena_printf(arena, "%s/%s/extracted.tsv", run->new, id), &new) == 0 &&
           old.st_dev == new.st_dev &&old.st_ino == new.st_ino;
}

static void count_pair(struct run *run, size_t t, const struct pair *pair)
{
    size_t *counts = pair->old && pair->new ? run->changed : pair->new ? run->gained : run->lost;
    counts[t]++;
}

static void tell_table(struct run *run, struct arena *arena, const char *id, size_t t, const struct pairs *pairs,
                       bool first)
{
    if (first && !run->quiet)
        printf("%s\n", id);
    for (size_t i = 0; i < pairs->count; i++) {
        count_pair(run, t, &pairs->list[i]);
        if (!run->quiet)
            show_pair(stdout, arena, &tables[t], &pairs->list[i]);
        if (run->csv)
            csv_pair(run->csv, arena, id, &tables[t], &pairs->list[i]);
    }
}

static struct fault *compare_gazette(struct run *run, struct arena *arena, const char *id)
{
    struct gazette old, new;
    bool told = false;
    run->gazettes++;
    if (is_shared(run, arena, id))
        return NULL;
    TRY(read_run(arena, run->old, id, &old));
    TRY(read_run(arena, run->new, id, &new));
    for (size_t t = 0; t < FACT_TABLE_COUNT; t++) {
        struct pairs pairs = pairs_find(arena, &old, &new, &tables[t]);
        if (pairs.count == 0)
            continue;
        tell_table(run, arena, id, t, &pairs, !told);
        told = true;
    }
    run->changed_gazettes += told;
    return NULL;
}

/* ---- all gazettes ---- */

/* Ids, of which none begins with a point. */
static int is_id(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "all") != 0;
}

static int by_bytes(const struct dirent **one, const struct dirent **other)
{
    return strcmp((*one)->d_name, (*other)->d_name);
}

/* The names in a folder, NULL at the end; none, and a fault, if it cannot be read. */
static const char **list_folder(struct arena *arena, const char *folder, struct fault **wrong)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_id, by_bytes);
    if (count < 0) {
        *wrong = fault_errno(arena, folder, "cannot be read");
        count = 0;
    }
    const char **names = arena_alloc(arena, ((size_t)count + 1) * sizeof *names);
    for (int i = 0; i < count; i++) {
        names[i] = arena_copy(arena, entries[i]->d_name, strlen(entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    return names;
}

static void compare_one(struct run *run, const char *id)
{
    struct arena *arena = arena_new();
    struct fault *wrong = compare_gazette(run, arena, id);
    program_report(wrong);
    run->trouble |= wrong != NULL;
    arena_free(arena);
}

/* A gazette may be in one of the two only. */
static struct fault *compare_all(struct run *run)
{
    struct fault *wrong = NULL;
    const char **old = list_folder(run->arena, run->old, &wrong), **new = list_folder(run->arena, run->new, &wrong);
    if (wrong)
        return wrong;
    while (*old || *new) {
        int order = !*old ? 1 : !*new ? -1 : strcmp(*old, *new);
        compare_one(run, order > 0 ? *new : *old);
        old += order <= 0;
        new += order >= 0;
    }
    return NULL;
}

static void print_sum(const struct run *run)
{
    printf("%zu of %zu gazettes differ\n", run->changed_gazettes, run->gazettes);
    for (size_t t = 0; t < FACT_TABLE_COUNT; t++)
        printf("  %s: %zu gained, %zu lost, %zu changed\n", tables[t].name, run->gained[t], run->lost[t],
               run->changed[t]);
}

static struct fault *tell(struct run *run)
{
    struct output *out = NULL;
    if (run->csv_path) {
        TRY(output_open(run->arena, run->csv_path, &out));
        run->csv = output_stream(out);
        csv_begin(run->csv);
    }
    TRY(compare_all(run));
    if (run->gazettes == 0)
        return fault(run->arena, run->new, 0, "holds no run, and neither does %s: see what was wrong with the inputs",
                     run->old);
    print_sum(run);
    return out ? output_close(out) : NULL;
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct run *run, int argc, char **argv)
{
    static const struct option options[] = {
        {"csv",     required_argument, NULL, 'c'},
        {"quiet",   no_argument,       NULL, 'q'},
        {"help",    no_argument,       NULL, 'h'},
        {"version", no_argument,       NULL, 'V'},
        {NULL,      0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "qhV", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            run->csv_path = optarg;
            break;
        case 'q':
            run->quiet = true;
            break;
        default:
            return program_option(option, "rulediff", usage, help);
        }
    }
    if (argc - optind != 2)
        return program_misused("rulediff", usage, "name two folders");
    run->old = argv[optind];
    run->new = argv[optind + 1];
    return -1;
}

int main(int argc, char **argv)
{
    program_begin();
    struct run run = {.arena = arena_new(), .old = "", .new = ""};
    int status = read_options(&run, argc, argv);
    if (status < 0) {
        struct fault *wrong = tell(&run);
        program_report(wrong);
        status = run.changed_gazettes ? SOMETHING_DIFFERS : NOTHING_DIFFERS;
        if (program_print("") != STAGE_OK || wrong || run.trouble)
            status = TROUBLE;
    }
    arena_free(run.arena);
    return status;
}
