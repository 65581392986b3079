/* extract: reads facts out of classified records: indicators of plan tables and
 * announcements, budget lines, projects. In: classified records. Out: the source,
 * the titles, the records of documents that gave facts, and the facts. */
#include "extract.h"

#include "../lib/stage.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
    "extract - read indicators, budget lines and projects out of a gazette\n"
    "\n"
    "usage: extract [--rules DIR]... -o EXTRACTED.tsv CLASSIFIED.tsv\n"
    "       extract [--rules DIR]... --batch LIST\n"
    "\n"
    "Reads classified records and the rules files structure.yaml, documents.yaml,\n"
    "figures.yaml, indicators.yaml, budget.yaml, projects.yaml, concepts.yaml and\n"
    "unread.yaml. Writes the source, the titles, the records of documents that gave\n"
    "facts, and the facts, each with its place and the rules that read it; and the\n"
    "figures that stand in no fact.\n"
    "\n"
    "  -o, --output FILE  where to write; - is standard output\n"
    "      --batch LIST   many inputs: a file of lines INPUT<tab>OUTPUT\n"
    "      --rules DIR    rules that add to, replace or drop the ones shipped\n"
    "  -q, --quiet        no warnings\n"
    "  -v, --verbose      say what is done\n"
    "  -h, --help         this page\n"
    "  -V, --version      the version\n"
    "\n"
    "exit status: 0 all inputs done, 1 some input failed, 2 wrong use or wrong rules\n"
    "\n"
    "example: extract -o extracted.tsv classified.tsv\n";

static struct part read_part(const struct gazette *gazette, size_t first, size_t end)
{
    const struct record *record = &gazette->records[first];
    struct part part = {.first = first, .end = end, .class = "", .name = ""};
    part.class = record_value(record, ATTRIBUTE_CLASS);
    part.place = record_value(gazette->records, ATTRIBUTE_PLACE); /* of the table of inputs */
    part.given_year = strtol(record_value(gazette->records, ATTRIBUTE_YEAR), NULL, 10);
    if (record->kind != RECORD_TITLE)
        return part;
    part.title = record;
    part.name = record_value(record, ATTRIBUTE_TITLE);
    if (*record_value(record, ATTRIBUTE_PLACE))
        part.place = record_value(record, ATTRIBUTE_PLACE);
    part.year = strtol(record_value(record, ATTRIBUTE_YEAR), NULL, 10);
    return part;
}

static struct part *read_parts(struct gazette *gazette, size_t *count)
{
    struct part *parts = arena_alloc(gazette->arena, (gazette->count + 1) * sizeof *parts);
    *count = 0;
    for (size_t first = 0, end; first < gazette->count; first = end) {
        end = document_end(gazette, first);
        parts[(*count)++] = read_part(gazette, first, end);
    }
    return parts;
}

/* Copies into out the records that emit needs beside the facts: the source, all
 * titles, and the records of parts that gave a fact. */
static void keep_records(const struct gazette *in, const struct part *parts, size_t part_count,
                         const struct gazette *facts, struct gazette *out)
{
    size_t fact = 0;
    bool *gave = arena_alloc(in->arena, in->last_number + 1);
    for (; fact < facts->count; fact++)
        if (facts->records[fact].kind < RECORD_UNREAD)
            gave[facts->records[fact].document] = true;
    for (size_t p = 0; p < part_count; p++) {
        bool whole = parts[p].title && gave[parts[p].title->number];
        for (size_t i = parts[p].first; i < parts[p].end; i++) {
            const struct record *record = &in->records[i];
            if (whole || record->kind == RECORD_SOURCE || record->kind == RECORD_TITLE)
                *record_add(out, record->kind) = *record;
        }
    }
    for (size_t i = 0; i < facts->count; i++)
        *record_add(out, facts->records[i].kind) = facts->records[i];
}

static void read_facts(const struct extract *extract, const struct part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        read_plan_tables(extract, &parts[i]);
        read_announcements(extract, &parts[i]);
        read_budget(extract, &parts[i]);
    }
    read_projects(extract, parts, count);
    read_unread(extract, parts, count);
}

static struct fault *extract(const struct rules *rules, struct gazette *gazette)
{
    struct gazette facts = *gazette, out = *gazette;
    facts.records = out.records = NULL;
    facts.count = facts.capacity = out.count = out.capacity = 0;
    struct extract reader = {gazette->arena, rules, gazette, &facts,
                             arena_alloc(gazette->arena, (gazette->count + 1) * sizeof(bool))};
    size_t part_count;
    struct part *parts = read_parts(gazette, &part_count);
    read_facts(&reader, parts, part_count);
    for (size_t i = 0; i < facts.count; i++) {
        struct record *fact = &facts.records[i];
        record_set(&facts, fact, ATTRIBUTE_GAZETTE, record_value(&gazette->records[0], ATTRIBUTE_GAZETTE));
        if (fact->kind < RECORD_UNREAD && !*record_value(fact, ATTRIBUTE_YEAR))
            fact_set(&reader, fact, ATTRIBUTE_YEAR, record_value(&gazette->records[0], ATTRIBUTE_YEAR));
    }
    out.last_number = facts.last_number;
    keep_records(gazette, parts, part_count, &facts, &out);
    if (out.count > 0)
        record_set(&out, &out.records[0], ATTRIBUTE_RULES_VERSION, rules_digest(rules));
    *gazette = out;
    return NULL;
}

int main(int argc, char **argv)
{
    static const char *const files[] = {"structure.yaml",  "documents.yaml", "figures.yaml",
                                        "indicators.yaml", "budget.yaml",    "projects.yaml",
                                        "concepts.yaml",   "unread.yaml",    NULL};
    static const struct stage stage = {.name = "extract",
                                       .help = help,
                                       .rule_files = files,
                                       .change = extract,
                                       .reads = FILE_CLASSIFIED,
                                       .writes = FILE_EXTRACTED};
    return stage_main(argc, argv, &stage);
}
