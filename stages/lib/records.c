/* records: reads and writes the files between the stages. In: tab-separated lines
 * below a header line. Out: the same. What a reader accepts, every later step may
 * rely on: UTF-8 without NUL bytes, known kinds, pieces that are well formed,
 * documents and sections that are there. */
#include "records.h"
#include "output.h"
#include "text.h"
#include "tsv.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The columns that every file has, before those of its attributes. */
enum fixed_column {
    COLUMN_RECORD,
    COLUMN_TYPE,
    COLUMN_DOCUMENT,
    COLUMN_PIECES,
    COLUMN_PRINTED,
    COLUMN_RULES,
    FIXED_COUNT,
    COLUMN_LIMIT = FIXED_COUNT + ATTRIBUTE_COUNT
};

static const char *const fixed_names[FIXED_COUNT] = {"record", "type", "document", "pieces", "printed", "rules"};

static const char *const kind_names[RECORD_KIND_COUNT] = {
    [RECORD_SOURCE] = "source",
    [RECORD_TITLE] = "title",
    [RECORD_BYLINE] = "byline",
    [RECORD_PAGE_NUMBER] = "page-number",
    [RECORD_HEADING] = "heading",
    [RECORD_LINE] = "line",
    [RECORD_TEXT] = "text",
    [RECORD_CELL] = "cell",
    [RECORD_FURNITURE] = "furniture",
    [RECORD_CAPTION] = "caption",
    [RECORD_TABLE_HEADER] = "table-header",
    [RECORD_TABLE_BODY] = "table-body",
    [RECORD_SHEET_NAME] = "sheet-name",
    [RECORD_SHEET_LABEL] = "sheet-label",
    [RECORD_SHEET_TEXT] = "sheet-text",
    [RECORD_LIST_ENTRY] = "list-entry",
    [RECORD_INDICATOR] = "indicator",
    [RECORD_BUDGET] = "budget",
    [RECORD_PROJECT] = "project",
    [RECORD_UNREAD] = "unread",
    [RECORD_MISSED] = "missed",
};

static const char *const attribute_names[ATTRIBUTE_COUNT] = {
    [ATTRIBUTE_GAZETTE] = "gazette",
    [ATTRIBUTE_INPUT] = "input",
    [ATTRIBUTE_BYTES] = "bytes",
    [ATTRIBUTE_SHA256] = "sha256",
    [ATTRIBUTE_ENCODING] = "encoding",
    [ATTRIBUTE_SOURCE] = "source",
    [ATTRIBUTE_URL] = "url",
    [ATTRIBUTE_RULES_VERSION] = "rules_version",
    [ATTRIBUTE_TITLE] = "title",
    [ATTRIBUTE_CLASS] = "class",
    [ATTRIBUTE_SPEAKER] = "speaker",
    [ATTRIBUTE_DATE] = "date",
    [ATTRIBUTE_DEPTH] = "depth",
    [ATTRIBUTE_ORDINAL] = "ordinal",
    [ATTRIBUTE_CELL] = "cell",
    [ATTRIBUTE_SECTION] = "section",
    [ATTRIBUTE_TURNS] = "turns",
    [ATTRIBUTE_NORMAL] = "normal",
    [ATTRIBUTE_FIELD] = "field",
    [ATTRIBUTE_PART] = "part",
    [ATTRIBUTE_PLACE] = "place",
    [ATTRIBUTE_TABLE] = "table",
    [ATTRIBUTE_YEAR] = "year",
    [ATTRIBUTE_CATEGORY] = "category",
    [ATTRIBUTE_NO] = "no",
    [ATTRIBUTE_NAME] = "name",
    [ATTRIBUTE_CONCEPT] = "concept",
    [ATTRIBUTE_NATURE] = "nature",
    [ATTRIBUTE_MEASURE] = "measure",
    [ATTRIBUTE_ITEM] = "item",
    [ATTRIBUTE_TEXT] = "text",
    [ATTRIBUTE_KIND] = "kind",
    [ATTRIBUTE_VALUE] = "value",
    [ATTRIBUTE_VALUE_TO] = "value_to",
    [ATTRIBUTE_BOUND] = "bound",
    [ATTRIBUTE_UNIT] = "unit",
    [ATTRIBUTE_PHASE] = "phase",
    [ATTRIBUTE_LEVEL] = "level",
    [ATTRIBUTE_ACCOUNT] = "account",
    [ATTRIBUTE_ROLE] = "role",
    [ATTRIBUTE_AMOUNT] = "amount",
    [ATTRIBUTE_CHANGE_PCT] = "change_pct",
    [ATTRIBUTE_CHANGE_BASE] = "change_base",
    [ATTRIBUTE_BUDGET_PCT] = "budget_pct",
    [ATTRIBUTE_NOTE] = "note",
    [ATTRIBUTE_STATUS] = "status",
    [ATTRIBUTE_LEAD] = "lead",
    [ATTRIBUTE_SUPPORT] = "support",
    [ATTRIBUTE_BACKGROUND] = "background",
    [ATTRIBUTE_CONTENT] = "content",
    [ATTRIBUTE_GOALS] = "goals",
    [ATTRIBUTE_FUNDING] = "funding",
    [ATTRIBUTE_FUNDING_AMOUNT] = "funding_amount",
    [ATTRIBUTE_FUNDING_UNIT] = "funding_unit",
    [ATTRIBUTE_ADOPTED_NO] = "adopted_no",
    [ATTRIBUTE_DOUBT] = "doubt",
    [ATTRIBUTE_PAGE] = "page",
    [ATTRIBUTE_LINE_FROM] = "line_from",
    [ATTRIBUTE_LINE_TO] = "line_to",
    [ATTRIBUTE_LINE] = "line",
    [ATTRIBUTE_FIGURE] = "figure",
    [ATTRIBUTE_REASON] = "reason",
};

