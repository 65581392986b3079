/* records: what the stages hand to each other. A gazette is a list of records, a
 * record is some text of decoded.txt with what is known about it, a file of
 * records is tab-separated with a header line. The page that explains it all is
 * stages/RECORDS.md. */
#ifndef GONGBAO_RECORDS_H
#define GONGBAO_RECORDS_H

#include "fault.h"
#include <stdbool.h>
#include <stdio.h>

enum record_kind {
    RECORD_SOURCE,      /* the input itself: one record, first, without pieces */
    RECORD_TITLE,       /* the title of a document; later records belong to it */
    RECORD_BYLINE,      /* who speaks, when, where passed: the lines under a title */
    RECORD_PAGE_NUMBER, /* a printed page number */
    RECORD_HEADING,     /* a numbered or otherwise marked heading of a section */
    RECORD_LINE,        /* a line that may belong to a table, a sheet or a list */
    RECORD_TEXT,        /* a paragraph of running text */
    RECORD_CELL,        /* a cell of a table that the input marks as one */
    RECORD_FURNITURE,   /* what stands around the text of a web page: navigation, buttons, links */
    /* from classify on: what a line turned out to be */
    RECORD_CAPTION,
    RECORD_TABLE_HEADER,
    RECORD_TABLE_BODY,
    RECORD_SHEET_NAME,
    RECORD_SHEET_LABEL, /* a labelled field of a project sheet: the label and what stands beside it */
    RECORD_SHEET_TEXT,
    RECORD_LIST_ENTRY,
    /* from extract on: facts. They point to text that other records hold */
    RECORD_INDICATOR,
    RECORD_BUDGET,
    RECORD_PROJECT,
    /* no facts: what was passed over */
    RECORD_UNREAD, /* a figure that stands in no fact */
    RECORD_MISSED, /* a table, an announcement or a paragraph that gave no fact */
    RECORD_KIND_COUNT
};

/* What may be known about a record: a column of a record file each. The columns
 * of the contract's tables are among them, under the contract's names. */
enum attribute {
    /* the source */
    ATTRIBUTE_GAZETTE, /* the id; also the first column of every table */
    ATTRIBUTE_INPUT,   /* file name without folders */
    ATTRIBUTE_BYTES,
    ATTRIBUTE_SHA256,
    ATTRIBUTE_ENCODING,
    ATTRIBUTE_SOURCE, /* who published it, and where: said by the table of inputs, as may be its place and year */
    ATTRIBUTE_URL,
    ATTRIBUTE_RULES_VERSION, /* rules_digest of the rules that made the facts: from extract on */
    /* documents: on the title record */
    ATTRIBUTE_TITLE, /* normal form, whole */
    ATTRIBUTE_CLASS, /* what kind of document it is: from classify on */
    ATTRIBUTE_SPEAKER,
    ATTRIBUTE_DATE, /* YYYY-MM-DD, or what of it is printed */
    /* headings, list entries and numbered points */
    ATTRIBUTE_DEPTH,   /* of a heading: 0 part, 1 一、, 2 （一）, 3 1．, 4 （1） */
    ATTRIBUTE_ORDINAL, /* its number in digits */
    ATTRIBUTE_CELL,    /* of a cell: `TABLE ROW COLUMN ROWSPAN COLSPAN KIND`, as layout.h says */
    ATTRIBUTE_SECTION, /* number of the heading record above */
    ATTRIBUTE_TURNS,   /* where a record runs over to later pages: `4586:102`, the line and the page it begins */
    ATTRIBUTE_NORMAL,  /* normal form, where the borders of the record are certain */
    ATTRIBUTE_FIELD,   /* of a sheet label: which field of the project it opens */
    /* the contract's columns, sections 3 to 5 */
    ATTRIBUTE_PART,
    ATTRIBUTE_PLACE,
    ATTRIBUTE_TABLE,
    ATTRIBUTE_YEAR,
    ATTRIBUTE_CATEGORY,
    ATTRIBUTE_NO,
    ATTRIBUTE_NAME,
    ATTRIBUTE_CONCEPT,
    ATTRIBUTE_NATURE,
    ATTRIBUTE_MEASURE,
    ATTRIBUTE_ITEM,
    ATTRIBUTE_TEXT,
    ATTRIBUTE_KIND,
    ATTRIBUTE_VALUE,
    ATTRIBUTE_VALUE_TO,
    ATTRIBUTE_BOUND,
    ATTRIBUTE_UNIT,
    ATTRIBUTE_PHASE,
    ATTRIBUTE_LEVEL,
    ATTRIBUTE_ACCOUNT,
    ATTRIBUTE_ROLE,
    ATTRIBUTE_AMOUNT,
    ATTRIBUTE_CHANGE_PCT,
    ATTRIBUTE_CHANGE_BASE,
    ATTRIBUTE_BUDGET_PCT,
    ATTRIBUTE_NOTE,
    ATTRIBUTE_STATUS,
    ATTRIBUTE_LEAD,
    ATTRIBUTE_SUPPORT,
    ATTRIBUTE_BACKGROUND,
    ATTRIBUTE_CONTENT,
    ATTRIBUTE_GOALS,
    ATTRIBUTE_FUNDING,
    ATTRIBUTE_FUNDING_AMOUNT,
    ATTRIBUTE_FUNDING_UNIT,
    ATTRIBUTE_ADOPTED_NO,
    ATTRIBUTE_DOUBT,
    ATTRIBUTE_PAGE, /* of every record: printed number of the page of its first piece */
    ATTRIBUTE_LINE_FROM,
    ATTRIBUTE_LINE_TO,
    /* of a figure that was not read, section 10 */
    ATTRIBUTE_LINE,
    ATTRIBUTE_FIGURE,
    ATTRIBUTE_REASON,
    ATTRIBUTE_COUNT
};

