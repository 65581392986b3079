/* report: what a run has found and what it has passed over. In: the list of publish, and
 * the report.tsv that emit left in each folder. Out: some lines per gazette and a summary
 * on standard output, and the same as CSV. */
#include "../lib/csv.h"
#include "../lib/output.h"
#include "../lib/program.h"
#include "../lib/results.h"
#include "../lib/tsv.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "report [-q] [--csv FILE] LIST";

static const char help[] =
    "report - says what a run has found and what it has passed over\n"
    "\n"
    "usage: report [-q] [--csv FILE] LIST\n"
    "\n"
    "Reads the list that publish printed (LIST - is standard input), and of each folder in\n"
    "it the report.tsv that emit wrote. Prints for each new one the documents in the gazette\n"
    "by kind, the rows per table, the figures that stand in no row, and what should have\n"
    "given rows and gave none, with lines of decoded.txt; for several inputs a summary too.\n"
    "\n"
    "      --csv FILE  writes the same as CSV: gazette,what,kind,count,lines\n"
    "  -q, --quiet     prints nothing\n"
    "  -h, --help      this text\n"
    "  -V, --version   the version\n"
    "\n"
    "Exit status: 0 all is told; 1 a folder has no report, or FILE may not be written;\n"
    "2 wrong use.\n"
    "\n"
    "Example: report --csv report.csv folders.list\n";

enum { WHAT, KIND, COUNT_OF, LINES, COLUMN_COUNT };

/* Places that are named on the terminal; the CSV has all. */
enum { MOST_PLACES = 5 };

struct run {
    struct arena *arena;
    const char *csv; /* NULL: none is asked for */
    bool quiet, failed;
};

/* The lines of one report, or of all added up. */
struct report {
    struct tsv_row *rows;
    size_t count, capacity;
};

/* All inputs together. */
struct totals {
    struct report report;
    size_t inputs, same, empty, failed;
};

static size_t total_of(const struct report *report, const char *what, const char *kind)
{
    size_t total = 0;
    for (size_t i = 0; i < report->count; i++) {
        const char *const *fields = report->rows[i].fields;
        if (strcmp(fields[WHAT], what) == 0 && (!kind || strcmp(fields[KIND], kind) == 0))
            total += strtoul(fields[COUNT_OF], NULL, 10);
    }
    return total;
}

/* ---- the terminal ---- */

/* The first of the places in a list: 12, 40-44, 71, ... */
static void print_places(const char *lines)
{
    for (int places = 0; *lines; places++) {
        if (places == MOST_PLACES) {
            (void)fputs(", ...", stdout);
            return;
        }
        int length = (int)strcspn(lines, ";");
        printf("%s%.*s", places ? ", " : "", length, lines);
        lines += length + (lines[length] == ';');
    }
}

static void print_documents(const struct report *report)
{
    size_t total = total_of(report, "documents", NULL);
    printf("  %zu %s", total, total == 1 ? "document" : "documents");
    bool first = true;
    for (size_t i = 0; i < report->count; i++) {
        const char *const *fields = report->rows[i].fields;
        if (strcmp(fields[WHAT], "documents") != 0 || strcmp(fields[KIND], "other") == 0)
            continue;
        printf("%s%s %s", first ? ": " : ", ", fields[COUNT_OF], fields[KIND]);
        first = false;
    }
    putchar('\n');
}

static void print_rows(const struct report *report)
{
    size_t unread = total_of(report, "unread", NULL), unknown = total_of(report, "unread", "unknown");
    printf("  rows: %zu indicators, %zu budget, %zu projects; ", total_of(report, "rows", "indicators"),
           total_of(report, "rows", "budget"), total_of(report, "rows", "projects"));
    printf("in no row: %zu %s, %zu of them unknown\n", unread, unread == 1 ? "figure" : "figures", unknown);
}

/* with_lines: of one gazette, else of all. */
static void print_missed(const struct report *report, bool with_lines)
{
    static const struct {
        const char *kind, *one, *several;
    } names[] = {
        {"table",     "table",                   "tables"                  },
        {"targets",   "announcement of targets", "announcements of targets"},
        {"paragraph", "budget paragraph",        "budget paragraphs"       },
    };
    const char *between = "  gave no row: ";
    for (size_t n = 0; n < COUNT(names); n++) {
        size_t total = total_of(report, "missed", names[n].kind);
        if (total == 0)
            continue;
        printf("%s%zu %s", between, total, total == 1 ? names[n].one : names[n].several);
        between = "; ";
        for (size_t i = 0; with_lines && i < report->count; i++) {
            const char *const *fields = report->rows[i].fields;
            if (strcmp(fields[WHAT], "missed") != 0 || strcmp(fields[KIND], names[n].kind) != 0)
                continue;
            printf(" (line ");
            print_places(fields[LINES]);
            putchar(')');
        }
    }
    if (*between == ';')
        putchar('\n');
}

static void print_report(const char *folder, const struct report *report)
{
    tsv_write(stdout, &folder, 1);
    print_documents(report);
    print_rows(report);
    print_missed(report, true);
}

