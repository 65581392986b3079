/* xml: writes tables.xml: the rows of all tables as elements with their place in
 * the source and the rules that read them, the gazette's documents, the lines of
 * those that gave rows. What may stand where is said in tables.rng. */
#include "../lib/markup.h"
#include "lists.h"
#include "source.h"

#include "../lib/version.h"

#include <string.h>

struct xml {
    struct markup *markup;
    const struct emission *emission;
    const char *const *units; /* words that make a figure an amount of money, NULL at the end */
};

static void write_input(const struct xml *xml)
{
    const struct record *source = xml->emission->source;
    markup_open(xml->markup, "input");
    markup_attribute(xml->markup, "name", record_value(source, ATTRIBUTE_INPUT));
    markup_attribute(xml->markup, "bytes", record_value(source, ATTRIBUTE_BYTES));
    markup_attribute(xml->markup, "sha256", record_value(source, ATTRIBUTE_SHA256));
    markup_attribute(xml->markup, "encoding", record_value(source, ATTRIBUTE_ENCODING));
    markup_attribute(xml->markup, "source", record_value(source, ATTRIBUTE_SOURCE));
    markup_attribute(xml->markup, "url", record_value(source, ATTRIBUTE_URL));
    markup_close(xml->markup);
}

/* The lines of a row or a document: said, or else those of its pieces. */
static void write_lines(const struct xml *xml, const struct record *record)
{
    const char *from = record_value(record, ATTRIBUTE_LINE_FROM), *to = record_value(record, ATTRIBUTE_LINE_TO);
    if (*from) {
        markup_attribute(xml->markup, "line_from", from);
        markup_attribute(xml->markup, "line_to", to);
    } else if (record->piece_count > 0) {
        markup_number(xml->markup, "line_from", (size_t)record->pieces[0].line);
        markup_number(xml->markup, "line_to", (size_t)record->pieces[record->piece_count - 1].line);
    }
}

static void write_documents(const struct xml *xml)
{
    static const enum attribute details[] = {ATTRIBUTE_CLASS, ATTRIBUTE_SPEAKER, ATTRIBUTE_DATE, ATTRIBUTE_PAGE};
    const struct gazette *gazette = xml->emission->gazette;
    markup_open(xml->markup, "documents");
    for (size_t i = 0; i < gazette->count; i++) {
        const struct record *record = &gazette->records[i];
        if (record->kind != RECORD_TITLE)
            continue;
        markup_open(xml->markup, "document");
        markup_number(xml->markup, "number", record->number);
        for (size_t d = 0; d < COUNT(details); d++)
            markup_attribute(xml->markup, attribute_name(details[d]), record_value(record, details[d]));
        write_lines(xml, record);
        markup_text(xml->markup, record_value(record, ATTRIBUTE_TITLE));
        markup_close(xml->markup);
    }
    markup_close(xml->markup);
}

static void write_members(const struct xml *xml, const char *element, const char *member, const char *const *texts)
{
    markup_open(xml->markup, element);
    for (; *texts; texts++)
        markup_element(xml->markup, member, *texts);
    markup_close(xml->markup);
}

static void write_funding(const struct xml *xml, const struct record *row, const char *text)
{
    const struct fund *fund = list_funds(xml->emission->arena, text, record_value(row, ATTRIBUTE_FUNDING_AMOUNT),
                                         record_value(row, ATTRIBUTE_FUNDING_UNIT), xml->units);
    markup_open(xml->markup, "funding");
    markup_element(xml->markup, "text", text);
    for (; fund->text; fund++) {
        markup_open(xml->markup, "fund");
        markup_attribute(xml->markup, "amount", fund->amount);
        markup_attribute(xml->markup, "unit", fund->unit);
        markup_text(xml->markup, fund->text);
        markup_close(xml->markup);
    }
    markup_close(xml->markup);
}

