/* emission: takes from the records what is written: the source, and the rows of
 * each table. In: all records of extract. Out: struct emission. */
#include "emit.h"

static void find_rows(struct emission *emission, size_t t)
{
    const struct gazette *gazette = emission->gazette;
    size_t capacity = 0;
    for (size_t i = 0; i < gazette->count; i++) {
        if (!table_has(&tables[t], &gazette->records[i]))
            continue;
        emission->rows[t] =
            arena_grow(emission->arena, emission->rows[t], emission->row_counts[t], &capacity, sizeof **emission->rows);
        emission->rows[t][emission->row_counts[t]++] = i;
    }
}

struct fault *emission_make(const struct gazette *gazette, struct emission *emission)
{
    *emission = (struct emission){.arena = gazette->arena, .gazette = gazette};
    if (gazette->count == 0 || gazette->records[0].kind != RECORD_SOURCE)
        return fault(gazette->arena, gazette->path, 2,
                     "the first record is no source: make the file anew with the stage that writes it");
    emission->source = &gazette->records[0];
    for (size_t t = 0; t < TABLE_COUNT; t++)
        find_rows(emission, t);
    return NULL;
}

const struct record *emission_row(const struct emission *emission, size_t t, size_t r)
{
    return &emission->gazette->records[emission->rows[t][r]];
}

const char *emission_cell(const struct emission *emission, const struct record *row, enum attribute attribute)
{
    return record_value(attribute == ATTRIBUTE_GAZETTE ? emission->source : row, attribute);
}
