/* pdf: makes text of a PDF. In: its bytes, read by pdftotext. Out: a line for each
 * printed line, with a form feed in front of each page; in layout the cells of
 * tables and what stands around the text. A wide gap becomes two spaces, so that
 * cells stand apart; the indent of a paragraph two ideographic spaces, its end a
 * space; what is no gap nothing. The characters stay as they are. */
#include "pdf.h"

#include "../lib/stage.h"
#include "../lib/text.h"
#include "run.h"

#include <string.h>
#include <unicode/uchar.h>

enum { SECONDS = 120, OUTPUT_LIMIT = 64 << 20 };

/* In em: from where on a gap between two characters is a space, and between two
 * figures; and from where on it is the border of a cell. */
static const double SPACE_WIDE = 0.2, SPACE_NARROW = 0.15, BORDER = 1.3, BORDER_OF_FIGURES = 0.5;

bool pdf_is_one(const struct text *text)
{
    enum { REACH = 1024 }; /* readers of PDF look so far */
    static const char mark[] = "%PDF-";
    size_t size = text->size < REACH ? text->size : REACH;
    return memmem(text->bytes, size, mark, sizeof mark - 1) != NULL;
}

/* The text that is being made. */
struct page_text {
    struct arena *arena;
    char *bytes;
    size_t size, capacity;
    size_t column; /* characters of the line so far */
    long line;     /* from 1 */
};

static void put(struct page_text *text, const char *bytes, size_t length)
{
    while (text->size + length > text->capacity)
        text->bytes = arena_grow(text->arena, text->bytes, text->capacity, &text->capacity, 1);
    memcpy(text->bytes + text->size, bytes, length);
    text->size += length;
    text->column += text_count(bytes, length);
}

static uint32_t last_character(const struct pdf_word *word)
{
    size_t bytes;
    return text_character_before(word->text, word->length, &bytes);
}

static uint32_t first_character(const struct pdf_word *word)
{
    size_t bytes;
    return text_character(word->text, word->length, 0, &bytes);
}

/* What stands for the gap behind a word. */
static const char *gap_text(const struct pdf_line *line, size_t before)
{
    double gap = pdf_gap(line, before);
    uint32_t last = last_character(&line->words[before]), first = first_character(&line->words[before + 1]);
    bool narrow = !character_is_wide(last) && !character_is_wide(first);
    bool figures = character_is_digit(last) && character_is_digit(first);
    if (gap >= (figures ? BORDER_OF_FIGURES : BORDER))
        return "  ";
    return gap >= (narrow ? SPACE_NARROW : SPACE_WIDE) ? " " : "";
}

static void put_line(struct page_text *text, const struct pdf_page *page, struct pdf_line *line)
{
    static const char indent[] = "\xe3\x80\x80\xe3\x80\x80";
    bool ends = line->ends;
    line->number = text->line;
    if (pdf_is_indented(page, line))
        put(text, indent, sizeof indent - 1);
    for (size_t i = 0; i < line->count; i++) {
        struct pdf_word *word = &line->words[i];
        const char *gap = i > 0 ? gap_text(line, i - 1) : "";
        put(text, gap, strlen(gap));
        ends = ends || (page->right > 0 && strlen(gap) > 1); /* a row of cells */
        word->from = text->column;
        put(text, word->text, word->length);
        word->to = text->column;
    }
    put(text, ends ? " \n" : "\n", ends ? 2 : 1);
    text->line++;
    text->column = 0;
}

static struct page_text put_pages(struct pdf *pdf)
{
    struct page_text text = {.arena = pdf->arena, .line = 1};
    for (size_t p = 0; p < pdf->count; p++) {
        put(&text, "\f", 1);
        text.column = 0;
        for (size_t i = 0; i < pdf->pages[p].line_count; i++)
            put_line(&text, &pdf->pages[p], &pdf->pages[p].lines[i]);
    }
    return text;
}

static void add_marks(const struct pdf *pdf, struct layout *layout)
{
    for (size_t i = 0; i < pdf->cell_count; i++) {
        const struct pdf_cell *cell = &pdf->cells[i];
        const struct pdf_word *words = cell->line->words;
        const struct layout_cell mark = {
            .place = {cell->line->number, words[cell->first].from, words[cell->last].to},
            .table = cell->table,
            .row = cell->row,
            .column = cell->column,
            .row_span = cell->row_span,
            .column_span = cell->column_span,
            .is_header = cell->is_header,
        };
        layout_add_cell(pdf->arena, layout, &mark);
    }
    for (size_t p = 0; p < pdf->count; p++) {
        for (size_t i = 0; i < pdf->pages[p].line_count; i++) {
            const struct pdf_line *line = &pdf->pages[p].lines[i];
            const struct layout_place place = {line->number, 0, line->words[line->count - 1].to};
            if (line->in_margin)
                layout_add_furniture(pdf->arena, layout, &place);
            if (line->is_heading)
                layout_add_heading(pdf->arena, layout, &(struct layout_heading){place, 1});
        }
    }
}

