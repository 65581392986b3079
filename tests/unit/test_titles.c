/* titles: where documents begin, and what the lines under a title say. A row is a
 * test. Lines are written as segment sees them; \f stands for the top of a page. */
#include "given.h"

/* 40 half widths: as wide as a full line here */
#define FULL "云泽市依山傍水四季分明市民安居乐业各业兴"

static const struct line_measure measure = {40, true, LINES_ALL};

static struct segment_text find_titles(struct arena *arena, const char *printed)
{
    struct segment_text text = given_text(arena, printed);
    text.measure = measure;
    pages_find(&text, &(struct layout){.break_count = 0});
    for (size_t i = 0; i < text.count; i++)
        text.lines[i].begins_page = text.lines[i].begins_page || text.lines[i].text[0] == '\f';
    titles_find(&text);
    return text;
}

/* Once a title is found, others are told by where they stand. */
#define FOUND "\f政府工作报告\n各位代表：\n"

/* 60 half widths and a full stop: a paragraph ends the head of a text */
#define PARAGRAPH "云泽市依山傍水四季分明市民安居乐业各业兴旺发达前景广阔未来可期。\n"

/* A letter a line: T title, t its later lines, B byline, P page number, . others. */
static const struct title_row {
    const char *name, *text, *lines;
} title_rows[] = {
  /* clang-format off */
    {"title: at the top of a page", "园。 \n\f政府工作报告\n各位代表：\n", ".T."},
    {"title: over three lines", "\f关于云泽市2024年国民经济和\n社会发展计划执行情况的\n报告\n各位代表：\n", "Ttt."},
    {"title: spaced out", "\f政  府  工  作  报  告\n各位代表：\n", "T."},
    {"title: indented", "\f　　　　政府工作报告\n各位代表：\n", "T."},
    {"title: with a bracket behind it", "\f云泽市湿地保护条例（草案）\n各位代表：\n", "T."},
    {"title: bylines below", "\f政府工作报告\n——2025年1月9日在云泽市第三届人民代表大会第二次会议上\n"
     "云泽市人民政府市长  江一舟\n各位代表：\n", "TBB."},
    {"title: a byline behind a blank line", "\f政府工作报告\n\n（2025年1月9日）\n\n各位代表：\n", "TB."},
    {"title: bylines end at the top of a page", "\f政府工作报告\n（2025年1月9日）\n\f江一舟\n", "TB."},
    {"title: a line like a byline inside", "\f关于\n云泽市人民代表大会常务委员会\n工作报告的决议\n会议听取了报告。\n", "Ttt."},
    {"title: one at its beginning", "\f云泽市人民代表大会常务委员会\n工作报告\n各位代表：\n", "Tt."},
    {"title: a byline where it is complete", "\f工作报告\n云泽市人民代表大会常务委员会\n各位代表：\n", "TB."},
    {"title: again behind its divider page", "\f政府工作报告\n\f政府工作报告\n各位代表：\n", "TT."},
    {"title: below a page number", FOUND "—3—\n关于湿地保护的报告\n各位代表：\n", "T.PT."},
    {"title: no word for a document", FOUND "\f湿地保护与修复\n各位代表：\n", "T..."},
    {"title: a sentence is none", FOUND "\f会议通过了报告。\n各位代表：\n", "T..."},
    {"title: a heading is none", FOUND "\f一、上年工作报告\n各位代表：\n", "T..."},
    {"title: the caption of a table is none", FOUND "\f附表1 主要指标一览表\n各位代表：\n", "T..."},
    {"title: a line that breaks off is none",
     FOUND "\f会议听取了江一舟市长代表市人民政府作的报告\n的说明，予以通过。 \n", "T..."},
    {"title: a line that a line before runs into is none", FOUND FULL "\n\f工作报告\n各位代表：\n", "T...."},
    {"title: in a page, apart, with a byline", FOUND "\n\n\n工作报告\n（2025年1月9日）\n各位代表：\n", "T.TB."},
    {"title: a byline that could be anything tells none", FOUND "\n\n\n工作报告\n江一舟\n各位代表：\n", "T...."},
    {"title: in a page without a byline", FOUND "\n\n\n工作报告\n各位代表：\n", "T..."},
    {"title: in a page, not apart, with a byline right below", FOUND "\n工作报告\n（2025年1月9日）\n各位代表：\n", "T.TB."},
    {"title: in a page, not apart, with a byline of two lines",
     FOUND "\n工作报告\n——2025年1月9日在云泽市第三届\n人民代表大会第一次会议上\n各位代表：\n", "T.TBB."},
    {"title: in a page, not apart, with a byline farther below", FOUND "\n工作报告\n各位代表：\n（2025年1月9日）\n", "T...."},
    {"title: its byline on the same line", "工作报告——2025年1月9日在云泽市第三届人民代表大会第一次会议上 \n各位代表：\n" PARAGRAPH, "T.."},
    {"title: its lines stand together", FOUND "\f关于湿地保护的\n\n\n\n报告\n各位代表：\n", "T...."},
    {"head: a text that is one document", "政府工作报告\n各位代表：\n" PARAGRAPH, "T.."},
    {"head: a title among other lines", "首页：公开；\n政府工作报告\n来源：市政府办公室；\n2025年1月9日\n" PARAGRAPH, ".T.B."},
    {"head: the last of two", "政府工作报告\n来源：市政府；\n云泽市2025年政府工作报告\n各位代表：\n" PARAGRAPH, "..T.."},
    {"head: short lines above it are none of it", "首页\n政务公开\n政府工作报告\n各位代表：\n" PARAGRAPH, "..T.."},
    {"head: none below the first paragraph", "各位代表：\n" PARAGRAPH "\n政府工作报告\n", "..."},
  /* clang-format on */
};

