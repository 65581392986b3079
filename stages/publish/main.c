/* publish: the last step of a run: puts finished work folders in the place of the
 * earlier results, each with one exchange, so that out/ID is whole at any moment.
 * In: the plan, and the log of the stages. Out: a list of what has become of each input,
 * on standard output. What is not finished is named, and its earlier result stays. */
#include "publish.h"

#include "../lib/flow.h"
#include "../lib/log.h"
#include "../lib/output.h"
#include "../lib/place.h"
#include "../lib/plan.h"
#include "../lib/program.h"
#include "../lib/results.h"
#include "../lib/tsv.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "publish --out DIR [--to STAGE]";

static const char help[] =
    "publish - puts the results of a run in their place\n"
    "\n"
    "usage: publish --out DIR [--to STAGE]\n"
    "\n"
    "Reads the plan that inputs has left in DIR/.work, and beside it in @log what the\n"
    "stages said with --log. A work folder that has the files of the last stage is exchanged\n"
    "with DIR/ID, and the earlier result removed. The others are named with what was wrong,\n"
    "and DIR/ID stays as it is. Prints a line for each input, with a tab between: ID,\n"
    "FOLDER, STATUS (converted, empty, failed), BYTES, LINES, DOCUMENTS, the rows of each\n"
    "table, MESSAGE, and new or same. Then plan, lists and log are removed, and DIR/.work\n"
    "too where nothing else is in it.\n"
    "\n"
    "      --out DIR   where the results belong\n"
    "      --to STAGE  the last stage of the run (default: emit)\n"
    "  -h, --help      this text\n"
    "  -V, --version   the version\n"
    "\n"
    "Exit status: 0 all are in their place; 1 some are not, or no table has a row;\n"
    "2 wrong use.\n"
    "\n"
    "Example: publish --out out\n";

struct run {
    struct arena *arena;
    const char *out;
    const char *work;         /* where plan and log are */
    size_t to;                /* the last stage of the run */
    struct failure *failures; /* that the log tells of, in the order of their outputs */
    size_t failure_count;
    bool failed;
    bool has_rows; /* at least one table of one input has a row, or none was asked for */
};

/* ---- the log ---- */

static int by_output(const void *one, const void *other)
{
    return strcmp(((const struct failure *)one)->output, ((const struct failure *)other)->output);
}

static struct fault *read_log(struct run *run)
{
    struct tsv_row *rows;
    size_t count;
    const char *log = path_join(run->arena, run->work, PLAN_LOG);
    if (access(log, F_OK) != 0) /* nothing ran */
        return NULL;
    TRY(tsv_read(run->arena, log, LOG_COLUMNS, &rows, &count));
    run->failures = arena_alloc(run->arena, count * sizeof *run->failures);
    for (size_t i = 0; i < count; i++) {
        const char *const *fields = rows[i].fields;
        if (strcmp(fields[LOG_STATUS], LOG_FAILED) != 0)
            continue;
        struct fault *what = arena_alloc(run->arena, sizeof *what);
        *what = (struct fault){*fields[LOG_PATH] ? fields[LOG_PATH] : NULL, strtol(fields[LOG_LINE], NULL, 10),
                               fields[LOG_TEXT]};
        run->failures[run->failure_count++] = (struct failure){fields[LOG_OUTPUT], what};
    }
    qsort(run->failures, run->failure_count, sizeof *run->failures, by_output);
    return NULL;
}

/* The stages name a failed input by what they were to write: its work folder, or a file there. */
static struct fault *find_failure(const struct run *run, struct arena *arena, const char *const *row)
{
    for (size_t stage = 0; run->failure_count > 0 && stage < FLOW_COUNT; stage++) {
        const char *file = flow[stage].output;
        struct failure key = {.output = *file ? path_join(arena, row[PLAN_WORK], file) : row[PLAN_WORK]};
        struct failure *found = bsearch(&key, run->failures, run->failure_count, sizeof key, by_output);
        if (found)
            return found->what;
    }
    return fault(arena, row[PLAN_INPUT], 0, "a stage ended before it was done with it: run again");
}

/* ---- results ---- */

/* Puts the work folder in its place, if it is done. */
static struct fault *publish(const struct run *run, struct arena *arena, const char *const *row, const char *place)
{
    const char *work = row[PLAN_WORK];
    if (access(path_join(arena, work, flow_last_file(run->to)), F_OK) != 0)
        return find_failure(run, arena, row);
    TRY(place_check(arena, place));
    return place_take(arena, work, place);
}

