/* rules: which words say what. In: folders of rules files. Out: the rules of each
 * context as one pattern, and where it matches. Of rules with one id the one of the
 * latest folder counts, at the place of the first. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules.h"
#include "output.h"
#include "rules_yaml.h"
#include "stage.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <nettle/sha2.h>
#include <pcre2.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

/* A context is a kind of document or record, or a place in one, that C asks about.
 * Sorted by name, for rule_context searches them. */
const struct rule_context rule_contexts[] = {
    {"account",          WAY_FIND,  {"account"}          },
    {"account-named",    WAY_WHOLE, {"account"}          },
    {"adopted",          WAY_FIND,  {NULL}               },
    {"ahead",            WAY_FIND,  {NULL}               },
    {"and",              WAY_FIND,  {NULL}               },
    {"announced-alone",  WAY_FIND,  {NULL}               },
    {"announcement",     WAY_FIND,  {NULL}               },
    {"announcement-end", WAY_AT,    {NULL}               },
    {"basis",            WAY_FIND,  {NULL}               },
    {"before-name",      WAY_AT,    {NULL}               },
    {"blank",            WAY_WHOLE, {NULL}               },
    {"bound",            WAY_FIND,  {"bound", "side"}    },
    {"breakdown",        WAY_FIND,  {NULL}               },
    {"budget-caption",   WAY_WHOLE, {NULL}               },
    {"budget-column",    WAY_FIND,  {"column", "phase"}  },
    {"budget-narrative", WAY_FIND,  {NULL}               },
    {"budget-statement", WAY_FIND,  {NULL}               },
    {"budget-unit",      WAY_WHOLE, {NULL}               },
    {"budget-work",      WAY_FIND,  {NULL}               },
    {"byline",           WAY_WHOLE, {NULL}               },
    {"byline-strong",    WAY_WHOLE, {NULL}               },
    {"caption",          WAY_WHOLE, {NULL}               },
    {"carry",            WAY_FIND,  {NULL}               },
    {"category-count",   WAY_FIND,  {NULL}               },
    {"change",           WAY_FIND,  {"direction"}        },
    {"change-amount",    WAY_FIND,  {NULL}               },
    {"change-base",      WAY_FIND,  {NULL}               },
    {"change-share",     WAY_FIND,  {NULL}               },
    {"column",           WAY_AT,    {"column", "measure"}},
    {"completion",       WAY_FIND,  {NULL}               },
    {"concept",          WAY_WHOLE, {"concept", "below"} },
    {"connective",       WAY_AT,    {NULL}               },
    {"connective-end",   WAY_FIND,  {NULL}               },
    {"connective-sum",   WAY_FIND,  {NULL}               },
    {"cover",            WAY_WHOLE, {NULL}               },
    {"date",             WAY_FIND,  {NULL}               },
    {"date-clause",      WAY_WHOLE, {NULL}               },
    {"document",         WAY_FIND,  {"class"}            },
    {"each",             WAY_FIND,  {NULL}               },
    {"effort",           WAY_FIND,  {NULL}               },
    {"entry",            WAY_FIND,  {NULL}               },
    {"enumeration",      WAY_FIND,  {NULL}               },
    {"funding",          WAY_AT,    {NULL}               },
    {"goes-on",          WAY_AT,    {NULL}               },
    {"half-year",        WAY_FIND,  {NULL}               },
    {"heading",          WAY_AT,    {"depth"}            },
    {"item-kind",        WAY_FIND,  {"kind"}             },
    {"item-own",         WAY_FIND,  {NULL}               },
    {"joint",            WAY_AT,    {NULL}               },
    {"level",            WAY_FIND,  {NULL}               },
    {"level-alone",      WAY_WHOLE, {NULL}               },
    {"list-mark",        WAY_AT,    {NULL}               },
    {"matter",           WAY_FIND,  {NULL}               },
    {"matter-drop",      WAY_FIND,  {NULL}               },
    {"measuring-rule",   WAY_FIND,  {NULL}               },
    {"misprint",         WAY_FIND,  {NULL}               },
    {"misprint-read",    WAY_FIND,  {NULL}               },
    {"money",            WAY_FIND,  {NULL}               },
    {"money-unit",       WAY_WHOLE, {"yuan"}             },
    {"name-beginning",   WAY_AT,    {NULL}               },
    {"name-complete",    WAY_FIND,  {NULL}               },
    {"name-direction",   WAY_FIND,  {NULL}               },
    {"name-each",        WAY_AT,    {NULL}               },
    {"name-mark",        WAY_FIND,  {NULL}               },
    {"name-shared",      WAY_FIND,  {NULL}               },
    {"name-summary",     WAY_FIND,  {NULL}               },
    {"nature",           WAY_WHOLE, {"nature"}           },
    {"nature-word",      WAY_FIND,  {"nature"}           },
    {"no-name",          WAY_AT,    {NULL}               },
    {"no-text",          WAY_WHOLE, {NULL}               },
    {"nothing",          WAY_WHOLE, {NULL}               },
    {"now",              WAY_FIND,  {NULL}               },
    {"other-years",      WAY_FIND,  {NULL}               },
    {"page-number",      WAY_WHOLE, {NULL}               },
    {"part-of",          WAY_FIND,  {NULL}               },
    {"phase",            WAY_FIND,  {"phase"}            },
    {"place",            WAY_FIND,  {NULL}               },
    {"place-head",       WAY_FIND,  {NULL}               },
    {"plan-year",        WAY_FIND,  {NULL}               },
    {"predicate",        WAY_FIND,  {NULL}               },
    {"project-column",   WAY_WHOLE, {"field"}            },
    {"project-sum",      WAY_WHOLE, {NULL}               },
    {"project-year",     WAY_FIND,  {NULL}               },
    {"range",            WAY_AT,    {NULL}               },
    {"reason",           WAY_FIND,  {NULL}               },
    {"reference",        WAY_WHOLE, {NULL}               },
    {"reference-share",  WAY_AT,    {NULL}               },
    {"relative-year",    WAY_AT,    {"years", "of"}      },
    {"renaming",         WAY_FIND,  {"as"}               },
    {"results",          WAY_FIND,  {NULL}               },
    {"role",             WAY_AT,    {"role"}             },
    {"sentence-end",     WAY_FIND,  {NULL}               },
    {"sheet-label",      WAY_AT,    {"field"}            },
    {"speaker",          WAY_WHOLE, {NULL}               },
    {"statement",        WAY_WHOLE, {"says"}             },
    {"statement-mark",   WAY_FIND,  {NULL}               },
    {"statement-open",   WAY_WHOLE, {"says"}             },
    {"status",           WAY_FIND,  {"status"}           },
    {"sum-told",         WAY_FIND,  {NULL}               },
    {"table-unit",       WAY_FIND,  {NULL}               },
    {"this-year",        WAY_FIND,  {NULL}               },
    {"title",            WAY_FIND,  {NULL}               },
    {"title-lead",       WAY_AT,    {NULL}               },
    {"title-start",      WAY_AT,    {NULL}               },
    {"title-tail",       WAY_FIND,  {NULL}               },
    {"unit",             WAY_AT,    {NULL}               },
    {"unit-scale",       WAY_AT,    {"zeros"}            },
    {"unread",           WAY_FIND,  {"reason"}           },
    {"unread-beside",    WAY_FIND,  {"reason"}           },
    {"unread-budget",    WAY_FIND,  {"reason"}           },
    {"weight",           WAY_WHOLE, {"weight"}           },
    {"year",             WAY_FIND,  {NULL}               },
    {NULL,               WAY_FIND,  {NULL}               },
};

