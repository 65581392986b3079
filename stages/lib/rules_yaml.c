/* rules_yaml: reads a file of rules. In: YAML, a list of mappings. Out: its entries
 * with the line of each, or a fault that names the line and says what stands there. */
#include "rules_yaml.h"
#include "output.h"
#include <string.h>
#include <yaml.h>

enum { LARGEST_FILE = 1 << 20 };

/* What is being read. */
struct reader {
    struct arena *arena;
    const char *path;
    yaml_document_t *document;
    yaml_node_t *values[8]; /* of the rule at hand, by enum key */
};

enum key { KEY_ID, KEY_IN, KEY_MATCH, KEY_MEANS, KEY_FITS, KEY_FITS_NOT, KEY_DROP, KEY_COUNT };
static const char *const key_names[KEY_COUNT] = {"id", "in", "match", "means", "fits", "fits_not", "drop"};

static long line_of(const yaml_node_t *node)
{
    return (long)node->start_mark.line + 1;
}

static yaml_node_t *node_at(const struct reader *reader, yaml_node_item_t item)
{
    return yaml_document_get_node(reader->document, item);
}

/* A text of the file. It may not be empty: no key has a use for that. */
static struct fault *read_text(const struct reader *reader, const yaml_node_t *node, const char *what,
                               const char **text)
{
    if (node->type != YAML_SCALAR_NODE)
        return fault(reader->arena, reader->path, line_of(node), "%s must be a text: put it into '…'", what);
    size_t length = node->data.scalar.length;
    const char *value = (const char *)node->data.scalar.value;
    if (length == 0 || strlen(value) != length)
        return fault(reader->arena, reader->path, line_of(node), "%s is empty or holds a NUL", what);
    *text = arena_copy(reader->arena, value, length);
    return NULL;
}

static struct fault *read_texts(const struct reader *reader, const yaml_node_t *node, const char *what,
                                const char *const **texts)
{
    if (node->type != YAML_SEQUENCE_NODE)
        return fault(reader->arena, reader->path, line_of(node), "%s must be a list: [one, two]", what);
    yaml_node_item_t *item = node->data.sequence.items.start, *end = node->data.sequence.items.top;
    const char **list = arena_alloc(reader->arena, (size_t)(end - item + 1) * sizeof(*list));
    *texts = list;
    if (item == end)
        return fault(reader->arena, reader->path, line_of(node), "%s is an empty list", what);
    for (; item < end; item++)
        TRY(read_text(reader, node_at(reader, *item), what, list++));
    return NULL;
}

/* ---- the keys of a rule ---- */

static struct fault *read_id(const struct reader *reader, struct rule_entry *entry)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const yaml_node_t *node = reader->values[KEY_ID];
    TRY(read_text(reader, node, "id", &entry->rule.id));
    if (entry->rule.id[strspn(entry->rule.id, allowed)] != '\0')
        return fault(reader->arena, reader->path, line_of(node), "id '%s': use Latin letters, digits and - only",
                     entry->rule.id);
    return NULL;
}

static struct fault *read_contexts(const struct reader *reader, struct rule_entry *entry)
{
    const yaml_node_t *node = reader->values[KEY_IN];
    TRY(read_texts(reader, node, "in", &entry->rule.contexts));
    for (size_t i = 0; entry->rule.contexts[i]; i++)
        if (!rule_context(entry->rule.contexts[i]))
            return fault(reader->arena, reader->path, line_of(node_at(reader, node->data.sequence.items.start[i])),
                         "unknown context '%s': rules/README.md lists them", entry->rule.contexts[i]);
    return NULL;
}

