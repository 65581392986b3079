/* rows: lines of a printed table put together. A row is a test: the lines of a body
 * as they are printed, blank ones too, and the rows that they are:
 *
 *   ORDINAL CATEGORY|CELL|CELL|..., then ?DOUBT */
#include "../../stages/extract/rows.h"
#include "given.h"

/* the columns behind the ordinal: name, target, estimate */
#define THREE "序号 指标名称 预期目标 预计完成"
#define GROUPED "指标分类 序号 指标名称 预期目标 预计完成"

static const struct table_test {
    const char *name, *header, *body, *prose, *rows;
} table_tests[] = {
  /* clang-format off */
    /* where cells stand */
    {"cells: side by side", THREE, "1 工业产值 增长6%左右 增长6.2%\n", "", "1|工业产值|增长6%左右|增长6.2%\n"},
    {"cells: one below the other", THREE, "1\n工业产值\n增长6%左右\n增长6.2%\n", "", "1|工业产值|增长6%左右|增长6.2%\n"},
    {"cells: the ordinal alone, the others side by side", THREE, "1\n工业产值\n增长6%左右 增长6.2%\n", "",
     "1|工业产值|增长6%左右|增长6.2%\n"},
    {"cells: spaces at the ends of lines", THREE, "1 \n工业产值 \n增长6%左右 增长6.2% \n", "",
     "1|工业产值|增长6%左右|增长6.2%\n"},
    {"cells: blank lines between all lines", THREE, "1\n\n工业产值\n\n增长6%左右 增长6.2%\n", "",
     "1|工业产值|增长6%左右|增长6.2%\n"},
    {"cells: a name in two lines", THREE, "1\n规模以上工业企业\n研发经费支出\n增长6%左右 增长6.2%\n", "",
     "1|规模以上工业企业研发经费支出|增长6%左右|增长6.2%\n"},
    {"cells: a name in two lines, blank lines between", THREE,
     "1\n\n规模以上工业企业\n\n研发经费支出\n\n增长6%左右 增长6.2%\n", "",
     "1|规模以上工业企业研发经费支出|增长6%左右|增长6.2%\n"},
    {"cells: two, each in two lines", THREE, "1 工业产值\n增长6%左右，力争\n7%以上\n增长6.2%，高于全\n省平均\n", "",
     "1|工业产值|增长6%左右，力争7%以上|增长6.2%，高于全省平均\n"},
    {"cells: two, each in three lines", THREE,
     "1 社会保险参保率\n\n达到98%以上，\n\n缴费面保持稳\n\n定 \n达到98.4%，\n\n缴费面总体稳\n\n定\n", "",
     "1|社会保险参保率|达到98%以上，缴费面保持稳定|达到98.4%，缴费面总体稳定\n"},
    {"cells: a figure over a line end", THREE, "1 工业产值 达到12\n345亿元 达到12400亿元\n", "", "1|工业产值|达到12345亿元|达到12400亿元\n"},
    {"cells: of Latin words", THREE, "1 GDP 增长6%左右 增长6.2%\n", "", "1|GDP|增长6%左右|增长6.2%\n"},
    /* what may not be cut */
    {"cut: a word of a bound is none", THREE, "1 绿地率 85%左\n右 86.1%\n", "", "1|绿地率|85%左右|86.1%\n"},
    {"cut: a bound, where nothing else tells", THREE, "1 达标率\n全年85%左\n右\n已86%\n", "", "1|达标率|全年85%左右|已86%\n"},
    {"cut: the same one line each", THREE, "1 绿地率\n85%左\n右\n86.1%\n", "", "1|绿地率|85%左右|86.1%\n"},
    {"cut: a bracket is none", THREE, "1 工业产值 增长6%（可比\n价） 增长6.2%\n", "", "1|工业产值|增长6%（可比价）|增长6.2%\n"},
    {"cut: a bracket over lines of its own", THREE, "1\n工业产值\n增长6%\n（可比价）\n增长6.2%\n", "",
     "1|工业产值|增长6%（可比价）|增长6.2%\n"},
    {"cut: a unit from its figure is none", THREE, "1 新增就业 12\n万人 12.8万人\n", "", "1|新增就业|12万人|12.8万人\n"},
    {"cut: nor behind a space", THREE, "1 新增就业 12 万人 12.8 万人\n", "", "1|新增就业|12万人|12.8万人\n"},
    {"cut: a comma goes on", THREE, "1 绿地率 稳步提高，\n达到36%\n36.2%\n", "", "1|绿地率|稳步提高，达到36%|36.2%\n"},
    {"cut: a verb belongs to the figure behind it", THREE, "1 工业产值 增长6%\n增长\n6.2%\n", "", "1|工业产值|增长6%|增长6.2%\n"},
    /* ordinals */
    {"ordinal: several rows", THREE, "1 工业产值 增长6% 增长6.2%\n2 绿地率 36% 36.2%\n3 失业率 5%以内 4.1%\n", "",
     "1|工业产值|增长6%|增长6.2%\n2|绿地率|36%|36.2%\n3|失业率|5%以内|4.1%\n"},
    {"ordinal: goes on from another table", THREE, "7 工业产值 增长6% 增长6.2%\n8 绿地率 36% 36.2%\n", "",
     "7|工业产值|增长6%|增长6.2%\n8|绿地率|36%|36.2%\n"},
    {"ordinal: a number that is not the next is text", THREE, "1 公园数\n45 座\n47 座\n2 绿地率 36% 36.2%\n", "",
     "1|公园数|45座|47座\n2|绿地率|36%|36.2%\n"},
    /* categories */
    {"category: in pieces with a count", GROUPED,
     "产业\n发展\n（2 个）\n1 工业产值 增长6% 增长6.2%\n2 服务业产值 增长7% 增长7.2%\n绿色\n家园\n（1 个）\n3 绿地率 36% 36.2%\n", "",
     "1 产业发展|工业产值|增长6%|增长6.2%\n2 产业发展|服务业产值|增长7%|增长7.2%\n3 绿色家园|绿地率|36%|36.2%\n"},
    {"category: in pieces without a count", GROUPED,
     "产业\n发展\n1 工业产值 增长6% 增长6.2%\n绿色\n家园\n2 绿地率 36% 36.2%\n", "",
     "1 产业发展|工业产值|增长6%|增长6.2%\n2 绿色家园|绿地率|36%|36.2%\n"},
    {"category: short cells in a table without its column are none", THREE, "1 公园数\n45座\n47座\n2 绿地率 36% 36.2%\n", "",
     "1|公园数|45座|47座\n2|绿地率|36%|36.2%\n"},
    {"category: again behind a page break", GROUPED,
     "绿色\n家园\n（2 个）\n1 公园数 45座 47座\n绿色\n家园\n（2 个）\n2 绿地率 36% 36.2%\n", "",
     "1 绿色家园|公园数|45座|47座\n2 绿色家园|绿地率|36%|36.2%\n"},
    /* ties */
    {"tie: nothing decides", THREE, "1 水质\n达标\n良好\n优秀\n", "", "1|水质|达标|良好优秀 ?border\n"},
    {"tie: running text does", THREE, "1 水质\n达标\n良好\n优秀\n", "我市水质优秀。", "1|水质|达标良好|优秀 ?prose\n"},
    {"tie: running text that speaks of something else does not", THREE, "1 水质\n达标\n良好\n优秀\n", "我市空气优秀。",
     "1|水质|达标|良好优秀 ?border\n"},
    /* columns */
    {"columns: only targets", "序号 指标名称 预期目标", "1 工业产值 增长6%\n2 绿地率 36%\n", "", "1|工业产值|增长6%\n2|绿地率|36%\n"},
    {"columns: a unit of its own", "序号 指标名称 单位 预期目标 预计完成",
     "1 工业产值 亿元 2600 2700\n2 失业率\n%\n5以内\n4.5\n", "", "1|工业产值|亿元|2600|2700\n2|失业率|%|5以内|4.5\n"},
    {"columns: one cell a line, no ordinals", "指标名称\n单位\n2023年实际\n2024年计划",
     "工业产值\n亿元\n2600\n2700左右\n贸易额\n亿美元\n36\n稳中提质\n失业率\n%\n5\n5以内\n", "",
     "|工业产值|亿元|2600|2700左右\n|贸易额|亿美元|36|稳中提质\n|失业率|%|5|5以内\n"},
    {"columns: not where a cell is missing", "指标名称\n单位\n2023年实际\n2024年计划",
     "工业产值\n亿元\n2600\n贸易额\n亿美元\n36\n稳中提质\n失业率\n%\n5.1\n5以内\n公园数\n", "", ""},
    {"columns: a change of the figures on its left", "序号 指标名称 2024年完成 比上年增长（%） 2025年目标",
     "1 工业产值 2600亿元 5.9 6%左右\n2 失业率 4.1% 0.2 5%以内", "", "1|工业产值|2600亿元|5.9|6%左右\n2|失业率|4.1%|0.2|5%以内\n"},
    {"columns: cells of words alone", THREE, "1 安全事故 不发生 不发生\n2 物价涨幅 2%左右 与目标持平\n", "",
     "1|安全事故|不发生|不发生\n2|物价涨幅|2%左右|与目标持平\n"},
  /* clang-format on */
};

