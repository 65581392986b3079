/* table: one table of all gazettes together. In: the CSV of each. Out: a CSV with one
 * header and the rows of all, byte for byte. */
#include "collect.h"

#include "../lib/output.h"

#include <string.h>

enum { LONGEST = 1 << 30 }; /* bytes of a table; decode refuses inputs long before */

struct collection {
    const char *name; /* of the file, without extension */
    const char *header;
    struct output *out;
};

/* The header that emit writes. */
static const char *header_of(struct arena *arena, const struct table *table)
{
    const char *header = "";
    for (size_t c = 0; c < table->column_count; c++)
        header = arena_printf(arena, "%s%s%s", header, c ? "," : "", attribute_name(table->columns[c].attribute));
    return arena_printf(arena, "%s\n", header);
}

struct fault *collection_open(struct arena *arena, const char *folder, const struct table *table,
                              struct collection **collection)
{
    *collection = arena_alloc(arena, sizeof **collection);
    (*collection)->name = table->name;
    (*collection)->header = header_of(arena, table);
    TRY(output_open(arena, arena_printf(arena, "%s/%s.csv", folder, table->name), &(*collection)->out));
    (void)fputs((*collection)->header, output_stream((*collection)->out));
    return NULL;
}

struct fault *collection_add(struct collection *collection, struct arena *arena, const char *folder)
{
    char *bytes;
    size_t size, header = strlen(collection->header);
    const char *path = arena_printf(arena, "%s/%s.csv", folder, collection->name);
    TRY(input_read(arena, path, LONGEST, &bytes, &size));
    if (size < header || memcmp(bytes, collection->header, header) != 0)
        return fault(arena, path, 1, "has not the columns that this version writes: run emit again");
    if (bytes[size - 1] != '\n')
        return fault(arena, path, 0, "ends in the middle of a line: run emit again");
    (void)fwrite(bytes + header, 1, size - header, output_stream(collection->out)); /* collection_close finds errors */
    return NULL;
}

struct fault *collection_close(struct collection *collection)
{
    return output_close(collection->out);
}
