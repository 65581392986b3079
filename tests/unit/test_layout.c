/* layout: what decode leaves is read back; what it never writes is refused, with
 * the file and the line. A row is a test. */
#include "../../stages/lib/layout.h"
#include "../../stages/lib/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char folder[] = "/tmp/gongbao-layout-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fault *wrong = tree_remove(arena, folder);
    arena_free(arena);
    return wrong ? -1 : 0;
}

static void write_file(struct arena *arena, const char *name, const char *text, size_t size)
{
    struct output *out;
    assert_null(output_open(arena, path_join(arena, folder, name), &out));
    fwrite(text, 1, size, output_stream(out));
    assert_null(output_close(out));
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    static const char text[] = "第一行 \n\n\tthird\n";
    struct arena *arena = arena_new();
    struct page_break breaks[] = {
        {1, 2, ""  },
        {3, 0, "12"},
        {4, 0, ""  }
    }; /* the last one behind all lines */
    struct layout layout, written = {
                              .facts = {"a\tb", "in\nput.txt", "19", "00", "UTF-8", "0", "3", "苏州市"},
                              .breaks = breaks,
                              .break_count = COUNT(breaks),
    };
    struct layout_cell cell = {
        {1, 0, 2},
        1, 2, 3, 4, 5, true
    };
    struct layout_heading heading = {
        {3, 1, 6},
        6
    };
    struct layout_place furniture = {3, 0, 1};
    layout_add_cell(arena, &written, &cell);
    cell = (struct layout_cell){
        {1, 3, 4},
        12, 1, 1, 1, 1, false
    };
    layout_add_cell(arena, &written, &cell);
    layout_add_heading(arena, &written, &heading);
    layout_add_furniture(arena, &written, &furniture);
    write_file(arena, "decoded.txt", text, strlen(text));
    assert_null(layout_write(arena, folder, &written));
    assert_null(layout_read(arena, folder, &layout));
    for (size_t i = 0; i < LAYOUT_FACT_COUNT; i++)
        assert_string_equal(layout.facts[i], written.facts[i] ? written.facts[i] : "");
    assert_int_equal(layout.line_count, 3);
    assert_string_equal(layout.lines[0].text, "第一行 ");
    assert_int_equal(layout.lines[0].length, 10);
    assert_string_equal(layout.lines[1].text, "");
    assert_string_equal(layout.lines[2].text, "\tthird");
    assert_int_equal(layout.break_count, COUNT(breaks));
    for (size_t i = 0; i < COUNT(breaks); i++) {
        assert_int_equal(layout.breaks[i].line, breaks[i].line);
        assert_int_equal(layout.breaks[i].from, breaks[i].from);
        assert_string_equal(layout.breaks[i].number, breaks[i].number);
    }
    assert_int_equal(layout.cell_count, 2);
    assert_memory_equal(&layout.cells[1].place, &cell.place, sizeof cell.place);
    assert_int_equal(layout.cells[0].column_span, 5);
    assert_true(layout.cells[0].is_header);
    assert_int_equal(layout.cells[1].table, 12);
    assert_false(layout.cells[1].is_header);
    assert_int_equal(layout.heading_count, 1);
    assert_memory_equal(&layout.headings[0].place, &heading.place, sizeof heading.place);
    assert_int_equal(layout.headings[0].level, 6);
    assert_int_equal(layout.furniture_count, 1);
    assert_memory_equal(layout.furniture, &furniture, sizeof furniture);
    arena_free(arena);
}

static const char header[] = "line\tfrom\tto\twhat\tvalue\n";
static const char facts[] =
    "\t\t\tgazette\tid\n\t\t\tinput\ti.txt\n\t\t\tbytes\t4\n\t\t\tsha256\t0\n"
    "\t\t\tencoding\tUTF-8\n\t\t\treplaced\t0\n";
static const char none[] = "";

