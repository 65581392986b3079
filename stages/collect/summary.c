/* summary: what a batch has come to: a row per input, and the description of all tables
 * beside it. In: the list of publish. Out: summary.csv, datapackage.json. */
#include "collect.h"

#include "../lib/csv.h"
#include "../lib/package.h"

static const char *const statuses[] = {RESULT_CONVERTED, RESULT_EMPTY, RESULT_FAILED, NULL};

/* The columns of summary.csv: those of the list but the folder, which is of the machine,
 * and whether it is new, which is of the run. The status stands behind the counts. */
enum { FIELD_COUNT = TABLE_COUNT + 6 };

struct field {
    struct package_field field;
    enum result_column column; /* of the list */
};

static void list_fields(struct field fields[FIELD_COUNT])
{
    size_t count = 0;
    fields[count++] = (struct field){
        {"id", "string", "Id of the gazette.", NULL},
        RESULT_ID
    };
    fields[count++] = (struct field){
        {"bytes", "integer", "Size of the input.", NULL},
        RESULT_BYTES
    };
    fields[count++] = (struct field){
        {"lines", "integer", "Lines of decoded.txt.", NULL},
        RESULT_LINES
    };
    fields[count++] = (struct field){
        {"documents", "integer", "Documents found in the gazette.", NULL},
        RESULT_DOCUMENTS
    };
    for (size_t t = 0; t < TABLE_COUNT; t++)
        fields[count++] = (struct field){
            {tables[t].name, "integer", "Rows of the gazette in the table.", NULL},
            RESULT_FIRST_TABLE + t
        };
    fields[count++] = (struct field){
        {"status", "string", "Whether the input was converted, and whether anything was recognised in it.", statuses},
        RESULT_STATUS
    };
    fields[count++] = (struct field){
        {"message", "string", "Why it failed or is empty.", NULL},
        RESULT_MESSAGE
    };
}

void summary_begin(FILE *out)
{
    struct field fields[FIELD_COUNT];
    list_fields(fields);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        (void)fprintf(out, "%s%c", fields[i].field.name, i + 1 < FIELD_COUNT ? ',' : '\n');
}

void summary_write(FILE *out, const char *const *result)
{
    struct field fields[FIELD_COUNT];
    list_fields(fields);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        csv_write_cell(out, result[fields[i].column]);
        putc_unlocked(i + 1 < FIELD_COUNT ? ',' : '\n', out);
    }
}

void package_write(FILE *out)
{
    struct field fields[FIELD_COUNT];
    struct package_field columns[FIELD_COUNT];
    struct json json = {.out = out};
    list_fields(fields);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        columns[i] = fields[i].field;
    package_begin(&json, "gazettes", "All gazettes of a batch");
    json_begin(&json, "resources", '[');
    for (size_t t = 0; t < TABLE_COUNT; t++)
        package_write_table(&json, &tables[t]);
    package_write_resource(&json, "summary", "The inputs of the batch and what has become of them.", columns,
                           FIELD_COUNT);
    json_end(&json, ']');
    json_end(&json, '}');
    putc_unlocked('\n', out);
}