static int compare_context(const void *name, const void *context)
{
    return strcmp(name, ((const struct rule_context *)context)->name);
}

/* C asks for contexts all the time, so the list is sorted and searched. */
const struct rule_context *rule_context(const char *name)
{
    return bsearch(name, rule_contexts, COUNT(rule_contexts) - 1, sizeof *rule_contexts, compare_context);
}

/* The files that stages name. Any other is a user's own. */
static const char *const shipped_files[] = {"structure.yaml",  "documents.yaml", "figures.yaml",
                                            "indicators.yaml", "budget.yaml",    "projects.yaml",
                                            "concepts.yaml",   "unread.yaml",    "compare.yaml"};

enum {
    /* With PCRE2_NO_AUTO_CAPTURE a plain ( ) only groups: rules stand in one pattern,
     * so numbers of groups mean nothing, and each one captured costs time. */
    PATTERN_OPTIONS = PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_NO_AUTO_CAPTURE | PCRE2_DOLLAR_ENDONLY |
                      PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK,
    LARGEST_PATTERN = 65000, /* compiled; PCRE2 takes 65536, and in a set some bytes stand around it */
    MATCH_LIMIT = 1000000,
    JIT_STACK_FIRST = 32 << 10,
    JIT_STACK_LAST = 1 << 20, /* 32 KB fail on long paragraphs */
};

