/* arena: see arena.h. A list of blocks, of which only the first is small; what does not fit
 * opens a new block, or takes one that was kept. The rest of a block is lost then, which
 * costs less than looking for a place. Memory is zeroed as it is taken: most of a block may
 * never be. */
#include "arena.h"

#include <sanitizer/asan_interface.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes behind each piece of memory that nobody may touch: AddressSanitizer, which
 * knows of blocks only, is told so, and finds who does (Makefile). Else there are none.
 * With it all blocks are from malloc, for its search for leaks follows no pointer that
 * stands in other memory. */
#ifndef ARENA_GAP
#define ARENA_GAP 0
#endif

enum { SMALL_BLOCK = 64 << 10, LARGE_PAGE = 2 << 20, MOST_KEPT = 16 << 20, ALIGNMENT = _Alignof(max_align_t) };

struct block {
    struct block *next; /* the one before it */
    size_t size, used;
    bool mapped; /* its memory is not from malloc */
    _Alignas(max_align_t) char bytes[];
};

struct farewell {
    struct farewell *next;
    void (*undo)(void *what);
    void *what;
};

struct arena {
    struct block *blocks; /* the latest first */
    struct block *kept;   /* with nothing in them, from before the last reset */
    struct farewell *farewells;
};

/* No caller could do anything about it: say so and stop, as arena.h promises. */
static _Noreturn void out_of_memory(void)
{
    fputs("out of memory: give the program more of it, or smaller inputs\n", stderr);
    exit(EXIT_FAILURE);
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory();
    return arena;
}

static void say_farewell(struct arena *arena)
{
    for (struct farewell *f = arena->farewells; f; f = f->next)
        f->undo(f->what);
    arena->farewells = NULL;
}

static void free_blocks(struct block *blocks)
{
    for (struct block *block = blocks, *next; block; block = next) {
        next = block->next;
        ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
        if (block->mapped)
            (void)munmap(block, sizeof *block + block->size);
        else
            free(block);
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    say_farewell(arena);
    free_blocks(arena->blocks);
    free_blocks(arena->kept);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    size_t kept = 0;
    struct block *blocks = arena->blocks;
    say_farewell(arena);
    free_blocks(arena->kept); /* the last turn had no use for them */
    arena->blocks = arena->kept = NULL;
    while (blocks && kept + blocks->size <= MOST_KEPT) {
        struct block *block = blocks;
        blocks = block->next;
        kept += block->size;
        block->used = 0;
        ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
        block->next = arena->kept;
        arena->kept = block;
    }
    free_blocks(blocks);
}

void arena_at_end(struct arena *arena, void (*undo)(void *what), void *what)
{
    struct farewell *f = arena_alloc(arena, sizeof *f);
    *f = (struct farewell){arena->farewells, undo, what};
    arena->farewells = f;
}

/* The first of the kept blocks that has so much room, taken from them; NULL: none has. */
static struct block *take_kept(struct arena *arena, size_t room)
{
    struct block **place = &arena->kept;
    while (*place && (*place)->size < room)
        place = &(*place)->next;
    struct block *block = *place;
    if (block)
        *place = block->next;
    return block;
}

/* Memory for a block that is not small: whole large pages, which the system is
 * asked for at once. One by one, as they are first touched, small pages each cost a fault,
 * and those took longer than the work on the text. A system that has no large pages, or
 * cannot give them at once, does it the slow way. NULL: there is no memory. */
static void *map_pages(size_t size)
{
    char *from = mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (from == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)from % LARGE_PAGE;
    if (before > 0)
        (void)munmap(from, before);
    (void)munmap(from + before + size, LARGE_PAGE - before);
    (void)madvise(from + before, size, MADV_HUGEPAGE);
    (void)madvise(from + before, size, MADV_POPULATE_WRITE);
    return from + before;
}

/* A block with room for size bytes at least. Only the first of an arena may be small. */
static struct block *new_block(size_t room, bool first)
{
    size_t size = sizeof(struct block) + room;
    bool small = first && size <= SMALL_BLOCK, mapped = !small && ARENA_GAP == 0;
    size_t step = small ? SMALL_BLOCK : LARGE_PAGE;
    size = (size + step - 1) / step * step;
    struct block *block = mapped ? map_pages(size) : malloc(size);
    if (!block)
        out_of_memory();
    *block = (struct block){.size = size - sizeof(struct block), .mapped = mapped};
    ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
    return block;
}

/* A block with room for size bytes. If more stays free in the current one, that stays the
 * current one. */
static struct block *add_block(struct arena *arena, size_t size)
{
    struct block *block = take_kept(arena, size), *current = arena->blocks;
    if (!block)
        block = new_block(size, current == NULL);
    if (current && current->size - current->used > block->size - size) {
        block->next = current->next;
        current->next = block;
        return block;
    }
    block->next = current;
    arena->blocks = block;
    return block;
}

void *arena_room(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    /* Nothing at all still gets an address of its own. */
    size_t taken = (size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT) + ARENA_GAP;
    struct block *block = arena->blocks;
    if (!block || block->size - block->used < taken)
        block = add_block(arena, taken);
    void *place = block->bytes + block->used;
    block->used += taken;
    ASAN_UNPOISON_MEMORY_REGION(place, size);
    return place;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) /* seen here too, so that the compiler knows what memset gets */
        out_of_memory();
    return memset(arena_room(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t element_size)
{
    if (count < *capacity)
        return array;
    size_t grown = *capacity ? *capacity * 2 : 16;
    if (grown < *capacity || grown > SIZE_MAX / 2 / element_size)
        out_of_memory();
    char *copy = arena_room(arena, grown * element_size);
    if (count)
        memcpy(copy, array, count * element_size);
    memset(copy + count * element_size, 0, (grown - count) * element_size);
    *capacity = grown;
    return copy;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_room(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    char most[256]; /* of them are no longer */
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(most, sizeof most, format, arguments);
    va_end(arguments);
    if (length < 0) /* longer than INT_MAX */
        out_of_memory();
    size_t size = (size_t)length + 1;
    char *text = arena_room(arena, size);
    if (size <= sizeof most)
        memcpy(text, most, size);
    else
        vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}
