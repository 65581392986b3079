/* budget_tables: the amounts in a table of a budget (`项目|预算数|执行数|增长%`), also of one
 * with two sides (`收入|执行数|支出|执行数`). In: a table whose cells the input marks. Out: a
 * fact per amount. What a column is, its header says by rules; a table without a caption or a
 * unit of money, or with a column of figures that no rule knows, is not read. */
#include "../lib/grid.h"
#include "budget.h"
#include "table_sums.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_HEADER_ROWS = 6,
    ABOVE = 6,         /* records above a table that may be its caption and its unit */
    LONGEST_ABOVE = 60 /* characters */
};

/* A column, and what its header says. */
struct money_column {
    const struct rule *rule; /* NULL: none that budget columns have */
    const char *kind;        /* "item", "amount", "change", "completion" or "other" */
    const char *phase;       /* of amounts, or NULL */
    const char *level;       /* of amounts: the place that its header is, or NULL */
    const char *base;        /* of changes: what they are measured against, or NULL */
    long year;               /* of amounts: 0 if the header says none */
    bool is_last_year;       /* of amounts: 上年, of the one that the caption says */
    size_t item;             /* of amounts: the column of their items */
    size_t amount;           /* of percentages: the column that they are told of */
};

struct money_table {
    const struct extract *extract;
    struct grid grid;
    struct money_column columns[MOST_COLUMNS];
    size_t first_row;
    const char *unit, *caption; /* "" if there is none */
};

/* What the rows above have said on one side of a table. */
struct side {
    bool begun;          /* there was an amount */
    bool summed;         /* a sum has ended: what follows is added to it */
    const bool *details; /* by row: it is a detail of one above it */
    size_t end;          /* the row behind the last total: what stands before it is added up, and no balance */
};

static bool is_kind(const struct money_column *column, const char *kind)
{
    return column->kind && strcmp(column->kind, kind) == 0;
}

/* The text of a cell in normal form, "" where there is none. */
static const char *cell_text(const struct money_table *table, size_t row, size_t column)
{
    const struct record *cell = grid_cell(&table->grid, row, column);
    return cell ? grid_text(table->extract->arena, &table->grid, cell) : "";
}

/* --- figures */

/* The bytes of a minus sign of any make at the beginning of a text, 0 if there is none. */
static size_t minus_at(const char *text)
{
    static const char *const signs[] = {"-", "\xef\xbc\x8d", "\xe2\x88\x92", "\xe2\x80\x93"}; /* - － − – */
    for (size_t i = 0; i < COUNT(signs); i++)
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

/* The figure that is all there is in a cell, plain digits with an ASCII minus; NULL if it
 * is something else. A percent sign may follow it. */
static const char *figure_of(const struct money_table *table, const char *text)
{
    size_t sign = minus_at(text), bytes;
    const char *digits = text + sign;
    const char *value = text_figure(table->extract->arena, digits, strlen(digits), 0, &bytes);
    if (!value || (digits[bytes] && strcmp(digits + bytes, "%") != 0))
        return NULL;
    return sign > 0 ? arena_printf(table->extract->arena, "-%s", value) : value;
}

/* --- the header */

/* Whether a row numbers the columns: `1 2 3=2/1 4`, also behind a word. */
static bool is_numbering(const struct money_table *table, size_t row)
{
    long last = 0;
    for (size_t column = 0; column < table->grid.columns; column++) {
        const char *text = cell_text(table, row, column);
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 && (last > 0 && *text))
            return false;
        if (digits == 0)
            continue;
        if (strtol(text, NULL, 10) != last + 1 || (text[digits] && text[digits] != '='))
            return false;
        last++;
    }
    return last > 1;
}

/* Whether a row below the header has begun: words, and a figure behind them. */
static bool is_data(const struct money_table *table, size_t row)
{
    if (is_numbering(table, row))
        return false;
    bool words = false;
    for (size_t column = 0; column < table->grid.columns; column++) {
        const char *text = cell_text(table, row, column);
        bool figure = figure_of(table, text) != NULL;
        if (figure && words)
            return true;
        words = words || (*text && !figure);
    }
    return false;
}

/* Whether a row has nothing but a name in the first column: one of the table, without figures. */
static bool is_bare(const struct money_table *table, size_t row)
{
    const struct record *first = grid_cell(&table->grid, row, 0);
    if (!first || !*grid_text(table->extract->arena, &table->grid, first) ||
        (row > 0 && grid_cell(&table->grid, row - 1, 0) == first))
        return false;
    for (size_t column = 1; column < table->grid.columns; column++)
        if (*cell_text(table, row, column))
            return false;
    return true;
}

