/* progress: shows how far a run has come. In: the plan, and what the stages print: lines
 * of their logs, and messages. Out: the log lines on standard output; on standard error
 * the messages, and on a terminal a bar below them, else a line every so many files. */
#include "../lib/flow.h"
#include "../lib/log.h"
#include "../lib/plan.h"
#include "../lib/program.h"
#include "../lib/tsv.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char usage[] = "progress [-q] [--to STAGE] PLAN";

static const char help[] =
    "progress - shows how far a run has come\n"
    "\n"
    "usage: progress [-q] [--to STAGE] PLAN\n"
    "\n"
    "Reads the plan that inputs printed, and on standard input all that the stages print,\n"
    "with /dev/fd/1 for their --log. Prints the lines of their logs on standard output, and\n"
    "their messages on standard error. There it shows how many files are done, how many a second, and how\n"
    "long the rest will take: as a bar on a terminal, else as a line every so many files.\n"
    "A file that some stages are done with counts as that part of a file.\n"
    "\n"
    "      --to STAGE  the last stage of the run (default: emit)\n"
    "  -q, --quiet     no bar and no such lines\n"
    "  -h, --help      this text\n"
    "  -V, --version   the version\n"
    "\n"
    "Exit status: 0 all is copied; 1 it could not be written; 2 wrong use.\n"
    "\n"
    "Example: classify --log /dev/fd/1 --batch list 2>&1 | progress out/.work/@plan >log\n";

struct progress {
    size_t files;       /* with something to do */
    size_t steps, done; /* stages to run over all files; of them done */
    double began;       /* seconds, as seconds() counts them */
    double drawn;       /* when the bar was, last */
    size_t every, told; /* in a log: files between two lines; those that the last line told of */
    bool quiet, terminal;
    int columns; /* of the terminal */
};

static double seconds(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* When the run began: its plan was the last thing before. Who watches it may come later. */
static double began_at(const char *plan)
{
    struct stat found;
    struct timespec now = {0};
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || stat(plan, &found) != 0)
        return seconds();
    double age = (double)(now.tv_sec - found.st_mtim.tv_sec) + (double)(now.tv_nsec - found.st_mtim.tv_nsec) / 1e9;
    return seconds() - (age > 0 ? age : 0);
}

static size_t files_done(const struct progress *progress)
{
    return progress->steps ? progress->done * progress->files / progress->steps : 0;
}

/* 4200 of 10000 files, 812 files/s, 7 s left */
static int write_text(char *text, size_t size, const struct progress *progress)
{
    double time = seconds() - progress->began;
    double rate = time > 0 ? (double)progress->done / time : 0; /* steps a second */
    double left = rate > 0 ? (double)(progress->steps - progress->done) / rate : 0;
    double files = progress->steps ? rate * (double)progress->files / (double)progress->steps : 0;
    long rest = (long)(left + 0.5);
    return snprintf(text, size, "%zu of %zu files, %.0f files/s, %ld:%02ld left", files_done(progress), progress->files,
                    files, rest / 60, rest % 60);
}

static void draw_bar(struct progress *progress)
{
    enum { REDRAW_MS = 100, LEAST = 10, MOST = 40 };
    char text[128], bar[MOST + 1];
    double now = seconds();
    if ((now - progress->drawn) * 1000 < REDRAW_MS)
        return;
    progress->drawn = now;
    int room = progress->columns - write_text(text, sizeof text, progress) - 4;
    int width = room > MOST ? MOST : room;
    if (width < LEAST) {
        (void)fprintf(stderr, "\r\033[K%.*s", progress->columns - 1, text);
        return;
    }
    int filled = progress->steps ? (int)(progress->done * (size_t)width / progress->steps) : 0;
    for (int i = 0; i < width; i++)
        bar[i] = i < filled ? '#' : '.';
    (void)fprintf(stderr, "\r\033[K[%.*s] %s", width, bar, text);
}

static void clear_bar(const struct progress *progress)
{
    if (progress->terminal && !progress->quiet && progress->drawn > 0)
        (void)fputs("\r\033[K", stderr);
}

static void show(struct progress *progress)
{
    char text[128];
    if (progress->quiet)
        return;
    if (progress->terminal) {
        draw_bar(progress);
        return;
    }
    size_t files = files_done(progress);
    if (files < progress->told + progress->every)
        return;
    progress->told = files - files % progress->every;
    (void)write_text(text, sizeof text, progress);
    program_say(NULL, 0, text);
}

/* Messages hold no tab: what is no text in them is shown as `?`. */
static bool is_log(const char *line)
{
    size_t tabs = 0;
    for (; *line; line++)
        tabs += *line == '\t';
    return tabs == LOG_COLUMNS - 1;
}

static void copy_all(struct progress *progress)
{
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) >= 0) {
        if (is_log(line)) {
            (void)fputs(line, stdout);
            progress->done += progress->done < progress->steps;
            show(progress);
        } else {
            clear_bar(progress);
            (void)fputs(line, stderr);
        }
    }
    clear_bar(progress);
    free(line);
}

static struct fault *count_steps(struct arena *arena, const char *plan, size_t to, struct progress *progress)
{
    struct tsv_row *rows;
    size_t count;
    TRY(tsv_read(arena, plan, PLAN_COLUMNS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        size_t first = flow_find(rows[i].fields[PLAN_FIRST]);
        if (first > to)
            continue;
        progress->files++;
        progress->steps += to - first + 1;
    }
    return NULL;
}

/* A line for each twentieth or more, at round numbers; none for a handful. */
static size_t choose_step(size_t files)
{
    enum { LEAST = 10, MOST_LINES = 20 };
    size_t every = LEAST;
    while (every * MOST_LINES < files)
        every *= 10;
    return every;
}

static void look_at_terminal(struct progress *progress)
{
    struct winsize window = {0};
    const char *terminal = getenv("TERM");
    progress->terminal = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
    progress->columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
    progress->quiet = progress->quiet || progress->files < 2;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"to",      required_argument, NULL, 't'},
        {"quiet",   no_argument,       NULL, 'q'},
        {"help",    no_argument,       NULL, 'h'},
        {"version", no_argument,       NULL, 'V'},
        {NULL,      0,                 NULL, 0  },
    };
    struct progress progress = {.quiet = false};
    size_t to = FLOW_COUNT - 1;
    program_begin();
    for (int option; (option = getopt_long(argc, argv, "qhV", options, NULL)) != -1;) {
        switch (option) {
        case 't':
            to = flow_find(optarg);
            break;
        case 'q':
            progress.quiet = true;
            break;
        default:
            return program_option(option, "progress", usage, help);
        }
    }
    if (to == FLOW_COUNT || argc - optind != 1)
        return program_misused("progress", usage, to == FLOW_COUNT ? "--to names no stage" : "name one plan");
    struct arena *arena = arena_new();
    struct fault *wrong = count_steps(arena, argv[optind], to, &progress);
    program_report(wrong);
    arena_free(arena);
    if (wrong)
        return STAGE_MISUSED;
    progress.every = choose_step(progress.files);
    progress.began = began_at(argv[optind]);
    look_at_terminal(&progress);
    copy_all(&progress);
    return program_print("");
}
