/* html: what becomes of a web page: its lines, and what is noted of them. A row is a test. */
#include "../../stages/decode/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Marks: the line, then c TABLE.ROW.COLUMN with ROWSPANxCOLSPAN where either is not
 * 1 and `h` for a th; h and the level of a heading; f for furniture. */
static const struct row {
    const char *name, *page, *lines, *marks;
} rows[] = {
    {"lines: blocks end them",                                "<p>甲<p>乙<div>丙<h2>丁</h2></div>戊",                                               "甲\n乙\n丙\n丁\n戊\n",                                                 "4h2 "                                                 },
    {"lines: inline elements do not",                         "<p>收<b>入</b><span>12</span><o:p>亿</o:p><a name=x>元</a>",                          "收入12亿元\n",                                                          ""                                                     },
    {"lines: br and hr",                                      "甲<br>乙<br/><br>丙<hr>丁",                                                           "甲\n乙\n丙\n丁\n",                                                      ""                                                     },
    {"lines: white space collapses",                          "<p>\n  甲 \t\r\n乙\f丙 </p> ",                                                         "甲 乙 丙\n",                                                             ""                                                     },
    {"lines: but not at both ends of a tag",                  "<p>a <b> b</b> <i>c</i></p>",                                                             "a b c\n",                                                                   ""                                                     },
    {"lines: nbsp and wide spaces stay",                      "<p>　　甲&nbsp;&nbsp;乙</p>",                                                         "　　甲\u00a0\u00a0乙\n",                                                ""                                                     },
    {"lines: of spaces only there are none",                  "<p>&nbsp;</p><p>　</p><p></p><p>甲</p>",                                                "甲\n",                                                                     ""                                                     },
    {"lines: pre keeps them",                                 "<pre>甲  1\n\n乙 2</pre>",                                                              "甲  1\n乙 2\n",                                                           ""                                                     },
    {"lines: list items",                                     "<ul><li>甲<li>乙<ol><li>丙</ol></ul>",                                                 "甲\n乙\n丙\n",                                                           ""                                                     },
    {"text: entities",                                        "<p>&lt;&amp;&ldquo;&#x4e2d;&#20013;&hellip;&nbsp",                                        "<&“中中…\u00a0\n",                                                    ""                                                     },
    {"text: a < that opens no tag",                           "<p>增长<5%, 1 < 2, <<中国>>, <中国>",                                               "增长<5%, 1 < 2, <<中国>>, <中国>\n",                                  ""                                                     },
    {"text: an unknown tag leaves its own",                   "<p><founder>甲</founder><x-y>乙</x-y>",                                                 "甲乙\n",                                                                  ""                                                     },
    {"text: control characters",                              "<p>甲\x01乙\x7f",                                                                       "甲\ufffd乙\ufffd\n",                                                      ""                                                     },
    {"text: wrong bytes",                                     "<p>甲\xff\xe4\xb8",                                                                      "甲\ufffd\ufffd\n",                                                         ""                                                     },
    {"unseen: scripts, styles, comments, title",
     "<title>甲</title><style>p{}</style><script>if(a<b)'</p>'</script><!-- 乙 --><p>丙",                                                             "丙\n",                                                                     ""                                                     },
    {"unseen: a comment within a comment",                    "<p>甲<!-- <p>乙 <!-- --><!---->丙<!-->丁",                                            "甲丙丁\n",                                                               ""                                                     },
    {"unseen: no comment without an end",                     "<p>甲<!-- x><p>乙<!-- 丙><p>丁",                                                      "甲\n乙\n丁\n",                                                           ""                                                     },
    {"unseen: no script without an end",                      "<p>甲<script>乙<p>丙",                                                                 "甲乙\n丙\n",                                                             ""                                                     },
    {"hidden: elements",                                      "<div hidden>甲<p>乙</p></div><p style='Display : None'>丙</p><p>丁",                  "丁\n",                                                                     ""                                                     },
    {"hidden: within a line",                                 "<p>甲<span style=\"display:none\">乙<span>丙</span></span>丁",                        "甲丁\n",                                                                  ""                                                     },
    {"hidden: an item with a list in it",                     "<ul><li hidden>甲<ul><li>乙</li></ul></li><li>丙</li></ul>",                           "丙\n",                                                                     ""                                                     },
    {"hidden: no element without an end",                     "<p>甲<b hidden>乙<p>丙",                                                               "甲乙\n丙\n",                                                             ""                                                     },
    {"hidden: rows and cells",                                "<table><tr hidden><td>1<td>2</tr><tr><td>3<td hidden>4</td><td>5<tr><td>6<td>7</table>",
     "3\n5\n6\n7\n",                                                                                                                                                                                                                  "1c1.1.1 2c1.1.2 3c1.2.1 4c1.2.2 "                     },
    {"broken: end tags that open nothing",                    "甲</p></div></td></table></b>乙",                                                       "甲\n乙\n",                                                                ""                                                     },
    {"broken: a quotation mark too few",                      "<p align=\"left>甲</p><p>乙</p>",                                                       "甲\n乙\n",                                                                ""                                                     },
    {"broken: a quotation mark too few, and one later",       "<p align=\"left>甲</p><p align=\"left\">乙</p>",                                        "甲\n乙\n",
     ""                                                                                                                                                                                                                                                                                      },
    {"broken: half a tag at the end",                         "<p>甲<a href='x",                                                                        "甲\n",                                                                     ""                                                     },
    {"table: cells",                                          "<table><tr><th>a<th>b<tr><td>1<td>2</table>",                                             "a\nb\n1\n2\n",
     "1c1.1.1h 2c1.1.2h 3c1.2.1 4c1.2.2 "                                                                                                                                                                                                                                                    },
    {"table: an empty cell has no line",                      "<table><tr><td>a<td><td>b<tr><td>1<td>2<td>&nbsp;</table>",                               "a\nb\n1\n2\n",
     "1c1.1.1 2c1.1.3 3c1.2.1 4c1.2.2 "                                                                                                                                                                                                                                                      },
    {"table: a cell of two lines",                            "<table><tr><td>a<br>b<td>c<tr><td><p>1<p>2<td>3</table>",                                 "a\nb\nc\n1\n2\n3\n",
     "1c1.1.1 2c1.1.1 3c1.1.2 4c1.2.1 5c1.2.1 6c1.2.2 "                                                                                                                                                                                                                                      },
    {"table: rowspan 3",                                      "<table><tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d<tr><td>e<td>f</table>",
     "a\nb\nc\nd\ne\nf\n",                                                                                                                                                                                                            "1c1.1.1(3x1) 2c1.1.2 3c1.2.2 4c1.3.2 5c1.4.1 6c1.4.2 "},
    {"table: colspan",                                        "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",                              "a\nb\nc\nd\ne\n",
     "1c1.1.1(1x2) 2c1.1.3 3c1.2.1 4c1.2.2 5c1.2.3 "                                                                                                                                                                                                                                         },
    {"table: spans of any size",
     "<table><tr><td colspan=99999999999999999999>a<tr><td rowspan=1000000>b<td>c<tr><td>d</table>",                                                     "a\nb\nc\nd\n",
     "1c1.1.1(1x2) 2c1.2.1(2x1) 3c1.2.2 4c1.3.2 "                                                                                                                                                                                                                                            },
    {"table: rowspan 0 reaches the end",                      "<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",                               "a\nb\nc\nd\n",
     "1c1.1.1(3x1) 2c1.1.2 3c1.2.2 4c1.3.2 "                                                                                                                                                                                                                                                 },
    {"table: a span ends with its part",
     "<table><thead><tr><th rowspan=9>a<th>b</thead><tbody><tr><td>c<td>d<tr><td>e<td>f</table>",                                                        "a\nb\nc\nd\ne\nf\n",
     "1c1.1.1h 2c1.1.2h 3c1.2.1 4c1.2.2 5c1.3.1 6c1.3.2 "                                                                                                                                                                                                                                    },
    {"table: a span meets a span",                            "<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<tr><td>d<td>e</table>",
     "a\nb\nc\nd\ne\n",                                                                                                                                                                                                               "1c1.1.1 2c1.1.2(2x1) 3c1.2.1(1x2) 4c1.3.1 5c1.3.2 "   },
    {"table: a table within a cell",
     "<table><tr><td>a<td>b<tr><td>c<td>x<table><tr><td>1<td>2<tr><td>3<td>4</table>y<tr><td>ddddd<td>e</table>",                                        "a\nb\nc\nx\n1\n2\n3\n4\ny\nddddd\ne\n",
     "1c1.1.1 2c1.1.2 3c1.2.1 4c1.2.2 5c2.1.1 6c2.1.2 7c2.2.1 8c2.2.2 9c1.2.2 10c1.3.1 11c1.3.2 "                                                                                                                                                                                            },
    {"table: one around the page is none",
     "<table><tr><td>a<td>b<tr><td>c<td><table><tr><td>1<td>2<tr><td>3<td>4</table></table>",                                                            "a\nb\nc\n1\n2\n3\n4\n",
     "4c1.1.1 5c1.1.2 6c1.2.1 7c1.2.2 "                                                                                                                                                                                                                                                      },
    {"table: of one row or column it is none",
     "<table><tr><td>a<td>b</table><table><tr><td>c<tr><td>d</table><table><tr><td>e<td><tr><td>f<td></table>",                                          "a\nb\nc\nd\ne\nf\n",                                                        ""                                                     },
    {"table: text outside its cells",                         "<table>x<tr><td>a<td>b<tr><td>c<td>d</table>",                                            "x\na\nb\nc\nd\n",
     "2c1.1.1 3c1.1.2 4c1.2.1 5c1.2.2 "                                                                                                                                                                                                                                                      },
    {"furniture: navigation, buttons, choices",
     "<nav>甲</nav><aside>乙</aside><select><option>丙<option>丁</select><button>戊</button><p>己",                                                "甲\n乙\n丙\n丁\n戊\n己\n",                                            "1f 2f 3f 4f 5f "                                      },
    {"furniture: the header of the page, not of the article",
     "<header>甲</header><article><header>乙</header><p>丙</article><header><h1>丁</h1></header>",                                                   "甲\n乙\n丙\n丁\n",
     "1f 4h1 "                                                                                                                                                                                                                                                                               },
    {"furniture: not with more text than links",
     "<div>机构简介: <a href=1>预算</a> <a href=2>决算</a></div><p>一般公共预算收入增长百分之三",                                  "机构简介: 预算 决算\n一般公共预算收入增长百分之三\n", ""                                                     },
    {"furniture: nearly only links",
     "<div>位置: <a href=1>政务公开</a> <a href=2>预算公开</a></div><p>一般公共预算收入增长百分之三，支出增长百分之二",
     "位置: 政务公开 预算公开\n一般公共预算收入增长百分之三，支出增长百分之二\n",                                                                                                                    "1f "                                                  },
    {"furniture: not a cell with a link",
     "<table><tr><td><a href=1>甲</a><td>乙<tr><td>丙<td>丁</table><p>一般公共预算收入",                                                     "甲\n乙\n丙\n丁\n一般公共预算收入\n",                            "1c1.1.1 2c1.1.2 3c1.2.1 4c1.2.2 "                     },
};

