/* flow: the way of the data through the stages, in one list: in which order they
 * come, which files of a run's folder each reads and writes, which rules. The stages
 * themselves, and the programs that call them, go by it. */
#ifndef GONGBAO_FLOW_H
#define GONGBAO_FLOW_H

#include <stdbool.h>
#include <stddef.h>

enum { FLOW_COUNT = 6, FLOW_MOST_FILES = 8 }; /* stages; names in a list of a stage, with the NULL at its end */

struct flow_stage {
    const char *name;

    /* What its --batch list names: NULL for the input of the run, a file in the run's
     * folder, or "" for that folder. */
    const char *input, *output;

    /* The files that it writes into the run's folder, NULL at the end. The last one is
     * put in its place last: where it stands, all do. */
    const char *writes[FLOW_MOST_FILES];

    /* The files of a rules folder that it reads, NULL at the end; none for a
     * stage without rules. Files of a rules folder that no stage names are a user's own, and
     * are read by every stage that reads rules. */
    const char *rules[FLOW_MOST_FILES + 1];
};

/* In their order: each reads what those before it have written. */
extern const struct flow_stage flow[FLOW_COUNT];

/* The place of a stage in flow; FLOW_COUNT: no stage is called so. */
size_t flow_find(const char *name);

/* The same for an option of a program: where no stage is called so, it has said so, as
 * program_misused does. */
size_t flow_option(const char *program, const char *usage, const char *name);

/* The last file that the stage at this place writes. */
const char *flow_last_file(size_t stage);

/* The file beside them in a run's folder that says what it was made with: the folder
 * of a run is known by it. */
extern const char flow_made_file[];

#endif
