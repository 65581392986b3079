/* text: Chinese text as printed. Comes in: UTF-8 with line ends, spaces and
 * characters as the gazette has them. Goes out: its normal form with the way back,
 * its widths, and where brackets, clauses, numerals and figures begin and end.
 * A byte that is no UTF-8 counts as U+FFFD; in normal form, which is always valid
 * UTF-8, it is a question mark, for that needs no more room than the byte. */
#include "text.h"
#include "characters.h"
#include "fault.h"
#include "radicals.h"
#include <endian.h>
#include <limits.h>
#include <string.h>

enum {
    REPLACEMENT = 0xFFFD,
    IDEOGRAPHIC_SPACE = 0x3000,
    BYTE_ORDER_MARK = 0xFEFF,
    ZERO_WIDTH_SPACE = 0x200B,
    ZERO_WIDTH_JOINER = 0x200D,
    NUMERAL_DIGITS = 18
};

/* ---- characters ---- */

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

uint32_t text_rare_character(const char *text, size_t length, size_t at, size_t *bytes)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text[at];
    size_t size = lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;

    *bytes = 1;
    if (size == 0 || size > length - at)
        return REPLACEMENT;
    uint32_t character = lead & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        if (!continues(text[at + i]))
            return REPLACEMENT;
        character = character << 6 | ((unsigned char)text[at + i] & 0x3F);
    }
    if (character < smallest[size] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        return REPLACEMENT;
    *bytes = size;
    return character;
}

