/* plan: the indicators of plan tables. In: rows put together by rows.c. Out: one
 * fact per clause of each cell that holds a target or a result. */
#include "budget.h"
#include "rows.h"
#include "target.h"

#include "../lib/stage.h"

#include <stdlib.h>
#include <string.h>

/* The normal form of all running text of a part, put together. */
static const char *prose_of(const struct extract *extract, const struct part *part)
{
    size_t length = 0, at = 0;
    for (size_t i = part->first; i < part->end; i++)
        if (extract->in->records[i].kind == RECORD_TEXT)
            length += strlen(record_value(&extract->in->records[i], ATTRIBUTE_NORMAL));
    char *prose = arena_alloc(extract->arena, length + 1);
    for (size_t i = part->first; i < part->end; i++)
        if (extract->in->records[i].kind == RECORD_TEXT)
            at = (size_t)(stpcpy(prose + at, record_value(&extract->in->records[i], ATTRIBUTE_NORMAL)) - prose);
    return prose;
}

/* --- the year of a table: what its caption, its heading and the date of the
 * report say, by majority; a caption may be wrong */

static bool has_results(const struct printed_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].measure && strcmp(table->columns[i].measure, "target") != 0)
            return true;
    return false;
}

static long year_of_text(const struct extract *extract, const char *text)
{
    long year = 0;
    return years_in(extract, text, &year, 1) ? year : 0;
}

static long year_of_headings(const struct extract *extract, const struct record *record)
{
    long year = 0;
    while (!year && (record = section_of(extract, record)))
        year = year_of_text(extract, record_value(record, ATTRIBUTE_NORMAL));
    return year;
}

/* 0 if nothing says it; *doubt is set where the witnesses disagree one to one. */
static long table_year(const struct extract *extract, const struct part *part, const struct printed_table *table,
                       const char **doubt)
{
    const struct record *header = &extract->in->records[table->header];
    long witnesses[3] = {0};
    size_t count = 0;
    if (table->caption)
        witnesses[count] = year_of_text(extract, record_value(table->caption, ATTRIBUTE_NORMAL));
    count += witnesses[count] != 0;
    witnesses[count] = year_of_headings(extract, header);
    count += witnesses[count] != 0;
    /* A report tells of the year before its own, and plans its own. */
    witnesses[count] = part->year ? part->year - has_results(table) : 0;
    count += witnesses[count] != 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (witnesses[i] == witnesses[k])
                return witnesses[i];
    if (count > 1)
        *doubt = "year";
    if (count == 0 && part->given_year)
        return part->given_year - has_results(table);
    return count ? witnesses[0] : 0;
}

/* --- which categories bind: the sentence below the table */

struct nature {
    const char *names, *nature; /* names as printed: 甲、乙和丙 */
    const char *rule;
};

enum { MOST_NATURES = 8 };

static size_t read_natures(const struct extract *extract, const struct part *part, size_t from, struct nature *natures)
{
    const struct rule_set *set = rules_in(extract->rules, "nature");
    size_t count = 0;
    for (size_t i = from; i < part->end && extract->in->records[i].kind != RECORD_TABLE_HEADER; i++) {
        const char *text = record_value(&extract->in->records[i], ATTRIBUTE_NORMAL);
        size_t length = strlen(text), names_from, names_to;
        for (size_t at = 0, end; at < length && count < MOST_NATURES; at = end + 3) {
            struct match match;
            end = text_clause_end(text, length, at);
            if (!rule_whole(set, text + at, end - at, &match) || !match_group(&match, "names", &names_from, &names_to))
                continue;
            natures[count++] = (struct nature){extract_copy(extract, text + at, names_from, names_to),
                                               rule_means(match.rule, "nature"), match.rule->id};
        }
    }
    return count;
}

/* --- cells into facts */

struct plan_table {
    const struct extract *extract;
    const struct part *part;
    const struct printed_table *table;
    const char *caption, *year, *doubt;
    struct nature natures[MOST_NATURES];
    size_t nature_count;
};

static const char *cell_text(const struct plan_table *plan, const struct table_row *row, const char *column)
{
    for (size_t i = 0; i < plan->table->column_count; i++)
        if (strcmp(plan->table->columns[i].column, column) == 0)
            return row->cells[i].text;
    return "";
}

/* A column says it of the row, or the sentence below the table of its category. */
static void set_nature(const struct plan_table *plan, struct record *fact, const struct table_row *row)
{
    const struct extract *extract = plan->extract;
    const char *column = cell_text(plan, row, "nature");
    struct match match;
    if (rule_find(rules_in(extract->rules, "nature-word"), column, strlen(column), 0, &match)) {
        fact_set(extract, fact, ATTRIBUTE_NATURE, rule_means(match.rule, "nature"));
        record_credit(extract->facts, fact, match.rule->id);
        return;
    }
    for (size_t i = 0; *row->category && i < plan->nature_count; i++) {
        if (!strstr(plan->natures[i].names, row->category))
            continue;
        fact_set(extract, fact, ATTRIBUTE_NATURE, plan->natures[i].nature);
        record_credit(extract->facts, fact, plan->natures[i].rule);
        return;
    }
}

/* The unit that a header says: in brackets (增长（%）), or of a change at its end (增长%). "" if
 * it says none. */
static const char *header_unit(const struct plan_table *plan, const struct table_column *header)
{
    const struct rule_set *units = rules_in(plan->extract->rules, "unit");
    const char *text = header->header;
    bool change = strcmp(header->column, "change") == 0;
    size_t length = strlen(text), bytes, behind;
    struct match match;
    for (size_t at = 0; at < length; at += bytes) {
        bool opens = character_opens(text_character(text, length, at, &bytes));
        if (opens && rule_at(units, text, length, at + bytes, &match) && match.to < length &&
            character_closes(text_character(text, length, match.to, &behind)))
            return extract_copy(plan->extract, text, match.from, match.to);
        if (change && rule_at(units, text, length, at, &match) && match.to == length)
            return extract_copy(plan->extract, text, match.from, match.to);
    }
    return "";
}