/* What all patterns share. */
struct engine {
    struct arena *arena;
    pcre2_compile_context *compiling;
    pcre2_match_context *matching;
    pcre2_general_context *memory;
    struct rules_given_up given_up;
    const char *digest; /* of all rules; NULL before it is asked for */
};

/* Rules of a set as one pattern. Nearly always a set is one part; PCRE2 refuses
 * patterns of over 64 KB compiled, so that a large set takes several. */
struct part {
    pcre2_code *code;
    pcre2_match_data *data;
};

/* Options given to a match would switch the JIT off, so each way has its patterns. */
static const uint32_t way_options[WAY_COUNT] = {0, PCRE2_ANCHORED, PCRE2_ANCHORED | PCRE2_ENDANCHORED};

struct patterns {
    struct part *parts; /* NULL until the first search of this way */
    size_t count, capacity;
};

/* What changes while a set is used. */
struct set_state {
    struct patterns ways[WAY_COUNT];
    const struct part *latest;     /* the part of the latest match */
    size_t *uses;                  /* how often each rule of the set matched; NULL before the first search */
    const struct rule_set **alone; /* each rule as a set of its own; NULL until one of the set gave up */
    bool warned;                   /* of a set of one rule: it has been named */
};

struct rule_set {
    const char *context;
    struct engine *engine;
    const struct rule **rules;
    size_t count, capacity;
    struct set_state *state;
};

struct rules {
    const struct rule **all;
    size_t count;
    struct rule_set *sets; /* one for each context, in their order */
};

/* ---- patterns ---- */

static void *take_memory(PCRE2_SIZE size, void *arena)
{
    return arena_alloc(arena, size);
}

static void leave_memory(void *memory, void *arena) /* it goes with its arena */
{
    (void)memory;
    (void)arena;
}

/* Where a character class ends that begins at pattern[at]. */
static size_t skip_class(const char *pattern, size_t at)
{
    at++;
    at += pattern[at] == '^';
    at += pattern[at] == ']';
    while (pattern[at] && pattern[at] != ']') {
        const char *named = pattern[at] == '[' && pattern[at + 1] == ':' ? strstr(pattern + at, ":]") : NULL;
        if (named)
            at = (size_t)(named - pattern) + 2;
        else
            at += pattern[at] == '\\' && pattern[at + 1] ? 2 : 1;
    }
    return at;
}

static bool is_number(const char *text)
{
    text += *text == '+' || *text == '-';
    return *text >= '0' && *text <= '9';
}

/* What a rule may not use after a backslash, or NULL. */
static const char *refuse_escape(const char *escape)
{
    if (*escape >= '1' && *escape <= '9')
        return "a back reference by number: name the group, (?<name>…), and write \\k<name>";
    if (*escape == 'g' && (escape[1] == '<' || escape[1] == '\''))
        return "\\g<…>: write the repeated part out";
    if (*escape == 'g' && is_number(escape + 1 + (escape[1] == '{')))
        return "a back reference by number: name the group, (?<name>…), and write \\k<name>";
    if (*escape == 'K')
        return "\\K: what stands before goes into (?<=…)";
    return NULL;
}

/* What a rule may not use after an opening bracket, or NULL. */
static const char *refuse_group(const char *group)
{
    if (*group == '*' && group[1] >= 'A' && group[1] <= 'Z')
        return "a verb (*…): patterns here have none";
    if (*group == '*' && group[1] == ':')
        return "a verb (*…): patterns here have none";
    if (*group != '?')
        return NULL;
    group++;
    size_t options = strspn(group, "aimnsxJU^-");
    if (memchr(group, 'x', options) && (group[options] == ')' || group[options] == ':'))
        return "the option (?x), whose comments run on: write it without spaces";
    if (is_number(group) || *group == 'R' || *group == '&' || strncmp(group, "P>", 2) == 0)
        return "a pattern within itself, (?R) or (?&…): write the repeated part out";
    if (*group == '(' && (is_number(group + 1) || group[1] == 'R'))
        return "a condition on a group's number: name the group, (?(<name>)…)";
    return NULL;
}

