import JSON
import Quantities

/// Objects of JSON that are printed over many lines, one a record: what `jq`, `json.dumps(indent=2)` or a mongo export write.
///
///     {                                  [
///       "time": "...",                     {
///       "level": "error"                     "time": "...",
///     }                                    },
///
/// Where such a record begins and ends needs no memory: its inner lines are indented deeper than its first one.
enum ObjectBlock {
  /// An object that has not ended after so many bytes is read by its first line alone.
  static let reach = 65_536

  enum Extent {
    /// The object ends with its first line, or is none.
    case line
    /// It ends at this offset.
    case block(Int)
    /// The bytes end before it does.
    case unknown
  }

  /// How far the object goes that begins with the line of `bytes` that ends at `lineEnd`; records are expected at
  /// `objectIndent`. With `isEnd` the bytes end with the record or the file, or are `reach` at least.
  static func extent(
    _ bytes: UnsafeRawBufferPointer, lineEnd: Int, objectIndent: Int, isEnd: Bool
  ) -> Extent {
    guard isOpen(bytes.part(0..<lineEnd)) else { return .line }
    let indent = bytes.skippingBlanks(0)
    let limit = min(bytes.count, reach)
    let window = bytes.part(0..<limit)
    var start = lineEnd + 1
    while start < limit {
      let newline = window.nextIndex(of: 10, from: start)
      if newline == nil, !isEnd || bytes.count > limit { return limit == reach ? .line : .unknown }
      let end = newline ?? limit
      let first = window.part(0..<end).skippingBlanks(start)
      if first < end, bytes[first] != 13 {
        let depth = first - start
        if depth == objectIndent, depth > 0, bytes[first] == UInt8(ascii: "{") { return .line }
        if depth <= indent {
          let isClosing = bytes[first] == UInt8(ascii: "}") && bytes.part(first..<end).trimmedCount <= 2
          return isClosing && end < reach ? .block(end) : .line
        }
      }
      start = end + 1
    }
    return isEnd || limit == reach ? .line : .unknown
  }

  /// The part of a record that its head is read from, where the file has such objects.
  static func headBytes(
    _ record: UnsafeRawBufferPointer, lineEnd: Int, objectIndent: Int
  ) -> UnsafeRawBufferPointer {
    let extent = extent(record, lineEnd: lineEnd, objectIndent: objectIndent, isEnd: true)
    if case .block(let end) = extent { return record.part(0..<end) }
    return record.part(0..<lineEnd)
  }

  /// Whether the head of a record that begins with a line of `bytes`, which go on in the file, needs more of it.
  static func needsMore(_ bytes: UnsafeRawBufferPointer, lineEnd: Int, objectIndent: Int) -> Bool {
    guard bytes.count < reach else { return false }
    if case .unknown = extent(bytes, lineEnd: lineEnd, objectIndent: objectIndent, isEnd: false) { return true }
    return false
  }

  /// Whether a line begins an object and does not end it, as far as its last sign tells.
  static func isOpen(_ line: UnsafeRawBufferPointer) -> Bool {
    guard JSONReading.begins(line) else { return false }
    let end = line.trimmedCount
    return end > 0 && line[end - 1] != UInt8(ascii: "}")
  }
}

extension RecordReader {
  /// Whether the head of a record may lie beyond its first line, so that whoever reads only lines must give more: at least
  /// `lookahead` bytes from the record's beginning, or all that the file has.
  public var looksAhead: Bool { habits.hasBlocks }

  /// How many bytes are enough.
  public static let lookahead = ObjectBlock.reach

  /// Whether the head of a record that may begin with a line of `bytes`, which go on in the file, needs more of it.
  @inline(never) func needsMore(_ bytes: UnsafeRawBufferPointer, lineEnd: Int) -> Bool {
    if habits.hasLevelBelow { return LevelBelow.needsMore(bytes, lineEnd: lineEnd) }
    if let form = habits.xml {
      return bytes.count < Self.lookahead && form.start(in: bytes.part(0..<min(lineEnd, XMLReading.margin))) != nil
        && form.end(of: bytes) == nil
    }
    guard let form = habits.journal else {
      return ObjectBlock.needsMore(bytes, lineEnd: lineEnd, objectIndent: habits.objectIndent)
    }
    return bytes.count < Self.lookahead && JournalReading.begins(bytes.part(0..<lineEnd), form)
      && JournalReading.end(of: bytes, form) == nil
  }

  /// The part of a record that its head is read from: its first line, or the whole object or entry that begins there.
  ///
  /// `record` may hold more than the record, up to the end of the file.
  func headBytes(_ record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    headBytes(record, lineEnd: record.firstLineEnd)
  }

  func headBytes(_ record: UnsafeRawBufferPointer, lineEnd: Int) -> UnsafeRawBufferPointer {
    guard habits.hasBlocks else { return record.part(0..<lineEnd) }
    if habits.hasLevelBelow { return LevelBelow.headBytes(record, lineEnd: lineEnd) }
    if let form = habits.xml {
      let window = record.part(0..<min(record.count, Self.lookahead))
      return window.part(0..<(form.end(of: window) ?? lineEnd))
    }
    if let form = habits.journal {
      let window = record.part(0..<min(record.count, Self.lookahead))
      return window.part(0..<(JournalReading.end(of: window, form) ?? window.count))
    }
    return ObjectBlock.headBytes(record, lineEnd: lineEnd, objectIndent: habits.objectIndent)
  }
}
