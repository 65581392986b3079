/* json: see json.h. */
#include "json.h"

#include <string.h>

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte != 0x7f && byte != '"' && byte != '\\';
}

static void write_string(FILE *out, const char *text)
{
    putc_unlocked('"', out);
    for (;; text++) {
        const char *from = text;
        while (is_plain((unsigned char)*text))
            text++;
        (void)fwrite_unlocked(from, 1, (size_t)(text - from), out);
        if (!*text)
            break;
        if (*text == '"' || *text == '\\')
            (void)fprintf(out, "\\%c", *text);
        else
            (void)fprintf(out, "\\u%04x", (unsigned char)*text);
    }
    putc_unlocked('"', out);
}

static void break_line(const struct json *json)
{
    putc_unlocked('\n', json->out);
    for (int i = 0; i < 2 * json->depth; i++)
        putc_unlocked(' ', json->out);
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
        (void)fputs_unlocked(": ", json->out);
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
    (void)fputs_unlocked(digits, json->out);
}
