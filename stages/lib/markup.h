/* markup: an XML document, written element by element with libxml2. */
#ifndef GONGBAO_MARKUP_H
#define GONGBAO_MARKUP_H

#include "fault.h"
#include <stdio.h>

struct markup; /* opaque */

/* Begins a document that is written to out as it goes. Write errors are found when
 * out is closed. */
struct fault *markup_begin(struct arena *arena, FILE *out, struct markup **markup);

/* Steps that fail make markup_end fail. Text is UTF-8; characters that XML 1.0 does
 * not allow become U+FFFD. */
void markup_open(struct markup *markup, const char *element);
void markup_close(struct markup *markup);
void markup_attribute(struct markup *markup, const char *name, const char *text); /* none if text is empty */
void markup_number(struct markup *markup, const char *name, size_t number);       /* an attribute */
void markup_text(struct markup *markup, const char *text);
void markup_element(struct markup *markup, const char *element, const char *text); /* none if text is empty */

/* Ends the document. */
struct fault *markup_end(struct markup *markup);

#endif
