/* children: programs that run side by side, until all have ended or the run is stopped. */
#include "conduct.h"

#include "../lib/program.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A signal that whoever started the run has it ignore does not end it. */
static void add_unless_ignored(sigset_t *signals, int signal)
{
    struct sigaction action;
    if (sigaction(signal, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        (void)sigaddset(signals, signal);
}

void children_begin(struct children *children)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    (void)sigaction(SIGCHLD, &usual, NULL); /* where it is ignored, no end of a child is told */
    (void)sigemptyset(&children->awaited);
    (void)sigaddset(&children->awaited, SIGCHLD);
    add_unless_ignored(&children->awaited, SIGINT);
    add_unless_ignored(&children->awaited, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &children->awaited, &children->before);
}

/* Returns an error number. The attributes make the child's signals those that this program
 * was started with; it ignores some itself (program.h). */
static int start(pid_t *pid, const struct children *children, const char *const *words,
                 const posix_spawn_file_actions_t *actions)
{
    posix_spawnattr_t attributes;
    int reason = posix_spawnattr_init(&attributes);
    if (reason)
        return reason;
    sigset_t ignored;
    (void)sigemptyset(&ignored);
    (void)sigaddset(&ignored, SIGPIPE);
    (void)sigaddset(&ignored, SIGXFSZ);
    (void)posix_spawnattr_setsigmask(&attributes, &children->before);
    (void)posix_spawnattr_setsigdefault(&attributes, &ignored);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    reason = posix_spawn(pid, words[0], actions, &attributes, (char *const *)words, environ);
    (void)posix_spawnattr_destroy(&attributes);
    return reason;
}

struct fault *children_start(struct arena *arena, struct children *children, const char *const *words,
                             const struct child_files *files)
{
    const int given[] = {files->in, files->out, files->error};
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    int reason = posix_spawn_file_actions_init(&actions);
    for (int descriptor = 0; !reason && descriptor < (int)COUNT(given); descriptor++)
        if (given[descriptor] >= 0)
            reason = posix_spawn_file_actions_adddup2(&actions, given[descriptor], descriptor);
    if (!reason)
        reason = start(&pid, children, words, &actions);
    (void)posix_spawn_file_actions_destroy(&actions);
    errno = reason;
    if (reason)
        return fault_errno(arena, words[0], "cannot be started");
    children->all = arena_grow(arena, children->all, children->count, &children->capacity, sizeof *children->all);
    children->all[children->count++] = pid;
    return NULL;
}

struct fault *pipe_open(struct arena *arena, int ends[2])
{
    return pipe2(ends, O_CLOEXEC) == 0 ? NULL : fault_errno(arena, NULL, "no pipe can be made");
}

/* Takes note of a child that has ended. There may be others than ours: those of a program
 * in whose place this one was started. */
static void note_end(struct children *children, pid_t pid, int state)
{
    int status = WIFEXITED(state) ? WEXITSTATUS(state) : STAGE_FAILED;
    for (size_t i = 0; i < children->count; i++) {
        if (children->all[i] != pid)
            continue;
        children->all[i] = children->all[--children->count];
        children->status = status > children->status ? status : children->status;
        return;
    }
}

static void stop(const struct children *children)
{
    for (size_t i = 0; i < children->count; i++)
        (void)kill(children->all[i], SIGTERM); /* it cannot have ended: nobody has waited for it */
}

/* Whether a signal that ends the run has come and was not looked at. */
static bool is_told_to_end(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

int children_wait(struct children *children)
{
    bool stopped = false;
    while (children->count > 0) {
        int state;
        pid_t pid = waitpid(-1, &state, WNOHANG);
        if (pid < 0) /* there is none, against all we know: nothing to wait for */
            break;
        if (pid > 0) {
            note_end(children, pid, state);
            continue;
        }
        int signal = sigwaitinfo(&children->awaited, NULL); /* SIGCHLD stays until then, if a child ended meanwhile */
        if (signal == SIGINT || signal == SIGTERM) {
            stopped = true;
            stop(children);
        }
    }
    int status = stopped || is_told_to_end() ? CHILD_STOPPED : children->status;
    children->count = 0;
    children->status = STAGE_OK;
    return status;
}
