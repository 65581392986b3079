/* roles: what each amount of a paragraph is to the others. A row is a test. */
#include "../../stages/extract/budget.h"
#include "given.h"

static const struct role_row {
    const char *name, *text, *roles; /* of all its sentences: the role of each amount, and its figure */
} role_rows[] = {
  /* clang-format off */
    {"main: alone", "收入100亿元。", "main 100"},
    {"main: several that are no sum", "收入100亿元，支出90亿元，债券30亿元。", "main 100, main 90, main 30"},
    {"main: as much as another", "收入100亿元，支出100亿元。", "main 100, main 100"},
    {"main: told again", "收入年初预算60亿元，实际完成62亿元。", "main 60, main 62"},
    {"main: stocks", "政府债务限额320亿元，政府债务余额300亿元。", "main 320, main 300"},
    {"part: behind a word", "收入100亿元，其中税收60亿元。", "main 100, part 60"},
    {"part: as far as they add up", "收入100亿元，其中税收60亿元，非税40亿元，支出90亿元。",
     "main 100, part 60, part 40, main 90"},
    {"part: those joined to it where they do not", "收入100亿元，其中税收60亿元、非税30亿元，支出90亿元。",
     "main 100, part 60, part 30, main 90"},
    {"part: the next clause is none where they do not", "收入100亿元，其中税收60亿元，支出90亿元。",
     "main 100, part 60, main 90"},
    {"part: rounded figures", "收入100亿元，其中税收59.6亿元，非税40.3亿元，支出90亿元。",
     "main 100, part 59.6, part 40.3, main 90"},
    {"part: one that rounding hides", "支出50亿元，其中教育49.6亿元，卫生0.3亿元，债券20亿元。",
     "main 50, part 49.6, part 0.3, main 20"},
    {"part: in another unit", "收入1.00亿元，其中税收6000万元，非税4000万元，支出9000万元。",
     "main 1.00, part 6000, part 4000, main 9000"},
    {"part: of two wholes", "收入100亿元，其中税收60亿元，支出90亿元，其中教育20亿元。",
     "main 100, part 60, main 90, part 20"},
    {"part: other words", "支出90亿元，主要是教育20亿元；债券30亿元，包括再融资债券10亿元。",
     "main 90, part 20, main 30, part 10"},
    {"part: a use behind the amount", "债券30亿元，其中10亿元用于修路。", "main 30, part 10"},
    {"part: in a bracket", "支出50亿元（其中债券安排41亿元、预算安排9亿元），收入60亿元。",
     "main 50, part 41, part 9, main 60"},
    {"part: another level's", "全市收入100亿元，其中市本级60亿元。", "main 100, part 60"},
    {"breakdown: adds up without a word", "收入100亿元，税收60亿元，非税40亿元。", "main 100, part 60, part 40"},
    {"breakdown: of three", "支出90亿元，教育20亿元、卫生30亿元、农业40亿元。", "main 90, part 20, part 30, part 40"},
    {"breakdown: not the first amount", "收入100亿元，支出90亿元，教育50亿元，卫生40亿元。",
     "main 100, main 90, part 50, part 40"},
    {"sum: terms and their total", "收入100亿元，加上上级补助20亿元、上年结转5亿元，合计125亿元。",
     "main 100, add 20, add 5, total 125"},
    {"sum: a total that does not fit", "收入100亿元，加上上级补助20亿元，合计126亿元。", "main 100, add 20, total 126"},
    {"sum: terms without a word", "收入100亿元，上级补助20亿元，债券5亿元，收入总计125亿元。",
     "main 100, add 20, add 5, total 125"},
    {"sum: less", "收入100亿元，扣除上解上级支出10亿元，加上上级补助20亿元，总计110亿元。",
     "main 100, less 10, add 20, total 110"},
    {"sum: one behind the other", "收入100亿元，加上补助20亿元，收入总计120亿元；支出90亿元，加上上解30亿元，支出总计120亿元。",
     "main 100, add 20, total 120, main 90, add 30, total 120"},
    {"sum: a part of a term", "收入100亿元，加上补助20亿元，其中专项补助8亿元，收入总计120亿元。",
     "main 100, add 20, part 8, total 120"},
    {"sum: carried over from before", "收入100亿元，上年结余20亿元，收入总计120亿元。", "main 100, add 20, total 120"},
    {"sum: a stock in it", "收入100亿元，滚存结余20亿元，收入总计120亿元。", "main 100, add 20, total 120"},
    {"sum: carried over, without a total", "收入100亿元，加上补助20亿元，上年结转5亿元。", "main 100, add 20, add 5"},
    {"sum: its first term told again", "收入年初预算60亿元，实际完成62亿元，加上补助5亿元，总计67亿元。",
     "main 60, main 62, add 5, total 67"},
    {"sum: a term told again", "收入100亿元，加上补助年初预算5亿元，实际6亿元，收入总计106亿元。",
     "main 100, add 5, add 6, total 106"},
    {"sum: a total that stands alone", "收支总计均为120亿元。", "total 120"},
    {"sum: a word that adds up what stands before", "教育支出20亿元、卫生支出30亿元，支出合计50亿元。",
     "main 20, add 30, total 50"},
    {"balance: what is left", "收入100亿元，支出90亿元，当年结余10亿元。", "main 100, main 90, balance 10"},
    {"balance: a gap", "收入80亿元，支出90亿元，当年缺口10亿元。", "main 80, main 90, balance 10"},
    {"balance: of the last total", "收入100亿元，加上补助20亿元，收入总计120亿元。支出90亿元，上解上级支出20亿元，结转下年10亿元。",
     "main 100, add 20, total 120, main 90, add 20, balance 10"},
    {"balance: not of the last total", "收入100亿元，加上补助20亿元，收入总计120亿元。支出90亿元，债券25亿元，年终结转10亿元。",
     "main 100, add 20, total 120, main 90, main 25, balance 10"},
  /* clang-format on */
};