/* Makes the records of a table: header, body, and adds them to what is read. */
static void add_table(struct given *given, const char *header, const char *body)
{
    long next = given_lines(&given->in, RECORD_TABLE_HEADER, 10, header);
    (void)given_lines(&given->in, RECORD_TABLE_BODY, next, body);
}

static const char *show(struct arena *arena, const struct printed_table *table, const struct table_row *row)
{
    const char *line = row->ordinal;
    if (*row->category)
        line = arena_printf(arena, "%s %s", line, row->category);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *column = table->columns[i].column;
        if (strcmp(column, "ordinal") != 0 && strcmp(column, "category") != 0)
            line = arena_printf(arena, "%s|%s", line, row->cells[i].text);
    }
    return arena_printf(arena, "%s%s%s\n", line, row->doubt ? " ?" : "", row->doubt ? row->doubt : "");
}

/* Each cell's text is what its range of the passage prints. */
static void assert_ranges(struct arena *arena, const struct printed_table *table, const struct table_row *row)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct cell *cell = &row->cells[i];
        assert_true(cell->from <= cell->to && cell->to <= row->passage.length);
        struct normal normal = text_normal(arena, row->passage.text + cell->from, cell->to - cell->from);
        assert_string_equal(normal.text, cell->text);
    }
}

