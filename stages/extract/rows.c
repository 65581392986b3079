/* rows: puts the rows of a printed table together. In: the records of a table's
 * header and body: lines in which cells wrap, stand side by side or below each
 * other, with categories printed in pieces between them. Out: rows of cells.
 *
 * Ordinals cut the body into rows. Within a row each white space may be a border
 * between two cells; every way to fill the columns is a reading, and its score is
 * the sum of what speaks for and against each border (score.c). The best reading
 * wins; where the next best comes close, running text that repeats a cell decides,
 * and the row says so in doubt. */
#include "rows.h"

#include "score.h"

#include "../lib/stage.h"

#include <math.h>
#include <string.h>

/* A reading that is ahead by less than this is a tie. */
static const double CLEAR = 1.0;

/* A row of more words, or with more ways to fill its columns, is not read. */
enum { MOST_WORDS = 64, MOST_READINGS = 200000 };

/* --- the header */

static void read_columns(const struct extract *extract, struct printed_table *table, const char *header)
{
    const struct rule_set *columns = rules_in(extract->rules, "column");
    size_t length = strlen(header);
    struct match match;
    for (size_t at = 0; at < length && table->column_count < MOST_COLUMNS; at = match.to) {
        if (!rule_at(columns, header, length, at, &match) || match.to == match.from)
            break;
        table->columns[table->column_count++] =
            (struct table_column){.rule = match.rule,
                                  .column = rule_means(match.rule, "column"),
                                  .measure = rule_means(match.rule, "measure"),
                                  .header = extract_copy(extract, header, match.from, match.to)};
    }
    table_columns_tie(table->columns, table->column_count);
}

static size_t skip_kind(const struct extract *extract, size_t from, size_t end, enum record_kind kind)
{
    while (from < end &&
           (extract->in->records[from].kind == kind || record_kind_is_margin(extract->in->records[from].kind)))
        from++;
    return from;
}

static const char *header_text(const struct extract *extract, size_t first, size_t end)
{
    return passage_read(extract->arena, extract->in, first, end).normal.text;
}

static const struct record *caption_above(const struct extract *extract, size_t header, size_t from)
{
    for (size_t i = header; i > from; i--) {
        const struct record *record = &extract->in->records[i - 1];
        if (record->kind == RECORD_CAPTION)
            return record;
        if (record->kind != RECORD_LINE && !record_kind_is_margin(record->kind))
            return NULL;
    }
    return NULL;
}

bool table_next(const struct extract *extract, size_t from, size_t end, struct printed_table *table)
{
    const struct record *records = extract->in->records;
    size_t header = from;
    while (header < end && records[header].kind != RECORD_TABLE_HEADER)
        header++;
    if (header == end)
        return false;
    *table = (struct printed_table){.caption = caption_above(extract, header, from), .header = header, .first = header};
    if (grid_read(extract->arena, extract->in, header, end, &table->grid)) {
        table->marked = true;
        table->header_rows = grid_header(extract->arena, extract->rules, &table->grid, table->columns);
        table->column_count = table->grid.columns;
        table->end = table->grid.end;
        return true;
    }
    size_t body = skip_kind(extract, header, end, RECORD_TABLE_HEADER);
    const char *text = header_text(extract, header, body);
    read_columns(extract, table, text);
    table->end = skip_kind(extract, body, end, RECORD_TABLE_BODY);
    /* The same header again, without a caption of its own: the table goes on. */
    for (;;) {
        size_t next = skip_kind(extract, table->end, end, RECORD_TABLE_HEADER);
        if (next == table->end || strcmp(header_text(extract, table->end, next), text) != 0)
            return true;
        table->end = skip_kind(extract, next, end, RECORD_TABLE_BODY);
    }
}

static size_t column_index(const struct printed_table *table, const char *column)
{
    size_t i = 0;
    while (i < table->column_count && strcmp(table->columns[i].column, column) != 0)
        i++;
    return i;
}

/* --- the body cut into rows */

/* A line of the body. */
struct body_line {
    size_t record;
    const char *normal;
    int width;
    long number;
    long ordinal; /* that it begins with, or -1 */
};

struct body {
    struct body_line *lines;
    size_t count;
};

/* The ordinal that a line begins with: digits alone, or digits and a space. -1 if
 * it begins otherwise. */
