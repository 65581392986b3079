/* conduct: a run from its lock to its report. It starts the other programs, joins them by
 * files, and decides nothing: inputs says what there is to do, the stages do it, publish
 * puts the results in their place. In: what pipeline.sh was asked for. Out: their work. */
#include "conduct.h"

#include "../lib/flow.h"
#include "../lib/output.h"
#include "../lib/plan.h"
#include "../lib/program.h"
#include "../lib/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

static const char usage[] = "conduct --out DIR --programs DIR [OPTION]... -- WORD...";

static const char help[] =
    "conduct - starts the programs of a run, one after the other or side by side\n"
    "\n"
    "usage: conduct --out DIR --programs DIR [OPTION]... -- WORD...\n"
    "       conduct --out DIR --programs DIR [OPTION]... --share N\n"
    "\n"
    "Makes DIR and locks DIR/.lock: another run into DIR waits. Starts inputs with the WORDs,\n"
    "then the stages over each share of the work that it has planned, progress beside them,\n"
    "then publish, for several inputs collect, and report. The stages over a share start\n"
    "together, read their rules, and work in their turn.\n"
    "\n"
    "      --out DIR        where the results belong\n"
    "      --programs DIR   where the programs are\n"
    "      --to STAGE       the last stage of the run (default: emit)\n"
    "      --shares N       among how many shares inputs divides the work (default: one for each\n"
    "                       processor)\n"
    "      --share N        starts only the stages over this share, which inputs has planned;\n"
    "                       all that they say goes to standard error\n"
    "      --rules DIR      more rules, for the stages\n"
    "      --encoding NAME  what decode is given\n"
    "      --csv FILE       where report writes a table\n"
    "  -q, --quiet          only say what has failed\n"
    "  -h, --help           this text\n"
    "  -V, --version        the version\n"
    "\n"
    "Exit status: 0 every input is converted; 1 some input failed, or none gave a row;\n"
    "2 wrong use or wrong rules; 130 it was told to end, and has ended the others.\n"
    "\n"
    "Example: conduct --out out --programs build/bin -- --out out --programs build/bin a.txt\n";

/* ---- the command line ---- */

static void add_folder(struct run *run, const char *folder)
{
    run->folders = arena_grow(run->arena, run->folders, run->folder_count, &run->folder_capacity, sizeof *run->folders);
    run->folders[run->folder_count++] = folder;
}

/* How many processors may be used. */
static size_t count_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (size_t)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN); /* more than the set has room for */
    return online > 0 ? (size_t)online : 1;
}

