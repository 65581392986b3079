/* place: see place.h. */
#include "place.h"

#include "flow.h"
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

bool place_is_taken(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

bool place_is_result(struct arena *arena, const char *folder)
{
    return place_is_taken(path_join(arena, folder, flow_made_file)) ||
           (place_is_taken(path_join(arena, folder, "datapackage.json")) &&
            place_is_taken(path_join(arena, folder, "summary.csv")));
}

/* For a file system that cannot exchange two folders: two renames. A kill between
 * them leaves the earlier result beside the work folder; restore finds it. */
static struct fault *replace_in_two_steps(struct arena *arena, const char *folder, const char *place, const char *aside)
{
    if (rename(place, aside) != 0)
        return fault_errno(arena, place, "cannot be replaced");
    if (rename(folder, place) == 0)
        return rename(aside, folder) == 0 ? NULL : fault_errno(arena, aside, "cannot be moved");
    struct fault *wrong = fault_errno(arena, place, "cannot be replaced");
    (void)rename(aside, place); /* back; if that fails too, the next run does it */
    return wrong;
}

/* After this folder holds the earlier result. */
static struct fault *exchange(struct arena *arena, const char *folder, const char *place, const char *aside)
{
    if (renameat2(AT_FDCWD, folder, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
        return NULL;
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
        return replace_in_two_steps(arena, folder, place, aside);
    return fault_errno(arena, place, "cannot be replaced");
}

static struct fault *restore(struct arena *arena, const char *place, const char *aside)
{
    if (!place_is_taken(aside))
        return NULL;
    if (!place_is_taken(place) && rename(aside, place) != 0)
        return fault_errno(arena, place, "cannot be restored");
    return tree_remove(arena, aside);
}

struct fault *place_check(struct arena *arena, const char *place)
{
    struct stat found;
    if (lstat(place, &found) != 0 || (S_ISDIR(found.st_mode) && (place_is_result(arena, place) || rmdir(place) == 0)))
        return NULL;
    return fault(arena, place, 0, "is not the result of an earlier run: move it away, or use another --out");
}

struct fault *place_take(struct arena *arena, const char *folder, const char *place)
{
    const char *aside = arena_printf(arena, "%s@old", folder);
    TRY(restore(arena, place, aside));
    if (rename(folder, place) == 0) /* nothing stood there, or an empty folder */
        return NULL;
    if (errno != ENOTEMPTY && errno != EEXIST)
        return fault_errno(arena, place, "cannot be made");
    TRY(exchange(arena, folder, place, aside));
    return tree_remove(arena, folder);
}