/* The bytes at text[at] that are ASCII, eight at a time. */
static size_t skip_ascii(const char *text, size_t length, size_t at)
{
    uint64_t eight;
    while (length - at >= sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        if (eight & 0x8080808080808080U)
            break;
        at += sizeof eight;
    }
    while (at < length && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

/* The characters of three bytes at text[at], read four bytes at a time: not those that begin
 * with E0 or ED, which may be wrong, nor one at the very end. */
static size_t skip_three_bytes(const char *text, size_t length, size_t at)
{
    uint32_t four;
    while (length - at >= sizeof four) {
        memcpy(&four, text + at, sizeof four);
        four = le32toh(four);
        if ((four & 0xC0C0F0) != 0x8080E0 || (four & 0x0F) == 0 || (four & 0x0F) == 0x0D)
            break;
        at += 3;
    }
    return at;
}

size_t text_valid(const char *text, size_t length)
{
    size_t at = 0, bytes;
    while (at < length) {
        at = skip_three_bytes(text, length, skip_ascii(text, length, at));
        if (at == length || (unsigned char)text[at] < 0x80)
            continue;
        uint32_t character = text_character(text, length, at, &bytes);
        if (character == REPLACEMENT && bytes == 1)
            return at;
        at += bytes;
    }
    return length;
}

uint32_t text_character_before(const char *text, size_t at, size_t *bytes)
{
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && continues(text[start]))
        start--;
    uint32_t character = text_character(text, at, start, bytes);
    if (start + *bytes == at)
        return character;
    *bytes = 1;
    return REPLACEMENT;
}

/* Writes the character as UTF-8 and returns how many bytes it took. */
static size_t put_character(char *to, uint32_t character)
{
    if (character < 0x80) {
        to[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        to[0] = (char)(0xC0 | character >> 6);
        to[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        to[0] = (char)(0xE0 | character >> 12);
        to[1] = (char)(0x80 | (character >> 6 & 0x3F));
        to[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | character >> 18);
    to[1] = (char)(0x80 | (character >> 12 & 0x3F));
    to[2] = (char)(0x80 | (character >> 6 & 0x3F));
    to[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

bool character_is_space(uint32_t character)
{
    if (character < 0x80)
        return character == ' ' || (character >= '\t' && character <= '\r');
    if (character > IDEOGRAPHIC_SPACE) /* the last white space of Unicode: no search for ideographs */
        return character == BYTE_ORDER_MARK;
    switch (character) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case IDEOGRAPHIC_SPACE:
        return true;
    default:
        return character >= 0x2000 && character <= ZERO_WIDTH_JOINER;
    }
}

bool character_is_digit(uint32_t character)
{
    return (character >= '0' && character <= '9') || (character >= 0xFF10 && character <= 0xFF19);
}

/* Characters of ambiguous width (“ ” ‘ ’ — … · ① Ⅲ ℃ ×) are wide too, as Unicode
 * advises for East Asian text: Chinese fonts draw them in a full square. */
bool character_is_wide(uint32_t character)
{
    if (character < 0xA1)
        return false;
    if (character >= 0x4E00 && character <= 0x9FFF)
        return true;
    size_t from = 0, to = COUNT(wide_characters); /* the range lies in [from, to), if there is one */
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (character > wide_characters[middle].last)
            from = middle + 1;
        else if (character < wide_characters[middle].first)
            to = middle;
        else
            return true;
    }
    return false;
}

static bool is_ascii_letter_or_digit(uint32_t character)
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z');
}

/* What a character stands for in a table that begins with first; itself if in none. */
static uint32_t ideograph_of(uint32_t character, const uint32_t *table, uint32_t first)
{
    uint32_t ideograph = table[character - first];
    return ideograph ? ideograph : character;
}

uint32_t character_fold(uint32_t character)
{
    if (character < RADICAL_FIRST)
        return character;
    if (character <= RADICAL_LAST)
        return ideograph_of(character, radical_ideographs, RADICAL_FIRST);
    if (character < COMPATIBILITY_FIRST)
        return character;
    if (character <= COMPATIBILITY_LAST)
        return ideograph_of(character, compatibility_ideographs, COMPATIBILITY_FIRST);
    if (character_is_digit(character) || (character >= 0xFF21 && character <= 0xFF3A) ||
        (character >= 0xFF41 && character <= 0xFF5A) || character == 0xFF05)
        return character - 0xFEE0;
    if (character >= SUPPLEMENT_FIRST && character <= SUPPLEMENT_LAST)
        return ideograph_of(character, supplement_ideographs, SUPPLEMENT_FIRST);
    return character;
}

size_t text_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t at = 0; at < length; at++)
        count += !continues(text[at]);
    return count;
}

int text_width(const char *text, size_t length)
{
    int width = 0, spaces = 0; /* spaces count once something stands behind them */
    for (size_t at = 0, bytes; at < length; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        int own = character_is_wide(character) ? 2 : 1;
        if (character_is_space(character)) {
            spaces += width ? own : 0;
            continue;
        }
        width += spaces + own;
        spaces = 0;
    }
    return width;
}

/* ---- normal form ---- */

/* A text while it is made. */
struct making {
    char *text;
    uint32_t *origin;
    size_t length;
    uint32_t last;      /* the latest character, 0 before the first */
    bool space, broken; /* white space since then; a line end among it */
    size_t space_at;    /* where that begins in the printed text */
};

static void add_bytes(struct making *making, const char *bytes, size_t count, size_t origin)
{
    memcpy(making->text + making->length, bytes, count);
    for (size_t i = 0; making->origin && i < count; i++)
        making->origin[making->length + i] = (uint32_t)origin;
    making->length += count;
}

/* Settles the white space before a character: two words stay apart, but a line end
 * within a figure (`12` over `345`) is none of the text. */
static void settle_space(struct making *making, uint32_t next)
{
    bool between = is_ascii_letter_or_digit(making->last) && is_ascii_letter_or_digit(next);
    bool in_figure = making->broken && character_is_digit(making->last) && character_is_digit(next);
    if (between && !in_figure)
        add_bytes(making, " ", 1, making->space_at);
    making->space = false;
    making->broken = false;
}

static void add_character(struct making *making, uint32_t character, size_t origin)
{
    if (character_is_space(character)) {
        if (!making->space)
            making->space_at = origin;
        making->space = true;
        making->broken = making->broken || character == '\n';
        return;
    }
    character = character_fold(character);
    if (making->space)
        settle_space(making, character);
    char bytes[4] = {0};
    size_t count = put_character(bytes, character);
    add_bytes(making, bytes, count, origin);
    making->last = character;
}

/* Three bytes of U+3040 to U+9FFF: kana and the common ideographs, which stay as they are. */
static bool stands_common_ideograph(const char *text, size_t length, size_t at)
{
    unsigned char lead = (unsigned char)text[at];
    return lead >= 0xE3 && lead <= 0xE9 && length - at >= 3 && (lead > 0xE3 || (unsigned char)text[at + 1] >= 0x81) &&
           continues(text[at + 1]) && continues(text[at + 2]);
}

/* The length of the run of them that begins at text[at]. */
static size_t common_ideographs(const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && stands_common_ideograph(text, length, end))
        end += 3;
    return end - at;
}

