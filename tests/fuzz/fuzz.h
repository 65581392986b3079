/* fuzz: what the targets share. A target is LLVMFuzzerTestOneInput, which must bear
 * any bytes: `make fuzz` links it with libFuzzer, which makes them up; replay.c
 * calls it for files, and files.c hands the bytes to functions that read files. */
#ifndef GONGBAO_TESTS_FUZZ_H
#define GONGBAO_TESTS_FUZZ_H

#include "../../stages/lib/fault.h"

#include <stddef.h>
#include <stdint.h>

/* The target. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The path of a file that holds these bytes, until the next call. */
const char *fuzz_file(const void *bytes, size_t size);

/* An empty folder of this process, under TMPDIR; who sets TMPDIR clears up there. */
const char *fuzz_folder(void);

/* For what may not fail whatever the bytes are: ends the program with what is wrong. */
void fuzz_never(const struct fault *wrong);

#endif
