/* side: one of the two that are compared. In: the records of a run, FOLDER or
 * FOLDER@YEAR. Out: its things: the clauses of an indicator's cell together, every other
 * row for itself; and what the text says was changed. */
#include "compare.h"

#include "../lib/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *const change_names[CHANGE_COUNT] = {"added", "removed", "renamed", "replaced", "changed", "same"};

static const enum attribute none[] = {ATTRIBUTE_COUNT};
static const enum attribute indicator_whole[] = {ATTRIBUTE_CATEGORY, ATTRIBUTE_NATURE, ATTRIBUTE_COUNT};
static const enum attribute indicator_each[] = {ATTRIBUTE_TEXT,  ATTRIBUTE_KIND, ATTRIBUTE_VALUE, ATTRIBUTE_VALUE_TO,
                                                ATTRIBUTE_BOUND, ATTRIBUTE_UNIT, ATTRIBUTE_COUNT};
static const enum attribute indicator_shown[] = {
    ATTRIBUTE_MEASURE, ATTRIBUTE_CATEGORY, ATTRIBUTE_NAME,     ATTRIBUTE_NATURE, ATTRIBUTE_ITEM, ATTRIBUTE_TEXT,
    ATTRIBUTE_KIND,    ATTRIBUTE_VALUE,    ATTRIBUTE_VALUE_TO, ATTRIBUTE_BOUND,  ATTRIBUTE_UNIT, ATTRIBUTE_COUNT};
static const enum attribute budget_each[] = {ATTRIBUTE_ROLE,       ATTRIBUTE_AMOUNT,      ATTRIBUTE_UNIT,
                                             ATTRIBUTE_CHANGE_PCT, ATTRIBUTE_CHANGE_BASE, ATTRIBUTE_BUDGET_PCT,
                                             ATTRIBUTE_NOTE,       ATTRIBUTE_COUNT};
static const enum attribute budget_shown[] = {ATTRIBUTE_PHASE,      ATTRIBUTE_LEVEL,      ATTRIBUTE_ACCOUNT,
                                              ATTRIBUTE_ROLE,       ATTRIBUTE_ITEM,       ATTRIBUTE_AMOUNT,
                                              ATTRIBUTE_UNIT,       ATTRIBUTE_CHANGE_PCT, ATTRIBUTE_CHANGE_BASE,
                                              ATTRIBUTE_BUDGET_PCT, ATTRIBUTE_NOTE,       ATTRIBUTE_COUNT};
static const enum attribute project_each[] = {
    ATTRIBUTE_CATEGORY, ATTRIBUTE_LEAD,    ATTRIBUTE_SUPPORT,        ATTRIBUTE_BACKGROUND,   ATTRIBUTE_CONTENT,
    ATTRIBUTE_GOALS,    ATTRIBUTE_FUNDING, ATTRIBUTE_FUNDING_AMOUNT, ATTRIBUTE_FUNDING_UNIT, ATTRIBUTE_COUNT};
static const enum attribute project_shown[] = {ATTRIBUTE_STATUS,         ATTRIBUTE_NAME,         ATTRIBUTE_CATEGORY,
                                               ATTRIBUTE_LEAD,           ATTRIBUTE_SUPPORT,      ATTRIBUTE_BACKGROUND,
                                               ATTRIBUTE_CONTENT,        ATTRIBUTE_GOALS,        ATTRIBUTE_FUNDING,
                                               ATTRIBUTE_FUNDING_AMOUNT, ATTRIBUTE_FUNDING_UNIT, ATTRIBUTE_COUNT};

const struct view views[FACT_TABLE_COUNT] = {
    {ATTRIBUTE_NAME, ATTRIBUTE_MEASURE, ATTRIBUTE_CATEGORY, ATTRIBUTE_COUNT, ATTRIBUTE_COUNT,   indicator_whole,
     indicator_each,                                                                                                           indicator_shown},
    {ATTRIBUTE_ITEM, ATTRIBUTE_PHASE,   ATTRIBUTE_ROLE,     ATTRIBUTE_LEVEL, ATTRIBUTE_ACCOUNT, none,            budget_each,
     budget_shown                                                                                                                             },
    {ATTRIBUTE_NAME, ATTRIBUTE_STATUS,  ATTRIBUTE_CATEGORY, ATTRIBUTE_COUNT, ATTRIBUTE_COUNT,   none,            project_each,
     project_shown                                                                                                                            },
};

/* ---- where a row stands ---- */

/* The cells of the tables that the input marks, line by line. */
struct cells {
    const struct piece **pieces;
    size_t count, capacity;
};

