/* arena: memory that is given back all at once. One arena per input: whatever is
 * read from or made of an input lives as long as its arena, so a step may
 * return from anywhere. Allocation never returns NULL: a machine without memory
 * ends the program with a message and status 1. */
#ifndef GONGBAO_ARENA_H
#define GONGBAO_ARENA_H

#include <stddef.h>

struct arena; /* opaque */

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Gives back all that was taken, as arena_free does, but keeps memory for what comes: for
 * a loop whose every turn has the arena to itself. */
void arena_reset(struct arena *arena);

/* Has arena_free and arena_reset call undo(what), latest first: for what memory holds open. */
void arena_at_end(struct arena *arena, void (*undo)(void *what), void *what);

/* size bytes, zeroed, aligned for any type. size may be 0. */
void *arena_alloc(struct arena *arena, size_t size);

/* size bytes with anything in them: for what is filled at once. */
void *arena_room(struct arena *arena, size_t size);

/* Grows an array of element_size bytes an element to hold at least one more
 * than count: returns it or its copy; *capacity follows. Elements past count are
 * zeroed. array may be NULL with *capacity 0. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t element_size);

/* A copy of length bytes of text, with a NUL after them. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

__attribute__((format(printf, 2, 3))) char *arena_printf(struct arena *arena, const char *format, ...);

#endif
