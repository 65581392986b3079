/* publish: the parts of the program. */
#ifndef GONGBAO_PUBLISH_H
#define GONGBAO_PUBLISH_H

#include "../lib/fault.h"
#include "../lib/results.h"
#include <stdbool.h>

/* What a stage said of an input that it failed on. */
struct failure {
    const char *output; /* what the stage was to write: the work folder, or a file in it */
    struct fault *what;
};

/* What has become of an input. No text is NULL; a number that is not known is "". */
struct result {
    const char *status; /* as in results.h */
    const char *lines, *documents, *rows[TABLE_COUNT];
    const char *message;
};

/* result.c: reads it from the folder of a run, whole or made up to some stage. A fault:
 * the folder's report.tsv is none. */
struct fault *result_read(struct arena *arena, const char *folder, struct result *result);

/* result.c: of an input that could not be converted. */
struct result result_of_failure(struct arena *arena, const struct fault *wrong);

#endif
