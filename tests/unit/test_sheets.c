/* sheets: labels, names and texts of project sheets. A row is a test: the records of
 * a document, and what they turn out to be. */
#include "../../stages/classify/classify.h"
#include "given.h"

enum { MOST = 12 };

static const struct sheet_row {
    const char *name;
    struct {
        enum record_kind kind;
        const char *text; /* NULL: no more records */
    } records[MOST];
    /* a line per record: N name, L label with its field, S text of a sheet, t other text,
     * l other line, h heading, p page number; then its text, / for a line end */
    const char *found;
} sheet_rows[] = {
  /* clang-format off */
    {"sheet: labels beside their texts",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "配合部门  无"},
      {RECORD_TEXT, "项目背景  湿地缩小。"}},
     "N 1．湿地修复行动\nL(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(background) 项目背景  湿地缩小。\n"},
    {"sheet: labels above their texts",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "牵头部门"}, {RECORD_LINE, "市园林局"}, {RECORD_LINE, "项目背景"},
      {RECORD_TEXT, "湿地缩小。"}, {RECORD_LINE, "项目内容"}, {RECORD_TEXT, "修复两处。"}},
     "N 1．湿地修复行动\nL(lead) 牵头部门\nS 市园林局\nL(background) 项目背景\nS 湿地缩小。\nL(content) 项目内容\n"
     "S 修复两处。\n"},
    {"sheet: labels with a colon, of another place",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "责任单位：市园林局"}, {RECORD_LINE, "建设内容:修复两处"},
      {RECORD_LINE, "资金来源：市级财政"}},
     "N 1．湿地修复行动\nL(lead) 责任单位：市园林局\nL(content) 建设内容:修复两处\nL(funding) 资金来源：市级财政\n"},
    {"sheet: spaces in front of a label",
     {{RECORD_LINE, "　　牵头部门 市园林局"}, {RECORD_LINE, "  配合部门 无"}, {RECORD_LINE, " 项目背景"}},
     "L(lead) 　　牵头部门 市园林局\nL(support)   配合部门 无\nL(background)  项目背景\n"},
    {"sheet: two labels are prose",
     {{RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "项目内容"}, {RECORD_TEXT, "修复两处。"}},
     "l 牵头部门  市园林局\nl 项目内容\nt 修复两处。\n"},
    {"sheet: a word that only begins like a label is text",
     {{RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "配合部门  无"}, {RECORD_LINE, "项目内容"},
      {RECORD_TEXT, "内容翔实。"}, {RECORD_LINE, "资金安排合理"}},
     "L(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(content) 项目内容\nS 内容翔实。\nS 资金安排合理\n"},
    {"sheet: the next begins where a label comes again",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "项目内容  修复两处"},
      {RECORD_HEADING, "2．社区食堂行动"}, {RECORD_LINE, "牵头部门  市民政局"}, {RECORD_LINE, "项目内容  新建三家"}},
     "N 1．湿地修复行动\nL(lead) 牵头部门  市园林局\nL(content) 项目内容  修复两处\nN 2．社区食堂行动\n"
     "L(lead) 牵头部门  市民政局\nL(content) 项目内容  新建三家\n"},
    {"sheet: a page number below the name",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_PAGE_NUMBER, "—9—"}, {RECORD_LINE, "牵头部门  市园林局"},
      {RECORD_LINE, "配合部门  无"}, {RECORD_LINE, "项目内容  修复两处"}},
     "N 1．湿地修复行动\np —9—\nL(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(content) 项目内容  修复两处\n"},
    {"sheet: numbered points inside a field are text",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "项目内容"},
      {RECORD_TEXT, "1．修复两处。"}, {RECORD_HEADING, "2．新建一处"}, {RECORD_LINE, "年度目标  修复三处"}},
     "N 1．湿地修复行动\nL(lead) 牵头部门  市园林局\nL(content) 项目内容\nS 1．修复两处。\nS 2．新建一处\n"
     "L(goals) 年度目标  修复三处\n"},
    {"sheet: without a numbered line above there is no name",
     {{RECORD_LINE, "湿地修复行动"}, {RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "配合部门  无"},
      {RECORD_LINE, "项目内容  修复两处"}},
     "l 湿地修复行动\nL(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(content) 项目内容  修复两处\n"},
    {"sheet: a text that runs over a label is cut",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "配合部门  无"},
      {RECORD_TEXT, "项目背景  湿地\n缩小。\n项目内容  修复\n两处。"}},
     "N 1．湿地修复行动\nL(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(background) 项目背景  湿地/缩小。\n"
     "L(content) 项目内容  修复/两处。\n"},
    {"sheet: over two labels, in two places",
     {{RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "配合部门  无"}, {RECORD_LINE, "项目背景"},
      {RECORD_TEXT, "湿地缩小。\n项目内容\n修复两处。\n年度目标\n修复三处。"}},
     "L(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(background) 项目背景\nS 湿地缩小。\n"
     "L(content) 项目内容/修复两处。\nL(goals) 年度目标/修复三处。\n"},
    {"sheet: a label inside a sentence is no cut",
     {{RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "配合部门  无"}, {RECORD_LINE, "项目背景"},
      {RECORD_TEXT, "修复湿地，见\n项目内容 和附件。"}},
     "L(lead) 牵头部门  市园林局\nL(support) 配合部门  无\nL(background) 项目背景\nS 修复湿地，见/项目内容 和附件。\n"},
    {"sheet: a label with a colon is cut below an unfinished line too",
     {{RECORD_TEXT, "1．湿地修复行动\n责任单位：市园林局\n建设内容：修复湿地\n两处。"}, {RECORD_LINE, "完成时限：6月底前"}},
     "N 1．湿地修复行动\nL(lead) 责任单位：市园林局\nL(content) 建设内容：修复湿地/两处。\n"
     "L(deadline) 完成时限：6月底前\n"},
    {"sheet: the heading of the next category is no text of the field above",
     {{RECORD_HEADING, "1．湿地修复行动"}, {RECORD_LINE, "牵头部门  市园林局"}, {RECORD_LINE, "项目内容  修复两处"},
      {RECORD_HEADING, "二、社区服务"}, {RECORD_PAGE_NUMBER, "—9—"}, {RECORD_HEADING, "2．社区食堂行动"},
      {RECORD_LINE, "牵头部门  市民政局"}},
     "N 1．湿地修复行动\nL(lead) 牵头部门  市园林局\nL(content) 项目内容  修复两处\nh 二、社区服务\np —9—\n"
     "N 2．社区食堂行动\nL(lead) 牵头部门  市民政局\n"},
    {"sheet: a text in a document without sheets is not cut",
     {{RECORD_TEXT, "湿地缩小。\n项目内容\n修复两处。"}},
     "t 湿地缩小。/项目内容/修复两处。\n"},
  /* clang-format on */
};

