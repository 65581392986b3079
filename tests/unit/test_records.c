/* records: what is written is read back the same; a file that is wrong is refused
 * with its line and what is wrong there. */
#include "../../stages/lib/output.h"
#include "../../stages/lib/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define FIXED "record\ttype\tdocument\tpieces\tprinted\trules"
#define SEGMENTED                                                                                                      \
    FIXED                                                                                                              \
    "\tgazette\tinput\tbytes\tsha256\tencoding\tsource\turl\trules_version\ttitle\tspeaker\tdate\tplace\tyear\tdepth"  \
    "\tordinal\tcell\tsection\tpage\n"
#define EMPTY_17 "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"
/* cells 1 to 6, then 18 empty attributes */
#define ROW(cells) cells "\t" EMPTY_17 "\n"

struct files {
    struct arena *arena;
    char path[32];
};

static struct files *new_files(void)
{
    struct files *files = calloc(1, sizeof *files);
    if (!files)
        abort();
    files->arena = arena_new();
    (void)snprintf(files->path, sizeof files->path, "/tmp/records-XXXXXX");
    int file = mkstemp(files->path);
    if (file < 0 || close(file) != 0)
        abort();
    return files;
}

static int set_up(void **state)
{
    *state = new_files();
    return 0;
}

static int tear_down(void **state)
{
    struct files *files = *state;
    int result = unlink(files->path);
    arena_free(files->arena);
    free(files);
    return result;
}

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void write_records(const struct files *files, enum record_file file, struct gazette *gazette)
{
    FILE *stream = fopen(files->path, "w");
    assert_non_null(stream);
    records_write(stream, file, gazette);
    assert_int_equal(fclose(stream), 0);
}

static struct gazette read_records(const struct files *files, enum record_file file)
{
    struct gazette gazette;
    const struct fault *fault = records_read(files->arena, files->path, file, &gazette);
    if (fault)
        fail_msg("%s:%ld: %s", fault->path, fault->line, fault->text);
    return gazette;
}

/* A gazette with one record of every kind and every attribute set somewhere. */
static struct gazette every_kind(const struct files *files)
{
    static const struct piece pieces[] = {
        {3183, 0, 18},
        {3184, 0, 11},
        {3190, 5, 5 }
    };
    static const char *const texts[] = {"", "tab\there\nback\\slash\rreturn \\t", "a\nb\n"};
    struct gazette gazette = {.arena = files->arena};
    for (size_t kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        struct record *record = record_add(&gazette, (enum record_kind)kind);
        record->text = texts[kind % COUNT(pieces)];
        record->pieces = pieces;
        record->piece_count = kind == RECORD_SOURCE ? 0 : 1 + kind % COUNT(pieces);
        if (kind > RECORD_TITLE)
            record->document = 2;
        for (size_t a = 0; a < ATTRIBUTE_COUNT; a++)
            if (a % RECORD_KIND_COUNT == kind && a != ATTRIBUTE_SECTION)
                record_set(&gazette, record, (enum attribute)a, attribute_name((enum attribute)a));
    }
    record_set(&gazette, &gazette.records[RECORD_TEXT], ATTRIBUTE_SECTION, "5");
    record_credit(&gazette, &gazette.records[3], "rule-a");
    return gazette;
}

static void assert_same(const struct gazette *one, const struct gazette *other)
{
    assert_int_equal(one->count, other->count);
    for (size_t i = 0; i < one->count; i++) {
        const struct record *a = &one->records[i], *b = &other->records[i];
        assert_int_equal(a->number, b->number);
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->document, b->document);
        assert_int_equal(a->piece_count, b->piece_count);
        for (size_t p = 0; p < a->piece_count; p++) {
            assert_int_equal(a->pieces[p].line, b->pieces[p].line);
            assert_int_equal(a->pieces[p].from, b->pieces[p].from);
            assert_int_equal(a->pieces[p].to, b->pieces[p].to);
        }
        assert_string_equal(a->text, b->text);
        assert_string_equal(a->rules, b->rules);
        for (size_t v = 0; v < ATTRIBUTE_COUNT; v++)
            assert_string_equal(record_value(a, (enum attribute)v), record_value(b, (enum attribute)v));
    }
}

static void round_trip(void **state)
{
    struct gazette written = every_kind(*state);
    write_records(*state, FILE_EXTRACTED, &written);
    struct gazette read = read_records(*state, FILE_EXTRACTED);
    assert_same(&written, &read);
}

