/* program: what the main functions of all programs share, stages or not: how a
 * program begins, speaks and ends. Messages are printed here and nowhere else. */
#ifndef GONGBAO_PROGRAM_H
#define GONGBAO_PROGRAM_H

#include "fault.h"

/* Exit statuses, from section 7 of the output contract. */
enum stage_status { STAGE_OK = 0, STAGE_FAILED = 1, STAGE_MISUSED = 2 };

/* To be called first: a closed pipe and a file over its limit become errors of
 * the write that met them, and no file is opened as descriptor 0, 1 or 2. */
void program_begin(void);

/* One message on standard error, in one write: PATH:LINE: TEXT; PATH: TEXT where
 * line is 0; PROGRAM: TEXT where path is NULL. Control characters, as a file name
 * may hold them, are shown as `?`. */
void program_say(const char *path, long line, const char *text);

/* Prints a fault, if it is one. */
void program_report(const struct fault *fault);

/* Prints text to standard output, after all that stands there already, and finds
 * out whether any of it was lost; the exit status. */
int program_print(const char *text);

/* The answer to -V; the exit status. */
int program_version(const char *name);

/* Says what is wrong with the command line (NULL: getopt has said it) and where
 * help is. Returns STAGE_MISUSED. */
int program_misused(const char *name, const char *usage, const char *wrong);

/* The answer to what getopt_long returned and the program does not know itself: -h, -V,
 * or an option that there is not, of which getopt has spoken. The exit status. */
int program_option(int option, const char *name, const char *usage, const char *help);

#endif
