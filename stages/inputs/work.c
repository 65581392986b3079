/* work: what is to be done for an input, and the folder in which that is done. In: the
 * earlier result and what an interrupted run has left. Out: a work folder with those
 * files of the two that are used again, as links, and without those that are to be
 * made: so what stands in it is true after a kill at any moment. */
#include "inputs.h"

#include "../lib/output.h"
#include "../lib/tsv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what is to be done ---- */

bool task_runs(const struct task *task)
{
    return task->first <= task->last;
}

bool task_is_done(const struct task *task)
{
    return !task_runs(task) && !task->in_work;
}

static bool has_files(struct arena *arena, const char *folder, size_t stage)
{
    for (const char *const *file = flow[stage].writes; *file; file++)
        if (access(path_join(arena, folder, *file), F_OK) != 0)
            return false;
    return true;
}

/* A run from a stage on takes what that stage reads as it stands, fresh or not. */
static struct fault *settle_from(struct arena *arena, size_t from, struct task *task)
{
    task->first = task->kept = from;
    task->why = "it was asked for";
    if (from == 0 || task->fresh >= from)
        return NULL;
    if (task->in_work && !has_files(arena, task->work, from - 1))
        task->in_work = false;
    for (size_t stage = 0; stage < from; stage++)
        if (!has_files(arena, task->in_work ? task->work : task->result, stage))
            return fault(arena, task->input->path, 0,
                         "has no %s yet for %s to read: run it without --from and --only first", flow_last_file(stage),
                         flow[from].name);
    return NULL;
}

struct fault *task_settle(struct arena *arena, const struct making *making, const struct settings *settings,
                          struct task *task)
{
    struct state result = state_find(arena, task->result, making, task->input, task->lines);
    struct state work = state_find(arena, task->work, making, task->input, task->lines);
    task->in_work = work.fresh > result.fresh;
    task->fresh = task->in_work ? work.fresh : result.fresh;
    task->why = task->in_work ? work.why : result.why;
    task->last = settings->to;
    if (settings->from < FLOW_COUNT)
        return settle_from(arena, settings->from, task);
    task->first = task->kept = task->fresh;
    if (!task_runs(task))
        task->why = task->in_work ? "an earlier run was cut off" : "";
    return NULL;
}

/* ---- the work folder ---- */

/* Takes away what a cut off run had begun, and what is to be made. */
static struct fault *clear_work(struct arena *arena, const struct task *task)
{
    DIR *folder = opendir(task->work);
    if (!folder)
        return fault_errno(arena, task->work, "cannot be read");
    struct fault *wrong = NULL;
    for (struct dirent *entry; !wrong && (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        bool kept = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
        for (size_t stage = 0; stage < task->kept; stage++)
            for (const char *const *file = flow[stage].writes; *file; file++)
                kept = kept || strcmp(name, *file) == 0;
        if (!kept)
            wrong = tree_remove(arena, path_join(arena, task->work, name));
    }
    (void)closedir(folder);
    return wrong;
}

/* For a file system without links: the same bytes, as old as they are. */
static struct fault *copy_file(struct arena *arena, const char *old, const char *new)
{
    struct stat found;
    int from = open(old, O_RDONLY | O_CLOEXEC), to = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    ssize_t copied = from >= 0 && to >= 0 && fstat(from, &found) == 0 ? 1 : -1;
    while (copied > 0)
        copied = copy_file_range(from, NULL, to, NULL, SSIZE_MAX, 0);
    bool whole = copied == 0 && futimens(to, (const struct timespec[]){found.st_mtim, found.st_mtim}) == 0;
    struct fault *wrong = whole ? NULL : fault_errno(arena, old, "cannot be copied to %s", new);
    if (from >= 0)
        (void)close(from); /* only read */
    if (to >= 0 && close(to) != 0 && !wrong)
        wrong = fault_errno(arena, new, "cannot be written");
    return wrong;
}

/* Links the files of some stages out of the result, as far as they are there. */
static struct fault *take_over(struct arena *arena, const struct task *task, size_t from, size_t to)
{
    for (size_t stage = from; stage < to; stage++)
        for (const char *const *file = flow[stage].writes; *file; file++) {
            const char *old = path_join(arena, task->result, *file), *new = path_join(arena, task->work, *file);
            if (link(old, new) != 0 && errno != ENOENT)
                TRY(copy_file(arena, old, new));
        }
    return NULL;
}

/* A file that is new in the work folder, and wanted there by no one before the folder is
 * done: so it is written where it belongs. */
static struct fault *write_plain(struct arena *arena, const char *path, const char *text, const struct timespec *time)
{
    size_t length = strlen(text);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return fault_errno(arena, path, "cannot be made");
    bool written = write(file, text, length) == (ssize_t)length;
    if (written)
        written = futimens(file, (const struct timespec[]){*time, *time}) == 0;
    int reason = errno;
    if (close(file) == 0 && written)
        return NULL;
    errno = written ? errno : reason;
    return fault_errno(arena, path, "cannot be written");
}

/* What decode will find: the name of a value, a tab, and the value. */
static struct fault *write_given(struct arena *arena, const char *folder, const struct given *given)
{
    struct output *out;
    TRY(output_open(arena, path_join(arena, folder, "given.tsv"), &out));
    for (size_t i = 0; i < GIVEN_COUNT; i++)
        if (*given->values[i])
            tsv_write(output_stream(out), (const char *const[]){given_name(i), given->values[i]}, 2);
    return output_close(out);
}

/* made.tsv of the folder to be: the stages that are fresh or will run. Of the others it
 * says nothing, so that they have something to do whatever happens before they run. */
static const char *list_making(struct arena *arena, const struct making *making, const struct task *task)
{
    size_t length = strlen(task->lines);
    for (size_t stage = 0; stage <= task->last; stage++)
        length += strlen(making->lines[stage]);
    char *text = arena_alloc(arena, length + 1), *end = text;
    for (size_t stage = 0; stage <= task->last; stage++) {
        if (stage >= task->fresh && stage < task->first)
            continue;
        end = stpcpy(end, making->lines[stage]);
        if (stage == 0)
            end = stpcpy(end, task->lines);
    }
    return text;
}

/* An empty folder, whatever stands in its place. */
static struct fault *make_work(struct arena *arena, const char *work)
{
    if (mkdir(work, 0777) == 0)
        return NULL;
    TRY(tree_remove(arena, work));
    return folder_make(arena, work);
}

struct fault *task_prepare(struct arena *arena, const struct making *making, const struct task *task)
{
    const char *work = task->work;
    if (task->in_work) {
        TRY(clear_work(arena, task));
    } else {
        TRY(make_work(arena, work));
        TRY(take_over(arena, task, 0, task->kept));
    }
    TRY(take_over(arena, task, task->last + 1, FLOW_COUNT));
    if (task->input->given)
        TRY(write_given(arena, work, task->input->given));
    return write_plain(arena, path_join(arena, work, flow_made_file), list_making(arena, making, task), &making->began);
}
