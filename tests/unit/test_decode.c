/* decode: what is refused, how encodings are told, what becomes of line ends,
 * page breaks, control characters and wrong bytes. A row is a test. */
#include "../../stages/decode/decode.h"
#include "../../stages/lib/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ucnv.h>

static const struct form_row {
    const char *name, *bytes;
    size_t size;
    const char *said; /* a part of it; NULL: it may be text */
} form_rows[] = {
    {"form: nothing",              "",                                 0,  "empty"  },
    {"form: JPEG",                 "\xff\xd8\xff\xe0",                 4,  "picture"},
    {"form: PDF",                  "%PDF-1.7",                         8,  NULL     },
    {"form: zip",                  "PK\x03\x04",                       4,  "zip"    },
    {"form: an old Word document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,  "office" },
    {"form: a web page",           "<!DOCTYPE html>",                  15, NULL     },
    {"form: cut short",            "\xd0\xcf\x11",                     3,  NULL     },
    {"form: text",                 "plain",                            5,  NULL     },
};

static void form_is_told(void **state)
{
    const struct form_row *row = *state;
    struct arena *arena = arena_new();
    struct text text = {.path = "input", .bytes = row->bytes, .size = row->size};
    struct fault *wrong = refuse(arena, &text);
    if (row->said) {
        assert_non_null(wrong);
        assert_non_null(strstr(wrong->text, row->said));
    } else {
        assert_null(wrong);
    }
    arena_free(arena);
}

/* Chinese of several lines, enough for the detector. */
static const char chinese[] =
    "政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n"
    "过去一年，全市经济总体平稳，城镇新增就业7.1万人，居民收入增长5.2%。\n";

/* The same in the characters that Big5 has. */
static const char traditional[] =
    "政府工作報告\n各位代表：\n現在，我代表市人民政府，向大會報告政府工作，請予審議。\n"
    "過去一年，全市經濟總體平穩，城鎮新增就業7.1萬人，居民收入增長5.2%。\n";

/* Reads a text in an encoding, which is to be found again. */
static void encoding_is_found(void **state)
{
    const char *encoding = *state, *written = strcmp(encoding, "Big5") == 0 ? traditional : chinese;
    struct arena *arena = arena_new();
    UErrorCode status = U_ZERO_ERROR;
    char bytes[1024];
    int32_t size = ucnv_convert(encoding, "UTF-8", bytes, sizeof bytes, written, -1, &status);
    assert_true(U_SUCCESS(status));
    struct text text = {.path = "input", .bytes = bytes, .size = (size_t)size};
    assert_null(convert(arena, &text));
    assert_string_equal(text.encoding, encoding);
    assert_int_equal(text.wrong, 0);
    assert_int_equal(text.size, strlen(written));
    assert_memory_equal(text.bytes, written, text.size);
    arena_free(arena);
}

static const struct said_row {
    const char *name;
    const char *asked;  /* by the user; NULL: nothing */
    const char *before; /* the text: what a page says of itself */
    const char *from;   /* the encoding that the text is in */
    const char *to;     /* the one that it is read in; NULL: it is refused */
} said_rows[] = {
    {"said: by the user",                       "gbk",  "",                      "GB18030", "GB18030"},
    {"said: by the user, against what it is",   "Big5", "",                      "GB18030", "Big5"   },
    {"said: by the page",                       NULL,   "<meta charset=gb2312>", "GB18030", "GB18030"},
    {"said: by the page, by an unknown name",   NULL,   "<meta charset=gb>",     "GB18030", "GB18030"},
    {"said: by the page, which is UTF-8",       NULL,   "<meta charset=gb2312>", "UTF-8",   "UTF-8"  },
    {"said: by the page, which is not UTF-8",   NULL,   "<meta charset=utf-8>",  "GB18030", "GB18030"},
    {"said: by the page, which makes no sense", NULL,   "<meta charset=big5>",   "GB18030", "GB18030"},
    {"said: by a text that is no page",         NULL,   "x<meta charset=big5>",  "GB18030", "GB18030"},
    {"said: of no encoding of Chinese",         NULL,   "",                      "SCSU",    NULL     },
};

static void encoding_is_said(void **state)
{
    const struct said_row *row = *state;
    struct arena *arena = arena_new();
    UErrorCode status = U_ZERO_ERROR;
    char bytes[1024];
    const char *written = arena_printf(arena, "%s%s", row->before, chinese);
    int32_t size = ucnv_convert(row->from, "UTF-8", bytes, sizeof bytes, written, -1, &status);
    assert_true(U_SUCCESS(status));
    struct text text = {.path = "input", .bytes = bytes, .size = (size_t)size, .asked = row->asked};
    struct fault *wrong = convert(arena, &text);
    if (row->to) {
        assert_null(wrong);
        assert_string_equal(text.encoding, row->to);
        assert_int_equal(row->from == row->to || strcmp(row->from, row->to) == 0,
                         text.size == strlen(written) && memcmp(text.bytes, written, text.size) == 0);
    } else {
        assert_non_null(wrong);
        assert_non_null(strstr(wrong->text, "--encoding"));
    }
    arena_free(arena);
}

/* How much sense a text makes; in the wrong encoding it makes little. */
static void sense_is_told(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    UErrorCode status = U_ZERO_ERROR;
    char bytes[1024], wrong[2048];
    int32_t size = ucnv_convert("Big5", "UTF-8", bytes, sizeof bytes, traditional, -1, &status);
    size = ucnv_convert("UTF-8", "GB18030", wrong, sizeof wrong, bytes, size, &status);
    assert_true(U_SUCCESS(status));
    assert_in_range(text_sense(arena, wrong, (size_t)size), 0, 60);
    assert_in_range(text_sense(arena, chinese, strlen(chinese)), 95, 100);
    assert_in_range(text_sense(arena, traditional, strlen(traditional)), 95, 100);
    assert_int_equal(text_sense(arena, chinese, 30), -1);
    assert_int_equal(text_sense(arena, "", 0), -1);
    arena_free(arena);
}

static const struct wrong_row {
    const char *name, *bytes, *encoding;
    size_t wrong, offset;
    long line;
} wrong_rows[] = {
    {"wrong bytes: none",                        "中文",                                   "UTF-8",   0, 0,  0},
    {"wrong bytes: half a character at the end", "中文\xe4\xb8",                           "UTF-8",   1, 6,  1},
    {"wrong bytes: one of many",                 "中文中文\n中文中文中\xff文\n",   "UTF-8",   1, 28, 2},
    {"wrong bytes: after a mark",                "\xef\xbb\xbf中文\xe4\xb8",               "UTF-8",   1, 9,  1},
    {"wrong bytes: after CR",                    "中文\r中文\r\n\xe4\xb8",               "UTF-8",   1, 15, 3},
    {"wrong bytes: of GB18030, after its mark",  "\x84\x31\x95\x33\xd6\xd0\n\xff\xd6\xd0\n", "GB18030", 1, 7,  2},
};

static void wrong_bytes_are_counted(void **state)
{
    const struct wrong_row *row = *state;
    struct arena *arena = arena_new();
    struct text text = {.path = "input", .bytes = row->bytes, .size = strlen(row->bytes)};
    assert_null(convert(arena, &text));
    assert_string_equal(text.encoding, row->encoding);
    assert_int_equal(text.wrong, row->wrong);
    assert_int_equal(text.wrong_offset, row->offset);
    assert_int_equal(text.wrong_line, row->line);
    arena_free(arena);
}

static void nul_bytes_are_refused(void **state)
{
    (void)state;
    static const char nuls[5000];
    struct arena *arena = arena_new();
    struct text text = {.path = "input", .bytes = nuls, .size = sizeof nuls};
    assert_non_null(convert(arena, &text));
    arena_free(arena);
}

static const struct clean_row {
    const char *name, *bytes, *text;
    size_t lines, controls;
    const char *breaks; /* LINE:FROM of each */
} clean_rows[] = {
    {"clean: three kinds of line ends",                 "a\nb\r\nc\rd",           "a\nb\nc\nd\n",    4, 0, ""        },
    {"clean: blank lines and spaces at line ends stay", "a \n\n\r\n b\t\n",       "a \n\n\n b\t\n",  4, 0, ""        },
    {"clean: a page before a line",                     "a\n\fb\n",               "a\nb\n",          2, 0, "2:0 "    },
    {"clean: a page behind a line",                     "a\f\nb\n",               "a\nb\n",          2, 0, "2:0 "    },
    {"clean: a page behind a line and spaces",          "a\f \nb\n",              "a \nb\n",         2, 0, "2:0 "    },
    {"clean: a page within a line",                     "中文\fb\n",            "中文b\n",       1, 0, "1:2 "    },
    {"clean: a page after the last line",               "a\n\f",                  "a\n",             1, 0, "2:0 "    },
    {"clean: two pages, one empty",                     "a\n\f\n\fb\n",           "a\n\nb\n",        3, 0, "2:0 3:0 "},
    {"clean: control characters",                       "a\x01\x7f\xc2\x85\vb\n",
     "a\ufffd\ufffd\ufffd\ufffd"
     "b\n",                                                                                          1, 4, ""        },
    {"clean: wrong bytes are no control characters",    "\xff\xe4\xb8\n",         "\ufffd\ufffd\n",  1, 0, ""        },
    {"clean: ideographic space and BOM within stay",    "\u3000a\ufeff\n",        "\u3000a\ufeff\n", 1, 0, ""        },
};

static struct fault *clean_into(struct arena *arena, const char *bytes, size_t size, char **out, struct layout *layout,
                                size_t *controls)
{
    size_t out_size;
    long line;
    struct text text = {.path = "input", .bytes = bytes, .size = size};
    FILE *stream = open_memstream(out, &out_size);
    assert_non_null(stream);
    struct fault *wrong = clean(arena, &text, stream, layout, controls, &line);
    assert_int_equal(fclose(stream), 0);
    return wrong;
}

static void text_is_cleaned(void **state)
{
    const struct clean_row *row = *state;
    struct arena *arena = arena_new();
    struct layout layout = {0};
    char *out;
    size_t controls;
    assert_null(clean_into(arena, row->bytes, strlen(row->bytes), &out, &layout, &controls));
    assert_string_equal(out, row->text);
    assert_int_equal(layout.line_count, row->lines);
    assert_int_equal(controls, row->controls);
    char *breaks = arena_printf(arena, "%s", "");
    for (size_t i = 0; i < layout.break_count; i++)
        breaks = arena_printf(arena, "%s%ld:%zu ", breaks, layout.breaks[i].line, layout.breaks[i].from);
    assert_string_equal(breaks, row->breaks);
    free(out);
    arena_free(arena);
}

static void a_line_over_the_limit_is_refused(void **state)
{
    (void)state;
    enum { SIZE = 5 << 20 };
    struct arena *arena = arena_new();
    struct layout layout = {0};
    char *bytes = arena_alloc(arena, SIZE), *out;
    size_t controls;
    memset(bytes, 'a', SIZE);
    bytes[1] = '\n';
    struct fault *wrong = clean_into(arena, bytes, SIZE, &out, &layout, &controls);
    assert_non_null(wrong);
    assert_int_equal(wrong->line, 2);
    assert_non_null(strstr(wrong->text, "4194304 bytes"));
    free(out);
    arena_free(arena);
}

static struct CMUnitTest make_test(const char *name, CMUnitTestFunction function, const void *row)
{
    return (struct CMUnitTest){name, function, NULL, NULL, (void *)(uintptr_t)row};
}

int main(void)
{
    static const char *const encodings[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5"};
    struct CMUnitTest
        tests[COUNT(form_rows) + COUNT(encodings) + COUNT(said_rows) + COUNT(wrong_rows) + COUNT(clean_rows) + 3];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(form_rows); i++)
        tests[count++] = make_test(form_rows[i].name, form_is_told, &form_rows[i]);
    for (size_t i = 0; i < COUNT(encodings); i++)
        tests[count++] = make_test(encodings[i], encoding_is_found, encodings[i]);
    for (size_t i = 0; i < COUNT(said_rows); i++)
        tests[count++] = make_test(said_rows[i].name, encoding_is_said, &said_rows[i]);
    for (size_t i = 0; i < COUNT(wrong_rows); i++)
        tests[count++] = make_test(wrong_rows[i].name, wrong_bytes_are_counted, &wrong_rows[i]);
    for (size_t i = 0; i < COUNT(clean_rows); i++)
        tests[count++] = make_test(clean_rows[i].name, text_is_cleaned, &clean_rows[i]);
    tests[count++] = make_test("sense", sense_is_told, NULL);
    tests[count++] = make_test("NUL bytes are refused", nul_bytes_are_refused, NULL);
    tests[count++] = make_test("a line over the limit is refused", a_line_over_the_limit_is_refused, NULL);
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
