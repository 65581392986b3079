/* digest: see digest.h. */
#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <unistd.h>

static void write_hex(struct sha256_ctx *context, char hex[DIGEST_SIZE])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof digest, digest);
    base16_encode_update(hex, sizeof digest, digest);
    hex[DIGEST_SIZE - 1] = '\0';
}

void digest_bytes(const void *bytes, size_t size, char hex[DIGEST_SIZE])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, bytes);
    write_hex(&context, hex);
}

struct fault *digest_file(struct arena *arena, const char *path, char hex[DIGEST_SIZE])
{
    enum { STEP = 64 << 10 };
    struct sha256_ctx context;
    uint8_t bytes[STEP];
    ssize_t got;
    int file = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    hex[0] = '\0';
    if (file < 0)
        return fault_errno(arena, path, "cannot be opened");
    sha256_init(&context);
    while ((got = read(file, bytes, STEP)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        sha256_update(&context, (size_t)got, bytes);
    }
    struct fault *wrong = got < 0 ? fault_errno(arena, path, "cannot be read") : NULL;
    (void)close(file); /* only read */
    if (!wrong)
        write_hex(&context, hex);
    return wrong;
}
