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

/* --- what the headings above a paragraph say */

struct budget_section {
    bool states;                         /* amounts here are lines of a budget */
    const char *level, *account, *phase; /* "" or NULL where no heading says it */
    long year;                           /* 0 where no heading says it */
    const char *rules[4];                /* that read the headings */
};

static const char *find_meaning(const struct extract *extract, const char *context, const char *key, const char *text,
                                const char **rule)
{
    struct match match;
    if (!rule_find(rules_in(extract->rules, context), text, strlen(text), 0, &match))
        return NULL;
    *rule = match.rule->id;
    return rule_means(match.rule, key);
}

static const char *find_level(const struct extract *extract, const char *text)
{
    struct match match;
    size_t length = strlen(text), at = 0;
    if (rule_at(rules_in(extract->rules, "heading"), text, length, 0, &match))
        at = match.to;
    return rule_find(rules_in(extract->rules, "level"), text, length, at, &match)
               ? extract_copy(extract, text, match.from, match.to)
               : "";
}

static bool has_clauses(const char *text)
{
    size_t length = strlen(text);
    return text_clause_end(text, length, 0) < length;
}

enum verdict { VERDICT_NONE, VERDICT_STATES, VERDICT_WORK };

/* What a heading makes of the amounts below it. One of several clauses is a slogan:
 * it tells of work where no nearer heading names a statement. */
static enum verdict judge(const struct extract *extract, const char *text, enum verdict nearer, const char **rule)
{
    struct match match;
    size_t length = strlen(text);
    if (has_clauses(text))
        return nearer == VERDICT_NONE ? VERDICT_WORK : nearer;
    if (rule_find(rules_in(extract->rules, "budget-statement"), text, length, 0, &match)) {
        *rule = match.rule->id;
        return nearer == VERDICT_NONE ? VERDICT_STATES : nearer;
    }
    return rule_find(rules_in(extract->rules, "budget-narrative"), text, length, 0, &match) ? VERDICT_WORK : nearer;
}

/* What a section is about: its heading, or the first words of the numbered
 * paragraph that opens it. */
static const char *section_text(const struct extract *extract, const struct record *record)
{
    const char *text = record_value(record, ATTRIBUTE_NORMAL);
    size_t length = strlen(text);
    return record->kind == RECORD_HEADING ? text : extract_copy(extract, text, 0, text_clause_end(text, length, 0));
}

/* The nearest heading that says a thing counts, for each thing on its own. */
static struct budget_section read_section(const struct extract *extract, const struct part *part,
                                          const struct record *record)
{
    struct budget_section section = {.states = true, .level = "", .account = ""};
    enum verdict verdict = VERDICT_NONE;
    while ((record = section_of(extract, record))) {
        const char *text = section_text(extract, record);
        verdict = judge(extract, text, verdict, &section.rules[0]);
        if (!*section.level)
            section.level = find_level(extract, text);
        if (!*section.account) {
            const char *account = find_meaning(extract, "account", "account", text, &section.rules[1]);
            section.account = account ? account : "";
        }
        section.phase =
            section.phase ? section.phase : find_meaning(extract, "phase", "phase", text, &section.rules[2]);
        if (!section.year)
            years_in(extract, text, &section.year, 1);
    }
    section.states = verdict != VERDICT_WORK;
    if (!section.phase)
        section.phase = find_meaning(extract, "phase", "phase", part->name, &section.rules[2]);
    return section;
}

bool budget_states(const struct extract *extract, const struct part *part, const struct record *record)
{
    return read_section(extract, part, record).states;
}

/* --- facts */

struct budget_reader {
    const struct extract *extract;
    const struct part *part;
    struct budget_section section;
    struct budget_context context;
};

/* The text of an amount: its clause, and the clauses of its percentages, with the
 * mark before them where they stand apart. */
static const char *amount_text(const struct budget_reader *reader, const struct passage *passage,
                               const struct amount *amount)
{
    const char *text = passage->normal.text;
    size_t bytes;
    if (amount->share_from == amount->share_to)
        return extract_copy(reader->extract, text, amount->clause_from, amount->clause_to);
    (void)text_character_before(text, amount->share_from, &bytes);
    size_t mark = amount->share_from - bytes;
    return arena_printf(reader->extract->arena, "%s%s",
                        extract_copy(reader->extract, text, amount->clause_from, amount->clause_to),
                        extract_copy(reader->extract, text, mark, amount->share_to));
}

/* Where no heading says the account, the nearest item that is the revenue or the
 * expenditure of one does; 债务转贷收入 in a sum does not change it. */
static const char *amount_account(const struct budget_reader *reader, struct record *fact, const struct amount *amount,
                                  const char **rule)
{
    const char *account = reader->section.account;
    if (*account)
        return account;
    bool headline = strcmp(amount->role, "main") == 0 && concept_of(reader->extract, fact, amount->item);
    if (*reader->context.account && !headline)
        return reader->context.account;
    account = find_meaning(reader->extract, "account", "account", amount->item, rule);
    return account ? account : reader->context.account;
}

