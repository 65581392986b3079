/* target: what the text of a target says, rule by rule of the contract's section 3.
 * A row is a test, named by its text. */
#include "../../stages/extract/target.h"
#include "given.h"

static const struct target_row {
    const char *text, *name, *kind, *value, *value_to, *bound, *unit;
} target_rows[] = {
  /* clang-format off */
    /* growth: a verb of change, with or without a figure */
    {"增长6.5%", "工业产值", "growth", "6.5", "", "", "%"},
    {"实际增长6%", "居民收入", "growth", "6", "", "", "%"},
    {"上涨2%左右", "居民消费价格", "growth", "2", "", "about", "%"},
    {"占全省比重提升0.3个百分点", "出口额", "growth", "0.3", "", "", "个百分点"},
    {"净增120家以上", "新增科技企业数", "growth", "120", "", "at_least", "家"},
    {"总量增长12%", "新增科技企业数", "growth", "12", "", "", "%"},
    {"稳步提高", "绿地率", "growth", "", "", "", ""},
    {"空气质量继续好转", "环境", "growth", "", "", "", ""},
    {"与经济增长同步", "居民收入", "growth", "", "", "", ""},
    {"增长（预计）4%", "工业产值", "growth", "4", "", "", "%"},
    /* a change downwards is negative, unless the name says the direction */
    {"下降3%", "单位产值能耗", "growth", "-3", "", "", "%"},
    {"下降3.1%以上", "单位产值能耗", "growth", "-3.1", "", "at_least", "%"},
    {"下降3.1%左右", "单位产值能耗", "growth", "-3.1", "", "about", "%"},
    {"减少200件", "投诉", "growth", "-200", "", "", "件"},
    {"缩短15天", "审批时间", "growth", "-15", "", "", "天"},
    {"下降2%—3%", "单位产值能耗", "growth", "-2", "-3", "", "%"},
    {"下降3%", "单位产值能耗下降率", "growth", "3", "", "", "%"},
    {"降低4%", "单位产值能源消耗降低", "growth", "4", "", "", "%"},
    {"稳步降低", "单位产值能耗", "growth", "", "", "", ""},
    /* a figure that the change leads to is a level, without a sign */
    {"提高到36%", "绿地率", "level", "36", "", "", "%"},
    {"提升至90%以上", "达标率", "level", "90", "", "at_least", "%"},
    {"缩小至1.77:1", "城乡收入比", "level", "1.77", "", "", ":1"},
    {"降到0.4吨标准煤以下", "单位产值能耗", "level", "0.4", "", "at_most", "吨标准煤"},
    {"达到50%", "绿地率", "level", "50", "", "", "%"},
    /* nouns of change make no growth */
    {"增速6%", "工业产值", "level", "6", "", "", "%"},
    {"涨幅2%左右", "居民消费价格", "level", "2", "", "about", "%"},
    {"增幅高于全省平均", "工业产值", "text", "", "", "", ""},
    /* levels */
    {"2600亿元", "财政收入", "level", "2600", "", "", "亿元"},
    {"3,594,026.50", "财政收入", "level", "3594026.50", "", "", ""},
    {"90", "达标率", "level", "90", "", "", ""},
    {"70万人以上", "新增就业", "level", "70", "", "at_least", "万人"},
    {"1.5万家", "科技企业数", "level", "1.5", "", "", "万家"},
    {"1.77:1", "城乡收入比", "level", "1.77", "", "", ":1"},
    {"5%左右", "失业率", "level", "5", "", "about", "%"},
    {"约5%", "失业率", "level", "5", "", "about", "%"},
    {"不低于95%", "达标率", "level", "95", "", "at_least", "%"},
    {"超2万亿元", "工业产值", "level", "2", "", "at_least", "万亿元"},
    {"突破300亿元", "财政收入", "level", "300", "", "at_least", "亿元"},
    {"高于全省平均2个百分点", "绿地率", "level", "2", "", "", "个百分点"},
    {"5%以内", "失业率", "level", "5", "", "at_most", "%"},
    {"不超过5%", "失业率", "level", "5", "", "at_most", "%"},
    {"控制在5%左右", "失业率", "level", "5", "", "about", "%"},
    {"控制在5%以内", "失业率", "level", "5", "", "at_most", "%"},
    /* ranges */
    {"5%—5.5%", "失业率", "level", "5", "5.5", "", "%"},
    {"5—5.5%", "失业率", "level", "5", "5.5", "", "%"},
    {"8至10万人", "新增就业", "level", "8", "10", "", "万人"},
    {"8～10万人", "新增就业", "level", "8", "10", "", "万人"},
    {"8-10万人左右", "新增就业", "level", "8", "10", "about", "万人"},
    /* the first of two */
    {"增长6%以上、力争7%以上", "工业产值", "growth", "6", "", "at_least", "%"},
    /* brackets apart */
    {"可以完成（前三季度下降率5.9%）", "用地下降率", "text", "", "", "", ""},
    {"90%以上（新口径）", "参保率", "level", "90", "", "at_least", "%"},
    {"（可比价）增长6%", "工业产值", "growth", "6", "", "", "%"},
    {"完成（增长6%）", "工业产值", "text", "", "", "", ""},
    {"5%（左右", "失业率", "level", "5", "", "", "%"},
    /* digits that are no figures */
    {"PM2.5浓度下降3%", "空气", "growth", "-3", "", "", "%"},
    {"PM2.5稳步下降", "空气", "growth", "", "", "", ""},
    {"5G基站达到800座", "通信", "level", "800", "", "", "座"},
    {"比2020年增长6%", "工业产值", "growth", "6", "", "", "%"},
    {"2025年完成", "工业产值", "text", "", "", "", ""},
    {"2025亿元", "工业产值", "level", "2025", "", "", "亿元"},
    /* neither verb nor figure */
    {"占全省比重持平", "出口额", "text", "", "", "", ""},
    {"完成省下达任务", "减排", "text", "", "", "", ""},
    {"", "减排", "text", "", "", "", ""},
  /* clang-format on */
};

