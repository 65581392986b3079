/* plan: the list of a run that the program inputs prints and other programs read: a
 * line for each input, in the order in which results are shown. */
#ifndef GONGBAO_PLAN_H
#define GONGBAO_PLAN_H

/* Its columns. */
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

#endif
