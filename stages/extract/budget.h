/* budget: what the files that read budgets share. A paragraph is cut into sentences and
 * clauses (sentences.c), each amount is read (amounts.c), those of a sentence get their
 * roles (roles.c), and become facts (budget.c). */
#ifndef GONGBAO_BUDGET_H
#define GONGBAO_BUDGET_H

#include "extract.h"

/* Rules that read an amount, credited to its fact. */
enum { MOST_CREDITS = 12 };

/* The largest amount in hundredths of a yuan: two of them can be added up. */
static const long long MOST_CENTS = 4000000000000000000;

/* One amount of money, in a sentence of a budget. Offsets are into the normal form
 * of the paragraph. */
struct amount {
    const char *value, *unit; /* as printed: "74.4", "亿元" */
    long long yuan_cents;     /* the same as hundredths of a yuan; 0 if it is too large */
    long long tolerance;      /* half a unit of its last decimal, in the same */
    size_t from, to;          /* the figure and its unit */
    size_t clause_from, clause_to;
    size_t share_from, share_to; /* the clauses of its percentages; from == to: none */
    bool bracketed;              /* stands in a bracket behind another amount */
    bool same_clause;            /* follows another amount of its clause */
    bool listed;                 /* stands in a list behind a colon (`其中：`, `主要项目安排情况：`) */
    bool reference;           /* the budget that the amount before is compared with (`为年初预算…的101.2%`) */
    bool carried;             /* its item is carried on: the same thing is told again (`实际完成196.1亿元`) */
    const char *item, *level; /* "" where the clause says none */
    const char *marker;       /* role that a word before it says: "part", "add", "less", or NULL */
    bool named;               /* its item is the revenue or the expenditure of an account */
    bool summed;              /* the clause before told what is added up to it (`加上上级补助收入后，`) */
    const char *kind;  /* what its item's ending says: "total", "whole", "sum", "term", "balance", "main", or NULL */
    const char *phase; /* that its words say, or NULL */
    const char *change_pct, *change_base, *budget_pct, *note; /* NULL where not said */
    long year;                                                /* that its words say, or 0 */
    const char *text; /* that the row was read from; NULL: the clause, to its last percentage */
    const char *role; /* set by roles.c */
    const char *credits[MOST_CREDITS];
};

struct amounts {
    struct amount *list;
    size_t count, capacity;
};

/* What a paragraph has said so far, for clauses that leave it out. */
struct budget_context {
    const char *place;           /* of the report: its level by name; NULL if it is not known */
    const char *level;           /* "" if none was said */
    const char *level_of_part;   /* that a part in the sentence has said, "" if none has */
    const char *item;            /* of the last amount that is no part, for `实际完成196.1亿元` */
    const char *kind;            /* what its ending says, or NULL */
    bool item_is_old;            /* it was told in an earlier sentence */
    const char *account;         /* "" if none was said */
    const char *account_of_part; /* that the part before names, for the bracket behind it, or NULL */
    bool account_named;          /* an item of the paragraph was the revenue or the expenditure of it */
    bool account_mentioned;      /* an item only spoke of it, no heading did */
    long section_year;           /* of what the section is about, or 0 */
    long report_year;            /* of the day of the report, or 0 */
    long year;                   /* of a clause that only dates (`2024年末`), or 0 */
    const char *phase;           /* of such a clause (`截至`), or NULL */
    long long total;             /* the last total, in hundredths of a yuan; 0 if none */
    struct amounts last;         /* those of the sentence before */
    const char *base;            /* that a change in money says for the percentage behind it, or NULL */
    struct amount ahead;         /* what a clause told of an amount that is still to come; value NULL: none did */
    bool part;                   /* a clause `其中` of its own, or `债务限额中`, stands before */
    bool summed;                 /* a clause has told what is added up to the next amount */
    bool list;                   /* a colon has opened a list in this sentence */
    bool breakdown_is_point;     /* the paragraph that opened it is a numbered point, and ends with the next one */
    bool breakdown;              /* the paragraphs are lines of a breakdown (`主要科目如下：`) */
};