/* A file of an early stage leaves out what it has no column for, and only that. */
static void each_file_keeps_its_columns(void **state)
{
    for (size_t file = 0; file < RECORD_FILE_COUNT; file++) {
        struct gazette written = every_kind(*state);
        record_set(&written, &written.records[0], ATTRIBUTE_PAGE, "85");
        record_set(&written, &written.records[0], ATTRIBUTE_NORMAL, "n");
        record_set(&written, &written.records[0], ATTRIBUTE_CLASS, "c");
        record_set(&written, &written.records[0], ATTRIBUTE_PHASE, "p");
        write_records(*state, (enum record_file)file, &written);
        struct gazette read = read_records(*state, (enum record_file)file);
        const struct record *record = &read.records[0];
        assert_string_equal(record_value(record, ATTRIBUTE_PAGE), "85");
        assert_string_equal(record_value(record, ATTRIBUTE_NORMAL), file >= FILE_NORMALISED ? "n" : "");
        assert_string_equal(record_value(record, ATTRIBUTE_CLASS), file >= FILE_CLASSIFIED ? "c" : "");
        assert_string_equal(record_value(record, ATTRIBUTE_PHASE), file >= FILE_EXTRACTED ? "p" : "");
    }
}

static void columns_in_any_order(void **state)
{
    const struct files *files = *state;
    static const char text[] =
        "page\trules\tprinted\tpieces\tdocument\ttype\trecord\tgazette\tinput\tbytes\tsha256\t"
        "encoding\tsource\turl\trules_version\ttitle\tspeaker\tdate\tplace\tyear\tdepth\tordinal\tcell\tsection\n"
        "85\tr\tp\t1:0-1\t1\ttitle\t1" EMPTY_17 "\n";
    write_file(files->path, text, sizeof(text) - 1);
    struct gazette gazette = read_records(files, FILE_SEGMENTED);
    assert_int_equal(gazette.count, 1);
    assert_int_equal(gazette.records[0].kind, RECORD_TITLE);
    assert_string_equal(gazette.records[0].text, "p");
    assert_string_equal(record_value(&gazette.records[0], ATTRIBUTE_PAGE), "85");
}

static void no_records(void **state)
{
    struct gazette written = {.arena = ((struct files *)*state)->arena};
    write_records(*state, FILE_CLASSIFIED, &written);
    struct gazette read = read_records(*state, FILE_CLASSIFIED);
    assert_int_equal(read.count, 0);
}

static struct record *add_placed(struct gazette *gazette, enum record_kind kind)
{
    static const struct piece piece = {.line = 1};
    struct record *record = record_add(gazette, kind);
    record->pieces = &piece;
    record->piece_count = 1;
    return record;
}

/* Records dropped and moved: documents and sections follow, or are lost. */
static void numbered_anew(void **state)
{
    struct files *files = *state;
    struct gazette gazette = {.arena = files->arena};
    static const enum record_kind kinds[] = {RECORD_SOURCE,  RECORD_TITLE, RECORD_HEADING, RECORD_TITLE,
                                             RECORD_HEADING, RECORD_TEXT,  RECORD_TEXT};
    for (size_t i = 0; i < COUNT(kinds); i++)
        add_placed(&gazette, kinds[i]);
    gazette.records[5].document = 2;
    gazette.records[6].document = 4;
    record_set(&gazette, &gazette.records[5], ATTRIBUTE_SECTION, "3");
    record_set(&gazette, &gazette.records[6], ATTRIBUTE_SECTION, "5");

    struct gazette anew = gazette;
    anew.records = NULL;
    anew.count = anew.capacity = 0;
    static const size_t kept[] = {0, 3, 4, 5, 6};
    for (size_t i = 0; i < COUNT(kept); i++)
        *record_add(&anew, RECORD_TEXT) = gazette.records[kept[i]];
    add_placed(&anew, RECORD_TEXT)->document = 4;
    write_records(files, FILE_SEGMENTED, &anew);

    struct gazette read = read_records(files, FILE_SEGMENTED);
    assert_same(&anew, &read);
    assert_int_equal(read.records[1].document, 2);
    assert_int_equal(read.records[3].document, 0);
    assert_int_equal(read.records[4].document, 2);
    assert_int_equal(read.records[5].document, 2);
    assert_string_equal(record_value(&read.records[3], ATTRIBUTE_SECTION), "");
    assert_string_equal(record_value(&read.records[4], ATTRIBUTE_SECTION), "3");
}

static void values_are_set_and_taken_away(void **state)
{
    struct gazette gazette = {.arena = ((struct files *)*state)->arena};
    struct record *record = record_add(&gazette, RECORD_TEXT);
    record_set(&gazette, record, ATTRIBUTE_PAGE, NULL);
    assert_string_equal(record_value(record, ATTRIBUTE_PAGE), "");
    for (size_t a = 0; a < ATTRIBUTE_COUNT; a++)
        record_set(&gazette, record, (enum attribute)a, attribute_name((enum attribute)a));
    record_set(&gazette, record, ATTRIBUTE_PAGE, NULL);
    record_set(&gazette, record, ATTRIBUTE_YEAR, "2024");
    for (size_t a = 0; a < ATTRIBUTE_COUNT; a++)
        if (a != ATTRIBUTE_PAGE && a != ATTRIBUTE_YEAR)
            assert_string_equal(record_value(record, (enum attribute)a), attribute_name((enum attribute)a));
    assert_string_equal(record_value(record, ATTRIBUTE_PAGE), "");
    assert_string_equal(record_value(record, ATTRIBUTE_YEAR), "2024");
}

