/* markup: see markup.h. */
#include "markup.h"

#include <libxml/xmlwriter.h>
#include <stdbool.h>
#include <string.h>

struct markup {
    struct arena *arena;
    xmlTextWriterPtr writer;
    bool failed;
};

static void give_back(void *what)
{
    struct markup *markup = what;
    if (markup->writer)
        xmlFreeTextWriter(markup->writer);
}

/* The library would print a message of its own; here the stream keeps the error. */
static int write_bytes(void *out, const char *bytes, int length)
{
    (void)fwrite(bytes, 1, (size_t)length, out);
    return length;
}

static struct fault *out_of_memory(const struct markup *markup)
{
    return fault(markup->arena, NULL, 0, "the XML could not be made: give the program more memory");
}

/* Every call of the library goes through here. */
static void check(struct markup *markup, int result)
{
    if (result < 0)
        markup->failed = true;
}

struct fault *markup_begin(struct arena *arena, FILE *out, struct markup **begun)
{
    struct markup *markup = arena_alloc(arena, sizeof *markup);
    markup->arena = arena;
    arena_at_end(arena, give_back, markup);
    *begun = markup;
    xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(write_bytes, NULL, out, NULL);
    if (!buffer)
        return out_of_memory(markup);
    markup->writer = xmlNewTextWriter(buffer);
    if (!markup->writer) {
        (void)xmlOutputBufferClose(buffer);
        return out_of_memory(markup);
    }
    check(markup, xmlTextWriterSetIndent(markup->writer, 1));
    check(markup, xmlTextWriterStartDocument(markup->writer, NULL, "UTF-8", NULL));
    return NULL;
}

/* The length of a character at text that XML 1.0 does not allow, or 0: controls
 * other than tab, newline and return, U+FFFE and U+FFFF. */
static size_t forbidden(const unsigned char *text)
{
    if (*text < 0x20)
        return *text != '\t' && *text != '\n' && *text != '\r';
    return *text == 0xef && text[1] == 0xbf && text[2] >= 0xbe ? 3 : 0;
}

/* The text itself, or a copy that XML allows. */
static const xmlChar *allowed(const struct markup *markup, const char *text)
{
    static const char replacement[] = "\xef\xbf\xbd";
    const unsigned char *at = (const unsigned char *)text;
    while (*at && !forbidden(at))
        at++;
    if (!*at)
        return (const xmlChar *)text;
    char *copy = arena_alloc(markup->arena, strlen(text) * (sizeof replacement - 1) + 1), *to = copy;
    for (at = (const unsigned char *)text; *at;) {
        size_t skipped = forbidden(at);
        if (skipped == 0) {
            *to++ = (char)*at++;
            continue;
        }
        memcpy(to, replacement, sizeof replacement - 1);
        to += sizeof replacement - 1;
        at += skipped;
    }
    return (const xmlChar *)copy;
}

void markup_open(struct markup *markup, const char *element)
{
    check(markup, xmlTextWriterStartElement(markup->writer, (const xmlChar *)element));
}

void markup_close(struct markup *markup)
{
    check(markup, xmlTextWriterEndElement(markup->writer));
}

void markup_attribute(struct markup *markup, const char *name, const char *text)
{
    if (*text)
        check(markup, xmlTextWriterWriteAttribute(markup->writer, (const xmlChar *)name, allowed(markup, text)));
}

void markup_number(struct markup *markup, const char *name, size_t number)
{
    char digits[24] = "", *at = digits + sizeof digits - 1;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    markup_attribute(markup, name, at);
}

/* Most text has nothing to escape, and the library takes it as it is in less time. */
void markup_text(struct markup *markup, const char *text)
{
    const xmlChar *content = allowed(markup, text);
    bool plain = !text[strcspn(text, "<>&\"\r")];
    check(markup,
          plain ? xmlTextWriterWriteRaw(markup->writer, content) : xmlTextWriterWriteString(markup->writer, content));
}

void markup_element(struct markup *markup, const char *element, const char *text)
{
    if (!*text)
        return;
    markup_open(markup, element);
    markup_text(markup, text);
    markup_close(markup);
}

struct fault *markup_end(struct markup *markup)
{
    check(markup, xmlTextWriterEndDocument(markup->writer));
    check(markup, xmlTextWriterFlush(markup->writer));
    xmlFreeTextWriter(markup->writer);
    markup->writer = NULL;
    return markup->failed ? out_of_memory(markup) : NULL;
}
