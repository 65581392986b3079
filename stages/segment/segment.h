/* segment: what its files share. A gazette here is its lines, and each step says
 * more about them: pages, then titles, then headings. */
#ifndef GONGBAO_SEGMENT_H
#define GONGBAO_SEGMENT_H

#include "../lib/layout.h"
#include "../lib/lines.h"
#include "../lib/records.h"
#include "../lib/rules.h"
#include "../lib/text.h"

/* A line that is not blank, or the text of one cell in it. */
struct segment_line {
    long number;      /* of decoded.txt, from 1 */
    const char *text; /* as printed, with its spaces */
    size_t length;
    size_t from, to;                /* its columns in the line, in characters */
    const struct layout_cell *cell; /* the cell that it is text of, or NULL */
    struct normal normal;
    struct line_shape shape;
    bool is_heading; /* the input marks it as one */
    bool begins_page;
    const char *page;            /* the printed number of its page, or NULL if that is not certain */
    enum record_kind kind;       /* RECORD_LINE until a step says otherwise */
    bool goes_on;                /* belongs to the record of the line before */
    const char *rule;            /* id of the rule that said what it is, or NULL */
    const char *depth, *ordinal; /* of a heading or a numbered point, else NULL */
};

struct segment_text {
    struct arena *arena;
    const struct rules *rules;
    struct segment_line *lines; /* those that are not blank */
    size_t count;
    struct line_measure measure;
};

/* What the lines under a title say. */
struct segment_document {
    const char *title, *speaker, *date, *year, *place; /* NULL where not said */
};

/* Marks the cells of tables that plain text keeps apart by | or tabs, unless the
 * input marks cells itself. */
void columns_mark(struct segment_text *text, struct layout *layout);

/* Finds printed page numbers and page breaks, and sets begins_page and page. */
void pages_find(struct segment_text *text, const struct layout *layout);

/* Finds what is printed at the edges of pages and is no text: running heads, and bare
 * page numbers. To be called before the pages are numbered. */
void margins_find(struct segment_text *text);

/* Finds titles and the bylines under them. */
void titles_find(struct segment_text *text);

/* Finds headings and numbered points by their marks. */
void headings_find(struct segment_text *text);

/* What the title that begins at line first and its bylines say of the document. */
struct segment_document document_read(const struct segment_text *text, size_t first);

#endif
