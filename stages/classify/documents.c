/* documents: what kind of document a title names. */
#include "classify.h"

#include "../lib/text.h"

#include <string.h>

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
