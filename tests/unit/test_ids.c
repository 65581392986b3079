/* ids: what each gazette is called. A row is a test: names of inputs, and the ids
 * they get; NULL where an input has a rival. */
#include "../../stages/inputs/inputs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 3 };

static const struct row {
    const char *test;
    const char *names[MOST], *ids[MOST];
} rows[] = {
    {"id: without extension",                 {"suzhou-2025.txt"},                        {"suzhou-2025"}                       },
    {"id: Chinese stays",                     {"报告 1.txt"},                           {"报告 1"}                          },
    {"id: only the last extension goes",      {"a.b.txt"},                                {"a.b"}                               },
    {"id: no extension",                      {"report"},                                 {"report"}                            },
    {"id: below a folder",                    {"2025/江苏.d/a.txt"},                    {"2025--江苏.d--a"}                 },
    {"id: a folder's dot opens no extension", {"a.d/b"},                                  {"a.d--b"}                            },
    {"id: a dot at the front",                {".txt"},                                   {"%2Etxt"}                            },
    {"id: a dash at the front",               {"-x-.txt"},                                {"%2Dx-"}                             },
    {"id: @ and control characters",          {"a@b\tc\x7f\xc2\x85.txt"},                 {"a%40b%09c%7F%C2%85"}                },
    {"id: bytes that are no UTF-8",           {"a\xff\xe4\xb8.txt"},                      {"a%FF%E4%B8"}                        },
    {"id: names that runs take",              {"all.txt", "diff", "all2"},                {"%61%6C%6C", "%64%69%66%66", "all2"} },
    {"id: told apart by extension",           {"报告.txt", "报告.html", "other.txt"}, {"报告.txt", "报告.html", "other"}},
    {"id: one without extension",             {"a", "a.txt"},                             {"a", "a.txt"}                        },
    {"id: the extension meets another id",    {"a.txt", "a.html", "a.txt.md"},            {"a.txt", "a.html", "a.txt.md"}       },
    {"id: not told apart",                    {"a.txt", "a.txt", "b.txt"},                {NULL, NULL, "b"}                     },
};

static void add(struct inputs *inputs, const char *name)
{
    inputs->list = arena_grow(inputs->arena, inputs->list, inputs->count, &inputs->capacity, sizeof *inputs->list);
    inputs->list[inputs->count] = (struct input){.path = name, .name = name, .found.st_ino = inputs->count};
    inputs->count++;
}

static void ids_are_given(void **state)
{
    const struct row *row = *state;
    struct inputs inputs = {.arena = arena_new()};
    for (size_t i = 0; i < MOST && row->names[i]; i++)
        add(&inputs, row->names[i]);
    ids_give(&inputs);
    for (size_t i = 0; i < inputs.count; i++) {
        if (row->ids[i]) {
            assert_null(inputs.list[i].rival);
            assert_string_equal(inputs.list[i].id, row->ids[i]);
        } else {
            assert_non_null(inputs.list[i].rival);
        }
    }
    arena_free(inputs.arena);
}

static void a_long_id_is_cut_between_characters(void **state)
{
    (void)state;
    struct inputs inputs = {.arena = arena_new()};
    const char *name = "a";
    while (strlen(name) < 240)
        name = arena_printf(inputs.arena, "%s长", name);
    add(&inputs, name);
    add(&inputs, arena_printf(inputs.arena, "%sb", name));
    ids_give(&inputs);
    assert_int_equal(strlen(inputs.list[0].id), 1 + 57 * 3 + 8); /* 172, the most before the hash, is a border */
    assert_memory_equal(inputs.list[0].id, name, 172);
    assert_string_not_equal(inputs.list[0].id, inputs.list[1].id);
    assert_int_equal(strspn(inputs.list[0].id + 172, "0123456789abcdef"), 8);
    arena_free(inputs.arena);
}

static void one_file_named_twice_is_one_input(void **state)
{
    (void)state;
    struct inputs inputs = {.arena = arena_new()};
    add(&inputs, "a.txt");
    add(&inputs, "a.txt");
    inputs.list[1].found.st_ino = inputs.list[0].found.st_ino;
    ids_give(&inputs);
    assert_false(inputs.list[0].left_out);
    assert_true(inputs.list[1].left_out);
    assert_string_equal(inputs.list[0].id, "a");
    arena_free(inputs.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 2] = {
        cmocka_unit_test(a_long_id_is_cut_between_characters),
        cmocka_unit_test(one_file_named_twice_is_one_input),
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i + 2] = (struct CMUnitTest){rows[i].test, ids_are_given, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    return cmocka_run_group_tests_name("ids", tests, NULL, NULL);
}