/* The attributes of the files that divide the text: each file has those of the
 * one before it and some more. The extracted file has every attribute. */
static const enum attribute text_attributes[] = {
    ATTRIBUTE_GAZETTE,
    ATTRIBUTE_INPUT,
    ATTRIBUTE_BYTES,
    ATTRIBUTE_SHA256,
    ATTRIBUTE_ENCODING,
    ATTRIBUTE_SOURCE,
    ATTRIBUTE_URL,
    ATTRIBUTE_RULES_VERSION,
    ATTRIBUTE_TITLE,
    ATTRIBUTE_SPEAKER,
    ATTRIBUTE_DATE,
    ATTRIBUTE_PLACE,
    ATTRIBUTE_YEAR,
    ATTRIBUTE_DEPTH,
    ATTRIBUTE_ORDINAL,
    ATTRIBUTE_CELL,
    ATTRIBUTE_SECTION,
    ATTRIBUTE_PAGE,
    /* from normalise on */
    ATTRIBUTE_TURNS,
    ATTRIBUTE_NORMAL,
    /* from classify on */
    ATTRIBUTE_CLASS,
    ATTRIBUTE_FIELD,
    ATTRIBUTE_MEASURE,
    ATTRIBUTE_CATEGORY,
};

enum { SEGMENTED_COUNT = 18, NORMALISED_COUNT = 20, CLASSIFIED_COUNT = COUNT(text_attributes) };

static const size_t attribute_counts[RECORD_FILE_COUNT] = {
    [FILE_SEGMENTED] = SEGMENTED_COUNT,
    [FILE_NORMALISED] = NORMALISED_COUNT,
    [FILE_CLASSIFIED] = CLASSIFIED_COUNT,
    [FILE_EXTRACTED] = ATTRIBUTE_COUNT,
};

/* The attribute in a column of a file; index counts from the first attribute. */
static enum attribute file_attribute(enum record_file file, size_t index)
{
    return file == FILE_EXTRACTED ? (enum attribute)index : text_attributes[index];
}

/* The column that stands at this place of a file that we write. */
static size_t file_column(enum record_file file, size_t index)
{
    return index < FIXED_COUNT ? index : FIXED_COUNT + (size_t)file_attribute(file, index - FIXED_COUNT);
}

static const char *column_name(size_t column)
{
    return column < FIXED_COUNT ? fixed_names[column] : attribute_names[column - FIXED_COUNT];
}

bool record_kind_is_margin(enum record_kind kind)
{
    return kind == RECORD_PAGE_NUMBER || kind == RECORD_FURNITURE;
}

const char *record_kind_name(enum record_kind kind)
{
    return kind_names[kind];
}

const char *attribute_name(enum attribute attribute)
{
    return attribute_names[attribute];
}

/* ---- records in memory ---- */

struct record *record_add(struct gazette *gazette, enum record_kind kind)
{
    gazette->records =
        arena_grow(gazette->arena, gazette->records, gazette->count, &gazette->capacity, sizeof *gazette->records);
    struct record *record = &gazette->records[gazette->count++];
    *record = (struct record){.number = ++gazette->last_number, .kind = kind, .text = "", .rules = ""};
    if (kind == RECORD_TITLE)
        record->document = record->number;
    return record;
}