/* The last whole line of what a program said: what it failed at stands there. */
static const char *last_line(struct arena *arena, const char *messages)
{
    size_t end = strlen(messages);
    while (end > 0 && messages[end - 1] == '\n')
        end--;
    size_t start = end;
    while (start > 0 && messages[start - 1] != '\n')
        start--;
    return arena_copy(arena, messages + start, end - start);
}

static struct fault *judge(struct arena *arena, const struct text *text, const struct run *run)
{
    const char *path = text->path, *said = last_line(arena, run->messages);
    if (run->missing)
        return fault(arena, path, 0, "is a PDF, and pdftotext is not there to read it: install poppler-utils");
    if (run->late)
        return fault(arena, path, 0,
                     "is a PDF that takes pdftotext more than %d seconds, which is the limit: print it to a new PDF",
                     SECONDS);
    if (run->over_limit)
        return fault(arena, path, 0, "is a PDF with more than %d MiB of words and places, which is the limit: split it",
                     OUTPUT_LIMIT >> 20);
    if (strstr(run->messages, "password") || strstr(run->messages, "Copying of text"))
        return fault(arena, path, 0, "is an encrypted PDF: save it without a password");
    if (run->status < 0)
        return fault(arena, path, 0, "is a PDF that makes pdftotext crash: print it to a new PDF");
    if (run->status > 0)
        return fault(arena, path, 0, "is a broken PDF (pdftotext: %s): get it anew, or print it to a new PDF", said);
    if (*said)
        stage_warn(path, 0, "pdftotext: %s", said);
    return NULL;
}

/* What the pages hold, for people to know what is not read. */
struct content {
    size_t characters, strange; /* strange: of private use, or no character at all */
    size_t empty_pages, first_empty;
};

static void count_characters(const struct pdf_page *page, struct content *content)
{
    for (size_t i = 0; i < page->word_count; i++) {
        const struct pdf_word *word = &page->words[i];
        for (size_t at = 0, bytes; at < word->length; at += bytes) {
            uint32_t character = text_character(word->text, word->length, at, &bytes);
            int type = u_charType((UChar32)character);
            content->strange +=
                type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED || type == U_CONTROL_CHAR || character == 0xfffd;
            content->characters++;
        }
    }
}

static struct fault *check_content(const struct pdf *pdf, const struct text *text)
{
    enum { SHARE = 10 }; /* so many right characters to a strange one */
    struct content content = {0};
    for (size_t p = 0; p < pdf->count; p++) {
        count_characters(&pdf->pages[p], &content);
        if (pdf->pages[p].word_count == 0 && content.empty_pages++ == 0)
            content.first_empty = p + 1;
    }
    if (content.characters == 0)
        return fault(pdf->arena, text->path, 0,
                     "is a PDF without text (a scan): read it with an OCR program and give its text");
    if (SHARE * content.strange > content.characters)
        return fault(pdf->arena, text->path, 0,
                     "is a PDF whose fonts do not say what their signs mean: read it with an OCR program");
    if (content.empty_pages > 0)
        stage_warn(text->path, 0, "%zu of %zu pages have no text, the first is page %zu: if they are pictures, %s",
                   content.empty_pages, pdf->count, content.first_empty, "what they say is not read");
    return NULL;
}

struct fault *pdf_read(struct arena *arena, struct text *text, struct layout *layout, const char *const **numbers)
{
    static const char *const arguments[] = {"pdftotext", "-tsv", "-enc", "UTF-8", "/dev/stdin", "-", NULL};
    static const struct run_limits limits = {SECONDS, OUTPUT_LIMIT};
    struct run run;
    struct pdf pdf = {.arena = arena};
    TRY(run_program(arena, text, arguments, &limits, &run));
    TRY(judge(arena, text, &run));
    pdf_read_words(&pdf, run.output);
    TRY(check_content(&pdf, text));
    pdf_find_lines(&pdf);
    pdf_find_numbers(&pdf);
    pdf_find_heads(&pdf);
    pdf_find_tables(&pdf);
    pdf_find_margins(&pdf);
    pdf_find_headings(&pdf);
    pdf_find_paragraphs(&pdf);
    struct page_text made = put_pages(&pdf);
    add_marks(&pdf, layout);
    const char **list = arena_alloc(arena, (pdf.count + 1) * sizeof *list);
    for (size_t p = 0; p < pdf.count; p++)
        list[p] = pdf.pages[p].number;
    *numbers = list;
    text->bytes = made.bytes;
    text->size = made.size;
    text->asked = NULL; /* it was meant for a text */
    return NULL;
}
