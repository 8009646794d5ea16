#pragma once
// Scans of bytes with vectors of 32, which Swift cannot be told to use for one function only. Where the processor lacks
// them (`cs_has_wide_vectors` is 0) the callers have a way in plain Swift.
#include <stddef.h>
#include <stdint.h>

// Whether the functions below may be called.
int cs_has_wide_vectors(void);

// Two bytes at fixed distances from a position. The bits of `fold` are set in the text before it is compared.
typedef struct {
  int32_t offset[2];
  uint8_t byte[2];
  uint8_t fold[2];
} cs_byte_pair;

// Tables of a byte's lower and upper half for three bytes in a row. A position belongs to those of eight families whose
// bit is set in all six entries that its bytes select.
typedef struct {
  uint8_t low[3][16];
  uint8_t high[3][16];
} cs_fingerprints;

// Both look at blocks of 32 positions from `from` on, and read only what lies before `to`: bytes behind it count as
// zeros. They return the first block with a position that may match, with a bit for each such in `marks`; or `to`, with
// no marks. The offsets of a pair are 0 to 255.
int64_t cs_find_pair(const uint8_t *text, int64_t from, int64_t to, const cs_byte_pair *pair, uint32_t *marks);
int64_t cs_find_fingerprints(
    const uint8_t *text, int64_t from, int64_t to, const cs_fingerprints *table, uint32_t *marks);
