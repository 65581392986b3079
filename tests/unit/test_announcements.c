/* announcements: where name and text of a clause part, which values a clause has and
 * whose they are, and how far an announcement goes. Words as reports print them. */
#include "given.h"

#include "../../stages/extract/clauses.h"

/* clang-format off */

/* What a clause says: name|text, or * with the text where it goes on about the one
 * before, + where it only speaks of effort; empty if it is no target. */
static const struct division {
    const char *clause, *divided;
} divisions[] = {
    {"地区生产总值增长5%以上", "地区生产总值|增长5%以上"},
    {"同比增长6%", "*同比增长6%"},
    {"城市建成区绿化覆盖率平均提高1%", "城市建成区绿化覆盖率|平均提高1%"},
    {"一般预算收入按可比口径增长10%", "一般预算收入|按可比口径增长10%"},
    {"农民人均纯收入在正常年景下达到1478元", "农民人均纯收入|在正常年景下达到1478元"},
    {"居民消费价格涨幅2%左右", "居民消费价格涨幅|2%左右"},
    {"居民消费价格总水平上涨控制在3%以内", "居民消费价格总水平|上涨控制在3%以内"},
    {"居民人均可支配收入与经济增长基本同步", "居民人均可支配收入|与经济增长基本同步"},
    {"研究与试验发展经费支出相当于生产总值的比例达到2.2%", "研究与试验发展经费支出相当于生产总值的比例|达到2.2%"},
    {"固定资产投资保持稳定", "固定资产投资|保持稳定"},
    {"进出口稳量提质", "进出口|稳量提质"},
    {"出口量稳价升", "出口|量稳价升"}, /* a phrase that no rule knows */
    {"城镇新增就业70万人以上", "城镇新增就业|70万人以上"},
    {"其中第三产业增长7%", "第三产业|增长7%"},
    {"力争出口9亿美元", "出口|9亿美元"},
    {"实现1800亿元", "*实现1800亿元"}, /* left out before a name only */
    {"11个重点城市空气质量二级以上天数平均增长13%", "11个重点城市空气质量二级以上天数|平均增长13%"},
    {"单位GDP能耗下降、主要污染物排放总量削减完成省下达任务",
     "单位GDP能耗下降、主要污染物排放总量削减|完成省下达任务"},
    {"单位GDP能耗下降率达到省控目标", "单位GDP能耗下降率|达到省控目标"},
    {"完成国家下达的节能减排任务", "节能减排|完成国家下达的节能减排任务"},
    {"节能减排完成省定任务", "节能减排|完成省定任务"},
    {"城镇居民人均可支配收入6 6 40元", "城镇居民人均可支配收入|6640元"}, /* broken figures */
    {"城镇登记失业率控制在$1.$2%以内", "城镇登记失业率|控制在$1.$2%以内"},
    {"城镇登记失业率控制在4。5%以内", "城镇登记失业率|控制在4。5%以内"},
    {"空气质量达标天数310天以上", "空气质量达标天数|310天以上"},
    {"调查失业率全年控制在5.5%以内", "调查失业率|全年控制在5.5%以内"},
    {"固定资产投资止跌回稳、力争增长5%", "固定资产投资|止跌回稳、力争增长5%"},
    {"完成省下达的节能减排约束性指标和环境质量改善目标",
     "节能减排和环境质量改善|完成省下达的节能减排约束性指标和环境质量改善目标"},
    {"在实际工作中尽可能争取更好结果", "+在实际工作中尽可能争取更好结果"},
    {"力争更好结果", "+力争更好结果"},
    {"为“十一五”发展奠定良好基础", "+为“十一五”发展奠定良好基础"},
    {"大力提升城市形象", ""},
    {"坚持稳中求进", ""},
    {"财政收入年均增长8%", ""},
    {"到2025年生产总值达到万亿元", ""},
    {"", ""},
};

/* clang-format on */

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

