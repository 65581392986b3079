/* extract: any bytes as classified.tsv, with the rules of the project. What extract
 * makes of records can be written, and emit must be able to read it. */
#include "../../stages/extract/extract.h"

#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>

/* Loaded once: they live as long as the process. */
static const struct rules *project_rules(void)
{
    static const char *const folders[] = {"rules"};
    static struct arena *arena;
    static struct rules *rules;
    if (!arena) {
        arena = arena_new();
        fuzz_never(rules_load(arena, folders, 1, NULL, &rules));
    }
    return rules;
}

static void write_and_read(struct gazette *gazette)
{
    struct gazette second;
    char *bytes;
    size_t size;
    FILE *out = open_memstream(&bytes, &size);
    assert(out);
    records_write(out, FILE_EXTRACTED, gazette);
    (void)fclose(out);
    fuzz_never(records_read(gazette->arena, fuzz_file(bytes, size), FILE_EXTRACTED, &second));
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct gazette gazette;
    if (!records_read(arena, fuzz_file(bytes, size), FILE_CLASSIFIED, &gazette)) {
        fuzz_never(extract_facts(project_rules(), &gazette));
        write_and_read(&gazette);
    }
    arena_free(arena);
    return 0;
}
