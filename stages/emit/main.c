/* emit: writes the folder of a gazette. In: the records of extract. Out: a CSV per
 * table, tables.xml, datapackage.json. It decides nothing: what stands in a cell
 * was settled before. */
#include "emit.h"

#include "../lib/output.h"
#include "../lib/stage.h"

#include <string.h>
#include <unistd.h>

static const char help[] =
    "emit - write the tables of a gazette\n"
    "\n"
    "usage: emit -o FOLDER EXTRACTED.tsv\n"
    "       emit [--log FILE] [--in-turn] --batch LIST\n"
    "\n"
    "Reads the records of extract. Writes indicators.csv, budget.csv, projects.csv,\n"
    "unread.csv, tables.xml, report.tsv and, last, datapackage.json into FOLDER, which\n"
    "is made if it is not there. Where datapackage.json stands, the folder is complete.\n"
    "\n"
    "  -o, --output FOLDER  where to write\n"
    "      --batch LIST     many inputs: a file of lines INPUT<tab>FOLDER\n"
    "      --log FILE       with --batch: add a line for each: OUTPUT, done, failed or\n"
    "                       skipped (INPUT is not made), FILE, LINE and what is wrong\n"
    "      --in-turn        with --batch: begin when standard input says so with a line,\n"
    "                       and say so on standard output when all is done\n"
    "  -q, --quiet          no warnings\n"
    "  -v, --verbose        say what is done\n"
    "  -h, --help           this page\n"
    "  -V, --version        the version\n"
    "\n"
    "exit status: 0 all inputs done, 1 some input failed, 2 wrong use\n"
    "\n"
    "example: emit -o out/demo extracted.tsv\n";

/* The files in the order in which they are put in place. */
static const struct form {
    const char *name;
    struct fault *(*write)(FILE *out, const struct emission *emission, const struct table *table);
    const struct table *table;
} forms[] = {
    {"indicators.csv",   csv_write,     &tables[0]},
    {"budget.csv",       csv_write,     &tables[1]},
    {"projects.csv",     csv_write,     &tables[2]},
    {"unread.csv",       csv_write,     &tables[3]},
    {"tables.xml",       xml_write,     NULL      },
    {"report.tsv",       report_write,  NULL      },
    {"datapackage.json", package_write, NULL      },
};

/* Opens a file of the folder; in a new one, where none is whole yet, only the last is
 * written beside its place. */
static struct fault *open_form(const struct stage_job *job, size_t form, bool is_new, struct output **out)
{
    const char *path = path_join(job->arena, job->output, forms[form].name);
    bool is_last = form == COUNT(forms) - 1;
    return is_new && !is_last ? output_open_new(job->arena, path, out) : output_open(job->arena, path, out);
}

/* No file takes the place of an earlier one before all are written: a full disk leaves the
 * earlier folder as it was. */
static struct fault *write_folder(const struct stage_job *job, const struct emission *emission)
{
    struct output *outputs[COUNT(forms)];
    const char *last = path_join(job->arena, job->output, forms[COUNT(forms) - 1].name);
    bool is_new = access(last, F_OK) != 0;
    for (size_t i = 0; i < COUNT(forms); i++) {
        TRY(open_form(job, i, is_new, &outputs[i]));
        TRY(forms[i].write(output_stream(outputs[i]), emission, forms[i].table));
        if (fflush(output_stream(outputs[i])) != 0 || ferror(output_stream(outputs[i])))
            return output_close(outputs[i]); /* says what is wrong */
    }
    for (size_t i = 0; i < COUNT(forms); i++)
        TRY(output_close(outputs[i]));
    return NULL;
}

static struct fault *emit(const struct stage_job *job)
{
    struct gazette gazette;
    struct emission emission;
    if (strcmp(job->output, "-") == 0)
        return fault(job->arena, job->output, 0, "emit writes several files: name a folder");
    TRY(records_read(job->arena, job->input, FILE_EXTRACTED, &gazette));
    TRY(emission_make(&gazette, &emission));
    TRY(folder_make(job->arena, job->output));
    return write_folder(job, &emission);
}

int main(int argc, char **argv)
{
    static const struct stage stage = {.name = "emit", .help = help, .run = emit};
    return stage_main(argc, argv, &stage);
}
