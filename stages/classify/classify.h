/* classify: what its files share. Each step names more of the records. */
#ifndef GONGBAO_CLASSIFY_H
#define GONGBAO_CLASSIFY_H

#include "../lib/records.h"
#include "../lib/rules.h"
#include <stdbool.h>

/* The records of one document: [first, end), the title record first (the records
 * before the first title are a document without one). */
struct document {
    struct gazette *gazette;
    const struct rules *rules;
    size_t first, end;
};

/* Says on the title record what kind of document it is. */
void document_name(const struct document *document);

/* Finds captions, headers and bodies of tables. */
void tables_find(const struct document *document);

/* Finds the caption above the header of a table that begins at index header. */
void caption_find(const struct document *document, size_t header);

/* Finds tables of indicators whose cells the input marks. */
void grids_find(const struct document *document);

/* Cuts text records of the gazette where a line of theirs begins with the label of
 * a project sheet: a full last line of a field has no space at its end, so
 * normalise could not see its end. Done before everything else. */
void sheets_cut(struct gazette *gazette, const struct rules *rules);

/* Whether a document may hold project sheets: one that its title names as another kind
 * has none, whatever words begin its lines. */
bool may_hold_sheets(const struct document *document);

/* Finds tables of projects whose cells the input marks. Done before tables of indicators
 * are looked for: `目标任务` heads a column of both. */
void project_grids_find(const struct document *document);

/* Finds the sheets of a document of projects: names, labels, texts. */
void sheets_find(const struct document *document);

/* Whether documents of a class list projects. */
bool lists_projects(const char *class);

/* Finds the entries of numbered lists. */
void lists_find(const struct document *document);

#endif