static long line_ordinal(const char *text, size_t length)
{
    size_t at = 0, bytes;
    while (at < length && character_is_space(text_character(text, length, at, &bytes)))
        at += bytes;
    long number = text_numeral(text, length, at, &bytes);
    if (number < 0 || bytes > 3)
        return -1;
    at += bytes;
    if (at < length && !character_is_space(text_character(text, length, at, &bytes)))
        return -1;
    return number;
}

static struct body read_body(const struct extract *extract, const struct printed_table *table)
{
    struct body body = {.lines = arena_alloc(extract->arena, (table->end - table->first + 1) * sizeof *body.lines)};
    for (size_t i = table->first; i < table->end; i++) {
        const struct record *record = &extract->in->records[i];
        if (record->kind != RECORD_TABLE_BODY)
            continue;
        size_t length = strlen(record->text);
        struct normal normal = text_normal_form(extract->arena, record->text, length);
        body.lines[body.count++] = (struct body_line){.record = i,
                                                      .normal = normal.text,
                                                      .width = text_width(normal.text, normal.length),
                                                      .number = record->pieces[0].line,
                                                      .ordinal = line_ordinal(record->text, length)};
    }
    return body;
}

static bool has_digit(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0, bytes; at < length; at += bytes)
        if (character_is_digit(text_character(text, length, at, &bytes)))
            return true;
    return false;
}

/* A category on one line with its count: 绿色家园（1个）. */
static bool is_whole_category(const struct extract *extract, const struct body_line *line)
{
    enum { WIDEST = 32 };
    struct match match;
    size_t length = strlen(line->normal);
    return line->width <= WIDEST &&
           rule_find(rules_in(extract->rules, "category-count"), line->normal, length, 0, &match) &&
           match.to == length && match.from > 0 && !has_digit(extract_copy(extract, line->normal, 0, match.from));
}

/* How many lines at the end of [first, end) print the category of the next row: one
 * line with a count, or short pieces one below the other, with a count in brackets
 * under them or not. Without one only pieces that touch each other are certain. */
static size_t category_length(const struct extract *extract, const struct body *body, size_t first, size_t end)
{
    enum { WIDEST_PIECE = 8 };
    size_t at = end, pieces = 0;
    struct match match;
    const struct body_line *lines = body->lines;
    const struct rule_set *counts = rules_in(extract->rules, "category-count");
    if (at > first && is_whole_category(extract, &lines[at - 1]))
        return 1;
    bool counted = at > first && rule_whole(counts, lines[at - 1].normal, strlen(lines[at - 1].normal), &match);
    if (counted)
        at--;
    while (at > first && lines[at - 1].width <= WIDEST_PIECE && !has_digit(lines[at - 1].normal) &&
           (pieces == 0 ||
            (lines[at - 1].width == lines[at].width && (counted || lines[at - 1].number + 1 == lines[at].number)))) {
        at--;
        pieces++;
    }
    return counted ? end - at : pieces > 1 ? pieces : 0;
}

static const char *category_text(const struct extract *extract, const struct body *body, size_t first, size_t end)
{
    size_t length = 0;
    struct match match;
    for (size_t i = first; i < end; i++)
        length += strlen(body->lines[i].normal);
    char *text = arena_alloc(extract->arena, length + 1), *to = text;
    for (size_t i = first; i < end; i++)
        to = stpcpy(to, body->lines[i].normal);
    if (rule_find(rules_in(extract->rules, "category-count"), text, length, 0, &match) && match.to == length)
        return extract_copy(extract, text, 0, match.from);
    return text;
}

static size_t find_ordinal(const struct body *body, size_t from, long ordinal)
{
    while (from < body->count && body->lines[from].ordinal != ordinal)
        from++;
    return from;
}

/* Where the row after the one with an ordinal begins, or the end of the body: with
 * the next number; where that is missing, with one shortly after it or with 1. */
static size_t next_row(const struct body *body, size_t from, long *ordinal)
{
    const long others[] = {1, *ordinal + 2, *ordinal + 3};
    size_t begin = find_ordinal(body, from, *ordinal + 1);
    *ordinal += 1;
    if (begin < body->count)
        return begin;
    for (size_t i = 0; i < COUNT(others); i++) {
        size_t other = find_ordinal(body, from, others[i]);
        if (other >= begin)
            continue;
        begin = other;
        *ordinal = others[i];
    }
    return begin;
}

