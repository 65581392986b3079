/* plan: see plan.h. */
#include "plan.h"

#include "output.h"

#include <dirent.h>
#include <unistd.h>

static void remove_file(const char *folder, const char *name)
{
    struct arena *arena = arena_new();
    (void)unlink(path_join(arena, folder, name)); /* one that stays is replaced by the next run */
    arena_free(arena);
}

struct fault *plan_clear(struct arena *arena, const char *folder)
{
    DIR *files = opendir(folder);
    if (!files)
        return fault_errno(arena, folder, "cannot be read");
    for (struct dirent *entry; (entry = readdir(files)) != NULL;)
        if (entry->d_name[0] == '@' || entry->d_name[0] == '.') /* the latter: begun, and cut off */
            remove_file(folder, entry->d_name);
    (void)closedir(files);
    return NULL;
}
