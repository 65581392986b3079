/* result: what has become of an input, in figures. In: the folder of a run. Out: its
 * status and its counts. */
#include "publish.h"

#include "../lib/output.h"
#include "../lib/tsv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHAT, KIND, NUMBER, LINES, COLUMN_COUNT }; /* of report.tsv */

static const char nothing_found[] =
    "no plan table, no announcement of targets, no budget statement and no project was "
    "recognised in it";

/* The lines of decoded.txt, of which each ends in a newline. */
static struct fault *count_lines(struct arena *arena, const char *folder, const char **lines)
{
    enum { LONGEST = 1 << 30 }; /* decode refuses inputs long before */
    char *text;
    size_t size, count = 0;
    const char *path = path_join(arena, folder, "decoded.txt");
    if (input_read(arena, path, LONGEST, &text, &size) != NULL)
        return fault(arena, path, 0, "cannot be read: run decode again");
    for (const char *at = text, *end = text + size; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        count++;
    *lines = arena_printf(arena, "%zu", count);
    return NULL;
}

/* The counts of a kind of thing added up; of all kinds, if kind is NULL. */
static size_t total_of(const struct tsv_row *rows, size_t count, const char *what, const char *kind)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].fields[WHAT], what) == 0 && (!kind || strcmp(rows[i].fields[KIND], kind) == 0))
            total += strtoul(rows[i].fields[NUMBER], NULL, 10);
    return total;
}

struct fault *result_read(struct arena *arena, const char *folder, struct result *result)
{
    struct tsv_row *report;
    size_t count, facts = 0;
    const char *path = path_join(arena, folder, "report.tsv");
    *result = (struct result){.status = RESULT_CONVERTED, .documents = "", .message = ""};
    for (size_t t = 0; t < TABLE_COUNT; t++)
        result->rows[t] = "";
    TRY(count_lines(arena, folder, &result->lines));
    if (access(path, F_OK) != 0) /* made up to a stage before emit */
        return NULL;
    TRY(tsv_read(arena, path, COLUMN_COUNT, &report, &count));
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        bool is_fact = t < FACT_TABLE_COUNT;
        size_t rows =
            is_fact ? total_of(report, count, "rows", tables[t].name) : total_of(report, count, tables[t].name, NULL);
        result->rows[t] = arena_printf(arena, "%zu", rows);
        facts += is_fact ? rows : 0;
    }
    result->documents = arena_printf(arena, "%zu", total_of(report, count, "documents", NULL));
    if (facts == 0) {
        result->status = RESULT_EMPTY;
        result->message = nothing_found;
    }
    return NULL;
}

struct result result_of_failure(struct arena *arena, const struct fault *wrong)
{
    struct result result = {.status = RESULT_FAILED, .lines = "", .documents = "", .message = wrong->text};
    for (size_t t = 0; t < TABLE_COUNT; t++)
        result.rows[t] = "";
    if (wrong->line > 0)
        result.message = arena_printf(arena, "line %ld: %s", wrong->line, wrong->text);
    return result;
}
