/* made: what the files of a run are made with, as it stands in made.tsv beside them.
 * In: the programs, the rules, the options, an input. Out: lines of text, a block of
 * them per stage, that are the same where nothing has changed. No line holds a path
 * of the machine or a time: those are looked at, but not kept. */
#include "inputs.h"

#include "../lib/digest.h"
#include "../lib/output.h"
#include "../lib/rules.h"
#include "../lib/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *escape(struct arena *arena, const char *text)
{
    return name_escape(arena, text, strlen(text));
}

/* The line STAGE WHAT NAME VALUE, after the others. Escapes are never resolved: lines
 * are compared only. */
static const char *add_line(struct arena *arena, const char *lines, const char *stage, const char *what,
                            const char *name, const char *value)
{
    return arena_printf(arena, "%s%s\t%s\t%s\t%s\n", lines, stage, what, escape(arena, name), escape(arena, value));
}

/* Keeps the time of a file's last change, if it is the latest that the stage depends on. */
static struct fault *look_at_time(struct arena *arena, struct making *making, size_t stage, const char *path,
                                  const char *name)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return fault_errno(arena, path, "cannot be read");
    if (!time_is_later(&found.st_mtim, &making->newest[stage]))
        return NULL;
    making->newest[stage] = found.st_mtim;
    making->newest_name[stage] = name;
    return NULL;
}

/* What a rules file is called in made.tsv: one of a folder that was named with --rules
 * has the number of the folder before it. */
static const char *name_rules(struct arena *arena, size_t folder, const char *name)
{
    return folder == 0 ? name : arena_printf(arena, "%zu/%s", folder, name);
}

static struct fault *add_rules(struct arena *arena, const char *folder, size_t number, size_t stage,
                               struct making *making)
{
    const char **names;
    TRY(rules_list(arena, folder, flow[stage].rules, &names));
    for (; *names; names++) {
        char digest[DIGEST_SIZE];
        const char *path = path_join(arena, folder, *names), *name = name_rules(arena, number, *names);
        TRY(digest_file(arena, path, digest));
        making->lines[stage] = add_line(arena, making->lines[stage], flow[stage].name, "rules", name, digest);
        TRY(look_at_time(arena, making, stage, path, arena_printf(arena, "the rules file %s", name)));
    }
    return NULL;
}

struct fault *making_find(struct arena *arena, const struct settings *settings, struct making *making)
{
    *making = (struct making){.lines = {NULL}};
    /* the clock of the files' times, which is a moment behind the other */
    (void)clock_gettime(CLOCK_REALTIME_COARSE, &making->began);
    for (size_t stage = 0; stage < FLOW_COUNT; stage++) {
        const char *name = flow[stage].name;
        making->lines[stage] = add_line(arena, "", name, "version", "", GONGBAO_VERSION);
        TRY(look_at_time(arena, making, stage, path_join(arena, settings->programs, name), "the program"));
        for (size_t i = 0; *flow[stage].rules && i < settings->folder_count; i++)
            TRY(add_rules(arena, settings->folders[i], i, stage, making));
    }
    if (*settings->encoding)
        making->lines[0] = add_line(arena, making->lines[0], flow[0].name, "encoding", "", settings->encoding);
    return NULL;
}

/* Nothing says of a pipe that it gives the same again, and to read a file that has no
 * end would have none: decode will say what is wrong with it. */
static const char *digest_input(struct arena *arena, const struct input *input)
{
    char *digest = arena_alloc(arena, DIGEST_SIZE);
    return S_ISREG(input->found.st_mode) && !digest_file(arena, input->path, digest) ? digest : "";
}

const char *making_of_input(struct arena *arena, const struct input *input)
{
    const char *slash = strrchr(input->path, '/'), *name = slash ? slash + 1 : input->path;
    const char *lines = add_line(arena, "", flow[0].name, "input", name, digest_input(arena, input));
    for (size_t i = 0; input->given && i < GIVEN_COUNT; i++)
        if (*input->given->values[i])
            lines = add_line(arena, lines, flow[0].name, "given", given_name(i), input->given->values[i]);
    return lines;
}

/* ---- what has changed ---- */

/* The line of lines that begins with the same `count` fields as line; NULL: none. */
static const char *find_line(const char *lines, const char *line, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += strcspn(line + length, "\t\n") + 1;
    for (; *lines; lines += strcspn(lines, "\n") + 1)
        if (strncmp(lines, line, length) == 0)
            return lines;
    return NULL;
}

/* What a line speaks of, in words. */
static const char *name_line(struct arena *arena, const char *line)
{
    const char *what = line + strcspn(line, "\t") + 1, *name = what + strcspn(what, "\t") + 1;
    int length = (int)strcspn(name, "\t");
    if (strncmp(what, "rules\t", 6) == 0)
        return arena_printf(arena, "the rules file %.*s", length, name);
    if (strncmp(what, "given\t", 6) == 0)
        return arena_printf(arena, "what the table of inputs says of its %.*s", length, name);
    if (strncmp(what, "encoding\t", 9) == 0)
        return "the option --encoding";
    return strncmp(what, "input\t", 6) == 0 ? "the input" : "the version of the program";
}

const char *making_differs(struct arena *arena, const char *then, const char *now)
{
    enum { NAMED = 3, WHOLE = 4 }; /* fields */
    for (const char *line = now; *line; line += strcspn(line, "\n") + 1)
        if (!find_line(then, line, WHOLE))
            return arena_printf(arena, "%s %s", name_line(arena, line),
                                find_line(then, line, NAMED) ? "has changed" : "is new");
    for (const char *line = then; *line; line += strcspn(line, "\n") + 1)
        if (!find_line(now, line, NAMED))
            return arena_printf(arena, "%s is gone", name_line(arena, line));
    return NULL;
}
