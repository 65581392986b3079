/* log: see log.h. */
#include "log.h"

#include "tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <time.h>
#include <unistd.h>

/* Lines go out together, for each write wakes the program that reads them; but often
 * enough for one who watches. What goes out is no more than a pipe takes in one piece,
 * if none of the lines is longer than half of that. */
enum { BLOCK_SIZE = PIPE_BUF / 2, PAUSE_MS = 100 };

struct log {
    struct arena *arena;
    const char *path; /* as given, for messages */
    FILE *stream;
    struct timespec written; /* when lines went out last */
};

struct fault *log_open(struct arena *arena, const char *path, struct log **log)
{
    *log = NULL;
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC, 0666);
    FILE *stream = file >= 0 ? fdopen(file, "a") : NULL;
    if (!stream) {
        struct fault *wrong = fault_errno(arena, path, "cannot be written");
        if (file >= 0)
            (void)close(file);
        return wrong;
    }
    *log = arena_alloc(arena, sizeof **log);
    **log = (struct log){.arena = arena, .path = path, .stream = stream};
    return NULL;
}

static bool is_time(struct log *log)
{
    struct timespec now = {0};
    if (clock_gettime(CLOCK_MONOTONIC_COARSE, &now) != 0)
        return true;
    long passed = (now.tv_sec - log->written.tv_sec) * 1000 + (now.tv_nsec - log->written.tv_nsec) / 1000000;
    if (passed < PAUSE_MS)
        return false;
    log->written = now;
    return true;
}

void log_job(struct log *log, const char *output, const char *status, const struct fault *wrong)
{
    char line[32] = "";
    if (wrong && wrong->line > 0)
        (void)snprintf(line, sizeof line, "%ld", wrong->line);
    const char *fields[LOG_COLUMNS];
    fields[LOG_OUTPUT] = output;
    fields[LOG_STATUS] = status;
    fields[LOG_PATH] = wrong && wrong->path ? wrong->path : "";
    fields[LOG_LINE] = line;
    fields[LOG_TEXT] = wrong ? wrong->text : "";
    tsv_write(log->stream, fields, LOG_COLUMNS);
    if (__fpending(log->stream) > BLOCK_SIZE || is_time(log))
        (void)fflush(log->stream); /* log_close finds what was lost */
}

struct fault *log_close(struct log *log)
{
    bool written = !ferror(log->stream);
    if (fclose(log->stream) == 0 && written)
        return NULL;
    return fault_errno(log->arena, log->path, "cannot be written to its end");
}
