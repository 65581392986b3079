/* compare: figures taken from each other, the best choice of pairs, names that mean the
 * same, what a sentence says of them, and pairs out of all that. A row is a test. */
#include "../../stages/compare/compare.h"
#include "given.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- figures ---- */

static const struct figure_test {
    const char *name, *old, *old_unit, *new, *new_unit;
    const char *delta; /* NULL: none */
} figure_tests[] = {
    {"figure: whole",                         "3",                    "%",      "2",      "%",            "-1"     },
    {"figure: no binary noise",               "46.2",                 "%",      "48.4",   "%",            "2.2"    },
    {"figure: decimals as printed",           "2.75",                 "%",      "2.85",   "%",            "0.10"   },
    {"figure: of two precisions",             "4.15",                 "%",      "4.2",    "%",            "0.05"   },
    {"figure: nothing",                       "38.50",                "%",      "38.5",   "%",            "0.00"   },
    {"figure: from below zero",               "-3.1",                 "%",      "0.4",    "%",            "3.5"    },
    {"figure: below one",                     "0.5",                  "",       "0.45",   "",             "-0.05"  },
    {"figure: to a larger unit",              "9200",                 "万元", "0.8",    "亿元",       "-0.12"  },
    {"figure: to a smaller unit",             "27.4",                 "亿元", "281500", "万元",       "7500"   },
    {"figure: all digits of the larger unit", "12345",                "万元", "1",      "亿元",       "-0.2345"},
    {"figure: counted things",                "9000",                 "家",    "1.85",   "万家",       "0.95"   },
    {"figure: from a unit without ten",       "12",                   "元",    "1",      "千元",       "0.988"  },
    {"figure: other things",                  "12",                   "家",    "1",      "万元",       NULL     },
    {"figure: a share and points",            "12",                   "%",      "1",      "个百分点", NULL     },
    {"figure: no figure before",              "",                     "%",      "1",      "%",            NULL     },
    {"figure: no figure behind",              "1",                    "%",      "",       "%",            NULL     },
    {"figure: more digits than are counted",  "99999999999999999999", "元",    "1",      "元",          NULL     },
    {"figure: too many with the zeros",       "9000000000000000",     "亿元", "1",      "元",          NULL     },
};

static void takes_figures(void **state)
{
    const struct figure_test *test = *state;
    struct arena *arena = arena_new();
    const char *delta =
        figure_difference(arena, given_rules(arena), test->old, test->old_unit, test->new, test->new_unit);
    if (test->delta)
        assert_string_equal(delta ? delta : "none", test->delta);
    else
        assert_null(delta);
    arena_free(arena);
}

/* ---- the best choice ---- */

enum { MOST = 6, MOST_NAMES = 12, NONE = -1 };

static const struct choice_test {
    const char *name;
    size_t rows, columns;
    int gains[MOST * MOST];
    int chosen[MOST]; /* NONE: no column */
} choice_tests[] = {
    {"choice: the best total, not the best pair", 2, 2, {5, 4, 4, 1},                {1, 0}         },
    {"choice: a row alone",                       1, 3, {2, 7, 3},                   {1}            },
    {"choice: more rows than columns",            3, 1, {2, 7, 3},                   {NONE, 0, NONE}},
    {"choice: nothing is gained",                 2, 2, {0, 0, 0, 0},                {NONE, NONE}   },
    {"choice: a row without a gain",              2, 2, {0, 6, 0, 5},                {1, NONE}      },
    {"choice: of equal ones the same each time",  2, 2, {3, 3, 3, 3},                {0, 1}         },
    {"choice: a long way round",                  3, 3, {9, 8, 0, 8, 0, 0, 0, 7, 1}, {1, 0, 2}      },
};

static void chooses(void **state)
{
    const struct choice_test *test = *state;
    struct arena *arena = arena_new();
    size_t chosen[MOST];
    assign(arena, test->gains, test->rows, test->columns, chosen);
    for (size_t row = 0; row < test->rows; row++)
        assert_int_equal(chosen[row] == SIZE_MAX ? NONE : (int)chosen[row], test->chosen[row]);
    arena_free(arena);
}

/* The total of a choice that is a number: a digit for each row, its column or none. */
static int total_of(const int *gains, size_t rows, size_t columns, size_t choice)
{
    int total = 0;
    unsigned taken = 0;
    for (size_t row = 0; row < rows; row++, choice /= columns + 1) {
        size_t column = choice % (columns + 1);
        if (column == columns)
            continue;
        if (taken & 1U << column)
            return 0;
        taken |= 1U << column;
        total += gains[row * columns + column];
    }
    return total;
}

