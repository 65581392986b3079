/* children: programs that run side by side, until all have ended or the run is stopped. */
#include "conduct.h"

#include "../lib/program.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The end of a child, and the two signals that end a run. */
static void waited_signals(sigset_t *signals)
{
    (void)sigemptyset(signals);
    (void)sigaddset(signals, SIGCHLD);
    (void)sigaddset(signals, SIGINT);
    (void)sigaddset(signals, SIGTERM);
}

void children_begin(struct children *children)
{
    sigset_t signals;
    waited_signals(&signals);
    (void)sigprocmask(SIG_BLOCK, &signals, &children->before);
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

/* Takes note of a child that has ended. */
static void note_end(struct children *children, pid_t pid, int state)
{
    int status = WIFEXITED(state) ? WEXITSTATUS(state) : STAGE_FAILED;
    children->status = status > children->status ? status : children->status;
    for (size_t i = 0; i < children->count; i++)
        if (children->all[i] == pid)
            children->all[i--] = children->all[--children->count];
}

static void stop(const struct children *children)
{
    for (size_t i = 0; i < children->count; i++)
        (void)kill(children->all[i], SIGTERM); /* it cannot have ended: nobody has waited for it */
}

int children_wait(struct children *children)
{
    sigset_t signals;
    bool stopped = false;
    waited_signals(&signals);
    while (children->count > 0) {
        int state;
        pid_t pid = waitpid(-1, &state, WNOHANG);
        if (pid > 0) {
            note_end(children, pid, state);
            continue;
        }
        int signal = sigwaitinfo(&signals, NULL); /* SIGCHLD stays until then, if a child ended meanwhile */
        if (signal == SIGINT || signal == SIGTERM) {
            stopped = true;
            stop(children);
        }
    }
    int status = stopped ? CHILD_STOPPED : children->status;
    children->status = STAGE_OK;
    return status;
}
