/* inputs: from the command line of pipeline.sh to its plan: the inputs, and what each
 * stage has to do for them. In: files and folders, and what earlier runs have left.
 * Out: in DIR/.work the plan, lists for the stages, and a folder per input. */
#include "inputs.h"

#include "../lib/output.h"
#include "../lib/program.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char usage[] = "inputs --out DIR --programs DIR [OPTION]... FILE|FOLDER...";

static const char help[] =
    "inputs - makes the plan of a run\n"
    "\n"
    "usage: inputs --out DIR --programs DIR [OPTION]... FILE|FOLDER...\n"
    "\n"
    "Writes DIR/.work/@plan, a line for each input: ID, INPUT, WORK FOLDER, FIRST, SHARE,\n"
    "BYTES, WRONG, with a tab between, and tab, newline, carriage return, backslash as\n"
    "\\t \\n \\r \\\\; and DIR/.work/@SHARE-STAGE, lists for the --batch of each stage.\n"
    "FIRST is the first stage that has something to do, `publish` where only the folder\n"
    "is not in its place, `none` where nothing is to be done, `failed` where WRONG says\n"
    "why nothing can be. A folder stands for all files in it and below it, but for hidden\n"
    "ones. Makes DIR/.work and in it a folder per input with something to do, with what is\n"
    "used again of the earlier result, or of a run that was cut off.\n"
    "\n"
    "      --out DIR           where the results of the run belong; made if it is not there\n"
    "      --programs DIR      where the programs of the stages are\n"
    "      --rules DIR         a folder of rules; several: the default one first\n"
    "      --encoding NAME     what decode is given\n"
    "      --inputs CSV        more inputs, with what their text does not say: a table with\n"
    "                          the columns path,place,year,source,url\n"
    "      --files0-from FILE  more inputs: names with a NUL after each; - is standard input\n"
    "      --shares N          among how many processes the work is shared out, by size\n"
    "      --from STAGE        this stage and all after it run, whatever has changed\n"
    "      --to STAGE          no stage after this one runs\n"
    "      --dry-run           makes nothing, and prints what would run and why\n"
    "  -h, --help              this text\n"
    "  -V, --version           the version\n"
    "\n"
    "Exit status: 0 all is planned; 1 something that is no input was left out, or a dry run\n"
    "finds inputs of which nothing can be done; 2 wrong use, wrong rules or a wrong table.\n"
    "\n"
    "Example: inputs --out out --programs build/bin --rules rules --shares 2 gazettes/\n";

struct request {
    struct arena *arena;
    const char *table, *list; /* NULL if not given */
    const char **folders;     /* of rules */
    size_t folder_capacity;
    struct settings settings;
    size_t shares;
    bool dry_run;
};

/* ---- the command line ---- */

/* Takes the file of an option, of which the program reads one. False after it has said that
 * it is the second. */
static bool read_file(struct request *request, bool is_table)
{
    const char **file = is_table ? &request->table : &request->list;
    bool first = *file == NULL;
    *file = optarg;
    if (!first)
        (void)program_misused("inputs", usage,
                              is_table ? "--inputs is given twice: make one table of the two"
                                       : "--files0-from is given twice: make one list of the two");
    return first;
}

static void add_folder(struct request *request, const char *folder)
{
    struct settings *settings = &request->settings;
    request->folders = arena_grow(request->arena, request->folders, settings->folder_count, &request->folder_capacity,
                                  sizeof *request->folders);
    request->folders[settings->folder_count++] = folder;
    settings->folders = request->folders;
}