static int best_total(const int *gains, size_t rows, size_t columns)
{
    int best = 0;
    size_t choices = 1;
    for (size_t row = 0; row < rows; row++)
        choices *= columns + 1;
    for (size_t choice = 0; choice < choices; choice++) {
        int total = total_of(gains, rows, columns, choice);
        best = total > best ? total : best;
    }
    return best;
}

static void chooses_as_trying_all(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 500; round++) {
        int gains[MOST * MOST];
        struct arena *arena = arena_new();
        size_t rows = 1 + (seed >> 8) % (MOST - 1), columns = 1 + (seed >> 12) % (MOST - 1), chosen[MOST];
        for (size_t i = 0; i < rows * columns; i++) {
            seed = seed * 1664525 + 1013904223;
            gains[i] = (seed >> 16) % 3 == 0 ? 0 : (int)((seed >> 20) % 50);
        }
        assign(arena, gains, rows, columns, chosen);
        int total = 0;
        unsigned taken = 0;
        for (size_t row = 0; row < rows; row++) {
            if (chosen[row] == SIZE_MAX)
                continue;
            assert_false(taken & 1U << chosen[row]);
            taken |= 1U << chosen[row];
            total += gains[row * columns + chosen[row]];
        }
        assert_int_equal(total, best_total(gains, rows, columns));
        arena_free(arena);
    }
}

/* ---- names ---- */

static const struct name_test {
    const char *name, *one, *other;
    bool known; /* they are names of one thing */
} name_tests[] = {
    {"name: a word for a word",             "单位GDP能源消耗降低",             "单位地区生产总值能耗下降率", true },
    {"name: a particle",                    "研发经费占GDP的比重",             "研发经费占地区生产总值比重", true },
    {"name: its number",                    "城镇新增就业",                      "城镇新增就业人数",                true },
    {"name: a measuring rule in a bracket", "参保率（新口径）",                "参保率",                               true },
    {"name: another bracket",               "每千人口执业（助理）医师数", "每千人口执业医师数",             false},
    {"name: another thing of one kind",     "新增高新技术企业数",             "有效高新技术企业数",             false},
    {"name: up and down",                   "能耗降低",                            "能耗提高",                            false},
    {"name: nothing but such a word",       "人数",                                  "户数",                                  false},
};

static void knows_names(void **state)
{
    const struct name_test *test = *state;
    struct arena *arena = arena_new();
    struct thing one = {.name = test->one}, other = {.name = test->other};
    name_read(arena, given_rules(arena), &one);
    name_read(arena, given_rules(arena), &other);
    assert_int_equal(strcmp(one.known, other.known) == 0, test->known);
    assert_int_equal(name_likeness(&one, &other) == 1000, test->known);
    arena_free(arena);
}

static const struct measure_test {
    const char *name, *text, *rules;
} measure_tests[] = {
    {"measuring rule: in a bracket",      "90%以上（新口径）",                    "新口径"             },
    {"measuring rule: before the figure", "同口径增长4%左右",                     "同口径"             },
    {"measuring rule: what is left out",  "固定资产投资（不含农户）",        "不含农户"          },
    {"measuring rule: two",               "按可比价格增长5%（全口径）",      "可比价格;全口径"},
    {"measuring rule: none",              "可以完成（前三季度下降率5.9%）", ""                      },
};

static void finds_measuring_rules(void **state)
{
    const struct measure_test *test = *state;
    struct arena *arena = arena_new();
    assert_string_equal(measuring_rules(arena, given_rules(arena), test->text), test->rules);
    arena_free(arena);
}

/* ---- pairs ---- */

static struct thing *add_thing(struct given *given, struct thing *thing, const char *name, size_t length)
{
    struct record *record = record_add(&given->facts, RECORD_INDICATOR);
    const struct record **rows = arena_alloc(given->extract.arena, sizeof(struct record *));
    rows[0] = record;
    *thing = (struct thing){.name = arena_copy(given->extract.arena, name, length),
                            .rows = rows,
                            .row_count = 1,
                            .category = "",
                            .bundle = "",
                            .measure = "target"};
    name_read(given->extract.arena, given->extract.rules, thing);
    return thing;
}

/* The things of a list of names with a space between. */
static struct thing **read_names(struct given *given, const char *names, size_t *count)
{
    struct thing *things = arena_alloc(given->extract.arena, MOST_NAMES * sizeof(*things));
    struct thing **list = arena_alloc(given->extract.arena, MOST_NAMES * sizeof(struct thing *));
    for (*count = 0; *names; (*count)++) {
        size_t length = strcspn(names, " ");
        assert_true(*count < MOST_NAMES);
        list[*count] = add_thing(given, &things[*count], names, length);
        names += length + (names[length] == ' ');
    }
    return list;
}