static struct gazette gazette_of(struct arena *arena, const struct sheet_row *row)
{
    struct gazette gazette = {.arena = arena, .path = "given"};
    (void)given_record(&gazette, RECORD_TITLE, 1, "民生实事候选项目详细说明");
    for (size_t i = 0; i < MOST && row->records[i].text; i++) {
        const char *text = row->records[i].text;
        long next = gazette.records[i].pieces[gazette.records[i].piece_count - 1].line + 1;
        struct record *record = given_record(&gazette, row->records[i].kind, next, text);
        record->document = 1;
        if (*text >= '1' && *text <= '9') {
            record_set(&gazette, record, ATTRIBUTE_DEPTH, "3");
            record_set(&gazette, record, ATTRIBUTE_ORDINAL, arena_copy(arena, text, 1));
        }
    }
    return gazette;
}

static const char *letter_of(const struct record *record)
{
    switch (record->kind) {
    case RECORD_SHEET_NAME:
        return "N";
    case RECORD_SHEET_LABEL:
        return "L";
    case RECORD_SHEET_TEXT:
        return "S";
    case RECORD_TEXT:
        return "t";
    case RECORD_HEADING:
        return "h";
    case RECORD_PAGE_NUMBER:
        return "p";
    default:
        return "l";
    }
}

static const char *show(struct arena *arena, const struct record *record)
{
    char *text = arena_copy(arena, record->text, strlen(record->text));
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = '/';
    const char *field = record_value(record, ATTRIBUTE_FIELD);
    return *field ? arena_printf(arena, "%s(%s) %s\n", letter_of(record), field, text)
                  : arena_printf(arena, "%s %s\n", letter_of(record), text);
}