/* What is missing or does not go together. */
static int check_request(const struct request *request, bool has_operand)
{
    if (!request->settings.out || !request->settings.programs)
        return program_misused("inputs", usage, "--out and --programs must be given");
    if (request->settings.from < FLOW_COUNT && request->settings.from > request->settings.to)
        return program_misused("inputs", usage, "--from names a stage after that of --to");
    if (request->shares == 0)
        return program_misused("inputs", usage, "--shares needs a number from 1 on");
    return has_operand || request->table || request->list ? -1 : program_misused("inputs", usage, "no input: name one");
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"out",         required_argument, NULL, 'o'},
        {"programs",    required_argument, NULL, 'p'},
        {"rules",       required_argument, NULL, 'r'},
        {"encoding",    required_argument, NULL, 'e'},
        {"inputs",      required_argument, NULL, 'i'},
        {"files0-from", required_argument, NULL, '0'},
        {"shares",      required_argument, NULL, 's'},
        {"from",        required_argument, NULL, 'f'},
        {"to",          required_argument, NULL, 't'},
        {"dry-run",     no_argument,       NULL, 'n'},
        {"help",        no_argument,       NULL, 'h'},
        {"version",     no_argument,       NULL, 'V'},
        {NULL,          0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            request->settings.out = optarg;
            break;
        case 'p':
            request->settings.programs = optarg;
            break;
        case 'r':
            add_folder(request, optarg);
            break;
        case 'e':
            request->settings.encoding = name_escape(request->arena, optarg, strlen(optarg));
            break;
        case 'i':
        case '0':
            if (!read_file(request, option == 'i'))
                return STAGE_MISUSED;
            break;
        case 's':
            request->shares = strtoul(optarg, NULL, 10);
            break;
        case 'f':
            if ((request->settings.from = flow_option("inputs", usage, optarg)) == FLOW_COUNT)
                return STAGE_MISUSED;
            break;
        case 't':
            if ((request->settings.to = flow_option("inputs", usage, optarg)) == FLOW_COUNT)
                return STAGE_MISUSED;
            break;
        case 'n':
            request->dry_run = true;
            break;
        default:
            return program_option(option, "inputs", usage, help);
        }
    }
    return check_request(request, optind < argc);
}

/* ---- the run ---- */

static struct fault *find_inputs(const struct request *request, struct inputs *inputs, int count, char **operands)
{
    for (int i = 0; i < count; i++)
        inputs_add(inputs, operands[i]);
    if (request->list)
        TRY(inputs_add_list(inputs, request->list));
    if (request->table)
        TRY(given_add(inputs, request->table));
    ids_give(inputs);
    return NULL;
}

static struct fault *prepare(const struct request *request, const struct inputs *inputs, const struct making *making)
{
    struct arena *arena = request->arena;
    const char *out = request->settings.out, *folder = path_join(arena, out, ".work");
    TRY(folder_make(arena, out));
    TRY(folder_make(arena, folder));
    TRY(plan_clear(arena, folder));
    struct plan plan = plan_make(inputs, making, &request->settings, false);
    plan_share(arena, &plan, request->shares);
    return plan_write(arena, &plan, folder, request->settings.to);
}

static int run(const struct request *request, int operand_count, char **operands)
{
    struct inputs inputs = {.arena = request->arena, .out = request->settings.out};
    struct making making;
    struct fault *wrong = making_find(request->arena, &request->settings, &making);
    if (!wrong)
        wrong = find_inputs(request, &inputs, operand_count, operands);
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    if (request->dry_run) {
        struct plan plan = plan_make(&inputs, &making, &request->settings, true);
        inputs.failed = !plan_show(&plan) || inputs.failed;
    } else {
        wrong = prepare(request, &inputs, &making);
        program_report(wrong);
    }
    int status = program_print("");
    return inputs.failed || wrong ? STAGE_FAILED : status;
}

int main(int argc, char **argv)
{
    program_begin();
    struct request request = {
        .arena = arena_new(), .settings = {.encoding = "", .from = FLOW_COUNT, .to = FLOW_COUNT - 1},
             .shares = 1
    };
    int status = read_options(&request, argc, argv);
    if (status < 0)
        status = run(&request, argc - optind, argv + optind);
    arena_free(request.arena);
    return status;
}
