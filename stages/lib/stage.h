/* stage: the main function that all stages share: options, rules, files, batch,
 * messages, exit status. A stage's own main is one call of stage_main. */
#ifndef GONGBAO_STAGE_H
#define GONGBAO_STAGE_H

#include "arena.h"
#include "fault.h"
#include "program.h" /* exit statuses */
#include "records.h"
#include "rules.h"

/* One input of a stage: what it takes of its arena is given back after it. */
struct stage_job {
    struct arena *arena;
    const struct rules *rules; /* NULL for a stage that reads no rules */
    const char *input;         /* path as given, or "-" */
    const char *output;        /* path as given, or "-" */
    const char *encoding;      /* that the inputs have, as given with --encoding; NULL: find it */
};

/* What a stage is. Everything is static data of the stage. */
struct stage {
    const char *name; /* as in flow.h, which says which rules it reads */
    const char *help; /* printed by --help: usage, reads, writes, options, exit status, an example */

    /* Records in, records out: the library reads the input and writes the
     * output. NULL for a stage that reads or writes something else. */
    struct fault *(*change)(const struct rules *rules, struct gazette *gazette);
    enum record_file reads, writes; /* which columns the two files have, for change */

    /* Whether a name is one of an encoding; NULL for a stage without --encoding. */
    bool (*knows_encoding)(const char *name);

    /* Does one job whole, for stages without change. */
    struct fault *(*run)(const struct stage_job *job);
};

/* Runs the stage over -o OUTPUT INPUT or --batch LIST. Returns the exit status. */
int stage_main(int argc, char **argv, const struct stage *stage);

/* Says something about an input on standard error, as PATH:LINE: TEXT (line 0:
 * PATH: TEXT); -q silences warnings. Not for failures: those are returned. */
__attribute__((format(printf, 3, 4))) void stage_warn(const char *path, long line, const char *format, ...);

#endif