/* They end any white space before them, and are no letters or digits, which is all
 * that matters of the last one. */
static void add_ideographs(struct making *making, const char *bytes, size_t count, size_t origin)
{
    memcpy(making->text + making->length, bytes, count);
    for (size_t i = 0; making->origin && i < count; i++)
        making->origin[making->length + i] = (uint32_t)(origin + i - i % 3);
    making->length += count;
    making->last = REPLACEMENT;
    making->space = false;
    making->broken = false;
}

/* How many bytes the normal form takes at most: radicals and compatibility
 * ideographs, of three bytes, may fold to four. */
static size_t bound_length(size_t length)
{
    return length + length / 3;
}

static struct normal make_normal(struct making *making, const char *printed, size_t length)
{
    for (size_t at = 0, bytes; at < length; at += bytes) {
        bytes = common_ideographs(printed, length, at);
        if (bytes > 0) {
            add_ideographs(making, printed + at, bytes, at);
            continue;
        }
        uint32_t character = text_character(printed, length, at, &bytes);
        bool wrong = character == REPLACEMENT && bytes == 1;
        add_character(making, wrong ? '?' : character, at);
    }
    making->text[making->length] = '\0';
    if (making->origin)
        making->origin[making->length] = (uint32_t)length;
    return (struct normal){making->text, making->length, making->origin};
}

struct normal text_normal(struct arena *arena, const char *printed, size_t length)
{
    size_t bound = bound_length(length);
    struct making making = {.text = arena_room(arena, bound + 1),
                            .origin = arena_room(arena, (bound + 1) * sizeof(uint32_t))};
    return make_normal(&making, printed, length);
}

struct normal text_normal_form(struct arena *arena, const char *printed, size_t length)
{
    struct making making = {.text = arena_room(arena, bound_length(length) + 1)};
    return make_normal(&making, printed, length);
}

/* ---- brackets and clauses ---- */

/* What keeps its content together. Pairs of either width, and the two rounded or
 * squared looks of one bracket, close each other. */
static const struct pair {
    uint32_t opens, closes;
    char kind;
    bool bracket; /* else a quotation or title mark */
} pairs[] = {
    {'(',    ')',    'r', true },
    {0xFF08, 0xFF09, 'r', true }, /* （ ） */
    {'[',    ']',    's', true },
    {0xFF3B, 0xFF3D, 's', true }, /* ［ ］ */
    {0x3014, 0x3015, 's', true },
    {0x3010, 0x3011, 's', true }, /* 〔 〕 【 】 */
    {0x201C, 0x201D, 'd', false},
    {0x2018, 0x2019, 'q', false}, /* “ ” ‘ ’ */
    {0x300A, 0x300B, 't', false},
    {0x3008, 0x3009, 'u', false}, /* 《 》 〈 〉 */
    {0x300C, 0x300D, 'c', false},
    {0x300E, 0x300F, 'e', false}, /* 「 」 『 』 */
};

static const struct pair *find_opening(uint32_t character)
{
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (pairs[i].opens == character)
            return &pairs[i];
    return NULL;
}

