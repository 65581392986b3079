/* extract_mutator: how libFuzzer changes a file of classified records. Bytes changed
 * anywhere hardly ever leave a file that records_read accepts, and extract would never
 * be reached: so a cell is changed, or a line is taken out, doubled or moved, and
 * then the records are numbered anew. Of eight changes one is left to libFuzzer. */
#include "../../stages/lib/text.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed);

/* Columns of the file, as records_write orders them. */
enum {
    RECORD = 0,
    TYPE = 1,
    DOCUMENT = 2,
    PIECES = 3,
    SECTION = 22,
    COLUMNS = 30,
    MOST_LINES = 4000,
    MOST_ADDED = 200
};

struct line {
    const char *cells[COLUMNS]; /* never NULL */
};

struct table {
    struct arena *arena;
    struct line lines[MOST_LINES];
    size_t count;
    unsigned seed;
};

/* A number below limit. */
static size_t chance(struct table *table, size_t limit)
{
    return (size_t)rand_r(&table->seed) % limit; /* NOLINT(cert-msc30-c,cert-msc50-cpp) */
}

static void cut_line(struct table *table, const char *text, size_t length)
{
    struct line *line = &table->lines[table->count++];
    const char *end = text + length;
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *tab = text < end ? memchr(text, '\t', (size_t)(end - text)) : NULL;
        size_t size = text < end ? (size_t)((tab ? tab : end) - text) : 0;
        line->cells[i] = arena_copy(table->arena, text, size);
        text += size + (tab != NULL);
    }
}

static void cut_lines(struct table *table, const char *bytes, size_t size)
{
    for (size_t at = 0; at < size && table->count < MOST_LINES;) {
        const char *end = memchr(bytes + at, '\n', size - at);
        size_t length = end ? (size_t)(end - bytes) - at : size - at;
        cut_line(table, bytes + at, length);
        at += length + 1;
    }
}

/* Bytes that may stand in a cell. */
static const char *clean_cell(char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr("\t\n\\", bytes[i])) /* NUL too */
            bytes[i] = ' ';
    for (size_t wrong; (wrong = text_valid(bytes, size)) < size;)
        bytes[wrong] = '?';
    return bytes;
}

/* Of cells that hold something more often than of others; sometimes with what
 * another line has there. */
static void change_cell(struct table *table, struct line *line)
{
    size_t column = TYPE + chance(table, COLUMNS - TYPE);
    for (int tries = 0; tries < 20 && !*line->cells[column]; tries++)
        column = TYPE + chance(table, COLUMNS - TYPE);
    if (column == TYPE || chance(table, 4) == 0) {
        line->cells[column] = table->lines[1 + chance(table, table->count - 1)].cells[column];
        return;
    }
    size_t size = strlen(line->cells[column]);
    char *bytes = arena_alloc(table->arena, size + MOST_ADDED + 1);
    memcpy(bytes, line->cells[column], size);
    size = LLVMFuzzerMutate((uint8_t *)bytes, size, size + MOST_ADDED);
    bytes[size] = '\0';
    line->cells[column] = clean_cell(bytes, size);
}

static void change_table(struct table *table)
{
    size_t at = 1 + chance(table, table->count - 1), other = 1 + chance(table, table->count - 1);
    struct line line = table->lines[at];
    switch (chance(table, 8)) {
    case 0: /* out */
        table->count--;
        memmove(&table->lines[at], &table->lines[at + 1], (table->count - at) * sizeof line);
        return;
    case 1: /* once more, elsewhere */
        if (table->count == MOST_LINES)
            return;
        memmove(&table->lines[other + 1], &table->lines[other], (table->count - other) * sizeof line);
        table->lines[other] = line;
        table->count++;
        return;
    case 2: /* in the place of another */
        table->lines[at] = table->lines[other];
        table->lines[other] = line;
        return;
    default:
        change_cell(table, &table->lines[at]);
    }
}

/* A record is the place it has, its document the last title, its section the last
 * heading; and all but the source stand somewhere. */
static void number_lines(struct table *table)
{
    const char *title = "0", *heading = "";
    for (size_t i = 1; i < table->count; i++) {
        const char **cells = table->lines[i].cells;
        cells[RECORD] = arena_printf(table->arena, "%zu", i);
        if (strcmp(cells[TYPE], "title") == 0) {
            title = cells[RECORD];
            heading = "";
        }
        if (strcmp(cells[TYPE], "heading") == 0)
            heading = cells[RECORD];
        if (!*cells[PIECES] && strcmp(cells[TYPE], "source") != 0)
            cells[PIECES] = "1:0-1";
        cells[DOCUMENT] = title;
        cells[SECTION] = heading;
    }
}

/* As many lines as there is room for. */
static size_t put_lines(const struct table *table, char *bytes, size_t room)
{
    size_t size = 0;
    for (size_t i = 0; i < table->count; i++) {
        size_t length = COLUMNS, at = size;
        for (size_t c = 0; c < COLUMNS; c++)
            length += strlen(table->lines[i].cells[c]);
        if (size + length > room)
            break;
        size += length;
        for (size_t c = 0; c < COLUMNS; c++) {
            size_t cell = strlen(table->lines[i].cells[c]);
            memcpy(bytes + at, table->lines[i].cells[c], cell);
            at += cell;
            bytes[at++] = c + 1 < COLUMNS ? '\t' : '\n';
        }
    }
    return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed)
{
    struct arena *arena = arena_new();
    struct table *table = arena_alloc(arena, sizeof *table);
    table->arena = arena;
    table->seed = seed;
    cut_lines(table, (const char *)bytes, size);
    if (table->count < 3 || chance(table, 8) == 0) {
        size = LLVMFuzzerMutate(bytes, size, room);
    } else {
        for (size_t changes = 1 + chance(table, 4); changes > 0 && table->count > 2; changes--)
            change_table(table);
        number_lines(table);
        size = put_lines(table, (char *)bytes, room);
    }
    arena_free(arena);
    return size;
}