static struct value *find_value(const struct record *record, enum attribute attribute)
{
    for (size_t i = 0; i < record->value_count; i++)
        if (record->values[i].attribute == attribute)
            return &record->values[i];
    return NULL;
}

const char *record_value(const struct record *record, enum attribute attribute)
{
    const struct value *value = find_value(record, attribute);
    return value && value->text ? value->text : "";
}

/* Values are kept in room for a multiple of VALUE_STEP: most records have two or
 * three, and a gazette has sixteen thousand records. */
enum { VALUE_STEP = 4 };

static void add_value(struct arena *arena, struct record *record, enum attribute attribute, const char *text)
{
    if (record->value_count % VALUE_STEP == 0) {
        struct value *values = arena_alloc(arena, (record->value_count + VALUE_STEP) * sizeof *values);
        if (record->value_count)
            memcpy(values, record->values, record->value_count * sizeof *values);
        record->values = values;
    }
    record->values[record->value_count++] = (struct value){attribute, text};
}

void record_set(struct gazette *gazette, struct record *record, enum attribute attribute, const char *value)
{
    struct value *found = find_value(record, attribute);
    if (found)
        found->text = value;
    else if (value)
        add_value(gazette->arena, record, attribute, value);
}

const char *record_normal(struct arena *arena, const struct record *record)
{
    const char *normal = record_value(record, ATTRIBUTE_NORMAL);
    return *normal ? normal : text_normal_form(arena, record->text, strlen(record->text)).text;
}

size_t document_end(const struct gazette *gazette, size_t first)
{
    size_t end = first + 1;
    while (end < gazette->count && gazette->records[end].kind != RECORD_TITLE)
        end++;
    return end;
}

const char *record_page(struct arena *arena, const struct record *record, long line)
{
    const char *page = record_value(record, ATTRIBUTE_PAGE);
    for (const char *turn = record_value(record, ATTRIBUTE_TURNS); *turn;) { /* 4586:102,4640:103 */
        char *end;
        long first = strtol(turn, &end, 10);
        if (first > line || *end != ':')
            break;
        size_t length = strcspn(end + 1, ",");
        page = arena_copy(arena, end + 1, length);
        turn = end + 1 + length + (end[1 + length] == ',');
    }
    return page;
}

/* Whether id is one of the ids in a list with commas between. */
static bool stands_in(const char *list, const char *id)
{
    size_t length = strlen(id);
    while (*list) {
        size_t first = strcspn(list, ",");
        if (first == length && memcmp(list, id, length) == 0)
            return true;
        list += first + (list[first] == ',');
    }
    return false;
}

void record_credit(struct gazette *gazette, struct record *record, const char *rule_id)
{
    if (stands_in(record->rules, rule_id))
        return;
    record->rules = *record->rules ? arena_printf(gazette->arena, "%s,%s", record->rules, rule_id)
                                   : arena_copy(gazette->arena, rule_id, strlen(rule_id));
}

/* ---- reading ---- */

/* The records of the largest text that decode lets through take less. */
static const size_t records_limit = (size_t)4 << 30;

struct reader {
    struct arena *arena;
    const char *path;
    long line;
    size_t columns[COLUMN_LIMIT]; /* what stands in each column of the file: fixed_column, or FIXED_COUNT + attribute */
    size_t column_count;
    size_t record_limit; /* lines below the header */
};

static const char remedy[] = "make the file anew with the stage that writes it";

/* Every text in the program is UTF-8 without NUL bytes; here is where that is seen to. */
static struct fault *check_bytes(const struct reader *reader, const char *bytes, size_t size)
{
    const char *nul = memchr(bytes, '\0', size);
    size_t wrong = text_valid(bytes, nul ? (size_t)(nul - bytes) : size);
    if (wrong == size)
        return NULL;
    long line = 1;
    for (size_t i = 0; i < wrong; i++)
        line += bytes[i] == '\n';
    return fault(reader->arena, reader->path, line, "%s: %s", bytes[wrong] ? "bytes that are no UTF-8" : "a NUL byte",
                 remedy);
}

