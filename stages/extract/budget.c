/* budget: the lines of a budget. In: the paragraphs of a report on a budget or of
 * its review. Out: one fact per amount of money in the sections that state
 * revenue, expenditure, balance and debt; sections that tell of work give none. */
#include "budget.h"

#include <stdlib.h>
#include <string.h>

bool part_is_budget(const struct part *part)
{
    return strcmp(part->class, "budget-report") == 0 || strcmp(part->class, "budget-review") == 0;
}

/* --- facts */

/* The text of an amount: its clause, up to that of its last percentage. */
static const char *amount_text(const struct budget_reader *reader, const struct passage *passage,
                               const struct amount *amount)
{
    if (amount->text)
        return amount->text;
    size_t end = amount->share_to > amount->clause_to ? amount->share_to : amount->clause_to;
    return extract_copy(reader->extract, passage->normal.text, amount->clause_from, end);
}

/* What an account was taken from. */
enum account_source {
    ACCOUNT_CARRIED,  /* a heading, or what was told before: the item names no other one */
    ACCOUNT_OWN,      /* the item, for this amount alone and what stands in the bracket behind it */
    ACCOUNT_NAMED,    /* an item that is the revenue or the expenditure of an account */
    ACCOUNT_MENTIONED /* an item that speaks of it (债务还本付息支出) */
};

/* Whether an item is the revenue or expenditure of an account, with words before it:
 * 来源于本市辖区的一般公共预算收入. */
static bool ends_with_account(const struct extract *extract, const char *item)
{
    struct match match;
    size_t length = strlen(item);
    return rule_find(rules_in(extract->rules, "account-named"), item, length, 0, &match) && match.to == length;
}

/* The account that the words of an item say in a section whose heading says none. A part that begins
 * with one (政府性基金预算转移支付) is of that one, and so is a headline that speaks of one; what else an
 * item in a sum speaks of (债务转贷收入, 调入一般公共预算) is not the account of the sum. */
static const char *item_account(const struct budget_reader *reader, struct record *fact, const struct amount *amount,
                                enum account_source *source, const char **rule)
{
    const struct budget_context *context = &reader->context;
    bool main = strcmp(amount->role, "main") == 0;
    bool headline = main && (context->account_mentioned || concept_of(reader->extract, fact, amount->item, NULL));
    struct match match;
    if (!rule_find(rules_in(reader->extract->rules, "account"), amount->item, strlen(amount->item), 0, &match))
        return NULL;
    bool own = *context->account && !context->account_named && strcmp(amount->role, "part") == 0 && match.from == 0;
    if (*context->account && !headline && !own)
        return NULL;
    *source = own                                                ? ACCOUNT_OWN
              : ends_with_account(reader->extract, amount->item) ? ACCOUNT_CARRIED
                                                                 : ACCOUNT_MENTIONED;
    *rule = match.rule->id;
    return rule_means(match.rule, "account");
}

/* The account of an amount: that which its item names in full; else of the item before in its paragraph
 * that does; else of the headings; else of what was told before, unless that only spoke of an account
 * and this is a headline of its own. */
static const char *amount_account(const struct budget_reader *reader, struct record *fact, const struct amount *amount,
                                  enum account_source *source, const char **rule)
{
    struct match match;
    bool main = strcmp(amount->role, "main") == 0, leads = main || strcmp(amount->role, "total") == 0;
    if ((leads || strcmp(amount->role, "part") == 0) &&
        rule_whole(rules_in(reader->extract->rules, "account-named"), amount->item, strlen(amount->item), &match)) {
        *source = leads ? ACCOUNT_NAMED : ACCOUNT_OWN;
        *rule = match.rule->id;
        return rule_means(match.rule, "account");
    }
    if (amount->bracketed && reader->context.account_of_part)
        return reader->context.account_of_part;
    if (*reader->walk.section.account)
        return reader->context.account_named ? reader->context.account : reader->walk.section.account;
    const char *account = item_account(reader, fact, amount, source, rule);
    if (account)
        return account;
    return main && reader->context.account_mentioned ? "" : reader->context.account;
}

/* Sets the account of a fact, and keeps what it says for the amounts behind it. */
static void set_account(struct budget_reader *reader, struct record *fact, const struct amount *amount)
{
    struct budget_context *context = &reader->context;
    enum account_source source = ACCOUNT_CARRIED;
    const char *rule = NULL, *account = amount_account(reader, fact, amount, &source, &rule);
    fact_set(reader->extract, fact, ATTRIBUTE_ACCOUNT, account);
    if (rule)
        record_credit(reader->extract->facts, fact, rule);
    if (source == ACCOUNT_OWN || !amount->bracketed)
        context->account_of_part = source == ACCOUNT_OWN ? account : NULL;
    if (source == ACCOUNT_OWN || context->account_of_part)
        return;
    reader->several_accounts =
        reader->several_accounts || (*context->account && strcmp(account, context->account) != 0);
    context->account = account;
    context->account_named = source == ACCOUNT_NAMED || (context->account_named && source == ACCOUNT_CARRIED);
    context->account_mentioned =
        source == ACCOUNT_MENTIONED || (context->account_mentioned && source == ACCOUNT_CARRIED && *account);
}

