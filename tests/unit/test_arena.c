/* arena: alignment, zeroes, growth, and what is undone at the end. */
#include "../../stages/lib/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void nothing_is_freed(void **state)
{
    (void)state;
    arena_free(NULL);
}

static void memory_is_zeroed_and_aligned(void **state)
{
    static const char zeroes[5000];
    for (size_t size = 0; size < sizeof zeroes; size += 7) {
        char *memory = arena_alloc(*state, size);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        assert_memory_equal(memory, zeroes, size);
        memset(memory, 0xff, size);
    }
}

/* What arena_free gives back is taken again, with what was in it. */
static void memory_used_before_is_zeroed(void **state)
{
    static const char zeroes[50000];
    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        struct arena *arena = arena_new();
        size_t capacity = 0;
        char *memory = arena_alloc(arena, sizeof zeroes), *array = arena_grow(arena, NULL, 0, &capacity, 1000);
        assert_memory_equal(memory, zeroes, sizeof zeroes);
        assert_memory_equal(array, zeroes, capacity * 1000);
        memset(memory, 0xff, sizeof zeroes);
        memset(array, 0xff, capacity * 1000);
        memset(arena_room(arena, sizeof zeroes), 0xff, sizeof zeroes);
        assert_int_equal(array[0] & memory[0] & 0xff, 0xff);
        arena_free(arena);
    }
}

static void empty_allocations_differ(void **state)
{
    assert_ptr_not_equal(arena_alloc(*state, 0), arena_alloc(*state, 0));
}

static void large_and_small_do_not_overlap(void **state)
{
    enum { LARGE = 20 << 20 };
    char *before = arena_copy(*state, "before", 6);
    char *large = arena_alloc(*state, LARGE);
    char *behind = arena_copy(*state, "behind", 6);
    memset(large, 0xff, LARGE);
    assert_string_equal(before, "before");
    assert_string_equal(behind, "behind");
}

static void an_array_grows_and_keeps_its_elements(void **state)
{
    size_t capacity = 0;
    size_t *numbers = NULL;
    for (size_t i = 0; i < 100000; i++) {
        numbers = arena_grow(*state, numbers, i, &capacity, sizeof *numbers);
        assert_true(capacity > i);
        assert_int_equal(numbers[i], 0);
        numbers[i] = i;
    }
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(numbers[i], i);
}

static void an_array_with_room_stays(void **state)
{
    size_t capacity = 0;
    char *array = arena_grow(*state, NULL, 0, &capacity, 1);
    assert_ptr_equal(arena_grow(*state, array, capacity - 1, &capacity, 1), array);
}

static void a_copy_ends_in_nul(void **state)
{
    assert_string_equal(arena_copy(*state, "abcdef", 3), "abc");
    assert_string_equal(arena_copy(*state, NULL, 0), "");
}

static void printing_takes_any_length(void **state)
{
    char *text = arena_printf(*state, "%0200000d:%s", 7, "end");
    assert_int_equal(strlen(text), 200004);
    assert_string_equal(text + 199999, "7:end");
}

static void note(void *what)
{
    char **end = what;
    *(*end)++ = 'x';
}

static void note_last(void *what)
{
    char **end = what;
    *(*end)++ = 'y';
}

static void what_is_open_is_undone_latest_first(void **state)
{
    (void)state;
    char order[4] = "", *end = order;
    struct arena *arena = arena_new();
    arena_at_end(arena, note_last, &end);
    arena_at_end(arena, note, &end);
    assert_string_equal(order, "");
    arena_free(arena);
    assert_string_equal(order, "xy");
}

/* After a reset all is as in a new arena, and what was open is undone, once. */
static void a_reset_arena_begins_anew(void **state)
{
    (void)state;
    enum { LARGE = 5 << 20 };
    char order[8] = "", *end = order;
    struct arena *arena = arena_new();
    for (int turn = 0; turn < 3; turn++) {
        arena_at_end(arena, note, &end);
        char *small = arena_alloc(arena, 1000), *large = arena_alloc(arena, LARGE), *after = arena_alloc(arena, 1000);
        for (size_t i = 0; i < LARGE; i++)
            assert_int_equal(large[i], 0);
        for (size_t i = 0; i < 1000; i++)
            assert_int_equal(small[i] | after[i], 0);
        memset(large, 0xff, LARGE);
        memset(small, 0x11, 1000);
        memset(after, 0x22, 1000);
        assert_int_equal(small[999], 0x11);
        assert_int_equal(large[0] & large[LARGE - 1] & 0xff, 0xff);
        arena_reset(arena);
        assert_int_equal(strlen(order), turn + 1);
    }
    arena_free(arena);
    assert_string_equal(order, "xxx");
}

/* In a process of its own, which it ends. */
static void too_much_ends_with_status_1(void **state)
{
    pid_t child = fork();
    if (child == 0) {
        (void)close(STDERR_FILENO);
        arena_alloc(*state, SIZE_MAX - 100);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_freed),
        cmocka_unit_test_setup_teardown(memory_is_zeroed_and_aligned, setup, teardown),
        cmocka_unit_test(memory_used_before_is_zeroed),
        cmocka_unit_test_setup_teardown(empty_allocations_differ, setup, teardown),
        cmocka_unit_test_setup_teardown(large_and_small_do_not_overlap, setup, teardown),
        cmocka_unit_test_setup_teardown(an_array_grows_and_keeps_its_elements, setup, teardown),
        cmocka_unit_test_setup_teardown(an_array_with_room_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(a_copy_ends_in_nul, setup, teardown),
        cmocka_unit_test_setup_teardown(printing_takes_any_length, setup, teardown),
        cmocka_unit_test(what_is_open_is_undone_latest_first),
        cmocka_unit_test(a_reset_arena_begins_anew),
        cmocka_unit_test_setup_teardown(too_much_ends_with_status_1, setup, teardown),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
