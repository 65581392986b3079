/* tsv: see tsv.h. */
#include "tsv.h"

#include "output.h"

#include <string.h>

enum { LIMIT = 256 << 20 };

static const char letters[] = "tnr\\", meanings[] = "\t\n\r\\";

bool tsv_unescape(char *field)
{
    char *to = strchrnul(field, '\\');
    for (const char *from = to; *from == '\\';) {
        const char *letter = from[1] ? strchr(letters, from[1]) : NULL;
        if (!letter)
            return false;
        *to++ = meanings[letter - letters];
        from += 2;
        size_t plain = (size_t)(strchrnul(from, '\\') - from);
        memmove(to, from, plain + 1); /* with what stands behind: the next one, or the NUL */
        to += plain;
        from += plain;
    }
    return true;
}

/* Cuts a line (NUL at its end) into its fields. */
static struct fault *read_fields(struct arena *arena, const char *path, char *text, size_t count, struct tsv_row *row)
{
    row->fields = arena_alloc(arena, count * sizeof *row->fields);
    size_t found = 0;
    for (char *field = text, *end; field; field = end, found++) {
        end = strchr(field, '\t');
        if (end)
            *end++ = '\0';
        if (found == count)
            return fault(arena, path, row->line, "%zu columns are needed, here are more: write a tab inside one as \\t",
                         count);
        if (!tsv_unescape(field))
            return fault(arena, path, row->line,
                         "a backslash that is none of \\t \\n \\r \\\\: write \\\\ for a backslash");
        row->fields[found] = field;
    }
    if (found < count)
        return fault(arena, path, row->line, "%zu columns are needed, a tab between them; here is %zu", count, found);
    return NULL;
}

struct fault *tsv_read(struct arena *arena, const char *path, size_t count, struct tsv_row **rows, size_t *row_count)
{
    char *bytes;
    size_t size, capacity = 0;
    *rows = NULL;
    *row_count = 0;
    TRY(input_read(arena, path, LIMIT, &bytes, &size));
    for (char *text = bytes, *end = bytes + size; text < end;) {
        char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((newline ? newline : end) - text);
        text[length] = '\0';
        long line = (long)*row_count + 1;
        if (strlen(text) != length)
            return fault(arena, path, line, "a NUL byte: this is no list of lines");
        *rows = arena_grow(arena, *rows, *row_count, &capacity, sizeof **rows);
        struct tsv_row *row = &(*rows)[*row_count];
        row->line = line;
        TRY(read_fields(arena, path, text, count, row));
        (*row_count)++;
        text += length + 1;
    }
    return NULL;
}

static void write_field(FILE *out, const char *field)
{
    for (;;) {
        size_t plain = strcspn(field, meanings);
        fwrite(field, 1, plain, out);
        field += plain;
        if (!*field)
            return;
        fputc('\\', out);
        fputc(letters[strchr(meanings, *field) - meanings], out);
        field++;
    }
}

void tsv_write(FILE *out, const char *const *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            fputc('\t', out);
        write_field(out, fields[i]);
    }
    fputc('\n', out);
}