static const char *amount_year(const struct budget_reader *reader, const struct amount *amount, const char *phase)
{
    long year = amount->year ? amount->year : reader->walk.section.year;
    long of_report = reader->context.report_year;
    if (!year && of_report)
        year = of_report -
               (strcmp(phase, "budget") != 0 && (!reader->walk.section.half_year || strcmp(phase, "final") == 0));
    return year ? arena_printf(reader->extract->arena, "%ld", year) : "";
}

/* Words of a budget (年初预算) in front of an amount count in any section; words of
 * execution (完成) do not make a plan executed, but for one of a year that is over. */
static const char *amount_phase(const struct budget_reader *reader, const struct amount *amount)
{
    const char *section = reader->walk.section.phase;
    bool past = amount->year && amount->year < reader->context.report_year;
    if (amount->phase && (!section || strcmp(amount->phase, "executed") != 0 || reader->context.phase || past))
        return amount->phase;
    return section ? section : "";
}

void budget_forget_account(struct budget_reader *reader)
{
    reader->context.account = "";
    reader->context.account_of_part = NULL;
    reader->context.account_named = reader->context.account_mentioned = false;
}

void budget_add(struct budget_reader *reader, const struct passage *passage, const struct amount *amount)
{
    const struct extract *extract = reader->extract;
    struct record *fact = fact_add(extract, RECORD_BUDGET, reader->part);
    size_t end = amount->share_to > amount->clause_to ? amount->share_to : amount->clause_to;
    const char *phase = amount_phase(reader, amount);
    passage_locate(extract->facts, fact, passage, passage_printed(passage, amount->clause_from),
                   passage_printed_end(passage, end));
    fact_set(extract, fact, ATTRIBUTE_YEAR, amount_year(reader, amount, phase));
    fact_set(extract, fact, ATTRIBUTE_PHASE, phase);
    fact_set(extract, fact, ATTRIBUTE_LEVEL, *amount->level ? amount->level : reader->walk.section.level);
    set_account(reader, fact, amount);
    fact_set(extract, fact, ATTRIBUTE_ROLE, amount->role);
    fact_set(extract, fact, ATTRIBUTE_ITEM, amount->item);
    fact_set(extract, fact, ATTRIBUTE_CONCEPT, concept_of(extract, fact, amount->item, NULL));
    fact_set(extract, fact, ATTRIBUTE_AMOUNT, amount->value);
    fact_set(extract, fact, ATTRIBUTE_UNIT, amount->unit);
    fact_set(extract, fact, ATTRIBUTE_CHANGE_PCT, amount->change_pct);
    fact_set(extract, fact, ATTRIBUTE_CHANGE_BASE, amount->change_base);
    fact_set(extract, fact, ATTRIBUTE_BUDGET_PCT, amount->budget_pct);
    fact_set(extract, fact, ATTRIBUTE_NOTE, amount->note);
    fact_set(extract, fact, ATTRIBUTE_TEXT, amount_text(reader, passage, amount));
    for (size_t i = 0; i < MOST_CREDITS && amount->credits[i]; i++)
        record_credit(extract->facts, fact, amount->credits[i]);
    for (size_t i = 0; i < COUNT(reader->walk.section.rules); i++)
        if (reader->walk.section.rules[i])
            record_credit(extract->facts, fact, reader->walk.section.rules[i]);
}

/* --- paragraphs */

static size_t behind_mark(const struct extract *extract, const struct normal *normal, const char *context)
{
    struct match match;
    return rule_at(rules_in(extract->rules, context), normal->text, normal->length, 0, &match) ? match.to : 0;
}

/* The entries of a list below a paragraph (`——教育方面22.7亿元`) are parts of an amount
 * of it where they add up to that. */
static void settle_list(struct budget_reader *reader)
{
    struct budget_list *list = &reader->list;
    bool parts = list->count > 1 && list->whole > 0 && llabs(list->sum - list->whole) <= list->tolerance;
    for (size_t i = 0; parts && i < list->count; i++)
        fact_set(reader->extract, &reader->extract->facts->records[list->entries[i]], ATTRIBUTE_ROLE, "part");
    *list = (struct budget_list){.whole = 0};
}

/* Notes the first amount of a paragraph, whose fact is entry: the next of a list, or what
 * a list below it may be parts of. */
static void note_list(struct budget_reader *reader, bool is_entry, const struct amount *amount, size_t entry)
{
    struct budget_list *list = &reader->list;
    if (is_entry && amount && list->count < COUNT(list->entries)) {
        list->entries[list->count++] = entry;
        list->sum = cents_plus(list->sum, amount->yuan_cents);
        list->tolerance = cents_plus(list->tolerance, amount->tolerance);
    } else if (!is_entry) {
        settle_list(reader);
        list->whole = amount ? amount->yuan_cents : 0;
        list->tolerance = amount ? amount->tolerance : 0;
    }
}

