/* rules_yaml: reads a file of rules. In: YAML, a list of mappings. Out: its entries
 * with the line of each, or a fault that names the line and says what stands there.
 * It reads libyaml's events and not its documents: so a file of nothing but `[` ends
 * at the depth that rules have, where the document costs its square. */
#include "rules_yaml.h"
#include "output.h"
#include <string.h>
#include <yaml.h>

enum { LARGEST_FILE = 1 << 20, DEEPEST = 4 };

/* A text, or the nodes of a list or mapping (key, value, key, value, …). */
struct node {
    enum { NODE_TEXT, NODE_LIST, NODE_MAPPING } type;
    long line;
    const char *text;
    size_t length; /* of the text, or how many nodes are inside */
    struct node *first, *last, *next;
};

enum key { KEY_ID, KEY_IN, KEY_MATCH, KEY_MEANS, KEY_FITS, KEY_FITS_NOT, KEY_DROP, KEY_COUNT };
static const char *const key_names[KEY_COUNT] = {"id", "in", "match", "means", "fits", "fits_not", "drop"};

/* What is being read. */
struct reader {
    struct arena *arena;
    const char *path;
    struct node *root; /* NULL in an empty file */
    struct node *open[DEEPEST];
    size_t depth;
    const struct node *values[KEY_COUNT]; /* of the rule at hand */
};

/* ---- nodes ---- */

static struct node *add_node(struct reader *reader, const yaml_event_t *event)
{
    struct node *node = arena_alloc(reader->arena, sizeof(*node));
    struct node *parent = reader->depth ? reader->open[reader->depth - 1] : NULL;
    node->line = (long)event->start_mark.line + 1;
    if (!parent) {
        reader->root = node;
        return node;
    }
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->length++;
    return node;
}

static struct fault *open_node(struct reader *reader, const yaml_event_t *event)
{
    struct node *node = add_node(reader, event);
    node->type = event->type == YAML_SEQUENCE_START_EVENT ? NODE_LIST : NODE_MAPPING;
    if (reader->depth == DEEPEST)
        return fault(reader->arena, reader->path, node->line, "lists in lists: a rule needs no such depth");
    reader->open[reader->depth++] = node;
    return NULL;
}

static struct fault *take_event(struct reader *reader, const yaml_event_t *event)
{
    long line = (long)event->start_mark.line + 1;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->root)
            return fault(reader->arena, reader->path, line, "a second YAML document: take the '---' away");
        return NULL;
    case YAML_ALIAS_EVENT:
        return fault(reader->arena, reader->path, line, "an alias (*): write it out, or put it into '…'");
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return open_node(reader, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        reader->depth--;
        return NULL;
    case YAML_SCALAR_EVENT: {
        struct node *node = add_node(reader, event);
        node->length = event->data.scalar.length;
        node->text = arena_copy(reader->arena, (const char *)event->data.scalar.value, node->length);
        return NULL;
    }
    default:
        return NULL;
    }
}

/* What libyaml found wrong. Where it refuses bytes it knows their offset only. */
static struct fault *explain(const struct reader *reader, const yaml_parser_t *parser, const char *bytes, size_t size)
{
    const char *problem = parser->problem ? parser->problem : "no memory";
    if (parser->error != YAML_READER_ERROR)
        return fault(reader->arena, reader->path, (long)parser->problem_mark.line + 1, "wrong YAML: %s%s%s", problem,
                     parser->context ? ", " : "", parser->context ? parser->context : "");
    long line = 1;
    for (size_t at = 0; at < size && at < parser->problem_offset; at++)
        line += bytes[at] == '\n';
    return fault(reader->arena, reader->path, line, "no UTF-8 text: %s", problem);
}

static struct fault *read_nodes(struct reader *reader, const char *bytes, size_t size)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return fault(reader->arena, reader->path, 0, "no memory to read it");
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);

    struct fault *wrong = NULL;
    for (bool ended = false; !ended && !wrong;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            wrong = explain(reader, &parser, bytes, size);
            break;
        }
        wrong = take_event(reader, &event);
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return wrong;
}