static void print_summary(const struct totals *totals)
{
    printf("all %zu", totals->inputs);
    if (totals->same > 0)
        printf(", %zu of them as they were", totals->same);
    if (totals->empty > 0)
        printf(", %zu empty", totals->empty);
    if (totals->failed > 0)
        printf(", %zu failed", totals->failed);
    putchar('\n');
    print_documents(&totals->report);
    print_rows(&totals->report);
    print_missed(&totals->report, false);
}

/* ---- the reports ---- */

static struct fault *read_report(struct arena *arena, const char *folder, struct report *report)
{
    const char *path = path_join(arena, folder, "report.tsv");
    TRY(tsv_read(arena, path, COLUMN_COUNT, &report->rows, &report->count));
    if (report->count == 0 || strcmp(report->rows[0].fields[WHAT], "what") != 0)
        return fault(arena, path, 1, "not the columns what, kind, count, lines: run emit again");
    report->rows++;
    report->count--;
    return NULL;
}

/* Adds a report to that of all: equal kinds become one line. */
static void add_report(struct arena *arena, struct report *all, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const char **fields = report->rows[i].fields;
        size_t total = total_of(all, fields[WHAT], fields[KIND]) + strtoul(fields[COUNT_OF], NULL, 10);
        size_t known = 0;
        while (known < all->count && (strcmp(all->rows[known].fields[WHAT], fields[WHAT]) != 0 ||
                                      strcmp(all->rows[known].fields[KIND], fields[KIND]) != 0))
            known++;
        if (known == all->count) {
            all->rows = arena_grow(arena, all->rows, all->count, &all->capacity, sizeof *all->rows);
            all->rows[all->count].fields = arena_alloc(arena, COLUMN_COUNT * sizeof *fields);
            for (size_t c = 0; c < COLUMN_COUNT; c++)
                all->rows[all->count].fields[c] = arena_copy(arena, fields[c], strlen(fields[c]));
            all->count++;
        }
        all->rows[known].fields[COUNT_OF] = arena_printf(arena, "%zu", total);
    }
}

static void write_csv(FILE *out, const char *folder, const struct report *report)
{
    const char *slash = strrchr(folder, '/');
    for (size_t i = 0; i < report->count; i++) {
        csv_write_cell(out, slash ? slash + 1 : folder);
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            putc_unlocked(',', out);
            csv_write_cell(out, report->rows[i].fields[c]);
        }
        putc_unlocked('\n', out);
    }
}

/* Tells of one folder, in memory of its own; totals live in that of the run. */
static void tell_one(struct run *run, const char *folder, bool shown, FILE *csv, struct totals *totals)
{
    struct arena *arena = arena_new();
    struct report report;
    struct fault *wrong = read_report(arena, folder, &report);
    program_report(wrong);
    run->failed |= wrong != NULL;
    if (!wrong) {
        if (shown && !run->quiet)
            print_report(folder, &report);
        add_report(run->arena, &totals->report, &report);
        if (csv)
            write_csv(csv, folder, &report);
    }
    arena_free(arena);
}

static void tell_all(struct run *run, const struct tsv_row *results, size_t count, FILE *csv)
{
    struct totals totals = {.inputs = count};
    if (csv)
        (void)fputs("gazette,what,kind,count,lines\n", csv);
    for (size_t i = 0; i < count; i++) {
        const char *const *result = results[i].fields;
        bool same = strcmp(result[RESULT_MAKING], RESULT_SAME) == 0;
        totals.failed += strcmp(result[RESULT_STATUS], RESULT_FAILED) == 0;
        totals.empty += strcmp(result[RESULT_STATUS], RESULT_EMPTY) == 0;
        totals.same += same;
        if (*result[RESULT_DOCUMENTS]) /* else it failed, or was made up to a stage before emit */
            tell_one(run, result[RESULT_FOLDER], !same || count == 1, csv, &totals);
    }
    if (count > 1 && !run->quiet)
        print_summary(&totals);
}

static struct fault *tell(struct run *run, const char *list)
{
    struct tsv_row *results;
    size_t count;
    struct output *out = NULL;
    TRY(tsv_read(run->arena, list, RESULT_COLUMNS, &results, &count));
    if (run->quiet && !run->csv) /* nothing is to be told */
        return NULL;
    if (run->csv)
        TRY(output_open(run->arena, run->csv, &out));
    tell_all(run, results, count, out ? output_stream(out) : NULL);
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
            run->csv = optarg;
            break;
        case 'q':
            run->quiet = true;
            break;
        default:
            return program_option(option, "report", usage, help);
        }
    }
    return argc - optind == 1 ? -1 : program_misused("report", usage, "name one list");
}

int main(int argc, char **argv)
{
    program_begin();
    struct run run = {.arena = arena_new()};
    int status = read_options(&run, argc, argv);
    if (status < 0) {
        struct fault *wrong = tell(&run, argv[optind]);
        program_report(wrong);
        status = program_print("");
        if (wrong || run.failed)
            status = STAGE_FAILED;
    }
    arena_free(run.arena);
    return status;
}
