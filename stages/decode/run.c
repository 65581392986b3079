/* run: another program over the bytes of an input. In: the bytes, as its standard
 * input. Out: what it printed. It gets a plain environment, so that it prints the
 * same everywhere, and is ended when it takes too long or prints too much. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READ_SIZE = 64 << 10, MESSAGE_LIMIT = 2000 };

/* What comes through a pipe, kept up to a limit. */
struct stream {
    int descriptor; /* -1 when it has come to its end */
    char *bytes;    /* NUL after them */
    size_t size, capacity, limit;
    bool over; /* there was more than the limit */
};

static struct stream open_stream(struct arena *arena, int descriptor, size_t limit)
{
    return (struct stream){.descriptor = descriptor, .bytes = arena_alloc(arena, 1), .capacity = 1, .limit = limit};
}

static long milliseconds(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads what has come; at its end the pipe is closed. */
static void take(struct arena *arena, struct stream *stream)
{
    char buffer[READ_SIZE];
    ssize_t got = read(stream->descriptor, buffer, sizeof buffer);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        (void)close(stream->descriptor);
        stream->descriptor = -1;
        return;
    }
    size_t room = stream->limit - stream->size, size = (size_t)got < room ? (size_t)got : room;
    stream->over = stream->over || (size_t)got > room;
    while (stream->size + size + 1 > stream->capacity)
        stream->bytes = arena_grow(arena, stream->bytes, stream->capacity, &stream->capacity, 1);
    memcpy(stream->bytes + stream->size, buffer, size);
    stream->size += size;
    stream->bytes[stream->size] = '\0';
}

/* Reads both pipes to their ends. False if the time or the room was over first. */
static bool take_all(struct arena *arena, struct stream *output, struct stream *messages, int seconds)
{
    long end = milliseconds() + seconds * 1000L;
    while (output->descriptor >= 0 || messages->descriptor >= 0) {
        struct pollfd waiting[] = {
            {.fd = output->descriptor,   .events = POLLIN},
            {.fd = messages->descriptor, .events = POLLIN},
        };
        long left = end - milliseconds();
        if (left <= 0)
            return false;
        if (poll(waiting, COUNT(waiting), (int)left) < 0 && errno != EINTR)
            return false;
        if (output->descriptor >= 0 && waiting[0].revents)
            take(arena, output);
        if (messages->descriptor >= 0 && waiting[1].revents)
            take(arena, messages);
        if (output->over)
            return false;
    }
    return true;
}

/* A copy of the input that has no name: nothing is left of it, whatever happens. */
static struct fault *keep_copy(struct arena *arena, const struct text *text, FILE **copy)
{
    *copy = tmpfile();
    if (!*copy)
        return fault_errno(arena, text->path, "no temporary file can be made for it");
    if (fwrite(text->bytes, 1, text->size, *copy) != text->size || fflush(*copy) != 0 ||
        fseek(*copy, 0, SEEK_SET) != 0) {
        struct fault *wrong = fault_errno(arena, text->path, "cannot be copied to a temporary file");
        (void)fclose(*copy);
        return wrong;
    }
    return NULL;
}

/* Starts the program; 0 or an errno. */
static int start(const char *const *arguments, int input, int output, int messages, pid_t *process)
{
    const char *path = getenv("PATH");
    char search[4096] = "PATH=/usr/local/bin:/usr/bin:/bin";
    if (path && strlen(path) < sizeof search - sizeof "PATH=")
        (void)snprintf(search, sizeof search, "PATH=%s", path);
    char *const environment[] = {search, "LC_ALL=C", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        (void)posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    (void)sigemptyset(&defaults);
    (void)sigaddset(&defaults, SIGPIPE); /* it ends if we do */
    (void)sigaddset(&defaults, SIGXFSZ);
    (void)posix_spawnattr_setsigdefault(&attributes, &defaults);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    const int places[][2] = {
        {input,    STDIN_FILENO },
        {output,   STDOUT_FILENO},
        {messages, STDERR_FILENO},
    };
    for (size_t i = 0; !error && i < COUNT(places); i++)
        error = posix_spawn_file_actions_adddup2(&actions, places[i][0], places[i][1]);
    if (!error) /* it takes the arguments as they are, only its type is older than const */
        error = posix_spawnp(process, arguments[0], &actions, &attributes, (char *const *)(uintptr_t)arguments,
                             environment);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Waits for the end of the process; its exit status, -1 if a signal ended it. */
static int wait_for(pid_t process)
{
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Runs the program between its pipes. Closes their ends. */
static int run_between(struct arena *arena, const char *const *arguments, int input, int output[2], int messages[2],
                       const struct run_limits *limits, struct run *run)
{
    pid_t process;
    struct stream out = open_stream(arena, output[0], limits->bytes);
    struct stream said = open_stream(arena, messages[0], MESSAGE_LIMIT);
    int error = start(arguments, input, output[1], messages[1], &process);
    (void)close(output[1]);
    (void)close(messages[1]);
    if (!error) {
        bool whole = take_all(arena, &out, &said, limits->seconds);
        if (!whole)
            (void)kill(process, SIGKILL);
        run->status = wait_for(process);
        run->over_limit = out.over;
        run->late = !whole && !out.over;
    }
    if (out.descriptor >= 0)
        (void)close(out.descriptor);
    if (said.descriptor >= 0)
        (void)close(said.descriptor);
    run->output = out.bytes;
    run->size = out.size;
    run->messages = said.bytes;
    return error;
}

struct fault *run_program(struct arena *arena, const struct text *text, const char *const *arguments,
                          const struct run_limits *limits, struct run *run)
{
    FILE *copy;
    int output[2], messages[2], error = 0;
    *run = (struct run){.status = -1};
    TRY(keep_copy(arena, text, &copy));
    if (pipe2(output, O_CLOEXEC) != 0) {
        error = errno;
    } else if (pipe2(messages, O_CLOEXEC) != 0) {
        error = errno;
        (void)close(output[0]);
        (void)close(output[1]);
    } else {
        error = run_between(arena, arguments, fileno(copy), output, messages, limits, run);
    }
    (void)fclose(copy);
    run->missing = error == ENOENT;
    if (!error || run->missing)
        return NULL;
    errno = error;
    return fault_errno(arena, text->path, "%s cannot be started", arguments[0]);
}
