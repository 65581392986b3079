/* decode: makes UTF-8 text of a file as people have it.
 * In: a text file or a web page in any encoding that Chinese text comes in. Out: a
 * folder with decoded.txt, the text with one line per line of the input and nothing
 * dropped, and layout.tsv, what plain text cannot hold. Doubt about the encoding is
 * settled in encoding.c; a web page is read in html.c; what is no text is refused in
 * forms.c; what is replaced is said. */
#include "decode.h"

#include "../lib/digest.h"
#include "../lib/flow.h"
#include "../lib/output.h"
#include "../lib/stage.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>
#include <unistd.h>

enum { INPUT_LIMIT = 256 << 20 }; /* some 400 gazettes in one file */

/* The last part of a path, without slashes at its end. */
static const char *take_name(struct arena *arena, const char *path)
{
    size_t end = strlen(path);
    while (end > 0 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    return arena_copy(arena, path + start, end - start);
}

/* A file name as text: bytes that are no UTF-8 and control characters become
 * U+FFFD, for later files are UTF-8 and XML throughout. */
static const char *as_text(struct arena *arena, const char *name)
{
    size_t length = strlen(name), end = 0;
    char *text = arena_alloc(arena, 3 * length + 1);
    for (size_t at = 0; at < length;) {
        UChar32 character;
        U8_NEXT((const uint8_t *)name, at, length, character);
        if (character < ' ' || (character >= 0x7f && character <= 0x9f))
            character = 0xfffd;
        U8_APPEND_UNSAFE((uint8_t *)text, end, character);
    }
    return text;
}

/* The id of the gazette: what the folder is called. */
static const char *name_gazette(struct arena *arena, const char *folder)
{
    const char *name = take_name(arena, folder);
    if (*name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
        return as_text(arena, name);
    char *real = realpath(folder, NULL);
    if (real)
        name = take_name(arena, real);
    free(real);
    return as_text(arena, name);
}

static const char *digest(struct arena *arena, const char *bytes, size_t size)
{
    char *hex = arena_alloc(arena, DIGEST_SIZE);
    digest_bytes(bytes, size, hex);
    return hex;
}

static void say_controls(const struct text *text, long line, size_t count)
{
    if (count > 0)
        stage_warn(text->path, line, "control characters, the first in this line: %zu replaced by U+FFFD", count);
}

static struct fault *write_text(struct arena *arena, const struct text *text, const char *folder, struct layout *layout,
                                size_t *controls)
{
    struct output *out;
    long control_line = 0;
    bool is_new = access(path_join(arena, folder, flow_last_file(0)), F_OK) != 0;
    if (is_new)
        TRY(output_open_new(arena, path_join(arena, folder, "decoded.txt"), &out));
    else
        TRY(output_open(arena, path_join(arena, folder, "decoded.txt"), &out));
    TRY(clean(arena, text, output_stream(out), layout, controls, &control_line));
    TRY(output_close(out));
    if (text->wrong > 0)
        stage_warn(text->path, text->wrong_line,
                   "bytes that are no %s, the first at byte offset %zu: %zu replaced by U+FFFD", text->encoding,
                   text->wrong_offset, text->wrong);
    say_controls(text, control_line, *controls);
    return NULL;
}

static struct fault *read_page(struct arena *arena, struct text *text, struct layout *layout, size_t *controls)
{
    long line = 0;
    TRY(html_read(arena, text, layout, controls, &line));
    say_controls(text, line, *controls);
    return NULL;
}

struct fault *decode_input(const struct stage_job *job)
{
    struct arena *arena = job->arena;
    struct layout layout = {0};
    struct text text = {.path = job->input};
    char *bytes;
    const char *const *pages = NULL;
    size_t controls = 0, page_controls = 0;
    if (strcmp(job->output, "-") == 0)
        return fault(arena, "standard output", 0, "is no folder, and decode writes two files: name a folder with -o");
    TRY(input_read(arena, job->input, INPUT_LIMIT, &bytes, &text.size));
    text.bytes = bytes;
    layout.facts[LAYOUT_BYTES] = arena_printf(arena, "%zu", text.size);
    TRY(refuse(arena, &text));
    layout.facts[LAYOUT_SHA256] = digest(arena, bytes, text.size);
    bool is_pdf = pdf_is_one(&text);
    if (is_pdf)
        TRY(pdf_read(arena, &text, &layout, &pages));
    else
        text.asked = job->encoding;
    TRY(convert(arena, &text));
    if (!is_pdf && markup_opens(text.bytes, text.size))
        TRY(read_page(arena, &text, &layout, &page_controls));
    TRY(folder_make(arena, job->output));
    TRY(write_text(arena, &text, job->output, &layout, &controls));
    for (size_t i = 0; pages && i < layout.break_count; i++)
        layout.breaks[i].number = pages[i];
    layout.facts[LAYOUT_GAZETTE] = name_gazette(arena, job->output);
    layout.facts[LAYOUT_INPUT] = as_text(arena, take_name(arena, job->input));
    layout.facts[LAYOUT_ENCODING] = text.encoding;
    layout.facts[LAYOUT_REPLACED] = arena_printf(arena, "%zu", text.wrong + controls + page_controls);
    layout.facts[LAYOUT_LINES] = arena_printf(arena, "%zu", layout.line_count);
    TRY(layout_take_given(arena, job->output, &layout));
    return layout_write(arena, job->output, &layout);
}
