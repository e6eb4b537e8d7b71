#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Asks for the memory at `address`, which will be read soon; nothing waits for it, and no address is wrong.
static inline void cmemory_prefetch(const void *address) { __builtin_prefetch(address); }

/// Says that this memory will be used in all its parts, so that the system may map it in large pages; it need not.
static inline void cmemory_use_large_pages(void *start, size_t count) {
#ifdef MADV_HUGEPAGE
    (void)madvise(start, count, MADV_HUGEPAGE);
#endif
}

/// One bit for each of the sixteen numbers at `numbers` that is `number`, the first one lowest.
static inline uint32_t cmemory_equal(const void *numbers, uint16_t number) {
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi16((int16_t)number);
    const __m128i *eights = numbers;
    const __m128i first = _mm_cmpeq_epi16(_mm_loadu_si128(eights), wanted);
    const __m128i second = _mm_cmpeq_epi16(_mm_loadu_si128(eights + 1), wanted);
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(first, second));
#else
    uint16_t all[16];
    memcpy(all, numbers, sizeof all);
    uint32_t mask = 0;
    for (int index = 0; index < 16; index++) mask |= (uint32_t)(all[index] == number) << index;
    return mask;
#endif
}
