/* lists: numbered entries of a document that lists projects: short ones are
 * headings to segment, long ones are running text with a mark in front. */
#include "classify.h"

#include <stdbool.h>
#include <string.h>

bool lists_projects(const char *class)
{
    return strncmp(class, "project-", strlen("project-")) == 0 || strcmp(class, "announcement") == 0;
}

void lists_find(const struct document *document)
{
    struct gazette *gazette = document->gazette;
    if (!lists_projects(record_value(&gazette->records[document->first], ATTRIBUTE_CLASS)))
        return;
    for (size_t i = document->first; i < document->end; i++) {
        struct record *record = &gazette->records[i];
        bool entry = record->kind == RECORD_HEADING || record->kind == RECORD_TEXT;
        if (entry && strcmp(record_value(record, ATTRIBUTE_DEPTH), "3") == 0)
            record->kind = RECORD_LIST_ENTRY;
    }
}
