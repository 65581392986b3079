/* stale: which files of a run's folder a new run would make again as they are. In: the
 * folder of an earlier run, whole or cut off, and what a run would make it with now.
 * Out: how many stages have nothing to do, and why the next one has. A stage has
 * something to do when a file of it is missing, when a file that it reads is newer,
 * when a rules file or its program is newer than the run, or when made.tsv says that
 * it was made with something else: other rules, another option, another input. This is
 * what make does with times, and what it cannot do: a rules file that is gone or has an
 * older copy in its place, an option, another input of the same name. */
#include "inputs.h"

#include "../lib/output.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_LIST = 1 << 20 }; /* bytes of a made.tsv; a list of 100 rules files has 20 KB */

/* The folder that is looked at. */
struct folder {
    struct arena *arena;
    int descriptor;
    char *made;               /* its made.tsv */
    struct timespec made_at;  /* when that was written: all files of the run are younger */
    struct timespec last_one; /* when the files of the stage before were written */
    const char *last_name;    /* the youngest of them; NULL at the first stage */
};

/* Reads made.tsv. False: there is none. */
static bool open_folder(struct arena *arena, const char *path, struct folder *folder)
{
    struct stat found;
    size_t size;
    const char *made = path_join(arena, path, flow_made_file);
    *folder = (struct folder){.arena = arena, .descriptor = -1};
    if (stat(made, &found) != 0 || input_read(arena, made, LONGEST_LIST, &folder->made, &size) ||
        strlen(folder->made) != size)
        return false;
    folder->made_at = found.st_mtim;
    folder->descriptor = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return folder->descriptor >= 0;
}

/* The lines of a stage in made.tsv, where they stand one after the other. */
static const char *lines_of(const struct folder *folder, const char *stage)
{
    size_t name = strlen(stage);
    const char *from = folder->made, *to;
    while (*from && (strncmp(from, stage, name) != 0 || from[name] != '\t'))
        from += strcspn(from, "\n") + (strchr(from, '\n') != NULL);
    for (to = from; strncmp(to, stage, name) == 0 && to[name] == '\t';)
        to += strcspn(to, "\n") + (strchr(to, '\n') != NULL);
    return arena_copy(folder->arena, from, (size_t)(to - from));
}

/* The files of a stage: that they are there, and not older than what they are made of. */
static const char *check_files(struct folder *folder, const struct flow_stage *stage)
{
    struct timespec youngest = {0};
    const char *name = NULL;
    for (const char *const *file = stage->writes; *file; file++) {
        struct stat found;
        if (fstatat(folder->descriptor, *file, &found, 0) != 0)
            return arena_printf(folder->arena, "%s is missing", *file);
        if (folder->last_name && time_is_later(&folder->last_one, &found.st_mtim))
            return arena_printf(folder->arena, "%s is newer than %s", folder->last_name, *file);
        if (!name || time_is_later(&found.st_mtim, &youngest)) {
            youngest = found.st_mtim;
            name = *file;
        }
    }
    folder->last_one = youngest;
    folder->last_name = name;
    return NULL;
}

/* Why the stage has something to do; NULL: it has not. */
static const char *find_reason(struct folder *folder, size_t stage, const struct making *making,
                               const struct input *input, const char *input_lines)
{
    const char *then = lines_of(folder, flow[stage].name), *now = making->lines[stage];
    if (!*then)
        return "an earlier run left it out";
    if (stage == 0)
        now = arena_printf(folder->arena, "%s%s", now, input_lines);
    const char *differs = strcmp(then, now) == 0 ? NULL : making_differs(folder->arena, then, now);
    if (differs)
        return differs;
    if (time_is_later(&making->newest[stage], &folder->made_at))
        return arena_printf(folder->arena, "%s is newer", making->newest_name[stage]);
    if (stage == 0 && time_is_later(&input->found.st_mtim, &folder->made_at))
        return "the input is newer";
    return check_files(folder, &flow[stage]);
}

struct state state_find(struct arena *arena, const char *path, const struct making *making, const struct input *input,
                        const char *input_lines)
{
    struct folder folder;
    struct state state = {.fresh = 0};
    if (!open_folder(arena, path, &folder))
        return (struct state){0, "there is no earlier result"};
    while (state.fresh < FLOW_COUNT) {
        state.why = find_reason(&folder, state.fresh, making, input, input_lines);
        if (state.why)
            break;
        state.fresh++;
    }
    (void)close(folder.descriptor);
    return state;
}