static struct money_column read_column(const struct money_table *table, const char *header)
{
    struct match match;
    size_t from, to;
    struct money_column column = {.kind = NULL};
    if (!rule_find(rules_in(table->extract->rules, "budget-column"), header, strlen(header), 0, &match))
        return column;
    column.rule = match.rule;
    column.kind = rule_means(match.rule, "column");
    column.phase = rule_means(match.rule, "phase");
    if (match_group(&match, "base", &from, &to) && to > from)
        column.base = extract_copy(table->extract, header, from, to);
    if (!is_kind(&column, "amount"))
        return column;
    column.is_last_year =
        !years_in(table->extract, header, &column.year, 1) &&
        rule_at(rules_in(table->extract->rules, "relative-year"), header, strlen(header), 0, &match) &&
        strcmp(rule_means(match.rule, "years"), "0") != 0;
    return column;
}

/* Makes columns of amounts of those whose headers are nothing but places (其中：青山区, 白河县), where there are
 * several, and of the 合计 beside them: whose rows they are the table itself says. */
static void find_places(struct money_table *table, size_t header_rows)
{
    const char *levels[MOST_COLUMNS] = {NULL};
    size_t places = 0;
    bool sums[MOST_COLUMNS] = {false};
    for (size_t i = 0; i < table->grid.columns; i++) {
        if (table->columns[i].kind)
            continue;
        struct amount words = {.item = "", .level = ""};
        amount_name(table->extract, grid_column_text(table->extract->arena, &table->grid, header_rows, i), &words);
        sums[i] = words.kind && strcmp(words.kind, "sum") == 0;
        levels[i] = *words.level && !*words.item ? words.level : NULL;
        places += levels[i] != NULL;
    }
    for (size_t i = 0; places > 1 && i < table->grid.columns; i++) {
        if (!levels[i] && !sums[i])
            continue;
        table->columns[i].kind = "amount";
        table->columns[i].level = levels[i];
    }
}

static bool is_planned(const struct money_column *column)
{
    return column->phase && strcmp(column->phase, "budget") == 0;
}

/* The amounts left of a percentage that it is told of: a completion of the nearest that is
 * carried out, a change of the latest year; no year in the header is that of the caption. */
static size_t told_of(const struct money_table *table, size_t share, size_t item)
{
    size_t found = MOST_COLUMNS;
    bool change = is_kind(&table->columns[share], "change");
    for (size_t i = share; i-- > item;) {
        const struct money_column *column = &table->columns[i];
        if (!is_kind(column, "amount"))
            continue;
        const struct money_column *best = found < MOST_COLUMNS ? &table->columns[found] : NULL;
        bool past = column->year || column->is_last_year, best_past = best && (best->year || best->is_last_year);
        bool better = change ? best && best_past && (!past || column->year > best->year)
                             : best && is_planned(best) && !is_planned(column);
        if (!best || better)
            found = i;
    }
    return found;
}

/* Ties amounts to the items on their left, and percentages to amounts. False: a column of
 * figures stands left of all items. */
static bool tie_columns(struct money_table *table)
{
    size_t item = MOST_COLUMNS;
    for (size_t i = 0; i < table->grid.columns; i++) {
        struct money_column *column = &table->columns[i];
        if (is_kind(column, "item")) {
            item = i;
        } else if (is_kind(column, "amount")) {
            if (item == MOST_COLUMNS)
                return false;
            column->item = item;
        } else if (is_kind(column, "change") || is_kind(column, "completion")) {
            column->amount = item < MOST_COLUMNS ? told_of(table, i, item) : MOST_COLUMNS;
        }
    }
    return true;
}

/* Whether a column that no rule knows holds figures. */
static bool holds_figures(const struct money_table *table, size_t column)
{
    for (size_t row = table->first_row; row < table->grid.rows; row++)
        if (figure_of(table, cell_text(table, row, column)))
            return true;
    return false;
}