/* Many patterns become one, so a pattern may not reach out of itself: no numbers of
 * groups, no verbs, no bracket that closes another rule's. Returns what is wrong. */
static const char *refuse_reaching_out(const char *pattern)
{
    int depth = 0;
    for (size_t at = 0; pattern[at]; at++) {
        const char *wrong = NULL;
        if (pattern[at] == '\\' && pattern[at + 1] == 'Q') {
            const char *end = strstr(pattern + at, "\\E");
            if (!end)
                return "\\Q without \\E";
            at = (size_t)(end - pattern) + 1;
        } else if (pattern[at] == '\\' && pattern[at + 1]) {
            wrong = refuse_escape(pattern + ++at);
        } else if (pattern[at] == '[') {
            at = skip_class(pattern, at);
            if (!pattern[at])
                return NULL; /* PCRE2 says it better */
        } else if (strncmp(pattern + at, "(?#", 3) == 0) {
            return "a comment: put it beside the rule, after #";
        } else if (pattern[at] == '(') {
            depth++;
            wrong = refuse_group(pattern + at + 1);
        } else if (pattern[at] == ')' && --depth < 0) {
            return "a ) without its (";
        }
        if (wrong)
            return wrong;
    }
    return NULL;
}

/* Compiles the pattern of one rule; what PCRE2 refuses is a fault at line. */
static struct fault *compile_alone(struct arena *arena, const struct rule *rule, long line, uint32_t options,
                                   pcre2_code **code)
{
    int error;
    PCRE2_SIZE offset;
    *code = pcre2_compile((PCRE2_SPTR)rule->pattern, PCRE2_ZERO_TERMINATED, PATTERN_OPTIONS | options, &error, &offset,
                          NULL);
    if (*code)
        return NULL;
    PCRE2_UCHAR reason[160];
    pcre2_get_error_message(error, reason, sizeof(reason));
    return fault(arena, rule->path, line, "rule %s: PCRE2 refuses the pattern: %s, behind '%.*s'", rule->id,
                 (const char *)reason, (int)offset, rule->pattern);
}

static struct fault *check_pattern(struct arena *arena, const struct rule *rule, long line)
{
    const char *wrong = refuse_reaching_out(rule->pattern);
    if (wrong)
        return fault(arena, rule->path, line, "rule %s: the pattern has %s", rule->id, wrong);

    pcre2_code *code;
    uint32_t empty = 0;
    size_t size = 0;
    TRY(compile_alone(arena, rule, line, 0, &code));
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
    pcre2_code_free(code);
    if (size > LARGEST_PATTERN)
        return fault(arena, rule->path, line, "rule %s: the pattern is too large: make several rules of it", rule->id);
    if (empty)
        return fault(arena, rule->path, line,
                     "rule %s: the pattern matches even where nothing stands: ask for one "
                     "character at least",
                     rule->id);
    return NULL;
}

/* Machine code and the stack of it stand in no arena. */
static void free_code(void *code)
{
    pcre2_code_free(code);
}

static void free_stack(void *stack)
{
    pcre2_jit_stack_free(stack);
}

static struct engine *make_engine(struct arena *arena)
{
    struct engine *engine = arena_alloc(arena, sizeof(*engine));
    engine->arena = arena;
    engine->memory = pcre2_general_context_create(take_memory, leave_memory, arena);
    engine->compiling = pcre2_compile_context_create(engine->memory);
    engine->matching = pcre2_match_context_create(engine->memory);
    pcre2_set_match_limit(engine->matching, MATCH_LIMIT);
    pcre2_jit_stack *stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LAST, engine->memory);
    if (stack) { /* without one the JIT uses 32 KB of its own */
        pcre2_jit_stack_assign(engine->matching, NULL, stack);
        arena_at_end(arena, free_stack, stack);
    }
    return engine;
}

/* (?:first)(*MARK:0)|(?:second)(*MARK:1): the mark tells which rule matched. */
static char *join_patterns(const struct rule_set *set, size_t first, size_t count)
{
    const size_t around = sizeof("|(?:)(*MARK:18446744073709551615)");
    size_t length = 1;
    for (size_t i = first; i < first + count; i++)
        length += strlen(set->rules[i]->pattern) + around;
    char *joined = arena_alloc(set->engine->arena, length), *end = joined;
    for (size_t i = first; i < first + count; i++)
        end += snprintf(end, length - (size_t)(end - joined), "%s(?:%s)(*MARK:%zu)", i > first ? "|" : "",
                        set->rules[i]->pattern, i);
    return joined;
}

