/* stage: see stage.h. */
#include "stage.h"

#include "flow.h"
#include "log.h"
#include "output.h"
#include "program.h"
#include "tsv.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How much is said: -1 with -q, 1 with -v. The one thing kept outside any
 * structure: a warning may come from any depth, and the level is no input's. */
static int level;

/* What the command line asks for. */
struct request {
    struct arena *arena;
    const char **folders; /* of rules: the default one first */
    size_t folder_count, folder_capacity;
    const char *output, *input; /* one job */
    const char *list;           /* or many */
    const char *log_path;       /* where to say what becomes of the many; NULL: nowhere */
    struct log *log;            /* that, open */
    bool in_turn;               /* wait for the stage before, and tell the one after */
    const char *encoding;       /* of the inputs; NULL: not said */
};

void stage_warn(const char *path, long line, const char *format, ...)
{
    if (level < 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length >= 0)
        program_say(path, line, text);
    free(text);
}

static void add_folder(struct request *request, const char *folder)
{
    request->folders = arena_grow(request->arena, request->folders, request->folder_count, &request->folder_capacity,
                                  sizeof *request->folders);
    request->folders[request->folder_count++] = folder;
}

static int misused(const struct stage *stage, const char *wrong)
{
    char usage[256];
    (void)snprintf(usage, sizeof usage,
                   "%s [-qv] [--rules DIR]... -o OUTPUT INPUT | [--log FILE] [--in-turn] --batch LIST", stage->name);
    return program_misused(stage->name, usage, wrong);
}

/* What stands behind the options: exactly one input, or none with --batch. */
static int read_operands(const struct stage *stage, struct request *request, int argc, char **argv)
{
    if (request->list) {
        if (request->output || argc > 0)
            return misused(stage, "--batch stands alone: its list names inputs and outputs");
        return -1;
    }
    if (request->log_path || request->in_turn)
        return misused(stage, "--log and --in-turn go with --batch");
    if (!request->output)
        return misused(stage, "no output: name it with -o");
    if (argc != 1)
        return misused(stage, argc == 0 ? "no input: name one" : "more than one input: list them with --batch");
    request->input = argv[0];
    return -1;
}

/* Returns an exit status, or -1 to go on. */
static int read_options(const struct stage *stage, struct request *request, int argc, char **argv)
{
    static const struct option options[] = {
        {"rules",    required_argument, NULL, 'r'},
        {"batch",    required_argument, NULL, 'b'},
        {"log",      required_argument, NULL, 'l'},
        {"in-turn",  no_argument,       NULL, 't'},
        {"help",     no_argument,       NULL, 'h'},
        {"version",  no_argument,       NULL, 'V'},
        {"quiet",    no_argument,       NULL, 'q'},
        {"verbose",  no_argument,       NULL, 'v'},
        {"output",   required_argument, NULL, 'o'},
        {"encoding", required_argument, NULL, 'e'},
        {NULL,       0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "o:hVqv", options, NULL)) != -1) {
        switch (option) {
        case 'r':
            add_folder(request, optarg);
            break;
        case 'b':
            request->list = optarg;
            break;
        case 'l':
            request->log_path = optarg;
            break;
        case 't':
            request->in_turn = true;
            break;
        case 'o':
            request->output = optarg;
            break;
        case 'e':
            if (!stage->knows_encoding)
                return misused(stage, "it takes no --encoding");
            if (!stage->knows_encoding(optarg))
                return misused(stage, arena_printf(request->arena, "no encoding is called '%s'", optarg));
            request->encoding = optarg;
            break;
        case 'q':
            level = -1;
            break;
        case 'v':
            level = 1;
            break;
        case 'h':
            return program_print(stage->help);
        case 'V':
            return program_version(stage->name);
        default:
            return misused(stage, NULL);
        }
    }
    return read_operands(stage, request, argc - optind, argv + optind);
}

static struct fault *change_records(const struct stage *stage, const struct stage_job *job)
{
    struct gazette gazette = {0};
    TRY(records_read(job->arena, job->input, stage->reads, &gazette));
    TRY(stage->change(job->rules, &gazette));
    struct output *out;
    TRY(output_open(job->arena, job->output, &out));
    records_write(output_stream(out), stage->writes, &gazette);
    return output_close(out);
}

