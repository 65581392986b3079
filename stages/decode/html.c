/* html: a web page as lines of text. In: the page as UTF-8. Out: a line for each
 * block of visible text, in the order of the page, and what the markup says of it:
 * cells of tables of data, headings, and what stands around the text. Tidy repairs
 * the markup; what a table is for and what is furniture is judged here, by how much
 * text and how many links an element holds. */
#include "html.h"

#include "../lib/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <tidy/tidy.h>
#include <tidy/tidybuffio.h>
#include <unicode/uchar.h>

enum {
    LONG_CELL = 200,  /* characters on several lines: more than a cell of a table of figures has */
    LONG_PAGE = 2000, /* the same: more than a field of a project sheet has */
    LONG_LINK = 40,   /* characters: what a link to elsewhere is called; a longer one is text of the page */
};

/* An element or a text of the page, in its order. */
struct node {
    TidyTagId tag; /* TidyTag_UNKNOWN for text */
    size_t parent; /* index; the first node, the page itself, is its own */
    size_t end;    /* index behind the last node within it */
    const char *text;
    size_t length;
    bool link; /* a with href */
    long row_span, column_span;
    size_t letters, linked, links, lines; /* within it: letters and digits, those in links, links, blocks of text */
    bool hidden, furniture, preserved;    /* it, or what it is in */
    long level;                           /* of the heading that it is in; 0: none */
    const struct layout_cell *cell;       /* that it is in; NULL: none */
    bool holds_title;                     /* an h1 is in it */
};

struct page {
    struct arena *arena;
    struct node *nodes;
    size_t count, capacity;
};

static bool is_heading(TidyTagId tag)
{
    return tag >= TidyTag_H1 && tag <= TidyTag_H6;
}

static bool is_cell(TidyTagId tag)
{
    return tag == TidyTag_TD || tag == TidyTag_TH;
}

/* markup.c leaves no other element within a line. */
static bool is_block(TidyTagId tag)
{
    return tag != TidyTag_UNKNOWN && tag != TidyTag_A;
}

static long read_number(TidyNode element, TidyAttrId id)
{
    ctmbstr value = tidyAttrValue(tidyAttrGetById(element, id)); /* NULL is allowed, and digits are all there can be */
    return value ? strtol(value, NULL, 10) : 1;
}

static void read_text(struct page *page, TidyDoc document, TidyNode from, struct node *node)
{
    TidyBuffer buffer;
    tidyBufInit(&buffer);
    if (tidyNodeGetValue(document, from, &buffer) && buffer.size > 0) {
        node->length = buffer.size;
        node->text = arena_copy(page->arena, (const char *)buffer.bp, buffer.size);
    }
    tidyBufFree(&buffer);
    for (size_t at = 0, bytes; at < node->length; at += bytes)
        node->letters += u_isalnum((UChar32)text_character(node->text, node->length, at, &bytes)) != 0;
}

static size_t add_node(struct page *page, TidyDoc document, TidyNode from, size_t parent)
{
    page->nodes = arena_grow(page->arena, page->nodes, page->count, &page->capacity, sizeof *page->nodes);
    struct node *node = &page->nodes[page->count];
    node->parent = parent;
    if (tidyNodeGetType(from) == TidyNode_Text) {
        read_text(page, document, from, node);
    } else {
        node->tag = tidyNodeGetId(from);
        node->hidden = tidyAttrGetById(from, TidyAttr_HIDDEN) != NULL;
        node->link = node->tag == TidyTag_A && tidyAttrGetById(from, TidyAttr_HREF);
        node->row_span = is_cell(node->tag) ? read_number(from, TidyAttr_ROWSPAN) : 1;
        node->column_span = is_cell(node->tag) ? read_number(from, TidyAttr_COLSPAN) : 1;
    }
    return page->count++;
}

