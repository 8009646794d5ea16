import Glibc

/// The range that a written number must lie in, in millionths, both ends included.
public struct NumberWindow: Hashable, Sendable {
  /// The smallest that may pass.
  public var least: UInt64
  /// The largest that may pass.
  public var most: UInt64

  /// Makes a window.
  public init(least: UInt64, most: UInt64) {
    self.least = least
    self.most = most
  }
}

/// What a field leaves in the bytes of the records that have it: lines without a trace of it need not be read.
///
/// A field whose name is written stands behind that name, as a key of JSON or before a `=`; what follows at once decides
/// most tests of numbers. A name can hide in two ways only: spelled with a backslash in JSON, or implied by its place in a
/// line of an access log. `forEachCandidate` finds all three.
///
///     {"event": "done", "status": 503}     name, then a value that may pass: a candidate
///     {"event": "done", "status": 200}     name, but no value above 499
///     {"event": "idle"}                    no name
///     {"event": "x", "st\u0061tus": 503}   a key with a backslash that may spell the name: a candidate
///
/// It says too much (the key may be nested, or stand inside a text), never too little, for records whose lines are shorter
/// than `longestLine` and that span less than `longestRecord` bytes: beyond that values are cut off where reading ends.
/// Immutable; safe on any thread. It reads each byte as it is at that moment, so bytes that change do no harm.
public final class FieldTrace: @unchecked Sendable {
  /// Lines longer than this may hide a field.
  public static let longestLine = 60_000
  /// Records of several lines longer than this may hide a field.
  public static let longestRecord = 120_000

  // SAFETY: allocated by `init`, never written afterwards, freed by `deinit`.
  private let path: UnsafeMutableBufferPointer<UInt8>
  /// The part of the path that every spelling of it without a backslash contains.
  private let name: UnsafeBufferPointer<UInt8>
  private let finder: BytePairFinder
  /// Whether the name is the end of the path, so that what follows it is known.
  private let isEnd: Bool
  private let isWhole: Bool
  private let hasWildcard: Bool
  private let hasFlags: Bool
  private let hasParameters: Bool
  /// Whether names may stand before a colon, or behind `[` and before a blank.
  private let hasLabels: Bool
  private let hasWideBytes: Bool
  /// Whether the first place of the name may decide what the value is.
  private let isDecidedByName: Bool
  /// Whether requests give the field, too.
  private let mayBeRequested: Bool
  let numbers: NumberWindow?
  let accessParts: AccessParts
  /// The bytes that a backslash in a name may stand for, one bit each.
  private let spelled: (UInt64, UInt64)

