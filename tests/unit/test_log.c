/* log: its lines, for one reader from many writers, and what becomes of a lost one. */
#include "../../stages/lib/log.h"
#include "../../stages/lib/output.h"
#include "../../stages/lib/tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[32];

static int setup(void **state)
{
    strcpy(path, "/tmp/gongbao-log-XXXXXX");
    int file = mkstemp(path);
    *state = arena_new();
    return file >= 0 ? close(file) : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return unlink(path);
}

static void lines_say_what_became_of_an_input(void **state)
{
    struct log *log;
    struct tsv_row *rows;
    size_t count;
    assert_null(log_open(*state, path, &log));
    log_job(log, "out/a", LOG_DONE, NULL);
    log_job(log, "out/b", LOG_SKIPPED, NULL);
    log_job(log, "out/c\td", LOG_FAILED, fault(*state, "in/c", 12, "is\nwrong"));
    log_job(log, "out/e", LOG_FAILED, fault(*state, NULL, 0, "no file is at fault"));
    assert_null(log_close(log));
    assert_null(tsv_read(*state, path, LOG_COLUMNS, &rows, &count));
    assert_int_equal(count, 4);
    assert_string_equal(rows[0].fields[LOG_OUTPUT], "out/a");
    assert_string_equal(rows[0].fields[LOG_STATUS], "done");
    assert_string_equal(rows[1].fields[LOG_STATUS], "skipped");
    assert_string_equal(rows[1].fields[LOG_PATH], "");
    assert_string_equal(rows[2].fields[LOG_OUTPUT], "out/c\td");
    assert_string_equal(rows[2].fields[LOG_PATH], "in/c");
    assert_string_equal(rows[2].fields[LOG_LINE], "12");
    assert_string_equal(rows[2].fields[LOG_TEXT], "is\nwrong");
    assert_string_equal(rows[3].fields[LOG_PATH], "");
    assert_string_equal(rows[3].fields[LOG_LINE], "");
}

/* Two that write to one file at a time: none overwrites the other, and no line is cut by
 * one of the other. */
static void two_may_write_to_one(void **state)
{
    enum { LINES = 2000 };
    struct log *logs[2];
    struct tsv_row *rows;
    size_t count, of_first = 0;
    for (size_t i = 0; i < 2; i++)
        assert_null(log_open(*state, path, &logs[i]));
    for (size_t i = 0; i < LINES; i++) {
        log_job(logs[0], "the first", LOG_DONE, NULL);
        log_job(logs[1], "the second, whose lines are longer", LOG_DONE, NULL);
    }
    assert_null(log_close(logs[0]));
    assert_null(log_close(logs[1]));
    assert_null(tsv_read(*state, path, LOG_COLUMNS, &rows, &count));
    assert_int_equal(count, 2 * LINES);
    for (size_t i = 0; i < count; i++)
        of_first += strcmp(rows[i].fields[LOG_OUTPUT], "the first") == 0;
    assert_int_equal(of_first, LINES);
}

static void a_lost_line_is_said(void **state)
{
    struct log *log;
    assert_null(log_open(*state, "/dev/full", &log));
    log_job(log, "out/a", LOG_DONE, NULL);
    struct fault *wrong = log_close(log);
    assert_non_null(wrong);
    assert_string_equal(wrong->path, "/dev/full");
    assert_non_null(strstr(wrong->text, "No space left"));
}

static void a_folder_is_no_log(void **state)
{
    struct log *log;
    assert_non_null(log_open(*state, "/tmp", &log));
    assert_null(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_say_what_became_of_an_input, setup, teardown),
        cmocka_unit_test_setup_teardown(two_may_write_to_one, setup, teardown),
        cmocka_unit_test_setup_teardown(a_lost_line_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_is_no_log, setup, teardown),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
