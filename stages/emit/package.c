/* package: writes datapackage.json, which describes the CSV files beside it (Data
 * Package, version 2). In: the columns of the tables, and the source. Out: JSON. */
#include "emit.h"

#include "../lib/package.h"

#include <string.h>

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

static void write_source(struct json *json, const struct emission *emission)
{
    const struct record *source = emission->source;
    json_begin(json, "sources", '[');
    json_begin(json, NULL, '{');
    const char *publisher = record_value(source, ATTRIBUTE_SOURCE), *url = record_value(source, ATTRIBUTE_URL);
    json_string(json, "title", record_value(source, ATTRIBUTE_INPUT));
    if (*url)
        json_string(json, "path", url);
    if (*publisher)
        json_string(json, "publisher", publisher);
    json_number(json, "bytes", record_value(source, ATTRIBUTE_BYTES));
    json_string(json, "hash", arena_printf(emission->arena, "sha256:%s", record_value(source, ATTRIBUTE_SHA256)));
    json_end(json, '}');
    json_end(json, ']');
}

struct fault *package_write(FILE *out, const struct emission *emission, const struct table *table)
{
    (void)table; /* it describes them all */
    struct json json = {.out = out};
    package_begin(&json, package_name(emission), record_value(emission->source, ATTRIBUTE_GAZETTE));
    json_string(&json, "rules_version", record_value(emission->source, ATTRIBUTE_RULES_VERSION));
    json_begin(&json, "resources", '[');
    for (size_t t = 0; t < TABLE_COUNT; t++)
        package_write_table(&json, &tables[t]);
    json_end(&json, ']');
    write_source(&json, emission);
    json_end(&json, '}');
    putc_unlocked('\n', out);
    return NULL;
}
