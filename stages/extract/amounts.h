/* amounts: what the words of a clause say of an amount of money in it. For sentences.c,
 * which goes through the clauses. Strings that are returned lie in the arena or in the
 * paragraph. */
#ifndef GONGBAO_AMOUNTS_H
#define GONGBAO_AMOUNTS_H

#include "budget.h"

/* A clause: [from, to) of the paragraph. */
struct budget_clause {
    const struct extract *extract;
    const struct normal *paragraph;
    size_t from, to;
    struct budget_context *context;
};

/* The rules of a context. */
const struct rule_set *clause_rules(const struct budget_clause *clause, const char *context);

/* A copy of a named group of a match in a text, NULL if it is empty or took no part. */
const char *clause_group(const struct budget_clause *clause, const struct match *match, const char *text,
                         const char *name);

/* The year that a rule for 去年 or the like means, 0 if the report has none. */
long clause_relative_year(const struct budget_clause *clause, const struct rule *rule);

/* What words say that a change is measured against, or NULL. */
const char *clause_base(const struct budget_clause *clause, const char *words);

/* A copy of [from, to) of a text without what stands in its brackets; a short one belongs
 * to a name: 因公出国（境）经费. */
const char *text_without_brackets(const struct extract *extract, const char *text, size_t from, size_t to);

/* The next amount of money at or after from in [from, to) of the paragraph: its figure,
 * unit, place and weight are set, all else is empty. False: there is none. */
bool amount_find(const struct budget_clause *clause, size_t from, size_t to, struct amount *amount);

/* Takes the leading connectives, years, levels and words of role off the words of an
 * amount or of a clause without one; what remains is returned. */
const char *amount_lead(const struct budget_clause *clause, const char *words, struct amount *amount);

/* Takes the connectives at the end off the name of an item; what remains is returned. */
const char *amount_drop_tail(const struct budget_clause *clause, const char *words, struct amount *amount);

/* Reads the words before an amount into it: item, level, year, phase, role, kind. */
void amount_read_item(const struct budget_clause *clause, const char *words, struct amount *amount);

/* Whether a clause argues for what stands before it, and the amount in it says why that is so. */
bool amount_is_reason(const struct budget_clause *clause, const struct amount *amount);

/* Whether the words before an amount say that it is by how much something changed. */
bool amount_is_change(const struct budget_clause *clause, const char *words);

/* Reads a completion of the budget or a change out of [from, to) of the paragraph into the
 * amount; whether there was one. Of two changes the first counts. */
bool amount_read_shares(const struct budget_clause *clause, size_t from, size_t to, struct amount *amount);

/* Notes a rule, by its id, that read an amount. */
void amount_credit_id(struct amount *amount, const char *id);

/* each.c: gives the amounts from first on, those of a clause that says 分别, a name each; takes them away
 * where names and amounts are not as many. A clause without 分别 is left as it is. */
void each_set(const struct budget_clause *clause, struct amounts *amounts, size_t first);

/* Reads 分别增长4.2%和6.1% into the amounts of the clause before, if they are as many. False: a clause
 * without 分别 or with one percentage. */
bool each_share(const struct budget_clause *clause, struct amounts *amounts);

#endif
