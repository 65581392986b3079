/* score: what speaks for and against a cell. A row is a test: two readings that
 * differ in one thing, the better one first. */
#include "../../stages/extract/score.h"
#include "given.h"

/* A body of one row, without its ordinal, and words [start, end) of it as a cell. */
struct reading {
    const char *body;
    size_t start, end;
};

static const struct score_test {
    const char *name, *column; /* of figures unless it is "name" */
    struct reading better, worse;
} score_tests[] = {
  /* clang-format off */
    /* gaps */
    {"inside: a line end, not a gap", "target", {"稳步提高\n逐年改善", 0, 2}, {"稳步提高 逐年改善", 0, 2}},
    {"inside: behind a comma", "target", {"稳步提高，\n逐年改善", 0, 2}, {"稳步提高\n逐年改善，", 0, 2}},
    {"inside: blank lines there too", "target", {"稳步提高\n\n逐年改善", 0, 2}, {"稳步提高\n逐年改善", 0, 2}},
    {"inside: no space at the end of the line", "target", {"稳步提高\n逐年改善", 0, 2}, {"稳步提高 \n逐年改善", 0, 2}},
    {"border: not behind a comma", "target", {"稳步提高\n逐年改善", 1, 2}, {"稳步提高，\n逐年改善", 1, 2}},
    {"border: no blank line", "target", {"稳步提高\n逐年改善", 1, 2}, {"稳步提高\n\n逐年改善", 1, 2}},
    {"border: a space at the end of the line", "target", {"稳步提高 \n逐年改善", 1, 2}, {"稳步提高\n逐年改善", 1, 2}},
    {"border: a gap in the line", "target", {"稳步提高 逐年改善", 1, 2}, {"稳步提高A 逐年改善", 1, 2}},
    {"border: not through a bound", "target", {"约85%稳\n右", 1, 2}, {"约85%左\n右", 1, 2}},
    {"border: not before a unit", "target", {"12个\n万人", 1, 2}, {"12\n万人", 1, 2}},
    /* cells */
    {"cell: any but an empty one", "target", {"稳 步", 1, 2}, {"稳 步", 1, 1}},
    {"cell: a bracket closes", "target", {"36%（可比价）", 0, 1}, {"36%（可比价", 0, 1}},
    {"cell: and was opened", "target", {"可比价", 0, 1}, {"可比价）", 0, 1}},
    {"cell: the last line is the short one", "target", {"绿化覆盖率\n稳", 0, 2}, {"绿\n化覆盖率稳", 0, 2}},
    {"cell: a figure", "target", {"36%", 0, 1}, {"优良", 0, 1}},
    {"cell: a figure with its bound and no more", "target", {"36%以上", 0, 1}, {"36%城区", 0, 1}},
    {"cell: a figure and a bracket", "target", {"36%（城区）", 0, 1}, {"36%城区", 0, 1}},
    {"cell: a predicate before the figure", "target", {"增长36%", 0, 1}, {"城区36%", 0, 1}},
    {"cell: a bound before the figure", "target", {"不低于36%", 0, 1}, {"城区的36%", 0, 1}},
    {"cell: no verb behind the figure", "target", {"36%城区", 0, 1}, {"36%增长", 0, 1}},
    {"cell: a name that the rules know", "name", {"地区生产总值", 0, 1}, {"地区生产产值", 0, 1}},
    {"cell: a name that does not begin with a figure", "name", {"绿地率", 0, 1}, {"3绿地率", 0, 1}},
    {"cell: a name that does not end with one", "name", {"绿地率", 0, 1}, {"绿地率3", 0, 1}},
  /* clang-format on */
};

static struct score_row words_of(struct given *given, const char *body, struct passage *passage)
{
    given->in.records = NULL;
    given->in.count = given->in.capacity = 0;
    (void)given_lines(&given->in, RECORD_TABLE_BODY, 1, body);
    *passage = passage_read(given->extract.arena, &given->in, 0, given->in.count);
    return score_row(&given->extract, passage, false);
}

