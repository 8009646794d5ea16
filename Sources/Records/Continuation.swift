/// Decides which lines belong to the record above them.
struct Continuation {
  /// Inside a Python traceback: its last line stands at the margin like any other.
  static let inTraceback: UInt64 = 1

  /// Whether `line`, which has no stamp, has a shape that only continues: indented, or part of a stack trace.
  static func hasShape(_ line: UnsafeRawBufferPointer) -> Bool {
    let end = line.trimmedCount(within: 64)
    if end == 0 || line[0] == 32 || line[0] == 9 { return true }
    switch line[0] {
    case UInt8(ascii: "C"): return line.has("Caused by:", at: 0)
    case UInt8(ascii: "T"): return line.has("Traceback (most recent call last)", at: 0)
    case UInt8(ascii: "D"): return line.has("During handling of the above exception", at: 0)
    case UInt8(ascii: "S"): return line.has("Suppressed:", at: 0)
    case UInt8(ascii: "."): return line.has("... ", at: 0)
    case UInt8(ascii: "}"), UInt8(ascii: ")"): return end <= 3
    case UInt8(ascii: "]"): return end <= 3
    default: return line.has("The above exception was the direct cause", at: 0)
    }
  }

  static func opensTraceback(_ line: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    while start < line.count, start < 16, line[start] == 32 || line[start] == UInt8(ascii: "|") || line[start] == 43 {
      start += 1
    }
    return line.has("Traceback (most recent call last)", at: start)
  }
}

extension UnsafeRawBufferPointer {
  /// The count without white space at the end, if the line is no longer than `limit`; else its count.
  func trimmedCount(within limit: Int) -> Int { count > limit ? count : trimmedCount }
}
