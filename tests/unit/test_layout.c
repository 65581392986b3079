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
        {1, 2},
        {3, 0},
        {4, 0}
    }; /* the last one behind all lines */
    struct layout layout, written = {
                              .facts = {"a\tb", "in\nput.txt", "19", "00", "UTF-8", "0", "3"},
                              .breaks = breaks,
                              .break_count = COUNT(breaks),
    };
    write_file(arena, "decoded.txt", text, strlen(text));
    assert_null(layout_write(arena, folder, &written));
    assert_null(layout_read(arena, folder, &layout));
    for (size_t i = 0; i < LAYOUT_FACT_COUNT; i++)
        assert_string_equal(layout.facts[i], written.facts[i]);
    assert_int_equal(layout.line_count, 3);
    assert_string_equal(layout.lines[0].text, "第一行 ");
    assert_int_equal(layout.lines[0].length, 10);
    assert_string_equal(layout.lines[1].text, "");
    assert_string_equal(layout.lines[2].text, "\tthird");
    assert_int_equal(layout.break_count, COUNT(breaks));
    assert_memory_equal(layout.breaks, breaks, sizeof breaks);
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
    {"wrong: bytes that are no UTF-8",     "a\n\xff\n",   header, facts, "\t\t\tlines\t2\n",                    "decoded.txt", 2},
    {"wrong: half a character at the end", "a\n\xe4\xb8", header, facts, "\t\t\tlines\t2\n",                    "decoded.txt", 2},
    {"wrong: a control character",         "a\nb\rc\n",   header, facts, "\t\t\tlines\t2\n",                    "decoded.txt", 2},
    {"wrong: nothing at all",              "a\n",         none,   none,  none,                                  "layout.tsv",  1},
    {"wrong: another header",              "a\n",         none,   none,  "line\tfrom\tto\twhat\tvalues\n",      "layout.tsv",  1},
    {"wrong: a fact missing",              "a\n",         header, facts, none,                                  "layout.tsv",  0},
    {"wrong: another number of lines",     "a\n",         header, facts, "\t\t\tlines\t2\n",                    "layout.tsv",  0},
    {"wrong: a column missing",            "a\n",         header, none,  "\t\tgazette\tid\n",                   "layout.tsv",  2},
    {"wrong: a column too many",           "a\n",         header, none,  "\t\t\tgazette\tid\t\n",               "layout.tsv",  2},
    {"wrong: an unknown escape",           "a\n",         header, none,  "\t\t\tgazette\ti\\d\n",               "layout.tsv",  2},
    {"wrong: a backslash at the end",      "a\n",         header, none,  "\t\t\tgazette\ti\\\n",                "layout.tsv",  2},
    {"wrong: an unknown fact",             "a\n",         header, none,  "\t\t\tcolour\tred\n",                 "layout.tsv",  2},
    {"wrong: a page in no line",           "a\n",         header, none,  "3\t0\t\tpage\t\n",                    "layout.tsv",  2},
    {"wrong: a page in line 0",            "a\n",         header, none,  "0\t0\t\tpage\t\n",                    "layout.tsv",  2},
    {"wrong: a page without a column",     "a\n",         header, none,  "1\t\t\tpage\t\n",                     "layout.tsv",  2},
    {"wrong: a number too large",          "a\n",         header, none,  "99999999999999999999\t0\t\tpage\t\n", "layout.tsv",  2},
    {"wrong: pages that run backwards",    "a\nb\n",      header, none,  "2\t0\t\tpage\t\n1\t0\t\tpage\t\n",    "layout.tsv",  3},
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

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 3] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(a_folder_without_files_is_refused),
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i + 3] = (struct CMUnitTest){rows[i].name, is_refused, NULL, NULL, (void *)&rows[i]};
    return cmocka_run_group_tests_name("layout", tests, make_folder, remove_folder);
}
