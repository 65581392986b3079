/* columns: tables in plain text whose cells | or tabs keep apart. A row is a test: printed
 * lines, and the cells found in them, a line of the text a line:
 *
 *   TABLE.ROW.COLUMN:TEXT ... */
#include "given.h"

static const struct columns_test {
    const char *name, *text, *cells;
} columns_tests[] = {
  /* clang-format off */
    {"columns: between |", "|指标|目标|\n|---|---|\n|产值|6%|\n|绿地|36%|",
     "1.1.1:指标 1.1.2:目标\n\n1.3.1:产值 1.3.2:6%\n1.4.1:绿地 1.4.2:36%\n"},
    {"columns: between tabs", "指标\t目标\n产值\t6%\n绿地\t36%", "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n"},
    {"columns: two lines are no table", "指标\t目标\n产值\t6%", "\n\n"},
    {"columns: another number of them is another table", "指标\t目标\n产值\t6%\n绿地\t36%\n名称\t甲\t乙", "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n\n"},
    {"columns: an empty cell inside", "指标\t单位\t目标\n产值\t\t6%\n绿地\t%\t36", "1.1.1:指标 1.1.2:单位 1.1.3:目标\n1.2.1:产值 1.2.3:6%\n1.3.1:绿地 1.3.2:% 1.3.3:36\n"},
    {"columns: an empty cell at the end", "指标\t目标\t完成\n产值\t6%\t\n绿地\t36%\t37%", "1.1.1:指标 1.1.2:目标 1.1.3:完成\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36% 1.3.3:37%\n"},
    {"columns: an empty cell at the end of a framed line", "|指标|目标|完成|\n|产值|6%| |\n|绿地|36%|37%|", "1.1.1:指标 1.1.2:目标 1.1.3:完成\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36% 1.3.3:37%\n"},
    {"columns: an empty cell in front", "指标\t目标\t完成\n\t6%\t7%\n绿地\t36%\t37%", "1.1.1:指标 1.1.2:目标 1.1.3:完成\n1.2.2:6% 1.2.3:7%\n1.3.1:绿地 1.3.2:36% 1.3.3:37%\n"},
    {"columns: tabs in front of all lines", "\t指标\t目标\n\t产值\t6%\n\t绿地\t36%", "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n"},
    /* categories */
    {"category: numbered, between rows", "指标\t目标\n一、经济\n产值\t6%\n二、生态\n绿地\t36%",
     "1.1.1:指标 1.1.2:目标\n1.2.1:一、经济\n1.3.1:产值 1.3.2:6%\n1.4.1:二、生态\n1.5.1:绿地 1.5.2:36%\n"},
    {"category: framed like a row", "|指标|目标|\n|一、经济| |\n|产值|6%|\n|绿地|36%|",
     "1.1.1:指标 1.1.2:目标\n1.2.1:一、经济\n1.3.1:产值 1.3.2:6%\n1.4.1:绿地 1.4.2:36%\n"},
    {"category: not without a number", "指标\t目标\n产值\t6%\n绿地\t36%\n经济\n产值\t6%", "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n\n\n"},
    {"category: not below a blank line", "指标\t目标\n产值\t6%\n绿地\t36%\n\n二、生态\n绿地\t36%",
     "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n\n\n\n"},
    {"category: not above running text", "指标\t目标\n产值\t6%\n绿地\t36%\n二、生态\n绿地增加。", "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n\n\n"},
    {"category: not above the header of another table", "指标\t目标\n产值\t6%\n绿地\t36%\n二、生态\n指标\t完成\n产值\t6%\n绿地\t36%",
     "1.1.1:指标 1.1.2:目标\n1.2.1:产值 1.2.2:6%\n1.3.1:绿地 1.3.2:36%\n\n2.1.1:指标 2.1.2:完成\n2.2.1:产值 2.2.2:6%\n2.3.1:绿地 2.3.2:36%\n"},
  /* clang-format on */
};

/* The lines of a text, blank ones too. */
static void read_layout(struct arena *arena, const char *text, struct layout *layout)
{
    layout->lines = arena_alloc(arena, (strlen(text) + 1) * sizeof *layout->lines);
    for (;; text++) {
        size_t length = strcspn(text, "\n");
        layout->lines[layout->line_count++] = (struct layout_line){arena_copy(arena, text, length), length};
        text += length;
        if (!*text)
            return;
    }
}

static const char *show(struct arena *arena, const struct layout *layout)
{
    const char *shown = "";
    size_t cell = 0;
    for (long line = 1; line <= (long)layout->line_count; line++) {
        const char *between = "";
        for (; cell < layout->cell_count && layout->cells[cell].place.line == line; cell++) {
            const struct layout_cell *at = &layout->cells[cell];
            const char *text = layout->lines[line - 1].text;
            size_t from = 0, to, bytes;
            for (size_t i = 0; i < at->place.from; i++, from += bytes)
                (void)text_character(text, strlen(text), from, &bytes);
            to = from;
            for (size_t i = at->place.from; i < at->place.to; i++, to += bytes)
                (void)text_character(text, strlen(text), to, &bytes);
            shown = arena_printf(arena, "%s%s%ld.%ld.%ld:%.*s", shown, between, at->table, at->row, at->column,
                                 (int)(to - from), text + from);
            between = " ";
        }
        shown = arena_printf(arena, "%s\n", shown);
    }
    return shown;
}

static void columns_are(void **state)
{
    const struct columns_test *test = *state;
    struct arena *arena = arena_new();
    struct segment_text text = {.arena = arena, .rules = given_rules(arena)};
    struct layout layout = {.line_count = 0};
    read_layout(arena, test->text, &layout);
    columns_mark(&text, &layout);
    assert_string_equal(show(arena, &layout), test->cells);
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(columns_tests)];
    for (size_t i = 0; i < COUNT(columns_tests); i++)
        tests[i] = (struct CMUnitTest){columns_tests[i].name, columns_are, NULL, NULL, (void *)&columns_tests[i]};
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