static void rules_are_credited_once(void **state)
{
    struct gazette gazette = {.arena = ((struct files *)*state)->arena};
    struct record *record = record_add(&gazette, RECORD_TEXT);
    record_credit(&gazette, record, "target");
    record_credit(&gazette, record, "target-at-least");
    record_credit(&gazette, record, "target");
    record_credit(&gazette, record, "at-least");
    record_credit(&gazette, record, "target-at-least");
    assert_string_equal(record->rules, "target,target-at-least,at-least");
}

/* Every name there is, none twice: a column found by its name is the right one. */
static void names_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_KIND_COUNT; i++)
        assert_non_null(record_kind_name((enum record_kind)i));
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        assert_non_null(attribute_name((enum attribute)i));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(attribute_name((enum attribute)i), attribute_name((enum attribute)k));
    }
}

/* The header lines of the contract's sections 3 to 5 and 10. */
static void tables_have_the_columns_of_the_contract(void **state)
{
    (void)state;
    static const char *const headers[TABLE_COUNT] = {
        "gazette,part,place,table,year,category,no,name,concept,nature,measure,item,text,kind,value,value_to,bound,"
        "unit,doubt,page,line_from,line_to,",
        "gazette,part,place,year,phase,level,account,role,item,concept,amount,unit,change_pct,change_base,budget_pct,"
        "note,text,doubt,page,line_from,line_to,",
        "gazette,part,place,year,no,name,category,status,lead,support,background,content,goals,funding,"
        "funding_amount,funding_unit,adopted_no,doubt,page,line_from,line_to,",
        "gazette,part,page,line,figure,unit,text,reason,",
    };
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        const char *header = headers[t];
        for (size_t i = 0; i < tables[t].column_count; i++) {
            const char *name = attribute_name(tables[t].columns[i].attribute);
            assert_memory_equal(header, name, strlen(name));
            header += strlen(name);
            assert_int_equal(*header++, ',');
        }
        assert_int_equal(*header, '\0');
    }
}

/* Files that are refused. */
static const struct wrong {
    const char *name, *bytes;
    long line;
    const char *text; /* part of the message */
} wrong_files[] = {
    {"empty file",                 "",                                                                  1, "no header line"                     },
    {"last line cut off",          SEGMENTED "1\tsource",                                               2, "the last line is cut off"           },
    {"header cut off",             "record\ttype",                                                      1, "the last line is cut off"           },
    {"unknown column",             "record\ttype\tcolour\n",                                            1, "the column colour is not known here"},
    {"a column of a later file",   FIXED "\tnormal\n",                                                  1, "the column normal is not known here"},
    {"missing column",             FIXED "\tgazette\n",                                                 1, "the column input is missing"        },
    {"missing fixed column",       "record\ttype\tdocument\tpieces\trules\n",                           1, "the column printed is missing"      },
    {"column twice",               FIXED "\trecord\n",                                                  1, "the column record stands here twice"},
    {"column without a name",      FIXED "\t\n",                                                        1, "the column  is not known here"      },
    {"carriage return at the end", FIXED "\r\n",                                                        1, "is not known here"                  },
    {"too few columns",            SEGMENTED "1\tsource\t0\n",                                          2, "fewer than the header's 24 columns" },
    {"empty line",                 SEGMENTED "\n",                                                      2, "record: ''"                         },
    {"too many columns",           SEGMENTED ROW("1\ttext\t0\t\t\t\t"),                                 2, "more than the header's 24 columns"  },
    {"unknown escape",             SEGMENTED ROW("1\ttext\t0\t\ta\\q\t"),                               2, "printed: an escape"                 },
    {"backslash at the end",       SEGMENTED ROW("1\ttext\t0\t\ta\\\t"),                                2, "printed: an escape"                 },
    {"unknown type",               SEGMENTED ROW("1\tpoem\t0\t\t\t"),                                   2, "type: 'poem'"                       },
    {"no type",                    SEGMENTED ROW("1\t\t0\t\t\t"),                                       2, "type: ''"                           },
    {"number out of turn",         SEGMENTED ROW("1\ttext\t0\t\t\t") ROW("3\ttext\t0\t\t\t"),           3, "record: '3'"                        },
    {"number is a word",           SEGMENTED ROW("one\ttext\t0\t\t\t"),                                 2, "record: 'one'"                      },
    {"number too large",           SEGMENTED ROW("1\ttext\t99999999999999999999\t\t\t"),                2, "document: '9999"                    },
    {"no document number",         SEGMENTED ROW("1\ttext\t\t\t\t"),                                    2, "document: ''"                       },
    {"document is no title",       SEGMENTED ROW("1\ttext\t1\t\t\t"),                                   2, "document: record 1 is no title"     },
    {"document is not there",      SEGMENTED ROW("1\ttext\t7\t\t\t"),                                   2, "document: record 7 is no title"     },
    {"section is not there",       SEGMENTED "1\ttext\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t7\t\n", 2, "section: '7'"                       },
    {"no pieces",                  SEGMENTED ROW("1\ttext\t0\t\t\t"),                                   2, "pieces: 0, and not one for each"    },
    {"more pieces than lines",     SEGMENTED ROW("1\ttext\t0\t5:0-1,6:0-1\t五\t"),                     2, "pieces: 2, and not one for each"    },
    {"section is itself",          SEGMENTED "1\ttext\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t1\t\n", 2, "section: '1'"                       },
    {"section is a word",          SEGMENTED "1\ttext\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tx\t\n", 2, "section: 'x'"                       },
    {"section nought",             SEGMENTED "1\ttext\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t0\t\n", 2, "section: '0'"                       },
    {"pieces run backwards",       SEGMENTED ROW("1\ttext\t0\t5:9-3\t\t"),                              2, "pieces: '5:9-3'"                    },
    {"pieces on line nought",      SEGMENTED ROW("1\ttext\t0\t0:0-3\t\t"),                              2, "pieces: '0:0-3'"                    },
    {"pieces without an end",      SEGMENTED ROW("1\ttext\t0\t5:0\t\t"),                                2, "pieces: '5:0'"                      },
    {"pieces end in a comma",      SEGMENTED ROW("1\ttext\t0\t5:0-3,\t\t"),                             2, "pieces: '5:0-3,'"                   },
    {"pieces with a sign",         SEGMENTED ROW("1\ttext\t0\t5:-1-3\t\t"),                             2, "pieces: '5:-1-3'"                   },
    {"pieces with a rest",         SEGMENTED ROW("1\ttext\t0\t5:0-3 \t\t"),                             2, "pieces: '5:0-3 '"                   },
    {"half a character",           SEGMENTED ROW("1\ttext\t0\t\t\xe5\xb8\t"),                           2, "no UTF-8"                           },
};

