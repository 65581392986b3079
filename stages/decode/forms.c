/* forms: what an input is when it is no plain text. Files come with wrong
 * extensions or none, so only the first bytes decide. */
#include "decode.h"

#include <string.h>
#include <strings.h>

struct form {
    const char *bytes;
    size_t length, offset;
    const char *what;
};

static const char picture[] = "a picture: read its text with an OCR program and give that";
static const char archive[] = "a compressed file: unpack it and give the text inside";
static const char office[] =
    "an office document: save it as plain text, for example with "
    "libreoffice --convert-to txt:Text";
static const char zip[] =
    "a zip archive or an office document (docx, xlsx, ofd): unpack it, or save it as plain text, "
    "for example with libreoffice --convert-to txt:Text";
static const char pdf[] = "a PDF, which is not read yet: make text of it with pdftotext -layout";
static const char web_page[] = "a web page, which is not read yet: save it as plain text";

static const struct form forms[] = {
    {"\xff\xd8\xff",                     3, 0, picture},
    {"\x89PNG",                          4, 0, picture},
    {"GIF8",                             4, 0, picture},
    {"II*\0",                            4, 0, picture},
    {"MM\0*",                            4, 0, picture},
    {"WEBP",                             4, 8, picture},
    {"ftyp",                             4, 4, picture},
    {"AT&TFORM",                         8, 0, picture},
    {"%PDF-",                            5, 0, pdf    },
    {"PK\x03\x04",                       4, 0, zip    },
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0, office },
    {"{\\rtf",                           5, 0, office },
    {"\x1f\x8b",                         2, 0, archive},
    {"7z\xbc\xaf",                       4, 0, archive},
    {"Rar!",                             4, 0, archive},
    {"\xfd"
     "7zXZ",                        5, 0, archive},
    {"BZh",                              3, 0, archive},
    {"\x28\xb5\x2f\xfd",                 4, 0, archive},
};

/* After white space and a byte order mark, in either case. A comment opens a web
 * page too. */
static const char *const tags[] = {
    "<!doctype", "<html", "<head", "<body", "<meta", "<script", "<style", "<div", "<table", "<p>", "<!--", "<?xml",
};

static bool opens_web_page(const char *bytes, size_t size)
{
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        bytes += 3;
    bytes += strspn(bytes, " \t\r\n"); /* a NUL stands behind the last byte */
    for (size_t i = 0; i < COUNT(tags); i++) {
        if (strncasecmp(bytes, tags[i], strlen(tags[i])) == 0)
            return true;
    }
    return false;
}

static const char *find_form(const char *bytes, size_t size)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        const struct form *form = &forms[i];
        if (size >= form->offset + form->length && memcmp(bytes + form->offset, form->bytes, form->length) == 0)
            return form->what;
    }
    return opens_web_page(bytes, size) ? web_page : NULL;
}

struct fault *refuse(struct arena *arena, const struct text *text)
{
    if (text->size == 0)
        return fault(arena, text->path, 0, "is empty: there is nothing to read");
    const char *form = find_form(text->bytes, text->size);
    return form ? fault(arena, text->path, 0, "is %s", form) : NULL;
}