static const struct pair_test {
    const char *name;
    const char *text;      /* of the new side */
    const char *old, *new; /* names with a space between */
    const char *pairs;     /* of each new thing: its partner and how, or `added` */
} pair_tests[] = {
    {"pairs: one name",                                 "",                                                                                                            "甲 乙 丙",                            "丙 甲 乙",                         "丙=丙 same 甲=甲 same 乙=乙 same "                  },
    {"pairs: one name several times, in their order",   "",                                                                                                            "合计 甲 合计",                      "合计 甲 合计",
     "合计=合计 same 甲=甲 same 合计=合计 same "                                                                                                                                                                                                                                                         },
    {"pairs: a known renaming",                         "",                                                                                                            "规模以上工业增加值 甲",        "甲 规上工业增加值",
     "甲=甲 same 规上工业增加值=规模以上工业增加值 renamed "                                                                                                                                                                                                                                     },
    {"pairs: alike in one place",                       "",                                                                                                            "甲 河道清淤长度 乙",             "甲 河道护岸长度 乙",
     "甲=甲 same 河道护岸长度=河道清淤长度 replaced 乙=乙 same "                                                                                                                                                                                                                                   },
    {"pairs: a little alike, but elsewhere",            "",                                                                                                            "甲 河道清淤长度 乙 丙",         "甲 乙 丙 农村道路长度",
     "甲=甲 same 乙=乙 same 丙=丙 same 农村道路长度 added "                                                                                                                                                                                                                                            },
    {"pairs: without a name, not equally often",        "",                                                                                                            "  甲",                                  " 甲",                                " added 甲=甲 same "                                     },
    {"pairs: nothing in common",                        "",                                                                                                            "甲 乙",                                "甲 丁",                             "甲=甲 same 丁 added "                                  },
    {"pairs: said to be replaced, though not alike",    "指标有调整，乙替换为丁戊。",                                                                     "甲 乙",                                "丁戊 甲",
     "丁戊=乙 replaced 甲=甲 same "                                                                                                                                                                                                                                                                           },
    {"pairs: said to be replaced the other way",        "指标有调整，以“丁戊”替换“乙”。",                                                         "甲 乙",                                "丁戊 甲",
     "丁戊=乙 replaced 甲=甲 same "                                                                                                                                                                                                                                                                           },
    {"pairs: said to be renamed",                       "指标有调整，“森林蓄积”更名为“立木储备”。",                                          "森林蓄积 甲",                       "甲 立木储备",
     "甲=甲 same 立木储备=森林蓄积 renamed "                                                                                                                                                                                                                                                             },
    {"pairs: said to be new, though alike",             "新增河道护岸长度1个指标。",                                                                       "甲 河道清淤长度 乙",             "甲 河道护岸长度 乙",
     "甲=甲 same 河道护岸长度 added 乙=乙 same "                                                                                                                                                                                                                                                         },
    {"pairs: said to be gone, though alike",            "取消河道清淤长度等指标。",                                                                        "甲 河道清淤长度 乙",             "甲 河道护岸长度 乙",
     "甲=甲 same 河道护岸长度 added 乙=乙 same "                                                                                                                                                                                                                                                         },
    {"pairs: said under another name than the table's", "新增闲置土地处置率1个指标。",                                                                    "甲 闲置厂房清理率 乙",
     "甲 闲置土地利用率 乙",                                                                                                                                                                                                                   "甲=甲 same 闲置土地利用率 added 乙=乙 same "   },
    {"pairs: a list, and a name with its mark",         "删减村道、桥梁数、水渠清淤率2个指标。",                                                     "村道、桥梁数 甲 水渠清淤率",
     "村道、桥数 甲 水渠疏浚率",                                                                                                                                                                                                             "村道、桥数 added 甲=甲 same 水渠疏浚率 added "},
    {"pairs: counted first, then named",                "比上年，增加2个指标：河道护岸长度、村道长度；减少1个指标，为水渠清淤率。",
     "甲 河道清淤长度 水渠清淤率",                                                                                                                                                                   "甲 河道护岸长度 村道长度", "甲=甲 same 河道护岸长度 added 村道长度 added "},
    {"pairs: said to be replaced, the new one behind",  "指标有调整，乙指标由丁戊替代。",                                                               "甲 乙",                                "丁戊 甲",
     "丁戊=乙 replaced 甲=甲 same "                                                                                                                                                                                                                                                                           },
    {"pairs: said of work, not of indicators",          "新增河道护岸长度30公里。",                                                                         "甲 河道清淤长度 乙",             "甲 河道护岸长度 乙",
     "甲=甲 same 河道护岸长度=河道清淤长度 replaced 乙=乙 same "                                                                                                                                                                                                                                   },
    {"pairs: said of what is still there",              "取消甲1个指标。",                                                                                      "甲 乙",                                "甲 乙",                             "甲=甲 same 乙=乙 same "                               },
};

