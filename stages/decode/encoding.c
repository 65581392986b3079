/* encoding: finds the encoding of a text and makes UTF-8 of it. The user decides;
 * then a byte order mark; then what a web page says of itself, unless its bytes say
 * otherwise; then UTF-8 if nearly all of it is, for one wrong byte makes ICU's
 * detector prefer Big5; then the detector, on samples, for over a whole gazette it
 * takes longer than everything else. What it finds must make sense (sense.c). */
#include "decode.h"

#include "../lib/stage.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

enum {
    SAMPLE_SIZE = 16 << 10,
    WRONG_ALLOWED = 10, /* one wrong sequence to so many right ones is UTF-8 all the same */
    NULS_ALLOWED = 50,  /* one NUL in so many bytes: text out of a PDF with a broken font has some */
    SENSE = 80,         /* percent: less is a wrong encoding */
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

long text_line(const char *text, size_t offset)
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
    text->wrong_line = measure->wrong ? text_line(text->bytes, measure->first_wrong) : 0;
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

/* How sure ICU's detector is of each encoding. */
static void ask_detector(const struct text *text, int weights[])
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    const size_t places[] = {0, text->size / 2};
    for (size_t i = 0; U_SUCCESS(status) && i < COUNT(places); i++) {
        struct text sample = take_sample(text, places[i]);
        if (sample.size > 0)
            weigh(detector, &sample, weights, &status);
    }
    if (detector)
        ucsdet_close(detector);
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
        text->wrong_line = text_line(start, size_before);
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

/* Converts with the encodings of Chinese, the one that the detector is surest of
 * first, until the text makes sense. Big5 read as GB18030 succeeds nearly always. */
static struct fault *guess(struct arena *arena, struct text *text, const struct measure *utf8)
{
    int weights[COUNT(encodings)] = {0};
    ask_detector(text, weights);
    for (size_t tried = 0; tried < COUNT(encodings); tried++) {
        size_t best = 0;
        for (size_t i = 1; i < COUNT(encodings); i++) {
            if (weights[i] > weights[best])
                best = i;
        }
        bool thought_of = weights[best] > 0;
        weights[best] = -1;
        struct text attempt = *text;
        attempt.encoding = encodings[best];
        TRY(convert_with_icu(arena, &attempt));
        int sense = text_sense(arena, attempt.bytes, attempt.size);
        /* of a text too short to tell, the detector's word is taken */
        if (sense >= SENSE || (sense < 0 && thought_of)) {
            *text = attempt;
            return NULL;
        }
    }
    if (utf8->wrong * WRONG_ALLOWED > text->size)
        return fault(arena, text->path, 0,
                     "no encoding of Chinese makes sense of it: say its encoding with --encoding, or make it UTF-8 "
                     "with iconv");
    take_utf8(text, utf8); /* nearly all ASCII */
    return NULL;
}

/* Names as people write them, by the larger set of characters that includes theirs;
 * by ICU's name else, NULL if it knows none. */
static const char *take_encoding(struct arena *arena, const char *name)
{
    static const char *const chinese[][2] = {
        {"GB2312",  "GB18030"},
        {"GBK",     "GB18030"},
        {"GB18030", "GB18030"},
        {"Big5",    "Big5"   },
        {"UTF-8",   "UTF-8"  }
    };
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = *name ? ucnv_open(name, &status) : NULL;
    const char *found = NULL;
    if (converter && U_SUCCESS(status)) {
        UErrorCode ignored = U_ZERO_ERROR;
        found = ucnv_getStandardName(name, "MIME", &ignored);
        if (!found)
            found = ucnv_getStandardName(name, "IANA", &ignored);
        found = arena_printf(arena, "%s", found ? found : ucnv_getName(converter, &ignored));
        for (size_t i = 0; i < COUNT(chinese); i++) {
            if (ucnv_compareNames(name, chinese[i][0]) == 0 || ucnv_compareNames(found, chinese[i][0]) == 0)
                found = chinese[i][1];
        }
    }
    ucnv_close(converter);
    return found;
}

bool encoding_known(const char *name)
{
    struct arena *arena = arena_new();
    bool known = take_encoding(arena, name) != NULL;
    arena_free(arena);
    return known;
}

static bool is_utf8(const struct measure *utf8)
{
    /* Half a character at the end says nothing against UTF-8, however short the text. */
    return (utf8->wrong - utf8->cut) * WRONG_ALLOWED <= utf8->right;
}

/* What a web page says of its encoding, unless its bytes say otherwise: a browser
 * that saves a page as UTF-8 may leave the old name in it. UTF-16 could not be read
 * as far as its name. */
static const char *find_declared(struct arena *arena, const struct text *text, const struct measure *utf8)
{
    const char *name = markup_opens(text->bytes, text->size) ? markup_encoding(arena, text->bytes, text->size) : NULL;
    const char *found = name ? take_encoding(arena, name) : NULL;
    if (!found || strncmp(found, "UTF-16", 6) == 0 || strncmp(found, "UTF-32", 6) == 0 ||
        (strcmp(found, "UTF-8") == 0) != is_utf8(utf8))
        return NULL;
    return found;
}

/* The encoding of a text without a byte order mark; NULL if it must be guessed. */
static const char *find_encoding(struct arena *arena, const struct text *text, const struct measure *utf8, size_t nuls)
{
    const char *found = nuls > 0 ? find_utf16(text) : NULL;
    if (!found)
        found = find_declared(arena, text, utf8);
    if (!found && is_utf8(utf8))
        found = "UTF-8";
    return found;
}

/* What is known of the encoding before the text is read in it. */
static struct fault *name_encoding(struct arena *arena, struct text *text, const struct mark *mark,
                                   const struct measure *utf8)
{
    if (text->asked) {
        text->encoding = take_encoding(arena, text->asked);
        return NULL;
    }
    if (mark) {
        text->encoding = mark->encoding;
        return NULL;
    }
    size_t nuls = count_nuls(text);
    text->encoding = find_encoding(arena, text, utf8, nuls);
    if ((!text->encoding || strncmp(text->encoding, "UTF-16", 6) != 0) && nuls > text->size / NULS_ALLOWED)
        return fault(arena, text->path, 0, "holds %zu NUL bytes, so it is no text: give its text as a file", nuls);
    return NULL;
}

static struct fault *convert_from(struct arena *arena, struct text *text, const struct measure *utf8)
{
    if (strcmp(text->encoding, "UTF-8") != 0)
        return convert_with_icu(arena, text);
    take_utf8(text, utf8);
    return NULL;
}

struct fault *convert(struct arena *arena, struct text *text)
{
    const struct mark *mark = find_mark(text);
    if (mark) {
        text->bytes += mark->length;
        text->size -= mark->length;
    }
    struct measure utf8 = measure_utf8(text->bytes, text->size);
    TRY(name_encoding(arena, text, mark, &utf8));
    struct text original = *text;
    bool certain = text->encoding && (text->asked || mark || strcmp(text->encoding, "UTF-8") == 0);
    if (text->encoding)
        TRY(convert_from(arena, text, &utf8));
    int sense = text->encoding ? text_sense(arena, text->bytes, text->size) : 0;
    if (certain && sense >= 0 && sense < SENSE)
        stage_warn(
            text->path, 0,
            "only %d %% of its characters are common ones, as %s: if that is wrong, name another with --encoding",
            sense, text->encoding);
    if (!certain && sense >= 0 && sense < SENSE) {
        *text = original;
        TRY(guess(arena, text, &utf8));
    }
    if (mark)
        text->wrong_offset += mark->length;
    return NULL;
}
