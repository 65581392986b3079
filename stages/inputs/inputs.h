/* inputs: the parts of the program. */
#ifndef GONGBAO_INPUTS_H
#define GONGBAO_INPUTS_H

#include "../lib/fault.h"
#include <stdbool.h>
#include <sys/stat.h>

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
    bool left_out;             /* said why, or the same file as another input */
    const struct given *given; /* NULL: no table names it */
    const struct input *rival; /* another input with the same id, which the extension does not tell apart */
};

struct inputs {
    struct arena *arena;
    struct input *list;
    size_t count, capacity;
    bool failed; /* something was left out with a message */
};

/* walk.c: adds what one operand names: a file, or all files in a folder. */
void inputs_add(struct inputs *inputs, const char *operand);

/* given.c: adds the files that a table names, with what it says of them; to be called
 * when all operands are added. A fault: the table is wrong. */
struct fault *given_add(struct inputs *inputs, const char *table);
const char *given_name(enum given_value value); /* as in the table's header */

/* ids.c: gives every input its id. Inputs whose ids cannot be told apart have a
 * rival then; of a file named twice one input is left out. */
void ids_give(struct inputs *inputs);

/* work.c: what a run with these programs, rules and settings is made with, as a
 * digest. Of each file of each path: name, size, times. */
struct fault *digest_uses(struct arena *arena, const char *const *paths, size_t count, const char *setting,
                          const char **digest);

/* work.c: makes the work folder of an input, empty, or with what an earlier run
 * over the same input with the same programs and rules has left; and given.tsv in it,
 * where a table says something of the input. */
struct fault *work_prepare(struct arena *arena, const char *folder, const char *stamp_path, const struct input *input,
                           const char *uses);

#endif
