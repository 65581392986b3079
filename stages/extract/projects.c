/* projects: project sheets and lists of projects done. In: sheet names, labels and
 * texts, list entries. Out: a fact per project. The category of a sheet is the
 * heading that its name stands under in a list of candidates, and its number among
 * those adopted comes from the announcement of the vote, by equal names. */
#include "projects.h"

#include <stdlib.h>
#include <string.h>

/* Notes that all text of records [first, end) stands in cells of a row. */
static void note_whole(const struct extract *extract, size_t first, size_t end)
{
    memset(extract->whole + first, true, end - first);
}

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* The text of a heading or entry behind its mark. */
const char *project_behind_mark(const struct extract *extract, const struct record *record)
{
    const char *normal = record_value(record, ATTRIBUTE_NORMAL);
    struct match match;
    if (!*normal)
        normal = text_normal_form(extract->arena, record->text, strlen(record->text)).text;
    return rule_at(rules_in(extract->rules, "heading"), normal, strlen(normal), 0, &match) ? normal + match.to : normal;
}

/* An office without the end of a sentence that is printed behind it. */
static const char *without_end(const struct extract *extract, const char *text)
{
    size_t length = strlen(text), bytes;
    if (length == 0 || text_mark(text_character_before(text, length, &bytes)) < MARK_GROUP)
        return text;
    return extract_copy(extract, text, 0, length - bytes);
}

/* A name: as far as the first sentence goes. */
static const char *first_sentence(const struct extract *extract, const char *text)
{
    size_t length = strlen(text), bytes;
    for (size_t at = 0; at < length; at += bytes)
        if (text_mark(text_character(text, length, at, &bytes)) == MARK_SENTENCE && at > 0)
            return extract_copy(extract, text, 0, at);
    return text;
}

static bool is_entry(const struct record *record)
{
    return record->kind == RECORD_LIST_ENTRY || record->kind == RECORD_SHEET_NAME;
}

static bool is_numbered(const struct record *record)
{
    return (record->kind == RECORD_LIST_ENTRY || record->kind == RECORD_HEADING) &&
           *record_value(record, ATTRIBUTE_ORDINAL);
}

const char *project_category(const struct extract *extract, const struct record *record)
{
    const struct record *section = section_of(extract, record);
    while (section && is_entry(section))
        section = section_of(extract, section);
    return section && section->kind == RECORD_HEADING ? project_behind_mark(extract, section) : "";
}

/* --- the lists */

static void list_candidates(const struct extract *extract, const struct part *part, struct project_lists *lists)
{
    for (size_t i = part->first; i < part->end; i++) {
        const struct record *record = &extract->in->records[i];
        if (record->kind != RECORD_LIST_ENTRY)
            continue;
        lists->candidates[lists->candidate_count++] =
            (struct listed){project_behind_mark(extract, record), project_category(extract, record),
                            record_value(record, ATTRIBUTE_ORDINAL), i};
    }
}

/* The entries below each sentence that announces what was voted in. */
static void list_adopted(const struct extract *extract, const struct part *part, struct project_lists *lists)
{
    bool announced = false;
    for (size_t i = part->first; i < part->end; i++) {
        const struct record *record = &extract->in->records[i];
        if (announced && is_numbered(record)) {
            lists->adopted[lists->adopted_count++] =
                (struct listed){project_behind_mark(extract, record), "", record_value(record, ATTRIBUTE_ORDINAL), i};
            continue;
        }
        if (record_kind_is_margin(record->kind))
            continue;
        struct match match;
        const char *normal = record_value(record, ATTRIBUTE_NORMAL);
        announced = record->kind == RECORD_TEXT &&
                    rule_find(rules_in(extract->rules, "adopted"), normal, strlen(normal), 0, &match);
    }
}

