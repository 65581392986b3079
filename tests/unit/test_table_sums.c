/* Which rows of a table add up to a row above them. */
#include "../../stages/extract/table_sums.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 8 };

/* The rows that are details, as their numbers: "123". */
static const char *details_of(const long long *first, const long long *second, const bool *totals)
{
    static char found[ROWS + 1];
    const long long *columns[] = {first, second};
    struct table_sums sums = {columns, second ? 2 : 1, ROWS, totals};
    bool details[ROWS];
    struct arena *arena = arena_new();
    table_sums_find(arena, &sums, details);
    arena_free(arena);
    size_t length = 0;
    for (int i = 0; i < ROWS; i++)
        if (details[i])
            found[length++] = (char)('0' + i);
    found[length] = '\0';
    return found;
}

static const bool NO_TOTALS[ROWS] = {false};

static void details_at_any_depth(void **state)
{
    (void)state;
    const long long figures[ROWS] = {90, 60, 25, 35, 30, 7, 50, 41};
    assert_string_equal(details_of(figures, NULL, NO_TOTALS), "1234");
}

static void an_empty_cell_is_passed_over(void **state)
{
    (void)state;
    const long long figures[ROWS] = {90, 60, NO_FIGURE, 30, NO_FIGURE, 7, 50, 41};
    assert_string_equal(details_of(figures, NULL, NO_TOTALS), "123");
}

static void a_total_is_no_detail(void **state)
{
    (void)state;
    const long long figures[ROWS] = {90, 60, 30, 7, 50, 41, 3, 2};
    const bool totals[ROWS] = {false, false, true};
    assert_string_equal(details_of(figures, NULL, totals), "");
}

static void one_row_must_be_the_same_in_two_columns(void **state)
{
    (void)state;
    const long long first[ROWS] = {12, 12, 5, 4, 9, 8, 70, 41}, second[ROWS] = {31, 31, 6, 4, 9, 7, 80, 43};
    const long long other[ROWS] = {31, 30, 6, 4, 9, 7, 80, 43};
    assert_string_equal(details_of(first, NULL, NO_TOTALS), "");
    assert_string_equal(details_of(first, second, NO_TOTALS), "1");
    assert_string_equal(details_of(first, other, NO_TOTALS), "");
}

static void nothing_and_less_than_nothing_have_no_details(void **state)
{
    (void)state;
    const long long figures[ROWS] = {0, 0, 0, -5, -2, -3, NO_FIGURE, NO_FIGURE};
    assert_string_equal(details_of(figures, NULL, NO_TOTALS), "");
}

static void figures_have_one_scale(void **state)
{
    (void)state;
    long long value;
    assert_true(table_figure("12.5", &value) && value == 125000);
    assert_true(table_figure("-3", &value) && value == -30000);
    assert_true(table_figure("0.0001", &value) && value == 1);
    assert_false(table_figure("1.23456", &value));
    assert_false(table_figure("123456789012345", &value));
    assert_false(table_figure("", &value));
    assert_false(table_figure("1.2.3", &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(details_at_any_depth),
        cmocka_unit_test(an_empty_cell_is_passed_over),
        cmocka_unit_test(a_total_is_no_detail),
        cmocka_unit_test(one_row_must_be_the_same_in_two_columns),
        cmocka_unit_test(nothing_and_less_than_nothing_have_no_details),
        cmocka_unit_test(figures_have_one_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
