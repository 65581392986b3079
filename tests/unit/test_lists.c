/* lists: what a cell of a project lists, taken apart. A row is a test. */
#include "../../stages/emit/lists.h"
#include "../../stages/lib/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 4 };

static const struct members {
    const char *text, *members[MOST];
} departments[] = {
    {"市民政局、市财政局",                            {"市民政局", "市财政局"}                           },
    {"市民政局",                                           {"市民政局"}                                           },
    {"市教育局（市语委、市考试院）、团市委", {"市教育局（市语委、市考试院）", "团市委"}},
    {"市教育局（市语委、团市委",                   {"市教育局（市语委、团市委"}                   }, /* never closed */
    {"、市民政局、、",                                  {"市民政局"}                                           },
    {"各县级市（区）政府",                            {"各县级市（区）政府"}                            },
};

static const struct members points[] = {
    {"1．新建12家。\n2．更新3万册。", {"1．新建12家。", "2．更新3万册。"}},
    {"一段话、没有编号。",              {"一段话、没有编号。"}               },
    {"\n1．甲\n",                              {"1．甲"}                                   },
};

/* amount and unit open the cell; funds are TEXT|AMOUNT|UNIT */
static const struct funds {
    const char *text, *amount, *unit;
    struct fund funds[MOST];
} funds[] = {
    {"70万元，市级财政资金保障。",                                                                 "70",   "万元", {{"市级财政资金保障", "", ""}}                                 },
    {"市级资金保障560万元，各区由属地保障。",
     "",                                                                                                               "",
     {{"市级资金保障560万元", "560", "万元"}, {"各区由属地保障", "", ""}}                                                                                                              },
    {"1650万元，其中，市级保障50万元、福彩公益金保障249万元，其余由各区筹集。",
     "1650",                                                                                                           "万元",
     {{"其中，市级保障50万元", "50", "万元"}, {"福彩公益金保障249万元", "249", "万元"}, {"其余由各区筹集", "", ""}}                                                        },
    {"2.24亿元，省补资金、慈善基金等保障61万元。",                                           "2.24", "亿元", {{"省补资金、慈善基金等保障61万元", "61", "万元"}}     },
    {"922万元",                                                                                              "922",  "万元", {{NULL, NULL, NULL}}                                                   },
    {"922万元由市级保障",                                                                               "922",  "万元", {{"由市级保障", "", ""}}                                          },
    {"市级保障（含上年结余30万元）80万元",                                                      "",     "",       {{"市级保障（含上年结余30万元）80万元", "80", "万元"}}},
    {"统筹2024年结余1,200万元",                                                                         "",     "",       {{"统筹2024年结余1,200万元", "1200", "万元"}}                 },
    {"每台补贴15万，自筹。",                                                                          "",     "",       {{"每台补贴15万", "", ""}, {"自筹", "", ""}}                    },
};

static void assert_members(const char *const *found, const char *const *expected)
{
    size_t i = 0;
    for (; i < MOST && found[i] && expected[i]; i++)
        assert_string_equal(found[i], expected[i]);
    assert_null(found[i]);
    assert_true(i == MOST || !expected[i]);
}

static void departments_are_cut(void **state)
{
    const struct members *row = *state;
    struct arena *arena = arena_new();
    assert_members(list_members(arena, row->text), row->members);
    arena_free(arena);
}

static void points_are_cut(void **state)
{
    const struct members *row = *state;
    struct arena *arena = arena_new();
    assert_members(list_points(arena, row->text), row->members);
    arena_free(arena);
}

static void funds_are_found(void **state)
{
    static const char *const units[] = {"万元", "亿元", NULL};
    const struct funds *row = *state;
    struct arena *arena = arena_new();
    const struct fund *found = list_funds(arena, row->text, row->amount, row->unit, units);
    size_t i = 0;
    for (; i < MOST && found[i].text && row->funds[i].text; i++) {
        assert_string_equal(found[i].text, row->funds[i].text);
        assert_string_equal(found[i].amount, row->funds[i].amount);
        assert_string_equal(found[i].unit, row->funds[i].unit);
    }
    assert_null(found[i].text);
    assert_true(i == MOST || !row->funds[i].text);
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(departments) + COUNT(points) + COUNT(funds)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(departments); i++)
        tests[count++] =
            (struct CMUnitTest){departments[i].text, departments_are_cut, NULL, NULL, (void *)&departments[i]};
    for (size_t i = 0; i < COUNT(points); i++)
        tests[count++] = (struct CMUnitTest){points[i].members[0], points_are_cut, NULL, NULL, (void *)&points[i]};
    for (size_t i = 0; i < COUNT(funds); i++)
        tests[count++] = (struct CMUnitTest){funds[i].text, funds_are_found, NULL, NULL, (void *)&funds[i]};
    return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
