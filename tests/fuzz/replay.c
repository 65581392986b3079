/* replay: calls a target for each file named on the command line, as libFuzzer would
 * for the bytes it makes up: so what was found once is tried under every compiler. */
#include "../../stages/lib/output.h"
#include "../../stages/lib/program.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { INPUT_LIMIT = 1 << 20 };

/* From a block of exactly that size, so that the sanitizer sees a byte too far. */
static struct fault *replay(struct arena *arena, const char *path)
{
    char *bytes;
    size_t size;
    TRY(input_read(arena, path, INPUT_LIMIT, &bytes, &size));
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact)
        return fault(arena, path, 0, "no memory for it");
    memcpy(exact, bytes, size);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return NULL;
}

int main(int argc, char **argv)
{
    program_begin();
    int status = STAGE_OK;
    for (int i = 1; i < argc; i++) {
        struct arena *arena = arena_new();
        struct fault *wrong = replay(arena, argv[i]);
        program_report(wrong);
        if (wrong)
            status = STAGE_FAILED;
        arena_free(arena);
    }
    return status;
}
