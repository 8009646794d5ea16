import Glibc

/// Escape sequences of terminals in the bytes of a log: finds where they end, and takes them out.
///
/// Knows control sequences (`ESC [`, ECMA-48 5.4), hyperlinks (`ESC ] 8 ;`, ended by BEL or `ESC \`, xterm's ctlseqs), and
/// escapes of two and more bytes such as `ESC ( B` (ECMA-35 13.2). Everything else stays, with its escape byte: what a
/// program has no reason to log, such as the title of a window, is to be seen.
public enum EscapeSequences {
  /// The most bytes of a control sequence and of a control string: longer ones are text behind a stray escape.
  private static let longestSequence = 64
  private static let longestString = 1024

  /// Whether `bytes` hold an escape byte.
  @inline(__always) public static func isIn(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    return memchr(start, 27, bytes.count) != nil
  }

  /// Writes `bytes` without escape sequences to `output`, which has room for as many, and says how many are left. O(n).
  ///
  /// Sequences that select how characters look (`ESC [ ... m`) are given to `onStyle` with their parameters, and the
  /// number of bytes written before them.
  public static func strip(
    _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    onStyle: (_ parameters: UnsafeRawBufferPointer, _ position: Int) -> Void = { _, _ in }
  ) -> Int {
    var (index, written) = (0, 0)
    // A string that does not end is looked for once: so the time stays linear.
    var stringsEnd = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte != 27 {
        output[written] = byte
        written += 1
        index += 1
        continue
      }
      let end = Self.end(of: bytes, at: index, &stringsEnd)
      if end == index {
        output[written] = byte
        written += 1
        index += 1
        continue
      }
      if end - index >= 3, bytes[index + 1] == UInt8(ascii: "["), bytes[end - 1] == UInt8(ascii: "m") {
        onStyle(bytes.part(index + 2..<end - 1), written)
      }
      index = end
    }
    return written
  }

  /// `bytes` without escape sequences.
  public static func stripped(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      count = strip(bytes, into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// `bytes` without escape sequences, and where in that the log itself has colours.
  public static func split(_ bytes: UnsafeRawBufferPointer) -> (text: [UInt8], colours: [ColourRun]) {
    var colours: [ColourRun] = []
    var current: (colour: UInt8, start: Int)?
    var count = 0
    func close(_ position: Int) {
      if let open = current, open.start < position {
        colours.append(.init(colour: open.colour, range: open.start..<position))
      }
    }
    let text = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, written in
      written = strip(bytes, into: UnsafeMutableRawBufferPointer(buffer)) { parameters, position in
        guard let change = ColourRun.change(parameters) else { return }
        close(position)
        current = change.map { ($0, position) }
      }
      count = written
    }
    close(count)
    return (text, colours)
  }

  /// Whether a sequence that selects how characters look stands in `bytes`.
  static func hasStyles(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard isIn(bytes) else { return false }
    var index = 0
    var ignored = false
    while index < bytes.count {
      if bytes[index] == 27, bytes.at(index + 1) == UInt8(ascii: "[") {
        let end = Self.end(of: bytes, at: index, &ignored)
        if end - index >= 3, bytes[end - 1] == UInt8(ascii: "m") { return true }
      }
      index += 1
    }
    return false
  }

  /// Where the sequence ends that begins with the escape byte at `start`; `start` where none does.
  private static func end(of bytes: UnsafeRawBufferPointer, at start: Int, _ stringsEnd: inout Bool) -> Int {
    guard start + 1 < bytes.count else { return start }
    switch bytes[start + 1] {
    case UInt8(ascii: "["): return endOfControl(bytes, start)
    case UInt8(ascii: "]"):
      guard stringsEnd, bytes.has("8;", at: start + 2) else { return start }
      let limit = min(bytes.count, start + longestString)
      var index = start + 2
      while index < limit, bytes[index] != 10 {
        if bytes[index] == 7 { return index + 1 }
        if bytes[index] == 27 { return bytes.at(index + 1) == 92 ? index + 2 : start }
        index += 1
      }
      stringsEnd = false
      return start
    case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"): return start
    case 0x20...0x2F:
      var index = start + 2
      while index < min(bytes.count, start + 4), 0x20...0x2F ~= bytes[index] { index += 1 }
      return index < bytes.count && 0x30...0x7E ~= bytes[index] ? index + 1 : start
    case 0x30...0x7E: return start + 2
    default: return start
    }
  }

  /// Parameters 30-3F, intermediates 20-2F, one final byte 40-7E.
  private static func endOfControl(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    let limit = min(bytes.count, start + longestSequence)
    var index = start + 2
    while index < limit, 0x30...0x3F ~= bytes[index] { index += 1 }
    while index < limit, 0x20...0x2F ~= bytes[index] { index += 1 }
    return index < limit && 0x40...0x7E ~= bytes[index] ? index + 1 : start
  }
}

/// A part of a text that its writer gave one of the sixteen colours of terminals.
public struct ColourRun: Equatable, Sendable {
  /// 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white; from 8 on the bright ones.
  public var colour: UInt8
  /// Where, in bytes of the text without escape sequences.
  public var range: Range<Int>

  /// What the parameters of SGR (ECMA-48, 8.3.117) make of the colour of text: `.some(nil)` ends it, nil leaves it.
  static func change(_ parameters: UnsafeRawBufferPointer) -> UInt8?? {
    var result: UInt8?? = parameters.isEmpty ? .some(nil) : nil
    var numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .prefix(16).map { part in part.reduce(0) { min($0 * 10 + Int($1 &- 48), 999) } }[...]
    while let number = numbers.popFirst() {
      switch number {
      case 0, 39: result = .some(nil)
      case 30...37: result = UInt8(number - 30)
      case 90...97: result = UInt8(number - 82)
      case 38, 48:
        // `38;5;n` and `38;2;r;g;b`: of the first kind the sixteen are kept.
        let kind = numbers.popFirst()
        if kind == 5, let index = numbers.popFirst(), number == 38 { result = index < 16 ? UInt8(index) : .some(nil) }
        if kind == 2 { numbers = numbers.dropFirst(3) }
      default: break
      }
    }
    return result
  }
}
