#pragma once
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Sixteen bytes of text, the first one lowest; Swift's SIMD16<UInt8>.
typedef uint8_t cscan_bytes __attribute__((ext_vector_type(16)));

/// One bit for each byte of `bytes`, whose bits must be all equal, the first one lowest.
static inline uint32_t cscan_mask(cscan_bytes bytes) {
#if defined(__SSE2__)
    return (uint32_t)_mm_movemask_epi8((__m128i)bytes);
#elif defined(__aarch64__)
    const cscan_bytes weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t weighted = (uint8x16_t)(bytes & weights);
    return vaddv_u8(vget_low_u8(weighted)) | (uint32_t)vaddv_u8(vget_high_u8(weighted)) << 8;
#else
    uint32_t mask = 0;
    for (int index = 0; index < 16; index++) mask |= (uint32_t)(bytes[index] & 1) << index;
    return mask;
#endif
}

/// One bit for each byte that is not the same in both, the first one lowest; the bits from the sixteenth on are of no meaning.
static inline uint32_t cscan_unequal(cscan_bytes left, cscan_bytes right) {
    return ~cscan_mask((cscan_bytes)(left == right));
}

/// One bit for each byte that ends or interrupts a plain text of JSON: a quote, a backslash, a control character or
/// anything outside ASCII.
static inline uint32_t cscan_stops(cscan_bytes text) {
    typedef int8_t signed_bytes __attribute__((ext_vector_type(16)));
    // Compared with a sign, the bytes outside ASCII are below the control characters.
    return cscan_mask((cscan_bytes)((text == '"') | (text == '\\') | ((signed_bytes)text < 0x20)));
}