/* All marks in the order of the lines. */
static const char *write_marks(struct arena *arena, const struct layout *layout, long lines)
{
    size_t c = 0, h = 0, f = 0;
    const char *marks = "";
    for (long line = 1; line <= lines; line++) {
        for (; c < layout->cell_count && layout->cells[c].place.line == line; c++) {
            const struct layout_cell *cell = &layout->cells[c];
            marks = arena_printf(arena, "%s%ldc%ld.%ld.%ld%s", marks, line, cell->table, cell->row, cell->column,
                                 cell->is_header ? "h" : "");
            if (cell->row_span != 1 || cell->column_span != 1)
                marks = arena_printf(arena, "%s(%ldx%ld)", marks, cell->row_span, cell->column_span);
            marks = arena_printf(arena, "%s ", marks);
        }
        for (; h < layout->heading_count && layout->headings[h].place.line == line; h++)
            marks = arena_printf(arena, "%s%ldh%ld ", marks, line, layout->headings[h].level);
        for (; f < layout->furniture_count && layout->furniture[f].line == line; f++)
            marks = arena_printf(arena, "%s%ldf ", marks, line);
    }
    return marks;
}

static void page_is_read(void **state)
{
    const struct row *row = *state;
    struct arena *arena = arena_new();
    struct layout layout = {0};
    size_t controls, lines = 0;
    long line;
    struct text text = {.path = "input", .bytes = row->page, .size = strlen(row->page)};
    assert_null(html_read(arena, &text, &layout, &controls, &line));
    assert_string_equal(arena_copy(arena, text.bytes, text.size), row->lines);
    for (size_t i = 0; i < text.size; i++)
        lines += text.bytes[i] == '\n';
    assert_string_equal(write_marks(arena, &layout, (long)lines), row->marks);
    arena_free(arena);
}