/* Tidy's tree as a list: elements before what they hold. */
static void list_nodes(struct page *page, TidyDoc document)
{
    TidyNode root = tidyGetRoot(document), at = root;
    size_t parent = add_node(page, document, root, 0);
    page->nodes[0].tag = TidyTag_HTML;
    while (at) {
        TidyNode next = tidyGetChild(at);
        if (next) {
            parent = at == root ? 0 : page->count - 1;
        } else {
            while (at != root && !(next = tidyGetNext(at))) {
                at = tidyGetParent(at);
                page->nodes[parent].end = page->count;
                parent = page->nodes[parent].parent;
            }
        }
        at = next;
        if (at) {
            size_t added = add_node(page, document, at, parent);
            page->nodes[added].end = added + 1;
        }
    }
    page->nodes[0].end = page->count;
}

static struct fault *parse(struct page *page, const char *path, struct markup *markup)
{
    TidyDoc document = tidyCreate();
    TidyBuffer input, messages;
    if (!document)
        return fault(page->arena, path, 0, "Tidy cannot be started: there is no memory for it");
    tidyBufInit(&messages);
    tidyBufInit(&input);
    tidyBufAttach(&input, (byte *)markup->text, (uint)markup->length);
    bool ready = tidyOptSetValue(document, TidyInCharEncoding, "utf8") && tidyOptSetInt(document, TidyShowErrors, 0) &&
                 tidyOptSetBool(document, TidyShowWarnings, no) && tidyOptSetBool(document, TidyQuiet, yes) &&
                 tidySetErrorBuffer(document, &messages) == 0;
    int status = ready ? tidyParseBuffer(document, &input) : -1;
    if (status >= 0)
        list_nodes(page, document);
    tidyBufDetach(&input);
    tidyRelease(document);
    tidyBufFree(&messages);
    return status >= 0 ? NULL : fault(page->arena, path, 0, "Tidy cannot read it: save it as plain text");
}

/* What holds for an element holds for what is in it. */
static void hand_down(struct page *page)
{
    for (size_t i = 1; i < page->count; i++) {
        struct node *node = &page->nodes[i];
        const struct node *parent = &page->nodes[node->parent];
        node->hidden |= parent->hidden;
        node->preserved = parent->preserved || node->tag == TidyTag_PRE;
        node->level = is_heading(node->tag) ? (long)(node->tag - TidyTag_H1) + 1 : parent->level;
        if (node->hidden)
            node->letters = 0;
    }
}

/* Counts what each element holds. */
static void weigh(struct page *page)
{
    assert(page->nodes); /* the first is the page itself */
    for (size_t i = page->count - 1; i > 0; i--) {
        struct node *node = &page->nodes[i], *parent = &page->nodes[node->parent];
        if (node->link && node->letters > 0) {
            node->linked = node->letters;
            node->links = 1;
        }
        node->holds_title |= node->tag == TidyTag_H1 && node->letters > 0;
        if (node->tag == TidyTag_BR || (is_block(node->tag) && node->letters > 0 && node->lines == 0))
            node->lines = 1;
        parent->letters += node->letters;
        parent->linked += node->linked;
        parent->links += node->links;
        parent->lines += node->lines;
        parent->holds_title |= node->holds_title;
    }
}

/* The cells of one table. */
struct table {
    size_t node;
    struct span_cell *cells;
    size_t *nodes; /* of the cells */
    size_t count, rows;
    size_t nested; /* letters in tables within it */
};

/* The row behind the last one that a cell may reach into: those of its part of the table. */
static void end_rows(struct table *table, size_t first, size_t row_end)
{
    for (size_t i = first; i < table->count; i++) {
        if (table->cells[i].row_end > row_end)
            table->cells[i].row_end = row_end;
    }
}

static void add_cell(struct table *table, const struct node *node, size_t index)
{
    struct span_cell *cell = &table->cells[table->count];
    cell->row = table->rows - 1;
    /* a span of 0 reaches to the end */
    cell->row_end = node->row_span > 0 ? cell->row + (size_t)node->row_span : SIZE_MAX;
    cell->column_span = node->column_span > 0 ? node->column_span : 1;
    table->nodes[table->count++] = index;
}