/* A piece of a line of decoded.txt. */
struct piece {
    long line;       /* from 1 */
    size_t from, to; /* columns in characters, from 0, to not included */
};

struct value {
    enum attribute attribute;
    const char *text; /* NULL: taken away */
};

struct record {
    size_t number;         /* its place in the file, from 1: column `record`; record_add counts on from the highest */
    enum record_kind kind; /* column `type`, by record_kind_name */
    size_t document;       /* number of the title record that it belongs to; a title's own; 0: none */
    const struct piece *pieces; /* 3183:0-18,3184:0-11, in reading order: a page number may lie between two; of
                                 * a record that was read only the source has none */
    size_t piece_count;
    const char *text;     /* column `printed`: as printed, its pieces joined by \n, with all their spaces; never NULL */
    const char *rules;    /* ids of the rules that read it, comma between; never NULL */
    struct value *values; /* what is known of it: by record_value and record_set only; a record copied by
                           * assignment shares them with the first, so set values of one of the two only */
    size_t value_count;
};

struct gazette {
    struct arena *arena; /* everything below lives here */
    const char *path;    /* the file it was read from, for messages */
    struct record *records;
    size_t count, capacity;
    size_t last_number; /* the highest number given to a record so far */
};

/* The files of records: which columns each has. */
enum record_file { FILE_SEGMENTED, FILE_NORMALISED, FILE_CLASSIFIED, FILE_EXTRACTED, RECORD_FILE_COUNT };

/* Reads all records of one file. Returns NULL, or a fault that names the line of
 * the file (a column missing, an unknown kind or escape, pieces that run
 * backwards or are missing); gazette is then empty. */
struct fault *records_read(struct arena *arena, const char *path, enum record_file file, struct gazette *gazette);

/* Writes header and records; numbers them anew in their order, documents and
 * sections following: those that point to a record that is gone lose it. Of two
 * records of one number (a record that was split) the first is meant. Errors of
 * the stream are found when it is closed. */
void records_write(FILE *out, enum record_file file, struct gazette *gazette);

/* A new record at the end of the gazette, empty but for its kind and number; a
 * title is its own document. The pointer is good until the next one is added. To
 * make a list anew, copy the struct gazette, set records, count and capacity of
 * the copy to 0, and add; records copied into it keep their numbers. */
struct record *record_add(struct gazette *gazette, enum record_kind kind);

/* The value of an attribute, "" if unknown. */
const char *record_value(const struct record *record, enum attribute attribute);
/* value must live as long as the gazette; NULL takes it away. */
void record_set(struct gazette *gazette, struct record *record, enum attribute attribute, const char *value);
/* The text of a record in normal form: made anew where normalise left it open. */
const char *record_normal(struct arena *arena, const struct record *record);
/* The end of the document whose records begin at first: the next title, or the last record. */
size_t document_end(const struct gazette *gazette, size_t first);
/* The printed page of a line of the record, "" if unknown: a record may turn to later pages. */
const char *record_page(struct arena *arena, const struct record *record, long line);
/* Adds a rule's id to record->rules unless it stands there. */
void record_credit(struct gazette *gazette, struct record *record, const char *rule_id);

/* Whether a kind is what stands around the text, page numbers and furniture: text goes on
 * behind it as if it were not there. */
bool record_kind_is_margin(enum record_kind kind);

const char *record_kind_name(enum record_kind kind);
const char *attribute_name(enum attribute attribute); /* as in the header */

/* A column of one of the contract's tables, and what a data package says of it. */
struct column {
    enum attribute attribute;
    const char *type;              /* "string", "integer", "number" */
    const char *description;       /* one English sentence */
    const char *const *categories; /* the closed list of values, NULL at the end; or NULL */
};

/* One of the contract's tables: its columns in their order, one list for writer,
 * CSV and data package. */
struct table {
    const char *name; /* "indicators" */
    const char *description;
    enum record_kind kind;
    const struct column *columns;
    size_t column_count;
};

/* The first tables hold facts, the last one what stands in none of them. */
enum { FACT_TABLE_COUNT = 3, TABLE_COUNT };
extern const struct table tables[TABLE_COUNT];

/* Whether a record is a row of the table. A target that is told again in prose is a
 * record, for later checks, and no row. */
bool table_has(const struct table *table, const struct record *record);

#endif
