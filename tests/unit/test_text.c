/* text: characters, normal form, clauses, brackets, numerals and figures. A row is
 * a test, named by what it shows. (Set in columns, rows would not fit a line: they
 * stand as they are written.) */
#include "../../stages/lib/fault.h"
#include "../../stages/lib/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* ---- normal form ---- */

static const struct normal_row {
    const char *name, *printed, *normal;
} normal_rows[] = {
  /* clang-format off */
    {"normal: nothing", "", ""},
    {"normal: only spaces", " \n　\t", ""},
    {"normal: a space before a figure goes", "增长 5%以上", "增长5%以上"},
    {"normal: spaced-out characters join", "王  芳", "王芳"},
    {"normal: an ideographic space goes", "　　各位代表：", "各位代表："},
    {"normal: between two words one space stays", "Digital   Twin", "Digital Twin"},
    {"normal: between word and figure one space stays", "5G 2024", "5G 2024"},
    {"normal: full-width letters count after folding", "Ａ　Ｂ", "A B"},
    {"normal: between figures in one line one space stays", "12 345", "12 345"},
    {"normal: a line end within a figure goes", "12\n345", "12345"},
    {"normal: spaces round such a line end go", "12 \n 345", "12345"},
    {"normal: a line end before a decimal point goes", "519\n.7", "519.7"},
    {"normal: a line end behind a decimal point goes", "519.\n7", "519.7"},
    {"normal: a line end behind a year goes", "2024\n年", "2024年"},
    {"normal: a line end between words is one space", "Digital\nTwin", "Digital Twin"},
    {"normal: a line end between letter and digit is one space", "PM\n10", "PM 10"},
    {"normal: a line end between ideographs goes", "地区生\n产总值", "地区生产总值"},
    {"normal: other white space goes", "a\xC2\xA0中\xE2\x80\x83国\xEF\xBB\xBF", "a中国"},
    {"normal: full-width digits and percent sign fold", "５．３％", "5．3%"},
    {"normal: full-width letters fold", "ＧＤＰ ａｚＡＺ", "GDP azAZ"},
    {"normal: punctuation stays", "，（）；：“”～—．Ⅲ①()【】", "，（）；：“”～—．Ⅲ①()【】"},
    {"normal: a Kangxi radical folds", "⼈⼤代表", "人大代表"},
    {"normal: a CJK radical folds", "⻓江⻔户", "长江门户"},
    {"normal: a radical folds to a longer character", "⺇", "𠘨"},
    {"normal: a radical without an ideograph stays", "⺀", "⺀"},
    {"normal: a compatibility ideograph folds", "\uF967\uF9B4", "不領"},
    {"normal: one of the second block folds", "\U0002F800", "丽"},
    {"normal: one that grows folds", "\uFA6C\uFACF", "\U000242EE\U0002284A"},
    {"normal: a unified one in that block stays", "\uFA0E", "\uFA0E"},
    {"normal: a stroke is no radical", "\u31D0", "\u31D0"},
    {"normal: half-width kana stays", "ｱ", "ｱ"},
    {"normal: no UTF-8", "a\xFF\xE5\x9B", "a???"},
    {"normal: half a character at the end", "中\xE5", "中?"},
  /* clang-format on */
};

static void normal_is(void **state)
{
    const struct normal_row *row = *state;
    struct arena *arena = arena_new();
    size_t length = strlen(row->printed);
    struct normal normal = text_normal(arena, row->printed, length);
    assert_string_equal(normal.text, row->normal);
    assert_int_equal(normal.length, strlen(row->normal));
    for (size_t i = 1; i <= normal.length; i++)
        assert_true(normal.origin[i] >= normal.origin[i - 1]);
    assert_int_equal(normal.origin[normal.length], length);
    arena_free(arena);
}

/* The way back: each byte knows where its character is printed. */
static void origin_is_known(void **state)
{
    (void)state;
    const char *printed = " ⼈ 12\n3 a b";
    static const uint32_t origin[] = {1, 1, 1, 5, 6, 8, 9, 10, 11, 12};
    struct arena *arena = arena_new();
    struct normal normal = text_normal(arena, printed, strlen(printed));
    assert_string_equal(normal.text, "人123 a b");
    for (size_t i = 0; i < COUNT(origin); i++)
        assert_int_equal(normal.origin[i], origin[i]);
    arena_free(arena);
}

