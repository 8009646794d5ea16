#pragma once
// Looking at many bytes at once, with instructions that Swift cannot name. Pure functions of the bytes.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Bit i is set where bytes[i] == wanted, for 64 bytes.
static inline uint64_t cs_mask64(const void *bytes, uint8_t wanted) {
#if defined(__SSE2__)
  typedef char block __attribute__((vector_size(16)));
  const char c = (char)wanted;
  const block pattern = {c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
  uint64_t mask = 0;
  for (int part = 0; part < 4; part++) {
    block some;
    memcpy(&some, (const char *)bytes + 16 * part, 16);
    mask |= (uint64_t)(uint16_t)__builtin_ia32_pmovmskb128((block)(some == pattern)) << (16 * part);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int part = 0; part < 8; part++) {
    uint64_t word;
    memcpy(&word, (const char *)bytes + 8 * part, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    word ^= 0x0101010101010101u * wanted;
    // The high bit of each byte that was zero, then the eight of them side by side.
    const uint64_t zero = ~(((word & 0x7f7f7f7f7f7f7f7fu) + 0x7f7f7f7f7f7f7f7fu) | word | 0x7f7f7f7f7f7f7f7fu);
    mask |= ((zero >> 7) * 0x0102040810204080u >> 56) << (8 * part);
  }
  return mask;
#endif
}

// Writes the offsets of the newlines in bytes[from ..< to] to `ends`, and returns how many. Stops where fewer than 64
// places of `capacity` are left; `*next` is where to go on (`to` at the end). `to` is below 2^32.
size_t cs_line_ends(const uint8_t *bytes, size_t from, size_t to, uint32_t *ends, size_t capacity, size_t *next);
// The same without instructions that only some processors have: what it is tested against.
size_t cs_line_ends_portable(
    const uint8_t *bytes, size_t from, size_t to, uint32_t *ends, size_t capacity, size_t *next);