/* Whether a column tells how the figures beside it have changed. */
static bool is_change_beside(const struct plan_table *plan, const struct table_column *header)
{
    bool change = strcmp(header->column, "change") == 0;
    for (size_t i = 0; change && i < plan->table->column_count; i++)
        if (plan->table->columns[i].measure && strcmp(plan->table->columns[i].column, "change") != 0)
            return true;
    return false;
}

/* The unit of a figure that has none of its own: the header's, or else from the column of
 * units, which does not speak of the changes beside its figures. */
static const char *unit_of(const struct plan_table *plan, const struct table_row *row,
                           const struct table_column *header)
{
    const char *unit = header_unit(plan, header);
    return *unit || is_change_beside(plan, header) ? unit : cell_text(plan, row, "unit");
}

static long column_year(const struct plan_table *plan, size_t column)
{
    const struct table_column *columns = plan->table->columns;
    return year_of_text(plan->extract, columns[columns[column].year_from].header);
}

/* Whether a cell over several columns has been read: in the first of those of one measure and
 * one year. */
static bool is_told(const struct plan_table *plan, const struct table_row *row, size_t column)
{
    const struct table_column *columns = plan->table->columns;
    const struct cell *cell = &row->cells[column], *before = column > 0 ? cell - 1 : NULL;
    return before && cell->passage && cell->passage == before->passage && cell->from == before->from &&
           columns[column - 1].measure && strcmp(columns[column].measure, columns[column - 1].measure) == 0 &&
           column_year(plan, column) == column_year(plan, column - 1);
}

static void add_clause(const struct plan_table *plan, const struct table_row *row, size_t column, const char *clause,
                       size_t item)
{
    const struct extract *extract = plan->extract;
    const struct cell *cell = &row->cells[column];
    const struct table_column *header = &plan->table->columns[column];
    const char *name = cell_text(plan, row, "name");
    struct record *fact = fact_add(extract, RECORD_INDICATOR, plan->part);
    long header_year = column_year(plan, column);
    struct target target = target_read(extract, clause, name);
    passage_locate(extract->facts, fact, cell->passage, cell->from, cell->to);
    fact_set(extract, fact, ATTRIBUTE_TABLE, plan->caption);
    fact_set(extract, fact, ATTRIBUTE_YEAR,
             header_year ? arena_printf(extract->arena, "%ld", header_year) : plan->year);
    fact_set(extract, fact, ATTRIBUTE_CATEGORY, row->category);
    fact_set(extract, fact, ATTRIBUTE_NO, row->ordinal);
    fact_set(extract, fact, ATTRIBUTE_NAME, name);
    fact_set(extract, fact, ATTRIBUTE_CONCEPT, concept_of(extract, fact, name, target.value));
    fact_set(extract, fact, ATTRIBUTE_MEASURE, header->measure);
    fact_set(extract, fact, ATTRIBUTE_ITEM, arena_printf(extract->arena, "%zu", item));
    fact_set(extract, fact, ATTRIBUTE_TEXT, clause);
    fact_set(extract, fact, ATTRIBUTE_DOUBT, row->doubt ? row->doubt : plan->doubt);
    set_nature(plan, fact, row);
    target_write(extract, fact, &target, unit_of(plan, row, header));
    record_credit(extract->facts, fact, header->rule->id);
}

static void add_cell(const struct plan_table *plan, const struct table_row *row, size_t column)
{
    const char *text = row->cells[column].text;
    size_t length = strlen(text), item = 0, bytes;
    struct match match;
    if (rule_whole(rules_in(plan->extract->rules, "blank"), text, length, &match))
        return;
    for (size_t at = 0, end; at < length; at = end) {
        end = text_clause_end(text, length, at);
        if (end > at)
            add_clause(plan, row, column, extract_copy(plan->extract, text, at, end), ++item);
        if (end < length) {
            (void)text_character(text, length, end, &bytes);
            end += bytes;
        }
    }
}

static void add_rows(const struct plan_table *plan, const struct table_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t column = 0; column < plan->table->column_count; column++)
            if (plan->table->columns[column].measure && !is_told(plan, &rows[i], column))
                add_cell(plan, &rows[i], column);
}

void read_plan_tables(const struct extract *extract, const struct part *part)
{
    const char *prose = NULL;
    struct printed_table table;
    if (part_is_budget(part)) /* its tables are of money: budget_tables.c reads them */
        return;
    for (size_t at = part->first; table_next(extract, at, part->end, &table); at = table.end) {
        prose = prose ? prose : prose_of(extract, part);
        struct plan_table plan = {.extract = extract, .part = part, .table = &table};
        plan.caption = table.caption ? record_value(table.caption, ATTRIBUTE_NORMAL) : "";
        long year = table_year(extract, part, &table, &plan.doubt);
        plan.year = year ? arena_printf(extract->arena, "%ld", year) : "";
        plan.nature_count = read_natures(extract, part, table.end, plan.natures);
        size_t count;
        struct table_row *rows =
            table.marked ? grid_rows(extract, &table, &count) : table_rows(extract, &table, prose, &count);
        if (count == 0)
            stage_warn(extract->in->path, 0,
                       "the table at line %ld of decoded.txt has no numbered rows and is not read",
                       extract->in->records[table.header].pieces[0].line);
        add_rows(&plan, rows, count);
    }
}
