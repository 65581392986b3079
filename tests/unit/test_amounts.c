/* amounts: what the words around an amount of money say. A row is a test: a paragraph
 * of a budget report and its amounts, one a line:
 *
 *   LEVEL|ITEM|AMOUNT, then what is said of them: year, phase, change, base, budget, note */
#include "../../stages/extract/budget.h"
#include "given.h"

static const struct amount_row {
    const char *name, *text, *amounts;
} amount_rows[] = {
  /* clang-format off */
    /* figures */
    {"figure: plain", "教育支出33.5亿元。", "|教育支出|33.5亿元\n"},
    {"figure: wrong figures stay as printed", "教育支出033.50亿元。", "|教育支出|033.50亿元\n"},
    {"figure: thousands", "教育支出12,345.6万元。", "|教育支出|12345.6万元\n"},
    {"figure: other money", "引进外资5亿美元。", "|引进外资|5亿美元\n"},
    {"figure: no money", "新建公园12座，新增就业7万人，占比5%。", ""},
    {"figure: a year is none", "2024年教育支出33.5亿元。", "|教育支出|33.5亿元 year 2024\n"},
    {"figure: in each clause", "教育支出3亿元；卫生支出2亿元，农业支出1亿元。",
     "|教育支出|3亿元\n|卫生支出|2亿元\n|农业支出|1亿元\n"},
    {"figure: below zero", "当年收支结余-1477万元，上解支出－0.31亿元。", "|当年收支结余|-1477万元\n|上解支出|-0.31亿元\n"},
    {"figure: several in a clause", "教育支出3亿元、卫生支出2亿元。", "|教育支出|3亿元\n|卫生支出|2亿元\n"},
    /* items: without year, level, connectives */
    {"item: year and level", "2024年全市一般公共预算收入120.5亿元。", "全市|一般公共预算收入|120.5亿元 year 2024\n"},
    {"item: connectives before it", "预计实现财政收入50亿元。", "|财政收入|50亿元\n"},
    {"item: connectives behind it", "财政收入共计完成50亿元。", "|财政收入|50亿元 phase executed\n"},
    {"item: of a sum", "加上上级补助等6亿元。", "|上级补助等|6亿元\n"},
    {"item: of a sum, with a colon", "加：上年结转2亿元。", "|上年结转|2亿元\n"},
    {"item: of a part", "其中：税收40亿元。", "|税收|40亿元\n"},
    {"item: two things are one", "收支总计均为90亿元。", "|收支总计|90亿元\n"},
    {"item: who set it is left out", "省财政厅核定我市2024年政府债务限额320亿元。", "我市|政府债务限额|320亿元 year 2024\n"},
    {"item: a bracket in it", "税收（含出口退税）收入40亿元。", "|税收收入|40亿元\n"},
    {"item: the use behind a bare amount", "发行债券30亿元，其中10亿元用于修路。", "|发行债券|30亿元\n|用于修路|10亿元\n"},
    {"item: carried on from the sentence", "全市财政收入80亿元，其中市本级7985万元。",
     "全市|财政收入|80亿元\n市本级|财政收入|7985万元\n"},
    {"item: a budget is carried on as what it is of", "市级收入年初预算60亿元，实际完成62.5亿元。",
     "市级|收入年初预算|60亿元 phase budget\n市级|收入|62.5亿元 phase executed\n"},
    {"item: that of a part is not carried on", "财政收入80亿元，其中税收60亿元，调整为82亿元。",
     "|财政收入|80亿元\n|税收|60亿元\n|财政收入|82亿元 phase budget\n"},
    {"item: taken from elsewhere", "从上年结余中安排1亿元用于修路。", "|用于修路|1亿元\n"},
    {"item: 加 before 上级", "加上级补助6亿元，加上上年结转2亿元。", "|上级补助|6亿元\n|上年结转|2亿元\n"},
    {"item: who approved it is left out", "收入预算60亿元，批准的支出预算58亿元。",
     "|收入预算|60亿元 phase budget\n|支出预算|58亿元 phase budget\n"},
    {"item: a colon in a bracket", "债券30亿元（其中：外国贷款2亿元）。", "|债券|30亿元 note 其中：外国贷款2亿元\n|外国贷款|2亿元\n"},
    /* levels */
    {"level: holds for the clauses after it", "市级财政收入50亿元，财政支出40亿元。债券10亿元。",
     "市级|财政收入|50亿元\n市级|财政支出|40亿元\n市级|债券|10亿元\n"},
    {"level: until another is said", "全市财政收入80亿元，市级财政收入50亿元，财政支出40亿元。",
     "全市|财政收入|80亿元\n市级|财政收入|50亿元\n市级|财政支出|40亿元\n"},
    {"level: of a clause without an amount", "市级预算执行平稳，财政收入50亿元。", "市级|财政收入|50亿元\n"},
    {"level: a place inside the unit", "高新区政府性基金收入5亿元。", "高新区|政府性基金收入|5亿元\n"},
    {"level: that of others is no level", "上级补助收入5亿元。", "|上级补助收入|5亿元\n"},
    {"level: with a bracket before a colon", "市本级（含开发区）收支平衡情况：财政收入50亿元，财政支出40亿元。",
     "市本级|财政收入|50亿元\n市本级|财政支出|40亿元\n"},
    {"level: of a bracket holds for it alone", "市级财政收入50亿元（含高新区5亿元），财政支出40亿元。",
     "市级|财政收入|50亿元 note 含高新区5亿元\n高新区|财政收入|5亿元\n市级|财政支出|40亿元\n"},
    /* years and phases */
    {"date: a clause that dates", "2024年末，政府债务余额300亿元。", "|政府债务余额|300亿元 year 2024\n"},
    {"date: a clause that says how far", "截至2024年底，政府债务余额300亿元。",
     "|政府债务余额|300亿元 year 2024 phase executed\n"},
    {"date: for the clauses after it, unless they say their own", "2024年末，债务余额300亿元，2023年债务余额290亿元。",
     "|债务余额|300亿元 year 2024\n|债务余额|290亿元 year 2023\n"},
    {"phase: a budget", "2025年市级支出预算60亿元。", "市级|支出预算|60亿元 year 2025 phase budget\n"},
    {"phase: a budget that was changed", "市级支出预算调整为61亿元。", "市级|支出预算|61亿元 phase budget\n"},
    {"phase: accounts that are closed", "2023年决算收入50亿元。", "|决算收入|50亿元 year 2023 phase final\n"},
    /* percentages */
    {"share: up", "财政收入50亿元，增长5.2%。", "|财政收入|50亿元 change 5.2\n"},
    {"share: down", "财政支出40亿元，下降0.70%。", "|财政支出|40亿元 change -0.70\n"},
    {"share: in the clause of its amount", "教育支出33.5亿元增长2.4%。", "|教育支出|33.5亿元 change 2.4\n"},
    {"share: what it is measured against", "财政收入50亿元，同口径下降2.7%。",
     "|财政收入|50亿元 change -2.7 base 同口径\n"},
    {"share: a budget to measure against", "财政收入50亿元，比上年预算增长0.6%。",
     "|财政收入|50亿元 change 0.6 base 比上年预算\n"},
    {"share: of two changes the first", "财政收入50亿元，增长21.7%，可比下降2.7%。", "|财政收入|50亿元 change 21.7\n"},
    {"share: of the budget", "财政收入50亿元，完成预算的114.5%。", "|财政收入|50亿元 budget 114.5\n"},
    {"share: of the budget, and a change", "财政收入50亿元，为调整预算的98.5%，增长3%。",
     "|财政收入|50亿元 change 3 budget 98.5\n"},
    {"share: of something else", "税收40亿元，占一般公共预算收入的80%。", "|税收|40亿元\n"},
    {"share: a bracket for another level", "全市财政收入50亿元，完成预算的98%（市级完成预算的99%）。",
     "全市|财政收入|50亿元 budget 98\n"},
    {"share: the change, not the bracket behind it", "全市财政收入50亿元，增长5%（市级完成预算的99%）。",
     "全市|财政收入|50亿元 change 5\n"},
    {"share: of the amount before, not of the next", "财政收入50亿元，增长5%，财政支出40亿元。",
     "|财政收入|50亿元 change 5\n|财政支出|40亿元\n"},
    {"share: over the parts in a bracket", "财政支出40亿元（其中教育9亿元），增长5%。",
     "|财政支出|40亿元 change 5 note 其中教育9亿元\n|教育|9亿元\n"},
    {"share: with parts in the bracket behind it", "财政支出24.5亿元，增长13%（主要是补助1.4亿元），教育支出5亿元。",
     "|财政支出|24.5亿元 change 13\n|补助|1.4亿元\n|教育支出|5亿元\n"},
    {"share: base of the change in money before it", "财政收入50亿元，比上年增加3亿元，增长6.4%。",
     "|财政收入|50亿元 change 6.4 base 比上年\n"},
    {"share: of the budgets added up", "财政收入50亿元，为汇总调整预算的92.3%。", "|财政收入|50亿元 budget 92.3\n"},
    {"share: compared with five years", "财政收入50亿元，比“十三五”时期增长8%。",
     "|财政收入|50亿元 change 8 base 比“十三五”时期\n"},
    {"share: told before its amount", "全市教育支出增长2%，安排43亿元。", "全市|教育支出|43亿元 change 2\n"},
    {"share: told before the amount of the same item", "教育支出增长2%，按此测算，教育支出43亿元。",
     "|教育支出|43亿元 change 2\n"},
    {"share: of an item without an amount", "财政收入50亿元，教育支出增长2%，卫生支出3亿元。",
     "|财政收入|50亿元\n|卫生支出|3亿元\n"},
    {"share: of a base that was put right", "财政收入50亿元，剔除一次性收入增长3%。", "|财政收入|50亿元 change 3\n"},
    /* an amount that says by how much another changed is none */
    {"change: more than before", "财政收入50亿元，比上年增加3亿元。", "|财政收入|50亿元\n"},
    {"change: less than before", "财政支出40亿元，减少2亿元。", "|财政支出|40亿元\n"},
    {"change: in its clause", "财政收入50亿元，增收12423万元。", "|财政收入|50亿元\n"},
    {"change: a tax cut", "财政收入50亿元，减税16.92亿元，财政支出40亿元。", "|财政收入|50亿元\n|财政支出|40亿元\n"},
    {"change: a level that says new", "新增债券10亿元。", "|新增债券|10亿元\n"},
    /* notes */
    {"note: words", "教育支出33.5亿元（含上年结转）。", "|教育支出|33.5亿元 note 含上年结转\n"},
    {"note: amounts in it", "债务支出50.4亿元（其中拟通过再融资债券安排41亿元、预算安排9.4亿元）。",
     "|债务支出|50.4亿元 note 其中拟通过再融资债券安排41亿元、预算安排9.4亿元\n"
     "|再融资债券|41亿元\n|预算|9.4亿元 phase budget\n"},
    {"note: not right behind the amount", "教育支出33.5亿元左右（含上年结转）。", "|教育支出|33.5亿元\n"},
    {"note: a bracket that never closes", "教育支出33.5亿元（含上年。", "|教育支出|33.5亿元\n"},
  /* clang-format on */
};