/* Cuts the cell that begins at *at off the line: *at is the next one after it. */
static char *take_cell(char **at, char *end)
{
    char *cell = *at;
    char *tab = *cell == '\t' ? cell : memchr(cell, '\t', (size_t)(end - cell));
    if (!tab)
        tab = end;
    *tab = '\0';
    *at = tab + 1;
    return cell;
}

/* The column of that name. index: the place where it stands, which is mostly ours. */
static size_t find_column(enum record_file file, const char *name, size_t index)
{
    if (index < FIXED_COUNT + attribute_counts[file] && strcmp(name, column_name(file_column(file, index))) == 0)
        return file_column(file, index);
    for (size_t i = 0; i < FIXED_COUNT; i++)
        if (strcmp(name, fixed_names[i]) == 0)
            return i;
    for (size_t i = 0; i < attribute_counts[file]; i++) {
        enum attribute attribute = file_attribute(file, i);
        if (strcmp(name, attribute_names[attribute]) == 0)
            return FIXED_COUNT + attribute;
    }
    return COLUMN_LIMIT;
}

static struct fault *check_missing(const struct reader *reader, enum record_file file, const bool *seen)
{
    for (size_t i = 0; i < FIXED_COUNT + attribute_counts[file]; i++) {
        size_t column = file_column(file, i);
        if (!seen[column])
            return fault(reader->arena, reader->path, 1, "the column %s is missing: %s", column_name(column), remedy);
    }
    return NULL;
}

/* The columns may stand in any order. */
static struct fault *read_header(struct reader *reader, enum record_file file, char *line, char *end)
{
    bool seen[COLUMN_LIMIT] = {false};
    for (char *at = line; at <= end;) {
        const char *name = take_cell(&at, end);
        size_t column = find_column(file, name, reader->column_count);
        if (column == COLUMN_LIMIT)
            return fault(reader->arena, reader->path, 1, "the column %s is not known here: %s", name, remedy);
        if (seen[column])
            return fault(reader->arena, reader->path, 1, "the column %s stands here twice: %s", name, remedy);
        seen[column] = true;
        reader->columns[reader->column_count++] = column;
    }
    return check_missing(reader, file, seen);
}

/* A whole number without sign at *at, which moves behind it; false: there is none. */
static bool take_number(const char **at, size_t *number)
{
    const char *digit = *at;
    for (*number = 0; *digit >= '0' && *digit <= '9'; digit++) {
        if (*number > SIZE_MAX / 100)
            return false;
        *number = *number * 10 + (size_t)(*digit - '0');
    }
    bool found = digit > *at;
    *at = digit;
    return found;
}

static bool whole_number(const char *cell, size_t *number)
{
    return take_number(&cell, number) && !*cell;
}

/* A piece: LINE:FROM-TO. */
static bool take_piece(const char **at, struct piece *piece)
{
    size_t line;
    if (!take_number(at, &line) || line == 0 || *(*at)++ != ':' || !take_number(at, &piece->from) || *(*at)++ != '-' ||
        !take_number(at, &piece->to))
        return false;
    piece->line = (long)line;
    return piece->from <= piece->to;
}

static bool read_pieces(struct arena *arena, const char *cell, struct record *record)
{
    if (!*cell)
        return true;
    size_t count = 1;
    for (const char *comma = cell; (comma = strchr(comma, ',')) != NULL; comma++)
        count++;
    struct piece *pieces = arena_alloc(arena, count * sizeof *pieces);
    for (size_t i = 0; i < count; i++)
        if (!take_piece(&cell, &pieces[i]) || *cell++ != (i + 1 < count ? ',' : '\0'))
            return false;
    record->pieces = pieces;
    record->piece_count = count;
    return true;
}

static bool read_kind(const char *cell, enum record_kind *kind)
{
    for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
        if (strcmp(cell, kind_names[i]) == 0) {
            *kind = (enum record_kind)i;
            return true;
        }
    }
    return false;
}

/* Takes a cell into the record. What is wrong with it, or NULL. */
static const char *read_cell(struct arena *arena, struct record *record, size_t column, char *cell)
{
    switch (column) {
    case COLUMN_RECORD: {
        size_t number;
        return whole_number(cell, &number) && number == record->number ? NULL : "is not the place of the record";
    }
    case COLUMN_TYPE:
        return read_kind(cell, &record->kind) ? NULL : "is no type of a record";
    case COLUMN_DOCUMENT:
        return whole_number(cell, &record->document) ? NULL : "is no number of a record, and not 0";
    case COLUMN_PIECES:
        return read_pieces(arena, cell, record) ? NULL : "is no list of pieces (LINE:FROM-TO, comma between)";
    case COLUMN_PRINTED:
        record->text = cell;
        return NULL;
    case COLUMN_RULES:
        record->rules = cell;
        return NULL;
    default:
        add_value(arena, record, (enum attribute)(column - FIXED_COUNT), cell);
        return NULL;
    }
}

