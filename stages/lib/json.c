/* json: see json.h. */
#include "json.h"

#include <string.h>

static void write_string(FILE *out, const char *text)
{
    putc_unlocked('"', out);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            (void)fprintf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            (void)fprintf(out, "\\u%04x", byte);
        else
            putc_unlocked(byte, out);
    }
    putc_unlocked('"', out);
}

static void break_line(const struct json *json)
{
    putc_unlocked('\n', json->out);
    for (int i = 0; i < json->depth; i++)
        (void)fputs("  ", json->out);
}

/* What stands between two members, and the name of the next (NULL in a list). */
static void begin_member(struct json *json, const char *name)
{
    if (json->begun)
        putc_unlocked(',', json->out);
    if (json->depth > 0)
        break_line(json);
    json->begun = true;
    if (name) {
        write_string(json->out, name);
        (void)fputs(": ", json->out);
    }
}

void json_begin(struct json *json, const char *name, char bracket)
{
    begin_member(json, name);
    putc_unlocked(bracket, json->out);
    json->depth++;
    json->begun = false;
}

void json_end(struct json *json, char bracket)
{
    json->depth--;
    break_line(json);
    putc_unlocked(bracket, json->out);
    json->begun = true;
}

void json_string(struct json *json, const char *name, const char *text)
{
    begin_member(json, name);
    write_string(json->out, text);
}

void json_number(struct json *json, const char *name, const char *digits)
{
    if (!*digits || digits[strspn(digits, "0123456789")] || (digits[0] == '0' && digits[1]))
        return;
    begin_member(json, name);
    (void)fputs(digits, json->out);
}
