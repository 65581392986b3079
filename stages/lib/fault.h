/* fault: what is wrong, as a value. A step returns NULL, or a fault that says
 * what is wrong and what to do about it; TRY hands it up; stage_main prints it
 * in one place, as FILE:LINE: TEXT. */
#ifndef GONGBAO_FAULT_H
#define GONGBAO_FAULT_H

#include "arena.h"

struct fault {
    const char *path; /* the file that is at fault; NULL if none is */
    long line;        /* its line, from 1; 0 where the whole file is meant */
    const char *text; /* what is wrong and what to do, without a newline at its end */
};

/* Makes a fault whose texts live in arena. path may be NULL, line may be 0.
 * Never returns NULL. */
__attribute__((format(printf, 4, 5))) struct fault *fault(struct arena *arena, const char *path, long line,
                                                          const char *format, ...);

/* As fault, with ": " and the text of errno at the end. */
__attribute__((format(printf, 3, 4))) struct fault *fault_errno(struct arena *arena, const char *path,
                                                                const char *format, ...);

/* The only macro that returns: hands a fault to the caller. */
#define TRY(step)                                                                                                      \
    do {                                                                                                               \
        struct fault *fault_of_step = (step);                                                                          \
        if (fault_of_step)                                                                                             \
            return fault_of_step;                                                                                      \
    } while (0)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