  /// What `path` leaves in records that `reader` reads; with `numbers`, where it has a number in that range or something else
  /// than a plain number. nil where that is not known, or where nearly every record would be a candidate.
  ///
  /// What a request in text implies has a trace only where `seesRequests`, and only `sighting(in:)` knows of it.
  public init?(_ path: FieldPath, in reader: RecordReader, numbers: NumberWindow?, seesRequests: Bool = false) {
    let bytes = path.bytes
    guard !bytes.isEmpty, bytes.count <= 256, bytes.allSatisfy(Self.isUsual) else { return nil }
    // Only the header spells the names of columns.
    if reader.family == .columns || reader.family == .xml { return nil }
    if numbers != nil, path.withSought({ reader.lineFormats.unit(of: $0) }) != nil { return nil }
    let isImplied =
      !path.textParts.isEmpty
      && !(reader.family == .access && path.accessParts.isSubset(of: [.status, .bytes])
        && !path.accessParts.isEmpty)
    mayBeRequested =
      seesRequests && RequestTrace.gives(path.text) && reader.family == .text && reader.lineFormats.formats.isEmpty
    if reader.guessesFields,
      isImplied && !mayBeRequested || reader.family == .syslog && Self.isImpliedBySyslog(path.text)
    {
      return nil
    }
    if reader.lineFormats.implies(path.text) || reader.family == .syslog && LineFormats.messagesImply(path.text) {
      return nil
    }
    let parts = path.hasWildcard || mayBeRequested ? [] : path.accessParts
    if reader.family == .access, !parts.isSubset(of: [.status, .bytes]) || numbers == nil && !parts.isEmpty {
      return nil
    }
    let start = bytes.lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? 0
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "[")) ?? bytes.count
    guard start < end else { return nil }
    self.path = .allocate(capacity: bytes.count)
    _ = self.path.initialize(from: bytes)
    name = UnsafeBufferPointer(rebasing: self.path[start..<end])
    finder = BytePairFinder(rarestOf: bytes[start..<end])
    isEnd = end == bytes.count
    isWhole = start == 0 && end == bytes.count
    hasWildcard = path.hasWildcard
    // The name of a binary value of the journal stands alone.
    hasFlags = reader.family == .logfmt && numbers == nil || reader.family == .journal
    hasParameters = reader.family == .syslog
    hasLabels = reader.guessesFields
    hasWideBytes = bytes.contains { $0 >= 128 }
    isDecidedByName = path.isDecidedByName && (mayBeRequested || path.textParts.isEmpty && path.accessParts.isEmpty)
    self.numbers = numbers
    accessParts = parts
    spelled = bytes.reduce(into: (0, 0)) { mask, byte in
      if byte < 64 { mask.0 |= 1 &<< UInt64(byte) } else if byte < 128 { mask.1 |= 1 &<< UInt64(byte & 63) }
    }
  }

  deinit { path.deallocate() }

  private static func isUsual(_ byte: UInt8) -> Bool {
    byte > 32 && byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 127
  }

  private static func isImpliedBySyslog(_ name: String) -> Bool {
    name == "priority" || name == "host" || name == "program" || name == "pid" || name == "msgid"
  }

  /// Calls `body` with an offset in each line of `bytes[range]` that may give its record the field: in order, once a line.
  ///
  /// The range is a whole number of lines. One to several bytes a nanosecond.
  public func forEachNamed(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    let last = range.upperBound &- name.count
    finder.forEach(in: bytes, range.lowerBound..<max(range.lowerBound, last &+ 1), reach: range.upperBound) {
      position in
      guard isName(bytes, position), mayPass(bytes, nameAt: position, range) else { return position &+ 1 }
      body(position)
      return bytes.lineEnd(from: position, to: range.upperBound)
    }
  }

  /// The same for lines with a key of JSON that a backslash spells.
  public func forEachSpelled(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    let finder = BytePairFinder(UInt8(ascii: "\\"))
    finder.forEach(in: bytes, range, reach: range.upperBound) { position in
      guard isSpelling(bytes, position, range.upperBound) else { return position &+ 1 }
      body(position)
      return bytes.lineEnd(from: position, to: range.upperBound)
    }
  }

  /// Whether some lines may give the field by its place.
  public var isImplied: Bool { !accessParts.isEmpty }

  /// Whether a record may have the field: the same for one record by itself, which is given without its last line end.
  public func isPossible(in record: UnsafeRawBufferPointer) -> Bool { sighting(in: record) != .none }

  /// What a record shows of the field at first sight.
  public enum Sighting: Hashable, Sendable {
    /// It has no such field.
    case none
    /// It may have it.
    case possible
    /// It may have it, and the name stands here first; for `RecordReader.forEachValue(of:inUnchanging:name:_:)`.
    case named(at: Int)
  }

  /// What one record by itself, which is given without its last line end, shows of the field.
  public func sighting(in record: UnsafeRawBufferPointer) -> Sighting {
    guard !isImplied, record.count < Self.longestLine else { return .possible }
    if mayBeRequested, RequestTrace.isPossible(in: record) { return .possible }
    var first = -1
    finder.forEach(in: record, 0..<max(0, record.count &- name.count &+ 1), reach: record.count) { position in
      guard isName(record, position), mayPass(record, nameAt: position, 0..<record.count) else { return position &+ 1 }
      first = position
      return record.count
    }
    if first >= 0 { return isDecidedByName ? .named(at: first) : .possible }
    var isFound = false
    forEachSpelled(in: record, 0..<record.count) { _ in isFound = true }
    return isFound ? .possible : .none
  }

  // MARK: Names

  @inline(__always) private func isName(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Bool {
    var index = 0
    while index < name.count {
      if bytes[position &+ index] != name[index] { return false }
      index &+= 1
    }
    return true
  }

  private func mayPass(_ bytes: UnsafeRawBufferPointer, nameAt position: Int, _ range: Range<Int>) -> Bool {
    let end = position &+ name.count
    guard isEnd, end < range.upperBound else { return true }
    let before = position > range.lowerBound ? bytes[position &- 1] : 10
    switch bytes[end] {
    case UInt8(ascii: "\""):
      if before == UInt8(ascii: "\"") || before == UInt8(ascii: ".") && !isWhole {
        let colon = bytes.skippingSpace(end &+ 1, range.upperBound)
        if colon >= range.upperBound { return true }
        if bytes[colon] == UInt8(ascii: ":") {
          let value = bytes.skippingSpace(colon &+ 1, range.upperBound)
          return value >= range.upperBound || mayPass(bytes, member: value, range.upperBound)
        }
      }
      return hasFlags
    case UInt8(ascii: "="):
      return isPairName(bytes, position, range.lowerBound) && mayPass(bytes, pair: end &+ 1, range.upperBound)
    case 27: return true
    case UInt8(ascii: ":") where hasLabels: return true
    case UInt8(ascii: " ") where hasLabels: return hasFlags || before == UInt8(ascii: "[")
    default: return hasFlags
    }
  }

  /// Whether the name of a pair may begin so that it is the path: not in the midst of a longer one.
  private func isPairName(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ lower: Int) -> Bool {
    if hasWildcard { return true }
    var start = position
    if !isWhole {
      start = position &- (path.count &- name.count)
      guard start >= lower else { return false }
      for index in 0..<path.count where bytes[start &+ index] != path[index] { return false }
    }
    guard start > lower else { return true }
    let before = bytes[start &- 1]
    // Behind the size of an answer, pairs begin at once: `200 12name=value`.
    if !LogfmtReading.isKeyByte(before) || before == UInt8(ascii: "[") || before.isDigit { return true }
    // In text a name begins with its first letter, whatever else stands before that.
    if hasLabels, !before.isLetter, before != UInt8(ascii: "_") { return true }
    // The last byte of a colour sequence separates, too.
    var index = start &- 1
    while index >= lower, start &- index <= 26 {
      if bytes[index] == 27 { return true }
      index &-= 1
    }
    return false
  }

  /// Whether the key of JSON, in the midst of which a backslash stands, may be one of the path's names.
  private func isSpelling(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ limit: Int) -> Bool {
    guard position &+ 1 < limit, mayStandFor(bytes, position &+ 1, limit) else { return false }
    // A name of the path is at most six times as long when each of its bytes is written as four digits.
    let reach = min(limit, position &+ 6 &* path.count &+ 8)
    var index = position &+ 2
    while index < reach {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let colon = bytes.skippingSpace(index &+ 1, limit)
        return colon >= limit || bytes[colon] == UInt8(ascii: ":")
      }
      index &+= byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return reach == limit
  }

  private func mayStandFor(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ limit: Int) -> Bool {
    let byte = bytes[position]
    guard byte == UInt8(ascii: "u") else { return isSpelled(byte) }
    guard position &+ 4 < limit else { return true }
    var value = 0
    for offset in 1...4 {
      guard let digit = bytes[position &+ offset].hexadecimalValue else { return hasWideBytes }
      value = value << 4 | Int(digit)
    }
    return value < 128 ? isSpelled(UInt8(value)) : hasWideBytes
  }

  private func isSpelled(_ byte: UInt8) -> Bool {
    if byte >= 128 { return hasWideBytes }
    return (byte < 64 ? spelled.0 : spelled.1) &>> UInt64(byte & 63) & 1 == 1
  }

  // MARK: Values

  /// A value of JSON.
  private func mayPass(_ bytes: UnsafeRawBufferPointer, member start: Int, _ limit: Int) -> Bool {
    let first = bytes[start]
    guard let numbers else {
      // Only JSON has null; text and logfmt may take the word for a value, or the name for a flag.
      return hasFlags || hasLabels
        || !(first == UInt8(ascii: "n") && start &+ 4 <= limit && bytes[start &+ 1] == UInt8(ascii: "u"))
    }
    let isQuoted = first == UInt8(ascii: "\"")
    let number = WrittenNumber(bytes, isQuoted ? start &+ 1 : start, limit)
    guard number.isPlain else { return true }
    if number.end < limit {
      let after = bytes[number.end]
      guard
        isQuoted
          ? after == UInt8(ascii: "\"")
          : after == UInt8(ascii: ",") || after == UInt8(ascii: "}")
            || after == UInt8(ascii: "]") || after.isSpace
      else { return true }
    }
    return number.mayLie(in: numbers)
  }

  /// The value of a pair: what punctuation may belong to it is not decided here.
  private func mayPass(_ bytes: UnsafeRawBufferPointer, pair start: Int, _ limit: Int) -> Bool {
    guard let numbers, start < limit else { return true }
    let isQuoted = bytes[start] == UInt8(ascii: "\"")
    let number = WrittenNumber(bytes, isQuoted ? start &+ 1 : start, limit)
    guard number.isPlain, !hasParameters || !bytes[start].isSpace else { return true }
    if number.end < limit {
      let after = bytes[number.end]
      guard isQuoted ? after == UInt8(ascii: "\"") : after.isSpace else { return true }
    }
    return number.mayLie(in: numbers)
  }
}

