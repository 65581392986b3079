/* documents: what kind of document a title names. */
#include "classify.h"

#include "../lib/text.h"

#include <string.h>

const char *record_normal(struct gazette *gazette, const struct record *record)
{
    const char *normal = record_value(record, ATTRIBUTE_NORMAL);
    return *normal ? normal : text_normal_form(gazette->arena, record->text, strlen(record->text)).text;
}

size_t document_end(const struct gazette *gazette, size_t first)
{
    size_t end = first + 1;
    while (end < gazette->count && gazette->records[end].kind != RECORD_TITLE)
        end++;
    return end;
}

void document_name(const struct document *document)
{
    struct gazette *gazette = document->gazette;
    struct record *record = &gazette->records[document->first];
    struct match match;
    const char *title = record_value(record, ATTRIBUTE_TITLE);
    if (!rule_find(rules_in(document->rules, "document"), title, strlen(title), 0, &match))
        return;
    record_set(gazette, record, ATTRIBUTE_CLASS, rule_means(match.rule, "class"));
    record_credit(gazette, record, match.rule->id);
}
