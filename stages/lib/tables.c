/* tables: the contract's tables, column by column in its order (sections 3 to 5 and
 * 10). CSV, XML and data package are all written from these lists. */
#include "records.h"

#include <string.h>

static const char *const natures[] = {"binding", "expected", NULL};
static const char *const measures[] = {"target", "estimate", "actual", "previous", NULL};
static const char *const kinds[] = {"growth", "level", "text", NULL};
static const char *const bounds[] = {"about", "at_least", "at_most", NULL};
static const char *const phases[] = {"executed", "budget", "final", NULL};
static const char *const roles[] = {"main", "part", "add", "less", "total", "balance", NULL};
static const char *const statuses[] = {"candidate", "adopted", "completed", NULL};
static const char *const reasons[] = {"date",    "ordinal", "share",   "change", "narrative",
                                      "bracket", "effort",  "unknown", NULL};
static const char *const accounts[] = {
#include "accounts.list"
    NULL,
};

static const char part[] = "Title of the document inside the gazette that the row comes from.";
static const char page[] = "Printed number of the page; of a row over two pages the first.";
static const char line_from[] = "First line of decoded.txt that the row was read from, counted from 1.";
static const char line_to[] = "Last line of decoded.txt that the row was read from.";
static const char doubt[] = "Why the row is not certain; empty if it is.";
static const char gazette[] = "Id of the gazette.";
static const char concept[] = "The name that joins places and years, from the rules.";

static const struct column indicator_columns[] = {
    {ATTRIBUTE_GAZETTE,   "string",  gazette,                                                                    NULL    },
    {ATTRIBUTE_PART,      "string",  part,                                                                       NULL    },
    {ATTRIBUTE_PLACE,     "string",  "Place whose figures they are.",                                            NULL    },
    {ATTRIBUTE_TABLE,     "string",  "Caption of the table as printed; empty for prose.",                        NULL    },
    {ATTRIBUTE_YEAR,      "integer", "Year that the figure is about.",                                           NULL    },
    {ATTRIBUTE_CATEGORY,  "string",  "Group of indicators that the table prints.",                               NULL    },
    {ATTRIBUTE_NO,        "string",  "Ordinal of the indicator as printed.",                                     NULL    },
    {ATTRIBUTE_NAME,      "string",  "Name of the indicator.",                                                   NULL    },
    {ATTRIBUTE_CONCEPT,   "string",  concept,                                                                    NULL    },
    {ATTRIBUTE_NATURE,    "string",  "Whether the target binds or is expected, where the gazette says so.",      natures },
    {ATTRIBUTE_MEASURE,   "string",  "What the figure is: a target, an estimate, a result, or the year before.", measures},
    {ATTRIBUTE_ITEM,      "integer", "Number of the clause within the cell.",                                    NULL    },
    {ATTRIBUTE_TEXT,      "string",  "The clause in normal form.",                                               NULL    },
    {ATTRIBUTE_KIND,      "string",  "What the clause states: a change, a level, or words alone.",               kinds   },
    {ATTRIBUTE_VALUE,     "number",  "The figure outside brackets; a change downwards is negative.",             NULL    },
    {ATTRIBUTE_VALUE_TO,  "number",  "Upper end of a range.",                                                    NULL    },
    {ATTRIBUTE_BOUND,     "string",  "Whether the figure is approximate or a limit; empty when exact.",          bounds  },
    {ATTRIBUTE_UNIT,      "string",  "Unit as printed.",                                                         NULL    },
    {ATTRIBUTE_DOUBT,     "string",  doubt,                                                                      NULL    },
    {ATTRIBUTE_PAGE,      "integer", page,                                                                       NULL    },
    {ATTRIBUTE_LINE_FROM, "integer", line_from,                                                                  NULL    },
    {ATTRIBUTE_LINE_TO,   "integer", line_to,                                                                    NULL    },
};

static const struct column budget_columns[] = {
    {ATTRIBUTE_GAZETTE,     "string",  gazette,                                                              NULL    },
    {ATTRIBUTE_PART,        "string",  part,                                                                 NULL    },
    {ATTRIBUTE_PLACE,       "string",  "Place whose budget it is.",                                          NULL    },
    {ATTRIBUTE_YEAR,        "integer", "Year that the amount is about.",                                     NULL    },
    {ATTRIBUTE_PHASE,       "string",  "Whether the amount is executed, budgeted or of the final accounts.", phases  },
    {ATTRIBUTE_LEVEL,       "string",  "Level of government as printed.",                                    NULL    },
    {ATTRIBUTE_ACCOUNT,     "string",  "Account of the budget, or the debt.",                                accounts},
    {ATTRIBUTE_ROLE,        "string",  "What the amount does in its sum or breakdown.",                      roles   },
    {ATTRIBUTE_ITEM,        "string",  "What the amount is, as printed.",                                    NULL    },
    {ATTRIBUTE_CONCEPT,     "string",  concept,                                                              NULL    },
    {ATTRIBUTE_AMOUNT,      "number",  "The amount as printed.",                                             NULL    },
    {ATTRIBUTE_UNIT,        "string",  "Unit of the amount as printed.",                                     NULL    },
    {ATTRIBUTE_CHANGE_PCT,  "number",  "Change in percent; a fall is negative.",                             NULL    },
    {ATTRIBUTE_CHANGE_BASE, "string",  "What the change is measured against, as printed.",                   NULL    },
    {ATTRIBUTE_BUDGET_PCT,  "number",  "Share of the item's own budget in percent.",                         NULL    },
    {ATTRIBUTE_NOTE,        "string",  "What stands in brackets right after the amount.",                    NULL    },
    {ATTRIBUTE_TEXT,        "string",  "The clause that the row was read from, in normal form.",             NULL    },
    {ATTRIBUTE_DOUBT,       "string",  doubt,                                                                NULL    },
    {ATTRIBUTE_PAGE,        "integer", page,                                                                 NULL    },
    {ATTRIBUTE_LINE_FROM,   "integer", line_from,                                                            NULL    },
    {ATTRIBUTE_LINE_TO,     "integer", line_to,                                                              NULL    },
};