static struct fault *read_record(const struct reader *reader, char *line, char *end, struct record *record)
{
    bool escaped = memchr(line, '\\', (size_t)(end - line)) != NULL;
    char *at = line;
    size_t count = 0;
    for (; at <= end && count < reader->column_count; count++) {
        char *cell = take_cell(&at, end);
        size_t column = reader->columns[count];
        if (!*cell && column >= COLUMN_PIECES)
            continue;
        if (escaped && !tsv_unescape(cell))
            return fault(reader->arena, reader->path, reader->line, "%s: an escape other than \\t \\n \\r \\\\: %s",
                         column_name(column), remedy);
        const char *wrong = read_cell(reader->arena, record, column, cell);
        if (wrong)
            return fault(reader->arena, reader->path, reader->line, "%s: '%.60s' %s: %s", column_name(column), cell,
                         wrong, remedy);
    }
    if (at <= end || count < reader->column_count)
        return fault(reader->arena, reader->path, reader->line, "%s than the header's %zu columns: %s",
                     at <= end ? "more" : "fewer", reader->column_count, remedy);
    return NULL;
}

/* A record has a piece for each line of what is printed, and only the source stands nowhere. */
static bool is_placed(const struct record *record)
{
    size_t lines = 1;
    for (const char *c = record->text; (c = strchr(c, '\n')) != NULL; c++)
        lines++;
    return record->piece_count == lines || (record->piece_count == 0 && record->kind == RECORD_SOURCE);
}

/* The records that a record points to must be there. A section stands above, so that
 * who goes from section to section comes to an end. And each stands somewhere. */
static struct fault *check_references(const struct reader *reader, const struct gazette *gazette)
{
    for (size_t i = 0; i < gazette->count; i++) {
        const struct record *record = &gazette->records[i];
        size_t document = record->document, section = 0;
        const char *cell = record_value(record, ATTRIBUTE_SECTION);
        if (document > gazette->count || (document && gazette->records[document - 1].kind != RECORD_TITLE))
            return fault(reader->arena, reader->path, (long)i + 2, "document: record %zu is no title: %s", document,
                         remedy);
        if (*cell && (!whole_number(cell, &section) || section == 0 || section >= record->number))
            return fault(reader->arena, reader->path, (long)i + 2,
                         "section: '%.60s' is no number of a record above: %s", cell, remedy);
        if (!is_placed(record))
            return fault(reader->arena, reader->path, (long)i + 2, "pieces: %zu, and not one for each line printed: %s",
                         record->piece_count, remedy);
    }
    return NULL;
}