static const char *show(struct arena *arena, const struct amount *amount)
{
    const char *line = arena_printf(arena, "%s|%s|%s%s", amount->level, amount->item, amount->value, amount->unit);
    const char *year = amount->year ? arena_printf(arena, "%ld", amount->year) : NULL;
    const struct {
        const char *name, *value;
    } said[] = {
        {"year",   year               },
        {"phase",  amount->phase      },
        {"change", amount->change_pct },
        {"base",   amount->change_base},
        {"budget", amount->budget_pct },
        {"note",   amount->note       },
    };
    for (size_t i = 0; i < COUNT(said); i++)
        if (said[i].value)
            line = arena_printf(arena, "%s %s %s", line, said[i].name, said[i].value);
    return arena_printf(arena, "%s\n", line);
}

static struct amounts read_paragraph(const struct given *given, const struct normal *paragraph)
{
    struct budget_context context = {.level = "", .item = "", .account = ""};
    struct amounts amounts = {0};
    for (size_t at = 0; at < paragraph->length;)
        at = sentence_read(&given->extract, paragraph, at, &context, &amounts);
    return amounts;
}

static void amounts_are(void **state)
{
    const struct amount_row *row = *state;
    struct given given;
    given_make(&given);
    struct arena *arena = given.extract.arena;
    struct normal paragraph = text_normal(arena, row->text, strlen(row->text));
    struct amounts amounts = read_paragraph(&given, &paragraph);
    const char *found = "";
    for (size_t i = 0; i < amounts.count; i++)
        found = arena_printf(arena, "%s%s", found, show(arena, &amounts.list[i]));
    assert_string_equal(found, row->amounts);
    arena_free(arena);
}

