/* program: see program.h. */
#include "program.h"

#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { KEPT_BLOCKS = 32 << 20 }; /* bytes: the most that mallopt takes for a threshold */
enum { MESSAGE_SIZE = 4096 };    /* longer ones are cut: two paths of the greatest length are no message */

void program_begin(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
    /* What libraries take for one input of a batch is kept for the next one, instead of being
     * given back page by page and taken anew. */
    (void)mallopt(M_MMAP_THRESHOLD, KEPT_BLOCKS);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BLOCKS);
    /* A program started with `>&-` would take its first file for standard output.
     * The wrong way round, so that a read or write of them fails as it should. */
    const int ways[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int descriptor = 0; descriptor < (int)COUNT(ways); descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)open("/dev/null", ways[descriptor]); /* takes the lowest free one: this */
    }
}

void program_say(const char *path, long line, const char *text)
{
    char message[MESSAGE_SIZE];
    const char *place = path ? path : program_invocation_short_name;
    if (strcmp(place, "-") == 0)
        place = "standard input";
    int length = line > 0 ? snprintf(message, sizeof message - 1, "%s:%ld: %s", place, line, text)
                          : snprintf(message, sizeof message - 1, "%s: %s", place, text);
    if (length < 0)
        return;
    size_t end = strlen(message);
    for (size_t i = 0; i < end; i++) {
        if ((unsigned char)message[i] < ' ' || message[i] == '\x7f')
            message[i] = '?';
    }
    message[end] = '\n';
    fwrite(message, 1, end + 1, stderr); /* nobody to tell if this fails */
}

void program_report(const struct fault *fault)
{
    if (fault)
        program_say(fault->path, fault->line, fault->text);
}

int program_print(const char *text)
{
    bool printed = fputs(text, stdout) >= 0 && !ferror(stdout); /* earlier writes too */
    if (fflush(stdout) == 0 && printed)
        return STAGE_OK;
    program_say("standard output", 0, strerror(errno));
    return STAGE_FAILED;
}

int program_version(const char *name)
{
    char text[128];
    (void)snprintf(text, sizeof text, "%s (gongbao) %s\n", name, GONGBAO_VERSION);
    return program_print(text);
}

int program_misused(const char *name, const char *usage, const char *wrong)
{
    if (wrong)
        program_say(NULL, 0, wrong);
    fprintf(stderr, "usage: %s\n'%s --help' says more\n", usage, name);
    return STAGE_MISUSED;
}

int program_option(int option, const char *name, const char *usage, const char *help)
{
    switch (option) {
    case 'h':
        return program_print(help);
    case 'V':
        return program_version(name);
    default:
        return program_misused(name, usage, NULL);
    }
}
