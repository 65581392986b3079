/* walk: from the operands of the command line to the list of inputs. A file is an
 * input whatever its name; in a folder all files are, but hidden ones, and but
 * what earlier runs have made. Files of a folder come in the order of
 * the bytes of their names, so that no file system decides it. */
#include "inputs.h"

#include "../lib/output.h"
#include "../lib/place.h"
#include "../lib/program.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>

/* What has no name to call it by is said at once; the others become inputs that fail. */
static void leave_out(struct inputs *inputs, const char *path, const char *why)
{
    program_say(path, 0, why);
    inputs->failed = true;
}

static void add(struct inputs *inputs, const char *path, const char *name, const struct stat *found, const char *wrong)
{
    inputs->list = arena_grow(inputs->arena, inputs->list, inputs->count, &inputs->capacity, sizeof *inputs->list);
    inputs->list[inputs->count++] = (struct input){
        .path = arena_copy(inputs->arena, path, strlen(path)),
        .name = arena_copy(inputs->arena, name, strlen(name)),
        .found = found ? *found : (struct stat){0},
        .wrong = wrong ? arena_copy(inputs->arena, wrong, strlen(wrong)) : NULL,
    };
}

static int by_name(const FTSENT **one, const FTSENT **other)
{
    return strcmp((*one)->fts_name, (*other)->fts_name);
}

/* The folder of the results, in which those of diff are too. */
static bool is_out(const struct inputs *inputs, const FTSENT *entry)
{
    struct stat out;
    return inputs->out && stat(inputs->out, &out) == 0 && out.st_dev == entry->fts_statp->st_dev &&
           out.st_ino == entry->fts_statp->st_ino;
}

static bool is_passed_over(const struct inputs *inputs, const FTSENT *entry)
{
    if (entry->fts_level == FTS_ROOTLEVEL)
        return false;
    return entry->fts_name[0] == '.' ||
           (entry->fts_info == FTS_D && (is_out(inputs, entry) || place_is_result(inputs->arena, entry->fts_path)));
}

/* What stands behind the folder in the path of one of its files. */
static const char *name_below(const char *folder, const char *path)
{
    path += strlen(folder);
    return path + strspn(path, "/");
}

static void take(struct inputs *inputs, const char *folder, const FTSENT *entry)
{
    const char *name = name_below(folder, entry->fts_path);
    switch (entry->fts_info) {
    case FTS_F:
        add(inputs, entry->fts_path, name, entry->fts_statp, NULL);
        break;
    case FTS_D:
    case FTS_DP:
    case FTS_DEFAULT: /* a pipe, a socket, a device: no gazette */
        break;
    case FTS_DC:
        add(inputs, entry->fts_path, name, NULL, "is a link to a folder above it: remove the link");
        break;
    case FTS_SLNONE:
        add(inputs, entry->fts_path, name, NULL, "is a link to nothing: remove it or restore the file");
        break;
    default:
        add(inputs, entry->fts_path, name, NULL, strerror(entry->fts_errno));
    }
}

static void walk(struct inputs *inputs, const char *folder)
{
    char *roots[] = {arena_copy(inputs->arena, folder, strlen(folder)), NULL};
    size_t before = inputs->count;
    FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        leave_out(inputs, folder, strerror(errno));
    for (FTSENT *entry; tree && (entry = fts_read(tree)) != NULL;) {
        if (is_passed_over(inputs, entry))
            (void)fts_set(tree, entry, FTS_SKIP);
        else
            take(inputs, folder, entry);
    }
    if (tree)
        (void)fts_close(tree);
    if (tree && inputs->count == before)
        leave_out(inputs, folder, "holds no file: name the folder that does");
}

void inputs_add(struct inputs *inputs, const char *operand)
{
    struct stat found;
    const char *slash = strrchr(operand, '/'), *name = slash ? slash + 1 : operand;
    if (strcmp(operand, "-") == 0)
        leave_out(inputs, operand, "has no name to call the results by: save it as a file and name that");
    else if (stat(operand, &found) != 0)
        add(inputs, operand, name, NULL, arena_printf(inputs->arena, "cannot be read: %s", strerror(errno)));
    else if (S_ISDIR(found.st_mode))
        walk(inputs, operand);
    else
        add(inputs, operand, name, &found, NULL);
}

struct fault *inputs_add_list(struct inputs *inputs, const char *list)
{
    enum { LONGEST = 1 << 30 }; /* bytes */
    char *names;
    size_t size;
    TRY(input_read(inputs->arena, list, LONGEST, &names, &size));
    for (const char *name = names; name < names + size; name += strlen(name) + 1) {
        if (!*name)
            return fault(inputs->arena, list, 0, "an empty name at byte %zu: names end in NUL, as of find -print0",
                         (size_t)(name - names));
        inputs_add(inputs, name);
    }
    return NULL;
}