static const char *rows_of(const struct given *given, const struct printed_table *table, const char *prose)
{
    struct arena *arena = given->extract.arena;
    size_t count;
    const struct table_row *rows = table_rows(&given->extract, table, prose, &count);
    const char *found = "";
    for (size_t i = 0; i < count; i++) {
        assert_ranges(arena, table, &rows[i]);
        found = arena_printf(arena, "%s%s", found, show(arena, table, &rows[i]));
    }
    return found;
}

static void table_is(void **state)
{
    const struct table_test *test = *state;
    struct given given;
    given_make(&given);
    add_table(&given, test->header, test->body);
    struct printed_table table;
    assert_true(table_next(&given.extract, 0, given.in.count, &table));
    assert_string_equal(rows_of(&given, &table, test->prose), test->rows);
    assert_int_equal(table.end, given.in.count);
    arena_free(given.extract.arena);
}

/* ---- where a table stands ---- */

static bool next_table(const struct given *given, size_t from, struct printed_table *table)
{
    return table_next(&given->extract, from, given->in.count, table);
}

/* A header printed again after a page break, the number of the page between. */
static void table_goes_on(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    (void)given_record(&given.in, RECORD_CAPTION, 9, "表1 主要指标完成情况");
    add_table(&given, THREE, "1 工业产值 增长6% 增长6.2%\n2 绿地率");
    (void)given_record(&given.in, RECORD_PAGE_NUMBER, 13, "—9—");
    (void)given_lines(&given.in, RECORD_TABLE_HEADER, 14, "序号 指标名称\n预期目标 预计完成");
    (void)given_lines(&given.in, RECORD_TABLE_BODY, 16, "36% 36.2%\n3 失业率 5%以内 4.1%");
    struct printed_table table;
    assert_true(next_table(&given, 0, &table));
    assert_ptr_equal(table.caption, &given.in.records[0]);
    assert_string_equal(rows_of(&given, &table, ""),
                        "1|工业产值|增长6%|增长6.2%\n2|绿地率|36%|36.2%\n3|失业率|5%以内|4.1%\n");
    assert_false(next_table(&given, table.end, &table));
    arena_free(given.extract.arena);
}