/* Reads the header. False: it is no table of a budget that the rules know. */
static bool read_header(struct money_table *table)
{
    size_t rows = 0, amounts = 0;
    while (rows < table->grid.rows && !is_data(table, rows))
        rows++;
    table->first_row = rows;
    while (rows > 1 && rows < table->grid.rows && (is_bare(table, rows - 1) || is_numbering(table, rows - 1)))
        rows--;
    if (rows == 0 || rows > MOST_HEADER_ROWS || rows == table->grid.rows)
        return false;
    for (size_t i = 0; i < table->grid.columns; i++) {
        const char *header = grid_column_text(table->extract->arena, &table->grid, rows, i);
        table->columns[i] = read_column(table, header);
    }
    find_places(table, rows);
    for (size_t i = 0; i < table->grid.columns; i++) {
        if (!table->columns[i].kind && holds_figures(table, i))
            return false;
        amounts += is_kind(&table->columns[i], "amount");
    }
    return amounts > 0 && tie_columns(table);
}

/* --- what stands above */

static const char *find_unit(const struct money_table *table, const char *text)
{
    struct match match;
    size_t from, to;
    bool found = rule_find(rules_in(table->extract->rules, "table-unit"), text, strlen(text), 0, &match) &&
                 match_group(&match, "unit", &from, &to);
    return found ? extract_copy(table->extract, text, from, to) : "";
}

/* Whether a text is a caption; a numbered heading is one only if it says so (`一、…表`). */
static bool is_caption(const struct money_table *table, const char *text)
{
    const struct rules *rules = table->extract->rules;
    struct match match;
    size_t length = strlen(text);
    bool numbered = rule_at(rules_in(rules, "heading"), text, length, 0, &match);
    return rule_whole(rules_in(rules, "caption"), text, length, &match) ||
           (!numbered && rule_whole(rules_in(rules, "budget-caption"), text, length, &match));
}

/* Whether a line is the first of a caption: `2026年甲乙区`, above `政府性基金收入预算表`. */
static bool begins_caption(const struct money_table *table, const char *text)
{
    struct match match;
    long year;
    return !years_in(table->extract, table->caption, &year, 1) &&
           rule_at(rules_in(table->extract->rules, "connective"), text, strlen(text), 0, &match) &&
           years_in(table->extract, text, &year, 1) > 0;
}

/* Looks for unit and caption in a printed line above the table. False: there is no more to look
 * for, or a paragraph of text stands there. */
static bool read_line_above(struct money_table *table, const char *printed, size_t length)
{
    const char *text = text_normal_form(table->extract->arena, printed, length).text;
    length = strlen(text);
    if (text_count(text, length) > LONGEST_ABOVE || text_ends_sentence(text, length))
        return false;
    if (!*table->unit)
        table->unit = find_unit(table, text);
    if (!*table->caption && is_caption(table, text)) {
        table->caption = text;
    } else if (*table->caption && begins_caption(table, text)) {
        table->caption = arena_printf(table->extract->arena, "%s%s", text, table->caption);
    } else if (*table->caption) {
        return !*table->unit;
    }
    return true;
}

/* Finds unit and caption in the first rows of the table. */
static void read_top(struct money_table *table)
{
    for (size_t row = 0; row < table->first_row; row++)
        for (size_t column = 0; column < table->grid.columns; column++) {
            const char *text = cell_text(table, row, column);
            if (!*table->unit)
                table->unit = find_unit(table, text);
            bool fills = column == 0 && grid_cell(&table->grid, row, 0) &&
                         grid_cell(&table->grid, row, 0) == grid_cell(&table->grid, row, table->grid.columns - 1);
            if (fills && !*table->caption && is_caption(table, text))
                table->caption = text;
        }
}

/* Finds unit and caption in the table itself, else in the lines right above it, the nearest first. */
static void read_above(struct money_table *table)
{
    const struct gazette *in = table->extract->in;
    table->unit = table->caption = "";
    read_top(table);
    for (size_t i = table->grid.first; i-- > 0 && table->grid.first - i <= ABOVE;) {
        const struct record *record = &in->records[i];
        if (*record_value(record, ATTRIBUTE_CELL))
            return;
        for (size_t end = strlen(record->text), from; end > 0; end = from > 0 ? from - 1 : 0) {
            for (from = end; from > 0 && record->text[from - 1] != '\n';)
                from--;
            if (!read_line_above(table, record->text + from, end - from))
                return;
        }
    }
}

/* --- rows */

