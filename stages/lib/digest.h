/* digest: SHA-256 as hexadecimal digits. */
#ifndef GONGBAO_DIGEST_H
#define GONGBAO_DIGEST_H

#include "fault.h"
#include <stddef.h>

enum { DIGEST_SIZE = 64 + 1 }; /* digits, and the NUL after them */

/* Of bytes in memory. */
void digest_bytes(const void *bytes, size_t size, char hex[DIGEST_SIZE]);

/* Of a file. A fault: it cannot be read; hex is then empty. */
struct fault *digest_file(struct arena *arena, const char *path, char hex[DIGEST_SIZE]);

#endif
