/* csv: see csv.h. */
#include "csv.h"

#include "output.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unicode/utf8.h>

enum { FILE_LIMIT = 64 << 20, MOST_COLUMNS = 32 };

/* Write errors are found when the file is closed. */
void csv_write_cell(FILE *out, const char *cell)
{
    if (!cell[strcspn(cell, ",\"\r\n")]) {
        fwrite_unlocked(cell, 1, strlen(cell), out);
        return;
    }
    putc_unlocked('"', out);
    for (; *cell; cell++) {
        if (*cell == '"')
            putc_unlocked('"', out);
        putc_unlocked(*cell, out);
    }
    putc_unlocked('"', out);
}

struct reader {
    struct arena *arena;
    const char *path;
    char *at, *end;
    long line;
};

/* No text in the program holds bytes that are no UTF-8, or NUL. */
static struct fault *check_bytes(const struct reader *reader)
{
    long line = 1;
    size_t size = (size_t)(reader->end - reader->at);
    for (size_t at = 0; at < size;) {
        UChar32 character;
        U8_NEXT((const uint8_t *)reader->at, at, size, character);
        if (character <= 0)
            return fault(reader->arena, reader->path, line, "%s: save the table as UTF-8",
                         character ? "bytes that are no UTF-8" : "a NUL byte");
        line += character == '\n';
    }
    return NULL;
}

/* What stands between two quotes, the first of which is passed. Doubled ones inside
 * become one. */
static struct fault *read_quoted(struct reader *reader, const char **cell)
{
    char *to = reader->at;
    long line = reader->line;
    *cell = to;
    while (reader->at < reader->end) {
        if (*reader->at == '"' && *++reader->at != '"') {
            *to = '\0';
            return NULL;
        }
        reader->line += *reader->at == '\n';
        *to++ = *reader->at++;
    }
    return fault(reader->arena, reader->path, line, "a quote that does not close: double a quote inside a cell");
}

static bool ends_line(const struct reader *reader)
{
    return reader->at == reader->end || *reader->at == '\n' || (*reader->at == '\r' && reader->at[1] == '\n');
}

/* Reads a cell, and passes the comma or the line end behind it: *last says which. */
static struct fault *read_cell(struct reader *reader, const char **cell, bool *last)
{
    char *behind;
    if (*reader->at == '"') {
        reader->at++;
        TRY(read_quoted(reader, cell));
        behind = NULL;
    } else {
        *cell = reader->at;
        while (!ends_line(reader) && *reader->at != ',' && *reader->at != '"')
            reader->at++;
        behind = reader->at;
    }
    *last = ends_line(reader);
    if (!*last && *reader->at != ',')
        return fault(reader->arena, reader->path, reader->line,
                     "a quote in the middle of a cell: put the whole cell in quotes and double those inside");
    long lines = *last && reader->at < reader->end;
    reader->at += reader->at < reader->end ? 1 + (*reader->at == '\r') : 0;
    reader->line += lines;
    if (behind)
        *behind = '\0';
    return NULL;
}

/* Reads the cells of a row; one over most if there are more. */
static struct fault *read_row(struct reader *reader, const char **cells, size_t most, size_t *count)
{
    const char *rest;
    bool last = false;
    for (*count = 0; !last; (*count)++)
        TRY(read_cell(reader, *count < most ? &cells[*count] : &rest, &last));
    return NULL;
}

static struct fault *read_header(struct reader *reader, const char *const *columns, size_t column_count,
                                 size_t required, size_t *places, size_t *count)
{
    const char *names[MOST_COLUMNS];
    bool seen[MOST_COLUMNS] = {false};
    TRY(read_row(reader, names, MOST_COLUMNS, count));
    for (size_t i = 0; i < *count && i < MOST_COLUMNS; i++) {
        size_t c = 0;
        while (c < column_count && strcmp(columns[c], names[i]) != 0)
            c++;
        if (c == column_count || seen[c])
            return fault(reader->arena, reader->path, 1, "the column '%s' %s", names[i],
                         c < column_count ? "stands here twice" : "is not known here");
        seen[c] = true;
        places[i] = c;
    }
    for (size_t c = 0; c < required; c++)
        if (!seen[c])
            return fault(reader->arena, reader->path, 1, "there is no column '%s'", columns[c]);
    return NULL;
}

struct fault *csv_read(struct arena *arena, const char *path, const char *const *columns, size_t column_count,
                       size_t required, struct csv_row **rows, size_t *row_count)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct reader reader = {.arena = arena, .path = path, .line = 1};
    size_t size, places[MOST_COLUMNS], count, found, capacity = 0;
    const char *cells[MOST_COLUMNS];
    *rows = NULL;
    *row_count = 0;
    TRY(input_read(arena, path, FILE_LIMIT, &reader.at, &size));
    reader.end = reader.at + size;
    if (size >= strlen(mark) && memcmp(reader.at, mark, strlen(mark)) == 0)
        reader.at += strlen(mark);
    TRY(check_bytes(&reader));
    TRY(read_header(&reader, columns, column_count, required, places, &count));
    while (reader.at < reader.end) {
        struct csv_row row = {reader.line, arena_alloc(arena, column_count * sizeof *row.cells)};
        bool blank = ends_line(&reader);
        TRY(read_row(&reader, cells, MOST_COLUMNS, &found));
        if (blank)
            continue;
        if (found != count)
            return fault(arena, path, row.line, "%zu cells, the header has %zu", found, count);
        for (size_t c = 0; c < column_count; c++)
            row.cells[c] = "";
        for (size_t i = 0; i < count; i++)
            row.cells[places[i]] = cells[i];
        *rows = arena_grow(arena, *rows, *row_count, &capacity, sizeof **rows);
        (*rows)[(*row_count)++] = row;
    }
    return NULL;
}