/* What an amount does in its table: lines add up to 合计, and with what follows to 总计. */
static const char *role_of(const struct money_table *table, size_t row, const struct amount *amount, struct side *side)
{
    struct match match;
    const char *kind = amount->kind ? amount->kind : "";
    bool total = strcmp(kind, "total") == 0 || strcmp(kind, "sum") == 0;
    bool marked = amount->marker && strcmp(amount->marker, "part") == 0;
    side->summed = side->summed || (strcmp(kind, "sum") == 0 && side->begun);
    side->begun = true;
    if (total)
        return "total";
    if (marked)
        return "part";
    if (strcmp(kind, "balance") == 0)
        return row >= side->end ? kind : side->details[row] ? "part" : "add";
    if (strcmp(kind, "main") == 0)
        return kind;
    if (rule_whole(rules_in(table->extract->rules, "account-named"), amount->item, strlen(amount->item), &match))
        return "main";
    return side->summed && !side->details[row] ? "add" : "part";
}

/* The words of an item without the number in front of them. */
static const char *item_words(const struct money_table *table, size_t row, size_t column)
{
    const char *text = cell_text(table, row, column);
    struct match match;
    return rule_at(rules_in(table->extract->rules, "heading"), text, strlen(text), 0, &match) ? text + match.to : text;
}

/* Sets the percentages in a row that are told of an amount; *end: the last cell read. */
static void read_percentages(const struct money_table *table, size_t row, size_t column, struct amount *amount,
                             size_t *end)
{
    for (size_t i = column + 1; i < table->grid.columns; i++) {
        const struct money_column *share = &table->columns[i];
        bool change = is_kind(share, "change"), completion = is_kind(share, "completion");
        const char *value =
            (change || completion) && share->amount == column ? figure_of(table, cell_text(table, row, i)) : NULL;
        if (!value)
            continue;
        *end = i;
        amount_credit(amount, share->rule);
        if (completion) {
            amount->budget_pct = value;
        } else {
            amount->change_pct = value;
            amount->change_base = share->base;
        }
    }
}

static size_t index_of(const struct money_table *table, size_t row, size_t column)
{
    return (size_t)(grid_cell(&table->grid, row, column) - table->extract->in->records);
}

static void add_amount(struct budget_reader *reader, const struct money_table *table, size_t row, size_t column,
                       struct side *side)
{
    const struct money_column *head = &table->columns[column];
    const char *value = figure_of(table, cell_text(table, row, column)), *words = item_words(table, row, head->item);
    struct amount amount = {.value = value, .unit = table->unit, .item = "", .level = "", .phase = head->phase};
    const struct record *cell = grid_cell(&table->grid, row, column);
    bool again = (row > table->first_row && grid_cell(&table->grid, row - 1, column) == cell) ||
                 (column > 0 && grid_cell(&table->grid, row, column - 1) == cell);
    if (!value || !*words || again)
        return;
    reader->extract->whole[index_of(table, row, column)] = true;
    size_t end = column;
    amount_name(table->extract, words, &amount);
    amount.phase = head->phase ? head->phase : amount.phase;
    amount.year = head->year ? head->year : amount.year;
    if (head->is_last_year)
        amount.year = reader->walk.section.year ? reader->walk.section.year - 1 : 0;
    amount.level = *amount.level || !head->level ? amount.level : head->level;
    if (head->rule)
        amount_credit(&amount, head->rule);
    read_percentages(table, row, column, &amount, &end);
    amount.role = role_of(table, row, &amount, side);
    amount.text = arena_printf(table->extract->arena, "%s%s", words, cell_text(table, row, column));
    size_t first = index_of(table, row, column), last = index_of(table, row, end);
    last = last < first ? first : last; /* a cell over several rows stands before those of this row */
    struct passage passage = passage_read(table->extract->arena, table->extract->in, first, last + 1);
    amount.clause_to = passage.normal.length;
    if (amount.phase)
        reader->walk.section.phase = amount.phase;
    budget_add(reader, &passage, &amount);
}

/* What the words of the item in a row say of its role in a sum: "" if nothing. */
static const char *kind_of(const struct money_table *table, size_t row, size_t item)
{
    struct amount amount = {.item = "", .level = ""};
    amount_name(table->extract, item_words(table, row, item), &amount);
    return amount.kind ? amount.kind : "";
}