static const struct column project_columns[] = {
    {ATTRIBUTE_GAZETTE,        "string",  gazette,                                                                    NULL    },
    {ATTRIBUTE_PART,           "string",  part,                                                                       NULL    },
    {ATTRIBUTE_PLACE,          "string",  "Place whose project it is.",                                               NULL    },
    {ATTRIBUTE_YEAR,           "integer", "Year that the project is for.",                                            NULL    },
    {ATTRIBUTE_NO,             "integer", "Printed number of the project.",                                           NULL    },
    {ATTRIBUTE_NAME,           "string",  "Name of the project.",                                                     NULL    },
    {ATTRIBUTE_CATEGORY,       "string",  "Heading that the project stands under in the gazette's list of projects.", NULL    },
    {ATTRIBUTE_STATUS,         "string",  "Whether the project is proposed, decided or done.",                        statuses},
    {ATTRIBUTE_LEAD,           "string",  "Departments in the lead, as printed.",                                     NULL    },
    {ATTRIBUTE_SUPPORT,        "string",  "Departments in support, as printed.",                                      NULL    },
    {ATTRIBUTE_BACKGROUND,     "string",  "Why the project is needed.",                                               NULL    },
    {ATTRIBUTE_CONTENT,        "string",  "What is to be done; numbered points on lines of their own.",               NULL    },
    {ATTRIBUTE_GOALS,          "string",  "What is to be reached, or was; numbered points on lines of their own.",    NULL    },
    {ATTRIBUTE_FUNDING,        "string",  "Where the money comes from.",                                              NULL    },
    {ATTRIBUTE_FUNDING_AMOUNT, "number",  "The amount that the funding opens with.",                                  NULL    },
    {ATTRIBUTE_FUNDING_UNIT,   "string",  "Unit of that amount as printed.",                                          NULL    },
    {ATTRIBUTE_ADOPTED_NO,     "integer", "Place of the project in the announcement of the vote.",                    NULL    },
    {ATTRIBUTE_DOUBT,          "string",  doubt,                                                                      NULL    },
    {ATTRIBUTE_PAGE,           "integer", page,                                                                       NULL    },
    {ATTRIBUTE_LINE_FROM,      "integer", line_from,                                                                  NULL    },
    {ATTRIBUTE_LINE_TO,        "integer", line_to,                                                                    NULL    },
};

static const struct column unread_columns[] = {
    {ATTRIBUTE_GAZETTE, "string",  gazette,                                                          NULL   },
    {ATTRIBUTE_PART,    "string",  part,                                                             NULL   },
    {ATTRIBUTE_PAGE,    "integer", "Printed number of the page.",                                    NULL   },
    {ATTRIBUTE_LINE,    "integer", "Line of decoded.txt that the figure begins in, counted from 1.", NULL   },
    {ATTRIBUTE_FIGURE,  "number",  "The figure as printed.",                                         NULL   },
    {ATTRIBUTE_UNIT,    "string",  "Unit as printed.",                                               NULL   },
    {ATTRIBUTE_TEXT,    "string",  "The clause around the figure, in normal form.",                  NULL   },
    {ATTRIBUTE_REASON,  "string",  "Why the figure is in no row; unknown: a rule may be missing.",   reasons},
};

const struct table tables[TABLE_COUNT] = {
    {"indicators", "Indicators of the plan: targets, estimates and results.", RECORD_INDICATOR, indicator_columns,
     COUNT(indicator_columns)},
    {"budget",     "Lines of the budget: one row per amount of money.",       RECORD_BUDGET,    budget_columns,
     COUNT(budget_columns)   },
    {"projects",   "Project sheets and entries in lists of projects.",        RECORD_PROJECT,   project_columns,
     COUNT(project_columns)  },
    {"unread",     "Figures with a unit that stand in no row of a table.",    RECORD_UNREAD,    unread_columns,
     COUNT(unread_columns)   },
};

bool table_has(const struct table *table, const struct record *record)
{
    if (record->kind != table->kind)
        return false;
    return record->kind != RECORD_INDICATOR || strcmp(record_value(record, ATTRIBUTE_STATUS), "repeat") != 0;
}
