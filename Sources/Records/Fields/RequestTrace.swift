/// Whether a record may tell of a request without naming its parts, found by a few bytes: what it may say too often is read in full.
///
///     GET /x HTTP/1.1        the last letter of a method, a separator, and what a target begins with
///     /login: 403 10.0.0.1   a path, and a status behind it
///     [02/Jan/2026:...]      a line of an access log
///
/// The methods and targets are those of `FieldVisit.request(at:outer:_:)`.
enum RequestTrace {
  /// The names of what text implies by requests alone.
  static func gives(_ name: String) -> Bool { name == "path" || name == "method" || name == "protocol" }

  /// Whether `record` may have a request somewhere.
  static func isPossible(in record: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index &+ 18 <= record.count {
      if marks(record, index) { return true }
      index &+= 16
    }
    while index &+ 1 < record.count {
      if isMark(record[index], record[index &+ 1], index &+ 2 < record.count ? record[index &+ 2] : 32) { return true }
      index &+= 1
    }
    return false
  }

  /// One place: three bytes in a row.
  static func isMark(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch first {
    // GET PUT POST CONNECT, HEAD PROPFIND, PATCH PROPPATCH, MKCOL, DELETE, OPTIONS
    case UInt8(ascii: "T"), UInt8(ascii: "D"), UInt8(ascii: "H"), UInt8(ascii: "L"), UInt8(ascii: "E"),
      UInt8(ascii: "S"):
      guard second == 32 || second == UInt8(ascii: ":") else { return false }
      switch third {
      case 32, 9, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "/"), UInt8(ascii: "*"),
        UInt8(ascii: "h"):
        return true
      default: return false
      }
    case UInt8(ascii: ":"): return second == 32 && third &- 49 < 5
    case UInt8(ascii: "["): return second.isDigit
    default: return false
    }
  }

  /// Whether one of the 16 places from `start` on is one, or may be one.
  @inline(__always) private static func marks(_ record: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    // SAFETY: the caller keeps `start + 18` within the record.
    let one = record.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
    let two = record.loadUnaligned(fromByteOffset: start &+ 1, as: SIMD16<UInt8>.self)
    @inline(__always) func marks(_ bytes: SIMD16<UInt8>, _ byte: UInt8) -> SIMD2<UInt64> {
      unsafeBitCast(bytes .== SIMD16<UInt8>(repeating: byte), to: SIMD2<UInt64>.self)
    }
    let letters =
      marks(one, UInt8(ascii: "T")) | marks(one, UInt8(ascii: "D")) | marks(one, UInt8(ascii: "H"))
      | marks(one, UInt8(ascii: "L")) | marks(one, UInt8(ascii: "E")) | marks(one, UInt8(ascii: "S"))
    let blanks = marks(two, 32)
    let methods = letters & (blanks | marks(two, UInt8(ascii: ":")))
    let colons = marks(one, UInt8(ascii: ":")) & blanks
    let all = methods | colons | marks(one, UInt8(ascii: "["))
    guard all[0] | all[1] != 0 else { return false }
    for offset in start..<start &+ 16 where isMark(record[offset], record[offset &+ 1], record[offset &+ 2]) {
      return true
    }
    return false
  }
}
