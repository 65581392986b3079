/* forms: what an input is when it is no plain text. Files come with wrong
 * extensions or none, so only the first bytes decide. */
#include "decode.h"

#include <string.h>

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

static const struct form forms[] = {
    {"\xff\xd8\xff",                     3, 0, picture},
    {"\x89PNG",                          4, 0, picture},
    {"GIF8",                             4, 0, picture},
    {"II*\0",                            4, 0, picture},
    {"MM\0*",                            4, 0, picture},
    {"WEBP",                             4, 8, picture},
    {"ftyp",                             4, 4, picture},
    {"AT&TFORM",                         8, 0, picture},
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

static const char *find_form(const char *bytes, size_t size)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        const struct form *form = &forms[i];
        if (size >= form->offset + form->length && memcmp(bytes + form->offset, form->bytes, form->length) == 0)
            return form->what;
    }
    return NULL;
}

struct fault *refuse(struct arena *arena, const struct text *text)
{
    if (text->size == 0)
        return fault(arena, text->path, 0, "is empty: there is nothing to read");
    const char *form = find_form(text->bytes, text->size);
    return form ? fault(arena, text->path, 0, "is %s", form) : NULL;
}