/* A record has a piece for each of its lines, and they go on from one to the next. */
static void assert_pieces(const struct gazette *gazette)
{
    long line = 0;
    for (size_t i = 0; i < gazette->count; i++) {
        const struct record *record = &gazette->records[i];
        size_t lines = 1;
        for (const char *c = record->text; *c; c++)
            lines += *c == '\n';
        assert_int_equal(record->piece_count, lines);
        for (size_t k = 0; k < lines; k++)
            assert_int_equal(record->pieces[k].line, ++line);
    }
}

static void sheets_are(void **state)
{
    const struct sheet_row *row = *state;
    struct arena *arena = arena_new();
    const struct rules *rules = given_rules(arena);
    struct gazette gazette = gazette_of(arena, row);
    sheets_cut(&gazette, rules);
    struct document document = {&gazette, rules, 0, document_end(&gazette, 0)};
    sheets_find(&document);
    const char *found = "";
    for (size_t i = 1; i < gazette.count; i++)
        found = arena_printf(arena, "%s%s", found, show(arena, &gazette.records[i]));
    assert_string_equal(found, row->found);
    assert_pieces(&gazette);
    arena_free(arena);
}

/* Labels inside the lines of a paragraph: each piece is the part of its line. */
static void paragraph_is_cut(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t from, to;
        long line;
    } parts[] = {
        {"1．湿地修复行动。",        0,  9,  2},
        {"责任单位：市园林局。",   9,  19, 2},
        {"配合单位：各镇  ",          19, 28, 2},
        {"建设内容：修复\n湿地。", 28, 35, 2},
        {"资金来源：20万元",          3,  12, 3},
    };
    struct arena *arena = arena_new();
    const struct rules *rules = given_rules(arena);
    struct gazette gazette = {.arena = arena, .path = "given"};
    (void)given_record(&gazette, RECORD_TITLE, 1, "民生实事项目");
    (void)given_record(&gazette, RECORD_TEXT, 2,
                       "1．湿地修复行动。责任单位：市园林局。配合单位：各镇  建设内容：修复\n湿地。资金来源：20万元");
    sheets_cut(&gazette, rules);
    assert_int_equal(gazette.count, 1 + COUNT(parts));
    for (size_t i = 0; i < COUNT(parts); i++) {
        const struct record *record = &gazette.records[i + 1];
        assert_string_equal(record->text, parts[i].text);
        assert_int_equal(record->pieces[0].line, parts[i].line);
        assert_int_equal(record->pieces[0].from, parts[i].from);
        assert_int_equal(record->pieces[0].to, parts[i].to);
    }
    assert_int_equal(gazette.records[4].piece_count, 2);
    assert_int_equal(gazette.records[4].pieces[1].line, 3);
    assert_int_equal(gazette.records[4].pieces[1].from, 0);
    assert_int_equal(gazette.records[4].pieces[1].to, 3);
    arena_free(arena);
}

/* One label alone behind a sentence may be prose. */
static void prose_is_not_cut(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct rules *rules = given_rules(arena);
    struct gazette gazette = {.arena = arena, .path = "given"};
    (void)given_record(&gazette, RECORD_TITLE, 1, "民生实事项目");
    (void)given_record(&gazette, RECORD_LINE, 2, "牵头部门：市园林局");
    (void)given_record(&gazette, RECORD_LINE, 3, "配合部门：无");
    (void)given_record(&gazette, RECORD_LINE, 4, "项目背景：");
    (void)given_record(&gazette, RECORD_TEXT, 5, "湿地缩小。主要内容：修复两处，见资金来源：附件。");
    sheets_cut(&gazette, rules);
    assert_int_equal(gazette.count, 5);
    arena_free(arena);
}

static void add_cell(struct gazette *gazette, long row, long column, const char *text)
{
    struct record *record = given_record(gazette, RECORD_CELL, row, text);
    record_set(gazette, record, ATTRIBUTE_CELL, arena_printf(gazette->arena, "1 %ld %ld 1 1 td", row, column));
}

