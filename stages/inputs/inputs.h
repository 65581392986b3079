/* inputs: the parts of the program. */
#ifndef GONGBAO_INPUTS_H
#define GONGBAO_INPUTS_H

#include "../lib/fault.h"
#include "../lib/flow.h"
#include "../lib/plan.h"
#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>

/* What a table says of an input. */
enum given_value { GIVEN_PLACE, GIVEN_YEAR, GIVEN_SOURCE, GIVEN_URL, GIVEN_COUNT };

struct given {
    long line;                       /* of the table */
    const char *values[GIVEN_COUNT]; /* "" where it says nothing */
};

struct input {
    const char *path; /* as it is opened */
    const char *name; /* what its id is made of: the file name, or in a walked folder the path below it */
    const char *id;   /* NULL until ids_give */
    struct stat found;
    bool extended;             /* the extension is part of the id, to tell it from another input's */
    bool left_out;             /* the same file as another input */
    const char *wrong;         /* why it cannot be worked on; NULL: it can */
    const struct given *given; /* NULL: no table names it */
    const struct input *rival; /* another input with the same id, which the extension does not tell apart */
};

struct inputs {
    struct arena *arena;
    const char *out; /* the folder of the results, which holds no input; NULL: it is not known */
    struct input *list;
    size_t count, capacity;
    bool failed; /* something that is no input was left out with a message */
};

/* walk.c: adds what one operand names: a file, or all files in a folder. */
void inputs_add(struct inputs *inputs, const char *operand);

/* walk.c: adds the operands that a file lists ("-": standard input), a NUL after each.
 * A fault: it cannot be read, or a name in it is empty. */
struct fault *inputs_add_list(struct inputs *inputs, const char *list);

/* given.c: adds the files that a table names, with what it says of them; to be called
 * when all operands are added. A fault: the table is wrong. */
struct fault *given_add(struct inputs *inputs, const char *table);
const char *given_name(enum given_value value); /* as in the table's header */

/* ids.c: gives every input its id. Inputs whose ids cannot be told apart have a
 * rival then; of a file named twice one input is left out. */
void ids_give(struct inputs *inputs);

/* ids.c: a name as ids have it: `/` and what is unsafe to print or type escaped. */
char *name_escape(struct arena *arena, const char *name, size_t length);

/* What a run is asked for. */
struct settings {
    const char *out;            /* the folder of the results */
    const char *programs;       /* the folder that they are in */
    const char *const *folders; /* of rules, in their order */
    size_t folder_count;
    const char *encoding; /* "" if none is given */
    size_t from;          /* the stage from which on all run; FLOW_COUNT: what has something to do */
    size_t to;            /* the stage after which none runs */
};

/* What each stage makes its files with: the text that made.tsv has on it, lines
 * STAGE<tab>WHAT<tab>NAME<tab>VALUE, and what of it was changed last. */
struct making {
    struct timespec began; /* when it was looked at: what changes later is newer */
    const char *lines[FLOW_COUNT];
    struct timespec newest[FLOW_COUNT];
    const char *newest_name[FLOW_COUNT];
};

/* made.c: what this run would make files with: of each stage the version, and the
 * rules files that it reads, by their contents; what is said of the inputs in general.
 * A fault: a program or a folder of rules cannot be read. */
struct fault *making_find(struct arena *arena, const struct settings *settings, struct making *making);

/* made.c: the lines of decode for one input, besides: its name, a digest of its
 * contents, and what a table says of it. */
const char *making_of_input(struct arena *arena, const struct input *input);

/* made.c: what differs between the lines that a stage's files were made with and those
 * that they would be made with now, in words; NULL: nothing. */
const char *making_differs(struct arena *arena, const char *then, const char *now);

/* stale.c: which files of a folder a run would make again as they are. */
struct state {
    size_t fresh;    /* so many stages, from the first on, have nothing to do */
    const char *why; /* the next one has; NULL if there is none */
};

/* stale.c: looks at a folder of a run over this input, of which input_lines are those of
 * making_of_input. A folder that is not there, or is no folder of a run, has no fresh stage. */
struct state state_find(struct arena *arena, const char *folder, const struct making *making, const struct input *input,
                        const char *input_lines);

/* What is to be done for an input. */
struct task {
    const struct input *input;
    const char *lines;        /* of making_of_input */
    const char *result;       /* the folder where the result belongs */
    const char *work;         /* the folder where it is made */
    bool in_work;             /* what is used again stands in work; else in result */
    size_t kept, first, last; /* stages whose files are used again: kept; to run: first to last. first > last: none */
    size_t fresh;             /* so many of those kept are as a run would make them now */
    const char *why;          /* "" if nothing is to be done */
};

/* work.c: settles what is to be done. A fault: it cannot be done. */
struct fault *task_settle(struct arena *arena, const struct making *making, const struct settings *settings,
                          struct task *task);

/* Whether a stage has something to do. */
bool task_runs(const struct task *task);

/* Whether nothing is to be done: not even to put the work folder in its place. */
bool task_is_done(const struct task *task);

/* work.c: makes the work folder, with the files that are used again, and made.tsv. */
struct fault *task_prepare(struct arena *arena, const struct making *making, const struct task *task);

/* A line of the plan. */
struct plan_line {
    const struct input *input;
    const char *work;  /* the folder where it is made */
    const char *first; /* the first stage to run, or publish, none, failed */
    const char *wrong; /* why it failed; NULL: it has not */
    const char *why;   /* of a dry run: what would run, and why */
    bool busy;         /* something is to be done */
    size_t share;      /* of the work, from 1; 0: none is to be done */
};

struct plan {
    struct plan_line *lines; /* in the order of the inputs */
    size_t count;
};

/* plan.c: finds out what is to be done and, but for a dry run, makes the work folders. */
struct plan plan_make(const struct inputs *inputs, const struct making *making, const struct settings *settings,
                      bool dry);

/* plan.c: shares the work out by size: the largest first, each to who has least. */
void plan_share(struct arena *arena, struct plan *plan, size_t share_count);

/* plan.c: writes the plan and the lists of what each stage up to `to` has to do of each
 * share into a folder, under the names of plan.h. The plan comes last: where it is, all is. */
struct fault *plan_write(struct arena *arena, const struct plan *plan, const char *folder, size_t to);

/* plan.c: prints what a dry run tells. False: of some inputs nothing can be done. */
bool plan_show(const struct plan *plan);

#endif
