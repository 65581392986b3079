/* files: bytes as a file, which lies in memory; see fuzz.h. */
#include "../../stages/lib/program.h"
#include "fuzz.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

const char *fuzz_file(const void *bytes, size_t size)
{
    static int file = -1;
    static char path[32];
    if (file < 0) {
        file = memfd_create("fuzz", MFD_CLOEXEC);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (file < 0 || ftruncate(file, 0) != 0 || pwrite(file, bytes, size, 0) != (ssize_t)size)
        give_up("a file in memory");
    return path;
}

const char *fuzz_folder(void)
{
    static char folder[PATH_MAX];
    const char *above = getenv("TMPDIR");
    if (*folder)
        return folder;
    (void)snprintf(folder, sizeof folder, "%s/gongbao-fuzz.XXXXXX", above && *above ? above : "/tmp");
    if (!mkdtemp(folder))
        give_up(folder);
    return folder;
}

void fuzz_never(const struct fault *wrong)
{
    program_report(wrong);
    if (wrong)
        abort();
}
