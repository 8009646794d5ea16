#include "ByteScan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define WIDE __attribute__((target("avx2")))

int cs_has_wide_vectors(void) { return __builtin_cpu_supports("avx2") != 0; }

typedef struct {
  __m256i byte, fold;
} probe;

WIDE static inline __attribute__((always_inline)) __m256i hits(const uint8_t *place, probe p) {
  return _mm256_cmpeq_epi8(_mm256_or_si256(_mm256_loadu_si256((const __m256i *)place), p.fold), p.byte);
}

WIDE static inline __attribute__((always_inline)) __m256i
both(const uint8_t *first, probe a, const uint8_t *second, probe b) {
  return _mm256_and_si256(hits(first, a), hits(second, b));
}

WIDE int64_t
cs_find_pair(const uint8_t *text, int64_t from, int64_t to, const cs_byte_pair *pair, uint32_t *marks) {
  const probe a = {_mm256_set1_epi8((char)pair->byte[0]), _mm256_set1_epi8((char)pair->fold[0])};
  const probe b = {_mm256_set1_epi8((char)pair->byte[1]), _mm256_set1_epi8((char)pair->fold[1])};
  const int64_t reach = pair->offset[0] > pair->offset[1] ? pair->offset[0] : pair->offset[1];
  const uint8_t *first = text + pair->offset[0], *second = text + pair->offset[1];
  int64_t position = from;
  // Four blocks at once; which of them it was is looked at again below.
  while (position + 128 + reach <= to) {
    const __m256i found = _mm256_or_si256(
        _mm256_or_si256(both(first + position, a, second + position, b),
                        both(first + position + 32, a, second + position + 32, b)),
        _mm256_or_si256(both(first + position + 64, a, second + position + 64, b),
                        both(first + position + 96, a, second + position + 96, b)));
    if (!_mm256_testz_si256(found, found)) break;
    position += 128;
  }
  for (; position + 32 + reach <= to; position += 32) {
    *marks = (uint32_t)_mm256_movemask_epi8(both(first + position, a, second + position, b));
    if (*marks) return position;
  }
  // What is too near the end is looked at in a copy with zeros behind it.
  uint8_t rest[32 + 255 + 32 + 255];
  const int64_t count = to - position;
  if (count > 0) {
    memcpy(rest, text + position, (size_t)count);
    memset(rest + count, 0, (size_t)(32 + reach));
    for (int64_t offset = 0; offset < count; offset += 32) {
      *marks = (uint32_t)_mm256_movemask_epi8(both(rest + pair->offset[0] + offset, a, rest + pair->offset[1] + offset, b));
      if (*marks) return position + offset;
    }
  }
  *marks = 0;
  return to;
}

typedef struct {
  __m256i low, high;
} family_table;

WIDE static inline __attribute__((always_inline)) family_table load(const cs_fingerprints *table, int index) {
  const family_table loaded = {
      _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table->low[index])),
      _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table->high[index]))};
  return loaded;
}

WIDE static inline __attribute__((always_inline)) __m256i
families(const uint8_t *place, family_table t, __m256i half) {
  const __m256i bytes = _mm256_loadu_si256((const __m256i *)place);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
  return _mm256_and_si256(
      _mm256_shuffle_epi8(t.low, _mm256_and_si256(bytes, half)), _mm256_shuffle_epi8(t.high, high));
}

WIDE int64_t cs_find_fingerprints(
    const uint8_t *text, int64_t from, int64_t to, const cs_fingerprints *table, uint32_t *marks) {
  const family_table one = load(table, 0), two = load(table, 1), three = load(table, 2);
  const __m256i half = _mm256_set1_epi8(15), none = _mm256_setzero_si256();
#define FOUND_IN(bytes, at)                                                                                          \
  _mm256_and_si256(                                                                                                  \
      _mm256_and_si256(families((bytes) + (at), one, half), families((bytes) + (at) + 1, two, half)),                \
      families((bytes) + (at) + 2, three, half))
#define FOUND(at) FOUND_IN(text, at)
  int64_t position = from;
  while (position + 66 <= to) {
    const __m256i found = _mm256_or_si256(FOUND(position), FOUND(position + 32));
    if (!_mm256_testz_si256(found, found)) break;
    position += 64;
  }
  for (; position + 34 <= to; position += 32) {
    *marks = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(FOUND(position), none));
    if (*marks) return position;
  }
  uint8_t rest[64 + 32];
  const int64_t count = to - position;
  if (count > 0) {
    memcpy(rest, text + position, (size_t)count);
    memset(rest + count, 0, 34);
    for (int64_t offset = 0; offset < count; offset += 32) {
      *marks = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(FOUND_IN(rest, offset), none));
      if (*marks) return position + offset;
    }
  }
#undef FOUND
#undef FOUND_IN
  *marks = 0;
  return to;
}

#else

int cs_has_wide_vectors(void) { return 0; }

int64_t cs_find_pair(const uint8_t *text, int64_t from, int64_t to, const cs_byte_pair *pair, uint32_t *marks) {
  (void)text, (void)to, (void)pair;
  *marks = 0;
  return from;
}

int64_t cs_find_fingerprints(
    const uint8_t *text, int64_t from, int64_t to, const cs_fingerprints *table, uint32_t *marks) {
  (void)text, (void)to, (void)table;
  *marks = 0;
  return from;
}

#endif
