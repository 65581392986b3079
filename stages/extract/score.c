/* score: see score.h. The weights are in points: 8 all but forbids a border or its
 * absence, 2 is a good sign, 0.5 a hint. */
#include "score.h"

#include "target.h"

#include <string.h>

static const double FORBIDDEN = -8, SPLIT_FIGURE = -6, EMPTY_CELL = -6, EMPTY_NAME = -20;
static const double GOOD = 2, SOME = 1.5, HINT = 0.5;

/* --- the words of a row */

static bool wide_at(const char *text, size_t length, size_t at)
{
    size_t bytes;
    return at < length && character_is_wide(text_character(text, length, at, &bytes));
}

static bool wide_before(const char *text, size_t at)
{
    size_t bytes;
    return at > 0 && character_is_wide(text_character_before(text, at, &bytes));
}

static size_t piece_of(const struct passage *passage, size_t offset)
{
    size_t piece = 0;
    while (piece + 1 < passage->piece_count && passage->starts[piece + 1] <= offset)
        piece++;
    return piece;
}

static struct score_word describe_word(const struct passage *passage, size_t from, size_t to, size_t before)
{
    struct score_word word = {.from = from, .to = to};
    size_t piece = piece_of(passage, from);
    word.starts_line = from > 0 && piece_of(passage, before) < piece;
    word.wide_gap =
        !word.starts_line && wide_before(passage->text, before) && wide_at(passage->text, passage->length, from);
    if (word.starts_line) {
        const struct piece *pieces = passage->pieces;
        word.blank_above = pieces[piece].line > pieces[piece - 1].line + 1;
        word.space_at_end = passage->text[passage->starts[piece] - 2] == ' ';
    }
    return word;
}

struct score_row score_row(const struct extract *extract, const struct passage *passage, bool has_ordinal)
{
    struct score_row row = {.extract = extract, .passage = passage};
    const char *text = passage->text;
    row.words = arena_alloc(extract->arena, (passage->length + 1) * sizeof *row.words);
    bool skip = has_ordinal;
    for (size_t at = 0, bytes, before = 0; at < passage->length;) {
        if (character_is_space(text_character(text, passage->length, at, &bytes))) {
            at += bytes;
            continue;
        }
        size_t from = at;
        while (at < passage->length && !character_is_space(text_character(text, passage->length, at, &bytes)))
            at += bytes;
        if (!skip)
            row.words[row.word_count++] = describe_word(passage, from, at, before);
        skip = false;
        before = at;
    }
    row.cells = arena_alloc(extract->arena, (row.word_count + 1) * sizeof(struct normal *));
    return row;
}

static const struct normal *cell_normal(const struct score_row *row, size_t start, size_t end)
{
    struct normal **cells = &row->cells[start];
    if (!*cells)
        *cells = arena_alloc(row->extract->arena, (row->word_count + 1) * sizeof **cells);
    struct normal *cell = &(*cells)[end];
    if (!cell->text)
        *cell = text_normal_form(row->extract->arena, row->passage->text + row->words[start].from,
                                 row->words[end - 1].to - row->words[start].from);
    return cell;
}

/* --- evidence on a gap between two words */

static bool ends_with_comma(const struct score_row *row, size_t word)
{
    const struct score_word *before = &row->words[word - 1];
    return text_ends_clause(row->passage->text + before->from, before->to - before->from);
}

/* A gap inside a cell. */
static double gap_inside(const struct score_row *row, size_t index)
{
    const struct score_word *word = &row->words[index];
    if (word->wide_gap)
        return FORBIDDEN;
    if (!word->starts_line)
        return 0;
    return (ends_with_comma(row, index) ? GOOD : 0) + (word->blank_above ? 0 : -SOME) +
           (word->space_at_end ? -HINT : HINT);
}

/* A word of the rules (左右) must not be cut by a border. */
static bool cuts_word(const struct score_row *row, size_t index)
{
    const char *text = row->passage->text;
    const struct score_word *before = &row->words[index - 1], *word = &row->words[index];
    size_t left = before->to - before->from, bytes, tail = 0;
    for (size_t i = 0; i < 2 && tail < left; i++) {
        (void)text_character_before(text, before->to - tail, &bytes);
        tail += bytes;
    }
    size_t head = word->to - word->from;
    const char *joined = arena_printf(row->extract->arena, "%.*s%.*s", (int)tail, text + before->to - tail, (int)head,
                                      text + word->from);
    struct match match;
    return rule_find(rules_in(row->extract->rules, "bound"), joined, strlen(joined), 0, &match) && match.from < tail &&
           match.to > tail;
}

static bool is_digit_before(const char *text, size_t at)
{
    size_t bytes;
    return at > 0 && character_is_digit(text_character_before(text, at, &bytes));
}

/* A border between a figure and its unit. */
static bool cuts_figure(const struct score_row *row, size_t index)
{
    const struct score_word *before = &row->words[index - 1], *word = &row->words[index];
    struct match match;
    return is_digit_before(row->passage->text, before->to) &&
           rule_at(rules_in(row->extract->rules, "unit"), row->passage->text + word->from, word->to - word->from, 0,
                   &match);
}

