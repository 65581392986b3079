/* decode: the parts of the stage. */
#ifndef GONGBAO_DECODE_H
#define GONGBAO_DECODE_H

#include "../lib/fault.h"
#include "../lib/layout.h"
#include <stdbool.h>
#include <stdio.h>

/* The bytes of an input, or its text, with where its bytes were wrong. */
struct text {
    const char *path; /* for messages; "-" is standard input */
    const char *bytes;
    size_t size;
    const char *encoding; /* by its name in ICU */
    size_t wrong;         /* sequences that are no text in the encoding: each is or becomes U+FFFD */
    size_t wrong_offset;  /* of the first of them, in the bytes of the input */
    long wrong_line;
};

/* forms.c: refuses what is no plain text, by its first bytes and never by its
 * name. NULL if it may be text. */
struct fault *refuse(struct arena *arena, const struct text *text);

/* encoding.c: finds the encoding and makes UTF-8 of text. What is UTF-8 already
 * is left as it is, wrong bytes and all: clean replaces them. A byte order mark
 * is taken away. */
struct fault *convert(struct arena *arena, struct text *text);

/* clean.c: writes text as decoded.txt: every line with LF at its end, form feeds
 * taken out, wrong bytes and control characters replaced. Notes the page breaks
 * and the number of lines in layout; *controls is how many control characters it
 * replaced, *control_line where the first stood. */
struct fault *clean(struct arena *arena, const struct text *text, FILE *out, struct layout *layout, size_t *controls,
                    long *control_line);

#endif
