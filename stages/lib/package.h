/* package: the parts of a datapackage.json (Data Package, version 2) that all of them
 * share: what it opens with, and how a CSV beside it is described. */
#ifndef GONGBAO_PACKAGE_H
#define GONGBAO_PACKAGE_H

#include "json.h"
#include "records.h"

/* A column of a CSV. */
struct package_field {
    const char *name, *type, *description; /* type: string, integer, number */
    const char *const *categories;         /* the closed list of its values, NULL at the end; NULL: none */
};

/* Opens the object of the package and writes what names it: title may be any text, name
 * has lower-case letters, digits, `-`, `_` and `.`. */
void package_begin(struct json *json, const char *name, const char *title);

/* Describes NAME.csv; to be called inside the list `resources`. */
void package_write_resource(struct json *json, const char *name, const char *description,
                            const struct package_field *fields, size_t field_count);

/* Describes the CSV of one of the contract's tables. */
void package_write_table(struct json *json, const struct table *table);

#endif