/* ---- the keys of a rule ---- */

/* A text of the file. It may not be empty: no key has a use for that. */
static struct fault *read_text(const struct reader *reader, const struct node *node, const char *what,
                               const char **text)
{
    if (node->type != NODE_TEXT)
        return fault(reader->arena, reader->path, node->line, "%s must be a text: put it into '…'", what);
    *text = node->text;
    if (node->length == 0 || strlen(node->text) != node->length)
        return fault(reader->arena, reader->path, node->line, "%s is empty or holds a NUL", what);
    return NULL;
}

static struct fault *read_texts(const struct reader *reader, const struct node *node, const char *what,
                                const char *const **texts)
{
    if (node->type != NODE_LIST)
        return fault(reader->arena, reader->path, node->line, "%s must be a list: [one, two]", what);
    if (!node->first)
        return fault(reader->arena, reader->path, node->line, "%s is an empty list", what);
    const char **list = arena_alloc(reader->arena, (node->length + 1) * sizeof(*list));
    *texts = list;
    for (const struct node *item = node->first; item; item = item->next)
        TRY(read_text(reader, item, what, list++));
    return NULL;
}

static struct fault *read_id(const struct reader *reader, struct rule_entry *entry)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const struct node *node = reader->values[KEY_ID];
    TRY(read_text(reader, node, "id", &entry->rule.id));
    if (entry->rule.id[strspn(entry->rule.id, allowed)] != '\0')
        return fault(reader->arena, reader->path, node->line, "id '%s': use Latin letters, digits and - only",
                     entry->rule.id);
    return NULL;
}

static struct fault *read_contexts(const struct reader *reader, struct rule_entry *entry)
{
    const struct node *node = reader->values[KEY_IN];
    TRY(read_texts(reader, node, "in", &entry->rule.contexts));
    for (const struct node *item = node->first; item; item = item->next) {
        if (!rule_context(item->text))
            return fault(reader->arena, reader->path, item->line, "unknown context '%s': rules/README.md lists them",
                         item->text);
        for (const struct node *other = node->first; other != item; other = other->next)
            if (strcmp(other->text, item->text) == 0)
                return fault(reader->arena, reader->path, item->line, "context '%s' stands twice", item->text);
    }
    return NULL;
}

static struct fault *read_pattern(const struct reader *reader, struct rule_entry *entry)
{
    const struct node *node = reader->values[KEY_MATCH];
    entry->pattern_line = node->line;
    TRY(read_text(reader, node, "match", &entry->rule.pattern));
    if (strchr(entry->rule.pattern, '\n'))
        return fault(reader->arena, reader->path, node->line, "match goes over lines: put it on one, into '…'");
    return NULL;
}

/* Whether one of the rule's contexts knows the key. */
static bool may_mean(const struct rule *rule, const char *key)
{
    for (size_t i = 0; rule->contexts[i]; i++) {
        const char *const *known = rule_context(rule->contexts[i])->keys;
        while (*known && strcmp(*known, key) != 0)
            known++;
        if (*known)
            return true;
    }
    return false;
}

static struct fault *read_meanings(const struct reader *reader, struct rule_entry *entry)
{
    const struct node *node = reader->values[KEY_MEANS];
    if (node && node->type != NODE_MAPPING)
        return fault(reader->arena, reader->path, node->line, "means must be a mapping: {key: value}");
    struct rule_meaning *means = arena_alloc(reader->arena, ((node ? node->length / 2 : 0) + 1) * sizeof(*means));
    entry->rule.means = means;
    for (const struct node *key = node ? node->first : NULL; key; key = key->next->next) {
        const char *name = "";
        TRY(read_text(reader, key, "a key of means", &name));
        if (!may_mean(&entry->rule, name))
            return fault(reader->arena, reader->path, key->line,
                         "means: no context of rule %s knows '%s': rules/README.md lists the keys", entry->rule.id,
                         name);
        if (rule_means(&entry->rule, name))
            return fault(reader->arena, reader->path, key->line, "means says '%s' twice", name);
        TRY(read_text(reader, key->next, name, &means->value));
        means++->name = name;
    }
    return NULL;
}

