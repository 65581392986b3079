/* flow: see flow.h. */
#include "flow.h"

#include "program.h"

#include <stdio.h>
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

size_t flow_option(const char *program, const char *usage, const char *name)
{
    char wrong[256];
    size_t stage = flow_find(name);
    if (stage < FLOW_COUNT)
        return stage;
    (void)snprintf(wrong, sizeof wrong, "no stage is called '%s': they are %s, %s, %s, %s, %s, %s", name, flow[0].name,
                   flow[1].name, flow[2].name, flow[3].name, flow[4].name, flow[5].name);
    (void)program_misused(program, usage, wrong);
    return FLOW_COUNT;
}

const char *flow_last_file(size_t stage)
{
    const char *const *file = flow[stage].writes;
    while (file[1])
        file++;
    return *file;
}
