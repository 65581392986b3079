/* csv: tables that are read, as cells with | between and a line number before; and
 * such that are refused, with the line. A row is a test. */
#include "../../stages/lib/csv.h"
#include "../../stages/lib/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const columns[] = {"path", "place", "year"};

static const struct row {
    const char *name, *text;
    const char *cells; /* NULL: refused */
    long line;         /* at fault */
} rows[] = {
    {"read: plain",                   "path,place,year\na,b,1\nc,d,2\n",               "2 a|b|1\n3 c|d|2\n",  0},
    {"read: no line end at the end",  "path,place,year\na,b,1",                        "2 a|b|1\n",           0},
    {"read: CR LF",                   "path,place,year\r\na,b,1\r\n",                  "2 a|b|1\n",           0},
    {"read: a mark in front",         "\xef\xbb\xbfpath,year\na,1\n",                  "2 a||1\n",            0},
    {"read: another order",           "year,path\n1,a\n",                              "2 a||1\n",            0},
    {"read: empty cells",             "path,place,year\na,,\n",                        "2 a||\n",             0},
    {"read: blank lines",             "path\n\na\n\n\nb\n",                            "3 a||\n6 b||\n",      0},
    {"read: quotes",                  "path,place\n\"a,b\",\"c\"\n",                   "2 a,b|c|\n",          0},
    {"read: quotes inside quotes",    "path\n\"a\"\"b\"\"\"\n",                        "2 a\"b\"||\n",        0},
    {"read: an empty quoted cell",    "path,year\n\"\",1\n",                           "2 ||1\n",             0},
    {"read: a line end in a cell",    "path,year\n\"a\nb\",1\nc,2\n",                  "2 a\nb||1\n4 c||2\n", 0},
    {"read: quoted names of columns", "\"path\"\na\n",                                 "2 a||\n",             0},
    {"read: no rows",                 "path\n",                                        "",                    0},
    {"wrong: nothing",                "",                                              NULL,                  1},
    {"wrong: no path",                "place\na\n",                                    NULL,                  1},
    {"wrong: an unknown column",      "path,colour\na,b\n",                            NULL,                  1},
    {"wrong: a column twice",         "path,path\na,b\n",                              NULL,                  1},
    {"wrong: a cell too few",         "path,year\na,1\nb\n",                           NULL,                  3},
    {"wrong: a cell too many",        "path,year\na,1,2\n",                            NULL,                  2},
    {"wrong: a quote not closed",     "path\n\"a\nb\n",                                NULL,                  2},
    {"wrong: a quote in a cell",      "path\na\"b\"\n",                                NULL,                  2},
    {"wrong: words behind a quote",   "path\n\"a\" b\n",                               NULL,                  2},
    {"wrong: no UTF-8",               "path\na\n\xff\n",                               NULL,                  3},
    {"wrong: half a character",       "path\n\xe4\xb8",                                NULL,                  2},
    {"wrong: very many columns",      ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n", NULL,                  1},
};

static char path[] = "/tmp/gongbao-csv-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void reads_table(void **state)
{
    const struct row *row = *state;
    struct arena *arena = arena_new();
    struct output *out;
    assert_null(output_open(arena, path, &out));
    (void)fputs(row->text, output_stream(out));
    assert_null(output_close(out));
    struct csv_row *found;
    size_t count;
    struct fault *wrong = csv_read(arena, path, columns, COUNT(columns), 1, &found, &count);
    if (row->cells) {
        assert_null(wrong);
        const char *cells = "";
        for (size_t i = 0; i < count; i++)
            cells = arena_printf(arena, "%s%ld %s|%s|%s\n", cells, found[i].line, found[i].cells[0], found[i].cells[1],
                                 found[i].cells[2]);
        assert_string_equal(cells, row->cells);
    } else {
        assert_non_null(wrong);
        assert_int_equal(wrong->line, row->line);
    }
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads_table, NULL, NULL, (void *)&rows[i]};
    return cmocka_run_group_tests_name("csv", tests, make_file, remove_file);
}