/* Every compatibility ideograph folds to what it decomposes to, and no further. */
static void compatibility_folds(void **state)
{
    (void)state;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    assert_true(U_SUCCESS(status));
    for (UChar32 character = 0xF900; character <= 0x2FA1F; character = character == 0xFAFF ? 0x2F800 : character + 1) {
        UChar parts[8];
        UChar32 expected = character;
        int32_t count = unorm2_getDecomposition(nfc, character, parts, (int32_t)COUNT(parts), &status);
        if (count > 0)
            U16_GET(parts, 0, 0, count, expected);
        assert_int_equal(character_fold((uint32_t)character), expected);
        assert_int_equal(character_fold((uint32_t)expected), expected);
    }
}

/* White space and widths are those of Unicode, but for characters that it has taken in
 * after the tables were made. */
static void characters_are_as_in_unicode(void **state)
{
    (void)state;
    for (UChar32 character = 0; character <= 0x10FFFF; character++) {
        UVersionInfo age;
        u_charAge(character, age);
        if (age[0] > 15)
            continue;
        int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
        bool wide = width == U_EA_WIDE || width == U_EA_FULLWIDTH || width == U_EA_AMBIGUOUS;
        bool space = u_isUWhiteSpace(character) || (character >= 0x200B && character <= 0x200D) || character == 0xFEFF;
        if (character_is_wide((uint32_t)character) != wide || character_is_space((uint32_t)character) != space)
            fail_msg("U+%04X is not as in Unicode", (unsigned)character);
    }
}

/* ---- characters and widths ---- */

static const struct character_row {
    const char *name, *text;
    uint32_t character; /* the first, and, as there is but one, the last */
    size_t bytes;
} character_rows[] = {
  /* clang-format off */
    {"character: ASCII", "a", 'a', 1},
    {"character: two bytes", "é", 0xE9, 2},
    {"character: three bytes", "中", 0x4E2D, 3},
    {"character: four bytes", "𠘨", 0x20628, 4},
    {"character: cut off", "\xE4\xB8", 0xFFFD, 1},
    {"character: overlong", "\xC0\xAF", 0xFFFD, 1},
    {"character: overlong in three bytes", "\xE0\x80\xAF", 0xFFFD, 1},
    {"character: surrogate", "\xED\xA0\x80", 0xFFFD, 1},
    {"character: past the last", "\xF4\x90\x80\x80", 0xFFFD, 1},
    {"character: no lead byte", "\x80", 0xFFFD, 1},
  /* clang-format on */
};

static void character_is(void **state)
{
    const struct character_row *row = *state;
    size_t bytes, length = strlen(row->text);
    assert_int_equal(text_character(row->text, length, 0, &bytes), row->character);
    assert_int_equal(bytes, row->bytes);
    assert_int_equal(text_character_before(row->text, length, &bytes), row->character);
    assert_int_equal(bytes, row->bytes);
}

static const struct width_row {
    const char *name, *text;
    int width;
    size_t count;
} width_rows[] = {
  /* clang-format off */
    {"width: nothing", "", 0, 0},
    {"width: ideographs", "苏州市", 6, 3},
    {"width: ASCII", "GDP 5%", 6, 6},
    {"width: quotation marks and dashes are wide", "“四敢”——…", 14, 7},
    {"width: full-width signs", "（5％）", 7, 4},
    {"width: signs of Chinese print are wide", "①Ⅲ℃·", 8, 4},
    {"width: spaces at both ends are left out", " 　苏州 ", 4, 5},
    {"width: spaces inside count", "苏 　州", 7, 4},
  /* clang-format on */
};

static void width_is(void **state)
{
    const struct width_row *row = *state;
    size_t length = strlen(row->text);
    assert_int_equal(text_width(row->text, length), row->width);
    assert_int_equal(text_count(row->text, length), row->count);
}

/* ---- clauses and brackets ---- */