static int compare_listed(const void *a, const void *b)
{
    return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

static struct project_lists read_lists(const struct extract *extract, const struct part *parts, size_t count)
{
    size_t entries = 1;
    for (size_t i = 0; i < extract->in->count; i++)
        entries += is_numbered(&extract->in->records[i]);
    struct project_lists lists = {.candidates = arena_alloc(extract->arena, entries * sizeof *lists.candidates),
                                  .adopted = arena_alloc(extract->arena, entries * sizeof *lists.adopted)};
    for (size_t i = 0; i < count; i++) {
        if (same(parts[i].class, "project-candidates"))
            list_candidates(extract, &parts[i], &lists);
        list_adopted(extract, &parts[i], &lists);
    }
    qsort(lists.candidates, lists.candidate_count, sizeof *lists.candidates, compare_listed);
    qsort(lists.adopted, lists.adopted_count, sizeof *lists.adopted, compare_listed);
    return lists;
}

static const struct listed *find_listed(const struct listed *list, size_t count, const char *name)
{
    struct listed key = {.name = name};
    return bsearch(&key, list, count, sizeof key, compare_listed);
}

/* --- what all projects have */

static const char *project_year(const struct extract *extract, const struct part *part)
{
    struct match match;
    size_t from, to;
    if (!rule_find(rules_in(extract->rules, "project-year"), part->name, strlen(part->name), 0, &match) ||
        !match_group(&match, "year", &from, &to))
        return "";
    return extract_copy(extract, part->name, from, to);
}

static const char *project_status(const struct extract *extract, const struct part *part)
{
    struct match match;
    bool found = rule_find(rules_in(extract->rules, "status"), part->name, strlen(part->name), 0, &match);
    return found ? rule_means(match.rule, "status") : "adopted";
}

struct record *project_add(const struct extract *extract, const struct part *part, size_t first, size_t end,
                           const char *name)
{
    struct passage passage = passage_read(extract->arena, extract->in, first, end);
    struct record *fact = fact_add(extract, RECORD_PROJECT, part);
    passage_locate(extract->facts, fact, &passage, passage_printed(&passage, 0),
                   passage_printed_end(&passage, passage.normal.length));
    fact_set(extract, fact, ATTRIBUTE_YEAR, project_year(extract, part));
    fact_set(extract, fact, ATTRIBUTE_NAME, first_sentence(extract, name));
    fact_set(extract, fact, ATTRIBUTE_STATUS, project_status(extract, part));
    return fact;
}

/* The same for one whose first record is its name, with the number and the heading of that. */
static struct record *add_listed(const struct extract *extract, const struct part *part, size_t first, size_t end,
                                 const char *name)
{
    const struct record *record = &extract->in->records[first];
    struct record *fact = project_add(extract, part, first, end, name);
    fact_set(extract, fact, ATTRIBUTE_NO, record_value(record, ATTRIBUTE_ORDINAL));
    fact_set(extract, fact, ATTRIBUTE_CATEGORY, project_category(extract, record));
    return fact;
}

void project_look_up(const struct extract *extract, const struct project_lists *lists, struct record *fact)
{
    const char *name = record_value(fact, ATTRIBUTE_NAME);
    const struct listed *candidate = find_listed(lists->candidates, lists->candidate_count, name);
    const struct listed *adopted = find_listed(lists->adopted, lists->adopted_count, name);
    if (candidate)
        note_whole(extract, candidate->record, candidate->record + 1);
    if (candidate && !*record_value(fact, ATTRIBUTE_CATEGORY))
        fact_set(extract, fact, ATTRIBUTE_CATEGORY, candidate->category);
    if (adopted)
        fact_set(extract, fact, ATTRIBUTE_ADOPTED_NO, adopted->no);
}

static bool means_nothing(const struct extract *extract, const char *text)
{
    struct match match;
    return rule_whole(rules_in(extract->rules, "nothing"), text, strlen(text), &match);
}

/* --- sheets */

static enum attribute field_attribute(const char *field)
{
    static const enum attribute attributes[] = {ATTRIBUTE_LEAD,    ATTRIBUTE_SUPPORT, ATTRIBUTE_BACKGROUND,
                                                ATTRIBUTE_CONTENT, ATTRIBUTE_GOALS,   ATTRIBUTE_FUNDING};
    for (size_t i = 0; i < COUNT(attributes); i++)
        if (same(attribute_name(attributes[i]), field))
            return attributes[i];
    return ATTRIBUTE_COUNT;
}

/* Where the text of a field begins: behind its label and a colon. */
static size_t behind_label(const struct extract *extract, const struct passage *passage)
{
    const struct normal *normal = &passage->normal;
    struct match match;
    size_t bytes;
    if (!rule_at(rules_in(extract->rules, "sheet-label"), normal->text, normal->length, 0, &match))
        return 0;
    if (match.to < normal->length && character_is_colon(text_character(normal->text, normal->length, match.to, &bytes)))
        return passage_printed(passage, match.to + bytes);
    return passage_printed(passage, match.to);
}

/* The number that a line of a cell begins with as a point, or 0. */
static long point_of_line(const struct extract *extract, const char *line, size_t length)
{
    struct normal normal = text_normal_form(extract->arena, line, length);
    struct match match;
    size_t from, to, bytes;
    if (!rule_at(rules_in(extract->rules, "heading"), normal.text, normal.length, 0, &match) ||
        !match_group(&match, "number", &from, &to))
        return 0;
    return text_numeral(normal.text, to, from, &bytes);
}

static void add_paragraph(const struct extract *extract, struct project_field *field, const char *printed,
                          size_t length, bool point)
{
    const char *paragraph = text_normal_form(extract->arena, printed, length).text;
    const char *border = point && *field->text && *paragraph ? "\n" : "";
    field->text = arena_printf(extract->arena, "%s%s%s", field->text, border, paragraph);
    field->expected += point;
}

void project_add_cell(const struct extract *extract, struct project_field *field, const char *text, size_t length)
{
    for (size_t at = 0, line; at < length; at += line + 1) {
        const char *end = memchr(text + at, '\n', length - at);
        line = end ? (size_t)(end - text) - at : length - at;
        add_paragraph(extract, field, text + at, line, point_of_line(extract, text + at, line) == field->expected);
    }
}

static bool is_point(const struct record *record, long expected)
{
    return strtol(record_value(record, ATTRIBUTE_ORDINAL), NULL, 10) == expected;
}

static bool is_cell(const struct record *record)
{
    return *record_value(record, ATTRIBUTE_CELL) != '\0';
}

/* The text of a field in records [first, end), the label's first: its numbered
 * points apart by a newline, other lines joined. A point must carry the next
 * number; else it is a line that only looks like one. */
static const char *field_text(const struct extract *extract, size_t first, size_t end)
{
    const struct record *records = extract->in->records;
    struct project_field field = {.text = "", .expected = 1};
    for (size_t i = first, next; i < end; i = next) {
        bool point = is_point(&records[i], field.expected);
        for (next = i + 1; next < end && !is_cell(&records[i]) && !is_cell(&records[next]); next++)
            if (is_point(&records[next], field.expected + point))
                break;
        struct passage passage = passage_read(extract->arena, extract->in, i, next);
        size_t from = i == first ? behind_label(extract, &passage) : 0;
        if (is_cell(&records[i]))
            project_add_cell(extract, &field, passage.text + from, passage.length - from);
        else
            add_paragraph(extract, &field, passage.text + from, passage.length - from, point);
    }
    return field.text;
}

static void read_funding(const struct extract *extract, struct record *fact, const char *funding)
{
    struct match match;
    size_t from, to, bytes;
    if (!rule_at(rules_in(extract->rules, "funding"), funding, strlen(funding), 0, &match) ||
        !match_group(&match, "amount", &from, &to))
        return;
    fact_set(extract, fact, ATTRIBUTE_FUNDING_AMOUNT, text_figure(extract->arena, funding, to, from, &bytes));
    record_credit(extract->facts, fact, match.rule->id);
    if (match_group(&match, "unit", &from, &to))
        fact_set(extract, fact, ATTRIBUTE_FUNDING_UNIT, extract_copy(extract, funding, from, to));
}

bool project_set(const struct extract *extract, struct record *fact, const char *field, const char *text)
{
    enum attribute attribute = field_attribute(field);
    if (attribute == ATTRIBUTE_COUNT || !*text || means_nothing(extract, text))
        return false;
    if (attribute == ATTRIBUTE_LEAD || attribute == ATTRIBUTE_SUPPORT)
        text = without_end(extract, text);
    fact_set(extract, fact, attribute, text);
    if (attribute == ATTRIBUTE_FUNDING)
        read_funding(extract, fact, text);
    return true;
}

static bool ends_field(const struct record *record)
{
    return record->kind == RECORD_SHEET_LABEL || record->kind == RECORD_SHEET_NAME ||
           record->kind == RECORD_LIST_ENTRY || record->kind == RECORD_HEADING;
}

static size_t field_end(const struct extract *extract, size_t first, size_t end)
{
    size_t i = first + 1;
    while (i < end && !ends_field(&extract->in->records[i]))
        i++;
    return i;
}

static void read_fields(const struct extract *extract, struct record *fact, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const struct record *record = &extract->in->records[i];
        if (record->kind != RECORD_SHEET_LABEL)
            continue;
        size_t field_to = field_end(extract, i, end);
        if (!project_set(extract, fact, record_value(record, ATTRIBUTE_FIELD), field_text(extract, i, field_to)))
            continue;
        note_whole(extract, i, field_to);
        record_credit(extract->facts, fact, record->rules);
    }
}