static const struct opening {
    const char *name, *bytes;
    bool opens;
} openings[] = {
    {"page: a doctype",               "<!DOCTYPE html>",         true },
    {"page: after a mark and spaces", "\xef\xbb\xbf \r\n<HTML>", true },
    {"page: a comment",               "<!-- saved -->",          true },
    {"page: a fragment",              "<p class=x>",             true },
    {"page: a table",                 "<table>",                 true },
    {"page: a tag of no page",        "<paragraph>",             false},
    {"page: angle brackets",          "<北京>",                false},
    {"page: text before a tag",       "x <p>",                   false},
    {"page: cut off",                 "<p",                      false},
    {"page: nothing",                 "",                        false},
};

static void page_is_told(void **state)
{
    const struct opening *row = *state;
    assert_int_equal(markup_opens(row->bytes, strlen(row->bytes)), row->opens);
}

static const struct saying {
    const char *name, *page, *encoding;
} sayings[] = {
    {"charset: in a tag of its own", "<head><META charset=gb2312>",                                             "gb2312"},
    {"charset: as a header",         "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=GBK\" />", "GBK"   },
    {"charset: with spaces",         "<meta name=a><meta charset = 'big5' >",                                   "big5"  },
    {"charset: not of a script",     "<script charset=\"gbk\"></script><p>charset=gbk",                         NULL    },
    {"charset: none",                "<meta charset=><meta",                                                    NULL    },
};