/* A gap that is the border between two cells. */
static double gap_border(const struct score_row *row, size_t index)
{
    const struct score_word *word = &row->words[index];
    double score = (cuts_figure(row, index) ? SPLIT_FIGURE : 0) + (cuts_word(row, index) ? FORBIDDEN : 0);
    if (!word->starts_line)
        return score + (word->wide_gap ? GOOD : 0);
    return score + (ends_with_comma(row, index) ? FORBIDDEN : 0) + (word->blank_above ? 0 : SOME) +
           (word->space_at_end ? HINT : 0);
}

/* --- evidence on a cell */

static double brackets(const char *text, size_t length)
{
    int open = 0;
    for (size_t at = 0, bytes; at < length; at += bytes) {
        uint32_t character = text_character(text, length, at, &bytes);
        open += character_opens(character) ? 1 : character_closes(character) ? -1 : 0;
        if (open < 0)
            return FORBIDDEN;
    }
    return open ? FORBIDDEN : 0;
}

/* In a wrapped cell every line but the last is full, so none is much narrower than
 * another, and the last is the shortest. */
static double wrapping(const struct score_row *row, size_t start, size_t end)
{
    int widest = 0, width = 0;
    double score = 0;
    for (int pass = 0; pass < 2; pass++) {
        width = 0;
        for (size_t i = start; i < end; i++) {
            const struct score_word *word = &row->words[i];
            if (i > start && word->starts_line) {
                if (pass == 1)
                    score -= (widest - width) / 2.0 / GOOD;
                width = 0;
            }
            width += text_width(row->passage->text + word->from, word->to - word->from) + (width > 0);
            if (pass == 0 && width > widest)
                widest = width;
        }
    }
    return score < SPLIT_FIGURE ? SPLIT_FIGURE : score;
}

/* A verb of change right behind the figure opens the next cell: 增长8% 增长 | 8.4%. */
static bool ends_with_verb(const struct extract *extract, const char *text, size_t length)
{
    struct figure figure;
    struct match match;
    if (!figure_find(extract, text, length, 0, &figure))
        return false;
    size_t end = figure.to;
    if (rule_at(rules_in(extract->rules, "bound"), text, length, end, &match))
        end = match.to;
    return rule_at(rules_in(extract->rules, "change"), text, length, end, &match) && match.to == length;
}

/* A cell of figures begins with a figure or a predicate, and best is a figure with
 * its unit and bound and nothing else. */
static double figure_content(const struct extract *extract, const char *text, size_t length)
{
    struct match match;
    size_t bytes, digits;
    const char *value = text_figure(extract->arena, text, length, 0, &digits);
    if (!value)
        return rule_at(rules_in(extract->rules, "predicate"), text, length, 0, &match) ||
                       rule_at(rules_in(extract->rules, "change"), text, length, 0, &match) ||
                       rule_at(rules_in(extract->rules, "bound"), text, length, 0, &match)
                   ? GOOD
                   : 0;
    if (rule_at(rules_in(extract->rules, "unit"), text, length, digits, &match))
        digits = match.to;
    if (rule_at(rules_in(extract->rules, "bound"), text, length, digits, &match))
        digits = match.to;
    bool whole = digits == length || character_opens(text_character(text, length, digits, &bytes));
    return whole ? 2 * GOOD : GOOD;
}

/* A name does not begin or end with a digit, and may be one that the rules know. */
static double name_content(const struct extract *extract, const char *text, size_t length)
{
    size_t bytes;
    struct match match;
    double score = 0;
    if (character_is_digit(text_character(text, length, 0, &bytes)))
        score -= GOOD;
    if (is_digit_before(text, length))
        score -= 2 * GOOD;
    if (rule_whole(rules_in(extract->rules, "concept"), text, length, &match))
        score += GOOD;
    return score;
}

double score_cell(const struct score_row *row, const struct table_column *column, size_t start, size_t end)
{
    bool is_name = strcmp(column->column, "name") == 0;
    if (start == end)
        return is_name ? EMPTY_NAME : EMPTY_CELL;
    double score = start > 0 ? gap_border(row, start) : 0;
    for (size_t i = start + 1; i < end; i++)
        score += gap_inside(row, i);
    const struct normal *cell = cell_normal(row, start, end);
    score += brackets(cell->text, cell->length) + wrapping(row, start, end);
    if (column->measure)
        score += figure_content(row->extract, cell->text, cell->length) +
                 (ends_with_verb(row->extract, cell->text, cell->length) ? FORBIDDEN : 0);
    else if (is_name)
        score += name_content(row->extract, cell->text, cell->length);
    return score;
}

/* --- evidence on two cells of figures: what a row plans and what it reaches are
 * said in like words */

double score_pair(const struct score_row *row, size_t before, size_t start, size_t end, bool figures)
{
    if (!figures || before == start || start == end)
        return 0;
    const struct normal *a = cell_normal(row, before, start), *b = cell_normal(row, start, end);
    enum { MOST = 12 }; /* bytes: four characters */
    size_t prefix = 0, suffix = 0;
    while (prefix < MOST && prefix < a->length && prefix < b->length && a->text[prefix] == b->text[prefix])
        prefix++;
    while (suffix < MOST && suffix < a->length && suffix < b->length &&
           a->text[a->length - 1 - suffix] == b->text[b->length - 1 - suffix])
        suffix++;
    return (double)prefix / 3 + (double)suffix / 6;
}