/* One input from its beginning to its end, in an arena that nothing else is in. */
static int run_job(const struct stage *stage, const struct rules *rules, const struct request *request,
                   struct arena *arena, const char *input, const char *output)
{
    struct stage_job job = {arena, rules, input, output, request->encoding};
    struct fault *wrong = stage->change ? change_records(stage, &job) : stage->run(&job);
    if (request->log)
        log_job(request->log, output, wrong ? LOG_FAILED : LOG_DONE, wrong);
    else
        program_report(wrong);
    if (!wrong && level > 0)
        program_say(input, 0, arena_printf(job.arena, "%s is done: %s", stage->name, output));
    return wrong ? STAGE_FAILED : STAGE_OK;
}

/* Whether the stage before has made what this one reads: its last file stands in the
 * run's folder, or is the input itself. */
static bool is_ready(const struct stage *stage, struct arena *arena, const char *input)
{
    size_t place = flow_find(stage->name);
    if (place == 0)
        return true;
    return access(*flow[place].input ? input : path_join(arena, input, flow_last_file(place - 1)), F_OK) == 0;
}

static int run_batch(const struct stage *stage, const struct rules *rules, const struct request *request,
                     struct arena *arena, const struct tsv_row *rows, size_t count)
{
    int status = STAGE_OK;
    for (size_t i = 0; i < count; i++) {
        const char *input = rows[i].fields[0], *output = rows[i].fields[1];
        if (request->log && !is_ready(stage, arena, input))
            log_job(request->log, output, LOG_SKIPPED, NULL);
        else if (run_job(stage, rules, request, arena, input, output) != STAGE_OK)
            status = STAGE_FAILED;
        arena_reset(arena);
    }
    return status;
}

/* What -v says of a rule in the end; `rulecheck --used` reads it. */
static void say_use(const char *context, const struct rule *rule, size_t uses)
{
    char text[256];
    int length = snprintf(text, sizeof text, "rule %s matched %zu times in %s", rule->id, uses, context);
    if (length > 0)
        program_say(NULL, 0, text);
}

/* What a stage tells the one after it when it ends: that its turn has come, or that it is
 * to end too. One that dies says nothing; what it has made is then worked on. */
static const char word_go[] = "done", word_stop[] = "stop";

static void pass_word(const char *word)
{
    if (puts(word) != EOF)
        (void)fflush(stdout); /* if nobody hears it, the one after has ended and said why */
}

/* Returns when the stage before has ended. False: the run is to end. */
static bool await_turn(void)
{
    char word[sizeof word_stop + 1] = "";
    bool told = fgets(word, sizeof word, stdin) != NULL;
    return !told || strncmp(word, word_stop, sizeof word_stop - 1) != 0;
}

/* All inputs, when it is their turn. */
static int run_jobs(const struct stage *stage, const struct rules *rules, const struct request *request,
                    const struct tsv_row *rows, size_t count)
{
    if (request->in_turn && !await_turn()) {
        pass_word(word_stop);
        return STAGE_FAILED;
    }
    struct arena *arena = arena_new();
    int status = request->list ? run_batch(stage, rules, request, arena, rows, count)
                               : run_job(stage, rules, request, arena, request->input, request->output);
    struct fault *wrong = request->log ? log_close(request->log) : NULL;
    program_report(wrong);
    if (request->in_turn)
        pass_word(word_go);
    arena_free(arena);
    return wrong ? STAGE_FAILED : status;
}

/* A wrong list, a wrong log and wrong rules are wrong use: nothing is begun with them. */
static int run_request(const struct stage *stage, struct request *request)
{
    struct rules *rules = NULL;
    struct tsv_row *rows = NULL;
    size_t row_count = 0;
    struct fault *wrong = NULL;
    if (request->list)
        wrong = tsv_read(request->arena, request->list, 2, &rows, &row_count);
    if (!wrong && request->log_path)
        wrong = log_open(request->arena, request->log_path, &request->log);
    const char *const *files = flow[flow_find(stage->name)].rules;
    if (!wrong && *files)
        wrong = rules_load(request->arena, request->folders, request->folder_count, files, &rules);
    program_report(wrong);
    if (wrong && request->in_turn)
        pass_word(word_stop);
    if (wrong)
        return STAGE_MISUSED;
    int status = run_jobs(stage, rules, request, rows, row_count);
    if (rules && level > 0)
        rules_tell_uses(rules, say_use);
    return status;
}

int stage_main(int argc, char **argv, const struct stage *stage)
{
    program_begin();
    struct request request = {.arena = arena_new()};
    add_folder(&request, rules_default_folder(request.arena));
    int status = read_options(stage, &request, argc, argv);
    if (status < 0)
        status = run_request(stage, &request);
    arena_free(request.arena);
    return status;
}