static void divides(void **state)
{
    const struct division *row = *state;
    struct clause clause = clause_divide(&shared.extract, row->clause);
    const char *format = clause.kind == CLAUSE_TARGET ? "%s|%s" : clause.kind == CLAUSE_MORE ? "%s*%s" : "%s+%s";
    const char *divided =
        clause.kind == CLAUSE_OTHER ? "" : arena_printf(shared.extract.arena, format, clause.name, clause.text);
    assert_string_equal(divided, row->divided);
}

/* clang-format off */

/* The values of a clause, each name=value bound, a semicolon between. */
static const struct values {
    const char *clause, *values;
} several[] = {
    {"生产总值增长8—8.5%", "生产总值=8 ;"},
    {"生产总值增长6%以上、力争7%以上", "生产总值=6 at_least;"},
    {"城乡居民人均可支配收入分别增长10%", "城乡居民人均可支配收入=10 ;"},
    {"城乡居民人均可支配收入分别增长6.4%、7.6%左右",
     "城乡居民人均可支配收入=6.4 about;城乡居民人均可支配收入=7.6 about;"},
    {"城市和农村居民家庭人均可支配收入分别增长10%和8%左右",
     "城市居民家庭人均可支配收入=10 about;农村居民家庭人均可支配收入=8 about;"},
    {"先进制造业、高技术制造业增加值占比分别达到50%和40%",
     "先进制造业增加值占比=50 ;高技术制造业增加值占比=40 ;"},
    {"城镇登记失业率、调查失业率分别控制在4.5%以内、6%左右", "城镇登记失业率=4.5 at_most;调查失业率=6 about;"},
    {"一、二、三产业增加值增长2%、9%和12%", "一产业增加值=2 ;二产业增加值=9 ;三产业增加值=12 ;"},
    {"一二三产增加值分别增长2%、9%和12%", "一产增加值=2 ;二产增加值=9 ;三产增加值=12 ;"},
    {"氮氧化物、氨氮和烟尘、粉尘排放量分别下降1%、2%、3%、4%",
     "氮氧化物排放量=-1 ;氨氮排放量=-2 ;烟尘排放量=-3 ;粉尘排放量=-4 ;"},
    {"固定资产投资和出口总额均增长10%", "固定资产投资和出口总额=10 ;"},
    {"化学需氧量、氨氮等主要污染物排放量分别下降2%、1%", "化学需氧量排放量=-2 ;氨氮排放量=-1 ;"},
    {"投资、出口在上年增长5%、6%的基础上分别增长7%、8%", "投资=7 ;出口=8 ;"},
    {"接待国内外游客、旅游总收入分别增长10%、12%", "接待国内外游客=10 ;旅游总收入=12 ;"},
    {"发明专利申请量和授权量分别增长15%和25%", "发明专利申请量和授权量=15 ;发明专利申请量和授权量=25 ;"},
    {"人口自然增长率控制在7%。左右", "人口自然增长率=7 about;"},
};

/* clang-format on */

static void reads_values(void **state)
{
    const struct values *row = *state;
    struct reading readings[8];
    struct clause clause = clause_divide(&shared.extract, row->clause);
    size_t count = clause_read(&shared.extract, &clause, readings, COUNT(readings));
    const char *values = "";
    for (size_t i = 0; i < count; i++)
        values = arena_printf(shared.extract.arena, "%s%s=%s %s;", values, readings[i].name, readings[i].target.value,
                              readings[i].target.bound ? readings[i].target.bound : "");
    assert_string_equal(values, row->values);
}

/* clang-format off */

