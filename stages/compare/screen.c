/* screen: shows what changed on the terminal: for each comparison its counts and a table
 * with a row for each thing that is not the same. Chinese characters are as wide as two. */
#include "compare.h"

#include "../lib/text.h"

#include <string.h>
#include <unicode/uchar.h>

enum { CHANGE, NAME, OLD, NEW, WHAT, COLUMN_COUNT };

/* In half widths; longer cells are cut. */
static const int widest[COLUMN_COUNT] = {8, 52, 32, 32, 60};

struct line {
    const char *cells[COLUMN_COUNT];
};

/* As a terminal shows it. */
static int width_of_character(uint32_t character)
{
    int8_t type = u_charType((UChar32)character);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    int width = u_getIntPropertyValue((UChar32)character, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/* The bytes of a text that fit into a width, and the width they have. */
static size_t fit(const char *text, int most, int *width)
{
    size_t length = strlen(text), at = 0, bytes;
    for (*width = 0; at < length; at += bytes) {
        int now = width_of_character(text_character(text, length, at, &bytes));
        if (*width + now > most)
            break;
        *width += now;
    }
    return at;
}

static void print_cell(const char *text, int width, bool pad)
{
    int used;
    size_t length = fit(text, width, &used);
    bool cut = text[length] != '\0';
    if (cut)
        length = fit(text, width - 3, &used);
    for (size_t i = 0; i < length; i++) /* a cell may hold several lines */
        putchar((unsigned char)text[i] < ' ' || text[i] == '\x7f' ? ' ' : text[i]);
    printf("%s%*s", cut ? "..." : "", pad ? width - used - (cut ? 3 : 0) : 0, "");
}

/* The columns that differ; of figures by how much. The text is shown beside it. */
static const char *what_differs(struct arena *arena, const struct outcome *outcome)
{
    const char *what = "";
    for (size_t d = 0; d < outcome->difference_count; d++) {
        const struct difference *difference = &outcome->differences[d];
        bool rises = *difference->delta && *difference->delta != '-';
        if (outcome->difference_count > 1 && strcmp(difference->column, attribute_name(ATTRIBUTE_TEXT)) == 0)
            continue;
        what = arena_printf(arena, "%s%s%s", what, *what ? ", " : "", difference->column);
        if (*difference->delta)
            what = arena_printf(arena, "%s %s%s%s", what, rises ? "+" : "", difference->delta, difference->unit);
    }
    return what;
}

/* The name; of a line of a budget with its level and account, of which each has its own. */
static const char *name_of(struct arena *arena, const struct thing *thing)
{
    const struct view *view = &views[thing->table];
    if (view->level == ATTRIBUTE_COUNT)
        return thing->name;
    return arena_printf(arena, "%s %s %s", record_value(thing->rows[0], view->level),
                        record_value(thing->rows[0], view->account), thing->name);
}

static bool has_two_names(const struct outcome *outcome)
{
    return outcome->old && outcome->new &&strcmp(outcome->old->name, outcome->new->name) != 0;
}

/* One line, or two for two names. Returns how many. */
static size_t fill_lines(const struct result *result, const struct outcome *outcome, struct line *lines)
{
    struct arena *arena = result->arena;
    const char *old = thing_says(arena, outcome->old), *new = thing_says(arena, outcome->new);
    const char *what = result_wants_columns(result, outcome) ? what_differs(arena, outcome) : "";
    const char *name = name_of(arena, outcome->old ? outcome->old : outcome->new);
    bool two = has_two_names(outcome);
    lines[0] = (struct line){
        {change_names[outcome->change], name, old, two ? "" : new, what}
    };
    lines[1] = (struct line){
        {"      ->", two ? name_of(arena, outcome->new) : "", "", new, ""}
    };
    return two ? 2 : 1;
}

static void print_lines(const struct line *lines, size_t count)
{
    int widths[COLUMN_COUNT] = {0};
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
        for (size_t i = 0; i < count; i++) {
            int width;
            (void)fit(lines[i].cells[c], widest[c], &width);
            width = lines[i].cells[c][0] && width > widest[c] - 2 ? widest[c] : width;
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    for (size_t i = 0; i < count; i++) {
        size_t last = COLUMN_COUNT;
        while (last > 1 && !*lines[i].cells[last - 1])
            last--;
        for (size_t c = 0; c < last; c++) {
            printf("  ");
            print_cell(lines[i].cells[c], widths[c], c + 1 < last);
        }
        putchar('\n');
    }
}

static void print_counts(const struct result *result, const struct outcomes *outcomes)
{
    size_t counts[CHANGE_COUNT] = {0};
    const char *between = ": ";
    for (size_t i = 0; i < outcomes->count; i++)
        counts[outcomes->list[i].change] += result_wants(result, &outcomes->list[i]);
    for (size_t c = 0; c < CHANGE_COUNT; c++) {
        if (counts[c] > 0) {
            printf("%s%zu %s", between, counts[c], change_names[c]);
            between = ", ";
        }
    }
    putchar('\n');
}

static void print_comparison(const struct result *result, size_t c)
{
    const struct comparison *comparison = &result->comparisons->list[c];
    const struct outcomes *outcomes = &result->outcomes[c];
    struct line *lines = arena_alloc(result->arena, (2 * outcomes->count + 1) * sizeof(*lines));
    size_t count = 0;
    printf("%s, %s of %s -> %s", tables[comparison->table].name, comparison->measure, comparison->old_year,
           comparison->new_year);
    if (tables[comparison->table].kind != RECORD_PROJECT)
        printf(" (%s)", comparison->in_table ? "table" : "prose");
    print_counts(result, outcomes);
    for (size_t i = 0; i < outcomes->count; i++)
        if (outcomes->list[i].change != CHANGE_SAME && result_wants(result, &outcomes->list[i]))
            count += fill_lines(result, &outcomes->list[i], &lines[count]);
    print_lines(lines, count);
}

void screen_print(const struct result *result)
{
    for (size_t c = 0; c < result->comparisons->count; c++)
        print_comparison(result, c);
}
