/* plan: what a run has to do. In: the inputs, and what earlier runs have left of them.
 * Out: a line for each input, and the work folders of those with something to do. */
#include "inputs.h"

#include "../lib/output.h"
#include "../lib/place.h"
#include "../lib/program.h"
#include "../lib/tsv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Why nothing can be done for an input; NULL: something can. Of two files with one id
 * neither is worked on, for one would replace the other. */
static const char *find_wrong(struct arena *arena, const struct input *input)
{
    if (input->wrong || !input->rival)
        return input->wrong;
    return arena_printf(arena, "has the id '%s', and so has another input: rename one, or use another --out for it",
                        input->id);
}

/* Settles and, but for a dry run, prepares what is to be done. */
static struct fault *make_task(struct arena *arena, const struct making *making, const struct settings *settings,
                               bool dry, struct task *task)
{
    const struct input *input = task->input;
    const char *wrong = find_wrong(arena, input);
    task->result = path_join(arena, settings->out, input->id);
    task->work = arena_printf(arena, "%s/.work/%s", settings->out, input->id);
    if (wrong)
        return fault(arena, input->path, 0, "%s", wrong);
    task->lines = making_of_input(arena, input);
    TRY(task_settle(arena, making, settings, task));
    if (dry)
        return NULL;
    if (!task_is_done(task))
        return task_prepare(arena, making, task);
    /* what a run that was cut off had begun, and is of no use */
    return place_is_taken(task->work) ? tree_remove(arena, task->work) : NULL;
}

static const char *copy(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

/* What would run, and why. */
static const char *tell_task(struct arena *arena, const struct task *task)
{
    const char *stages = task_runs(task) ? "" : "publish";
    for (size_t stage = task->first; stage <= task->last; stage++)
        stages = arena_printf(arena, "%s%s%s", stages, *stages ? ", " : "", flow[stage].name);
    return arena_printf(arena, "%s: %s", stages, task->why);
}

/* Plans one input. What the line holds lives in arena, all else in own. */
static struct plan_line plan_input(struct arena *arena, struct arena *own, const struct input *input,
                                   const struct making *making, const struct settings *settings, bool dry)
{
    struct task task = {.input = input};
    struct fault *wrong = make_task(own, making, settings, dry, &task);
    struct plan_line line = {.input = input, .work = copy(arena, task.work), .first = PLAN_NONE};
    if (wrong) {
        line.first = PLAN_FAILED;
        line.wrong = copy(arena, wrong->text);
    } else if (!task_is_done(&task)) {
        line.first = task_runs(&task) ? flow[task.first].name : PLAN_PUBLISH;
        line.why = dry ? copy(arena, tell_task(own, &task)) : NULL;
        line.busy = true;
    }
    return line;
}

struct plan plan_make(const struct inputs *inputs, const struct making *making, const struct settings *settings,
                      bool dry)
{
    struct plan plan = {.lines = arena_alloc(inputs->arena, inputs->count * sizeof *plan.lines)};
    struct arena *own = arena_new();
    for (size_t i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->list[i];
        if (!input->left_out)
            plan.lines[plan.count++] = plan_input(inputs->arena, own, input, making, settings, dry);
        arena_reset(own);
    }
    arena_free(own);
    return plan;
}

/* ---- shares ---- */

/* Larger ones first; of equal ones the earlier. */
static int by_size(const void *one, const void *other)
{
    const struct plan_line *a = *(struct plan_line *const *)one, *b = *(struct plan_line *const *)other;
    off_t sizes[] = {a->input->found.st_size, b->input->found.st_size};
    if (sizes[0] != sizes[1])
        return sizes[0] < sizes[1] ? 1 : -1;
    return (a > b) - (a < b);
}

void plan_share(struct arena *arena, struct plan *plan, size_t share_count)
{
    enum { WEIGHT_OF_FILES = 4096 }; /* what an input costs beside its text */
    struct plan_line **order = arena_alloc(arena, plan->count * sizeof(struct plan_line *));
    size_t *loads = arena_alloc(arena, share_count * sizeof *loads), count = 0;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->lines[i].busy)
            order[count++] = &plan->lines[i];
    qsort(order, count, sizeof(struct plan_line *), by_size);
    for (size_t i = 0; i < count; i++) {
        size_t least = 0;
        for (size_t share = 1; share < share_count; share++)
            if (loads[share] < loads[least])
                least = share;
        loads[least] += (size_t)order[i]->input->found.st_size + WEIGHT_OF_FILES;
        order[i]->share = least + 1;
    }
}

/* ---- output ---- */

static void print_line(FILE *out, struct arena *arena, const struct plan_line *line)
{
    const char *share = arena_printf(arena, "%zu", line->share);
    const char *bytes = arena_printf(arena, "%ju", (uintmax_t)line->input->found.st_size);
    tsv_write(out,
              (const char *const[PLAN_COLUMNS]){line->input->id, line->input->path, line->work, line->first, share,
                                                bytes, line->wrong ? line->wrong : ""},
              PLAN_COLUMNS);
}

static const char *path_of(struct arena *arena, const char *folder, const char *file)
{
    return *file ? path_join(arena, folder, file) : folder;
}

/* What one stage has to do of one share: a list for its --batch. No file where that is nothing. */
static struct fault *write_list(struct arena *arena, const struct plan *plan, const char *folder, size_t stage,
                                size_t share)
{
    struct output *out = NULL;
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_line *line = &plan->lines[i];
        if (line->share != share || flow_find(line->first) > stage)
            continue;
        if (!out)
            TRY(output_open(arena, arena_printf(arena, "%s/" PLAN_LIST, folder, share, flow[stage].name), &out));
        const char *input = flow[stage].input ? path_of(arena, line->work, flow[stage].input) : line->input->path;
        tsv_write(output_stream(out), (const char *const[]){input, path_of(arena, line->work, flow[stage].output)}, 2);
    }
    return out ? output_close(out) : NULL;
}

struct fault *plan_write(struct arena *arena, const struct plan *plan, const char *folder, size_t to)
{
    struct output *out;
    size_t shares = 0;
    for (size_t i = 0; i < plan->count; i++)
        shares = plan->lines[i].share > shares ? plan->lines[i].share : shares;
    for (size_t stage = 0; stage <= to; stage++)
        for (size_t share = 1; share <= shares; share++)
            TRY(write_list(arena, plan, folder, stage, share));
    TRY(output_open(arena, path_join(arena, folder, PLAN_FILE), &out));
    for (size_t i = 0; i < plan->count; i++)
        print_line(output_stream(out), arena, &plan->lines[i]);
    return output_close(out);
}

bool plan_show(const struct plan *plan)
{
    size_t busy = 0;
    bool possible = true;
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_line *line = &plan->lines[i];
        if (line->wrong)
            program_say(line->input->path, 0, line->wrong);
        possible = possible && !line->wrong;
        if (line->busy)
            printf("%s: %s\n", line->input->id, line->why);
        busy += line->busy;
    }
    printf("%zu of %zu %s something to do\n", busy, plan->count, plan->count == 1 ? "input has" : "inputs have");
    return possible;
}