static size_t count_lines(const char *bytes, size_t size)
{
    size_t count = 0;
    const char *end = bytes + size;
    for (const char *at = bytes; at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        count++;
    return count;
}

static struct fault *read_lines(struct reader *reader, enum record_file file, char *bytes, size_t size,
                                struct gazette *gazette)
{
    char *end = memchr(bytes, '\n', size);
    TRY(read_header(reader, file, bytes, end));
    size_t count = count_lines(end + 1, size - (size_t)(end + 1 - bytes));
    gazette->capacity = count;
    gazette->records = arena_alloc(reader->arena, count * sizeof *gazette->records);
    for (; gazette->count < count; gazette->count++) {
        char *line = end + 1;
        end = memchr(line, '\n', size - (size_t)(line - bytes));
        reader->line++;
        struct record *record = &gazette->records[gazette->count];
        *record = (struct record){.number = ++gazette->last_number, .text = "", .rules = ""};
        TRY(read_record(reader, line, end, record));
    }
    return check_references(reader, gazette);
}

struct fault *records_read(struct arena *arena, const char *path, enum record_file file, struct gazette *gazette)
{
    *gazette = (struct gazette){.arena = arena, .path = path};
    struct reader reader = {.arena = arena, .path = path, .line = 1};
    char *bytes;
    size_t size;
    TRY(input_read(arena, path, records_limit, &bytes, &size));
    if (size == 0)
        return fault(arena, path, 1, "no header line: %s", remedy);
    TRY(check_bytes(&reader, bytes, size));
    if (bytes[size - 1] != '\n')
        return fault(arena, path, (long)count_lines(bytes, size) + 1, "the last line is cut off: %s", remedy);
    struct gazette whole = *gazette;
    TRY(read_lines(&reader, file, bytes, size, &whole));
    *gazette = whole;
    return NULL;
}

/* ---- writing ---- */

/* The number that each record has after writing, by the number it has now. */
struct places {
    size_t *places; /* 0: gone */
    size_t count;
};

static struct places find_places(const struct gazette *gazette)
{
    struct places found = {.count = gazette->last_number + 1};
    found.places = arena_alloc(gazette->arena, found.count * sizeof *found.places);
    for (size_t i = 0; i < gazette->count; i++) {
        size_t number = gazette->records[i].number;
        if (number > 0 && number < found.count && !found.places[number])
            found.places[number] = i + 1;
    }
    return found;
}

static size_t place_of(const struct places *found, size_t number)
{
    return number < found->count ? found->places[number] : 0;
}

static void renumber_section(struct gazette *gazette, struct record *record, const struct places *found)
{
    size_t section;
    const char *cell = record_value(record, ATTRIBUTE_SECTION);
    if (!*cell)
        return;
    size_t place = whole_number(cell, &section) ? place_of(found, section) : 0;
    if (place == 0)
        record_set(gazette, record, ATTRIBUTE_SECTION, NULL);
    else if (place != section)
        record_set(gazette, record, ATTRIBUTE_SECTION, arena_printf(gazette->arena, "%zu", place));
}

static void renumber(struct gazette *gazette)
{
    struct places found = find_places(gazette);
    for (size_t i = 0; i < gazette->count; i++) {
        struct record *record = &gazette->records[i];
        record->document = place_of(&found, record->document);
        renumber_section(gazette, record, &found);
        record->number = i + 1;
    }
    gazette->last_number = gazette->count;
}

static void write_text(FILE *out, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "\t\n\r\\");
        if (plain)
            fwrite_unlocked(text, 1, plain, out);
        text += plain;
        if (!*text)
            return;
        putc_unlocked('\\', out);
        putc_unlocked(*text == '\t' ? 't' : *text == '\n' ? 'n' : *text == '\r' ? 'r' : '\\', out);
        text++;
    }
}

static void write_number(FILE *out, size_t number)
{
    char digits[24], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    while (at < digits + sizeof digits)
        putc_unlocked(*at++, out);
}

static void write_pieces(FILE *out, const struct record *record)
{
    for (size_t i = 0; i < record->piece_count; i++) {
        if (i > 0)
            putc_unlocked(',', out);
        write_number(out, (size_t)record->pieces[i].line);
        putc_unlocked(':', out);
        write_number(out, record->pieces[i].from);
        putc_unlocked('-', out);
        write_number(out, record->pieces[i].to);
    }
}

static void write_values(FILE *out, enum record_file file, const struct record *record)
{
    const char *texts[ATTRIBUTE_COUNT] = {NULL};
    for (size_t i = 0; i < record->value_count; i++)
        texts[record->values[i].attribute] = record->values[i].text;
    for (size_t i = 0; i < attribute_counts[file]; i++) {
        const char *text = texts[file_attribute(file, i)];
        putc_unlocked('\t', out);
        if (text)
            write_text(out, text);
    }
}

static void write_record(FILE *out, enum record_file file, const struct record *record)
{
    write_number(out, record->number);
    putc_unlocked('\t', out);
    write_text(out, kind_names[record->kind]);
    putc_unlocked('\t', out);
    write_number(out, record->document);
    putc_unlocked('\t', out);
    write_pieces(out, record);
    putc_unlocked('\t', out);
    write_text(out, record->text);
    putc_unlocked('\t', out);
    write_text(out, record->rules);
    write_values(out, file, record);
    putc_unlocked('\n', out);
}

static void write_header(FILE *out, enum record_file file)
{
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        write_text(out, fixed_names[i]);
        putc_unlocked('\t', out);
    }
    for (size_t i = 0; i < attribute_counts[file]; i++) {
        write_text(out, attribute_names[file_attribute(file, i)]);
        putc_unlocked(i + 1 < attribute_counts[file] ? '\t' : '\n', out);
    }
}

void records_write(FILE *out, enum record_file file, struct gazette *gazette)
{
    renumber(gazette);
    write_header(out, file);
    for (size_t i = 0; i < gazette->count; i++)
        write_record(out, file, &gazette->records[i]);
}
