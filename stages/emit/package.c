/* package: writes datapackage.json, which describes the CSV files beside it (Data
 * Package, version 2). In: the columns of the tables, and the source. Out: JSON. */
#include "emit.h"

#include "../lib/version.h"

#include <string.h>

static const char package_schema[] = "https://datapackage.org/profiles/2.0/datapackage.json";
static const char resource_schema[] = "https://datapackage.org/profiles/2.0/dataresource.json";
static const char table_schema[] = "https://datapackage.org/profiles/2.0/tableschema.json";

/* ---- JSON, written as it goes; errors of the stream are found when it is closed ---- */

struct json {
    FILE *out;
    int depth;
    bool begun; /* the innermost object or list has a member already */
};

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

static void begin(struct json *json, const char *name, char bracket)
{
    begin_member(json, name);
    putc_unlocked(bracket, json->out);
    json->depth++;
    json->begun = false;
}

static void end(struct json *json, char bracket)
{
    json->depth--;
    break_line(json);
    putc_unlocked(bracket, json->out);
    json->begun = true;
}

static void string(struct json *json, const char *name, const char *text)
{
    begin_member(json, name);
    write_string(json->out, text);
}

/* Digits as they are; what is no JSON number is left out. */
static void number(struct json *json, const char *name, const char *digits)
{
    if (!*digits || digits[strspn(digits, "0123456789")] || (digits[0] == '0' && digits[1]))
        return;
    begin_member(json, name);
    (void)fputs(digits, json->out);
}

/* ---- the package ---- */

/* A name may hold lower-case letters, digits, `-`, `_` and `.`. Where the id holds
 * anything else, it goes, and the hash of the input tells two like names apart. */
static const char *package_name(const struct emission *emission)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *id = record_value(emission->source, ATTRIBUTE_GAZETTE);
    if (*id && !id[strspn(id, allowed)])
        return id;
    char *name = arena_alloc(emission->arena, strlen(id) + 1);
    size_t length = 0;
    for (; *id; id++) {
        const char *capital = strchr(capitals, *id);
        char letter = *id;
        if (capital)
            letter = allowed[capital - capitals];
        if (strchr(allowed, letter))
            name[length++] = letter;
    }
    const char *rest = name + strspn(name, "-_.");
    const char *hash = record_value(emission->source, ATTRIBUTE_SHA256);
    return arena_printf(emission->arena, "gazette-%s%s%.8s", rest, *rest ? "-" : "", hash);
}

static void write_field(struct json *json, const struct column *column)
{
    begin(json, NULL, '{');
    string(json, "name", attribute_name(column->attribute));
    string(json, "type", column->type);
    string(json, "description", column->description);
    if (column->categories) {
        begin(json, "categories", '[');
        for (const char *const *category = column->categories; *category; category++)
            string(json, NULL, *category);
        end(json, ']');
    }
    end(json, '}');
}

static void write_schema(struct json *json, const struct table *table)
{
    begin(json, "schema", '{');
    string(json, "$schema", table_schema);
    begin(json, "fields", '[');
    for (size_t c = 0; c < table->column_count; c++)
        write_field(json, &table->columns[c]);
    end(json, ']');
    begin(json, "missingValues", '[');
    string(json, NULL, "");
    end(json, ']');
    end(json, '}');
}

static void write_resource(struct json *json, const struct emission *emission, const struct table *table)
{
    begin(json, NULL, '{');
    string(json, "$schema", resource_schema);
    string(json, "name", table->name);
    string(json, "path", arena_printf(emission->arena, "%s.csv", table->name));
    string(json, "description", table->description);
    string(json, "type", "table");
    string(json, "format", "csv");
    string(json, "mediatype", "text/csv");
    string(json, "encoding", "utf-8");
    begin(json, "dialect", '{');
    string(json, "lineTerminator", "\n");
    end(json, '}');
    write_schema(json, table);
    end(json, '}');
}

static void write_source(struct json *json, const struct emission *emission)
{
    const struct record *source = emission->source;
    begin(json, "sources", '[');
    begin(json, NULL, '{');
    const char *publisher = record_value(source, ATTRIBUTE_SOURCE), *url = record_value(source, ATTRIBUTE_URL);
    string(json, "title", record_value(source, ATTRIBUTE_INPUT));
    if (*url)
        string(json, "path", url);
    if (*publisher)
        string(json, "publisher", publisher);
    number(json, "bytes", record_value(source, ATTRIBUTE_BYTES));
    string(json, "hash", arena_printf(emission->arena, "sha256:%s", record_value(source, ATTRIBUTE_SHA256)));
    end(json, '}');
    end(json, ']');
}

struct fault *package_write(FILE *out, const struct emission *emission, const struct table *table)
{
    (void)table; /* it describes them all */
    struct json json = {.out = out};
    begin(&json, NULL, '{');
    string(&json, "$schema", package_schema);
    string(&json, "name", package_name(emission));
    string(&json, "title", record_value(emission->source, ATTRIBUTE_GAZETTE));
    string(&json, "contract_version", contract_version);
    string(&json, "program_version", GONGBAO_VERSION);
    string(&json, "rules_version", record_value(emission->source, ATTRIBUTE_RULES_VERSION));
    begin(&json, "resources", '[');
    for (size_t t = 0; t < TABLE_COUNT; t++)
        write_resource(&json, emission, &tables[t]);
    end(&json, ']');
    write_source(&json, emission);
    end(&json, '}');
    putc_unlocked('\n', out);
    return NULL;
}