static struct fault *read_examples(const struct reader *reader, struct rule_entry *entry)
{
    static const char *const none[] = {NULL};
    entry->rule.fits_not = none;
    TRY(read_texts(reader, reader->values[KEY_FITS], "fits", &entry->rule.fits));
    if (reader->values[KEY_FITS_NOT])
        TRY(read_texts(reader, reader->values[KEY_FITS_NOT], "fits_not", &entry->rule.fits_not));
    return NULL;
}

static struct fault *read_drop(const struct reader *reader, struct rule_entry *entry)
{
    const struct node *node = reader->values[KEY_DROP];
    const char *value = "";
    TRY(read_text(reader, node, "drop", &value));
    if (strcmp(value, "true") != 0)
        return fault(reader->arena, reader->path, node->line, "drop: only 'true' has a meaning");
    for (enum key key = KEY_IN; key < KEY_DROP; key++)
        if (reader->values[key])
            return fault(reader->arena, reader->path, reader->values[key]->line,
                         "rule %s is dropped: take '%s' away, or drop", entry->rule.id, key_names[key]);
    entry->drop = true;
    return NULL;
}

/* ---- rules and files ---- */

static enum key find_key(const char *name)
{
    enum key key = 0;
    while (key < KEY_COUNT && strcmp(key_names[key], name) != 0)
        key++;
    return key;
}

/* Sorts the values of a rule by key. */
static struct fault *read_keys(struct reader *reader, const struct node *node)
{
    memset(reader->values, 0, sizeof(reader->values));
    if (node->type != NODE_MAPPING)
        return fault(reader->arena, reader->path, node->line, "a rule must be a mapping that begins with '- id: …'");
    for (const struct node *key = node->first; key; key = key->next->next) {
        const char *name = "";
        TRY(read_text(reader, key, "a key", &name));
        enum key known = find_key(name);
        if (known == KEY_COUNT)
            return fault(reader->arena, reader->path, key->line,
                         "unknown key '%s': a rule has id, in, match, means, fits, fits_not, drop", name);
        if (reader->values[known])
            return fault(reader->arena, reader->path, key->line, "key '%s' stands twice in this rule", name);
        reader->values[known] = key->next;
    }
    return NULL;
}

static struct fault *read_rule(struct reader *reader, const struct node *node, struct rule_entry *entry)
{
    static const enum key needed[] = {KEY_IN, KEY_MATCH, KEY_FITS};

    TRY(read_keys(reader, node));
    entry->rule.path = reader->path;
    entry->rule.line = node->line;
    if (!reader->values[KEY_ID])
        return fault(reader->arena, reader->path, node->line, "a rule without id: give it one");
    TRY(read_id(reader, entry));
    if (reader->values[KEY_DROP])
        return read_drop(reader, entry);
    for (size_t i = 0; i < COUNT(needed); i++)
        if (!reader->values[needed[i]])
            return fault(reader->arena, reader->path, node->line, "rule %s has no '%s': add it", entry->rule.id,
                         key_names[needed[i]]);
    TRY(read_contexts(reader, entry));
    TRY(read_pattern(reader, entry));
    TRY(read_meanings(reader, entry));
    return read_examples(reader, entry);
}

struct fault *rules_read_file(struct arena *arena, const char *path, struct rule_entries *entries)
{
    struct reader reader = {.arena = arena, .path = path};
    char *bytes;
    size_t size;
    TRY(input_read(arena, path, LARGEST_FILE, &bytes, &size));
    TRY(read_nodes(&reader, bytes, size));
    if (!reader.root)
        return NULL;
    if (reader.root->type != NODE_LIST)
        return fault(arena, path, reader.root->line, "a file of rules is a list: each begins with '- id: …'");
    for (const struct node *node = reader.root->first; node; node = node->next) {
        entries->entries =
            arena_grow(arena, entries->entries, entries->count, &entries->capacity, sizeof(*entries->entries));
        TRY(read_rule(&reader, node, &entries->entries[entries->count]));
        entries->count++;
    }
    return NULL;
}
