/* output: see output.h. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 32 << 10, READ_SIZE = 64 << 10 };

struct output {
    struct arena *arena;
    const char *path;   /* as given, for messages */
    const char *place;  /* where the file belongs, links followed; NULL if it is written directly */
    const char *beside; /* the file that is written, and renamed if it has a place */
    int file;
    int reason;   /* errno of the first write that failed: a stream forgets it */
    FILE *stream; /* NULL when closed */
};

static const char *shown(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard output" : path;
}

/* Standard output by another name, such as /dev/stdout: to open it anew would
 * cut off what others have written to the same file. */
static bool is_standard_output(const char *path, const struct stat *found)
{
    struct stat standard;
    return strcmp(path, "-") == 0 || (found && fstat(STDOUT_FILENO, &standard) == 0 &&
                                      standard.st_dev == found->st_dev && standard.st_ino == found->st_ino);
}

/* The file that a path leads to, over links: only that one is replaced. */
static const char *resolve(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    if (!real)
        return path;
    const char *copy = arena_copy(arena, real, strlen(real));
    free(real);
    return copy;
}

/* Opens a new file in the folder of out->place. Not mkstemp: a file made by open
 * has the permissions that umask asks for. What is open has an address of its own,
 * so that the first name is free unless another program has it, or left it. */
