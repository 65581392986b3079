/* flow: see flow.h. */
#include "flow.h"

#include <string.h>

const char flow_made_file[] = "made.tsv";

const struct flow_stage flow[FLOW_COUNT] = {
    {"decode",    NULL,             "",               {"decoded.txt", "layout.tsv"},                                 {NULL}                             },
    {"segment",   "",               "segmented.tsv",  {"segmented.tsv"},                                             {"structure.yaml"}                 },
    {"normalise", "segmented.tsv",  "normalised.tsv", {"normalised.tsv"},                                            {NULL}                             },
    {"classify",  "normalised.tsv", "classified.tsv", {"classified.tsv"},                                            {"documents.yaml", "projects.yaml"}},
    {"extract",
     "classified.tsv",              "extracted.tsv",
     {"extracted.tsv"},
     {"structure.yaml", "documents.yaml", "figures.yaml", "indicators.yaml", "budget.yaml", "projects.yaml",
      "concepts.yaml", "unread.yaml"}                                                                                                                   },
    {"emit",
     "extracted.tsv",               "",
     {"indicators.csv", "budget.csv", "projects.csv", "unread.csv", "tables.xml", "report.tsv", "datapackage.json"},
     {NULL}                                                                                                                                             },
};

size_t flow_find(const char *name)
{
    size_t stage = 0;
    while (stage < FLOW_COUNT && strcmp(flow[stage].name, name) != 0)
        stage++;
    return stage;
}

const char *flow_last_file(size_t stage)
{
    const char *const *file = flow[stage].writes;
    while (file[1])
        file++;
    return *file;
}
