/* lines: what the shape of a line is, how a text sets its lines, and which lines run
 * on into the next. A row is a test. */
#include "../../stages/lib/fault.h"
#include "../../stages/lib/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* 24 half widths: as wide as a full line here */
#define FULL "山水田园城市建设稳步推进"

/* ---- shapes ---- */

static const struct shape_row {
    const char *name, *text;
    struct line_shape shape;
} shape_rows[] = {
  /* clang-format off */
    {"shape: plain", "山水田园", {.width = 8, .first_word = 2}},
    {"shape: nothing", "", {.width = 0}},
    {"shape: the end of a sentence", "推进。", {.width = 6, .first_word = 2, .ends_sentence = true}},
    {"shape: a quotation mark behind it", "推进。”", {.width = 8, .first_word = 2, .ends_sentence = true}},
    {"shape: a colon ends a sentence", "如下：", {.width = 6, .first_word = 2, .ends_sentence = true}},
    {"shape: a comma", "推进，", {.width = 6, .first_word = 2, .ends_with_mark = true}},
    {"shape: the mark of a list", "公园、", {.width = 6, .first_word = 2, .ends_with_mark = true}},
    {"shape: a space at its end", "推进。 ", {.width = 6, .first_word = 2, .space_at_end = true, .ends_sentence = true}},
    {"shape: one space in front is no indent", " 推进", {.width = 4, .first_word = 2}},
    {"shape: two are one", "  推进", {.width = 4, .first_word = 2, .indented = true}},
    {"shape: an ideographic one is", "　推进", {.width = 4, .first_word = 2, .indented = true}},
    {"shape: cells side by side", "公园  绿地", {.width = 10, .first_word = 2, .has_gap = true}},
    {"shape: one space is a gap too", "公园 绿地", {.width = 9, .first_word = 2, .has_gap = true}},
    {"shape: a space at a figure is none", "增长 5 左右", {.width = 11, .first_word = 2}},
    {"shape: a figure is not broken", "1234.5 亿元", {.width = 11, .first_word = 6}},
    {"shape: nor from its sign", "98.5%的份额", {.width = 11, .first_word = 5}},
    {"shape: nor from the mark behind it", "98.5%，增收", {.width = 11, .first_word = 7}},
    {"shape: a Latin word is not broken", "GDP增速", {.width = 7, .first_word = 3}},
    {"shape: a first word alone", "1234", {.width = 4, .first_word = 4}},
  /* clang-format on */
};

static void shape_is(void **state)
{
    const struct shape_row *row = *state;
    struct line_shape shape = line_shape(row->text, strlen(row->text));
    assert_int_equal(shape.width, row->shape.width);
    assert_int_equal(shape.first_word, row->shape.first_word);
    assert_int_equal(shape.indented, row->shape.indented);
    assert_int_equal(shape.space_at_end, row->shape.space_at_end);
    assert_int_equal(shape.ends_sentence, row->shape.ends_sentence);
    assert_int_equal(shape.ends_with_mark, row->shape.ends_with_mark);
    assert_int_equal(shape.has_gap, row->shape.has_gap);
}

/* ---- measures ---- */

/* Of these three a full line is 24 wide: what may not begin a line is pulled up. */
#define WRAPPED "山水田园城市建设稳步\n山水田园城市建设稳步推\n" FULL "\n"

/* The same, their characters set apart. */
#define SPREAD "山 水 田 园 城 市 建 设 稳 步\n山 水 田 园 城 市 建 设 稳 步 推\n山 水 田 园 城 市 建 设 稳 步 推 进\n"

static const struct measure_row {
    const char *name, *text;
    struct line_measure measure;
} measure_rows[] = {
  /* clang-format off */
    {"measure: nothing", "", {0, false, LINES_ALL}},
    {"measure: three lines are too few", WRAPPED, {0, false, LINES_ALL}},
    {"measure: most lines are about as wide", WRAPPED WRAPPED, {24, false, LINES_ALL}},
    {"measure: some short ones between", WRAPPED WRAPPED "公园\n绿地\n河湖\n", {24, false, LINES_ALL}},
    {"measure: lines of all widths are not wrapped",
     "山水田园城\n山水田园城市建设\n山水田园城市建设稳步推\n山水田园城市建设稳步推进山水\n", {0, false, LINES_ALL}},
    {"measure: each line a sentence", FULL "。\n" FULL "。\n" FULL "。\n" FULL "。\n" FULL "。\n", {0, false, LINES_ALL}},
    {"measure: a space behind each paragraph", WRAPPED "公园。 \n" WRAPPED "绿地。 \n", {24, true, LINES_ALL}},
    {"measure: behind one of two", WRAPPED "公园。 \n" WRAPPED "绿地。\n", {24, false, LINES_ALL}},
    {"measure: a space behind wrapped lines too",
     "山水田园城市建设稳步 \n" WRAPPED FULL " \n公园。 \n" WRAPPED FULL " \n绿地。 \n", {24, false, LINES_ALL}},
    {"measure: spread lines among others",
     "甲\n" FULL FULL "\n" SPREAD SPREAD, {24, false, LINES_SPREAD}},
  /* clang-format on */
};

