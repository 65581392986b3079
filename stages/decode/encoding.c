/* encoding: finds the encoding of a text and makes UTF-8 of it. A byte order mark
 * decides; then UTF-8 if nearly all of it is, for one wrong byte makes ICU's
 * detector prefer Big5; then the detector, on samples, for over a whole gazette
 * it takes longer than everything else. */
#include "decode.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

enum {
    SAMPLE_SIZE = 16 << 10,
    WRONG_ALLOWED = 10, /* one wrong sequence to so many right ones is UTF-8 all the same */
    NULS_ALLOWED = 50,  /* one NUL in so many bytes: text out of a PDF with a broken font has some */
};

static const struct mark {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {
    {"\xef\xbb\xbf",     3, "UTF-8"   },
    {"\xff\xfe\0\0",     4, "UTF-32LE"}, /* before UTF-16LE, whose mark it begins with */
    {"\0\0\xfe\xff",     4, "UTF-32BE"},
    {"\xff\xfe",         2, "UTF-16LE"},
    {"\xfe\xff",         2, "UTF-16BE"},
    {"\x84\x31\x95\x33", 4, "GB18030" },
};

/* What Chinese text comes in; the detector's other answers are mistakes here. */
static const char *const encodings[] = {"GB18030", "Big5", "ISO-2022-CN"};

/* How much of a text is UTF-8. */
struct measure {
    size_t right, wrong; /* sequences of several bytes, and those that are none */
    bool cut;            /* the last wrong one is half a character at the end */
    size_t first_wrong;
};

static struct measure measure_utf8(const char *text, size_t size)
{
    struct measure measure = {0};
    const uint8_t *bytes = (const uint8_t *)text;
    for (size_t at = 0; at < size;) {
        if (bytes[at] < 0x80) {
            at++;
            continue;
        }
        size_t from = at;
        UChar32 character;
        U8_NEXT(bytes, at, size, character);
        if (character >= 0) {
            measure.right++;
        } else if (measure.wrong++ == 0) {
            measure.first_wrong = from;
        }
        measure.cut = character < 0 && at == size && U8_IS_LEAD(bytes[from]);
    }
    return measure;
}

/* Line ends before an offset, plus one. */
static long line_at(const char *text, size_t offset)
{
    long line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < offset && text[i + 1] == '\n')))
            line++;
    }
    return line;
}

static void take_utf8(struct text *text, const struct measure *measure)
{
    text->encoding = "UTF-8";
    text->wrong = measure->wrong;
    text->wrong_offset = measure->first_wrong;
    text->wrong_line = measure->wrong ? line_at(text->bytes, measure->first_wrong) : 0;
}

static const struct mark *find_mark(const struct text *text)
{
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (text->size >= marks[i].length && memcmp(text->bytes, marks[i].bytes, marks[i].length) == 0)
            return &marks[i];
    }
    return NULL;
}

static bool is_usual(unsigned unit)
{
    return unit == '\t' || unit == '\n' || unit == '\r' || (unit >= ' ' && unit < 0x7f) ||
           (unit >= 0x2010 && unit < 0x2030) || (unit >= 0x3000 && unit < 0x3040) ||
           (unit >= 0x4e00 && unit < 0xa000) || (unit >= 0xff00 && unit < 0xfff0);
}

/* UTF-16 without a mark, told by its characters; NULL if it is none. */
static const char *find_utf16(const struct text *text)
{
    size_t usual[2] = {0}, units = (text->size < SAMPLE_SIZE ? text->size : SAMPLE_SIZE) / 2;
    const unsigned char *bytes = (const unsigned char *)text->bytes;
    for (size_t i = 0; i < units; i++) {
        usual[0] += is_usual(bytes[2 * i] | (unsigned)bytes[2 * i + 1] << 8);
        usual[1] += is_usual((unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1]);
    }
    for (size_t order = 0; order < COUNT(usual); order++) {
        if (usual[order] > units / 10 * 9)
            return order == 0 ? "UTF-16LE" : "UTF-16BE";
    }
    return NULL;
}

static size_t count_nuls(const struct text *text)
{
    size_t count = 0;
    const char *end = text->bytes + text->size;
    for (const char *at = text->bytes; (at = memchr(at, '\0', (size_t)(end - at))) != NULL; at++)
        count++;
    return count;
}

/* Whole lines at or after an offset, from the first line that is not all ASCII. */
static struct text take_sample(const struct text *text, size_t from)
{
    const char *start = text->bytes, *end = text->bytes + text->size;
    if (from > 0) {
        start = memchr(text->bytes + from, '\n', text->size - from);
        start = start ? start + 1 : end; /* a line without end: its middle may be half a character */
    }
    for (const char *at = start; at < end && (unsigned char)*at < 0x80; at++) {
        if (*at == '\n')
            start = at + 1;
    }
    size_t size = (size_t)(end - start) < SAMPLE_SIZE ? (size_t)(end - start) : SAMPLE_SIZE;
    const char *last = memrchr(start, '\n', size);
    return (struct text){.bytes = start, .size = last ? (size_t)(last + 1 - start) : size};
}

/* Adds how sure the detector is of each encoding in one sample. */
static void weigh(UCharsetDetector *detector, const struct text *sample, int weights[], UErrorCode *status)
{
    int32_t found = 0;
    ucsdet_setText(detector, sample->bytes, (int32_t)sample->size, status);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &found, status);
    for (int32_t m = 0; U_SUCCESS(*status) && m < found; m++) {
        const char *name = ucsdet_getName(matches[m], status);
        for (size_t i = 0; U_SUCCESS(*status) && i < COUNT(encodings); i++) {
            if (strcmp(name, encodings[i]) == 0)
                weights[i] += ucsdet_getConfidence(matches[m], status);
        }
    }
}

