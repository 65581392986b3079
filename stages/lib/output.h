/* output: files that are written whole or not at all. A regular file is written
 * beside its place and renamed when every byte is on its way to the disk;
 * anything else ("-", /dev/stdout, /dev/full, a pipe) is written directly. */
#ifndef GONGBAO_OUTPUT_H
#define GONGBAO_OUTPUT_H

#include "fault.h"
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

struct output; /* opaque; lives in the arena that it was opened with */

/* Opens path for writing ("-": standard output). Returns NULL, or a fault that
 * says why it may not be written; *out is then NULL. */
struct fault *output_open(struct arena *arena, const char *path, struct output **out);

/* As output_open, for a file of a folder that is known as unfinished, because the file that
 * comes last is not there: a new file is written in its own place, so that it need not be
 * renamed. One that stands there is replaced as output_open does. */
struct fault *output_open_new(struct arena *arena, const char *path, struct output **out);

/* The stream to print to. Write errors need no check: output_close finds them. */
FILE *output_stream(struct output *out);

/* Flushes, checks every earlier write, and renames. On failure the file beside
 * is removed, the earlier output stays, and the fault says why (a full disk). */
struct fault *output_close(struct output *out);

/* Gives up: removes the file beside; the earlier output stays. NULL is allowed. */
void output_discard(struct output *out);

/* The whole of a file or of standard input ("-") in memory, NUL after it.
 * Faults: not there, not readable, a folder, longer than limit bytes. */
struct fault *input_read(struct arena *arena, const char *path, size_t limit, char **bytes, size_t *size);

/* folder "/" name, in the arena. */
const char *path_join(struct arena *arena, const char *folder, const char *name);

/* Makes a folder (its parent must be there); one that is there already is fine. */
struct fault *folder_make(struct arena *arena, const char *path);

/* As folder_make, and makes the folders above it too, where they are not there. */
struct fault *folder_make_all(struct arena *arena, const char *path);

/* Whether the first of two times, as of files, is after the other. */
bool time_is_later(const struct timespec *one, const struct timespec *other);

/* Removes a file, or a folder with all that is in it; a path with nothing there is
 * fine. Links are removed, not followed. */
struct fault *tree_remove(struct arena *arena, const char *path);

#endif