/// A number without sign and exponent, read no further than a quick decision needs.
struct WrittenNumber {
  /// Whether at least one digit was found, and no more than can be compared here.
  let isPlain: Bool
  private let millionths: UInt64
  /// Whether digits follow that `millionths` has no room for.
  let hasMore: Bool
  /// After the number.
  let end: Int

  @inline(__always) init(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) {
    var index = start
    var value: UInt64 = 0
    while index < limit, bytes[index].isDigit, index &- start < 13 {
      value = value &* 10 &+ UInt64(bytes[index] &- 48)
      index &+= 1
    }
    let digits = index &- start
    var places = 0
    var isMore = false
    if index &+ 1 < limit, bytes[index] == UInt8(ascii: "."), bytes[index &+ 1].isDigit {
      index &+= 1
      while index < limit, bytes[index].isDigit {
        if places < 6 {
          value = value &* 10 &+ UInt64(bytes[index] &- 48)
          places &+= 1
        } else {
          isMore = true
        }
        index &+= 1
      }
    }
    while places < 6 {
      value = value &* 10
      places &+= 1
    }
    isPlain = digits > 0 && digits < 13
    millionths = value
    hasMore = isMore
    end = index
  }

  @inline(__always) func mayLie(in window: NumberWindow) -> Bool {
    millionths <= window.most && millionths &+ (hasMore ? 1 : 0) >= window.least
  }
}

extension UnsafeRawBufferPointer {
  /// The offset after the next newline in `start..<end`, or `end`.
  @inline(__always) fileprivate func lineEnd(from start: Int, to end: Int) -> Int {
    // SAFETY: the search lies inside: 0 <= start < end <= count.
    guard start < end, let base = baseAddress, let hit = memchr(base + start, 10, end &- start) else { return end }
    return base.distance(to: UnsafeRawPointer(hit)) &+ 1
  }

  /// The first offset in `start..<end` without white space, or `end`.
  @inline(__always) fileprivate func skippingSpace(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, self[index].isSpace { index &+= 1 }
    return index
  }
}