static const char *pairs_of(struct given *given, const struct comparison *comparison)
{
    const char *pairs = "";
    for (size_t n = 0; n < comparison->new_count; n++) {
        const struct thing *new = comparison->new[n];
        if (new->partner)
            pairs = arena_printf(given->extract.arena, "%s%s=%s %s ", pairs, new->name, new->partner->name,
                                 change_names[new->change]);
        else
            pairs = arena_printf(given->extract.arena, "%s%s added ", pairs, new->name);
    }
    return pairs;
}

static void finds_pairs(void **state)
{
    const struct pair_test *test = *state;
    struct given given;
    struct side old = {0}, new = {0};
    struct weights weights;
    given_make(&given);
    if (*test->text)
        (void)given_record(&given.in, RECORD_TEXT, 1, test->text);
    new.gazette = given.in;
    statements_find(given.extract.arena, given.extract.rules, &new);
    struct comparison comparison = {.measure = "target", .old_year = "", .new_year = ""};
    comparison.old = read_names(&given, test->old, &comparison.old_count);
    comparison.new = read_names(&given, test->new, &comparison.new_count);
    assert_null(weights_read(given.extract.arena, given.extract.rules, 0, &weights));
    assert_true(pairs_find(given.extract.arena, given.extract.rules, &weights, &comparison, &old, &new));
    assert_string_equal(pairs_of(&given, &comparison), test->pairs);
    arena_free(given.extract.arena);
}

/* Names that nothing joins, far more than can be weighed: told as they are, and soon. */
static void gives_up_on_too_many(void **state)
{
    (void)state;
    enum { MANY = 1100 };
    struct given given;
    struct side none = {0};
    struct weights weights;
    given_make(&given);
    struct thing *things = arena_alloc(given.extract.arena, (size_t)MANY * 2 * sizeof(*things));
    struct thing **list = arena_alloc(given.extract.arena, (size_t)MANY * 2 * sizeof(struct thing *));
    for (size_t i = 0; i < (size_t)MANY * 2; i++) {
        char name[32];
        int length = snprintf(name, sizeof name, i % 100 == 0 ? "same%zu" : "%zu", i % 100 == 0 ? i % MANY : i);
        list[i] = add_thing(&given, &things[i], name, (size_t)length);
    }
    struct comparison comparison = {.measure = "target", .old_year = "", .new_year = ""};
    comparison.old = list;
    comparison.new = list + MANY;
    comparison.old_count = comparison.new_count = MANY;
    assert_null(weights_read(given.extract.arena, given.extract.rules, 0, &weights));
    assert_false(pairs_find(given.extract.arena, given.extract.rules, &weights, &comparison, &none, &none));
    assert_ptr_equal(list[0]->partner, list[MANY]);
    assert_null(list[1]->partner);
    arena_free(given.extract.arena);
}

int main(void)
{
    enum { OTHERS = 2 };
    static struct CMUnitTest tests[COUNT(figure_tests) + COUNT(choice_tests) + COUNT(name_tests) +
                                   COUNT(measure_tests) + COUNT(pair_tests) + OTHERS];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(figure_tests); i++)
        tests[count++] = (struct CMUnitTest){figure_tests[i].name, takes_figures, NULL, NULL, (void *)&figure_tests[i]};
    for (size_t i = 0; i < COUNT(choice_tests); i++)
        tests[count++] = (struct CMUnitTest){choice_tests[i].name, chooses, NULL, NULL, (void *)&choice_tests[i]};
    for (size_t i = 0; i < COUNT(name_tests); i++)
        tests[count++] = (struct CMUnitTest){name_tests[i].name, knows_names, NULL, NULL, (void *)&name_tests[i]};
    for (size_t i = 0; i < COUNT(measure_tests); i++)
        tests[count++] =
            (struct CMUnitTest){measure_tests[i].name, finds_measuring_rules, NULL, NULL, (void *)&measure_tests[i]};
    for (size_t i = 0; i < COUNT(pair_tests); i++)
        tests[count++] = (struct CMUnitTest){pair_tests[i].name, finds_pairs, NULL, NULL, (void *)&pair_tests[i]};
    tests[count++] = (struct CMUnitTest){"choice: as trying all", chooses_as_trying_all, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"pairs: too many to weigh", gives_up_on_too_many, NULL, NULL, NULL};
    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
