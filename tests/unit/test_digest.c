/* digest: SHA-256 of bytes and of files, by the examples of FIPS 180-4. */
#include "../../stages/lib/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct row {
    const char *bytes, *hex;
} rows[] = {
    {"",    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
};

static void bytes_are_digested(void **state)
{
    const struct row *row = *state;
    char hex[DIGEST_SIZE];
    digest_bytes(row->bytes, strlen(row->bytes), hex);
    assert_string_equal(hex, row->hex);
}

static void file_is_digested(void **state)
{
    const struct row *row = *state;
    struct arena *arena = arena_new();
    char path[] = "/tmp/gongbao-digest-XXXXXX", hex[DIGEST_SIZE];
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, row->bytes, strlen(row->bytes)), strlen(row->bytes));
    assert_int_equal(close(file), 0);
    assert_null(digest_file(arena, path, hex));
    assert_string_equal(hex, row->hex);
    assert_int_equal(unlink(path), 0);
    arena_free(arena);
}

static void missing_file_is_a_fault(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char hex[DIGEST_SIZE];
    const struct fault *wrong = digest_file(arena, "/nowhere/to/be/found", hex);
    assert_non_null(wrong);
    assert_string_equal(wrong->path, "/nowhere/to/be/found");
    assert_string_equal(hex, "");
    arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[2 * COUNT(rows) + 1];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        tests[count++] = (struct CMUnitTest){rows[i].bytes, bytes_are_digested, NULL, NULL, (void *)&rows[i]};
        tests[count++] = (struct CMUnitTest){rows[i].bytes, file_is_digested, NULL, NULL, (void *)&rows[i]};
    }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(missing_file_is_a_fault);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
