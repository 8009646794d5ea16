import Quantities
import Series

/// One line of Prometheus text (0.0.4) or OpenMetrics, told apart without copying.
///
/// Tolerant: white space may be wider than the formats allow, and what cannot be read is `broken` with its reason; the
/// lines around it are not concerned.
struct ExpositionLine {
  enum Kind: Hashable {
    case blank
    case comment
    case end
    case type(family: String, type: String)
    case unit(family: String, unit: String)
    case help(family: String)
    case sample
    case broken(String)
  }

  private(set) var kind = Kind.blank
  /// The byte that a broken line is broken at, or at which what a comment says of its family begins.
  private(set) var breakOffset = 0
  /// The bytes of the line, without its end.
  let bytes: UnsafeRawBufferPointer
  /// A sample's name and labels as written: what tells its series, mostly.
  private(set) var key = 0..<0
  /// A sample's name; empty where it stands within the braces.
  private(set) var name = 0..<0
  /// What stands between a sample's braces; nil without braces.
  private(set) var labels: Range<Int>?
  private(set) var value = 0..<0
  private(set) var timestamp: Range<Int>?
  /// What stands behind ` # `.
  private(set) var exemplar: Range<Int>?

  /// Tells what `line` is.
  init(_ line: UnsafeRawBufferPointer) {
    var end = line.count
    if end > 0, line[end - 1] == 13 { end -= 1 }
    bytes = UnsafeRawBufferPointer(rebasing: line[0..<end])
    let start = skipBlanks(0)
    guard start < bytes.count else { return }
    if bytes[start] == UInt8(ascii: "#") { readComment(from: start + 1) } else { readSample(from: start) }
  }

  /// The text of a part.
  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private func skipBlanks(_ from: Int) -> Int {
    var index = from
    while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
    return index
  }

  private func word(_ from: Int) -> Range<Int> {
    var index = from
    while index < bytes.count, bytes[index] != 32, bytes[index] != 9 { index += 1 }
    return from..<index
  }

  private mutating func readComment(from: Int) {
    kind = .comment
    let keyword = word(skipBlanks(from))
    guard keyword.count == 3 || keyword.count == 4 else { return }
    let place = text(keyword)
    if place == "EOF" {
      kind = .end
      return
    }
    guard place == "TYPE" || place == "UNIT" || place == "HELP" else { return }
    let family = word(skipBlanks(keyword.upperBound))
    let last = word(skipBlanks(family.upperBound))
    let rest = text(last)
    breakOffset = last.lowerBound
    switch place {
    case "TYPE": kind = .type(family: text(family), type: rest)
    case "UNIT": kind = .unit(family: text(family), unit: rest)
    default: kind = .help(family: text(family))
    }
  }

  private mutating func readSample(from start: Int) {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "{"), bytes[index] != 32, bytes[index] != 9 { index += 1 }
    name = start..<index
    let brace = skipBlanks(index)
    if brace < bytes.count, bytes[brace] == UInt8(ascii: "{") {
      guard let close = closingBrace(after: brace + 1) else {
        (kind, breakOffset) = (.broken("labels do not end"), brace)
        return
      }
      labels = brace + 1..<close
      index = close + 1
    }
    key = start..<index
    value = word(skipBlanks(index))
    guard !value.isEmpty else {
      (kind, breakOffset) = (.broken("no value"), value.lowerBound)
      return
    }
    var rest = skipBlanks(value.upperBound)
    if rest < bytes.count, bytes[rest] != UInt8(ascii: "#") {
      let range = word(rest)
      timestamp = range
      rest = skipBlanks(range.upperBound)
    }
    if rest < bytes.count {
      guard bytes[rest] == UInt8(ascii: "#") else {
        (kind, breakOffset) = (.broken("more than a value and a timestamp"), rest)
        return
      }
      exemplar = rest + 1..<bytes.count
    }
    kind = .sample
  }

  private func closingBrace(after start: Int) -> Int? {
    var index = start
    var isQuoted = false
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = true
      } else if byte == UInt8(ascii: "}") {
        return index
      }
      index += 1
    }
    return nil
  }
}

