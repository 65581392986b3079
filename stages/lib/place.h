/* place: folders that take the place of earlier ones in one step, so that whoever looks
 * finds the earlier one, whole, or the new one, whole. */
#ifndef GONGBAO_PLACE_H
#define GONGBAO_PLACE_H

#include "fault.h"
#include <stdbool.h>

/* Whether anything stands at path, a link too. */
bool place_is_taken(const char *path);

/* Whether a folder was made by a run: that of an input, known by what it was made with,
 * or the one of all together. */
bool place_is_result(struct arena *arena, const char *folder);

/* A fault if something stands at place that no run has made: somebody's own folder must
 * not be lost because an input is called like it. An empty folder is removed. */
struct fault *place_check(struct arena *arena, const char *place);

/* Puts folder in its place, and removes what stood there. Where the file system cannot
 * exchange two folders, two renames do it; a kill between them leaves the earlier one in
 * FOLDER@old, and the next call restores it first. */
struct fault *place_take(struct arena *arena, const char *folder, const char *place);

#endif
