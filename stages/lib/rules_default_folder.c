/* rules_default_folder: where the rules are that belong to the programs. */
#include "output.h"
#include "rules.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *rules_default_folder(struct arena *arena)
{
    const char *named = getenv("GONGBAO_RULES");
    if (named && *named)
        return named;
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return "rules";
    program[length] = '\0';
    for (char *folder = dirname(program); strcmp(folder, "/") != 0; folder = dirname(folder)) {
        const char *rules = path_join(arena, folder, "rules");
        struct stat found;
        if (stat(rules, &found) == 0 && S_ISDIR(found.st_mode))
            return rules;
    }
    return "rules";
}