static struct fault *read_pattern(const struct reader *reader, struct rule_entry *entry)
{
    const yaml_node_t *node = reader->values[KEY_MATCH];
    entry->pattern_line = line_of(node);
    TRY(read_text(reader, node, "match", &entry->rule.pattern));
    if (strchr(entry->rule.pattern, '\n'))
        return fault(reader->arena, reader->path, line_of(node), "match goes over lines: put it on one, into '…'");
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
    const yaml_node_t *node = reader->values[KEY_MEANS];
    if (!node) {
        entry->rule.means = arena_alloc(reader->arena, sizeof(*entry->rule.means));
        return NULL;
    }
    if (node->type != YAML_MAPPING_NODE)
        return fault(reader->arena, reader->path, line_of(node), "means must be a mapping: {key: value}");
    yaml_node_pair_t *pair = node->data.mapping.pairs.start, *end = node->data.mapping.pairs.top;
    struct rule_meaning *means = arena_alloc(reader->arena, (size_t)(end - pair + 1) * sizeof(*means));
    entry->rule.means = means;
    for (; pair < end; pair++) {
        const yaml_node_t *key = node_at(reader, pair->key);
        const char *name;
        TRY(read_text(reader, key, "a key of means", &name));
        if (!may_mean(&entry->rule, name))
            return fault(reader->arena, reader->path, line_of(key),
                         "means: no context of rule %s knows '%s': rules/README.md lists the keys", entry->rule.id,
                         name);
        if (rule_means(&entry->rule, name))
            return fault(reader->arena, reader->path, line_of(key), "means says '%s' twice", name);
        TRY(read_text(reader, node_at(reader, pair->value), name, &means->value));
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
    const yaml_node_t *node = reader->values[KEY_DROP];
    const char *value;
    TRY(read_text(reader, node, "drop", &value));
    if (strcmp(value, "true") != 0)
        return fault(reader->arena, reader->path, line_of(node), "drop: only 'true' has a meaning");
    for (enum key key = KEY_IN; key < KEY_DROP; key++)
        if (reader->values[key])
            return fault(reader->arena, reader->path, line_of(reader->values[key]),
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
static struct fault *read_keys(struct reader *reader, const yaml_node_t *node)
{
    memset(reader->values, 0, sizeof(reader->values));
    if (node->type != YAML_MAPPING_NODE)
        return fault(reader->arena, reader->path, line_of(node), "a rule must be a mapping that begins with '- id: …'");
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *name_node = node_at(reader, pair->key);
        const char *name;
        TRY(read_text(reader, name_node, "a key", &name));
        enum key key = find_key(name);
        if (key == KEY_COUNT)
            return fault(reader->arena, reader->path, line_of(name_node),
                         "unknown key '%s': a rule has id, in, match, means, fits, fits_not, drop", name);
        if (reader->values[key])
            return fault(reader->arena, reader->path, line_of(name_node), "key '%s' stands twice in this rule", name);
        reader->values[key] = node_at(reader, pair->value);
    }
    return NULL;
}

static struct fault *read_rule(struct reader *reader, const yaml_node_t *node, struct rule_entry *entry)
{
    static const enum key needed[] = {KEY_IN, KEY_MATCH, KEY_FITS};

    TRY(read_keys(reader, node));
    entry->rule.path = reader->path;
    entry->rule.line = line_of(node);
    if (!reader->values[KEY_ID])
        return fault(reader->arena, reader->path, line_of(node), "a rule without id: give it one");
    TRY(read_id(reader, entry));
    if (reader->values[KEY_DROP])
        return read_drop(reader, entry);
    for (size_t i = 0; i < COUNT(needed); i++)
        if (!reader->values[needed[i]])
            return fault(reader->arena, reader->path, line_of(node), "rule %s has no '%s': add it", entry->rule.id,
                         key_names[needed[i]]);
    TRY(read_contexts(reader, entry));
    TRY(read_pattern(reader, entry));
    TRY(read_meanings(reader, entry));
    return read_examples(reader, entry);
}

static struct fault *read_document(struct reader *reader, struct rule_entries *entries)
{
    const yaml_node_t *root = yaml_document_get_root_node(reader->document);
    if (!root)
        return NULL;
    if (root->type != YAML_SEQUENCE_NODE)
        return fault(reader->arena, reader->path, line_of(root),
                     "a file of rules is a list: each begins with '- id: …'");
    for (yaml_node_item_t *item = root->data.sequence.items.start; item < root->data.sequence.items.top; item++) {
        entries->entries =
            arena_grow(reader->arena, entries->entries, entries->count, &entries->capacity, sizeof(*entries->entries));
        TRY(read_rule(reader, node_at(reader, *item), &entries->entries[entries->count]));
        entries->count++;
    }
    return NULL;
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

/* One document of the file: the first has the rules, a second must be empty. */
static struct fault *load_document(struct reader *reader, yaml_parser_t *parser, const char *bytes, size_t size,
                                   struct rule_entries *entries, bool first)
{
    yaml_document_t document;
    if (!yaml_parser_load(parser, &document))
        return explain(reader, parser, bytes, size);
    reader->document = &document;
    struct fault *wrong = NULL;
    if (first)
        wrong = read_document(reader, entries);
    else if (yaml_document_get_root_node(&document))
        wrong = fault(reader->arena, reader->path, (long)document.start_mark.line + 1,
                      "a second YAML document: take the '---' away");
    yaml_document_delete(&document);
    return wrong;
}

struct fault *rules_read_file(struct arena *arena, const char *path, struct rule_entries *entries)
{
    struct reader reader = {.arena = arena, .path = path};
    char *bytes;
    size_t size;
    TRY(input_read(arena, path, LARGEST_FILE, &bytes, &size));

    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return fault(arena, path, 0, "no memory to read it");
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
    struct fault *wrong = load_document(&reader, &parser, bytes, size, entries, true);
    if (!wrong)
        wrong = load_document(&reader, &parser, bytes, size, entries, false);
    yaml_parser_delete(&parser);
    return wrong;
}
