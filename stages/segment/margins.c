/* margins: what is printed at the edges of every page and is no text: running heads, and
 * numbers that nothing but their place tells from a figure. In: the lines of a gazette
 * whose page breaks are marked (form feeds). Out: such lines are furniture, or page
 * numbers. */
#include "segment.h"

#include <stdlib.h>
#include <string.h>

enum {
    EDGE = 2,           /* lines at the top and at the foot of a page that may be margins */
    FEWEST_PAGES = 5,   /* that a running head stands on */
    SHORTEST_HEAD = 5,  /* characters: shorter ones may be words of a table */
    LONGEST_NUMBER = 4, /* digits */
};

/* A line at the edge of a page. */
struct edge_line {
    size_t index; /* of the line */
    long page;    /* counted from 0 */
};

struct edges {
    const struct segment_text *text;
    struct edge_line *list;
    size_t count;
    long pages;
};

static void add_page(struct edges *edges, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        bool at_edge = i - first < EDGE || end - i <= EDGE;
        if (at_edge && edges->text->lines[i].kind == RECORD_LINE)
            edges->list[edges->count++] = (struct edge_line){i, edges->pages};
    }
    edges->pages++;
}

static struct edges find_edges(const struct segment_text *text)
{
    struct edges edges = {.text = text};
    edges.list = arena_alloc(text->arena, (text->count + 1) * sizeof *edges.list);
    size_t first = 0;
    for (size_t i = 1; i <= text->count; i++) {
        if (i < text->count && !text->lines[i].begins_page)
            continue;
        add_page(&edges, first, i);
        first = i;
    }
    return edges;
}

/* The number that is all there is in a line, or -1. */
static long number_of(const struct segment_line *line)
{
    size_t digits = strspn(line->normal.text, "0123456789");
    bool all = digits > 0 && digits <= LONGEST_NUMBER && digits == line->normal.length;
    return all ? strtol(line->normal.text, NULL, 10) : -1;
}

/* Whether the page before or after has the number before or after at its edge. */
static bool counts_on(const struct edges *edges, size_t at, long number)
{
    const struct edge_line *one = &edges->list[at];
    for (size_t i = at; i-- > 0 && edges->list[i].page + 1 >= one->page;)
        if (edges->list[i].page + 1 == one->page && number_of(&edges->text->lines[edges->list[i].index]) == number - 1)
            return true;
    for (size_t i = at + 1; i < edges->count && edges->list[i].page <= one->page + 1; i++)
        if (edges->list[i].page == one->page + 1 && number_of(&edges->text->lines[edges->list[i].index]) == number + 1)
            return true;
    return false;
}

static void mark_numbers(struct segment_text *text, const struct edges *edges)
{
    bool *counts = arena_alloc(text->arena, (edges->count + 1) * sizeof *counts);
    for (size_t i = 0; i < edges->count; i++) {
        long number = number_of(&text->lines[edges->list[i].index]);
        counts[i] = number >= 0 && counts_on(edges, i, number);
    }
    for (size_t i = 0; i < edges->count; i++) {
        struct segment_line *line = &text->lines[edges->list[i].index];
        if (!counts[i])
            continue;
        line->kind = RECORD_PAGE_NUMBER;
        line->ordinal = line->normal.text;
    }
}

/* A line that may be a running head. */
struct head {
    struct segment_line *line;
    long page;
};

static int compare_texts(const void *one, const void *other)
{
    const struct head *a = one, *b = other;
    int order = strcmp(a->line->normal.text, b->line->normal.text);
    return order != 0 ? order : (a->page > b->page) - (a->page < b->page);
}

/* 资金：100万元 on each page is the label of a sheet. */
static bool has_colon(const struct segment_line *line)
{
    return memchr(line->normal.text, ':', line->normal.length) || strstr(line->normal.text, "\xef\xbc\x9a"); /* ： */
}

static bool may_be_head(const struct segment_line *line)
{
    return line->kind == RECORD_LINE && !line->shape.ends_sentence && !line->shape.has_gap && !has_colon(line) &&
           text_count(line->normal.text, line->normal.length) >= SHORTEST_HEAD;
}

/* A line that stands at the edge of many pages, word for word, is a running head. */
static void mark_heads(struct segment_text *text, const struct edges *edges)
{
    struct head *heads = arena_alloc(text->arena, (edges->count + 1) * sizeof *heads);
    size_t count = 0;
    for (size_t i = 0; i < edges->count; i++)
        if (may_be_head(&text->lines[edges->list[i].index]))
            heads[count++] = (struct head){&text->lines[edges->list[i].index], edges->list[i].page};
    qsort(heads, count, sizeof *heads, compare_texts);
    for (size_t first = 0, end; first < count; first = end) {
        size_t pages = 1;
        for (end = first + 1; end < count && strcmp(heads[first].line->normal.text, heads[end].line->normal.text) == 0;
             end++)
            pages += heads[end].page != heads[end - 1].page;
        for (size_t i = first; pages >= FEWEST_PAGES && i < end; i++)
            heads[i].line->kind = RECORD_FURNITURE;
    }
}

/* The page begins with its first line that is text. */
static void move_breaks(struct segment_text *text)
{
    for (size_t i = 0; i + 1 < text->count; i++) {
        struct segment_line *line = &text->lines[i];
        if (!line->begins_page || (line->kind != RECORD_FURNITURE && line->kind != RECORD_PAGE_NUMBER))
            continue;
        line->begins_page = false;
        line[1].begins_page = true;
    }
}

void margins_find(struct segment_text *text)
{
    struct edges edges = find_edges(text);
    mark_numbers(text, &edges);
    mark_heads(text, &edges);
    move_breaks(text);
}
