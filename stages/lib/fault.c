/* fault: see fault.h. */
#include "fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf into the arena. */
static char *print(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_alloc(arena, size);
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

static struct fault *make(struct arena *arena, const char *path, long line, const char *text)
{
    struct fault *fault = arena_alloc(arena, sizeof *fault);
    fault->path = path ? arena_copy(arena, path, strlen(path)) : NULL;
    fault->line = line;
    fault->text = text;
    return fault;
}

struct fault *fault(struct arena *arena, const char *path, long line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = print(arena, format, arguments);
    va_end(arguments);
    return make(arena, path, line, text);
}

struct fault *fault_errno(struct arena *arena, const char *path, const char *format, ...)
{
    const char *reason = strerror(errno); /* first: what follows may change errno */
    va_list arguments;
    va_start(arguments, format);
    const char *text = print(arena, format, arguments);
    va_end(arguments);
    return make(arena, path, 0, arena_printf(arena, "%s: %s", text, reason));
}