static void charset_is_read(void **state)
{
    const struct saying *row = *state;
    struct arena *arena = arena_new();
    const char *found = markup_encoding(arena, row->page, strlen(row->page));
    if (row->encoding)
        assert_string_equal(found, row->encoding);
    else
        assert_null(found);
    arena_free(arena);
}

/* A page of one piece over and over. */
static struct fault *read_repeated(struct arena *arena, const char *piece, size_t count)
{
    size_t length = strlen(piece), controls;
    long line;
    struct layout layout = {0};
    char *bytes = arena_alloc(arena, count * length + 1);
    for (size_t i = 0; i < count * length; i++)
        bytes[i] = piece[i % length];
    struct text text = {.path = "input", .bytes = bytes, .size = count * length};
    return html_read(arena, &text, &layout, &controls, &line);
}

static void what_is_too_deep_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fault *wrong = read_repeated(arena, "<div>\n", 100000);
    assert_non_null(wrong);
    assert_non_null(strstr(wrong->text, "2000 deep"));
    assert_int_equal(wrong->line, 2001);
    assert_null(read_repeated(arena, "<div>", 2000));
    assert_null(read_repeated(arena, "<font><p>a", 20000)); /* a browser that never closes them */
    arena_free(arena);
}

static void what_is_too_large_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fault *wrong = read_repeated(arena, "<p>", 12 << 20);
    assert_non_null(wrong);
    assert_non_null(strstr(wrong->text, "33554432 bytes"));
    arena_free(arena);
}

static struct CMUnitTest make_test(const char *name, CMUnitTestFunction function, const void *row)
{
    return (struct CMUnitTest){name, function, NULL, NULL, (void *)(uintptr_t)row};
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + COUNT(openings) + COUNT(sayings) + 2];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[count++] = make_test(rows[i].name, page_is_read, &rows[i]);
    for (size_t i = 0; i < COUNT(openings); i++)
        tests[count++] = make_test(openings[i].name, page_is_told, &openings[i]);
    for (size_t i = 0; i < COUNT(sayings); i++)
        tests[count++] = make_test(sayings[i].name, charset_is_read, &sayings[i]);
    tests[count++] = make_test("limit: depth", what_is_too_deep_is_refused, NULL);
    tests[count++] = make_test("limit: size", what_is_too_large_is_refused, NULL);
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