/* What is missing, and behind the options the words that inputs is started with. */
static int read_words(struct run *run, char **words, int count)
{
    if (!run->out || !run->programs)
        return program_misused("conduct", usage, "--out and --programs must be given");
    if ((run->share > 0) != (count == 0))
        return program_misused("conduct", usage, "it takes either --share or the words for inputs");
    const char **plan = arena_alloc(run->arena, ((size_t)count + 4) * sizeof *plan);
    plan[0] = path_join(run->arena, run->programs, "inputs");
    plan[1] = "--shares";
    plan[2] = arena_printf(run->arena, "%zu", run->shares);
    for (int i = 0; i < count; i++)
        plan[i + 3] = words[i];
    run->plan = plan;
    run->work = path_join(run->arena, run->out, ".work");
    return -1;
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct run *run, int argc, char **argv)
{
    static const struct option options[] = {
        {"out",      required_argument, NULL, 'o'},
        {"programs", required_argument, NULL, 'p'},
        {"to",       required_argument, NULL, 't'},
        {"shares",   required_argument, NULL, 'n'},
        {"share",    required_argument, NULL, 's'},
        {"rules",    required_argument, NULL, 'r'},
        {"encoding", required_argument, NULL, 'e'},
        {"csv",      required_argument, NULL, 'c'},
        {"quiet",    no_argument,       NULL, 'q'},
        {"help",     no_argument,       NULL, 'h'},
        {"version",  no_argument,       NULL, 'V'},
        {NULL,       0,                 NULL, 0  },
    };
    int option;
    while ((option = getopt_long(argc, argv, "hqV", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            run->out = optarg;
            break;
        case 'p':
            run->programs = optarg;
            break;
        case 't':
            if ((run->to = flow_option("conduct", usage, optarg)) == FLOW_COUNT)
                return STAGE_MISUSED;
            break;
        case 'n':
            run->shares = strtoul(optarg, NULL, 10);
            break;
        case 's':
            run->share = strtoul(optarg, NULL, 10);
            break;
        case 'r':
            add_folder(run, optarg);
            break;
        case 'e':
            run->encoding = optarg;
            break;
        case 'c':
            run->csv = optarg;
            break;
        case 'q':
            run->quiet = true;
            break;
        default:
            return program_option(option, "conduct", usage, help);
        }
    }
    return read_words(run, argv + optind, argc - optind);
}

/* ---- the steps of a run ---- */

/* Two runs into one folder take turns. The programs inherit the lock, so that it also
 * outlives this program if that is killed, until the last of them has ended. */
static struct fault *lock(const struct run *run)
{
    TRY(folder_make_all(run->arena, run->out));
    const char *path = path_join(run->arena, run->out, ".lock");
    int file = open(path, O_WRONLY | O_CREAT | O_NOCTTY, 0666);
    if (file < 0)
        return fault_errno(run->arena, path, "cannot be written");
    if (flock(file, LOCK_EX | LOCK_NB) == 0)
        return NULL;
    program_say(run->out, 0, "another run works in it: waiting for its end");
    int locked;
    do
        locked = flock(file, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    return locked == 0 ? NULL : fault_errno(run->arena, path, "cannot be locked");
}

/* Whether a run on a cluster has begun since pipeline.sh looked for one. */
static struct fault *check_cluster(const struct run *run)
{
    if (access(path_join(run->arena, run->work, PLAN_CLUSTER), F_OK) != 0)
        return NULL;
    return fault(run->arena, run->out, 0, "jobs of a cluster are at work in it: run again to wait for their end");
}

/* Runs one program to its end. Returns its exit status. */
static int run_program(const struct run *run, struct children *children, const char *const *words, int in, int out)
{
    struct fault *wrong = children_start(run->arena, children, words, &(struct child_files){in, out, -1});
    program_report(wrong);
    int status = children_wait(children);
    return wrong ? STAGE_FAILED : status;
}

/* Starts progress, which shows how far the stages have come and writes their log. Returns
 * in *in what it reads. */
static struct fault *start_progress(const struct run *run, struct children *children, int *in)
{
    const char *log = path_join(run->arena, run->work, PLAN_LOG);
    const char *const words[] = {path_join(run->arena, run->programs, "progress"), "--to", flow[run->to].name,
                                 path_join(run->arena, run->work, PLAN_FILE), NULL};
    int ends[2], file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return fault_errno(run->arena, log, "cannot be written");
    struct fault *wrong = pipe_open(run->arena, ends);
    if (!wrong) {
        *in = ends[1];
        wrong = children_start(run->arena, children, words, &(struct child_files){ends[0], file, -1});
        (void)close(ends[0]);
    }
    (void)close(file);
    return wrong;
}

/* All shares side by side. */
static int run_stages(const struct run *run, struct children *children, bool several)
{
    const char *log = path_join(run->arena, run->work, PLAN_LOG);
    struct fault *wrong = NULL;
    int watched = -1;
    if (several && !run->quiet) {
        wrong = start_progress(run, children, &watched);
        log = log_beside_messages; /* progress reads both */
    }
    for (size_t share = 1; !wrong && share <= run->shares; share++)
        if (share_is_there(run, share))
            wrong = share_start(run, children, share, log, watched);
    if (watched >= 0)
        (void)close(watched);
    program_report(wrong);
    int status = children_wait(children);
    return wrong && status < STAGE_MISUSED ? STAGE_FAILED : status;
}

/* Puts the results in their place and tells of them. publish lists what has become of each
 * input, for the two others. */
static int finish(const struct run *run, struct children *children, bool several)
{
    const char *folder = run->programs;
    const char *const publish[] = {
        path_join(run->arena, folder, "publish"), "--out", run->out, "--to", flow[run->to].name, NULL};
    const char *const collect[] = {path_join(run->arena, folder, "collect"), "--out", run->out, "-", NULL};
    const char *report[] = {path_join(run->arena, folder, "report"), "-", NULL, NULL, NULL, NULL};
    size_t count = 2;
    if (run->quiet)
        report[count++] = "--quiet";
    if (run->csv) {
        report[count++] = "--csv";
        report[count] = run->csv;
    }
    int results = memfd_create("results", MFD_CLOEXEC);
    if (results < 0) {
        program_report(fault_errno(run->arena, NULL, "the list of results cannot be written"));
        return STAGE_FAILED;
    }
    int status = run_program(run, children, publish, -1, results);
    const char *const *const after[] = {collect, report};
    for (size_t i = several ? 0 : 1; i < COUNT(after) && status != CHILD_STOPPED; i++) {
        (void)lseek(results, 0, SEEK_SET); /* of a file in memory, it cannot fail */
        int next = run_program(run, children, after[i], results, -1);
        status = next > status ? next : status;
    }
    (void)close(results);
    return status;
}

/* How many inputs the plan has. */
static struct fault *count_inputs(const struct run *run, size_t *count)
{
    struct tsv_row *rows;
    return tsv_read(run->arena, path_join(run->arena, run->work, PLAN_FILE), PLAN_COLUMNS, &rows, count);
}

/* The whole run. Inputs that are none, or that fail, do not stop the others. */
static int conduct(const struct run *run, struct children *children)
{
    size_t inputs = 0;
    struct fault *wrong = lock(run);
    if (!wrong)
        wrong = check_cluster(run);
    program_report(wrong);
    if (wrong)
        return STAGE_FAILED;
    children_begin(children);
    int planned = run_program(run, children, run->plan, -1, -1);
    if (planned > STAGE_FAILED)
        return planned;
    wrong = count_inputs(run, &inputs);
    if (planned == STAGE_OK) /* else inputs has said what is wrong */
        program_report(wrong);
    if (planned == STAGE_OK && !wrong && inputs == 0)
        program_say(NULL, 0, "no input: what names them is empty");
    if (wrong || inputs == 0)
        return STAGE_FAILED;
    int done = run_stages(run, children, inputs > 1);
    if (done > STAGE_FAILED)
        return done;
    int finished = finish(run, children, inputs > 1);
    if (finished == CHILD_STOPPED)
        return finished;
    return planned || done || finished ? STAGE_FAILED : STAGE_OK;
}

/* The stages over one share of a run that something else conducts. */
static int conduct_share(const struct run *run, struct children *children)
{
    children_begin(children);
    struct fault *wrong = share_start(run, children, run->share, log_beside_messages, -1);
    program_report(wrong);
    int status = children_wait(children);
    return wrong && status == STAGE_OK ? STAGE_FAILED : status;
}

int main(int argc, char **argv)
{
    program_begin();
    struct run run = {.arena = arena_new(), .to = FLOW_COUNT - 1, .shares = count_processors()};
    struct children children = {.status = STAGE_OK};
    int status = read_options(&run, argc, argv);
    if (status < 0)
        status = run.share > 0 ? conduct_share(&run, &children) : conduct(&run, &children);
    arena_free(run.arena);
    return status;
}
