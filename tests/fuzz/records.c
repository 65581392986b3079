/* records: any bytes as each of the files between the stages. What is read can be
 * written, and what was written is the same when it is read and written again. */
#include "../../stages/lib/records.h"

#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    char *bytes;
    size_t size;
};

static struct bytes write_records(enum record_file file, struct gazette *gazette)
{
    struct bytes written;
    FILE *out = open_memstream(&written.bytes, &written.size);
    assert(out);
    records_write(out, file, gazette);
    (void)fclose(out);
    return written;
}

static void read_again(struct arena *arena, enum record_file file, struct gazette *gazette)
{
    struct gazette second;
    struct bytes once = write_records(file, gazette);
    fuzz_never(records_read(arena, fuzz_file(once.bytes, once.size), file, &second));
    struct bytes twice = write_records(file, &second);
    if (once.size != twice.size || memcmp(once.bytes, twice.bytes, once.size) != 0)
        fuzz_never(fault(arena, NULL, 0, "records are other ones when they are written again"));
    free(once.bytes);
    free(twice.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    for (enum record_file file = 0; file < RECORD_FILE_COUNT; file++) {
        struct gazette gazette;
        if (!records_read(arena, fuzz_file(bytes, size), file, &gazette))
            read_again(arena, file, &gazette);
    }
    arena_free(arena);
    return 0;
}