/* A report of paragraphs, a line each, and its rows: lines:year:name:item, a semicolon between. */
static const struct report {
    const char *what, *text, *rows;
} reports[] = {
    {"over sentences", "2020年主要预期目标是：生产总值增长6%，出口增长5%。粮食产量60万吨。重点做好十项工作。",
     "1-1:2020:生产总值:1;1-1:2020:出口:1;1-1:2020:粮食产量:1;"},
    {"over paragraphs", "2020年主要预期目标是：\n——生产总值达到90亿元，增长6%；\n——出口增长5%。\n加快开放，扩大出口。",
     "2-2:2020:生产总值:1;2-2:2020:生产总值:2;3-3:2020:出口:1;"},
    {"over the entries of a list, each with its slogan",
     "2020年主要预期目标为：\n——促进经济增长。生产总值增长6%。\n——创造更多岗位。新增就业16万人；出口增长5%。\n"
     "做好今年的工作，要把握六点。",
     "2-2:2020:生产总值:1;3-3:2020:新增就业:1;3-3:2020:出口:1;"},
    {"a full stop for a decimal point", "2020年主要目标是：失业率控制在4。5%以内，出口增长5%。",
     "1-1:2020:失业率:1;1-1:2020:出口:1;"},
    {"doubled in this year", "2020年主要目标是：出口翻一番，生产总值增长6%。", "1-1:2020:出口:1;1-1:2020:生产总值:1;"},
    {"effort about the clause before", "2020年主要目标是：生产总值增长6%，力争更好结果，出口增长5%。在工作中力争更好结果。",
     "1-1:2020:生产总值:1;1-1:2020:生产总值:2;1-1:2020:出口:1;"},
    {"the year from the heading", "二、2020年重点工作\n主要预期目标为:出口增长5%,粮食产量60万吨;",
     "2-2:2020:出口:1;2-2:2020:粮食产量:1;"},
    {"the year from the sentence before", "一、2019年工作回顾\n2020年是关键之年。今年主要目标是：出口增长5%。",
     "2-2:2020:出口:1;"},
    {"the year of the report", "今年奋斗目标是：出口增长5%。", "1-1:2021:出口:1;"},
    {"told again", "今年主要目标是：出口增长5%。\n开放的主要目标是：出口增长5%。", "1-1:2021:出口:1;"},
    {"five years", "今后五年的主要目标是：生产总值突破百亿元，出口增长5%。", ""},
    {"five years by what follows", "主要目标是：生产总值年均增长8%，出口增长5%。", ""},
    {"five years first", "到2025年主要目标是：出口翻番。今年主要目标是：出口增长5%。", "1-1:2021:出口:1;"},
    {"an argument", "主要预期目标是：积极的，也是可行的。", ""},
    {"apart from each other", "2020年主要目标是：生产总值增长6%、出口增长5%。",
     "1-1:2020:生产总值:1;1-1:2020:出口:1;"},
};

/* clang-format on */

static void reads_report(void **state)
{
    const struct report *row = *state;
    struct gazette *in = &shared.in, *facts = &shared.facts;
    in->count = facts->count = 0;
    in->last_number = facts->last_number = 0;
    given_lines(in, RECORD_TEXT, 1, row->text);
    struct part part = {.class = "work-report", .name = "", .place = "", .year = 2021, .end = in->count};
    if (strstr(row->text, "2020"))
        part.year = 2020;
    read_announcements(&shared.extract, &part);
    const char *rows = "";
    for (size_t i = 0; i < facts->count; i++) {
        const struct record *fact = &facts->records[i];
        rows = arena_printf(in->arena, "%s%s-%s:%s:%s:%s;", rows, record_value(fact, ATTRIBUTE_LINE_FROM),
                            record_value(fact, ATTRIBUTE_LINE_TO), record_value(fact, ATTRIBUTE_YEAR),
                            record_value(fact, ATTRIBUTE_NAME), record_value(fact, ATTRIBUTE_ITEM));
    }
    assert_string_equal(rows, row->rows);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(divisions) + COUNT(several) + COUNT(reports)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(divisions); i++)
        tests[count++] = (struct CMUnitTest){divisions[i].clause, divides, NULL, NULL, (void *)&divisions[i]};
    for (size_t i = 0; i < COUNT(several); i++)
        tests[count++] = (struct CMUnitTest){several[i].clause, reads_values, NULL, NULL, (void *)&several[i]};
    for (size_t i = 0; i < COUNT(reports); i++)
        tests[count++] = (struct CMUnitTest){reports[i].what, reads_report, NULL, NULL, (void *)&reports[i]};
    return cmocka_run_group_tests_name("announcements", tests, set_up, tear_down);
}