/* The encoding that ICU's detector is surest of, or NULL. */
static const char *ask_detector(const struct text *text)
{
    UErrorCode status = U_ZERO_ERROR;
    int weights[COUNT(encodings)] = {0};
    UCharsetDetector *detector = ucsdet_open(&status);
    const size_t places[] = {0, text->size / 2};
    for (size_t i = 0; U_SUCCESS(status) && i < COUNT(places); i++) {
        struct text sample = take_sample(text, places[i]);
        if (sample.size > 0)
            weigh(detector, &sample, weights, &status);
    }
    if (detector)
        ucsdet_close(detector);
    size_t best = 0;
    for (size_t i = 1; i < COUNT(encodings); i++) {
        if (weights[i] > weights[best])
            best = i;
    }
    return weights[best] > 0 ? encodings[best] : NULL;
}

/* What the converter meets, told to note_wrong. */
struct meeting {
    const char *start;
    size_t wrong, first_offset;
};

/* Called by ICU for bytes that are no text in the encoding. */
static void note_wrong(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
                       UConverterCallbackReason reason, UErrorCode *status)
{
    (void)units;
    struct meeting *meeting = (struct meeting *)(uintptr_t)context; /* ICU hands it on as const */
    if (reason > UCNV_IRREGULAR)
        return; /* reset or closed */
    if (meeting->wrong++ == 0)
        meeting->first_offset = (size_t)(args->source - meeting->start - length);
    static const UChar replacement[] = {0xfffd};
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, replacement, 1, 0, status);
}

/* Bytes to UTF-8 in the arena. */
static const char *run_converter(struct arena *arena, UConverter *from, UConverter *to, const struct text *text,
                                 struct meeting *meeting, size_t *size, UErrorCode *status)
{
    /* No encoding makes more than three bytes of one; pages that are not reached cost nothing. */
    size_t capacity = 3 * text->size + 1;
    char *buffer = arena_alloc(arena, capacity), *target = buffer;
    const char *source = text->bytes;
    *meeting = (struct meeting){.start = source};
    ucnv_setToUCallBack(from, note_wrong, meeting, NULL, NULL, status);
    ucnv_convertEx(to, from, &target, buffer + capacity, &source, source + text->size, NULL, NULL, NULL, NULL, true,
                   true, status);
    *size = (size_t)(target - buffer);
    return buffer;
}

static struct fault *convert_with_icu(struct arena *arena, struct text *text)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(text->encoding, &status), *to = ucnv_open("UTF-8", &status);
    struct meeting meeting = {0}, before = {0};
    size_t size = 0, size_before = 0;
    const char *converted = NULL;
    if (U_SUCCESS(status))
        converted = run_converter(arena, from, to, text, &meeting, &size, &status);
    if (U_SUCCESS(status) && meeting.wrong > 0) { /* its line: that of the text before it */
        struct text part = {.bytes = text->bytes, .size = meeting.first_offset};
        const char *start = run_converter(arena, from, to, &part, &before, &size_before, &status);
        text->wrong_line = line_at(start, size_before);
    }
    ucnv_close(from); /* NULL is allowed */
    ucnv_close(to);
    if (U_FAILURE(status))
        return fault(arena, text->path, 0, "cannot be converted from %s (%s): convert it to UTF-8 with iconv",
                     text->encoding, u_errorName(status));
    text->wrong = meeting.wrong;
    text->wrong_offset = meeting.first_offset;
    text->bytes = converted;
    text->size = size;
    return NULL;
}

/* The encoding of a text without a byte order mark; NULL if it is no text. */
static const char *find_encoding(const struct text *text, const struct measure *utf8, size_t nuls)
{
    const char *found = nuls > 0 ? find_utf16(text) : NULL;
    if (found)
        return found;
    /* Half a character at the end says nothing against UTF-8, however short the text. */
    if ((utf8->wrong - utf8->cut) * WRONG_ALLOWED <= utf8->right)
        return "UTF-8";
    found = ask_detector(text);
    if (!found && utf8->wrong * WRONG_ALLOWED <= text->size)
        return "UTF-8"; /* nearly all ASCII */
    return found;
}

struct fault *convert(struct arena *arena, struct text *text)
{
    const struct mark *mark = find_mark(text);
    if (mark) {
        text->encoding = mark->encoding;
        text->bytes += mark->length;
        text->size -= mark->length;
    }
    bool is_utf8 = !mark || strcmp(mark->encoding, "UTF-8") == 0;
    struct measure utf8 = is_utf8 ? measure_utf8(text->bytes, text->size) : (struct measure){0};
    if (!mark) {
        size_t nuls = count_nuls(text);
        text->encoding = find_encoding(text, &utf8, nuls);
        if (text->encoding && strncmp(text->encoding, "UTF-16", 6) != 0 && nuls > text->size / NULS_ALLOWED)
            return fault(arena, text->path, 0, "holds %zu NUL bytes, so it is no text: give its text as a file", nuls);
    }
    if (!text->encoding)
        return fault(arena, text->path, 0, "is text in no encoding that is known: convert it to UTF-8 with iconv");
    if (strcmp(text->encoding, "UTF-8") != 0)
        TRY(convert_with_icu(arena, text));
    else
        take_utf8(text, &utf8);
    if (mark)
        text->wrong_offset += mark->length;
    return NULL;
}