/* The figures of a column of amounts, by row. */
static const long long *figures_of(const struct money_table *table, size_t column)
{
    long long *figures = arena_alloc(table->extract->arena, table->grid.rows * sizeof *figures);
    for (size_t row = 0; row < table->grid.rows; row++) {
        const char *figure = row < table->first_row ? NULL : figure_of(table, cell_text(table, row, column));
        if (!figure || !table_figure(figure, &figures[row]))
            figures[row] = NO_FIGURE;
    }
    return figures;
}

/* Reads what the items of a column say of the sums in it. */
static struct side read_side(const struct money_table *table, size_t item)
{
    struct arena *arena = table->extract->arena;
    size_t rows = table->grid.rows;
    const long long *columns[MOST_COLUMNS];
    bool *totals = arena_alloc(arena, rows * sizeof *totals), *details = arena_alloc(arena, rows * sizeof *details);
    struct table_sums sums = {.columns = columns, .rows = rows, .totals = totals};
    struct side side = {.details = details};
    bool any = false;
    for (size_t row = 0; row < rows; row++) {
        const char *kind = row < table->first_row ? "" : kind_of(table, row, item);
        bool total = strcmp(kind, "total") == 0;
        totals[row] = total || strcmp(kind, "sum") == 0;
        details[row] = false;
        any = any || totals[row];
        side.end = total ? row + 1 : side.end;
    }
    for (size_t i = 0; any && i < table->grid.columns; i++)
        if (is_kind(&table->columns[i], "amount") && table->columns[i].item == item)
            columns[sums.column_count++] = figures_of(table, i);
    table_sums_find(arena, &sums, details);
    return side;
}

/* What is the same for all columns of amounts that tell of the same items is found once. */
static void find_sides(const struct money_table *table, struct side *sides)
{
    for (size_t column = 0; column < table->grid.columns; column++) {
        if (!is_kind(&table->columns[column], "amount"))
            continue;
        size_t before = column;
        while (before-- > 0)
            if (is_kind(&table->columns[before], "amount") &&
                table->columns[before].item == table->columns[column].item)
                break;
        sides[column] = before < column ? sides[before] : read_side(table, table->columns[column].item);
    }
}

static void add_rows(struct budget_reader *reader, const struct money_table *table)
{
    struct side sides[MOST_COLUMNS] = {{.summed = false}};
    find_sides(table, sides);
    struct budget_section section = reader->walk.section;
    for (size_t row = table->first_row; row < table->grid.rows; row++)
        for (size_t column = 0; column < table->grid.columns; column++) {
            if (!is_kind(&table->columns[column], "amount"))
                continue;
            reader->walk.section = section;
            budget_forget_account(reader);
            add_amount(reader, table, row, column, &sides[column]);
        }
}

/* All cells but those of amounts have said what they can; of those, the ones that gave rows
 * are marked already, and one without a digit holds nothing. */
static void mark_read(const struct money_table *table)
{
    for (size_t row = 0; row < table->grid.rows; row++)
        for (size_t column = 0; column < table->grid.columns; column++) {
            const struct record *cell = grid_cell(&table->grid, row, column);
            bool amount = row >= table->first_row && is_kind(&table->columns[column], "amount");
            if (cell && (!amount || !strpbrk(cell->text, "0123456789")))
                table->extract->whole[cell - table->extract->in->records] = true;
        }
}

size_t budget_table_read(struct budget_reader *reader, size_t first)
{
    struct money_table table = {.extract = reader->extract};
    if (!*record_value(&reader->extract->in->records[first], ATTRIBUTE_CELL))
        return first;
    if (!grid_read(reader->extract->arena, reader->extract->in, first, reader->part->end, &table.grid))
        return table.grid.end; /* too large */
    if (!read_header(&table))
        return table.grid.end;
    read_above(&table);
    if (!*table.unit || !*table.caption)
        return table.grid.end;
    /* The headings above may be those of a report that the table is appended to. */
    struct budget_section section = reader->walk.section, own = {.level = "", .account = ""};
    struct budget_context context = reader->context;
    budget_heading_read(table.extract, table.caption, &own);
    for (size_t i = 0; i < table.grid.columns; i++)
        if (is_kind(&table.columns[i], "amount") && !table.columns[i].phase && !own.phase)
            return table.grid.end;
    if (!*own.level && *reader->part->place && strstr(table.caption, reader->part->place))
        own.level = reader->part->place;
    reader->walk.section = own;
    add_rows(reader, &table);
    reader->walk.section = section;
    reader->context = context;
    mark_read(&table);
    return table.grid.end;
}