static void measure_is(void **state)
{
    enum { MOST = 16 };
    const struct measure_row *row = *state;
    struct line_shape shapes[MOST] = {0};
    size_t count = 0;
    for (const char *line = row->text; *line && count < MOST; line += strcspn(line, "\n") + 1)
        shapes[count++] = line_shape(line, strcspn(line, "\n"));
    struct line_measure measure = line_measure(shapes, count);
    assert_int_equal(measure.full, row->measure.full);
    assert_int_equal(measure.marks_ends, row->measure.marks_ends);
    if (measure.full > 0)
        assert_int_equal(measure.kinds, row->measure.kinds);
}

/* ---- which lines run on ---- */

static const struct line_measure plain = {24, false, LINES_ALL}, marking = {24, true, LINES_ALL},
                                 unwrapped = {0, false, LINES_ALL};

static const struct run_row {
    const char *name;
    const struct line_measure *measure;
    const char *line, *next;
    bool starts, runs_on;
} run_rows[] = {
  /* clang-format off */
    {"run: a full line", &plain, FULL, "建成公园。", false, true},
    {"run: a full line, ends marked", &marking, FULL, "建成公园。 ", false, true},
    {"run: a short line", &plain, "山水田园", "建成公园。", false, false},
    {"run: a first line whose indent is lost", &plain, "山水田园城市建设稳步", "建成公园。", false, true},
    {"run: text that does not wrap", &unwrapped, FULL, "建成公园。", false, false},
    {"run: a figure is pulled to the next line", &plain, "山水田园投资", "123456.78 亿元", false, true},
    {"run: a word is not", &plain, "山水田园投资", "亿元以上", false, false},
    {"run: a figure is, but not from so far", &plain, "山水", "123456.78 亿元", false, false},
    {"run: an indent begins a paragraph", &plain, FULL, "　　建成公园。", false, false},
    {"run: a number begins a point", &plain, FULL, "2．建成公园。", true, false},
    {"run: a space marks the end", &marking, FULL " ", "建成公园。 ", false, false},
    {"run: a space marks none in other texts", &plain, FULL " ", "建成公园。", false, true},
    {"run: cells side by side", &plain, "山水田园城市  建设稳步", "建成公园", false, false},
    {"run: a gap, where ends are marked", &marking, "山水田园城市  建设稳步", "建成公园。 ", false, true},
    {"run: a full sentence, a label below", &marking, "山水田园城市建设稳步推。", "项目内容", false, false},
    {"run: the same with text beside the label", &plain, "山水田园城市建设稳步推。", "项目内容  新建公园，", false, false},
    {"run: a full sentence, a short one below", &plain, "山水田园城市建设稳步推。", "建成公园。", false, true},
    {"run: a full sentence, a clause below", &plain, "山水田园城市建设稳步推。", "建成公园，", false, true},
    {"run: a full sentence, a full line below", &plain, "山水田园城市建设稳步推。", FULL, false, true},
    {"run: a short sentence", &plain, "建成公园。", FULL, false, false},
  /* clang-format on */
};

static void line_runs(void **state)
{
    const struct run_row *row = *state;
    struct line_shape line = line_shape(row->line, strlen(row->line)), next = line_shape(row->next, strlen(row->next));
    assert_int_equal(line_runs_on(&line, &next, row->starts, row->measure), row->runs_on);
}

/* ---- full lines ---- */

static const struct full_row {
    const char *name;
    const struct line_measure *measure;
    const char *line, *next; /* next NULL: the last line */
    bool full;
} full_rows[] = {
  /* clang-format off */
    {"full: to the margin", &plain, FULL, NULL, true},
    {"full: wider than the margin", &plain, FULL "。", NULL, true},
    {"full: spaces at the end do not count", &plain, "山水田园           ", NULL, false},
    {"full: an indent is lost, and what cannot begin a line pulled up", &plain, "山水田园城市建设", NULL, true},
    {"full: shorter", &plain, "山水田园城市建", NULL, false},
    {"full: no room for a figure", &plain, "山水田园城市建", "12.5亿元", true},
    {"full: nothing is, without a measure", &unwrapped, FULL FULL, NULL, false},
  /* clang-format on */
};

static void line_full(void **state)
{
    const struct full_row *row = *state;
    struct line_shape line = line_shape(row->line, strlen(row->line));
    struct line_shape next = line_shape(row->next ? row->next : "", row->next ? strlen(row->next) : 0);
    assert_int_equal(line_is_full(&line, row->next ? &next : NULL, row->measure), row->full);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(shape_rows) + COUNT(measure_rows) + COUNT(run_rows) + COUNT(full_rows)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(shape_rows); i++)
        tests[count++] = (struct CMUnitTest){shape_rows[i].name, shape_is, NULL, NULL, (void *)&shape_rows[i]};
    for (size_t i = 0; i < COUNT(measure_rows); i++)
        tests[count++] = (struct CMUnitTest){measure_rows[i].name, measure_is, NULL, NULL, (void *)&measure_rows[i]};
    for (size_t i = 0; i < COUNT(run_rows); i++)
        tests[count++] = (struct CMUnitTest){run_rows[i].name, line_runs, NULL, NULL, (void *)&run_rows[i]};
    for (size_t i = 0; i < COUNT(full_rows); i++)
        tests[count++] = (struct CMUnitTest){full_rows[i].name, line_full, NULL, NULL, (void *)&full_rows[i]};
    return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