static const struct pair *find_closing(uint32_t character)
{
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (pairs[i].closes == character)
            return &pairs[i];
    return NULL;
}

/* Ideographs, letters and digits are most of a text and mark nothing. */
static bool may_mark(uint32_t character)
{
    return !is_ascii_letter_or_digit(character) && (character < 0x3040 || character > 0x9FFF);
}

bool character_opens(uint32_t character)
{
    const struct pair *pair = may_mark(character) ? find_opening(character) : NULL;
    return pair && pair->bracket;
}

bool character_closes(uint32_t character)
{
    const struct pair *pair = may_mark(character) ? find_closing(character) : NULL;
    return pair && pair->bracket;
}

bool character_is_colon(uint32_t character)
{
    return character == ':' || character == 0xFF1A;
}

bool character_is_joint(uint32_t character)
{
    return character == 0x3001; /* 、 */
}

enum text_mark text_mark(uint32_t character)
{
    switch (character) {
    case 0xFF0C: /* ， */
    case ',':
        return MARK_CLAUSE;
    case 0xFF1B: /* ； */
    case ';':
        return MARK_GROUP;
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
        return MARK_SENTENCE;
    default:
        return MARK_NONE;
    }
}

size_t text_closing(const char *text, size_t length, size_t at)
{
    enum { DEEPEST = 8 }; /* more are a broken text: giving up keeps `((((…` from costing its square */
    size_t bytes;
    const struct pair *opened = find_opening(text_character(text, length, at, &bytes));
    int depth = 1;

    if (!opened)
        return length;
    for (at += bytes; at < length && depth <= DEEPEST; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        if (!may_mark(character))
            continue;
        const struct pair *pair = find_opening(character);
        if (pair && pair->kind == opened->kind)
            depth++;
        pair = find_closing(character);
        if (pair && pair->kind == opened->kind && --depth == 0)
            return at;
    }
    return length;
}

static bool is_among(uint32_t character, const uint32_t *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (character == marks[i])
            return true;
    return false;
}

static bool is_digit_at(const char *text, size_t length, size_t at)
{
    return at < length && character_is_digit((unsigned char)text[at]);
}

/* Whether the 。 or ． at a place stands for a decimal point, as some texts print it: in
 * 4。5% it does, in 全省第1。88%的村 it ends a sentence, in 1．2024年 it is the mark of a heading. */
static bool is_decimal_stop(const char *text, size_t length, size_t at)
{
    static const uint32_t units[] = {'%', 0xFF05, 0x2030, 0x4EBF, 0x4E07}; /* % ％ ‰ 亿 万 */
    enum { STOP = 3, MOST_DECIMALS = 2 };
    size_t from = at, to = at + STOP, bytes;
    while (from > 0 && is_digit_at(text, length, from - 1))
        from--;
    while (is_digit_at(text, length, to))
        to++;
    size_t decimals = to - at - STOP;
    if (from == at || decimals == 0 || decimals > MOST_DECIMALS || to >= length)
        return false;
    return is_among(text_character(text, length, to, &bytes), units, COUNT(units)) &&
           (from == 0 || text_character_before(text, from, &bytes) != 0x7B2C); /* 第 */
}

/* Whether the 。 at a place stands between a figure and its bound, where a text has lost
 * the second half of ‰: 控制在7%。左右, 4.6%。以内. */
static bool is_stray_stop(const char *text, size_t length, size_t at)
{
    static const uint32_t bounds[] = {0x5DE6, 0x4EE5}; /* 左 以 */
    enum { STOP = 3 };
    size_t bytes;
    return at > 0 && at + STOP < length && text[at - 1] == '%' &&
           is_among(text_character(text, length, at + STOP, &bytes), bounds, COUNT(bounds));
}