/* Reads and weighs the sentences of a paragraph; returns the roles as in the rows. */
static const char *roles_of(const struct given *given, const char *text, struct budget_context *context,
                            const char **items)
{
    struct arena *arena = given->extract.arena;
    struct normal paragraph = text_normal(arena, text, strlen(text));
    const char *roles = "";
    *items = "";
    for (size_t at = 0; at < paragraph.length;) {
        struct amounts amounts = {0};
        at = sentence_read(&given->extract, &paragraph, at, context, &amounts);
        roles_set(&given->extract, &amounts, context);
        for (size_t i = 0; i < amounts.count; i++) {
            const struct amount *amount = &amounts.list[i];
            assert_non_null(amount->role);
            roles = arena_printf(arena, "%s%s%s %s", roles, *roles ? ", " : "", amount->role, amount->value);
            *items = arena_printf(arena, "%s%s%s", *items, **items ? ", " : "", amount->item);
        }
    }
    return roles;
}

static void roles_are(void **state)
{
    const struct role_row *row = *state;
    struct given given;
    given_make(&given);
    struct budget_context context = {.level = "", .item = "", .account = ""};
    const char *items;
    assert_string_equal(roles_of(&given, row->text, &context, &items), row->roles);
    arena_free(given.extract.arena);
}

/* A word for a sum is a connective where it sums up nothing. */
static const struct sum_row {
    const char *text, *roles, *items;
} sum_rows[] = {
  /* clang-format off */
    {"收入年初预算合计193.6亿元。", "main 193.6", "收入年初预算"},
    {"收入年初预算合计193.6亿元，实际完成200亿元。", "main 193.6, main 200", "收入年初预算, 收入"},
    {"收入100亿元，加上补助20亿元，合计120亿元。", "main 100, add 20, total 120", "收入, 补助, 合计"},
    {"教育支出20亿元、卫生支出30亿元，支出合计50亿元。", "main 20, add 30, total 50", "教育支出, 卫生支出, 支出合计"},
  /* clang-format on */
};

static void sum_is(void **state)
{
    const struct sum_row *row = *state;
    struct given given;
    given_make(&given);
    struct budget_context context = {.level = "", .item = "", .account = ""};
    const char *items;
    assert_string_equal(roles_of(&given, row->text, &context, &items), row->roles);
    assert_string_equal(items, row->items);
    arena_free(given.extract.arena);
}

/* Below `主要科目如下：` headline figures are lines of a breakdown. */
static void lines_of_a_breakdown(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    struct budget_context context = {.level = "", .item = "", .account = "", .breakdown = true};
    const char *items;
    assert_string_equal(roles_of(&given, "教育支出20亿元，增长3%。", &context, &items), "part 20");
    assert_string_equal(roles_of(&given, "教育支出20亿元，加上补助5亿元，总计25亿元。", &context, &items),
                        "part 20, add 5, total 25");
    arena_free(given.extract.arena);
}

/* The last total is kept for the paragraphs after it. */
static void total_is_kept(void **state)
{
    (void)state;
    struct given given;
    given_make(&given);
    struct budget_context context = {.level = "", .item = "", .account = ""};
    const char *items;
    (void)roles_of(&given, "收入100亿元，加上补助20亿元，收入总计120亿元。", &context, &items);
    assert_true(context.total == 1200000000000LL);
    assert_string_equal(roles_of(&given, "支出90亿元，上解上级支出20亿元，结转下年10亿元。", &context, &items),
                        "main 90, add 20, balance 10");
    arena_free(given.extract.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(role_rows) + COUNT(sum_rows) + 2] = {
        cmocka_unit_test(lines_of_a_breakdown),
        cmocka_unit_test(total_is_kept),
    };
    size_t count = 2;
    for (size_t i = 0; i < COUNT(role_rows); i++)
        tests[count++] = (struct CMUnitTest){role_rows[i].name, roles_are, NULL, NULL, (void *)&role_rows[i]};
    for (size_t i = 0; i < COUNT(sum_rows); i++)
        tests[count++] = (struct CMUnitTest){sum_rows[i].text, sum_is, NULL, NULL, (void *)&sum_rows[i]};
    return cmocka_run_group_tests_name("roles", tests, NULL, NULL);
}