/* Finds the cells of a table, row by row, those of tables within it left out. */
static struct table list_cells(const struct page *page, size_t index)
{
    size_t end = page->nodes[index].end, first = 0, section = index, room = 0;
    for (size_t i = index + 1; i < end; i++)
        room += is_cell(page->nodes[i].tag);
    struct table table = {.node = index,
                          .cells = arena_alloc(page->arena, room * sizeof *table.cells),
                          .nodes = arena_alloc(page->arena, room * sizeof *table.nodes)};
    for (size_t i = index + 1, next; i < end; i = next) {
        const struct node *node = &page->nodes[i];
        next = node->hidden || node->tag == TidyTag_TABLE ? node->end : i + 1;
        if (node->hidden)
            continue;
        if (node->tag == TidyTag_TABLE) {
            table.nested += node->letters;
        } else if (node->tag == TidyTag_TR) {
            if (node->parent != section) {
                end_rows(&table, first, table.rows);
                first = table.count;
                section = node->parent;
            }
            table.rows++;
        } else if (is_cell(node->tag) && table.rows > 0) {
            add_cell(&table, node, i);
        }
    }
    end_rows(&table, first, table.rows);
    return table;
}

/* Whether a cell holds what no cell of a table of data does: paragraphs for pages, or
 * paragraphs that fill their row and most of the table. */
static bool is_part_of_page(const struct page *page, const struct table *table, size_t cell, size_t row_letters)
{
    const struct node *node = &page->nodes[table->nodes[cell]];
    if (node->lines < 2 || node->letters <= LONG_CELL)
        return false;
    return node->letters > LONG_PAGE ||
           (node->letters == row_letters && 2 * node->letters > page->nodes[table->node].letters);
}

/* Whether a table holds data: text in two rows and two columns at least, and not the
 * parts of a page. */
static bool holds_data(const struct page *page, const struct table *table)
{
    size_t rows = 0;
    long first = 0;
    bool columns = false;
    for (size_t i = 0, end; i < table->count; i = end) {
        size_t letters = 0;
        for (end = i; end < table->count && table->cells[end].row == table->cells[i].row; end++)
            letters += page->nodes[table->nodes[end]].letters;
        rows += letters > 0;
        for (size_t c = i; c < end; c++) {
            if (is_part_of_page(page, table, c, letters))
                return false;
            if (page->nodes[table->nodes[c]].letters == 0)
                continue;
            columns |= first != 0 && first != table->cells[c].column;
            first = table->cells[c].column;
        }
    }
    return rows > 1 && columns && 2 * table->nested <= page->nodes[table->node].letters;
}

static void mark_cells(struct page *page, const struct table *table, long number)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct span_cell *from = &table->cells[i];
        struct node *node = &page->nodes[table->nodes[i]];
        struct layout_cell *cell = arena_alloc(page->arena, sizeof *cell);
        cell->table = number;
        cell->row = (long)from->row + 1;
        cell->column = from->column;
        cell->row_span = (long)(from->row_end - from->row);
        cell->column_span = from->column_span;
        cell->is_header = node->tag == TidyTag_TH;
        node->cell = cell;
    }
}

static void find_tables(struct page *page)
{
    long number = 0;
    for (size_t i = 1; i < page->count; i++) {
        if (page->nodes[i].tag != TidyTag_TABLE || page->nodes[i].hidden)
            continue;
        struct table table = list_cells(page, i);
        if (spans_place(page->arena, table.cells, table.count) && holds_data(page, &table))
            mark_cells(page, &table, ++number);
    }
}

/* Whether an element stands around the text: by its name, or because it is a smaller
 * part of the page and holds little but links. The header of an article is its title, and so may be a link in an h1. */
static bool is_furniture(const struct page *page, const struct node *node)
{
    switch (node->tag) {
    case TidyTag_NAV:
    case TidyTag_ASIDE:
        return true;
    case TidyTag_HEADER:
    case TidyTag_FOOTER:
        for (size_t i = node->parent; i > 0; i = page->nodes[i].parent) {
            TidyTagId tag = page->nodes[i].tag;
            if (tag == TidyTag_ARTICLE || tag == TidyTag_MAIN || tag == TidyTag_SECTION)
                return false;
        }
        return !node->holds_title;
    default:
        return is_block(node->tag) && !node->cell && !node->holds_title &&
               2 * node->letters <= page->nodes[0].letters && 10 * node->linked > 6 * node->letters &&
               node->linked <= LONG_LINK * node->links;
    }
}