static size_t sheet_end(const struct extract *extract, size_t first, size_t end)
{
    size_t i = first + 1;
    while (i < end && extract->in->records[i].kind != RECORD_SHEET_NAME)
        i++;
    while (i > first + 1 && extract->in->records[i - 1].kind == RECORD_HEADING)
        i--;
    return i;
}

static void read_sheets(const struct extract *extract, const struct part *part, const struct project_lists *lists)
{
    for (size_t i = part->first, end; i < part->end; i = end) {
        const struct record *record = &extract->in->records[i];
        end = project_table_read(extract, part, lists, i);
        if (end > i)
            continue;
        end = i + 1;
        const char *name = record->kind == RECORD_SHEET_NAME ? project_behind_mark(extract, record) : "";
        if (!*name)
            continue;
        end = sheet_end(extract, i, part->end);
        struct record *fact = add_listed(extract, part, i, end, name);
        /* what goes on behind the sentence of the name is in no field */
        size_t length = strlen(record_value(fact, ATTRIBUTE_NAME));
        extract->whole[i] = text_count(name + length, strlen(name) - length) <= 1;
        project_look_up(extract, lists, fact);
        read_fields(extract, fact, i, end);
    }
}

/* --- lists of projects done */

/* The text behind the name of an entry, in its own record and those below it. */
static const char *entry_text(const struct extract *extract, const char *behind_name, size_t first, size_t end)
{
    if (first == end)
        return behind_name;
    struct passage passage = passage_read(extract->arena, extract->in, first, end);
    return arena_printf(extract->arena, "%s%s", behind_name, passage.normal.text);
}

