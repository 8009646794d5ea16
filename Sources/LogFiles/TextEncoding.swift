import Platform

/// How a file writes its text, where that is not plain bytes with line feeds. A function of its first 64 KB.
enum TextEncoding: Hashable, Sendable {
  /// As everything else here expects it: bytes of which a line feed ends a line.
  case plain
  /// Two bytes a unit, the low one first (Windows) or the high one.
  case utf16(isBigEndian: Bool)
  /// Lines that end in a carriage return and nothing else (old Macs, progress displays sent to a file).
  case carriageReturns

  /// So many bytes decide; UTF-16 shows in the first 4 KB of them.
  static let sampleSize = 65_536
  private static let headSize = 4096

  /// What the first bytes of a file show.
  init(firstBytes sample: UnsafeRawBufferPointer) {
    let head = UnsafeRawBufferPointer(rebasing: sample.prefix(Self.headSize))
    self =
      Self.markedUTF16(head) ?? Self.evidentUTF16(head) ?? (Self.hasBareReturns(sample) ? .carriageReturns : .plain)
  }

  /// What the first of `size` bytes of a file show; plain if they cannot be read.
  init(_ descriptor: FileDescriptor, size: Int) {
    let head = (try? descriptor.bytes(in: 0..<min(size, Self.headSize))) ?? []
    if head.withUnsafeBytes({ Self.isSurelyPlain($0) }) {
      self = .plain
    } else {
      let sample = size <= head.count ? head : (try? descriptor.bytes(in: 0..<min(size, Self.sampleSize))) ?? head
      self = sample.withUnsafeBytes { TextEncoding(firstBytes: $0) }
    }
  }

  /// A line feed within 4 KB and no NUL: the first glance at nearly every log.
  static func isSurelyPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let head = bytes.prefix(headSize)
    return head.contains(10) && !head.contains(0) && head.first.map { $0 < 0xFE } ?? true
  }

  /// By a byte order mark; that of UTF-32 begins alike.
  private static func markedUTF16(_ head: UnsafeRawBufferPointer) -> TextEncoding? {
    guard head.count >= 2 else { return nil }
    if head[0] == 0xFF, head[1] == 0xFE {
      return head.count >= 4 && head[2] == 0 && head[3] == 0 ? nil : .utf16(isBigEndian: false)
    }
    return head[0] == 0xFE && head[1] == 0xFF ? .utf16(isBigEndian: true) : nil
  }

  /// Without a mark: seven in ten units are ASCII text in the one order of bytes, and none is NUL.
  private static func evidentUTF16(_ head: UnsafeRawBufferPointer) -> TextEncoding? {
    let count = head.count / 2
    guard count >= 4 else { return nil }
    var (little, big) = (0, 0)
    for unit in 0..<count {
      let (first, second) = (head[unit * 2], head[unit * 2 + 1])
      if first == 0, second == 0 { return nil }
      if second == 0, isText(first) { little += 1 }
      if first == 0, isText(second) { big += 1 }
    }
    if little * 10 >= count * 7 { return .utf16(isBigEndian: false) }
    return big * 10 >= count * 7 ? .utf16(isBigEndian: true) : nil
  }

  private static func isText(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 9 || byte == 10 || byte == 13
  }

  /// At least two returns, and no line feed. With a line feed somewhere they are progress output within lines.
  private static func hasBareReturns(_ sample: UnsafeRawBufferPointer) -> Bool {
    var count = 0
    for byte in sample {
      if byte == 10 || byte == 0 { return false }
      if byte == 13 { count += 1 }
    }
    return count >= 2
  }
}