static int open_beside(struct output *out)
{
    const char *slash = strrchr(out->place, '/');
    int folder = slash ? (int)(slash - out->place + 1) : 0;
    for (unsigned attempt = 0; attempt < UINT_MAX; attempt++) {
        out->beside =
            arena_printf(out->arena, "%.*s.gongbao-%zx", folder, out->place, (size_t)(uintptr_t)out + attempt);
        int file = open(out->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

/* The write function of the stream. Less than size tells it of the failure. */
static ssize_t write_bytes(void *cookie, const char *bytes, size_t size)
{
    struct output *out = cookie;
    size_t written = 0;
    while (written < size && !out->reason) {
        ssize_t step = write(out->file, bytes + written, size - written);
        if (step >= 0)
            written += (size_t)step;
        else if (errno != EINTR)
            out->reason = errno;
    }
    return (ssize_t)written;
}

/* Standard output stays open, for the next job. */
static int close_file(void *cookie)
{
    struct output *out = cookie;
    int failed = out->file == STDOUT_FILENO ? 0 : close(out->file);
    if (failed && !out->reason)
        out->reason = errno;
    return failed;
}

static struct fault *open_stream(struct output *out)
{
    static const cookie_io_functions_t functions = {.write = write_bytes, .close = close_file};
    out->stream = fopencookie(out, "w", functions);
    if (!out->stream)
        return fault_errno(out->arena, out->path, "cannot be written");
    setvbuf(out->stream, arena_room(out->arena, BUFFER_SIZE), _IOFBF, BUFFER_SIZE);
    return NULL;
}

static struct fault *open_file(struct output *out, const struct stat *found, bool is_link)
{
    if (is_standard_output(out->path, found)) {
        out->file = STDOUT_FILENO;
        return NULL;
    }
    if (found && S_ISDIR(found->st_mode))
        return fault(out->arena, out->path, 0, "is a folder, not a file that could be written: name a file");
    if (found && !S_ISREG(found->st_mode)) {
        out->file = open(out->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    } else {
        out->place = found && is_link ? resolve(out->arena, out->path) : out->path;
        out->file = open_beside(out);
    }
    return out->file < 0 ? fault_errno(out->arena, out->path, "cannot be written") : NULL;
}

static void discard(void *out)
{
    output_discard(out);
}

/* What a path leads to; NULL if nothing is there. Where it is a link, *is_link. */
static const struct stat *look_at(const char *path, struct stat *found, bool *is_link)
{
    *is_link = false;
    if (strcmp(path, "-") == 0 || lstat(path, found) != 0)
        return NULL;
    *is_link = S_ISLNK(found->st_mode);
    return *is_link && stat(path, found) != 0 ? NULL : found;
}

/* What both ways of opening have in common, when out->file is open. */
static struct fault *begin_writing(struct output *out, struct output **opened)
{
    arena_at_end(out->arena, discard, out); /* a step that fails need not clear up */
    TRY(open_stream(out));
    *opened = out;
    return NULL;
}

struct fault *output_open(struct arena *arena, const char *path, struct output **opened)
{
    struct stat found;
    bool is_link;
    struct output *out = arena_alloc(arena, sizeof *out);
    *out = (struct output){.arena = arena, .path = path};
    *opened = NULL;
    const struct stat *there = look_at(path, &found, &is_link);
    TRY(open_file(out, there, is_link));
    return begin_writing(out, opened);
}

struct fault *output_open_new(struct arena *arena, const char *path, struct output **opened)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return output_open(arena, path, opened);
    struct output *out = arena_alloc(arena, sizeof *out);
    *out = (struct output){.arena = arena, .path = path, .beside = path, .file = file};
    *opened = NULL;
    return begin_writing(out, opened);
}

FILE *output_stream(struct output *out)
{
    return out->stream;
}

struct fault *output_close(struct output *out)
{
    bool written = fclose(out->stream) == 0 && !out->reason;
    out->stream = NULL;
    errno = out->reason;
    struct fault *wrong = written ? NULL : fault_errno(out->arena, shown(out->path), "cannot be written to its end");
    if (written && out->place && rename(out->beside, out->place) != 0)
        wrong = fault_errno(out->arena, out->path, "cannot be replaced");
    if (!wrong)
        out->beside = NULL;
    output_discard(out);
    return wrong;
}

void output_discard(struct output *out)
{
    if (!out)
        return;
    if (out->stream) {
        out->reason = ECANCELED; /* nothing more is written */
        (void)fclose(out->stream);
    }
    out->stream = NULL;
    if (out->beside)
        (void)unlink(out->beside);
    out->beside = NULL;
}

/* Reads a file to its end. expected: its size, as far as that is known; 0: it is not. */
static struct fault *read_all(struct arena *arena, int file, const char *path, size_t limit, size_t expected,
                              char **bytes, size_t *size)
{
    size_t capacity = (expected > 0 ? expected : READ_SIZE) + 2, length = 0; /* room for the NUL, and never full */
    char *buffer = arena_room(arena, capacity);
    while (expected == 0 || length != expected) { /* one of which all that was said has come has no more */
        ssize_t got = read(file, buffer + length, capacity - length - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fault_errno(arena, path, "cannot be read");
        if (got == 0)
            break;
        length += (size_t)got;
        if (length > limit)
            return fault(arena, path, 0, "is longer than the limit of %zu bytes: split it", limit);
        if (length + 1 == capacity)
            buffer = arena_grow(arena, buffer, length, &capacity, 1);
    }
    buffer[length] = '\0';
    *bytes = buffer;
    *size = length;
    return NULL;
}

struct fault *input_read(struct arena *arena, const char *path, size_t limit, char **bytes, size_t *size)
{
    *bytes = NULL;
    *size = 0;
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        return fault_errno(arena, path, "cannot be opened");
    struct stat found;
    struct fault *wrong = NULL;
    if (fstat(file, &found) != 0)
        wrong = fault_errno(arena, path, "cannot be read");
    else if (S_ISDIR(found.st_mode))
        wrong = fault(arena, path, 0, "is a folder, not a file: name the files in it");
    else if (S_ISREG(found.st_mode) && (uintmax_t)found.st_size > limit)
        wrong = fault(arena, path, 0, "is longer than the limit of %zu bytes: split it", limit);
    else
        wrong = read_all(arena, file, path, limit, S_ISREG(found.st_mode) ? (size_t)found.st_size : 0, bytes, size);
    if (!standard)
        close(file);
    return wrong;
}

const char *path_join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    const char *between = length && folder[length - 1] == '/' ? "" : "/";
    return arena_printf(arena, "%s%s%s", folder, between, name);
}

struct fault *folder_make(struct arena *arena, const char *path)
{
    struct stat found;
    bool there = stat(path, &found) == 0;
    if (!there && mkdir(path, 0777) != 0) {
        if (errno != EEXIST || stat(path, &found) != 0) /* another program may have made it since */
            return fault_errno(arena, path, "cannot be made");
        there = true;
    }
    if (there && !S_ISDIR(found.st_mode))
        return fault(arena, path, 0, "is a file where a folder is needed: move it away or name another folder");
    return NULL;
}

struct fault *folder_make_all(struct arena *arena, const char *path)
{
    for (const char *slash = strchr(*path ? path + 1 : path, '/'); slash; slash = strchr(slash + 1, '/'))
        TRY(folder_make(arena, arena_copy(arena, path, (size_t)(slash - path))));
    return folder_make(arena, path);
}

bool time_is_later(const struct timespec *one, const struct timespec *other)
{
    return one->tv_sec > other->tv_sec || (one->tv_sec == other->tv_sec && one->tv_nsec > other->tv_nsec);
}

struct fault *tree_remove(struct arena *arena, const char *path)
{
    char *roots[] = {arena_copy(arena, path, strlen(path)), NULL};
    struct fault *wrong = NULL;
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
    if (!walk)
        return fault_errno(arena, path, "cannot be removed");
    for (FTSENT *entry; !wrong && (entry = fts_read(walk)) != NULL;) {
        if (entry->fts_info == FTS_D)
            continue; /* seen again when it is empty */
        errno = entry->fts_errno;
        bool unreadable = entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS;
        bool removed = !unreadable && (entry->fts_info == FTS_DP ? rmdir : unlink)(entry->fts_accpath) == 0;
        if (!removed && errno != ENOENT)
            wrong = fault_errno(arena, entry->fts_path, "cannot be removed");
    }
    (void)fts_close(walk);
    return wrong;
}