/* Reads the sentence of a paragraph that begins at from: its amounts are added to
 * a list, and what it says is kept in context. Returns where the next begins. */
size_t sentence_read(const struct extract *extract, const struct normal *paragraph, size_t from,
                     struct budget_context *context, struct amounts *amounts);

/* A sum of hundredths of a yuan and one more, held within what can be counted: a sum that no
 * amount can be may be any other such sum. */
long long cents_plus(long long sum, long long cents);

/* Gives each amount of a sentence its role: by the words before it and at the end
 * of its item, and by what the figures add up to. */
void roles_set(const struct extract *extract, struct amounts *amounts, struct budget_context *context);

/* breakdowns.c: what a paragraph has told, across its sentences. */
struct told {
    struct told_amount {
        struct amount *amount; /* outside brackets, with a role */
        size_t fact;           /* the index of its fact */
    } * list;
    size_t count, capacity;
};

/* Finds breakdowns that go over several sentences (收入27亿元。其中，税收收入15亿元。非税收入12亿元。) by
 * what the figures add up to, and makes parts of their lines: roles of amounts and of facts. */
void breakdowns_set(const struct extract *extract, const struct told *told);

/* Whether a part is a report on a budget, or its review. */
bool part_is_budget(const struct part *part);

/* What the headings above a paragraph say of its amounts. */
struct budget_section {
    bool states;                         /* amounts here are lines of a budget */
    const char *level, *account, *phase; /* "" or NULL where no heading says it */
    const char *item;                    /* that the nearest heading names, "" if it names none; NULL: no heading */
    long year;                           /* 0 where no heading says it */
    bool half_year;                      /* the report is given within the year that it is about */
    const char *rules[4];                /* that read the headings */
};

/* The way through the paragraphs of such a part, from the first on. */
struct budget_walk {
    const struct extract *extract;
    const struct part *part;
    const char *number;        /* of the heading above, as in the records; NULL at the beginning */
    const struct record *bare; /* a heading without a number that counts here, or NULL */
    bool open;                 /* the paragraph before broke off in a sentence */
    struct budget_section section;
};

/* Adds to a section what a heading, or the caption of a table, says and the section does
 * not yet hold. */
void budget_heading_read(const struct extract *extract, const char *text, struct budget_section *section);

/* Goes on to the next paragraph; whether another section begins with it. */
bool budget_walk(struct budget_walk *walk, const struct record *record);

enum { MOST_ENTRIES = 64 };

/* A list of amounts, an entry a paragraph. */
struct budget_list {
    size_t entries[MOST_ENTRIES]; /* indices of facts */
    size_t count;
    long long whole, sum, tolerance; /* in hundredths of a yuan; whole: 0 if there is none */
};

/* A part is read from its first record to its last. */
struct budget_reader {
    const struct extract *extract;
    const struct part *part;
    struct budget_walk walk;
    struct budget_context context;
    struct budget_list list;
    bool several_accounts; /* the paragraph names more than one */
};

/* Adds the fact of an amount whose role is set; its clause is a range of the passage. */
void budget_add(struct budget_reader *reader, const struct passage *passage, const struct amount *amount);

/* Forgets the account that items have said so far. */
void budget_forget_account(struct budget_reader *reader);

/* Adds the facts of the table whose first cell is the record at first, and returns the
 * index behind the table, read or not; first where no table begins. */
size_t budget_table_read(struct budget_reader *reader, size_t first);

/* What the first match of a context in a text means; its rule is set. NULL: none matches. */
const char *budget_meaning(const struct extract *extract, const char *context, const char *key, const char *text,
                           const char **rule);

/* Reads the words that name an amount: its item, level, year, phase, and the words of role
 * in them. amount->item and level are "" before. */
void amount_name(const struct extract *extract, const char *words, struct amount *amount);

/* Notes a rule that read an amount. */
void amount_credit(struct amount *amount, const struct rule *rule);

#endif
