/* json: JSON, written as it goes, two spaces deeper for each level. Errors of the stream
 * are found by who closes it. */
#ifndef GONGBAO_JSON_H
#define GONGBAO_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct json {
    FILE *out;
    int depth;
    bool begun; /* the innermost object or list has a member already */
};

/* An object ('{') or list ('['), as a member of that name; name NULL: in a list, or the
 * whole text. */
void json_begin(struct json *json, const char *name, char bracket);
void json_end(struct json *json, char bracket);

/* A text, which is UTF-8. */
void json_string(struct json *json, const char *name, const char *text);

/* Digits as they are; what is no JSON number is left out. */
void json_number(struct json *json, const char *name, const char *digits);

#endif
