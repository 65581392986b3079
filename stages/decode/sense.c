/* sense: whether a text looks like Chinese. Bytes of one encoding are nearly always
 * text in another, too: it is full of rare characters. GB 2312 and Big5 both put the
 * characters of common use first, by counts over the Chinese of their countries, so
 * they say which are rare. */
#include "decode.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

enum {
    FEW = 20,             /* characters say nothing */
    FIRST_CHINESE = 0x250 /* what comes before is Latin, and marks */
};

static const size_t sample_size = 12 << 10;

/* A character set in bytes of two: marks, then the common characters, from first to last by lead byte. */
static const struct set {
    const char *encoding;
    unsigned char marks_end, first, last;
} sets[] = {
    {"GB2312", 0xa9, 0xb0, 0xd7},
    {"Big5",   0xa3, 0xa4, 0xc6},
};

struct sample {
    UChar *characters;
    int32_t count;
    size_t strange; /* characters that no old set has: above the basic plane, and U+FFFD */
};

/* Adds the characters from an offset on. */
static void take_sample(struct sample *sample, const char *bytes, size_t size, size_t from)
{
    size_t end = size - from < sample_size ? size : from + sample_size;
    U8_SET_CP_START((const uint8_t *)bytes, 0, from);
    for (size_t at = from; at < end;) {
        UChar32 character;
        U8_NEXT((const uint8_t *)bytes, at, size, character);
        if (character > 0xffff || character == 0xfffd || character < 0)
            sample->strange++;
        else if (character >= FIRST_CHINESE)
            sample->characters[sample->count++] = (UChar)character;
    }
}

/* How many percent of the characters other than marks are common ones in a set;
 * -1: there are too few. */
static int measure(struct arena *arena, const struct sample *sample, const struct set *set)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t capacity = 2 * sample->count + 1;
    char *bytes = arena_alloc(arena, (size_t)capacity);
    UConverter *to = ucnv_open(set->encoding, &status);
    ucnv_setFromUCallBack(to, UCNV_FROM_U_CALLBACK_SKIP, NULL, NULL, NULL, &status);
    int32_t length = ucnv_fromUChars(to, bytes, capacity, sample->characters, sample->count, &status);
    ucnv_close(to);
    if (U_FAILURE(status))
        return -1;
    size_t all = (size_t)sample->count + sample->strange, common = 0;
    for (int32_t i = 0; i + 1 < length; i += 2) {
        unsigned char lead = (unsigned char)bytes[i];
        all -= lead <= set->marks_end;
        common += lead >= set->first && lead <= set->last;
    }
    return all < FEW ? -1 : (int)(100 * common / all);
}

int text_sense(struct arena *arena, const char *bytes, size_t size)
{
    struct sample sample = {.characters = arena_alloc(arena, 2 * (sample_size + 4) * sizeof(UChar))};
    int sense = -1;
    take_sample(&sample, bytes, size, 0);
    if (size > 2 * sample_size)
        take_sample(&sample, bytes, size, size / 2);
    for (size_t i = 0; i < COUNT(sets); i++) {
        int found = measure(arena, &sample, &sets[i]);
        sense = found > sense ? found : sense;
    }
    return sense;
}