static const char *letters_of(struct arena *arena, const struct segment_text *text)
{
    char *letters = arena_alloc(arena, text->count + 1);
    for (size_t i = 0; i < text->count; i++) {
        const struct segment_line *line = &text->lines[i];
        letters[i] = '.';
        if (line->kind == RECORD_TITLE)
            letters[i] = line->goes_on ? 't' : 'T';
        else if (line->kind == RECORD_BYLINE)
            letters[i] = 'B';
        else if (line->kind == RECORD_PAGE_NUMBER)
            letters[i] = 'P';
    }
    return letters;
}

static void titles_are(void **state)
{
    const struct title_row *row = *state;
    struct arena *arena = arena_new();
    struct segment_text text = find_titles(arena, row->text);
    assert_string_equal(letters_of(arena, &text), row->lines);
    arena_free(arena);
}

static const struct document_row {
    const char *name, *text;
    struct segment_document document;
} document_rows[] = {
  /* clang-format off */
    {"document: who speaks, where and when",
     "\f政 府 工 作 报 告\n——2025年1月9日在云泽市第三届人民代表大会第二次会议上\n云泽市人民政府市长  江一舟\n各位代表：\n",
     {"政府工作报告", "江一舟", "2025-01-09", "2025", "云泽市"}},
    {"document: a title over two lines", "\f关于云泽市2024年预算执行情况的\n报告\n各位代表：\n",
     {"关于云泽市2024年预算执行情况的报告", NULL, NULL, NULL, "云泽市"}},
    {"document: a date in Chinese numerals", "\f工作报告\n（二〇二四年十二月三十日）\n",
     {"工作报告", NULL, "2024-12-30", "2024", NULL}},
    {"document: a month", "\f工作报告\n2025年1月\n", {"工作报告", NULL, "2025-01", "2025", NULL}},
    {"document: a name alone", "\f工作报告\n江  一\n", {"工作报告", "江一", NULL, NULL, NULL}},
    {"document: an office without a name", "\f工作报告\n市财政局局长\n", {"工作报告", NULL, NULL, NULL, NULL}},
    {"document: the first date counts", "\f工作报告\n（2025年1月9日）\n（2025年2月1日）\n",
     {"工作报告", NULL, "2025-01-09", "2025", NULL}},
    {"document: a byline's place before the title's", "\f关于云泽市2024年预算的报告\n——在青原省人民代表大会会议上\n",
     {"关于云泽市2024年预算的报告", NULL, NULL, NULL, "青原省"}},
    {"document: other lines among the bylines", "工作报告\n来源：市政府；\n2025年1月9日\n",
     {"工作报告", NULL, "2025-01-09", "2025", NULL}},
    {"document: lines that are no bylines do not count", "\f工作报告\n各位代表：\n2025年1月9日\n",
     {"工作报告", NULL, NULL, NULL, NULL}},
    {"document: the bylines of the next one do not count", "\f工作报告\n各位代表：\n\f工作报告\n2025年1月9日\n",
     {"工作报告", NULL, NULL, NULL, NULL}},
    {"document: a date in the title", "云泽市政府工作报告（2025年1月9日）\n各位代表：\n",
     {"云泽市政府工作报告（2025年1月9日）", NULL, "2025-01-09", "2025", "云泽市"}},
    {"document: a key in front of the title", "title:\"云泽市政府工作报告\n各位代表：\n",
     {"云泽市政府工作报告", NULL, NULL, NULL, "云泽市"}},
  /* clang-format on */
};

static void assert_said(const char *found, const char *expected)
{
    assert_string_equal(found ? found : "(none)", expected ? expected : "(none)");
}

static void document_is(void **state)
{
    const struct document_row *row = *state;
    struct arena *arena = arena_new();
    struct segment_text text = find_titles(arena, row->text);
    struct segment_document document = document_read(&text, 0);
    assert_said(document.title, row->document.title);
    assert_said(document.speaker, row->document.speaker);
    assert_said(document.date, row->document.date);
    assert_said(document.year, row->document.year);
    assert_said(document.place, row->document.place);
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(title_rows) + COUNT(document_rows)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(title_rows); i++)
        tests[count++] = (struct CMUnitTest){title_rows[i].name, titles_are, NULL, NULL, (void *)&title_rows[i]};
    for (size_t i = 0; i < COUNT(document_rows); i++)
        tests[count++] = (struct CMUnitTest){document_rows[i].name, document_is, NULL, NULL, (void *)&document_rows[i]};
    return cmocka_run_group_tests_name("titles", tests, NULL, NULL);
}
