/* inputs: from the command line of pipeline.sh to its work list.
 * In: files and folders. Out: on standard output a line per input, id, path and
 * work folder; beside that the work folders themselves. What cannot be an input is
 * said and left out. */
#include "inputs.h"

#include "../lib/output.h"
#include "../lib/program.h"
#include "../lib/tsv.h"

#include <getopt.h>
#include <string.h>

static const char usage[] = "inputs --out DIR [--uses PATH]... [--setting TEXT] [--inputs CSV] FILE|FOLDER...";

static const char help[] =
    "inputs - makes the work list of a run\n"
    "\n"
    "usage: inputs --out DIR [--uses PATH]... [--setting TEXT] [--inputs CSV] FILE|FOLDER...\n"
    "\n"
    "Prints a line ID<tab>INPUT<tab>WORK FOLDER per input, with tab, newline, carriage\n"
    "return and backslash as \\t \\n \\r \\\\. A folder stands for all files in it and below\n"
    "it, but for hidden ones. Makes DIR/.work and a folder in it per input, empty, or\n"
    "with what an interrupted run over the same input has left.\n"
    "\n"
    "      --out DIR    where the results of the run will be; must be there\n"
    "      --uses PATH  a file or folder (programs, rules) that the results depend on:\n"
    "                   where it has changed, nothing of an earlier run is used\n"
    "      --setting TEXT  an option of the run that the results depend on, likewise\n"
    "      --inputs CSV  more inputs, with what their text does not say: a table with\n"
    "                   the columns path,place,year,source,url\n"
    "  -h, --help       this text\n"
    "  -V, --version    the version\n"
    "\n"
    "Exit status: 0 all are listed; 1 some are not, the others are; 2 wrong use, or a\n"
    "wrong table.\n"
    "\n"
    "Example: inputs --out out --uses rules gazettes/\n";

struct request {
    struct arena *arena;
    const char *out;
    const char *setting; /* "" if none is given */
    const char *table;   /* NULL if none is given */
    const char **uses;
    size_t use_count, use_capacity;
};

/* Returns an exit status, or -1 to go on. */
static int read_options(struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"out",     required_argument, NULL, 'o'},
        {"uses",    required_argument, NULL, 'u'},
        {"setting", required_argument, NULL, 's'},
        {"inputs",  required_argument, NULL, 'i'},
        {"help",    no_argument,       NULL, 'h'},
        {"version", no_argument,       NULL, 'V'},
        {NULL,      0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            request->out = optarg;
            break;
        case 'i':
            request->table = optarg;
            break;
        case 's':
            request->setting = optarg;
            break;
        case 'u':
            request->uses = arena_grow(request->arena, request->uses, request->use_count, &request->use_capacity,
                                       sizeof *request->uses);
            request->uses[request->use_count++] = optarg;
            break;
        case 'h':
            return program_print(help);
        case 'V':
            return program_version("inputs");
        default:
            return program_misused("inputs", usage, NULL);
        }
    }
    if (!request->out)
        return program_misused("inputs", usage, "no place for the results: name it with --out");
    return optind < argc || request->table ? -1 : program_misused("inputs", usage, "no input: name one");
}

/* Two files with one id: neither is worked on, for one would replace the other. */
static void say_rival(struct inputs *inputs, const struct input *input)
{
    program_say(input->path, 0,
                arena_printf(inputs->arena, "has the id '%s', and so has %s: rename one, or use another --out for it",
                             input->id, input->rival->path));
    inputs->failed = true;
}

/* Prints one line, when its folder is there. */
static struct fault *list(struct arena *arena, const char *work, const struct input *input, const char *uses)
{
    const char *folder = path_join(arena, work, input->id);
    TRY(work_prepare(arena, folder, arena_printf(arena, "%s@stamp", folder), input, uses));
    tsv_write(stdout, (const char *const[]){input->id, input->path, folder}, 3);
    return NULL;
}

static int list_all(struct inputs *inputs, const char *work, const char *uses)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->list[i];
        if (input->left_out)
            continue;
        if (input->rival) {
            say_rival(inputs, input);
            continue;
        }
        struct fault *wrong = list(inputs->arena, work, input, uses);
        program_report(wrong);
        inputs->failed |= wrong != NULL;
    }
    int status = program_print("");
    return inputs->failed ? STAGE_FAILED : status;
}

static int run(const struct request *request, int operand_count, char **operands)
{
    struct inputs inputs = {.arena = request->arena};
    const char *uses;
    struct fault *wrong = digest_uses(request->arena, request->uses, request->use_count, request->setting, &uses);
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    const char *work = path_join(request->arena, request->out, ".work");
    wrong = folder_make(request->arena, work);
    program_report(wrong);
    if (wrong)
        return STAGE_FAILED;
    for (int i = 0; i < operand_count; i++)
        inputs_add(&inputs, operands[i]);
    wrong = request->table ? given_add(&inputs, request->table) : NULL;
    program_report(wrong);
    if (wrong)
        return STAGE_MISUSED;
    ids_give(&inputs);
    return list_all(&inputs, work, uses);
}

int main(int argc, char **argv)
{
    program_begin();
    struct request request = {.arena = arena_new(), .setting = ""};
    int status = read_options(&request, argc, argv);
    if (status < 0)
        status = run(&request, argc - optind, argv + optind);
    arena_free(request.arena);
    return status;
}
