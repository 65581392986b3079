/* unread: which figures stand in no row, and why. A row is a test: a paragraph of a
 * report or of a section of a budget, and its unread figures, FIGURE UNIT REASON each. */
#include "given.h"

static const struct unread_row {
    const char *name, *class, *heading, *text, *unread;
} unread_rows[] = {
    {"targets: all read",                                  "work-report",   "",                               "今年主要目标是：出口增长5%，粮食产量60万吨。",      ""                              },
    {"targets: a range",                                   "work-report",   "",                               "今年主要目标是：出口增长5%—5.5%。",                      ""                              },
    {"targets: a broken figure",                           "work-report",   "",                               "今年主要目标是：出口6 5 0亿元。",                          ""                              },
    {"targets: a bracket",                                 "work-report",   "",                               "今年主要目标是：出口增长5%（去年4%）。",               "4 % bracket;"                  },
    {"targets: effort",                                    "work-report",   "",                               "今年主要目标是：出口增长6%以上、力争7%以上。",      "7 % effort;"                   },
    {"targets: beside a value",                            "work-report",   "",                               "今年主要目标是：出口占比62%、提高2个百分点。",
     "2 个百分点 unknown;"                                                                                                                                                                                         },
    {"targets: what no rule reads",                        "work-report",   "",                               "今年主要目标是：出口增长5%，帮扶3万人脱贫。",
     "3 万人 unknown;"                                                                                                                                                                                               },
    {"targets: none was read",                             "work-report",   "",                               "今年主要目标是：建设学校3所。",                           "3 所 unknown;"                },
    {"targets: effort alone may be a target",              "work-report",   "",                               "今年主要目标是：出口增长5%，力争帮扶3万人脱贫。",
     "3 万人 unknown;"                                                                                                                                                                                               },
    {"targets: of five years",                             "work-report",   "",                               "主要目标是：出口年均增长5%。",                             ""                              },
    {"targets: of this year, though they sound like five", "work-report",   "",
     "今年主要目标是：出口年均增长8%，粮食产量60万吨。",                                                                                                         "8 % unknown;60 万吨 unknown;"},
    {"targets: other sentences are not asked",             "work-report",   "",
     "去年出口增长3%。今年主要目标是：出口增长5%。要办好8件实事。",                                                                                         ""                              },
    {"budget: all read",                                   "budget-report", "一、预算执行情况",
     "全市一般公共预算收入50亿元，增长5.2%，完成预算的101%（其中税收40亿元）。",                                                                         ""                              },
    {"budget: the same amount twice",                      "budget-report", "一、预算执行情况",       "教育支出5亿元、卫生支出5亿元。",                          ""                              },
    {"budget: a share",                                    "budget-report", "一、预算执行情况",       "全市支出50亿元，占一般公共预算支出的82%。",
     "82 % share;"                                                                                                                                                                                                     },
    {"budget: a change",                                   "budget-report", "一、预算执行情况",       "全市收入50亿元，比上年增收12423万元。",
     "12423 万元 change;"                                                                                                                                                                                            },
    {"budget: taxes cut",                                  "budget-report", "一、预算执行情况",       "减税降费超100亿元。",                                           "100 亿元 change;"            },
    {"budget: things counted",                             "budget-report", "一、预算执行情况",       "补助学校35所，教育支出5亿元。",
     "35 所 narrative;"                                                                                                                                                                                               },
    {"budget: work",                                       "budget-report", "二、预算绩效管理情况", "压减资金0.6亿元。",                                              "0.6 亿元 narrative;"         },
    {"budget: a unit below a figure is a word",            "budget-report", "一、预算执行情况",       "增幅 0.95\n本年收入",                                             ""                              },
    {"budget: a percentage of nothing",                    "budget-report", "一、预算执行情况",       "库款保障水平74.3%。",                                            "74.3 % unknown;"               },
    {"others are not asked",                               "resolution",    "",                               "会议指出，全市一般公共预算收入50亿元。",              ""                              },
};

static struct given shared; /* the rules are read once */

static int set_up(void **state)
{
    (void)state;
    given_make(&shared);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(shared.extract.arena);
    return 0;
}

static void tells_unread(void **state)
{
    const struct unread_row *row = *state;
    struct gazette *in = &shared.in, *facts = &shared.facts;
    in->count = facts->count = 0;
    in->last_number = facts->last_number = 0;
    (void)given_record(in, RECORD_TITLE, 1, "报告");
    (void)given_record(in, RECORD_HEADING, 2, row->heading);
    struct record *text = given_record(in, RECORD_TEXT, 3, row->text);
    record_set(in, text, ATTRIBUTE_SECTION, "2");
    struct part part = {.class = row->class, .name = "", .place = "", .year = 2021, .end = in->count};
    part.title = &in->records[0];
    read_announcements(&shared.extract, &part);
    read_budget(&shared.extract, &part);
    read_unread(&shared.extract, &part, 1);
    const char *unread = "";
    for (size_t i = 0; i < facts->count; i++) {
        const struct record *fact = &facts->records[i];
        if (fact->kind == RECORD_UNREAD)
            unread = arena_printf(in->arena, "%s%s %s %s;", unread, record_value(fact, ATTRIBUTE_FIGURE),
                                  record_value(fact, ATTRIBUTE_UNIT), record_value(fact, ATTRIBUTE_REASON));
    }
    assert_string_equal(unread, row->unread);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(unread_rows)];
    for (size_t i = 0; i < COUNT(unread_rows); i++)
        tests[i] = (struct CMUnitTest){unread_rows[i].name, tells_unread, NULL, NULL, (void *)&unread_rows[i]};
    return cmocka_run_group_tests_name("unread", tests, set_up, tear_down);
}