static const struct clause_row {
    const char *name, *text, *clause;
} clause_rows[] = {
  /* clang-format off */
    {"clause: to the end", "增长5%", "增长5%"},
    {"clause: full-width comma", "增长5%，其中", "增长5%"},
    {"clause: half-width comma", "增长5%,其中", "增长5%"},
    {"clause: semicolon", "增长5%；其中", "增长5%"},
    {"clause: full stop", "增长5%。其中", "增长5%"},
    {"clause: enumeration comma holds", "城镇、农村，", "城镇、农村"},
    {"clause: colon holds", "目标是：增长，", "目标是：增长"},
    {"clause: comma in a figure", "完成3,594,026元，", "完成3,594,026元"},
    {"clause: comma in brackets", "支出50亿元（其中，教育10亿元）增长，", "支出50亿元（其中，教育10亿元）增长"},
    {"clause: brackets of two widths", "支出(甲，乙）增长，", "支出(甲，乙）增长"},
    {"clause: brackets in brackets", "支出（甲，（乙，丙）丁，戊），", "支出（甲，（乙，丙）丁，戊）"},
    {"clause: comma in quotation marks", "落实“稳中求进，以进促稳”的要求，", "落实“稳中求进，以进促稳”的要求"},
    {"clause: comma in a title", "《甲，乙》，", "《甲，乙》"},
    {"clause: a bracket that never closes", "支出（甲，乙", "支出（甲"},
    {"clause: only the inner one closes", "支出（甲（乙，丙），丁", "支出（甲（乙，丙）"},
    {"clause: a bracket that only closes", "支出）甲，乙", "支出）甲"},
    {"clause: crossed marks", "“甲（乙”，丙）", "“甲（乙”"},
  /* clang-format on */
};

static void clause_is(void **state)
{
    const struct clause_row *row = *state;
    assert_int_equal(text_clause_end(row->text, strlen(row->text), 0), strlen(row->clause));
}

/* 300,000 opening brackets: the work stays in proportion to the text. */
static void open_brackets_are_linear(void **state)
{
    (void)state;
    enum { BRACKETS = 300000 };
    char *text = malloc(BRACKETS);
    assert_non_null(text);
    memset(text, '(', BRACKETS);
    assert_int_equal(text_clause_end(text, BRACKETS, 0), BRACKETS);
    free(text);
}

static const struct closing_row {
    const char *name, *text;
    size_t at, closing;
} closing_rows[] = {
  /* clang-format off */
    {"closing: full width", "（甲）乙", 0, 6},
    {"closing: half width closes full width", "（甲)乙", 0, 6},
    {"closing: nested", "(甲(乙)丙)丁", 0, 12},
    {"closing: the inner one", "(甲(乙)丙)丁", 4, 8},
    {"closing: another kind does not close", "（甲】乙）", 0, 12},
    {"closing: the year of a paper", "〔2024〕1号", 0, 7},
    {"closing: never", "（甲", 0, 6},
    {"closing: no bracket there", "甲）", 0, 6},
  /* clang-format on */
};

static void closing_is(void **state)
{
    const struct closing_row *row = *state;
    assert_int_equal(text_closing(row->text, strlen(row->text), row->at), row->closing);
}

static const struct end_row {
    const char *name, *text;
    bool sentence, clause;
} end_rows[] = {
  /* clang-format off */
    {"end: full stop", "取得成效。", true, false},
    {"end: closing marks behind it", "取得成效。”）", true, false},
    {"end: colon", "主要目标是：", true, false},
    {"end: spaces behind it", "取得成效； 　", true, false},
    {"end: comma", "取得成效，", false, true},
    {"end: enumeration comma", "教育、 ", false, true},
    {"end: opening bracket", "教育（", false, true},
    {"end: a word", "取得成效", false, false},
    {"end: nothing", "", false, false},
  /* clang-format on */
};

static void end_is(void **state)
{
    const struct end_row *row = *state;
    size_t length = strlen(row->text);
    assert_int_equal(text_ends_sentence(row->text, length), row->sentence);
    assert_int_equal(text_ends_clause(row->text, length), row->clause);
}

/* ---- numerals and figures ---- */

