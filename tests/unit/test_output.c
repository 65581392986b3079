/* output: files are whole or not there, and every failed write is found; also
 * what is read and removed. Each test has a folder of its own. */
#include "../../stages/lib/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    struct arena *arena;
    char folder[64];
    const char *file; /* in it; not there yet */
};

static int setup(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    strcpy(place->folder, "/tmp/gongbao-output-XXXXXX");
    place->arena = arena_new();
    *state = place;
    if (!mkdtemp(place->folder))
        return -1;
    place->file = path_join(place->arena, place->folder, "file");
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;
    struct fault *wrong = tree_remove(place->arena, place->folder);
    arena_free(place->arena);
    free(place);
    return wrong ? -1 : 0;
}

/* Writes text as path; what output_close says. */
static struct fault *write_file(struct arena *arena, const char *path, const char *text)
{
    struct output *out;
    TRY(output_open(arena, path, &out));
    fputs(text, output_stream(out));
    return output_close(out);
}

static const char *read_file(struct arena *arena, const char *path)
{
    char *bytes;
    size_t size;
    return input_read(arena, path, 1 << 20, &bytes, &size) ? NULL : bytes;
}

static size_t count_files(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, NULL);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return (size_t)count - 2;
}

static void a_file_appears_when_it_is_closed(void **state)
{
    struct place *place = *state;
    struct output *out;
    assert_null(output_open(place->arena, place->file, &out));
    fputs("new", output_stream(out));
    assert_int_equal(access(place->file, F_OK), -1);
    assert_null(output_close(out));
    assert_string_equal(read_file(place->arena, place->file), "new");
    assert_int_equal(count_files(place->folder), 1);
}

static void an_earlier_file_is_replaced_whole(void **state)
{
    struct place *place = *state;
    struct output *out;
    assert_null(write_file(place->arena, place->file, "earlier and longer"));
    assert_null(output_open(place->arena, place->file, &out));
    fputs("later", output_stream(out));
    fflush(output_stream(out));
    assert_string_equal(read_file(place->arena, place->file), "earlier and longer");
    assert_null(output_close(out));
    assert_string_equal(read_file(place->arena, place->file), "later");
}

static void giving_up_leaves_the_earlier_file(void **state)
{
    struct place *place = *state;
    struct output *out;
    assert_null(write_file(place->arena, place->file, "earlier"));
    assert_null(output_open(place->arena, place->file, &out));
    fputs("later", output_stream(out));
    output_discard(out);
    output_discard(out);
    output_discard(NULL);
    assert_string_equal(read_file(place->arena, place->file), "earlier");
    assert_int_equal(count_files(place->folder), 1);
}

/* As after a TRY between open and close. */
static void the_end_of_the_arena_gives_up(void **state)
{
    struct place *place = *state;
    struct arena *arena = arena_new();
    struct output *out;
    assert_null(output_open(arena, place->file, &out));
    fputs("text", output_stream(out));
    arena_free(arena);
    assert_int_equal(count_files(place->folder), 0);
}

static void a_new_file_may_be_written_in_its_place(void **state)
{
    struct place *place = *state;
    struct output *out;
    assert_null(output_open_new(place->arena, place->file, &out));
    fputs("new", output_stream(out));
    assert_null(output_close(out));
    assert_string_equal(read_file(place->arena, place->file), "new");
    assert_int_equal(count_files(place->folder), 1);
    const char *other = path_join(place->arena, place->folder, "other");
    assert_null(output_open_new(place->arena, other, &out));
    fputs("given up", output_stream(out));
    output_discard(out);
    assert_int_equal(access(other, F_OK), -1);
}

/* The file may have another name somewhere, and is whole there until the end and after it. */
static void one_that_was_thought_new_is_replaced(void **state)
{
    struct place *place = *state;
    const char *other = path_join(place->arena, place->folder, "other name");
    struct output *out;
    assert_null(write_file(place->arena, place->file, "earlier"));
    assert_int_equal(link(place->file, other), 0);
    assert_null(output_open_new(place->arena, place->file, &out));
    fputs("later", output_stream(out));
    fflush(output_stream(out));
    assert_string_equal(read_file(place->arena, place->file), "earlier");
    assert_null(output_close(out));
    assert_string_equal(read_file(place->arena, place->file), "later");
    assert_string_equal(read_file(place->arena, other), "earlier");
}

static void a_link_stays_and_its_file_is_replaced(void **state)
{
    struct place *place = *state;
    const char *link = path_join(place->arena, place->folder, "link");
    struct stat found;
    assert_null(write_file(place->arena, place->file, "earlier"));
    assert_int_equal(symlink("file", link), 0);
    assert_null(write_file(place->arena, link, "later"));
    assert_int_equal(lstat(link, &found), 0);
    assert_true(S_ISLNK(found.st_mode));
    assert_string_equal(read_file(place->arena, place->file), "later");
}

