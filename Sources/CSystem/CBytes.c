#include "CBytes.h"

// Most blocks of 64 bytes hold one newline or none: one place is written without asking, which saves the processor from
// guessing wrong. Writing two or four so costs more than it saves.
static inline __attribute__((always_inline)) size_t note(uint64_t mask, size_t offset, uint32_t *ends) {
  const size_t count = (size_t)__builtin_popcountll(mask);
  *ends = (uint32_t)(offset + (size_t)__builtin_ctzll(mask | 1ull << 63));
  for (size_t place = 1; place < count; place++) {
    mask &= mask - 1;
    ends[place] = (uint32_t)(offset + (size_t)__builtin_ctzll(mask));
  }
  return count;
}

// The last bytes, fewer than 64.
static size_t rest(const uint8_t *bytes, size_t from, size_t to, uint32_t *ends) {
  size_t count = 0;
  for (size_t offset = from; offset < to; offset++) {
    if (bytes[offset] == '\n') ends[count++] = (uint32_t)offset;
  }
  return count;
}

size_t cs_line_ends_portable(
    const uint8_t *bytes, size_t from, size_t to, uint32_t *ends, size_t capacity, size_t *next) {
  size_t count = 0;
  size_t offset = from;
  for (; to - offset >= 64 && capacity - count >= 64; offset += 64) {
    const uint64_t mask = cs_mask64(bytes + offset, '\n');
    if (mask) count += note(mask, offset, ends + count);
  }
  if (to - offset < 64 && capacity - count >= 64) {
    count += rest(bytes, offset, to, ends + count);
    offset = to;
  }
  *next = offset;
  return count;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2,bmi,popcnt"))) static size_t line_ends_avx2(
    const uint8_t *bytes, size_t from, size_t to, uint32_t *ends, size_t capacity, size_t *next) {
  const __m256i newline = _mm256_set1_epi8('\n');
  size_t count = 0;
  size_t offset = from;
  for (; to - offset >= 64 && capacity - count >= 64; offset += 64) {
    const __m256i low = _mm256_loadu_si256((const __m256i *)(bytes + offset));
    const __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + offset + 32));
    const uint32_t lows = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, newline));
    const uint32_t highs = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, newline));
    count += note((uint64_t)highs << 32 | lows, offset, ends + count);
  }
  if (to - offset < 64 && capacity - count >= 64) {
    count += rest(bytes, offset, to, ends + count);
    offset = to;
  }
  *next = offset;
  return count;
}
#endif

size_t cs_line_ends(const uint8_t *bytes, size_t from, size_t to, uint32_t *ends, size_t capacity, size_t *next) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt")) {
    return line_ends_avx2(bytes, from, to, ends, capacity, next);
  }
#endif
  return cs_line_ends_portable(bytes, from, to, ends, capacity, next);
}
