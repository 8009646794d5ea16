import CSystem

/// Finds the newlines of a block of bytes, about a thousand at a time.
///
/// A call of memchr for each line was the largest single cost of indexing (8 ns a line); compares of 64 bytes, whose
/// results are turned into offsets without a call, take 2.
struct LineEnds: ~Copyable {
  // SAFETY: `capacity` offsets of our own, from `init` to `deinit`; `fill` writes no more and `count` tells how many.
  private let offsets = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
  /// How many were found by the last `fill`.
  private(set) var count = 0
  /// What the offsets count from.
  private var origin = 0
  /// Where the next `fill` goes on.
  private var next = 0

  private static let capacity = 1024 + 64

  private let isPortable: Bool

  /// With `isPortable` only instructions that every processor has are used: for tests of that way.
  init(isPortable: Bool = false) { self.isPortable = isPortable }

  deinit { offsets.deallocate() }

  /// Starts over at offset `start` of another block.
  mutating func begin(at start: Int) { (count, next) = (0, start) }

  /// Finds the next newlines of `block`; false if there are no more.
  mutating func fill(_ block: UnsafeRawBufferPointer) -> Bool {
    count = 0
    while count == 0, next < block.count, let base = block.baseAddress {
      origin = next
      var read = 0
      // SAFETY: what is read lies inside the block, and is short enough for offsets of 32 bits.
      let search = isPortable ? cs_line_ends_portable : cs_line_ends
      count = search(
        (base + origin).assumingMemoryBound(to: UInt8.self), 0, min(block.count - origin, 1 << 30), offsets,
        Self.capacity, &read)
      next += read
    }
    return count > 0
  }

  /// The offset of newline `index` of those found.
  subscript(index: Int) -> Int { @inline(__always) get { origin &+ Int(offsets[index]) } }
}