static const struct numeral_row {
    const char *name, *text;
    long value;
    size_t bytes; /* not looked at where there is none */
} numeral_rows[] = {
  /* clang-format off */
    {"numeral: Arabic", "37号", 37, 2},
    {"numeral: full width", "３７号", 37, 6},
    {"numeral: one", "一、", 1, 3},
    {"numeral: ten", "十、", 10, 3},
    {"numeral: over ten", "十二、", 12, 6},
    {"numeral: tens", "三十七、", 37, 9},
    {"numeral: a hundred and eight", "一百零八人", 108, 12},
    {"numeral: thousands", "二千三百四十五个", 2345, 21},
    {"numeral: ten thousands", "三十二万零五百户", 320500, 21},
    {"numeral: a hundred million", "一亿二千万元", 120000000, 15},
    {"numeral: a year", "二〇二四年", 2024, 12},
    {"numeral: a year with the other zero", "二零二四年", 2024, 12},
    {"numeral: zero", "〇", 0, 3},
    {"numeral: units do not rise", "十百", 10, 3},
    {"numeral: digits do not follow each other", "十四五规划", 14, 6},
    {"numeral: a power alone", "百分之五", -1, 0},
    {"numeral: none", "年", -1, 0},
    {"numeral: too long", "1234567890123456789", -1, 0},
  /* clang-format on */
};

static void numeral_is(void **state)
{
    const struct numeral_row *row = *state;
    size_t bytes = 0;
    assert_int_equal(text_numeral(row->text, strlen(row->text), 0, &bytes), row->value);
    if (row->value >= 0)
        assert_int_equal(bytes, row->bytes);
}

static const struct figure_row {
    const char *name, *text, *figure; /* NULL: none */
    size_t bytes;
} figure_rows[] = {
  /* clang-format off */
    {"figure: whole", "500家", "500", 3},
    {"figure: decimals as printed", "2602.30亿元", "2602.30", 7},
    {"figure: thousands", "3,594,026.5元", "3594026.5", 11},
    {"figure: thousands with spaces", "3 594 026元", "3594026", 9},
    {"figure: full width", "５.３％", "5.3", 7},
    {"figure: a comma that ends a clause", "5,12", "5", 1},
    {"figure: a list of years", "2023,2024", "2023", 4},
    {"figure: two cells", "1200 300", "1200", 4},
    {"figure: a point that ends a sentence", "5.", "5", 1},
    {"figure: the number of a point", "1．2024年", "1", 1},
    {"figure: none", "亿元", NULL, 0},
    {"figure: nothing but a point", ".5", NULL, 0},
  /* clang-format on */
};

static void figure_is(void **state)
{
    const struct figure_row *row = *state;
    struct arena *arena = arena_new();
    size_t bytes = 0;
    const char *figure = text_figure(arena, row->text, strlen(row->text), 0, &bytes);
    if (row->figure) {
        assert_non_null(figure);
        assert_string_equal(figure, row->figure);
        assert_int_equal(bytes, row->bytes);
    } else {
        assert_null(figure);
    }
    arena_free(arena);
}

/* ---- UTF-8 ---- */

/* Where the first wrong byte of a text is; its length if none is wrong. The characters are
 * written as bytes, as the wrong ones must be. */
static const struct valid_row {
    const char *name, *text;
    size_t wrong;
} valid_rows[] = {
  /* clang-format off */
    {"UTF-8: nothing", "", 0},
    {"UTF-8: ASCII between ideographs", "\xe4\xb8\xad" "abcdefghij" "\xe4\xb8\xad", 16},
    {"UTF-8: two, three and four bytes", "\xc2\xb7\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbd\xf0\x9f\x98\x80" "a", 19},
    {"UTF-8: a character is cut off", "\xe4\xb8\xad\xe4\xb8", 3},
    {"UTF-8: ASCII in a character", "\xe4\xb8\xad\xe4\xb8" "abc", 3},
    {"UTF-8: a lead in a character", "\xe4\xb8\xad\xe4\xe4\xb8\xad", 3},
    {"UTF-8: the middle of a character alone", "\xe4\xb8\xad\xb8\xad" "ab", 3},
    {"UTF-8: three bytes where two do", "\xe4\xb8\xad\xe0\x80\x80" "ab", 3},
    {"UTF-8: half a pair of UTF-16", "\xe4\xb8\xad\xed\xa0\x80" "ab", 3},
    {"UTF-8: above U+10FFFF", "\xe4\xb8\xad\xf4\x90\x80\x80" "ab", 3},
    {"UTF-8: five bytes", "\xe4\xb8\xad\xf8\x88\x80\x80\x80", 3},
  /* clang-format on */
};