static bool ends_clause(const char *text, size_t length, size_t at, uint32_t character)
{
    static const uint32_t ends[] = {';', 0xFF0C, 0xFF1B, 0xFF01, 0xFF1F}; /* ， ； ！ ？ */
    if (character == ',')                                                 /* 1,234 is one figure */
        return at == 0 || !is_digit_at(text, length, at - 1) || !is_digit_at(text, length, at + 1);
    if (character == 0x3002) /* 。 */
        return !is_decimal_stop(text, length, at) && !is_stray_stop(text, length, at);
    return is_among(character, ends, COUNT(ends));
}

size_t text_clause_end(const char *text, size_t length, size_t from)
{
    for (size_t at = from, bytes; at < length; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        if (!may_mark(character))
            continue;
        if (ends_clause(text, length, at, character))
            return at;
        if (find_opening(character)) { /* one that never closes keeps nothing together */
            size_t closing = text_closing(text, length, at);
            if (closing < length) {
                at = closing;
                text_character(text, length, at, &bytes);
            }
        }
    }
    return length;
}

bool text_ends_sentence(const char *text, size_t length)
{
    static const uint32_t ends[] = {0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0xFF1A, '!', '?', ';', ':'}; /* 。 ！ ？ ； ： */
    for (size_t at = length, bytes; at > 0; at -= bytes) {
        uint32_t character = text_character_before(text, at, &bytes);
        if (is_among(character, ends, COUNT(ends)))
            return true;
        if (!character_is_space(character) && !find_closing(character))
            return false;
    }
    return false;
}

bool text_ends_clause(const char *text, size_t length)
{
    static const uint32_t marks[] = {0xFF0C, 0x3001, ','}; /* ， 、 */
    for (size_t at = length, bytes; at > 0; at -= bytes) {
        uint32_t character = text_character_before(text, at, &bytes);
        if (!character_is_space(character))
            return is_among(character, marks, COUNT(marks)) || find_opening(character);
    }
    return false;
}

/* ---- numerals and figures ---- */

static int read_digit(uint32_t character)
{
    if (character_is_digit(character))
        return (int)(character & 0x0F);
    static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,  /* 〇 to 四 */
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D}; /* 五 to 九 */
    for (size_t i = 0; i < COUNT(digits); i++)
        if (character == digits[i])
            return (int)i;
    return character == 0x96F6 || character == 0x25CB ? 0 : -1; /* 零 ○ */
}

/* 十 百 千 万 亿; 0 for any other character. */
static long read_power(uint32_t character)
{
    switch (character) {
    case 0x5341:
        return 10;
    case 0x767E:
        return 100;
    case 0x5343:
        return 1000;
    case 0x4E07:
        return 10000;
    case 0x4EBF:
        return 100000000;
    default:
        return 0;
    }
}

/* Digits one after the other: 2024, 二〇二四. */
static long read_digits(const char *text, size_t length, size_t at, size_t *bytes)
{
    size_t start = at, count = 0, size;
    bool arabic = character_is_digit(text_character(text, length, at, &size));
    long value = 0;

    for (; at < length; at += size, count++) {
        uint32_t character = text_character(text, length, at, &size);
        int digit = read_digit(character);
        if (digit < 0 || character_is_digit(character) != arabic)
            break;
        if (count < NUMERAL_DIGITS)
            value = value * 10 + digit;
    }
    *bytes = at - start;
    return count > 0 && count <= NUMERAL_DIGITS ? value : -1;
}

/* What was read so far of a numeral with powers: 三百二十万零五百. */
struct numeral {
    long value, section; /* the parts above 万 and below */
    long digit;          /* one whose power is still to come; -1 if none */
    long power;          /* the smallest since the last 万 */
    long large;          /* the smallest of 万 and 亿 so far */
};