/* An empty cell is no element. */
static void write_cell(const struct xml *xml, const struct record *row, enum attribute attribute)
{
    const char *name = attribute_name(attribute), *cell = record_value(row, attribute);
    if (!*cell)
        return;
    switch (attribute) {
    case ATTRIBUTE_GAZETTE: /* said once, by the root */
    case ATTRIBUTE_PAGE:    /* said by write_place */
    case ATTRIBUTE_LINE_FROM:
    case ATTRIBUTE_LINE_TO:
    case ATTRIBUTE_LINE:
        return;
    case ATTRIBUTE_LEAD:
    case ATTRIBUTE_SUPPORT:
        write_members(xml, name, "department", list_members(xml->emission->arena, cell));
        return;
    case ATTRIBUTE_BACKGROUND:
    case ATTRIBUTE_CONTENT:
    case ATTRIBUTE_GOALS:
        write_members(xml, name, "point", list_points(xml->emission->arena, cell));
        return;
    case ATTRIBUTE_FUNDING:
        write_funding(xml, row, cell);
        return;
    default:
        markup_element(xml->markup, name, cell);
    }
}

static void write_place(const struct xml *xml, const struct record *row)
{
    markup_open(xml->markup, "place_in_source");
    markup_attribute(xml->markup, "page", record_value(row, ATTRIBUTE_PAGE));
    write_lines(xml, row);
    for (size_t i = 0; i < row->piece_count; i++) {
        markup_open(xml->markup, "piece");
        markup_number(xml->markup, "line", (size_t)row->pieces[i].line);
        markup_number(xml->markup, "from", row->pieces[i].from);
        markup_number(xml->markup, "to", row->pieces[i].to);
        markup_close(xml->markup);
    }
    markup_close(xml->markup);
}

static void write_rules(const struct xml *xml, const char *ids)
{
    while (*ids) {
        size_t length = strcspn(ids, ",");
        markup_element(xml->markup, "rule", arena_copy(xml->emission->arena, ids, length));
        ids += length + (ids[length] == ',');
    }
}

static void write_table(const struct xml *xml, size_t t)
{
    /* budget lines: `line` is a line of the source */
    static const char *const elements[TABLE_COUNT] = {"indicator", "budget_line", "project", "figure"};
    const struct table *table = &tables[t];
    markup_open(xml->markup, table->name);
    for (size_t r = 0; r < xml->emission->row_counts[t]; r++) {
        const struct record *row = emission_row(xml->emission, t, r);
        markup_open(xml->markup, elements[t]);
        if (row->document)
            markup_number(xml->markup, "document", row->document);
        for (size_t c = 0; c < table->column_count; c++)
            write_cell(xml, row, table->columns[c].attribute);
        write_place(xml, row);
        write_rules(xml, row->rules);
        markup_close(xml->markup);
    }
    markup_close(xml->markup);
}

/* The units of money that the rows of the gazette have. */
static const char *const *find_units(const struct emission *emission)
{
    const char **units = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < emission->gazette->count; i++) {
        const struct record *record = &emission->gazette->records[i];
        bool budget = record->kind == RECORD_BUDGET;
        const char *unit = record_value(record, budget ? ATTRIBUTE_UNIT : ATTRIBUTE_FUNDING_UNIT);
        size_t known = 0;
        while (known < count && strcmp(units[known], unit) != 0)
            known++;
        if (!*unit || known < count)
            continue;
        units = arena_grow(emission->arena, units, count, &capacity, sizeof *units);
        units[count++] = unit;
    }
    units = arena_grow(emission->arena, units, count, &capacity, sizeof *units);
    units[count] = NULL;
    return units;
}

struct fault *xml_write(FILE *out, const struct emission *emission, const struct table *table)
{
    (void)table; /* it holds them all */
    struct xml xml = {.emission = emission, .units = find_units(emission)};
    TRY(markup_begin(emission->arena, out, &xml.markup));
    markup_open(xml.markup, "gazette");
    markup_attribute(xml.markup, "id", record_value(emission->source, ATTRIBUTE_GAZETTE));
    markup_attribute(xml.markup, "contract", CONTRACT_VERSION);
    markup_attribute(xml.markup, "program", GONGBAO_VERSION);
    markup_attribute(xml.markup, "rules", record_value(emission->source, ATTRIBUTE_RULES_VERSION));
    write_input(&xml);
    write_documents(&xml);
    for (size_t t = 0; t < TABLE_COUNT; t++)
        write_table(&xml, t);
    source_write(xml.markup, emission);
    markup_close(xml.markup);
    return markup_end(xml.markup);
}