/* Compiles the rules of a set as one part, or as several if PCRE2 finds them too
 * large for one. */
static void compile_rules(const struct rule_set *set, struct patterns *patterns, uint32_t options)
{
    const struct engine *engine = set->engine;
    size_t count;
    for (size_t first = 0; first < set->count; first += count) {
        pcre2_code *code = NULL;
        for (count = set->count - first; !code; count = code ? count : count / 2) {
            int error;
            PCRE2_SIZE offset;
            assert(count > 0); /* each pattern was compiled alone when it was loaded */
            code = pcre2_compile((PCRE2_SPTR)join_patterns(set, first, count), PCRE2_ZERO_TERMINATED,
                                 PATTERN_OPTIONS | options, &error, &offset, engine->compiling);
        }
        arena_at_end(engine->arena, free_code, code);
        (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* where there is no JIT, the interpreter does it */
        patterns->parts =
            arena_grow(engine->arena, patterns->parts, patterns->count, &patterns->capacity, sizeof(*patterns->parts));
        patterns->parts[patterns->count++] =
            (struct part){code, pcre2_match_data_create_from_pattern(code, engine->memory)};
    }
}

/* ---- loading ---- */

/* A rule or a drop, and the folder that said it last. */
struct standing {
    struct rule_entry entry;
    size_t folder;
};

struct loading {
    struct arena *arena;
    const char *const *folders;
    const char *const *files;
    struct standing **order; /* as they stand in the files, a replaced one in its first place */
    size_t count, capacity;
    void *by_id;            /* tsearch trees of standings */
    void *elsewhere;        /* of those in files that are not asked for */
    size_t elsewhere_count; /* how many folders are in there */
};

static int compare_ids(const void *left, const void *right)
{
    const struct standing *a = left, *b = right;
    return strcmp(a->entry.rule.id, b->entry.rule.id);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void leave_standing(void *standing) /* it lives in the arena */
{
    (void)standing;
}

static struct standing *find_standing(void *const *tree, const struct standing *like)
{
    void *node = tfind(like, tree, compare_ids);
    return node ? *(struct standing **)node : NULL;
}

static struct fault *add_standing(struct loading *loading, void **tree, struct standing *standing)
{
    if (!tsearch(standing, tree, compare_ids))
        return fault(loading->arena, standing->entry.rule.path, standing->entry.rule.line, "no memory for its rules");
    return NULL;
}

static bool is_listed(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_asked_for(const char *name, const char *const *files)
{
    return !files || is_listed(name, files, SIZE_MAX) || !is_listed(name, shipped_files, COUNT(shipped_files));
}

struct fault *rules_list(struct arena *arena, const char *folder, const char *const *files, const char ***names)
{
    size_t count = 0, capacity = 0;
    *names = arena_grow(arena, NULL, 0, &capacity, sizeof(**names));
    DIR *stream = opendir(folder);
    if (!stream)
        return fault_errno(arena, folder, "this folder of rules cannot be read");
    errno = 0;
    for (struct dirent *file; (file = readdir(stream)); errno = 0) {
        size_t length = strlen(file->d_name);
        if (file->d_name[0] == '.' || length < 5 || strcmp(file->d_name + length - 5, ".yaml") != 0 ||
            !is_asked_for(file->d_name, files))
            continue;
        *names = arena_grow(arena, *names, count + 1, &capacity, sizeof(**names)); /* one more for the end */
        (*names)[count++] = arena_copy(arena, file->d_name, length);
    }
    struct fault *wrong = errno ? fault_errno(arena, folder, "this folder of rules cannot be read") : NULL;
    closedir(stream);
    if (count)
        qsort(*names, count, sizeof(**names), compare_names);
    return wrong;
}

/* Reads the files of a folder that are asked for, or those that are not. */
static struct fault *read_folder(struct loading *loading, const char *folder, bool asked_for,
                                 struct rule_entries *entries)
{
    const char **names;
    TRY(rules_list(loading->arena, folder, NULL, &names));
    for (; *names; names++)
        if (is_asked_for(*names, loading->files) == asked_for)
            TRY(rules_read_file(loading->arena, path_join(loading->arena, folder, *names), entries));
    return NULL;
}

/* Whether a folder before this one has the id in a file that nobody asked for. Such
 * files are read only for that: a drop in a user's own file is seen by all stages. */
static struct fault *look_elsewhere(struct loading *loading, size_t folder, const struct standing *like, bool *found)
{
    for (; loading->elsewhere_count < folder; loading->elsewhere_count++) {
        struct rule_entries entries = {0};
        TRY(read_folder(loading, loading->folders[loading->elsewhere_count], false, &entries));
        for (size_t i = 0; i < entries.count; i++) {
            struct standing *standing = arena_alloc(loading->arena, sizeof(*standing));
            standing->entry = entries.entries[i];
            if (!standing->entry.drop)
                TRY(add_standing(loading, &loading->elsewhere, standing));
        }
    }
    *found = find_standing(&loading->elsewhere, like) != NULL;
    return NULL;
}

/* Puts an entry beside those of earlier folders, or in the place of one. */
static struct fault *settle_entry(struct loading *loading, size_t folder, const struct rule_entry *entry)
{
    struct standing *standing = arena_alloc(loading->arena, sizeof(*standing));
    *standing = (struct standing){*entry, folder};
    if (!entry->drop)
        TRY(check_pattern(loading->arena, &entry->rule, entry->pattern_line));

    struct standing *earlier = find_standing(&loading->by_id, standing);
    if (earlier && earlier->folder == folder)
        return fault(loading->arena, entry->rule.path, entry->rule.line,
                     "id '%s' stands in this folder already, at %s:%ld", entry->rule.id, earlier->entry.rule.path,
                     earlier->entry.rule.line);
    if (earlier) {
        *earlier = *standing;
        return NULL;
    }
    if (entry->drop) {
        bool known = false;
        TRY(look_elsewhere(loading, folder, standing, &known));
        if (!known)
            return fault(loading->arena, entry->rule.path, entry->rule.line,
                         "no earlier folder has a rule %s that could be dropped", entry->rule.id);
    }
    TRY(add_standing(loading, &loading->by_id, standing));
    loading->order =
        arena_grow(loading->arena, loading->order, loading->count, &loading->capacity, sizeof(struct standing *));
    loading->order[loading->count++] = standing;
    return NULL;
}

static struct fault *load_folders(struct loading *loading, size_t folder_count)
{
    for (size_t folder = 0; folder < folder_count; folder++) {
        struct rule_entries entries = {0};
        TRY(read_folder(loading, loading->folders[folder], true, &entries));
        for (size_t i = 0; i < entries.count; i++)
            TRY(settle_entry(loading, folder, &entries.entries[i]));
    }
    return NULL;
}

static struct rule_set *find_set(const struct rules *rules, const char *name)
{
    const struct rule_context *context = rule_context(name);
    return context ? &rules->sets[context - rule_contexts] : NULL;
}

static struct rules *make_rules(struct arena *arena, const struct loading *loading)
{
    struct rules *rules = arena_alloc(arena, sizeof(*rules));
    struct engine *engine = make_engine(arena);
    rules->all = arena_alloc(arena, loading->count * sizeof(struct rule *));
    rules->sets = arena_alloc(arena, COUNT(rule_contexts) * sizeof(*rules->sets));
    for (size_t i = 0; rule_contexts[i].name; i++)
        rules->sets[i] = (struct rule_set){
            .context = rule_contexts[i].name, .engine = engine, .state = arena_alloc(arena, sizeof(struct set_state))};
    for (size_t i = 0; i < loading->count; i++) {
        if (loading->order[i]->entry.drop)
            continue;
        const struct rule *rule = &loading->order[i]->entry.rule;
        rules->all[rules->count++] = rule;
        for (const char *const *context = rule->contexts; *context; context++) {
            struct rule_set *set = find_set(rules, *context);
            set->rules = arena_grow(arena, set->rules, set->count, &set->capacity, sizeof(struct rule *));
            set->rules[set->count++] = rule;
        }
    }
    return rules;
}

struct fault *rules_load(struct arena *arena, const char *const *folders, size_t folder_count, const char *const *files,
                         struct rules **rules)
{
    struct loading loading = {.arena = arena, .folders = folders, .files = files};
    struct fault *wrong = load_folders(&loading, folder_count);
    *rules = wrong ? NULL : make_rules(arena, &loading);
    tdestroy(loading.by_id, leave_standing);
    tdestroy(loading.elsewhere, leave_standing);
    return wrong;
}

/* ---- what was loaded ---- */

const struct rule_set *rules_in(const struct rules *rules, const char *context)
{
    const struct rule_set *set = find_set(rules, context);
    assert(set); /* C asks for a context that the list above does not have */
    return set;
}

static const struct rule_set *make_alone(struct engine *engine, const char *context, const struct rule *rule)
{
    struct rule_set *set = arena_alloc(engine->arena, sizeof(*set));
    set->rules = arena_alloc(engine->arena, sizeof(struct rule *));
    set->rules[0] = rule;
    set->count = 1;
    set->context = context;
    set->engine = engine;
    set->state = arena_alloc(engine->arena, sizeof(struct set_state));
    return set;
}

const struct rule_set *rule_alone(const struct rules *rules, const struct rule *rule)
{
    return make_alone(rules->sets[0].engine, rule->contexts[0], rule);
}

const struct rules_given_up *rules_given_up(const struct rules *rules)
{
    return &rules->sets[0].engine->given_up;
}

void rules_forget_given_up(const struct rules *rules)
{
    rules->sets[0].engine->given_up.count = 0;
}

size_t rules_count(const struct rules *rules)
{
    return rules->count;
}

const struct rule *rules_at(const struct rules *rules, size_t index)
{
    return rules->all[index];
}

const char *rule_means(const struct rule *rule, const char *name)
{
    for (const struct rule_meaning *meaning = rule->means; meaning->name; meaning++)
        if (strcmp(meaning->name, name) == 0)
            return meaning->value;
    return NULL;
}

/* With its NUL, so that ab, c differs from a, bc. */
static void digest_text(struct sha256_ctx *digest, const char *text)
{
    sha256_update(digest, strlen(text) + 1, (const uint8_t *)text);
}

static const char *make_digest(const struct rules *rules, struct arena *arena)
{
    struct sha256_ctx digest;
    uint8_t bytes[SHA256_DIGEST_SIZE];
    char *hex = arena_alloc(arena, 2 * 8 + 1);

    sha256_init(&digest);
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = rules->all[i];
        digest_text(&digest, rule->id);
        for (size_t c = 0; rule->contexts[c]; c++)
            digest_text(&digest, rule->contexts[c]);
        digest_text(&digest, "");
        digest_text(&digest, rule->pattern);
        for (const struct rule_meaning *meaning = rule->means; meaning->name; meaning++) {
            digest_text(&digest, meaning->name);
            digest_text(&digest, meaning->value);
        }
        digest_text(&digest, "");
    }
    sha256_digest(&digest, sizeof bytes, bytes);
    for (size_t i = 0; i < 8; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    return hex;
}

const char *rules_digest(const struct rules *rules)
{
    struct engine *engine = rules->sets[0].engine;
    if (!engine->digest)
        engine->digest = make_digest(rules, engine->arena);
    return engine->digest;
}

/* ---- matching ---- */

/* Names a rule, once, that met the match limit or the end of the JIT stack, and keeps the
 * beginning of the text. */
static void give_up(const struct rule_set *alone, const char *text, size_t length, int error)
{
    const struct rule *rule = alone->rules[0];
    struct rules_given_up *given_up = &alone->engine->given_up;
    const struct given_up *last = given_up->count > 0 ? &given_up->list[given_up->count - 1] : NULL;
    bool again = last && last->rule == rule && length >= last->length && memcmp(last->text, text, last->length) == 0;
    if (!again && given_up->count < COUNT(given_up->list)) {
        struct given_up *one = &given_up->list[given_up->count++];
        one->rule = rule;
        one->length = length < sizeof one->text ? length : sizeof one->text;
        memcpy(one->text, text, one->length);
    }
    if (alone->state->warned)
        return;
    alone->state->warned = true;
    PCRE2_UCHAR reason[160];
    pcre2_get_error_message(error, reason, sizeof(reason));
    stage_warn(rule->path, rule->line,
               "rule %s was given up on a text (%s) and found nothing there; it repeats too freely", rule->id,
               (const char *)reason);
}

/* Searches a set; *error is 0, or what PCRE2 gave up for. */
static bool search_parts(const struct rule_set *set, enum rule_way way, const char *text, size_t length, size_t from,
                         struct match *match, int *error)
{
    struct patterns *patterns = &set->state->ways[way];
    bool found = false;

    *error = 0;
    *match = (struct match){.from = 0};
    if (set->count == 0 || from >= length) /* no pattern matches nothing */
        return false;
    if (!patterns->parts)
        compile_rules(set, patterns, way_options[way]);
    if (!set->state->uses)
        set->state->uses = arena_alloc(set->engine->arena, set->count * sizeof(size_t));
    for (size_t i = 0; i < patterns->count; i++) {
        const struct part *part = &patterns->parts[i];
        int result = pcre2_match(part->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK, part->data,
                                 set->engine->matching);
        if (result == PCRE2_ERROR_NOMATCH)
            continue;
        if (result < 0) {
            *error = result;
            return false;
        }
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(part->data);
        if (found && offsets[0] >= match->from)
            continue;
        const char *mark = (const char *)pcre2_get_mark(part->data);
        size_t rule = strtoul(mark, NULL, 10);
        *match = (struct match){set->rules[rule], offsets[0], offsets[1], set};
        set->state->latest = part;
        set->state->uses[rule] += !found;
        found = true;
    }
    return found;
}

/* What the rules of a set find one by one, where they could not be searched as one
 * pattern: the one that runs away does not take the others with it. */
static bool search_alone(const struct rule_set *set, enum rule_way way, const char *text, size_t length, size_t from,
                         struct match *match)
{
    struct set_state *state = set->state;
    struct match one;
    bool found = false;
    int error;
    if (!state->alone)
        state->alone = arena_alloc(set->engine->arena, set->count * sizeof(struct rule_set *));
    for (size_t i = 0; i < set->count; i++) {
        if (!state->alone[i])
            state->alone[i] = make_alone(set->engine, set->context, set->rules[i]);
        bool matches = search_parts(state->alone[i], way, text, length, from, &one, &error);
        if (error)
            give_up(state->alone[i], text, length, error);
        if (!matches || (found && one.from >= match->from))
            continue;
        *match = one;
        found = true;
    }
    return found;
}

static bool search(const struct rule_set *set, enum rule_way way, const char *text, size_t length, size_t from,
                   struct match *match)
{
    int error;
    bool found = search_parts(set, way, text, length, from, match, &error);
    return error ? search_alone(set, way, text, length, from, match) : found;
}

void rules_tell_uses(const struct rules *rules, void (*tell)(const char *context, const struct rule *rule, size_t uses))
{
    for (size_t i = 0; rule_contexts[i].name; i++) {
        const struct rule_set *set = &rules->sets[i];
        for (size_t k = 0; set->state->uses && k < set->count; k++)
            if (set->state->uses[k])
                tell(set->context, set->rules[k], set->state->uses[k]);
    }
}

bool rule_find(const struct rule_set *set, const char *text, size_t length, size_t from, struct match *match)
{
    return search(set, WAY_FIND, text, length, from, match);
}

bool rule_at(const struct rule_set *set, const char *text, size_t length, size_t from, struct match *match)
{
    return search(set, WAY_AT, text, length, from, match);
}

bool rule_whole(const struct rule_set *set, const char *text, size_t length, struct match *match)
{
    return search(set, WAY_WHOLE, text, length, 0, match);
}

bool match_group(const struct match *match, const char *group, size_t *from, size_t *to)
{
    const struct part *part = match->set->state->latest;
    PCRE2_SPTR first, last;
    int size = pcre2_substring_nametable_scan(part->code, (PCRE2_SPTR)group, &first, &last);
    if (size < 0)
        return false;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(part->data);
    for (PCRE2_SPTR entry = first; entry <= last; entry += size) {
        size_t number = (size_t)entry[0] << 8 | entry[1];
        if (offsets[2 * number] == PCRE2_UNSET)
            continue;
        *from = offsets[2 * number];
        *to = offsets[2 * number + 1];
        return true;
    }
    return false;
}

struct fault *rule_tries(struct arena *arena, const struct rule *rule, const char *text, bool *found)
{
    pcre2_code *code;
    uint32_t options = way_options[rule_context(rule->contexts[0])->way];
    TRY(compile_alone(arena, rule, rule->line, options, &code));
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    int result = PCRE2_ERROR_NOMEMORY;
    if (data)
        result = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    *found = result >= 0;
    if (*found || result == PCRE2_ERROR_NOMATCH)
        return NULL;
    PCRE2_UCHAR reason[160];
    pcre2_get_error_message(result, reason, sizeof(reason));
    return fault(arena, rule->path, rule->line, "rule %s on '%s': %s", rule->id, text, (const char *)reason);
}