static const char *amount_year(const struct budget_reader *reader, const struct amount *amount, const char *phase)
{
    long year = amount->year ? amount->year : reader->section.year;
    long of_report = reader->part->year ? reader->part->year : reader->part->given_year;
    if (!year && of_report)
        year = of_report - (strcmp(phase, "budget") != 0);
    return year ? arena_printf(reader->extract->arena, "%ld", year) : "";
}

/* Words of a budget (年初预算) in front of an amount count in any section; words of
 * execution (完成) do not make a plan executed. */
static const char *amount_phase(const struct budget_reader *reader, const struct amount *amount)
{
    const char *section = reader->section.phase;
    if (amount->phase && (!section || strcmp(amount->phase, "executed") != 0 || reader->context.phase))
        return amount->phase;
    return section ? section : "";
}

static void add_fact(struct budget_reader *reader, const struct passage *passage, const struct amount *amount)
{
    const struct extract *extract = reader->extract;
    struct record *fact = fact_add(extract, RECORD_BUDGET, reader->part);
    size_t end = amount->share_to > amount->clause_to ? amount->share_to : amount->clause_to;
    const char *rule = NULL, *phase = amount_phase(reader, amount);
    passage_locate(extract->facts, fact, passage, passage_printed(passage, amount->clause_from),
                   passage_printed_end(passage, end));
    fact_set(extract, fact, ATTRIBUTE_YEAR, amount_year(reader, amount, phase));
    fact_set(extract, fact, ATTRIBUTE_PHASE, phase);
    fact_set(extract, fact, ATTRIBUTE_LEVEL, *amount->level ? amount->level : reader->section.level);
    fact_set(extract, fact, ATTRIBUTE_ACCOUNT, reader->context.account = amount_account(reader, fact, amount, &rule));
    fact_set(extract, fact, ATTRIBUTE_ROLE, amount->role);
    fact_set(extract, fact, ATTRIBUTE_ITEM, amount->item);
    fact_set(extract, fact, ATTRIBUTE_CONCEPT, concept_of(extract, fact, amount->item));
    fact_set(extract, fact, ATTRIBUTE_AMOUNT, amount->value);
    fact_set(extract, fact, ATTRIBUTE_UNIT, amount->unit);
    fact_set(extract, fact, ATTRIBUTE_CHANGE_PCT, amount->change_pct);
    fact_set(extract, fact, ATTRIBUTE_CHANGE_BASE, amount->change_base);
    fact_set(extract, fact, ATTRIBUTE_BUDGET_PCT, amount->budget_pct);
    fact_set(extract, fact, ATTRIBUTE_NOTE, amount->note);
    fact_set(extract, fact, ATTRIBUTE_TEXT, amount_text(reader, passage, amount));
    if (rule)
        record_credit(extract->facts, fact, rule);
    for (size_t i = 0; i < MOST_CREDITS && amount->credits[i]; i++)
        record_credit(extract->facts, fact, amount->credits[i]);
    for (size_t i = 0; i < COUNT(reader->section.rules); i++)
        if (reader->section.rules[i])
            record_credit(extract->facts, fact, reader->section.rules[i]);
}

/* --- paragraphs */

static size_t behind_heading_mark(const struct extract *extract, const struct normal *normal)
{
    struct match match;
    return rule_at(rules_in(extract->rules, "heading"), normal->text, normal->length, 0, &match) ? match.to : 0;
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

static void read_paragraph(struct budget_reader *reader, size_t index)
{
    const struct extract *extract = reader->extract;
    const struct record *record = &extract->in->records[index];
    struct passage passage = passage_read(extract->arena, extract->in, index, index + 1);
    size_t found = 0;
    reader->context.level = "";
    reader->context.year = 0;
    reader->context.phase = NULL;
    for (size_t at = behind_heading_mark(extract, &passage.normal); at < passage.normal.length;) {
        struct amounts amounts = {0};
        at = sentence_read(extract, &passage.normal, at, &reader->context, &amounts);
        roles_set(extract, &amounts, &reader->context);
        for (size_t i = 0; i < amounts.count; i++)
            add_fact(reader, &passage, &amounts.list[i]);
        found += amounts.count;
    }
    note_breakdown(reader, record, &passage.normal, found);
}

void read_budget(const struct extract *extract, const struct part *part)
{
    if (!part_is_budget(part))
        return;
    struct budget_reader reader = {
        .extract = extract, .part = part, .context = {.level = "", .item = "", .account = ""}
    };
    const char *section = NULL;
    for (size_t i = part->first + 1; i < part->end; i++) {
        const struct record *record = &extract->in->records[i];
        if (!record_is_prose(record))
            continue;
        if (!section || strcmp(section, record_value(record, ATTRIBUTE_SECTION)) != 0) {
            section = record_value(record, ATTRIBUTE_SECTION);
            reader.section = read_section(extract, part, record);
            reader.context.account = "";
            reader.context.total = 0;
            reader.context.last = (struct amounts){0};
        }
        if (reader.section.states)
            read_paragraph(&reader, i);
    }
}