/* Takes one more character; false if the numeral ends before it. */
static bool take_power(struct numeral *numeral, uint32_t character)
{
    long power = read_power(character);
    if (!power) {
        int digit = read_digit(character);
        if (digit < 0 || numeral->digit > 0 || (numeral->power == 10 && numeral->digit == 0))
            return false;
        numeral->digit = digit;
        return true;
    }
    if (power < 10000) {
        if (power >= numeral->power || (numeral->digit < 0 && power != 10))
            return false;
        numeral->section += (numeral->digit > 0 ? numeral->digit : 1) * power;
        numeral->power = power;
    } else {
        if (power >= numeral->large || numeral->section + (numeral->digit > 0 ? numeral->digit : 0) == 0)
            return false;
        numeral->value += (numeral->section + (numeral->digit > 0 ? numeral->digit : 0)) * power;
        numeral->section = 0;
        numeral->power = 10000;
        numeral->large = power;
    }
    numeral->digit = -1;
    return true;
}

static long read_powers(const char *text, size_t length, size_t at, size_t *bytes)
{
    struct numeral numeral = {.digit = -1, .power = 10000, .large = LONG_MAX};
    size_t start = at, size;

    for (; at < length; at += size)
        if (!take_power(&numeral, text_character(text, length, at, &size)))
            break;
    *bytes = at - start;
    return numeral.value + numeral.section + (numeral.digit > 0 ? numeral.digit : 0);
}

long text_numeral(const char *text, size_t length, size_t at, size_t *bytes)
{
    size_t first;
    uint32_t character = text_character(text, length, at, &first);
    if (character_is_digit(character))
        return read_digits(text, length, at, bytes);
    if (read_digit(character) < 0 && read_power(character) != 10)
        return -1;
    /* A power within the first two characters tells 三十七 from 二〇二四. */
    bool powers = read_power(character) != 0;
    if (!powers && at + first < length)
        powers = read_power(text_character(text, length, at + first, bytes)) != 0;
    return powers ? read_powers(text, length, at, bytes) : read_digits(text, length, at, bytes);
}

/* The end of a run of digits from at. */
static size_t skip_digits(const char *text, size_t length, size_t at, size_t *count)
{
    *count = 0;
    for (size_t bytes; at < length; at += bytes, ++*count)
        if (!character_is_digit(text_character(text, length, at, &bytes)))
            break;
    return at;
}

/* Where the digits before a point end, thousands set off by commas or by spaces
 * among them: 3,594,026. */
static size_t skip_thousands(const char *text, size_t length, size_t at)
{
    size_t count;
    size_t end = skip_digits(text, length, at, &count);
    char separator = '\0';
    if (end < length)
        separator = text[end];
    if (count == 0 || count > 3 || (separator != ',' && separator != ' '))
        return end;
    while (end < length && text[end] == separator) {
        size_t group = skip_digits(text, length, end + 1, &count);
        if (count != 3)
            break;
        end = group;
    }
    return end;
}

/* The bytes of the decimal point at a place, 0 if there is none. */
static size_t point_at(const char *text, size_t length, size_t at)
{
    size_t bytes = 0;
    uint32_t character = at < length ? text_character(text, length, at, &bytes) : 0;
    bool stop = character == 0x3002 || character == 0xFF0E; /* 。 ． */
    return character == '.' || (stop && is_decimal_stop(text, length, at)) ? bytes : 0;
}

const char *text_figure(struct arena *arena, const char *text, size_t length, size_t at, size_t *bytes)
{
    size_t count;
    size_t end = skip_thousands(text, length, at);
    if (end == at)
        return NULL;
    size_t point = point_at(text, length, end);
    if (point > 0) {
        size_t decimals = skip_digits(text, length, end + point, &count);
        end = count > 0 ? decimals : end;
    }
    *bytes = end - at;

    char *figure = arena_alloc(arena, end - at + 1);
    size_t written = 0;
    for (size_t size; at < end; at += size) {
        uint32_t character = text_character(text, end, at, &size);
        if (character_is_digit(character))
            figure[written++] = (char)('0' + (character & 0x0F));
        else if (character == '.' || character == 0x3002 || character == 0xFF0E) /* 。 ． */
            figure[written++] = '.';
    }
    return figure;
}