static int compare_pieces(const void *one, const void *other)
{
    const struct piece *a = *(const struct piece *const *)one, *b = *(const struct piece *const *)other;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

static struct cells find_cells(struct arena *arena, const struct gazette *gazette)
{
    struct cells cells = {0};
    for (size_t i = 0; i < gazette->count; i++) {
        const struct record *record = &gazette->records[i];
        for (size_t p = 0; record->kind == RECORD_CELL && p < record->piece_count; p++) {
            cells.pieces = arena_grow(arena, cells.pieces, cells.count, &cells.capacity, sizeof(struct piece *));
            cells.pieces[cells.count++] = &record->pieces[p];
        }
    }
    if (cells.count > 0)
        qsort(cells.pieces, cells.count, sizeof(struct piece *), compare_pieces);
    return cells;
}

static bool stands_in_cell(const struct cells *cells, const struct record *row)
{
    size_t low = 0, high = cells->count;
    while (row->piece_count > 0 && low < high) {
        size_t middle = low + (high - low) / 2;
        const struct piece *cell = cells->pieces[middle], *piece = &row->pieces[0];
        if (cell->line == piece->line && cell->from <= piece->from && piece->from < cell->to)
            return true;
        if (cell->line < piece->line || (cell->line == piece->line && cell->to <= piece->from))
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* ---- things ---- */

/* The table of facts that a record is a row of; FACT_TABLE_COUNT: of none. A target told
 * again in prose is none. */
static size_t table_of(const struct record *record)
{
    size_t table = 0;
    while (table < FACT_TABLE_COUNT && tables[table].kind != record->kind)
        table++;
    bool repeats = record->kind == RECORD_INDICATOR && strcmp(record_value(record, ATTRIBUTE_STATUS), "repeat") == 0;
    return repeats ? (size_t)FACT_TABLE_COUNT : table;
}

static bool agrees(const struct record *one, const struct record *other, enum attribute attribute)
{
    return strcmp(record_value(one, attribute), record_value(other, attribute)) == 0;
}

/* Whether a row is the next clause of the cell that another one is of. */
static bool goes_on(const struct record *last, const struct record *row)
{
    static const enum attribute alike[] = {ATTRIBUTE_TABLE, ATTRIBUTE_YEAR, ATTRIBUTE_MEASURE,
                                           ATTRIBUTE_NO,    ATTRIBUTE_NAME, ATTRIBUTE_CATEGORY};
    if (row->kind != RECORD_INDICATOR || last->kind != row->kind || last->document != row->document)
        return false;
    for (size_t i = 0; i < COUNT(alike); i++)
        if (!agrees(last, row, alike[i]))
            return false;
    return strtol(record_value(row, ATTRIBUTE_ITEM), NULL, 10) > strtol(record_value(last, ATTRIBUTE_ITEM), NULL, 10);
}

/* The thing whose next row this is: the clauses of one cell follow each other. */
static struct thing *find_thing(const struct side *side, const struct record *row)
{
    if (side->thing_count == 0)
        return NULL;
    struct thing *last = &side->things[side->thing_count - 1];
    return goes_on(last->rows[last->row_count - 1], row) ? last : NULL;
}

/* What is known of the document that a row stands in. */
static const char *document_value(const struct gazette *gazette, const struct record *row, enum attribute attribute)
{
    bool known = row->document >= 1 && row->document <= gazette->count;
    return known ? record_value(&gazette->records[row->document - 1], attribute) : "";
}

static void find_distance(const struct gazette *gazette, struct thing *thing, const struct record *row)
{
    const char *own = document_value(gazette, row, ATTRIBUTE_YEAR);
    thing->has_distance = *own && *thing->year;
    thing->distance = strtol(thing->year, NULL, 10) - strtol(own, NULL, 10);
}

/* Level and account, of which the level may have been renamed. */
static const char *bundle_of(struct arena *arena, const struct rules *rules, const struct view *view,
                             const struct record *row)
{
    if (view->level == ATTRIBUTE_COUNT)
        return "";
    struct thing level = {.name = record_value(row, view->level)};
    name_read(arena, rules, &level);
    return arena_printf(arena, "%s\t%s", level.known, record_value(row, view->account));
}

static struct thing *add_thing(struct arena *arena, const struct rules *rules, struct side *side,
                               const struct record *row, size_t table)
{
    const struct view *view = &views[table];
    side->things = arena_grow(arena, side->things, side->thing_count, &side->thing_capacity, sizeof(*side->things));
    struct thing *thing = &side->things[side->thing_count++];
    *thing = (struct thing){.table = table,
                            .name = record_value(row, view->name),
                            .measure = record_value(row, view->measure),
                            .category = record_value(row, view->category),
                            .year = record_value(row, ATTRIBUTE_YEAR),
                            .class = document_value(&side->gazette, row, ATTRIBUTE_CLASS),
                            .bundle = bundle_of(arena, rules, view, row)};
    find_distance(&side->gazette, thing, row);
    name_read(arena, rules, thing);
    return thing;
}

static void read_things(struct arena *arena, const struct rules *rules, struct side *side)
{
    struct cells cells = find_cells(arena, &side->gazette);
    for (size_t i = 0; i < side->gazette.count; i++) {
        const struct record *row = &side->gazette.records[i];
        size_t table = table_of(row);
        if (table == FACT_TABLE_COUNT || (side->year && strcmp(side->year, record_value(row, ATTRIBUTE_YEAR)) != 0))
            continue;
        struct thing *thing = find_thing(side, row);
        if (!thing) {
            thing = add_thing(arena, rules, side, row, table);
            bool has_caption = row->kind == RECORD_INDICATOR && *record_value(row, ATTRIBUTE_TABLE);
            thing->in_table = has_caption || (row->kind == RECORD_BUDGET && stands_in_cell(&cells, row));
        }
        thing->rows = arena_grow(arena, thing->rows, thing->row_count, &thing->row_capacity, sizeof(struct record *));
        thing->rows[thing->row_count++] = row;
    }
}

const char *row_lines(struct arena *arena, const struct record *row)
{
    const char *from = record_value(row, ATTRIBUTE_LINE_FROM), *to = record_value(row, ATTRIBUTE_LINE_TO);
    return strcmp(from, to) == 0 ? from : arena_printf(arena, "%s-%s", from, to);
}

const char *thing_lines(struct arena *arena, const struct thing *thing)
{
    const char *lines = "", *before = "";
    for (size_t i = 0; thing && i < thing->row_count; i++) {
        const char *now = row_lines(arena, thing->rows[i]);
        if (strcmp(now, before) != 0)
            lines = *lines ? arena_printf(arena, "%s;%s", lines, now) : now;
        before = now;
    }
    return lines;
}

const char *thing_says(struct arena *arena, const struct thing *thing)
{
    const char *says = "";
    if (thing && thing->rows[0]->kind == RECORD_BUDGET)
        return arena_printf(arena, "%s%s", record_value(thing->rows[0], ATTRIBUTE_AMOUNT),
                            record_value(thing->rows[0], ATTRIBUTE_UNIT));
    for (size_t i = 0; thing && thing->rows[0]->kind == RECORD_INDICATOR && i < thing->row_count; i++) {
        const char *text = record_value(thing->rows[i], ATTRIBUTE_TEXT);
        says = i == 0 ? text : arena_printf(arena, "%s; %s", says, text);
    }
    return says;
}

/* ---- the folder ---- */

/* Splits FOLDER@YEAR. An id has no @, so one in the last name of a path divides. */
static struct fault *read_operand(struct arena *arena, const char *operand, struct side *side)
{
    size_t length = strlen(operand);
    while (length > 1 && operand[length - 1] == '/')
        length--;
    char *folder = arena_copy(arena, operand, length);
    char *slash = strrchr(folder, '/'), *mark = strrchr(slash ? slash : folder, '@');
    side->name = slash && slash[1] ? slash + 1 : folder;
    side->folder = folder;
    if (!mark)
        return NULL;
    side->name = arena_copy(arena, side->name, strlen(side->name));
    *mark = '\0';
    side->year = mark + 1;
    if (strlen(side->year) != 4 || side->year[strspn(side->year, "0123456789")])
        return fault(arena, NULL, 0, "%s: behind @ stands a year of four digits, as in %s@2024", operand, folder);
    return NULL;
}

static struct fault *check_folder(struct arena *arena, const struct side *side, const char *records)
{
    struct stat found;
    if (stat(side->folder, &found) != 0)
        return fault_errno(arena, side->folder,
                           "no folder of a run: convert the text first, and name the folder "
                           "that ./pipeline.sh made of it (out/ID)");
    if (!S_ISDIR(found.st_mode) || stat(records, &found) != 0)
        return fault(arena, side->folder, 0,
                     "no folder of a run, for it has no extracted.tsv: name one that ./pipeline.sh made (out/ID)");
    return NULL;
}

/* The years of all rows, for a message. */
static const char *years_of(struct arena *arena, const struct gazette *gazette)
{
    const char *years = "";
    for (size_t i = 0; i < gazette->count; i++) {
        const char *year = record_value(&gazette->records[i], ATTRIBUTE_YEAR);
        if (table_of(&gazette->records[i]) < FACT_TABLE_COUNT && *year && !strstr(years, year))
            years = *years ? arena_printf(arena, "%s, %s", years, year) : year;
    }
    return *years ? years : "no year at all";
}

struct fault *side_read(struct arena *arena, const struct rules *rules, const char *operand, struct side *side)
{
    *side = (struct side){0};
    TRY(read_operand(arena, operand, side));
    const char *records = path_join(arena, side->folder, "extracted.tsv");
    TRY(check_folder(arena, side, records));
    TRY(records_read(arena, records, FILE_EXTRACTED, &side->gazette));
    read_things(arena, rules, side);
    if (side->year && side->thing_count == 0)
        return fault(arena, side->folder, 0, "no row is of the year %s: its rows are of %s", side->year,
                     years_of(arena, &side->gazette));
    statements_find(arena, rules, side);
    return NULL;
}
