/* plan: what the program inputs leaves in DIR/.work for the others: the plan, a line for
 * each input in the order in which results are shown; and lists, for --batch of each
 * stage, of what it has to do of each share. */
#ifndef GONGBAO_PLAN_H
#define GONGBAO_PLAN_H

#include "fault.h"

/* Their names: no id of an input begins like them. */
#define PLAN_FILE "@plan"
#define PLAN_LIST "@%zu-%s"     /* number of the share, name of the stage */
#define PLAN_LOG "@log"         /* what the stages say of the inputs, with --log */
#define PLAN_CLUSTER "@cluster" /* a folder, while jobs of a cluster are at work (stages/cluster/slurm.sh) */

/* The columns of the plan. */
enum plan_column {
    PLAN_ID,
    PLAN_INPUT, /* path of the input */
    PLAN_WORK,  /* the folder that its files are made in */
    PLAN_FIRST, /* the first stage that has something to do, or one of the words below */
    PLAN_SHARE, /* which process works on it, from 1; 0: nothing is to be done */
    PLAN_BYTES, /* of the input; a number */
    PLAN_WRONG, /* why it cannot be worked on; empty: it can */
    PLAN_COLUMNS
};

/* What stands in PLAN_FIRST beside the names of stages. */
#define PLAN_PUBLISH "publish" /* all is made: the folder only belongs into its place */
#define PLAN_NONE "none"       /* nothing is to be done */
#define PLAN_FAILED "failed"   /* nothing can be done */

/* Removes plan, lists and log from their folder, and what a killed program had begun of
 * them; the folders of inputs stay. A fault: it cannot be read. */
struct fault *plan_clear(struct arena *arena, const char *folder);

#endif