/* ---- where an amount is told: its clause, and the clauses of its percentages ---- */

static const struct place_row {
    const char *name, *text, *clause, *share, *figure; /* of the first amount */
} place_rows[] = {
  /* clang-format off */
    {"place: a clause", "全市收入50亿元，支出40亿元。", "全市收入50亿元", "", "50亿元"},
    {"place: with brackets, a comma in them too", "支出50亿元（其中，教育9亿元）。", "支出50亿元（其中，教育9亿元）", "", "50亿元"},
    {"place: its percentages apart", "收入50亿元，增长5%，完成预算的98%，支出40亿元。", "收入50亿元", "增长5%，完成预算的98%",
     "50亿元"},
    {"place: its percentage in it", "收入50亿元增长5%，支出40亿元。", "收入50亿元增长5%", "", "50亿元"},
  /* clang-format on */
};

static void assert_range(const struct given *given, const struct normal *text, size_t from, size_t to, const char *said)
{
    assert_string_equal(extract_copy(&given->extract, text->text, from, to), said);
}

static void place_is(void **state)
{
    const struct place_row *row = *state;
    struct given given;
    given_make(&given);
    struct normal paragraph = text_normal(given.extract.arena, row->text, strlen(row->text));
    struct amounts amounts = read_paragraph(&given, &paragraph);
    assert_true(amounts.count > 0);
    const struct amount *amount = &amounts.list[0];
    assert_range(&given, &paragraph, amount->clause_from, amount->clause_to, row->clause);
    assert_range(&given, &paragraph, amount->share_from, amount->share_to, row->share);
    assert_range(&given, &paragraph, amount->from, amount->to, row->figure);
    arena_free(given.extract.arena);
}

