import Platform

/// What a file held at both ends of the part that was read: tells growth from rewriting.
///
/// Inode numbers are used again at once, and truncation followed by regrowth between two looks seems to be an append;
/// the 4 KB before our end give them away.
struct Fingerprint: Hashable, Sendable {
  /// How many bytes had been read.
  var size = 0
  /// Hash of the first `min(size, reach)` bytes.
  var head: UInt64
  /// Hash of the last `min(size, reach)` bytes before `size`.
  var tail: UInt64
  /// Whether the last byte before `size` is a newline, or there is none.
  var endsLine = true

  /// How many bytes at each end count.
  static let reach = 4096

  /// Of nothing.
  init() {
    head = Self.hash([])
    tail = Self.hash([])
  }

  /// Reads both ends of the first `size` bytes of a file; nil if it does not have that many.
  init?(_ descriptor: FileDescriptor, size: Int) {
    let length = min(size, Self.reach)
    guard let head = try? descriptor.bytes(in: 0..<length), head.count == length,
      let tail = try? descriptor.bytes(in: size - length..<size), tail.count == length
    else { return nil }
    self.size = size
    self.head = Self.hash(head)
    self.tail = Self.hash(tail)
    endsLine = tail.last.map { $0 == 10 } ?? true
  }

  /// Whether an open file still holds at both places what it held.
  func fits(_ descriptor: FileDescriptor) -> Bool { Fingerprint(descriptor, size: size) == self }

  /// Whether a file that may be shorter or longer than `size` begins alike.
  func fitsHead(of descriptor: FileDescriptor) -> Bool {
    let length = min(size, Self.reach)
    guard length > 0, let bytes = try? descriptor.bytes(in: 0..<length), bytes.count == length else { return false }
    return Self.hash(bytes) == head
  }

  /// FNV-1a.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
