// One pair of a line of text, read where its name was found, without reading what stands before it.
//
//     2026-01-02T03:04:05Z INFO [worker-6] http.server: request completed method=GET status=200 latency=194
//                                                                                             ^ found by `FieldTrace`
//
// All fields of such a line are found in one walk from its beginning. What the walk does before a name matters for the pair behind that name
// only if it passes over the name (in quotes, in brackets, as the value of a label) or gives a field of the same name. Where the
// bytes before the name rule both out, the pair is what the walk would give first.

extension FieldPath {
  /// Whether the first place of the name in a line may decide, if nothing implies it: it is no unit behind a number, and the walk makes
  /// one word of it.
  var isDecidedByName: Bool {
    guard !hasWildcard, (3...64).contains(bytes.count), let first = bytes.first,
      first.isLetter || first == UInt8(ascii: "_"), bytes.allSatisfy({ $0.isWordByte && $0 < 128 })
    else { return false }
    return !Self.units.contains(text)
  }

  private static let units: Set<String> = [
    "sec", "secs", "msec", "usec", "msecs", "usecs", "second", "millis", "seconds", "millisecond", "microsecond",
    "milliseconds", "microseconds", "bytes",
  ]
}

extension FieldVisit {
  /// Gives the pair whose name stands at `place`, the first place in the line of text that may give the sought field; false, and nothing
  /// given, where that is not certain to be what the walk over the whole line gives first.
  mutating func pair(namedAt place: Int, _ line: UnsafeRawBufferPointer, _ head: LineHead, _ body: Body) -> Bool {
    guard let name = sought.map({ place..<place + $0.bytes.count }), place > 0, record[place - 1] == 32 else {
      return false
    }
    let end = line.trimmedCount
    guard name.upperBound < end, record[name.upperBound] == UInt8(ascii: "="), record[end - 1] != UInt8(ascii: "}"),
      (head.stampSpan?.upperBound ?? 0) <= place, (head.levelSpan?.upperBound ?? 0) <= place,
      !isPassedOver(place, end: end)
    else { return false }
    var visit = self
    visit.text.end = end
    var isDecided = false
    _ = visit.pair(name, equals: name.upperBound) { path, name, value, kind, encoding in
      // What is null is passed, and another pair counts.
      if kind == .null { return true }
      isDecided = true
      return body(path, name, value, kind, encoding)
    }
    return isDecided
  }

  /// Whether something before `place` may reach over it: a quote or bracket that is open, a label, a colour, or a request whose
  /// target stands in quotes behind scheme and host.
  private func isPassedOver(_ place: Int, end: Int) -> Bool {
    var last = place &- 1
    while last > 0, record[last] <= 32 { last &-= 1 }
    if record[last] == UInt8(ascii: ":") { return true }
    if record.firstIndex(of: UInt8(ascii: "\""), in: place..<end) != nil, namesScheme(upTo: place) { return true }
    var depth = 0
    var index = 0
    while index &+ 16 <= place {
      let marks = reaching(at: index)
      for half in 0..<2 {
        var mark = marks[half]
        while mark != 0 {
          let offset = mark.trailingZeroBitCount &>> 3
          if !Self.closes(&depth, record[index &+ half &* 8 &+ offset]) { return true }
          mark &= ~(0xFF &<< UInt64(truncatingIfNeeded: offset &* 8))
        }
      }
      index &+= 16
    }
    while index < place {
      if Self.isReaching(record[index]), !Self.closes(&depth, record[index]) { return true }
      index &+= 1
    }
    return depth != 0
  }

  /// Counts a bracket; false for one too many, and for all other bytes that may begin what goes on over blanks.
  @inline(__always) private static func closes(_ depth: inout Int, _ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") else { return false }
    depth &+= byte == UInt8(ascii: "[") ? 1 : -1
    return depth >= 0
  }

  private func namesScheme(upTo place: Int) -> Bool {
    for index in 0...place where record.has("http", at: index) { return true }
    return false
  }

  private static func isReaching(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("),
      UInt8(ascii: "<"), 27, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      true
    default: false
    }
  }

  /// The same of the 16 bytes at `start`: all bits of those that are.
  @inline(__always) private func reaching(at start: Int) -> SIMD2<UInt64> {
    // SAFETY: the caller keeps `start + 16` within the record.
    let bytes = record.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
    @inline(__always) func marks(_ bytes: SIMD16<UInt8>, _ byte: UInt8) -> SIMD2<UInt64> {
      unsafeBitCast(bytes .== SIMD16<UInt8>(repeating: byte), to: SIMD2<UInt64>.self)
    }
    let blank = SIMD2<UInt64>(repeating: 0x2020_2020_2020_2020)
    // Square and curly brackets differ in one bit.
    let folded = unsafeBitCast(unsafeBitCast(bytes, to: SIMD2<UInt64>.self) | blank, to: SIMD16<UInt8>.self)
    let brackets = marks(folded, UInt8(ascii: "{")) | marks(folded, UInt8(ascii: "}"))
    let round = marks(bytes, UInt8(ascii: "(")) | marks(bytes, UInt8(ascii: "<")) | marks(bytes, 27)
    let quotes = marks(bytes, UInt8(ascii: "\"")) | marks(bytes, UInt8(ascii: "'")) | marks(bytes, UInt8(ascii: "`"))
    return brackets | round | quotes
  }
}