/* A table of projects: labels in its header, names below; headed again on the next page. */
static void table_is_marked(void **state)
{
    (void)state;
    static const char *const cells[][3] = {
        {"序号", "项目名称", "投资估算（万元）"},
        {"1",      "湿地修复", "20"                      },
        {"序号", "项目名称", "投资估算（万元）"},
        {"2",      "社区食堂", "30"                      },
    };
    struct arena *arena = arena_new();
    const struct rules *rules = given_rules(arena);
    struct gazette gazette = {.arena = arena, .path = "given"};
    record_set(&gazette, given_record(&gazette, RECORD_TITLE, 1, "民生实事项目"), ATTRIBUTE_CLASS,
               "project-candidates");
    for (size_t row = 0; row < COUNT(cells); row++)
        for (size_t i = 0; i < COUNT(cells[row]); i++)
            add_cell(&gazette, (long)row + 1, (long)i + 1, cells[row][i]);
    struct document document = {&gazette, rules, 0, gazette.count};
    project_grids_find(&document);
    assert_string_equal(record_value(&gazette.records[0], ATTRIBUTE_CLASS), "project-sheets");
    assert_string_equal(record_value(&gazette.records[1], ATTRIBUTE_FIELD), "no");
    assert_string_equal(record_value(&gazette.records[2], ATTRIBUTE_FIELD), "name");
    assert_string_equal(record_value(&gazette.records[3], ATTRIBUTE_FIELD), "funding");
    for (size_t row = 0; row < COUNT(cells); row++)
        assert_int_equal(gazette.records[2 + 3 * row].kind, row % 2 ? RECORD_SHEET_NAME : RECORD_SHEET_LABEL);
    assert_int_equal(gazette.records[6].kind, RECORD_SHEET_TEXT);
    arena_free(arena);
}

/* A document of sheets is one, whatever its title says. */
static void class_is_set(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct rules *rules = given_rules(arena);
    struct gazette gazette = gazette_of(arena, &sheet_rows[0]);
    struct document document = {&gazette, rules, 0, document_end(&gazette, 0)};
    sheets_find(&document);
    assert_string_equal(record_value(&gazette.records[0], ATTRIBUTE_CLASS), "project-sheets");
    arena_free(arena);
}

/* What was cut off keeps its section, and both halves have a normal form. */
static void halves_are_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct rules *rules = given_rules(arena);
    struct gazette gazette = {.arena = arena, .path = "given"};
    (void)given_record(&gazette, RECORD_TITLE, 1, "民生实事候选项目详细说明");
    (void)given_record(&gazette, RECORD_LINE, 2, "牵头部门  市园林局");
    (void)given_record(&gazette, RECORD_LINE, 3, "配合部门  无");
    struct record *text = given_record(&gazette, RECORD_TEXT, 4, "项目背景 湿地\n缩小。\n项目内容 修复\n两处。");
    record_set(&gazette, text, ATTRIBUTE_SECTION, "1");
    record_set(&gazette, text, ATTRIBUTE_PAGE, "12");
    sheets_cut(&gazette, rules);
    assert_int_equal(gazette.count, 5);
    assert_string_equal(record_value(&gazette.records[3], ATTRIBUTE_NORMAL), "项目背景湿地缩小。");
    assert_string_equal(record_value(&gazette.records[4], ATTRIBUTE_NORMAL), "项目内容修复两处。");
    assert_string_equal(record_value(&gazette.records[4], ATTRIBUTE_SECTION), "1");
    assert_string_equal(record_value(&gazette.records[4], ATTRIBUTE_PAGE), "12");
    arena_free(arena);
}

int main(void)
{
    enum { OTHERS = 5 };
    struct CMUnitTest tests[OTHERS + COUNT(sheet_rows)] = {
        cmocka_unit_test(class_is_set),     cmocka_unit_test(halves_are_whole), cmocka_unit_test(paragraph_is_cut),
        cmocka_unit_test(prose_is_not_cut), cmocka_unit_test(table_is_marked),
    };
    for (size_t i = 0; i < COUNT(sheet_rows); i++)
        tests[OTHERS + i] = (struct CMUnitTest){sheet_rows[i].name, sheets_are, NULL, NULL, (void *)&sheet_rows[i]};
    return cmocka_run_group_tests_name("sheets", tests, NULL, NULL);
}