static size_t first_row(const struct body *body, long *ordinal)
{
    size_t i = 0;
    while (i < body->count && (*ordinal = body->lines[i].ordinal) < 0)
        i++;
    return i;
}

/* --- the readings of a row */

/* A reading: for each column the index of its first word; the last entry is the
 * number of words. */
struct reading {
    size_t starts[MOST_COLUMNS + 1];
    double score;
};

struct readings {
    const struct extract *extract;
    struct score_row row;
    const struct printed_table *table;
    const size_t *columns; /* those to fill, in printed order */
    size_t column_count;
    double *scores; /* of words [start, end) as a cell of a column; NaN: not asked for yet */
    struct reading best, second;
};

/* The printed columns that hold text of a row: all but category and ordinal. */
static size_t text_columns(const struct printed_table *table, size_t *columns)
{
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column, "category") != 0 && strcmp(table->columns[i].column, "ordinal") != 0)
            columns[count++] = i;
    return count;
}

static void keep_best(struct readings *readings, const struct reading *reading)
{
    if (reading->score > readings->best.score) {
        readings->second = readings->best;
        readings->best = *reading;
    } else if (reading->score > readings->second.score) {
        readings->second = *reading;
    }
}

static const struct table_column *column_of(const struct readings *readings, size_t index)
{
    return &readings->table->columns[readings->columns[index]];
}

static double cell_score(struct readings *readings, size_t column, size_t start, size_t end)
{
    size_t places = readings->row.word_count + 1;
    double *score = &readings->scores[(column * places + start) * places + end];
    if (isnan(*score))
        *score = score_cell(&readings->row, column_of(readings, column), start, end);
    return *score;
}

static double reading_score(struct readings *readings, const size_t *starts)
{
    double score = 0;
    for (size_t i = 0; i < readings->column_count; i++) {
        score += cell_score(readings, i, starts[i], starts[i + 1]);
        if (i > 0)
            score += score_pair(&readings->row, starts[i - 1], starts[i], starts[i + 1],
                                column_of(readings, i - 1)->measure && column_of(readings, i)->measure);
    }
    return score;
}

/* Moves on to the next way to fill the columns; false after the last. */
static bool next_reading(size_t *starts, size_t columns)
{
    size_t words = starts[columns], i = columns - 1;
    while (i > 0 && starts[i] == words)
        i--;
    if (i == 0)
        return false;
    starts[i]++;
    for (size_t k = i + 1; k < columns; k++)
        starts[k] = starts[i];
    return true;
}

/* Tries all ways to fill the columns; false if there are too many. */
static bool try_readings(struct readings *readings)
{
    size_t places = readings->row.word_count + 1, tried = 0, cells = readings->column_count * places * places;
    struct reading reading = {.score = 0};
    readings->scores = arena_alloc(readings->row.extract->arena, cells * sizeof *readings->scores);
    for (size_t i = 0; i < cells; i++)
        readings->scores[i] = NAN;
    reading.starts[readings->column_count] = readings->row.word_count;
    do {
        if (tried++ > MOST_READINGS)
            return false;
        reading.score = reading_score(readings, reading.starts);
        keep_best(readings, &reading);
    } while (next_reading(reading.starts, readings->column_count));
    return true;
}

static struct cell cell_of(const struct extract *extract, const struct score_row *row, size_t start, size_t end)
{
    if (start == end)
        return (struct cell){.text = ""};
    size_t from = row->words[start].from, to = row->words[end - 1].to;
    return (struct cell){row->passage, from, to,
                         text_normal_form(extract->arena, row->passage->text + from, to - from).text};
}

static void clear_cells(struct table_row *row)
{
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        row->cells[i] = (struct cell){.text = ""};
}

static void fill_cells(const struct readings *readings, const struct reading *reading, struct table_row *row)
{
    for (size_t i = 0; i < readings->column_count; i++)
        row->cells[readings->columns[i]] =
            cell_of(readings->extract, &readings->row, reading->starts[i], reading->starts[i + 1]);
}

