/* pages: where pages begin and which numbers they have. A row is a test: a text, and
 * the page of each of its lines that are not blank, `.` where that is not certain. */
#include "given.h"

/* Pages of four lines, the last of which ends a paragraph. */
#define PAGE(a) a "山\n" a "水\n" a "田\n" a "园。 \n"
#define LATER(a) " " PAGE(a)

static const struct page_row {
    const char *name, *text, *pages;
    long breaks[4]; /* lines that form feeds stand before; 0 at the end */
} page_rows[] = {
  /* clang-format off */
    {"pages: no number is printed", PAGE("甲") LATER("乙"), "........", {0}},
    {"pages: a number at the foot", PAGE("甲") LATER("乙") "—2—\n", "....22222", {0}},
    {"pages: other dashes", PAGE("甲") LATER("乙") "－ ２ －\n", "....22222", {0}},
    {"pages: after a number there is no space", PAGE("甲") LATER("乙") "— 2 —\n" PAGE("丙") "—3—\n",
     "....2222233333", {0}},
    {"pages: as many breaks as the numbers need",
     PAGE("甲") LATER("乙") "—2—\n" PAGE("丙") LATER("丁") LATER("戊") "—5—\n", "....222223333444455555", {0}},
    {"pages: a break too few", PAGE("甲") LATER("乙") "—2—\n" PAGE("丙") LATER("戊") "—5—\n", "....22222....55555", {0}},
    {"pages: a break too many",
     PAGE("甲") LATER("乙") "—2—\n" PAGE("丙") LATER("丁") LATER("戊") "—4—\n", "....22222........44444", {0}},
    {"pages: none behind the last number", PAGE("甲") LATER("乙") "—2—\n" PAGE("丙") LATER("丁"), "....22222........", {0}},
    {"pages: a number far below the last break",
     PAGE("甲") LATER("乙") PAGE("丙") PAGE("丁") "—4—\n", ".................", {0}},
    {"pages: a space in a cell is no break",
     PAGE("甲") LATER("乙") "—2—\n" PAGE("丙") " 丁山\n丁水绿化\n 左右\n丁园。 \n" "—4—\n",
     "....22222333344444", {0}},
    {"pages: one below a sentence is", PAGE("甲") LATER("乙") "—2—\n" "园林绿化。\n" LATER("丁") "—4—\n",
     "....22222344444", {0}},
    {"pages: a space below a blank line is none",
     PAGE("甲") LATER("乙") "—2—\n" "丙山。 \n\n 丙水\n丙园。 \n" LATER("丁") "—4—\n", "....2222233344444", {0}},
    {"pages: an indent is none", PAGE("甲") LATER("乙") "—2—\n" "丙山。 \n  丙水\n丙园。 \n" LATER("丁") "—4—\n",
     "....2222233344444", {0}},
    {"pages: nor is an ideographic space",
     PAGE("甲") LATER("乙") "—2—\n" "丙山。 \n　丙水\n丙园。 \n" LATER("丁") "—4—\n", "....2222233344444", {0}},
    {"pages: form feeds", PAGE("甲") PAGE("乙") "—2—\n" PAGE("丙") PAGE("丁") "—4—\n", "....22222333344444", {5, 10, 14, 0}},
    {"pages: a form feed after one line", PAGE("甲") PAGE("乙") "—2—\n丙山\n" PAGE("丁") "—4—\n", "....22222344444",
     {5, 10, 11, 0}},
    {"pages: with form feeds a space says nothing",
     PAGE("甲") LATER("乙") PAGE("丙") "—2—\n" PAGE("丁") "—3—\n", "....22222222233333", {5, 14, 0}},
    {"pages: a form feed before a blank line", PAGE("甲") "\n\n" PAGE("乙") "—2—\n", "....22222", {5, 0}},
  /* clang-format on */
};

static void pages_are(void **state)
{
    const struct page_row *row = *state;
    struct arena *arena = arena_new();
    struct segment_text text = given_text(arena, row->text);
    struct page_break breaks[COUNT(row->breaks)] = {{0}};
    struct layout layout = {.breaks = breaks};
    for (; row->breaks[layout.break_count]; layout.break_count++)
        breaks[layout.break_count].line = row->breaks[layout.break_count];
    pages_find(&text, &layout);
    const char *pages = "";
    for (size_t i = 0; i < text.count; i++)
        pages = arena_printf(arena, "%s%s", pages, text.lines[i].page ? text.lines[i].page : ".");
    assert_string_equal(pages, row->pages);
    arena_free(arena);
}

/* What only looks like a page number stays a line. */
static const struct number_row {
    const char *line;
    bool is_number;
} number_rows[] = {
    {"— 85 —",     true },
    {"第 12 页",     true },
    {"85",             false},
    {"2024—2025",    false},
    {"— 85 页 —", false},
    {"—85",          false},
};

static void number_is(void **state)
{
    const struct number_row *row = *state;
    struct arena *arena = arena_new();
    struct segment_text text = given_text(arena, row->line);
    pages_find(&text, &(struct layout){.break_count = 0});
    assert_int_equal(text.lines[0].kind == RECORD_PAGE_NUMBER, row->is_number);
    assert_int_equal(text.lines[0].rule != NULL, row->is_number);
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(page_rows) + COUNT(number_rows)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(page_rows); i++)
        tests[count++] = (struct CMUnitTest){page_rows[i].name, pages_are, NULL, NULL, (void *)&page_rows[i]};
    for (size_t i = 0; i < COUNT(number_rows); i++)
        tests[count++] = (struct CMUnitTest){number_rows[i].line, number_is, NULL, NULL, (void *)&number_rows[i]};
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
