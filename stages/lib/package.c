/* package: see package.h. */
#include "package.h"

#include "version.h"

#include <stdio.h>

static const char package_schema[] = "https://datapackage.org/profiles/2.0/datapackage.json";
static const char resource_schema[] = "https://datapackage.org/profiles/2.0/dataresource.json";
static const char table_schema[] = "https://datapackage.org/profiles/2.0/tableschema.json";

void package_begin(struct json *json, const char *name, const char *title)
{
    json_begin(json, NULL, '{');
    json_string(json, "$schema", package_schema);
    json_string(json, "name", name);
    json_string(json, "title", title);
    json_string(json, "contract_version", CONTRACT_VERSION);
    json_string(json, "program_version", GONGBAO_VERSION);
}

static void write_field(struct json *json, const struct package_field *field)
{
    json_begin(json, NULL, '{');
    json_string(json, "name", field->name);
    json_string(json, "type", field->type);
    json_string(json, "description", field->description);
    if (field->categories) {
        json_begin(json, "categories", '[');
        for (const char *const *category = field->categories; *category; category++)
            json_string(json, NULL, *category);
        json_end(json, ']');
    }
    json_end(json, '}');
}

static void write_schema(struct json *json, const struct package_field *fields, size_t field_count)
{
    json_begin(json, "schema", '{');
    json_string(json, "$schema", table_schema);
    json_begin(json, "fields", '[');
    for (size_t i = 0; i < field_count; i++)
        write_field(json, &fields[i]);
    json_end(json, ']');
    json_begin(json, "missingValues", '[');
    json_string(json, NULL, "");
    json_end(json, ']');
    json_end(json, '}');
}

void package_write_resource(struct json *json, const char *name, const char *description,
                            const struct package_field *fields, size_t field_count)
{
    char path[64];
    (void)snprintf(path, sizeof path, "%s.csv", name);
    json_begin(json, NULL, '{');
    json_string(json, "$schema", resource_schema);
    json_string(json, "name", name);
    json_string(json, "path", path);
    json_string(json, "description", description);
    json_string(json, "type", "table");
    json_string(json, "format", "csv");
    json_string(json, "mediatype", "text/csv");
    json_string(json, "encoding", "utf-8");
    json_begin(json, "dialect", '{');
    json_string(json, "lineTerminator", "\n");
    json_end(json, '}');
    write_schema(json, fields, field_count);
    json_end(json, '}');
}

void package_write_table(struct json *json, const struct table *table)
{
    struct package_field fields[ATTRIBUTE_COUNT];
    for (size_t c = 0; c < table->column_count; c++) {
        const struct column *column = &table->columns[c];
        fields[c] = (struct package_field){attribute_name(column->attribute), column->type, column->description,
                                           column->categories};
    }
    package_write_resource(json, table->name, table->description, fields, table->column_count);
}
