/* work: the folders that a run works in. Each has a stamp beside it, a digest of
 * the input and of all that the run is made with. Where the stamp is the same, the
 * files that an interrupted run has finished are used again; else the folder is
 * emptied. A stamp is written last and removed first, so what it says is true
 * after a kill at any moment. */
#include "inputs.h"

#include "../lib/output.h"
#include "../lib/tsv.h"
#include "../lib/version.h"

#include <dirent.h>
#include <sha256.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_text(SHA256_CTX *digest, const char *text)
{
    SHA256Update(digest, (const uint8_t *)text, strlen(text) + 1); /* with its NUL: a border */
}

/* Size and times stand for the content: to read all of it would take as long as
 * the work that is saved. */
static void add_file(SHA256_CTX *digest, struct arena *arena, const char *name, const struct stat *file)
{
    add_text(digest, name);
    add_text(digest, arena_printf(arena, "%ju %ju %jd %jd.%09ld %jd.%09ld", (uintmax_t)file->st_dev,
                                  (uintmax_t)file->st_ino, (intmax_t)file->st_size, (intmax_t)file->st_mtim.tv_sec,
                                  file->st_mtim.tv_nsec, (intmax_t)file->st_ctim.tv_sec, file->st_ctim.tv_nsec));
}

static const char *end_digest(SHA256_CTX *digest, struct arena *arena)
{
    char *hex = arena_alloc(arena, SHA256_DIGEST_STRING_LENGTH);
    SHA256End(digest, hex);
    return hex;
}

static struct fault *add_path(SHA256_CTX *digest, struct arena *arena, const char *path)
{
    struct stat found;
    struct dirent **entries;
    if (stat(path, &found) != 0)
        return fault_errno(arena, path, "cannot be read");
    add_file(digest, arena, path, &found);
    if (!S_ISDIR(found.st_mode))
        return NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0)
        return fault_errno(arena, path, "cannot be read");
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (name[0] != '.' && stat(path_join(arena, path, name), &found) == 0)
            add_file(digest, arena, name, &found);
        free(entries[i]);
    }
    free(entries);
    return NULL;
}

struct fault *digest_uses(struct arena *arena, const char *const *paths, size_t count, const char *setting,
                          const char **hex)
{
    SHA256_CTX digest;
    SHA256Init(&digest);
    add_text(&digest, GONGBAO_VERSION);
    add_text(&digest, setting);
    for (size_t i = 0; i < count; i++)
        TRY(add_path(&digest, arena, paths[i]));
    *hex = end_digest(&digest, arena);
    return NULL;
}

static bool has_stamp(struct arena *arena, const char *path, const char *stamp)
{
    char *bytes;
    size_t size;
    if (access(path, F_OK) != 0 || input_read(arena, path, SHA256_DIGEST_STRING_LENGTH, &bytes, &size))
        return false;
    return strcmp(bytes, stamp) == 0;
}

/* Files that a killed stage had not finished. */
static struct fault *remove_unfinished(struct arena *arena, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, NULL);
    if (count < 0)
        return fault_errno(arena, folder, "cannot be read");
    struct fault *wrong = NULL;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (!wrong && name[0] == '.' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            wrong = tree_remove(arena, path_join(arena, folder, name));
        free(entries[i]);
    }
    free(entries);
    return wrong;
}

static struct fault *write_stamp(struct arena *arena, const char *path, const char *stamp)
{
    struct output *out;
    TRY(output_open(arena, path, &out));
    (void)fputs(stamp, output_stream(out));
    return output_close(out);
}

/* What decode will find: the name of a value, a tab, and the value. */
static struct fault *write_given(struct arena *arena, const char *path, const struct given *given)
{
    struct output *out;
    TRY(output_open(arena, path, &out));
    for (size_t i = 0; i < GIVEN_COUNT; i++)
        if (*given->values[i])
            tsv_write(output_stream(out), (const char *const[]){given_name(i), given->values[i]}, 2);
    return output_close(out);
}

struct fault *work_prepare(struct arena *arena, const char *folder, const char *stamp_path, const struct input *input,
                           const char *uses)
{
    SHA256_CTX digest;
    SHA256Init(&digest);
    add_text(&digest, uses);
    add_file(&digest, arena, input->path, &input->found);
    for (size_t i = 0; input->given && i < GIVEN_COUNT; i++)
        add_text(&digest, input->given->values[i]);
    const char *stamp = end_digest(&digest, arena);
    bool is_file = S_ISREG(input->found.st_mode); /* of a pipe nothing says that it is the same */
    if (is_file && access(folder, F_OK) == 0 && has_stamp(arena, stamp_path, stamp))
        return remove_unfinished(arena, folder);
    TRY(tree_remove(arena, stamp_path));
    TRY(tree_remove(arena, folder));
    TRY(folder_make(arena, folder));
    if (input->given)
        TRY(write_given(arena, path_join(arena, folder, "given.tsv"), input->given));
    return is_file ? write_stamp(arena, stamp_path, stamp) : NULL;
}
