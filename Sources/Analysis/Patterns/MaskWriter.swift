/// One pass of `MessageMask` over a stretch of text.
struct MaskWriter {
  let text: UnsafeRawBufferPointer
  let output: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0
  private let limit: Int

  init(_ text: UnsafeRawBufferPointer, _ output: UnsafeMutableBufferPointer<UInt8>) {
    self.text = text
    self.output = output
    limit = output.count - 96
  }

  mutating func run() {
    ByteClass.table.withUnsafeBufferPointer { run($0) }
  }

  private mutating func run(_ table: UnsafeBufferPointer<UInt8>) {
    var index = 0
    let end = text.count
    while index < end, count < limit {
      let kind = table[Int(text[index])]
      if kind & ByteClass.ends == 0 {
        var seen = kind
        var stop = index &+ 1
        while stop < end {
          let next = table[Int(text[stop])]
          if next & ByteClass.ends != 0 { break }
          seen |= next
          stop &+= 1
        }
        if seen & (ByteClass.digit | ByteClass.mark) == 0 {
          if stop &- index == 3, isDateWord(index, stop) { mask(.time) } else { copy(index..<stop) }
          if stop &- index == 4, stop &+ 1 < end, text[stop] == 32 { maskUser(index, &stop, table) }
        } else {
          var chunk = ChunkReading(text, index..<stop, seen)
          chunk.write(&self, table)
          // What is asked of a path belongs to it.
          if stop < end, text[stop] == UInt8(ascii: "?"), count > 0, Self.isPlace(output[count &- 1]) {
            while stop < end, table[Int(text[stop])] & (ByteClass.space | ByteClass.quote) == 0 { stop &+= 1 }
          }
        }
        index = stop
      } else if kind & ByteClass.space != 0 {
        if count > 0, output[count &- 1] != 32, output[count &- 1] != 10 { put(32) }
        index &+= 1
      } else if kind & ByteClass.quote != 0, let close = closingQuote(index, table) {
        put(text[index])
        mask(.text)
        put(text[close])
        index = close &+ 1
      } else {
        put(text[index])
        index &+= 1
        // A value that is empty is one.
        if text[index &- 1] == UInt8(ascii: "="), index == end || text[index] == 32 || text[index] == UInt8(ascii: ",")
        {
          if index < 2 || text[index &- 2] > 32 { put(MaskKind.any.rawValue) }
        }
      }
    }
    while count > 0, output[count &- 1] == 32 { count &-= 1 }
  }

  private static func isPlace(_ byte: UInt8) -> Bool { byte == MaskKind.path.rawValue || byte == MaskKind.url.rawValue }

  /// Where the quotation that begins at `start` ends, if one does that holds one word: more words are looked at by themselves.
  private func closingQuote(_ start: Int, _ table: UnsafeBufferPointer<UInt8>) -> Int? {
    let quote = text[start]
    var seen: UInt8 = 0
    // The apostrophe of `can't` begins none.
    if start > 0, table[Int(text[start &- 1])] & (ByteClass.letter | ByteClass.digit) != 0 { return nil }
    var index = start &+ 1
    let end = min(text.count, start &+ 128)
    while index < end {
      let byte = text[index]
      if byte == quote { return seen & (ByteClass.digit | ByteClass.mark | ByteClass.glue) != 0 ? index : nil }
      if byte <= 32 { return nil }
      seen |= table[Int(byte)]
      index &+= 1
    }
    return nil
  }

  /// Whether `Jul`, `Sun` before a number or another of them.
  private func isDateWord(_ start: Int, _ stop: Int) -> Bool {
    guard Self.isCalendarName(text, start) else { return false }
    var next = stop
    if next < text.count, text[next] == UInt8(ascii: ",") { next &+= 1 }
    while next < text.count, text[next] == 32 { next &+= 1 }
    guard next < text.count, next > stop else { return false }
    return text[next].isDigit || (next &+ 3 < text.count && text[next &+ 3] == 32 && Self.isCalendarName(text, next))
  }

  private static func isCalendarName(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    guard start &+ 3 <= text.count else { return false }
    let name = UInt32(text[start]) << 16 | UInt32(text[start &+ 1]) << 8 | UInt32(text[start &+ 2])
    return calendarNames.contains(name)
  }

  private static let calendarNames: Set<UInt32> = Set(
    [
      "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
      "Oct", "Nov", "Dec",
    ]
    .map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } })

  /// After `user` a name follows, unless the sentence goes on.
  private mutating func maskUser(_ start: Int, _ stop: inout Int, _ table: UnsafeBufferPointer<UInt8>) {
    guard text[start] | 32 == UInt8(ascii: "u"), text[start &+ 1] == UInt8(ascii: "s"),
      text[start &+ 2] == UInt8(ascii: "e"), text[start &+ 3] == UInt8(ascii: "r")
    else { return }
    var end = stop &+ 1
    while end < text.count, table[Int(text[end])] & ByteClass.ends == 0 { end &+= 1 }
    let word = UnsafeRawBufferPointer(rebasing: text[stop &+ 1..<end])
    guard !word.isEmpty, !Self.verbs.contains(where: { $0.elementsEqual(word) }) else { return }
    put(32)
    put(MaskKind.any.rawValue)
    stop = end
  }

  private static let verbs: [[UInt8]] = [
    "is", "has", "was", "not", "unknown", "does", "did", "logged", "with", "and", "for", "from", "name", "by", "in",
    "to", "on",
    "input", "agent", "can", "cannot", "may", "must", "will", "id", "session", "defined", "data", "mode", "or", "at",
    "of",
  ].map { Array($0.utf8) }

  @inline(__always) mutating func put(_ byte: UInt8) {
    guard count < output.count else { return }
    output[count] = byte
    count &+= 1
  }

  @inline(__always) mutating func copy(_ range: Range<Int>) {
    var index = range.lowerBound
    let end = min(range.upperBound, index &+ (limit &+ 64 &- count))
    while index < end {
      output[count] = text[index]
      count &+= 1
      index &+= 1
    }
  }

  /// Takes back the last byte.
  mutating func drop() { count = max(count - 1, 0) }

  /// Writes a mask; lists of equal ones (`1, 2, 3`) become one.
  mutating func mask(_ kind: MaskKind) {
    var before = count
    if before > 0, output[before &- 1] == 32 { before &-= 1 }
    if before > 0, output[before &- 1] == UInt8(ascii: ",") { before &-= 1 }
    if before < count, before > 0, output[before &- 1] == kind.rawValue {
      count = before
      return
    }
    put(kind.rawValue)
  }
}
