/// What a fast path finds: always the start of a record that has a stamp.
struct FastMark {
  /// Nanoseconds since 1970.
  var nanoseconds: Int64
  var code: LineCode

  @inline(__always) init(nanoseconds: Int64, code: LineCode) {
    self.nanoseconds = nanoseconds
    self.code = code
  }

  @inline(__always) init(_ nanoseconds: Int64, _ level: Level?) {
    self.init(nanoseconds: nanoseconds, code: LineCode(start: level))
  }
}

/// The quick way to read the lines of one family: gives exactly what the general reading gives, or nil.
///
/// A type, so that the loop over lines is compiled once for each family. `readable` bytes may be read from the line's
/// start on, which spares the paths to look for the line's end.
protocol FastPath {
  static func mark(_ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading) -> FastMark?
}

/// For lines that have no quick way.
enum NoPath: FastPath {
  @inline(__always) static func mark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading
  ) -> FastMark? { nil }
}

enum TextPath: FastPath {
  @inline(__always) static func mark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading
  ) -> FastMark? { reading.fastText(line, readable: readable) }
}

enum JSONPath: FastPath {
  @inline(__always) static func mark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading
  ) -> FastMark? { reading.fastJSON(line, readable: readable) }
}

enum AccessPath: FastPath {
  @inline(__always) static func mark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading
  ) -> FastMark? { reading.fastAccess(line, readable: readable) }
}

enum SyslogPath: FastPath {
  @inline(__always) static func mark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading
  ) -> FastMark? { reading.fastSyslog(line, readable: readable) }
}

enum LogfmtPath: FastPath {
  @inline(__always) static func mark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ reading: inout LineReading
  ) -> FastMark? { reading.fastLogfmt(line, readable: readable) }
}
