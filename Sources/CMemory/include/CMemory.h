#pragma once
#include <stddef.h>
#include <sys/mman.h>

/// Asks for the memory at `address`, which will be read soon; nothing waits for it, and no address is wrong.
static inline void cmemory_prefetch(const void *address) { __builtin_prefetch(address); }

/// Says that this memory will be used in all its parts, so that the system may map it in large pages; it need not.
static inline void cmemory_use_large_pages(void *start, size_t count) {
#ifdef MADV_HUGEPAGE
    (void)madvise(start, count, MADV_HUGEPAGE);
#endif
}