/* Says what is wrong, and of which input if that does not say it, and what stands in the
 * place of its result. */
static void tell_failure(struct arena *arena, const char *const *row, const char *place, const struct fault *wrong)
{
    bool earlier = place_is_taken(place), named = wrong->path && strcmp(wrong->path, row[PLAN_INPUT]) == 0;
    program_report(wrong);
    if (earlier)
        program_say(row[PLAN_INPUT], 0, arena_printf(arena, "is not converted: %s is the earlier result", place));
    else if (!named)
        program_say(row[PLAN_INPUT], 0, "is not converted");
}

static void print_result(const struct result *result, const char *const *row, const char *place, const char *making)
{
    const char *fields[RESULT_COLUMNS];
    fields[RESULT_ID] = row[PLAN_ID];
    fields[RESULT_FOLDER] = place;
    fields[RESULT_STATUS] = result->status;
    fields[RESULT_BYTES] = row[PLAN_BYTES];
    fields[RESULT_LINES] = result->lines;
    fields[RESULT_DOCUMENTS] = result->documents;
    for (size_t t = 0; t < TABLE_COUNT; t++)
        fields[RESULT_FIRST_TABLE + t] = result->rows[t];
    fields[RESULT_MESSAGE] = result->message;
    fields[RESULT_MAKING] = making;
    tsv_write(stdout, fields, RESULT_COLUMNS);
}

/* What is the matter with one input of the plan. */
static void settle(struct run *run, struct arena *arena, const char *const *row)
{
    const char *place = path_join(arena, run->out, row[PLAN_ID]);
    bool busy = strcmp(row[PLAN_FIRST], PLAN_NONE) != 0;
    struct fault *wrong = NULL;
    struct result result;
    if (strcmp(row[PLAN_FIRST], PLAN_FAILED) == 0)
        wrong = fault(arena, row[PLAN_INPUT], 0, "%s", row[PLAN_WRONG]);
    else if (busy)
        wrong = publish(run, arena, row, place);
    if (!wrong)
        wrong = result_read(arena, place, &result);
    if (wrong) {
        result = result_of_failure(arena, wrong);
        tell_failure(arena, row, place, wrong);
        run->failed = true;
    } else if (strcmp(result.status, RESULT_EMPTY) == 0) {
        program_say(row[PLAN_INPUT], 0, arena_printf(arena, "empty: %s", result.message));
    } else {
        run->has_rows = true;
    }
    print_result(&result, row, place, busy ? RESULT_NEW : RESULT_SAME);
}

static int publish_all(struct run *run)
{
    struct tsv_row *rows;
    size_t count;
    run->work = path_join(run->arena, run->out, ".work");
    struct fault *wrong =
        tsv_read(run->arena, path_join(run->arena, run->work, PLAN_FILE), PLAN_COLUMNS, &rows, &count);
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    wrong = read_log(run);
    program_report(wrong);
    run->failed = wrong != NULL; /* of what is not made, the reason is not known */
    struct arena *own = arena_new();
    for (size_t i = 0; i < count; i++) {
        settle(run, own, rows[i].fields);
        arena_reset(own);
    }
    arena_free(own);
    if (!run->has_rows)
        program_say(NULL, 0, "no input gave a row");
    int status = program_print("");
    wrong = plan_clear(run->arena, run->work);
    program_report(wrong);
    (void)rmdir(run->work); /* stays while something is in it */
    return run->failed || !run->has_rows ? STAGE_FAILED : status;
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct run *run, int argc, char **argv)
{
    static const struct option options[] = {
        {"out",     required_argument, NULL, 'o'},
        {"to",      required_argument, NULL, 't'},
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
        case 't':
            if ((run->to = flow_option("publish", usage, optarg)) == FLOW_COUNT)
                return STAGE_MISUSED;
            break;
        default:
            return program_option(option, "publish", usage, help);
        }
    }
    if (!run->out)
        return program_misused("publish", usage, "no place for the results: name it with --out");
    return argc == optind ? -1 : program_misused("publish", usage, "it takes no operand");
}

int main(int argc, char **argv)
{
    program_begin();
    struct run run = {.arena = arena_new(), .to = FLOW_COUNT - 1};
    int status = read_options(&run, argc, argv);
    if (status < 0)
        status = publish_all(&run);
    arena_free(run.arena);
    return status;
}