/* Whether a breakdown begins below a paragraph (`主要科目如下：`), or ends with one
 * that tells of no amount. */
static void note_breakdown(struct budget_reader *reader, const struct record *record, const struct normal *normal,
                           size_t amounts)
{
    struct match match;
    if (record->kind == RECORD_TEXT &&
        rule_find(rules_in(reader->extract->rules, "breakdown"), normal->text, normal->length, 0, &match))
        reader->context.breakdown = true;
    else if (record->kind == RECORD_HEADING || amounts == 0)
        reader->context.breakdown = false;
}

/* Whether a sentence tells of nothing but parts. */
static bool are_parts(const struct amounts *amounts)
{
    size_t parts = 0;
    for (size_t i = 0; i < amounts->count; i++)
        parts += strcmp(amounts->list[i].role, "part") == 0;
    return parts > 0 && parts == amounts->count;
}

/* Adds the facts of a sentence. */
static void add_sentence(struct budget_reader *reader, const struct passage *passage, struct amounts *amounts,
                         struct told *told)
{
    struct arena *arena = reader->extract->arena;
    for (size_t i = 0; i < amounts->count; i++) {
        struct amount *amount = &amounts->list[i];
        if (!*amount->item) /* what the amount is stands nowhere near */
            continue;
        if (!amount->bracketed) {
            told->list = arena_grow(arena, told->list, told->count, &told->capacity, sizeof *told->list);
            told->list[told->count++] = (struct told_amount){amount, reader->extract->facts->count};
        }
        budget_add(reader, passage, amount);
    }
}

static void read_paragraph(struct budget_reader *reader, size_t index)
{
    const struct extract *extract = reader->extract;
    const struct record *record = &extract->in->records[index];
    struct passage passage = passage_read(extract->arena, extract->in, index, index + 1);
    passage_close_figures(extract->arena, &passage);
    size_t found = 0;
    reader->context.level = reader->context.level_of_part = "";
    struct amount none = {.year = 0};
    const char *year = amount_year(reader, &none, reader->walk.section.phase ? reader->walk.section.phase : "");
    reader->context.section_year = strtol(year, NULL, 10);
    reader->several_accounts = reader->context.account_named = false;
    reader->context.kind = NULL;
    reader->context.item = reader->walk.section.item ? reader->walk.section.item : "";
    reader->context.year = 0;
    reader->context.phase = NULL;
    size_t at = behind_mark(extract, &passage.normal, "heading"),
           mark = behind_mark(extract, &passage.normal, "list-mark");
    bool point = at > 0;
    if (point && reader->context.breakdown_is_point) /* 2．behind 1．…如下： */
        reader->context.breakdown = reader->context.breakdown_is_point = false;
    size_t first = extract->facts->count;
    const struct amount *headline = NULL;
    struct told told = {.count = 0};
    for (at = at > mark ? at : mark; at < passage.normal.length;) {
        struct amounts amounts = {0};
        const struct budget_context before = reader->context;
        at = sentence_read(extract, &passage.normal, at, &reader->context, &amounts);
        roles_set(extract, &amounts, &reader->context);
        if (are_parts(&amounts)) { /* 按级次分，市级… is told of the whole again */
            reader->context.item = before.item;
            reader->context.kind = before.kind;
        }
        add_sentence(reader, &passage, &amounts, &told);
        if (found == 0 && amounts.count > 0)
            headline = amounts.list;
        found += amounts.count;
    }
    breakdowns_set(extract, &told);
    note_list(reader, mark > 0, headline, first);
    if (reader->several_accounts) /* which of them the next paragraph is about nobody says */
        budget_forget_account(reader);
    bool broken_down = reader->context.breakdown;
    note_breakdown(reader, record, &passage.normal, found);
    if (!broken_down && reader->context.breakdown)
        reader->context.breakdown_is_point = point;
}

void read_budget(const struct extract *extract, const struct part *part)
{
    bool states = part_is_budget(part);
    if (!states && part->title)
        return;
    struct budget_section none = {.states = true, .level = "", .account = ""};
    struct budget_reader reader = {
        .extract = extract,
        .part = part,
        .walk = {.extract = extract,   .part = part, .section = none},
        .context = { .level = "", .level_of_part = "",   .item = "",   .account = ""}
    };
    reader.context.place = part->place;
    reader.context.report_year = part->year ? part->year : part->given_year;
    for (size_t i = part->first + 1; i < part->end; i++) {
        const struct record *record = &extract->in->records[i];
        size_t end = budget_table_read(&reader, i);
        if (end > i) {
            i = end - 1;
            continue;
        }
        if (!states || !record_is_prose(record))
            continue;
        if (budget_walk(&reader.walk, record)) {
            budget_forget_account(&reader);
            reader.context.total = 0;
            settle_list(&reader);
            reader.context.last = (struct amounts){0};
        }
        if (reader.walk.section.states)
            read_paragraph(&reader, i);
    }
    settle_list(&reader);
}
