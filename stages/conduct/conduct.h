/* conduct: the parts of the program. */
#ifndef GONGBAO_CONDUCT_H
#define GONGBAO_CONDUCT_H

#include "../lib/fault.h"
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What is asked for. */
struct run {
    struct arena *arena;
    const char *out;      /* where the results belong */
    const char *work;     /* where plan, lists and log are */
    const char *programs; /* the folder of all programs */
    size_t to;            /* the last stage of the run */
    size_t shares;        /* the work is shared out among so many */
    size_t share;         /* only this one is to be done; 0: all that a run does */
    bool quiet;           /* only failures are told */
    const char *csv;      /* where the report is written as a table; NULL: nowhere */
    const char **folders; /* of rules, beside the default ones */
    size_t folder_count, folder_capacity;
    const char *encoding;    /* of the inputs; NULL: not said */
    const char *const *plan; /* inputs and the words that it is started with, NULL at the end */
};

/* ---- children.c: programs that run side by side ---- */

/* In status of a child, beside those of program.h: it was ended with the run. */
enum { CHILD_STOPPED = 130 };

/* Those that have not ended. */
struct children {
    pid_t *all;
    size_t count, capacity;
    sigset_t awaited; /* the end of a child, and the signals that end the run */
    sigset_t before;  /* the signals that were blocked when the run began: as its programs have them */
    int status;       /* the greatest exit status of those that have ended since the last wait */
};

/* What a child has for standard input, output and error; -1: what this program has. */
struct child_files {
    int in, out, error;
};

/* From here on a signal that ends the run waits for children_wait. */
void children_begin(struct children *children);

/* Starts a program. words: its path, and its words, NULL at the end. A fault: it cannot be started. */
struct fault *children_start(struct arena *arena, struct children *children, const char *const *words,
                             const struct child_files *files);

/* Returns when all have ended: the greatest of their exit statuses, where one that was
 * killed counts as STAGE_FAILED. If the run is told to end (SIGINT, SIGTERM), they are
 * ended: CHILD_STOPPED. */
int children_wait(struct children *children);

/* Makes a pipe that programs inherit only where they are given an end of it. */
struct fault *pipe_open(struct arena *arena, int ends[2]);

/* ---- share.c: the stages over one share of the work ---- */

/* The log of stages whose messages and log lines go the same way. */
extern const char log_beside_messages[];

/* Whether the share has something to do in the last stage, and so in any. */
bool share_is_there(const struct run *run, size_t share);

/* Starts all stages that have something to do, each with the output of the one before as its
 * standard input. They read their rules at once, and work in their turn. log, which many may
 * write to, is what they are given with --log; error is their standard error, -1: ours. */
struct fault *share_start(const struct run *run, struct children *children, size_t share, const char *log, int error);

#endif