static void valid_is(void **state)
{
    const struct valid_row *row = *state;
    assert_int_equal(text_valid(row->text, strlen(row->text)), row->wrong);
}

/* No bytes make any of it read past the end: the sanitizers watch. */
static void any_bytes_are_safe(void **state)
{
    (void)state;
    static const unsigned char picks[] = {0xE4, 0xB8, 0xAD, 0xEF, 0xBC, 0x88, 0xE2, 0xBA, 0x87, 0xF0,
                                          0xFF, '(',  ')',  '1',  ',',  '.',  ' ',  '\n', 0,    0xBD};
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        size_t length = (size_t)round % 24;
        char *text = malloc(length + 1); /* its end is the end of the block */
        assert_non_null(text);
        for (size_t i = 0; i < length; i++) {
            seed = seed * 1664525 + 1013904223;
            text[i] = (char)picks[(seed >> 16) % COUNT(picks)];
        }
        char *exact = realloc(text, length ? length : 1);
        assert_non_null(exact);
        struct arena *arena = arena_new();
        struct normal normal = text_normal(arena, exact, length);
        for (size_t at = 0, bytes; at < normal.length; at += bytes) {
            text_character(normal.text, normal.length, at, &bytes);
            text_closing(normal.text, normal.length, at);
        }
        for (size_t at = 0; at < length; at++) {
            size_t bytes;
            text_character_before(exact, at + 1, &bytes);
            text_numeral(exact, length, at, &bytes);
            text_figure(arena, exact, length, at, &bytes);
            assert_true(text_clause_end(exact, length, at) <= length);
        }
        assert_true(text_valid(exact, length) <= length);
        text_width(exact, length);
        text_ends_sentence(exact, length);
        arena_free(arena);
        free(exact);
    }
}

enum { MOST_TESTS = 200 };

struct tests {
    struct CMUnitTest all[MOST_TESTS];
    size_t count;
};

/* A test for each row; every row begins with its name. */
static void add_rows(struct tests *tests, CMUnitTestFunction check, const void *rows, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const char *row = (const char *)rows + i * size;
        const char *const *name = (const void *)row;
        assert_true(tests->count < MOST_TESTS);
        tests->all[tests->count++] = (struct CMUnitTest){*name, check, NULL, NULL, (void *)(uintptr_t)row};
    }
}

int main(void)
{
    static struct tests tests = {
        .all = {cmocka_unit_test(origin_is_known), cmocka_unit_test(compatibility_folds),
                cmocka_unit_test(characters_are_as_in_unicode), cmocka_unit_test(open_brackets_are_linear),
                cmocka_unit_test(any_bytes_are_safe)},
        .count = 5,
    };
    add_rows(&tests, normal_is, normal_rows, COUNT(normal_rows), sizeof(normal_rows[0]));
    add_rows(&tests, character_is, character_rows, COUNT(character_rows), sizeof(character_rows[0]));
    add_rows(&tests, width_is, width_rows, COUNT(width_rows), sizeof(width_rows[0]));
    add_rows(&tests, clause_is, clause_rows, COUNT(clause_rows), sizeof(clause_rows[0]));
    add_rows(&tests, closing_is, closing_rows, COUNT(closing_rows), sizeof(closing_rows[0]));
    add_rows(&tests, end_is, end_rows, COUNT(end_rows), sizeof(end_rows[0]));
    add_rows(&tests, numeral_is, numeral_rows, COUNT(numeral_rows), sizeof(numeral_rows[0]));
    add_rows(&tests, figure_is, figure_rows, COUNT(figure_rows), sizeof(figure_rows[0]));
    add_rows(&tests, valid_is, valid_rows, COUNT(valid_rows), sizeof(valid_rows[0]));
    return _cmocka_run_group_tests("text", tests.all, tests.count, NULL, NULL);
}