static const struct row {
    const char *name, *text;
    const char *header, *facts, *rest; /* layout.tsv */
    const char *file;                  /* that is at fault */
    long line;
} rows[] = {
    {"wrong: bytes that are no UTF-8",     "a\n\xff\n",   header, facts, "\t\t\tlines\t2\n",                                           "decoded.txt", 2},
    {"wrong: half a character at the end", "a\n\xe4\xb8", header, facts, "\t\t\tlines\t2\n",                                           "decoded.txt", 2},
    {"wrong: a control character",         "a\nb\rc\n",   header, facts, "\t\t\tlines\t2\n",                                           "decoded.txt", 2},
    {"wrong: nothing at all",              "a\n",         none,   none,  none,                                                         "layout.tsv",  1},
    {"wrong: another header",              "a\n",         none,   none,  "line\tfrom\tto\twhat\tvalues\n",                             "layout.tsv",  1},
    {"wrong: a fact missing",              "a\n",         header, facts, none,                                                         "layout.tsv",  0},
    {"wrong: another number of lines",     "a\n",         header, facts, "\t\t\tlines\t2\n",                                           "layout.tsv",  0},
    {"wrong: a column missing",            "a\n",         header, none,  "\t\tgazette\tid\n",                                          "layout.tsv",  2},
    {"wrong: a column too many",           "a\n",         header, none,  "\t\t\tgazette\tid\t\n",                                      "layout.tsv",  2},
    {"wrong: an unknown escape",           "a\n",         header, none,  "\t\t\tgazette\ti\\d\n",                                      "layout.tsv",  2},
    {"wrong: a backslash at the end",      "a\n",         header, none,  "\t\t\tgazette\ti\\\n",                                       "layout.tsv",  2},
    {"wrong: an unknown fact",             "a\n",         header, none,  "\t\t\tcolour\tred\n",                                        "layout.tsv",  2},
    {"wrong: a page in no line",           "a\n",         header, none,  "3\t0\t\tpage\t\n",                                           "layout.tsv",  2},
    {"wrong: a page in line 0",            "a\n",         header, none,  "0\t0\t\tpage\t\n",                                           "layout.tsv",  2},
    {"wrong: a page without a column",     "a\n",         header, none,  "1\t\t\tpage\t\n",                                            "layout.tsv",  2},
    {"wrong: a number too large",          "a\n",         header, none,  "99999999999999999999\t0\t\tpage\t\n",                        "layout.tsv",  2},
    {"wrong: a cell in no line",           "a\n",         header, none,  "2\t0\t1\tcell\t1 1 1 1 1 td\n",                              "layout.tsv",  2},
    {"wrong: a cell of no characters",     "a\n",         header, none,  "1\t1\t1\tcell\t1 1 1 1 1 td\n",                              "layout.tsv",  2},
    {"wrong: a cell longer than its line", "a\n",         header, none,  "1\t0\t2\tcell\t1 1 1 1 1 td\n",                              "layout.tsv",  2},
    {"wrong: a cell without a span",       "a\n",         header, none,  "1\t0\t1\tcell\t1 1 1 1 td\n",                                "layout.tsv",  2},
    {"wrong: a cell in row 0",             "a\n",         header, none,  "1\t0\t1\tcell\t1 0 1 1 1 td\n",                              "layout.tsv",  2},
    {"wrong: a cell of another kind",      "a\n",         header, none,  "1\t0\t1\tcell\t1 1 1 1 1 tx\n",                              "layout.tsv",  2},
    {"wrong: a cell with more",            "a\n",         header, none,  "1\t0\t1\tcell\t1 1 1 1 1 td 1\n",                            "layout.tsv",  2},
    {"wrong: a cell in a row too far",     "a\n",         header, none,  "1\t0\t1\tcell\t1 99999999999999999999 1 1 1 td\n",
     "layout.tsv",                                                                                                                                    2},
    {"wrong: cells one on another",        "a\n",         header, none,  "1\t0\t1\tcell\t1 1 1 1 1 td\n1\t0\t1\tcell\t1 1 2 1 1 td\n",
     "layout.tsv",                                                                                                                                    3},
    {"wrong: a heading of level 7",        "a\n",         header, none,  "1\t0\t1\theading\t7\n",                                      "layout.tsv",  2},
    {"wrong: furniture without an end",    "a\n",         header, none,  "1\t0\t\tfurniture\t\n",                                      "layout.tsv",  2},
    {"wrong: pages that run backwards",    "a\nb\n",      header, none,  "2\t0\t\tpage\t\n1\t0\t\tpage\t\n",                           "layout.tsv",  3},
};

static void is_refused(void **state)
{
    const struct row *row = *state;
    struct arena *arena = arena_new();
    struct layout layout;
    const char *text = arena_printf(arena, "%s%s%s", row->header, row->facts, row->rest);
    write_file(arena, "decoded.txt", row->text, strlen(row->text));
    write_file(arena, "layout.tsv", text, strlen(text));
    struct fault *wrong = layout_read(arena, folder, &layout);
    assert_non_null(wrong);
    assert_string_equal(wrong->path, path_join(arena, folder, row->file));
    assert_int_equal(wrong->line, row->line);
    arena_free(arena);
}

static void a_nul_byte_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct layout layout;
    write_file(arena, "decoded.txt", "a\n", 2);
    write_file(arena, "layout.tsv", header, sizeof header); /* with the NUL at its end */
    assert_non_null(layout_read(arena, folder, &layout));
    arena_free(arena);
}

static void a_folder_without_files_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct layout layout;
    assert_non_null(layout_read(arena, "/nowhere", &layout));
    arena_free(arena);
}

static void what_is_given_is_taken(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct layout layout = {.facts = {"id"}};
    static const char given[] = "year\t2019\nsource\ta\\tb\n", wrong[] = "place\tp\ncolour\tred\n";
    assert_null(layout_take_given(arena, folder, &layout)); /* there is none */
    write_file(arena, "given.tsv", given, strlen(given));
    assert_null(layout_take_given(arena, folder, &layout));
    assert_string_equal(layout.facts[LAYOUT_YEAR], "2019");
    assert_string_equal(layout.facts[LAYOUT_SOURCE], "a\tb");
    assert_null(layout.facts[LAYOUT_PLACE]);
    assert_string_equal(layout.facts[LAYOUT_GAZETTE], "id");
    write_file(arena, "given.tsv", wrong, strlen(wrong));
    struct fault *fault = layout_take_given(arena, folder, &layout);
    assert_non_null(fault);
    assert_int_equal(fault->line, 2);
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 4] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_given_is_taken),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(a_folder_without_files_is_refused),
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i + 4] = (struct CMUnitTest){rows[i].name, is_refused, NULL, NULL, (void *)&rows[i]};
    return cmocka_run_group_tests_name("layout", tests, make_folder, remove_folder);
}