static void file_is_refused(void **state)
{
    const struct wrong *wrong = *state;
    void *files_of_row = new_files();
    const struct files *files = files_of_row;
    write_file(files->path, wrong->bytes, strlen(wrong->bytes));
    struct gazette gazette;
    const struct fault *fault = records_read(files->arena, files->path, FILE_SEGMENTED, &gazette);
    assert_non_null(fault);
    assert_string_equal(fault->path, files->path);
    if (!strstr(fault->text, wrong->text))
        fail_msg("the message is: %s", fault->text);
    assert_int_equal(fault->line, wrong->line);
    assert_int_equal(gazette.count, 0);
    assert_null(gazette.records);
    assert_int_equal(tear_down(&files_of_row), 0);
}

static void nul_byte_is_refused(void **state)
{
    const struct files *files = *state;
    static const char text[] = SEGMENTED ROW("1\ttext\t0\t\tab\0c\t");
    write_file(files->path, text, sizeof(text) - 1);
    struct gazette gazette;
    const struct fault *fault = records_read(files->arena, files->path, FILE_SEGMENTED, &gazette);
    assert_non_null(fault);
    assert_int_equal(fault->line, 2);
    assert_non_null(strstr(fault->text, "a NUL byte"));
}

static void file_that_is_not_there(void **state)
{
    const struct files *files = *state;
    struct gazette gazette;
    assert_non_null(records_read(files->arena, "/nowhere/records.tsv", FILE_SEGMENTED, &gazette));
    assert_non_null(records_read(files->arena, "/tmp", FILE_SEGMENTED, &gazette));
    assert_int_equal(gazette.count, 0);
}

int main(void)
{
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test_setup_teardown(round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_file_keeps_its_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_in_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbered_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_are_set_and_taken_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rules_are_credited_once, set_up, tear_down),
        cmocka_unit_test(names_are_complete),
        cmocka_unit_test(tables_have_the_columns_of_the_contract),
        cmocka_unit_test_setup_teardown(nul_byte_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(file_that_is_not_there, set_up, tear_down),
    };
    struct CMUnitTest tests[COUNT(plain) + COUNT(wrong_files)];
    memcpy(tests, plain, sizeof(plain));
    for (size_t i = 0; i < COUNT(wrong_files); i++)
        tests[COUNT(plain) + i] =
            (struct CMUnitTest){wrong_files[i].name, file_is_refused, NULL, NULL, (void *)&wrong_files[i]};
    return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
