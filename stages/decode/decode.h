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
    const char *asked;    /* the encoding that the user says it has; NULL: find it */
    const char *encoding; /* by its name in ICU */
    size_t wrong;         /* sequences that are no text in the encoding: each is or becomes U+FFFD */
    size_t wrong_offset;  /* of the first of them, in the bytes of the input */
    long wrong_line;
};

/* decode.c: the stage: makes the folder of an input. */
struct stage_job; /* of stage.h */
struct fault *decode_input(const struct stage_job *job);

/* forms.c: refuses what is no plain text, by its first bytes and never by its
 * name. NULL if it may be text. */
struct fault *refuse(struct arena *arena, const struct text *text);

/* The line of an offset: line ends before it, plus one. */
long text_line(const char *text, size_t offset);

/* Whether an encoding of this name is known. */
bool encoding_known(const char *name);

/* encoding.c: finds the encoding and makes UTF-8 of text. What is UTF-8 already
 * is left as it is, wrong bytes and all: clean replaces them. A byte order mark
 * is taken away. Says so where the user or the page names an encoding that makes no
 * sense of it; refuses a text of which no encoding makes sense. */
struct fault *convert(struct arena *arena, struct text *text);

/* markup.c: whether bytes open a web page, after a byte order mark and spaces. */
bool markup_opens(const char *bytes, size_t size);

/* markup.c: the encoding that a web page says it has, or NULL. */
const char *markup_encoding(struct arena *arena, const char *bytes, size_t size);

/* html.c: makes lines of a web page in UTF-8, and notes its cells, headings and
 * furniture in layout. *controls is how many control characters it replaced,
 * *control_line where the first stood in the page. Faults: a page over a limit. */
struct fault *html_read(struct arena *arena, struct text *text, struct layout *layout, size_t *controls,
                        long *control_line);

/* sense.c: how many percent of the Chinese characters of a text in UTF-8 are in
 * common use: over 90 of a text, under 60 of bytes that were taken for text of
 * another encoding; -1 where there are too few to tell. */
int text_sense(struct arena *arena, const char *bytes, size_t size);

/* pdf.c: whether the bytes are a PDF, by its first bytes. */
bool pdf_is_one(const struct text *text);

/* pdf.c: makes text in UTF-8 of a PDF, with a form feed in front of each page, so that
 * clean notes a break for each. Adds cells and furniture to layout; *numbers is the
 * printed number of each page, NULL where there is none that is certain. */
struct fault *pdf_read(struct arena *arena, struct text *text, struct layout *layout, const char *const **numbers);

/* clean.c: writes text as decoded.txt: every line with LF at its end, form feeds
 * taken out, wrong bytes and control characters replaced. Notes the page breaks
 * and the number of lines in layout; *controls is how many control characters it
 * replaced, *control_line where the first stood. */
struct fault *clean(struct arena *arena, const struct text *text, FILE *out, struct layout *layout, size_t *controls,
                    long *control_line);

#endif
