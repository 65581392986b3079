/* log: what a stage says of each input of its list, for the programs that watch a run
 * and sum it up. Many stages write to one log, a file or a pipe, at the same time. */
#ifndef GONGBAO_LOG_H
#define GONGBAO_LOG_H

#include "fault.h"

struct log; /* opaque; lives in the arena that it was opened with */

/* The words for what became of an input. */
#define LOG_DONE "done"
#define LOG_FAILED "failed"
#define LOG_SKIPPED "skipped" /* the stage before has not made what this one reads, and said why */

/* The columns of a line. */
enum log_column { LOG_OUTPUT, LOG_STATUS, LOG_PATH, LOG_LINE, LOG_TEXT, LOG_COLUMNS };

/* Opens a log, to write behind what stands in it. Returns NULL, or a fault that says why
 * it may not be written. */
struct fault *log_open(struct arena *arena, const char *path, struct log **log);

/* Says what became of the input whose output is called so; wrong, if not NULL, is what
 * was wrong with it. The line is written soon, with others; log_close finds what failed. */
void log_job(struct log *log, const char *output, const char *status, const struct fault *wrong);

/* Writes what is left. A fault: something could not be written. */
struct fault *log_close(struct log *log);

#endif