/* Another header is another table, and so is one with a caption of its own. */
static void another_table(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    (void)given_record(&given.in, RECORD_TEXT, 8, "主要指标如下。");
    add_table(&given, THREE, "1 工业产值 增长6% 增长6.2%");
    add_table(&given, "序号 指标 目标", "1 绿地率 36%");
    (void)given_record(&given.in, RECORD_CAPTION, 20, "表2 主要指标");
    add_table(&given, "序号 指标 目标", "1 失业率 5%以内");
    struct printed_table table;
    assert_true(next_table(&given, 0, &table));
    assert_null(table.caption);
    assert_string_equal(rows_of(&given, &table, ""), "1|工业产值|增长6%|增长6.2%\n");
    assert_true(next_table(&given, table.end, &table));
    assert_string_equal(rows_of(&given, &table, ""), "1|绿地率|36%\n");
    assert_true(next_table(&given, table.end, &table));
    assert_string_equal(table.caption->text, "表2 主要指标");
    assert_string_equal(rows_of(&given, &table, ""), "1|失业率|5%以内\n");
    assert_false(next_table(&given, table.end, &table));
    arena_free(given.extract.arena);
}

/* What a header's columns are called and measure. */
static void columns_are_read(void **state)
{
    (void)state;
    static const char *const columns[] = {"category", "ordinal", "name", "target", "estimate"};
    static const char *const headers[] = {"指标分类", "序号", "指标名称", "2025年预期目标", "2024年预计完成"};
    struct given given;
    given_make(&given);
    add_table(&given, "指标分类\n序\n号\n指标名称 2025 年预期\n目标 2024 年预计完成", "1 绿地率 36% 36.2%");
    struct printed_table table;
    assert_true(next_table(&given, 0, &table));
    assert_int_equal(table.column_count, COUNT(columns));
    for (size_t i = 0; i < COUNT(columns); i++) {
        assert_string_equal(table.columns[i].column, columns[i]);
        assert_string_equal(table.columns[i].header, headers[i]);
    }
    assert_string_equal(table.columns[3].measure, "target");
    assert_string_equal(table.columns[4].measure, "estimate");
    assert_null(table.columns[2].measure);
    arena_free(given.extract.arena);
}

/* A row of more words than can be weighed has no cells and says so. */
static void too_many_words(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    const char *body = "1 绿地率";
    for (int i = 0; i < 70; i++)
        body = arena_printf(given.extract.arena, "%s 稳步", body);
    add_table(&given, THREE, arena_printf(given.extract.arena, "%s\n2 绿地率 36%% 36.2%%", body));
    struct printed_table table;
    assert_true(next_table(&given, 0, &table));
    assert_string_equal(rows_of(&given, &table, ""), "1||| ?unread\n2|绿地率|36%|36.2%\n");
    arena_free(given.extract.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(table_tests) + 4] = {
        cmocka_unit_test(table_goes_on),
        cmocka_unit_test(another_table),
        cmocka_unit_test(columns_are_read),
        cmocka_unit_test(too_many_words),
    };
    size_t count = 4;
    for (size_t i = 0; i < COUNT(table_tests); i++)
        tests[count++] = (struct CMUnitTest){table_tests[i].name, table_is, NULL, NULL, (void *)&table_tests[i]};
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
