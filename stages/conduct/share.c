/* share: the stages over one share of the work, joined by pipes. */
#include "conduct.h"

#include "../lib/flow.h"
#include "../lib/output.h"
#include "../lib/plan.h"

#include <fcntl.h>
#include <unistd.h>

const char log_beside_messages[] = "/dev/stderr";

/* The list of what a stage has to do of a share. */
static const char *list_of(const struct run *run, size_t share, size_t stage)
{
    return path_join(run->arena, run->work, arena_printf(run->arena, PLAN_LIST, share, flow[stage].name));
}

static bool has_list(const struct run *run, size_t share, size_t stage)
{
    return access(list_of(run, share, stage), F_OK) == 0;
}

bool share_is_there(const struct run *run, size_t share)
{
    return has_list(run, share, run->to);
}

/* The words that a stage is started with. */
static const char *const *stage_words(const struct run *run, size_t share, size_t stage, const char *log)
{
    enum { MOST = 16 }; /* beside the folders of rules; NULL at the end */
    const char **words = arena_alloc(run->arena, (MOST + 2 * run->folder_count) * sizeof *words);
    size_t count = 0;
    words[count++] = path_join(run->arena, run->programs, flow[stage].name);
    if (run->quiet)
        words[count++] = "--quiet";
    for (size_t i = 0; i < run->folder_count; i++) {
        words[count++] = "--rules";
        words[count++] = run->folders[i];
    }
    if (stage == 0 && run->encoding) {
        words[count++] = "--encoding";
        words[count++] = run->encoding;
    }
    words[count++] = "--in-turn";
    words[count++] = "--log";
    words[count++] = log;
    words[count++] = "--batch";
    words[count++] = list_of(run, share, stage);
    return words;
}

/* What the first stage reads: the word that it is its turn. */
static struct fault *open_first(const struct run *run, int *in)
{
    int ends[2];
    TRY(pipe_open(run->arena, ends));
    *in = ends[0];
    struct fault *wrong = write(ends[1], "\n", 1) == 1 ? NULL : fault_errno(run->arena, NULL, "no pipe can be written");
    (void)close(ends[1]);
    return wrong;
}

/* Where a stage says that it is done, and where the next one reads it; nobody asks the last. */
static struct fault *open_word(const struct run *run, bool last, int ends[2])
{
    if (!last)
        return pipe_open(run->arena, ends);
    ends[0] = -1;
    ends[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
    return ends[1] >= 0 ? NULL : fault_errno(run->arena, "/dev/null", "cannot be opened");
}

/* Starts a stage that reads from *in, and leaves in *in what the next one reads. */
static struct fault *start_stage(const struct run *run, struct children *children, const char *const *words, bool last,
                                 int error, int *in)
{
    int ends[2];
    TRY(open_word(run, last, ends));
    struct fault *wrong = children_start(run->arena, children, words, &(struct child_files){*in, ends[1], error});
    (void)close(ends[1]);
    (void)close(*in);
    *in = ends[0];
    return wrong;
}

struct fault *share_start(const struct run *run, struct children *children, size_t share, const char *log, int error)
{
    int in = -1;
    struct fault *wrong = open_first(run, &in);
    for (size_t stage = 0; !wrong && stage <= run->to; stage++) {
        if (has_list(run, share, stage))
            wrong = start_stage(run, children, stage_words(run, share, stage, log), stage == run->to, error, &in);
    }
    if (in >= 0) /* not all could be started */
        (void)close(in);
    return wrong;
}