/* Whether running text tells a name with a text right behind it, and no more. */
static bool tells(const char *prose, const char *told)
{
    size_t length = strlen(told), bytes;
    for (const char *at = prose; (at = strstr(at, told)) != NULL; at += length) {
        const char *behind = at + length;
        if (!*behind)
            return true;
        uint32_t character = text_character(behind, strlen(behind), 0, &bytes);
        if (text_mark(character) != MARK_NONE || character_is_joint(character) || character_opens(character))
            return true;
    }
    return false;
}

/* How many of a reading's cells running text repeats right behind their name. */
static size_t told_in_prose(const struct readings *readings, const struct reading *reading, const char *prose)
{
    struct table_row row = {.ordinal = ""};
    clear_cells(&row);
    fill_cells(readings, reading, &row);
    size_t name = column_index(readings->table, "name"), told = 0;
    for (size_t i = 0; name < readings->table->column_count && i < readings->table->column_count; i++)
        if (readings->table->columns[i].measure && *row.cells[i].text)
            told +=
                tells(prose, arena_printf(readings->extract->arena, "%s%s", row.cells[name].text, row.cells[i].text));
    return told;
}

static void choose(const struct readings *readings, const char *prose, struct table_row *row)
{
    const struct reading *chosen = &readings->best;
    if (readings->best.score - readings->second.score < CLEAR) {
        size_t best = told_in_prose(readings, &readings->best, prose);
        size_t second = told_in_prose(readings, &readings->second, prose);
        row->doubt = best == second ? "border" : "prose";
        if (second > best)
            chosen = &readings->second;
    }
    fill_cells(readings, chosen, row);
}

/* Reads the records of one row, without its ordinal and its category. What is made to
 * weigh its readings, thousands of them, does not outlive it. */
static void read_row(const struct extract *extract, const struct printed_table *table, const char *prose,
                     struct table_row *row)
{
    static const struct reading worst = {.score = -1e9};
    size_t columns[MOST_COLUMNS];
    struct readings readings = {.extract = extract, .table = table, .columns = columns, .best = worst, .second = worst};
    readings.column_count = text_columns(table, columns);
    struct extract weighing = *extract;
    weighing.arena = arena_new();
    readings.row = score_row(&weighing, &row->passage, *row->ordinal != '\0');
    clear_cells(row);
    bool fits = readings.column_count > 0 && readings.row.word_count > 0 && readings.row.word_count <= MOST_WORDS;
    if (fits && try_readings(&readings))
        choose(&readings, prose, row);
    else
        row->doubt = "unread";
    arena_free(weighing.arena);
}

struct table_row *table_rows(const struct extract *extract, const struct printed_table *table, const char *prose,
                             size_t *count)
{
    struct table_row *rows = cell_rows(extract, table, count);
    if (*count > 0)
        return rows;
    struct body body = read_body(extract, table);
    rows = arena_alloc(extract->arena, (body.count + 1) * sizeof *rows);
    bool categories = column_index(table, "category") < table->column_count;
    const char *category = "";
    long ordinal = -1;
    *count = 0;
    size_t begin = first_row(&body, &ordinal);
    /* Where the header names no ordinals a number alone may be a cell; two in sequence are none. */
    if (column_index(table, "ordinal") == table->column_count && find_ordinal(&body, begin, ordinal + 1) == body.count)
        begin = body.count;
    if (categories && begin > 0)
        category = category_text(extract, &body, 0, begin);
    while (begin < body.count) {
        const char *printed = arena_printf(extract->arena, "%ld", ordinal);
        size_t next = next_row(&body, begin + 1, &ordinal);
        size_t own = categories && next < body.count ? next - category_length(extract, &body, begin + 1, next) : next;
        struct table_row *row = &rows[(*count)++];
        *row = (struct table_row){.ordinal = printed, .category = category};
        size_t after = own < body.count ? body.lines[own].record : table->end;
        row->passage = passage_read(extract->arena, extract->in, body.lines[begin].record, after);
        read_row(extract, table, prose, row);
        if (row->doubt && strcmp(row->doubt, "unread") == 0)
            stage_warn(extract->in->path, 0, "row %s of the table at line %ld of decoded.txt cannot be read: see there",
                       row->ordinal, body.lines[begin].number);
        if (own < next)
            category = category_text(extract, &body, own, next);
        begin = next;
    }
    return rows;
}
