/* headings: which lines are headings, and which open a numbered point. A row is a
 * test. Lines are written as segment sees them; \f stands for a title. */
#include "given.h"

/* 40 half widths: as wide as a full line here */
#define FULL "云泽市依山傍水四季分明市民安居乐业各业兴"
/* with a mark of four in front */
#define REST "依山傍水四季分明市民安居乐业百业兴旺"

static const struct line_measure measure = {40, true, LINES_ALL};

/* A word a line: H heading with depth and number, h its later lines, P the line of a
 * numbered point with the same, . others. */
static const struct heading_row {
    const char *name, *text, *lines;
} heading_rows[] = {
  /* clang-format off */
    {"heading: a part", "第二部分 今年安排\n建成公园。 \n", "H0:2 ."},
    {"heading: a chapter", "第十二章 附则\n建成公园。 \n", "H1:12 ."},
    {"heading: a section of a chapter", "第三节 绿地\n建成公园。 \n", "H2:3 ."},
    {"heading: depth 1", "一、上年回顾\n建成公园。 \n", "H1:1 ."},
    {"heading: depth 2", "（十一）城市绿地\n建成公园。 \n", "H2:11 ."},
    {"heading: depth 2 in half-width brackets", "(二) 城市绿地\n建成公园。 \n", "H2:2 ."},
    {"heading: depth 3", "３．城市绿地\n建成公园。 \n", "H3:3 ."},
    {"heading: depth 3, a plain dot", "3. 城市绿地\n建成公园。 \n", "H3:3 ."},
    {"heading: depth 4", "（4）城市绿地\n建成公园。 \n", "H4:4 ."},
    {"heading: the last line", "建成公园。 \n一、上年回顾\n", ". H1:1"},
    {"heading: over two lines", "一、云泽" REST "\n有序推进\n建成公园。 \n", "H1:1 h ."},
    {"heading: one below the other", "一、上年回顾\n（一）城市绿地\n建成公园。 \n", "H1:1 H2:1 ."},
    {"heading: a full one below the other", "1．云泽" REST "\n2．云泽" REST "\n", "H3:1 H3:2"},
    {"point: a sentence", "1．建成公园两座。 \n", "P3:1"},
    {"point: a sentence over two lines", "1．云泽" REST "\n有序推进。 \n", "P3:1 ."},
    {"point: a name and its sentence", "1．城市绿地。建成公园两座\n", "P3:1"},
    {"point: a clause", "（一）城市绿地，\n", "P2:1"},
    {"point: longer than a heading may be", "一、云泽" REST "\n" FULL "\n" FULL "\n有序推进\n", "P1:1 . . ."},
    {"no mark: a number in running text", "云泽市依山傍水建设中的轨道交通线路6、\n7、8号线有序推进。 \n", ". ."},
    {"no mark: the same for a heading", "云泽市依山傍水建设中的轨道交通线路6、\n7、8号线\n", ". ."},
    {"no mark: the next of a sequence is one", "6．云泽" REST "\n7．云泽" REST "\n", "H3:6 H3:7"},
    {"no mark: one that is not the next", "6．云泽" REST "\n9．云泽" REST "\n有序推进。 \n", "P3:6 . ."},
    {"no mark: a title begins a new sequence", "6．城市绿地\n\f工作报告\n" FULL "\n7、8号线有序推进。 \n", "H3:6 . . ."},
    {"no mark: a decimal", "1.5亿元用于绿地\n", "."},
    {"no mark: a year", "2025年建成公园\n", "."},
    {"no mark: the first of several", "一是建成公园\n", "."},
    {"no mark: a date in brackets", "（2025年1月9日）\n", "."},
    {"no mark: a count", "（8个）\n", "."},
  /* clang-format on */
};

static const char *mark_of(struct arena *arena, const struct segment_line *line)
{
    if (line->kind == RECORD_HEADING && line->goes_on)
        return "h";
    const char *letter = line->kind == RECORD_HEADING ? "H" : "P";
    return line->depth ? arena_printf(arena, "%s%s:%s", letter, line->depth, line->ordinal) : ".";
}

static void headings_are(void **state)
{
    const struct heading_row *row = *state;
    struct arena *arena = arena_new();
    struct segment_text text = given_text(arena, row->text);
    const char *lines = "";
    text.measure = measure;
    for (size_t i = 0; i < text.count; i++)
        if (text.lines[i].text[0] == '\f')
            text.lines[i].kind = RECORD_TITLE;
    headings_find(&text);
    for (size_t i = 0; i < text.count; i++)
        lines = arena_printf(arena, "%s%s%s", lines, i ? " " : "", mark_of(arena, &text.lines[i]));
    assert_string_equal(lines, row->lines);
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(heading_rows)];
    for (size_t i = 0; i < COUNT(heading_rows); i++)
        tests[i] = (struct CMUnitTest){heading_rows[i].name, headings_are, NULL, NULL, (void *)&heading_rows[i]};
    return cmocka_run_group_tests_name("headings", tests, NULL, NULL);
}
