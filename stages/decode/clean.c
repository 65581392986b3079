/* clean: writes decoded.txt. Runs of characters that stay as they are go out in
 * one piece; only line ends, form feeds, control characters and wrong bytes stop
 * one. */
#include "decode.h"

#include <string.h>
#include <unicode/utf8.h>

/* A whole gazette saved without line ends is about half a megabyte; what has
 * longer lines is no text for people, and patterns over it would take minutes. */
enum { LINE_LIMIT = 4 << 20 };

struct cleaner {
    struct arena *arena;
    FILE *out;
    struct layout *layout;
    const uint8_t *bytes;
    size_t run;        /* where the bytes not yet written begin */
    size_t line_start; /* where the current line begins */
    long line;         /* from 1 */
    size_t column;     /* characters of the line so far */
    size_t text_end;   /* column behind the last of them that is no space */
    size_t waiting;    /* page breaks on this line */
};

static void write_run(struct cleaner *c, size_t end, size_t next)
{
    fwrite(c->bytes + c->run, 1, end - c->run, c->out);
    c->run = next;
}

static void note_break(struct cleaner *c)
{
    struct layout *layout = c->layout;
    layout->breaks =
        arena_grow(c->arena, layout->breaks, layout->break_count, &layout->break_capacity, sizeof *layout->breaks);
    layout->breaks[layout->break_count++] = (struct page_break){.line = c->line, .from = c->column};
    c->waiting++;
}

/* A break with nothing but spaces behind it on its line belongs to the next one. */
static void move_breaks(struct cleaner *c)
{
    for (; c->waiting > 0; c->waiting--) {
        struct page_break *page = &c->layout->breaks[c->layout->break_count - c->waiting];
        if (page->from >= c->text_end && c->column > 0)
            *page = (struct page_break){.line = c->line + 1};
    }
}

static void end_line(struct cleaner *c, size_t next)
{
    move_breaks(c);
    c->line++;
    c->line_start = next;
    c->column = 0;
    c->text_end = 0;
}

/* A character that does not go out as it came. Returns whether it was a control
 * character. */
static bool change(struct cleaner *c, UChar32 character, size_t from, size_t next)
{
    bool ends_line = character == '\n' || character == '\r';
    write_run(c, from, next);
    if (character == '\f') {
        note_break(c);
        return false;
    }
    if (ends_line) {
        fputc('\n', c->out);
        end_line(c, next);
        return false;
    }
    fputs("\xef\xbf\xbd", c->out);
    c->text_end = ++c->column;
    return character >= 0;
}

/* Whether a character goes out as it came, and ends no line. */
static bool stays(UChar32 character)
{
    return (character >= ' ' && character < 0x7f) || character > 0x9f || character == '\t';
}

static struct fault *check_length(const struct cleaner *c, const char *path, size_t end)
{
    if (end - c->line_start <= LINE_LIMIT)
        return NULL;
    return fault(c->arena, path, c->line, "a line of more than %d bytes, which is the limit: break it into lines",
                 LINE_LIMIT);
}

struct fault *clean(struct arena *arena, const struct text *text, FILE *out, struct layout *layout, size_t *controls,
                    long *control_line)
{
    struct cleaner c = {.arena = arena, .out = out, .layout = layout, .bytes = (const uint8_t *)text->bytes, .line = 1};
    *controls = 0;
    for (size_t at = 0; at < text->size;) {
        size_t from = at;
        UChar32 character;
        U8_NEXT(c.bytes, at, text->size, character);
        if (stays(character)) {
            c.column++;
            if (character != ' ' && character != '\t' && character != 0x3000)
                c.text_end = c.column;
            continue;
        }
        if (character == '\n') {
            TRY(check_length(&c, text->path, from));
            end_line(&c, at);
            continue;
        }
        if (character == '\r') {
            TRY(check_length(&c, text->path, from));
            if (at < text->size && c.bytes[at] == '\n')
                at++;
        }
        if (change(&c, character, from, at) && (*controls)++ == 0)
            *control_line = c.line;
    }
    TRY(check_length(&c, text->path, text->size));
    write_run(&c, text->size, text->size);
    if (c.column > 0) { /* the last line has no end of its own */
        fputc('\n', out);
        end_line(&c, text->size);
    }
    layout->line_count = (size_t)(c.line - 1);
    return NULL;
}