/* ---- how much an amount is ---- */

static const struct weight_row {
    const char *text;
    long long yuan_cents, tolerance;
} weight_rows[] = {
    {"支出1.5亿元",               15000000000LL, 500000000LL },
    {"支出15000万元",             15000000000LL, 500000LL    },
    {"支出0.01元",                 1,             0           },
    {"支出12,345.67元",            1234567,       0           },
    {"支出0亿元",                 0,             5000000000LL},
    {"支出5亿美元",              0,             0           }, /* not in yuan */
    {"支出99999999999999999亿元", 0,             5000000000LL}, /* too large */
};

static void weight_is(void **state)
{
    const struct weight_row *row = *state;
    struct given given;
    given_make(&given);
    struct normal paragraph = text_normal(given.extract.arena, row->text, strlen(row->text));
    struct amounts amounts = read_paragraph(&given, &paragraph);
    assert_int_equal(amounts.count, 1);
    if (!amounts.list)
        return;
    assert_true(amounts.list[0].yuan_cents == row->yuan_cents);
    assert_true(amounts.list[0].tolerance == row->tolerance);
    arena_free(given.extract.arena);
}

/* A sentence is read up to its end and no further. */
static void sentence_ends(void **state)
{
    (void)state;
    static const char text[] = "收入50亿元；支出40亿元。债券10亿元。";
    struct given given;
    given_make(&given);
    struct normal paragraph = text_normal(given.extract.arena, text, strlen(text));
    struct budget_context context = {.level = "", .item = "", .account = ""};
    struct amounts amounts = {0};
    size_t end = sentence_read(&given.extract, &paragraph, 0, &context, &amounts);
    assert_int_equal(amounts.count, 2);
    assert_string_equal(paragraph.text + end, "债券10亿元。");
    assert_string_equal(context.item, "支出");
    arena_free(given.extract.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(amount_rows) + COUNT(place_rows) + COUNT(weight_rows) + 1] = {
        cmocka_unit_test(sentence_ends),
    };
    size_t count = 1;
    for (size_t i = 0; i < COUNT(amount_rows); i++)
        tests[count++] = (struct CMUnitTest){amount_rows[i].name, amounts_are, NULL, NULL, (void *)&amount_rows[i]};
    for (size_t i = 0; i < COUNT(place_rows); i++)
        tests[count++] = (struct CMUnitTest){place_rows[i].name, place_is, NULL, NULL, (void *)&place_rows[i]};
    for (size_t i = 0; i < COUNT(weight_rows); i++)
        tests[count++] = (struct CMUnitTest){weight_rows[i].text, weight_is, NULL, NULL, (void *)&weight_rows[i]};
    return cmocka_run_group_tests_name("amounts", tests, NULL, NULL);
}