static void assert_said(const char *found, const char *expected)
{
    assert_string_equal(found ? found : "", expected);
}

static void target_is(void **state)
{
    const struct target_row *row = *state;
    struct given given;
    given_make(&given);
    struct target target = target_read(&given.extract, row->text, row->name);
    assert_said(target.kind, row->kind);
    assert_said(target.value, row->value);
    assert_said(target.value_to, row->value_to);
    assert_said(target.bound, row->bound);
    assert_said(target.unit, row->unit);
    arena_free(given.extract.arena);
}

/* One of several values: the first figure at or after an offset. */
static void later_figure(void **state)
{
    (void)state;
    static const char text[] = "分别增长6%、7%以上";
    struct given given;
    given_make(&given);
    size_t from = (size_t)(strstr(text, "7") - text);
    struct target target = target_read_from(&given.extract, text, "产值", from);
    assert_said(target.kind, "growth");
    assert_said(target.value, "7");
    assert_said(target.bound, "at_least");
    arena_free(given.extract.arena);
}

/* The unit of the column is for a figure without one of its own. */
static const struct unit_row {
    const char *text, *column, *unit;
} unit_rows[] = {
    {"增长6%",     "亿元", "%"     },
    {"260",          "亿元", "亿元"},
    {"稳步推进", "亿元", ""      },
};

static void unit_is(void **state)
{
    const struct unit_row *row = *state;
    struct given given;
    given_make(&given);
    struct target target = target_read(&given.extract, row->text, "产值");
    struct record *fact = record_add(&given.facts, RECORD_INDICATOR);
    target_write(&given.extract, fact, &target, row->column);
    assert_string_equal(record_value(fact, ATTRIBUTE_UNIT), row->unit);
    assert_string_equal(record_value(fact, ATTRIBUTE_KIND), target.kind);
    arena_free(given.extract.arena);
}

/* What read a target is credited to its fact. */
static void rules_are_credited(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    struct target target = target_read(&given.extract, "下降3.1%以上", "能耗");
    struct record *fact = record_add(&given.facts, RECORD_INDICATOR);
    target_write(&given.extract, fact, &target, NULL);
    assert_string_equal(fact->rules, "change-down,bound-at-least,unit-share");
    assert_string_equal(record_value(fact, ATTRIBUTE_VALUE), "-3.1");
    arena_free(given.extract.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(target_rows) + COUNT(unit_rows) + 2] = {
        cmocka_unit_test(later_figure),
        cmocka_unit_test(rules_are_credited),
    };
    size_t count = 2;
    for (size_t i = 0; i < COUNT(target_rows); i++) {
        const char *name = *target_rows[i].text ? target_rows[i].text : "nothing";
        tests[count++] = (struct CMUnitTest){name, target_is, NULL, NULL, (void *)&target_rows[i]};
    }
    for (size_t i = 0; i < COUNT(unit_rows); i++)
        tests[count++] = (struct CMUnitTest){unit_rows[i].text, unit_is, NULL, NULL, (void *)&unit_rows[i]};
    return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
