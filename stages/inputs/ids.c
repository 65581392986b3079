/* ids: what each gazette is called, by section 1 of the output contract. An id is
 * one name of a folder, and safe to print and to type. */
#include "inputs.h"

#include "../lib/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

enum { LONGEST = 180, HASH_DIGITS = 8 };

/* Names of folders that runs make for themselves. */
static const char *const taken[] = {"all", "diff"};

static bool is_control(UChar32 character)
{
    return character < ' ' || (character >= 0x7f && character <= 0x9f);
}

/* Length of a name without its extension: a dot at the front opens none. */
static size_t length_without_extension(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *last = slash ? slash + 1 : name;
    const char *dot = strrchr(last, '.');
    return dot && dot != last ? (size_t)(dot - name) : strlen(name);
}

static size_t write_escaped(char *id, size_t end, const char *bytes, size_t count)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < count; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        id[end++] = '%';
        id[end++] = digits[byte >> 4];
        id[end++] = digits[byte & 0xf];
    }
    return end;
}

static bool is_taken(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT(taken); i++) {
        if (length == strlen(taken[i]) && memcmp(name, taken[i], length) == 0)
            return true;
    }
    return false;
}

char *name_escape(struct arena *arena, const char *name, size_t length)
{
    char *id = arena_alloc(arena, 3 * length + 1);
    size_t end = 0;
    if (is_taken(name, length)) {
        write_escaped(id, 0, name, length);
        return id;
    }
    for (size_t at = 0; at < length;) {
        size_t from = at;
        UChar32 character;
        U8_NEXT((const uint8_t *)name, at, length, character);
        if (character == '/') {
            id[end++] = '-';
            id[end++] = '-';
        } else if (character < 0 || is_control(character) || character == '@' ||
                   (from == 0 && (character == '.' || character == '-'))) {
            end = write_escaped(id, end, name + from, at - from);
        } else {
            memcpy(id + end, name + from, at - from);
            end += at - from;
        }
    }
    return id;
}

/* Cuts an id that is too long, between two characters, and ends it in digits of
 * the hash of the whole. */
static void shorten(char *id)
{
    char hash[DIGEST_SIZE];
    size_t length = strlen(id), cut = LONGEST - HASH_DIGITS;
    if (length <= LONGEST)
        return;
    digest_bytes(id, length, hash);
    while (U8_IS_TRAIL((uint8_t)id[cut]))
        cut--;
    for (size_t back = 1; back <= 2; back++) { /* not inside %XX either */
        if (id[cut - back] == '%') {
            cut -= back;
            break;
        }
    }
    memcpy(id + cut, hash, HASH_DIGITS);
    id[cut + HASH_DIGITS] = '\0';
}

static void give_id(struct arena *arena, struct input *input)
{
    size_t length = input->extended ? strlen(input->name) : length_without_extension(input->name);
    char *id = name_escape(arena, input->name, length);
    shorten(id);
    input->id = id;
}

/* By id; the earlier input first, for a stable result. */
static int by_id(const void *one, const void *other)
{
    const struct input *a = *(struct input *const *)one, *b = *(struct input *const *)other;
    int order = strcmp(a->id, b->id);
    return order ? order : (a > b) - (a < b);
}

static bool is_same_file(const struct input *a, const struct input *b)
{
    return !a->wrong && !b->wrong && a->found.st_dev == b->found.st_dev && a->found.st_ino == b->found.st_ino;
}

/* Settles the inputs that share one id. True if ids have changed. */
static bool tell_apart(struct arena *arena, struct input **group, size_t count)
{
    bool changed = false;
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i && !group[i]->left_out; k++)
            group[i]->left_out = !group[k]->left_out && is_same_file(group[i], group[k]);
    }
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        if (!group[i]->left_out)
            group[left++] = group[i];
    }
    for (size_t i = 0; left > 1 && i < left; i++) {
        group[i]->rival = group[i == 0 ? 1 : 0];
        if (!group[i]->extended) {
            group[i]->extended = true;
            give_id(arena, group[i]);
            changed = true;
        }
    }
    return changed;
}

/* One look at all ids. True if some have changed, and so may be alike anew. */
static bool settle(struct arena *arena, struct input **order, size_t count)
{
    bool changed = false;
    size_t from = 0;
    for (size_t i = 0; i < count; i++)
        order[i]->rival = NULL;
    qsort(order, count, sizeof(struct input *), by_id);
    for (size_t to = 1; to <= count; to++) {
        if (to < count && strcmp(order[to]->id, order[from]->id) == 0)
            continue;
        if (to - from > 1 && tell_apart(arena, order + from, to - from))
            changed = true;
        from = to;
    }
    return changed;
}

void ids_give(struct inputs *inputs)
{
    struct input **order = arena_alloc(inputs->arena, inputs->count * sizeof(struct input *));
    for (size_t i = 0; i < inputs->count; i++)
        give_id(inputs->arena, &inputs->list[i]);
    bool changed = true;
    while (changed) { /* each turn adds an extension that was not there */
        size_t count = 0;
        for (size_t i = 0; i < inputs->count; i++) {
            if (!inputs->list[i].left_out)
                order[count++] = &inputs->list[i];
        }
        changed = settle(inputs->arena, order, count);
    }
}
