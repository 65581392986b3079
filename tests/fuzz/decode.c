/* decode: any bytes as a text or a web page. What decode writes, segment must be
 * able to read. A PDF is left out: pdftotext, which reads it, is another program. */
#include "../../stages/decode/decode.h"
#include "../../stages/lib/stage.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    const struct text text = {.bytes = (const char *)bytes, .size = size};
    struct stage_job job = {.arena = arena, .input = fuzz_file(bytes, size), .output = fuzz_folder()};
    struct layout layout;
    if (!pdf_is_one(&text) && !decode_input(&job))
        fuzz_never(layout_read(arena, job.output, &layout));
    arena_free(arena);
    return 0;
}