extension ExpositionLine {
  /// The name and labels of a sample, `__name__` among them, sorted; nil if they cannot be read.
  func readLabels() -> [Label]? {
    var result: [Label] = []
    var metric = text(name)
    if let range = labels {
      var index = range.lowerBound
      while let start = nextItem(from: index, to: range.upperBound) {
        if bytes[start] == UInt8(ascii: "\"") {
          guard let quoted = string(from: start, to: range.upperBound) else { return nil }
          let after = skipBlanks(quoted.end)
          if after < range.upperBound, bytes[after] == UInt8(ascii: "=") {
            guard let value = string(from: skipBlanks(after + 1), to: range.upperBound) else { return nil }
            result.append(Label(name: quoted.text, value: value.text))
            index = value.end
          } else {
            metric = quoted.text
            index = quoted.end
          }
          continue
        }
        var end = start
        while end < range.upperBound, bytes[end] != UInt8(ascii: "="), bytes[end] != 32 { end += 1 }
        let sign = skipBlanks(end)
        guard end > start, sign < range.upperBound, bytes[sign] == UInt8(ascii: "="),
          let value = string(from: skipBlanks(sign + 1), to: range.upperBound)
        else { return nil }
        result.append(Label(name: text(start..<end), value: value.text))
        index = value.end
      }
    }
    guard !metric.isEmpty else { return nil }
    result.append(Label(name: "__name__", value: metric))
    return result.sorted { $0.name < $1.name }
  }

  private func nextItem(from: Int, to end: Int) -> Int? {
    var index = from
    while index < end, bytes[index] == 32 || bytes[index] == 9 || bytes[index] == UInt8(ascii: ",") { index += 1 }
    return index < end ? index : nil
  }

  private func string(from: Int, to end: Int) -> (text: String, end: Int)? {
    guard from < end, bytes[from] == UInt8(ascii: "\"") else { return nil }
    var value: [UInt8] = []
    var index = from + 1
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { return (String(decoding: value, as: UTF8.self), index + 1) }
      if byte == UInt8(ascii: "\\"), index + 1 < end {
        index += 1
        switch bytes[index] {
        case UInt8(ascii: "n"): value.append(10)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): value.append(bytes[index])
        default: value += [UInt8(ascii: "\\"), bytes[index]]
        }
      } else {
        value.append(byte)
      }
      index += 1
    }
    return nil
  }

  /// The sample's value; nil if it is no number.
  var number: Double? { DecimalNumber.value(of: UnsafeRawBufferPointer(rebasing: bytes[value])) }

  /// The sample's time; nil if it has none or it is no number.
  ///
  /// OpenMetrics counts seconds, Prometheus text milliseconds: what would lie beyond the year 5000 in seconds is taken as
  /// milliseconds, whatever the file says of itself.
  var time: Timestamp? {
    guard let timestamp else { return nil }
    let part = UnsafeRawBufferPointer(rebasing: bytes[timestamp])
    guard let value = DecimalNumber.value(of: part), value.isFinite else { return nil }
    // A timestamp reaches to the year 2262, which is 9.2e9 seconds; what is neither there in seconds nor in
    // milliseconds is no time.
    if (1e11..<9.2e12).contains(abs(value)) { return Timestamp(nanoseconds: Int64(value * 1000) * 1000) }
    guard abs(value) < 9.2e9 else { return nil }
    let whole = value.rounded(.down)
    // Doubles of this size are exact to 240 ns; the text has microseconds at most.
    return Timestamp(seconds: Int64(whole), nanoseconds: Int64(((value - whole) * 1e6).rounded()) * 1000)
  }
}

/// The lines of a text, one after the other.
struct LineSlices: Sequence, IteratorProtocol {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> UnsafeRawBufferPointer? {
    guard position < bytes.count else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
    let end = rest.firstIndex(of: 10) ?? rest.count
    position += end + 1
    return UnsafeRawBufferPointer(rebasing: rest[0..<end])
  }
}