/* Hands cells and furniture down, once both are known. */
static void find_furniture(struct page *page)
{
    for (size_t i = 1; i < page->count; i++) {
        struct node *node = &page->nodes[i];
        const struct node *parent = &page->nodes[node->parent];
        if (!node->cell)
            node->cell = parent->cell;
        node->furniture = parent->furniture || is_furniture(page, node);
    }
}

/* The lines as they are written. */
struct writer {
    struct arena *arena;
    struct layout *layout;
    char *text;
    size_t length, start;     /* bytes so far, and where the current line begins */
    long line;                /* from 1 */
    size_t column;            /* characters of the line */
    bool space;               /* white space to be written before the next character */
    const struct node *first; /* whose text the line begins with; NULL: the line has none yet */
};

static void mark_line(const struct writer *w)
{
    struct layout_place place = {w->line, 0, w->column};
    if (w->first->cell) {
        struct layout_cell cell = *w->first->cell;
        cell.place = place;
        layout_add_cell(w->arena, w->layout, &cell);
    }
    if (w->first->level > 0)
        layout_add_heading(w->arena, w->layout, &(struct layout_heading){place, w->first->level});
    if (w->first->furniture)
        layout_add_furniture(w->arena, w->layout, &place);
}

/* A line without a character but spaces is none. */
static void end_line(struct writer *w)
{
    if (w->first) {
        mark_line(w);
        w->text[w->length++] = '\n';
        w->line++;
    } else {
        w->length = w->start;
    }
    w->start = w->length;
    w->column = 0;
    w->space = false;
    w->first = NULL;
}

static void put_character(struct writer *w, const char *character, size_t bytes)
{
    if (w->space && w->column > 0) {
        w->text[w->length++] = ' ';
        w->column++;
    }
    w->space = false;
    memcpy(w->text + w->length, character, bytes);
    w->length += bytes;
    w->column++;
}

static void put_text(struct writer *w, const struct node *node)
{
    for (size_t at = 0, bytes; at < node->length; at += bytes) {
        uint32_t character = text_character(node->text, node->length, at, &bytes);
        bool white = character == ' ' || (character >= '\t' && character <= '\r');
        if (node->preserved && character == '\n') {
            end_line(w);
        } else if (white && !(node->preserved && character == ' ')) {
            w->space = true;
        } else {
            put_character(w, node->text + at, bytes);
            if (!w->first && !character_is_space(character))
                w->first = node;
        }
    }
}

/* Writes the visible text; each block is on lines of its own. */
static void write_lines(const struct page *page, struct writer *w)
{
    size_t room = 1, within = 0;
    for (size_t i = 0; i < page->count; i++)
        room += page->nodes[i].length + 2; /* a space and a line end */
    w->text = arena_alloc(page->arena, room);
    for (size_t i = 1, next; i < page->count; i = next) {
        const struct node *node = &page->nodes[i];
        next = node->hidden ? node->end : i + 1;
        for (; page->nodes[within].end <= i; within = page->nodes[within].parent) {
            if (is_block(page->nodes[within].tag))
                end_line(w);
        }
        if (node->hidden)
            continue;
        if (is_block(node->tag))
            end_line(w);
        else
            put_text(w, node);
        if (node->end > i + 1)
            within = i;
    }
    end_line(w);
}

struct fault *html_read(struct arena *arena, struct text *text, struct layout *layout, size_t *controls,
                        long *control_line)
{
    struct markup markup;
    struct page page = {.arena = arena};
    struct writer writer = {.arena = arena, .layout = layout, .line = 1};
    TRY(markup_read(arena, text, &markup));
    TRY(parse(&page, text->path, &markup));
    hand_down(&page);
    weigh(&page);
    find_tables(&page);
    find_furniture(&page);
    write_lines(&page, &writer);
    *controls = markup.controls;
    *control_line = markup.controls > 0 ? text_line(text->bytes, markup.control_offset) : 0;
    text->bytes = writer.text;
    text->size = writer.length;
    return NULL;
}
