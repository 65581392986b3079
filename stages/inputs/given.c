/* given: what a table says of the inputs that it names: place, year, source, url. In:
 * a CSV with the columns path, place, year, source, url. Out: its files as inputs,
 * with what is said of them. A relative path is looked for from the current folder,
 * and if nothing is there from the folder of the table. */
#include "inputs.h"

#include "../lib/csv.h"
#include "../lib/output.h"

#include <string.h>
#include <unistd.h>

enum { PATH, FIRST_VALUE, COLUMN_COUNT = FIRST_VALUE + GIVEN_COUNT };

static const char *const columns[COLUMN_COUNT] = {"path", "place", "year", "source", "url"};

const char *given_name(enum given_value value)
{
    return columns[FIRST_VALUE + value];
}

static const char *find_path(struct arena *arena, const char *table, const char *path)
{
    const char *slash = strrchr(table, '/');
    if (*path == '/' || !slash || access(path, F_OK) == 0)
        return path;
    return path_join(arena, arena_copy(arena, table, (size_t)(slash - table) + 1), path);
}

static bool is_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

static struct fault *check_row(struct arena *arena, const char *table, const struct csv_row *row)
{
    const char *year = row->cells[FIRST_VALUE + GIVEN_YEAR];
    if (!*row->cells[PATH])
        return fault(arena, table, row->line, "no path: name the file");
    if (*year && !is_year(year))
        return fault(arena, table, row->line, "the year '%s' is none: write four digits, or nothing", year);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        for (const char *c = row->cells[i]; *c; c++)
            if ((unsigned char)*c < ' ')
                return fault(arena, table, row->line, "a control character in the column '%s'", columns[i]);
    return NULL;
}

/* The input that stands in the list before another and is the same file; NULL: there is
 * none. What is not there is no file that another could be. */
static struct input *find_same(struct inputs *inputs, const struct input *input)
{
    for (struct input *other = inputs->list; !input->wrong && other < input; other++)
        if (!other->wrong && other->found.st_dev == input->found.st_dev && other->found.st_ino == input->found.st_ino)
            return other;
    return NULL;
}

/* Adds the files of a row; one that was named on the command line too keeps its id. */
static struct fault *add_row(struct inputs *inputs, const char *table, const struct csv_row *row)
{
    struct arena *arena = inputs->arena;
    size_t first = inputs->count;
    struct given *given = arena_alloc(arena, sizeof *given);
    given->line = row->line;
    memcpy(given->values, row->cells + FIRST_VALUE, sizeof given->values);
    inputs_add(inputs, find_path(arena, table, row->cells[PATH]));
    for (size_t i = first; i < inputs->count; i++) {
        struct input *input = &inputs->list[i], *same = find_same(inputs, input);
        input->left_out = same != NULL;
        input = same ? same : input;
        if (input->given)
            return fault(arena, table, row->line, "%s is named in line %ld too: say it once", input->path,
                         input->given->line);
        input->given = given;
    }
    return NULL;
}

struct fault *given_add(struct inputs *inputs, const char *table)
{
    struct csv_row *rows;
    size_t count;
    TRY(csv_read(inputs->arena, table, columns, COLUMN_COUNT, FIRST_VALUE, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(check_row(inputs->arena, table, &rows[i]));
    for (size_t i = 0; i < count; i++)
        TRY(add_row(inputs, table, &rows[i]));
    return NULL;
}