static void read_entry(const struct extract *extract, const struct part *part, size_t first, size_t end)
{
    const struct record *record = &extract->in->records[first];
    const char *normal = record_value(record, ATTRIBUTE_NORMAL), *name = project_behind_mark(extract, record),
               *goals = "";
    struct match match;
    size_t from, to;
    if (rule_find(rules_in(extract->rules, "entry"), normal, strlen(normal), 0, &match)) {
        if (match_group(&match, "name", &from, &to))
            name = extract_copy(extract, normal, from, to);
        if (match_group(&match, "text", &from, &to))
            goals = extract_copy(extract, normal, from, to);
    }
    goals = entry_text(extract, goals, first + 1, end);
    if (!*goals)
        return;
    struct record *fact = add_listed(extract, part, first, end, name);
    fact_set(extract, fact, ATTRIBUTE_GOALS, goals);
    note_whole(extract, first, end);
}

static void read_results(const struct extract *extract, const struct part *part)
{
    for (size_t i = part->first, end; i < part->end; i = end) {
        end = i + 1;
        if (extract->in->records[i].kind != RECORD_LIST_ENTRY)
            continue;
        while (end < part->end && extract->in->records[end].kind != RECORD_LIST_ENTRY &&
               extract->in->records[end].kind != RECORD_HEADING)
            end++;
        read_entry(extract, part, i, end);
    }
}

void read_projects(const struct extract *extract, const struct part *parts, size_t count)
{
    struct project_lists lists = read_lists(extract, parts, count);
    for (size_t i = 0; i < count; i++) {
        if (same(parts[i].class, "project-results"))
            read_results(extract, &parts[i]);
        else
            read_sheets(extract, &parts[i], &lists);
    }
}
