/* titles: where documents begin, and what the lines under a title say. A row is a
 * test. Lines are written as segment sees them; \f stands for the top of a page. */
#include "given.h"

/* 40 half widths: as wide as a full line here */
#define FULL "云泽市依山傍水四季分明市民安居乐业各业兴"

static const struct line_measure measure = {40, true};

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

/* A letter a line: T title, t its later lines, B byline, P page number, . others. */
static const struct title_row {
    const char *name, *text, *lines;
} title_rows[] = {
  /* clang-format off */
    {"title: at the beginning", "云泽市2024年湿地保护工作的报告\n各位代表：\n", "T."},
    {"title: at the top of a page", "园。 \n\f政府工作报告\n各位代表：\n", ".T."},
    {"title: over three lines", "关于云泽市2024年国民经济和\n社会发展计划执行情况的\n报告\n各位代表：\n", "Ttt."},
    {"title: spaced out", "政  府  工  作  报  告\n各位代表：\n", "T."},
    {"title: with a bracket behind it", "云泽市湿地保护条例（草案）\n各位代表：\n", "T."},
    {"title: bylines below", "政府工作报告\n——2025年1月9日在云泽市第三届人民代表大会第二次会议上\n"
     "云泽市人民政府市长  江一舟\n各位代表：\n", "TBB."},
    {"title: a byline behind a blank line", "政府工作报告\n\n（2025年1月9日）\n\n各位代表：\n", "TB."},
    {"title: bylines end at the top of a page", "政府工作报告\n（2025年1月9日）\n\f江一舟\n", "TB."},
    {"title: a line like a byline inside", "关于\n云泽市人民代表大会常务委员会\n工作报告的决议\n会议听取了报告。\n", "Ttt."},
    {"title: one at its beginning", "云泽市人民代表大会常务委员会\n工作报告\n各位代表：\n", "Tt."},
    {"title: a byline where it is complete", "工作报告\n云泽市人民代表大会常务委员会\n各位代表：\n", "TB."},
    {"title: again behind its divider page", "政府工作报告\n\f政府工作报告\n各位代表：\n", "TT."},
    {"title: below a page number", "建成公园。 \n—3—\n政府工作报告\n各位代表：\n", ".PT."},
    {"title: no word for a document", "\f湿地保护与修复\n各位代表：\n", ".."},
    {"title: a sentence is none", "\f会议通过了报告。\n各位代表：\n", ".."},
    {"title: an indented line is none", "\f　　会议通过了报告\n各位代表：\n", ".."},
    {"title: a heading is none", "\f一、上年工作报告\n各位代表：\n", ".."},
    {"title: the caption of a table is none", "\f附表1 主要指标一览表\n各位代表：\n", ".."},
    {"title: a line that breaks off is none",
     "建成公园。 \n\f会议听取了江一舟市长代表市人民政府作的报告\n的说明，予以通过。 \n", "..."},
    {"title: a line that a line before runs into is none", FULL "\n\f工作报告\n各位代表：\n", "..."},
    {"title: in a page, apart, with a byline", "建成公园。 \n\n\n\n政府工作报告\n（2025年1月9日）\n各位代表：\n", ".TB."},
    {"title: the same without a byline", "建成公园。 \n\n\n\n政府工作报告\n各位代表：\n", "..."},
    {"title: the same not apart", "建成公园。 \n\n政府工作报告\n（2025年1月9日）\n各位代表：\n", "...."},
    {"title: its lines stand together", "关于湿地保护的\n\n\n\n报告\n各位代表：\n", "..."},
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
     "政 府 工 作 报 告\n——2025年1月9日在云泽市第三届人民代表大会第二次会议上\n云泽市人民政府市长  江一舟\n各位代表：\n",
     {"政府工作报告", "江一舟", "2025-01-09", "2025", "云泽市"}},
    {"document: a title over two lines", "关于云泽市2024年预算执行情况的\n报告\n各位代表：\n",
     {"关于云泽市2024年预算执行情况的报告", NULL, NULL, NULL, "云泽市"}},
    {"document: a date in Chinese numerals", "工作报告\n（二〇二四年十二月三十日）\n",
     {"工作报告", NULL, "2024-12-30", "2024", NULL}},
    {"document: a month", "工作报告\n2025年1月\n", {"工作报告", NULL, "2025-01", "2025", NULL}},
    {"document: a name alone", "工作报告\n江  一\n", {"工作报告", "江一", NULL, NULL, NULL}},
    {"document: an office without a name", "工作报告\n市财政局局长\n", {"工作报告", NULL, NULL, NULL, NULL}},
    {"document: the first date counts", "工作报告\n（2025年1月9日）\n（2025年2月1日）\n",
     {"工作报告", NULL, "2025-01-09", "2025", NULL}},
    {"document: a byline's place before the title's", "关于云泽市2024年预算的报告\n——在青原省人民代表大会会议上\n",
     {"关于云泽市2024年预算的报告", NULL, NULL, NULL, "青原省"}},
    {"document: bylines alone count", "工作报告\n各位代表：\n2025年1月9日\n", {"工作报告", NULL, NULL, NULL, NULL}},
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
