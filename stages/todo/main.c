/* todo: what a stage has to do now. In: the plan of a run, and the work folders as the
 * stages before have left them. Out: the list of a batch. An input that a stage before
 * has failed on is passed over, and so is what is made already. */
#include "../lib/flow.h"
#include "../lib/output.h"
#include "../lib/plan.h"
#include "../lib/program.h"
#include "../lib/tsv.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "todo [--share N] STAGE PLAN";

static const char help[] =
    "todo - prints what a stage has to do now\n"
    "\n"
    "usage: todo [--share N] STAGE PLAN\n"
    "\n"
    "Reads the plan that inputs has printed (PLAN - is standard input). Prints a list for\n"
    "STAGE --batch: the inputs of the plan that have something to do from this stage or an\n"
    "earlier one on, for which what STAGE reads is there, and what it writes is not.\n"
    "\n"
    "      --share N  only what the plan gives to this share\n"
    "  -h, --help     this text\n"
    "  -V, --version  the version\n"
    "\n"
    "Exit status: 0 all is listed; 2 wrong use, or a wrong plan.\n"
    "\n"
    "Example: todo --share 1 classify out/.work/@plan\n";

struct request {
    struct arena *arena;
    const char *share; /* NULL: all */
    size_t stage;
};

static const char *path_of(struct arena *arena, const char *folder, const char *file)
{
    return *file ? path_join(arena, folder, file) : folder;
}

/* Whether the files of a stage are there: the last one is, which is put in its place last. */
static bool is_made(struct arena *arena, const char *folder, size_t stage)
{
    return access(path_join(arena, folder, flow_last_file(stage)), F_OK) == 0;
}

static void list_row(const struct request *request, const char *const *row)
{
    struct arena *arena = arena_new();
    const struct flow_stage *stage = &flow[request->stage];
    const char *folder = row[PLAN_WORK];
    bool ready = request->stage == 0 || is_made(arena, folder, request->stage - 1);
    if (ready && !is_made(arena, folder, request->stage)) {
        const char *input = stage->input ? path_of(arena, folder, stage->input) : row[PLAN_INPUT];
        tsv_write(stdout, (const char *const[]){input, path_of(arena, folder, stage->output)}, 2);
    }
    arena_free(arena);
}

static int list_all(const struct request *request, const char *plan)
{
    struct tsv_row *rows;
    size_t count;
    struct fault *wrong = tsv_read(request->arena, plan, PLAN_COLUMNS, &rows, &count);
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    for (size_t i = 0; i < count; i++) {
        const char *const *row = rows[i].fields;
        if (flow_find(row[PLAN_FIRST]) <= request->stage &&
            (!request->share || strcmp(request->share, row[PLAN_SHARE]) == 0))
            list_row(request, row);
    }
    return program_print("");
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"share",   required_argument, NULL, 's'},
        {"help",    no_argument,       NULL, 'h'},
        {"version", no_argument,       NULL, 'V'},
        {NULL,      0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
        switch (option) {
        case 's':
            request->share = optarg;
            break;
        case 'h':
            return program_print(help);
        case 'V':
            return program_version("todo");
        default:
            return program_misused("todo", usage, NULL);
        }
    }
    if (argc - optind != 2)
        return program_misused("todo", usage, "name a stage and a plan");
    request->stage = flow_find(argv[optind]);
    return request->stage < FLOW_COUNT ? -1 : program_misused("todo", usage, "no stage is called so");
}

int main(int argc, char **argv)
{
    program_begin();
    struct request request = {.arena = arena_new()};
    int status = read_options(&request, argc, argv);
    if (status < 0)
        status = list_all(&request, argv[optind + 1]);
    arena_free(request.arena);
    return status;
}