static double score_of(struct given *given, const struct table_column *column, const struct reading *reading)
{
    struct passage passage;
    struct score_row row = words_of(given, reading->body, &passage);
    assert_true(reading->end <= row.word_count);
    return score_cell(&row, column, reading->start, reading->end);
}

static void better_wins(void **state)
{
    const struct score_test *test = *state;
    bool figures = strcmp(test->column, "name") != 0;
    const struct table_column column = {.column = test->column, .measure = figures ? "target" : NULL};
    struct given given;
    given_make(&given);
    assert_true(score_of(&given, &column, &test->better) > score_of(&given, &column, &test->worse));
    arena_free(given.extract.arena);
}

/* An empty name speaks louder against a reading than an empty cell. */
static void names_are_not_empty(void **state)
{
    (void)state;
    static const struct table_column name = {.column = "name"}, target = {.column = "target", .measure = "target"};
    static const struct reading empty = {"稳步", 0, 0};
    struct given given;
    given_make(&given);
    assert_true(score_of(&given, &target, &empty) > score_of(&given, &name, &empty));
    arena_free(given.extract.arena);
}

/* Two cells of figures in like words belong side by side. */
static const struct pair_test {
    const char *name, *better, *worse; /* two words each */
} pair_tests[] = {
    {"pair: begin alike", "增长6% 增长7.2个点", "提高6% 增长7.2个点"},
    {"pair: end alike",   "6%左右 7%左右",        "6%左右 7%上下"       },
};

static double pair_of(struct given *given, const char *body, bool figures)
{
    struct passage passage;
    struct score_row row = words_of(given, body, &passage);
    assert_int_equal(row.word_count, 2);
    return score_pair(&row, 0, 1, 2, figures);
}

static void pair_wins(void **state)
{
    const struct pair_test *test = *state;
    struct given given;
    given_make(&given);
    assert_true(pair_of(&given, test->better, true) > pair_of(&given, test->worse, true));
    assert_true(pair_of(&given, test->better, false) == 0);
    arena_free(given.extract.arena);
}

/* The words of a row and what lies before each. */
static void words_are_described(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    (void)given_lines(&given.in, RECORD_TABLE_BODY, 1, "7 绿地率 36%\n以上 \n\n达标 良好");
    struct passage passage = passage_read(given.extract.arena, &given.in, 0, given.in.count);
    struct score_row row = score_row(&given.extract, &passage, true);
    static const struct {
        const char *text;
        bool starts_line, blank_above, space_at_end, wide_gap;
    } words[] = {
        {"绿地率", false, false, false, false},
        {"36%",       false, false, false, false},
        {"以上",    true,  false, false, false},
        {"达标",    true,  true,  true,  false},
        {"良好",    false, false, false, true },
    };
    assert_int_equal(row.word_count, COUNT(words));
    for (size_t i = 0; i < COUNT(words); i++) {
        const struct score_word *word = &row.words[i];
        assert_string_equal(extract_copy(&given.extract, passage.text, word->from, word->to), words[i].text);
        assert_int_equal(word->starts_line, words[i].starts_line);
        assert_int_equal(word->blank_above, words[i].blank_above);
        assert_int_equal(word->space_at_end, words[i].space_at_end);
        assert_int_equal(word->wide_gap, words[i].wide_gap);
    }
    arena_free(given.extract.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(score_tests) + COUNT(pair_tests) + 2] = {
        cmocka_unit_test(names_are_not_empty),
        cmocka_unit_test(words_are_described),
    };
    size_t count = 2;
    for (size_t i = 0; i < COUNT(score_tests); i++)
        tests[count++] = (struct CMUnitTest){score_tests[i].name, better_wins, NULL, NULL, (void *)&score_tests[i]};
    for (size_t i = 0; i < COUNT(pair_tests); i++)
        tests[count++] = (struct CMUnitTest){pair_tests[i].name, pair_wins, NULL, NULL, (void *)&pair_tests[i]};
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