static void permissions_are_those_of_umask(void **state)
{
    struct place *place = *state;
    struct stat found;
    mode_t before = umask(027);
    assert_null(write_file(place->arena, place->file, "text"));
    umask(before);
    assert_int_equal(stat(place->file, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0640);
}

static void a_full_disk_is_said(void **state)
{
    struct place *place = *state;
    struct fault *wrong = write_file(place->arena, "/dev/full", "text");
    assert_non_null(wrong);
    assert_string_equal(wrong->path, "/dev/full");
    assert_non_null(strstr(wrong->text, strerror(ENOSPC)));
}

/* The write that fails is long past when the file is closed. */
static void an_early_failure_is_found_with_its_reason(void **state)
{
    struct place *place = *state;
    struct rlimit before, small;
    struct output *out;
    assert_null(write_file(place->arena, place->file, "earlier"));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){4096, before.rlim_max};
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_null(output_open(place->arena, place->file, &out));
    for (int i = 0; i < 100000; i++)
        fputs("a line of text\n", output_stream(out));
    struct fault *wrong = output_close(out);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_non_null(wrong);
    assert_string_equal(wrong->path, place->file);
    assert_non_null(strstr(wrong->text, strerror(EFBIG)));
    assert_string_equal(read_file(place->arena, place->file), "earlier");
    assert_int_equal(count_files(place->folder), 1);
}

static void places_that_take_no_file_are_refused(void **state)
{
    struct place *place = *state;
    struct output *out;
    assert_null(write_file(place->arena, place->file, "text"));
    assert_non_null(output_open(place->arena, place->folder, &out));
    assert_null(out);
    assert_non_null(output_open(place->arena, path_join(place->arena, place->file, "below"), &out));
    assert_non_null(output_open(place->arena, path_join(place->arena, place->folder, "no/file"), &out));
    assert_null(out);
}

static void what_cannot_be_read_is_refused(void **state)
{
    struct place *place = *state;
    char *bytes;
    size_t size;
    assert_non_null(input_read(place->arena, place->folder, 10, &bytes, &size));
    assert_non_null(input_read(place->arena, place->file, 10, &bytes, &size));
    assert_null(write_file(place->arena, place->file, "0123456789"));
    assert_null(input_read(place->arena, place->file, 10, &bytes, &size));
    assert_int_equal(size, 10);
    struct fault *wrong = input_read(place->arena, place->file, 9, &bytes, &size);
    assert_non_null(wrong);
    assert_non_null(strstr(wrong->text, " 9 ")); /* the limit is named */
    assert_null(bytes);
}

static void a_file_of_unknown_size_is_read_whole(void **state)
{
    struct place *place = *state;
    int ends[2];
    char *bytes;
    size_t size;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "through a pipe", 14), 14);
    assert_int_equal(close(ends[1]), 0);
    const char *path = arena_printf(place->arena, "/dev/fd/%d", ends[0]);
    assert_null(input_read(place->arena, path, 100, &bytes, &size));
    assert_string_equal(bytes, "through a pipe");
    assert_int_equal(close(ends[0]), 0);
}

static void paths_join_with_one_slash(void **state)
{
    struct place *place = *state;
    assert_string_equal(path_join(place->arena, "a", "b"), "a/b");
    assert_string_equal(path_join(place->arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(place->arena, "/", "b"), "/b");
}

static void folders_above_are_made_too(void **state)
{
    struct place *place = *state;
    struct stat found;
    const char *deep = path_join(place->arena, place->folder, "a//b/c/");
    assert_null(folder_make_all(place->arena, deep));
    assert_null(folder_make_all(place->arena, deep));
    assert_int_equal(stat(deep, &found), 0);
    assert_true(S_ISDIR(found.st_mode));
    assert_null(write_file(place->arena, place->file, "text"));
    struct fault *wrong = folder_make_all(place->arena, path_join(place->arena, place->file, "below"));
    assert_non_null(wrong);
    assert_string_equal(wrong->path, place->file);
}

static void a_folder_is_made_once(void **state)
{
    struct place *place = *state;
    const char *folder = path_join(place->arena, place->folder, "new");
    assert_null(folder_make(place->arena, folder));
    assert_null(folder_make(place->arena, folder));
    assert_null(write_file(place->arena, place->file, "text"));
    assert_non_null(folder_make(place->arena, place->file));
    assert_non_null(folder_make(place->arena, path_join(place->arena, place->folder, "no/new")));
}

static void a_tree_goes_with_all_in_it_but_not_behind_its_links(void **state)
{
    struct place *place = *state;
    const char *tree = path_join(place->arena, place->folder, "tree");
    const char *below = path_join(place->arena, tree, "below");
    assert_null(folder_make(place->arena, tree));
    assert_null(folder_make(place->arena, below));
    assert_null(write_file(place->arena, path_join(place->arena, below, "one"), "1"));
    assert_null(write_file(place->arena, place->file, "text"));
    assert_int_equal(symlink("../file", path_join(place->arena, tree, "link")), 0);
    assert_null(tree_remove(place->arena, tree));
    assert_int_equal(access(tree, F_OK), -1);
    assert_string_equal(read_file(place->arena, place->file), "text");
    assert_null(tree_remove(place->arena, tree)); /* what is not there is fine */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_appears_when_it_is_closed, setup, teardown),
        cmocka_unit_test_setup_teardown(an_earlier_file_is_replaced_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(giving_up_leaves_the_earlier_file, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_of_the_arena_gives_up, setup, teardown),
        cmocka_unit_test_setup_teardown(a_new_file_may_be_written_in_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(one_that_was_thought_new_is_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(a_link_stays_and_its_file_is_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(permissions_are_those_of_umask, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(an_early_failure_is_found_with_its_reason, setup, teardown),
        cmocka_unit_test_setup_teardown(places_that_take_no_file_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_of_unknown_size_is_read_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(paths_join_with_one_slash, setup, teardown),
        cmocka_unit_test_setup_teardown(folders_above_are_made_too, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_is_made_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_tree_goes_with_all_in_it_but_not_behind_its_links, setup, teardown),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
