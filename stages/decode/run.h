/* run: another program over the bytes of an input; see run.c. */
#ifndef GONGBAO_RUN_H
#define GONGBAO_RUN_H

#include "decode.h"

struct run_limits {
    int seconds;
    size_t bytes; /* of output */
};

/* How it went. */
struct run {
    bool missing;    /* there is no such program */
    bool late;       /* it was ended: it took too long */
    bool over_limit; /* it was ended: it printed too much */
    int status;      /* its exit status; -1 if a signal ended it */
    char *output;    /* NUL after it; it may be changed */
    size_t size;
    const char *messages; /* its standard error, the beginning of it */
};

/* Runs arguments[0], found in PATH; arguments end with NULL. The bytes of text are
 * its standard input, a file that it may seek in. Returns a fault only where the
 * machine fails. */
struct fault *run_program(struct arena *arena, const struct text *text, const char *const *arguments,
                          const struct run_limits *limits, struct run *run);

#endif
