/* xml: writes changes.xml: what is compared, what became of each thing with the columns
 * that differ, and which rule and which lines of the text say so. What may stand where is
 * said in changes.rng. */
#include "compare.h"

#include "../lib/markup.h"
#include "../lib/version.h"

#include <string.h>

static const char *place_of(const struct comparison *comparison)
{
    return comparison->in_table ? "table" : "prose";
}

static void write_kind(struct markup *markup, const struct comparison *comparison)
{
    markup_attribute(markup, "table", tables[comparison->table].name);
    markup_attribute(markup, "place", place_of(comparison));
    markup_attribute(markup, "measure", comparison->measure);
    markup_attribute(markup, "old_year", comparison->old_year);
    markup_attribute(markup, "new_year", comparison->new_year);
}

static void write_lacking(struct markup *markup, const struct comparison *lacking)
{
    markup_open(markup, "not-compared");
    write_kind(markup, lacking);
    markup_attribute(markup, "side", lacking->old ? "old" : "new");
    markup_number(markup, "things", lacking->old_count + lacking->new_count);
    markup_close(markup);
}

static void write_cell(struct markup *markup, const struct thing *thing, enum attribute attribute)
{
    markup_attribute(markup, attribute_name(attribute), record_value(thing->rows[0], attribute));
}

/* One of the two of an outcome. */
static void write_thing(struct markup *markup, const struct result *result, const char *element,
                        const struct thing *thing)
{
    if (!thing)
        return;
    markup_open(markup, element);
    markup_attribute(markup, "name", thing->name);
    write_cell(markup, thing, ATTRIBUTE_CATEGORY);
    write_cell(markup, thing, ATTRIBUTE_LEVEL);
    write_cell(markup, thing, ATTRIBUTE_ACCOUNT);
    write_cell(markup, thing, ATTRIBUTE_ROLE);
    if (!result->without_lines)
        markup_attribute(markup, "lines", thing_lines(result->arena, thing));
    markup_text(markup, thing_says(result->arena, thing));
    markup_close(markup);
}

static void write_difference(struct markup *markup, const struct difference *difference)
{
    markup_open(markup, "column");
    markup_attribute(markup, "name", difference->column);
    markup_attribute(markup, "item", difference->item);
    markup_attribute(markup, "delta", difference->delta);
    if (*difference->delta)
        markup_attribute(markup, "unit", difference->unit);
    markup_element(markup, "from", difference->old);
    markup_element(markup, "to", difference->new);
    markup_close(markup);
}

/* The sentence of the text that says it. */
static void write_statement(struct markup *markup, const struct result *result, const struct statement *statement)
{
    const struct record *record = statement->record;
    markup_attribute(markup, "rule", statement->rule->id);
    if (!result->without_lines)
        markup_attribute(markup, "said",
                         arena_printf(result->arena, "%ld-%ld", record->pieces[0].line,
                                      record->pieces[record->piece_count - 1].line));
}

static void write_outcome(struct markup *markup, const struct result *result, const struct outcome *outcome)
{
    const struct thing *any = outcome->new ? outcome->new : outcome->old;
    markup_open(markup, "thing");
    markup_attribute(markup, "change", change_names[outcome->change]);
    markup_attribute(markup, "score", score_text(result->arena, outcome));
    if (any->statement)
        write_statement(markup, result, any->statement);
    write_thing(markup, result, "old", outcome->old);
    write_thing(markup, result, "new", outcome->new);
    for (size_t d = 0; result_wants_columns(result, outcome) && d < outcome->difference_count; d++)
        write_difference(markup, &outcome->differences[d]);
    markup_close(markup);
}

static void write_comparison(struct markup *markup, const struct result *result, size_t c)
{
    markup_open(markup, "comparison");
    write_kind(markup, &result->comparisons->list[c]);
    for (size_t i = 0; i < result->outcomes[c].count; i++)
        if (result_wants(result, &result->outcomes[c].list[i]))
            write_outcome(markup, result, &result->outcomes[c].list[i]);
    markup_close(markup);
}

struct fault *markup_write(FILE *out, const struct result *result)
{
    struct markup *markup;
    TRY(markup_begin(result->arena, out, &markup));
    markup_open(markup, "changes");
    markup_attribute(markup, "old", result->old->name);
    markup_attribute(markup, "new", result->new->name);
    markup_attribute(markup, "contract", CONTRACT_VERSION);
    markup_attribute(markup, "program", GONGBAO_VERSION);
    for (size_t i = 0; i < result->comparisons->lacking_count; i++)
        write_lacking(markup, &result->comparisons->lacking[i]);
    for (size_t c = 0; c < result->comparisons->count; c++)
        write_comparison(markup, result, c);
    markup_close(markup);
    return markup_end(markup);
}
