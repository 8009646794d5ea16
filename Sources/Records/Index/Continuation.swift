/// Decides which lines without a stamp belong to the record above them, by their shape alone.
///
/// Sources: what the programs themselves print. Python's `traceback` module, Go's `runtime/traceback.go`, Java's
/// `Throwable.printStackTrace`, .NET's `Exception.ToString`, Rust's default panic hook, Node's `node_errors.cc`, PHP's
/// `zend_exceptions.c`, Ruby's `error.c`, the boxes of Python's rich.
enum Continuation {
  /// Whether `line`, which has no stamp, has a shape that only continues: indented, or part of a stack trace.
  static func hasShape(_ line: UnsafeRawBufferPointer) -> Bool {
    let end = line.trimmedCount(within: 64)
    if end == 0 || line[0] == 32 || line[0] == 9 { return true }
    switch line[0] {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return isTitle(line)
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return isPart(line)
    case UInt8(ascii: "."): return line.has("... ", at: 0) || line.has("...", at: 0) && line.at(3).isDigit
    case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): return end <= 3
    case UInt8(ascii: "#"): return isNumberedFrame(line)
    case UInt8(ascii: "-"): return line.has("--- End of ", at: 0) || line.has("---> ", at: 0)
    case UInt8(ascii: "["): return line.has("[signal ", at: 0)
    case UInt8(ascii: "^"), UInt8(ascii: "~"): return line.part(0..<end).allSatisfy { $0 == 94 || $0 == 126 }
    case 0xE2: return isBox(line)
    default: return false
    }
  }

  /// The lines of a trace that stand at the margin and begin with a capital.
  private static func isTitle(_ line: UnsafeRawBufferPointer) -> Bool {
    switch line[0] {
    case UInt8(ascii: "C"): line.has("Caused by:", at: 0)
    case UInt8(ascii: "D"): line.has("During handling of the above exception", at: 0)
    case UInt8(ascii: "E"): line.has("Emitted 'error' event ", at: 0)
    case UInt8(ascii: "N"): line.has("Node.js v", at: 0) && line.at(9).isDigit
    case UInt8(ascii: "P"): line.has("PHP Stack trace:", at: 0) || isPHPFrame(line)
    case UInt8(ascii: "S"): line.has("Suppressed:", at: 0) || line.has("Stack trace:", at: 0)
    case UInt8(ascii: "T"): isPython(line, at: 0) || line.has("The above exception was the direct cause", at: 0)
    default: false
    }
  }

  private static func isPart(_ line: UnsafeRawBufferPointer) -> Bool {
    switch line[0] {
    case UInt8(ascii: "a"): line.has("at ", at: 0) && isPlace(line)
    case UInt8(ascii: "g"): isGoroutine(line)
    case UInt8(ascii: "n"):
      line.has("note: run with `RUST_BACKTRACE", at: 0) || line.has("note: Some details are", at: 0)
    case UInt8(ascii: "s"): line.has("stack backtrace:", at: 0) || line.has("stack traceback:", at: 0)
    default: false
    }
  }

  /// `at a.b.C.d(C.java:1)`, `at f (/x.js:1:2)`, `at /x.js:1:2`, `at A.B(String s) in C:\x.cs:line 3`.
  private static func isPlace(_ line: UnsafeRawBufferPointer) -> Bool {
    var end = line.trimmedCount
    guard end > 6, end < 4096, !line[3].isDigit, line[3] != 32 else { return false }
    // Logback names the archive after the call: `~[app.jar:1.0]`.
    if line[end - 1] == UInt8(ascii: "]"), let open = line.firstIndex(of: UInt8(ascii: "["), in: 4..<end) {
      end = open
      while end > 6, line[end - 1] == 32 || line[end - 1] == UInt8(ascii: "~") { end -= 1 }
    }
    if line[end - 1] == UInt8(ascii: ")") { return line.part(3..<end).contains(UInt8(ascii: "(")) }
    var digits = end
    while digits > 3, line[digits - 1].isDigit { digits -= 1 }
    guard digits < end else { return false }
    return line[digits - 1] == UInt8(ascii: ":") || line.has(":line ", at: digits - 6)
  }

  /// `#0 /x.php(12): f()`, `#1 {main}`, `#2 0x0000 in f () at x.c:5`.
  private static func isNumberedFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    var index = 1
    while line.at(index).isDigit { index += 1 }
    guard index > 1, index < 6, line.at(index) == 32 else { return false }
    index = line.skippingBlanks(index)
    let rest = line.part(index..<min(line.count, index + 256))
    return rest.has("{main}", at: 0) || rest.has("0x", at: 0) || rest.contains(UInt8(ascii: "("))
  }

  /// `PHP   1. {main}() /x.php:0`.
  private static func isPHPFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.has("PHP  ", at: 0) else { return false }
    var index = line.skippingBlanks(3)
    let start = index
    while line.at(index).isDigit { index += 1 }
    return index > start && line.at(index) == UInt8(ascii: ".") && line.at(index + 1) == 32
  }

  /// `goroutine 1 [running]:`.
  static func isGoroutine(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.has("goroutine ", at: 0) else { return false }
    var index = 10
    while line.at(index).isDigit { index += 1 }
    return index > 10 && line.part(index..<min(line.count, index + 32)).contains(UInt8(ascii: "["))
  }

  /// Whether a line at the margin is one of the trace of a goroutine, as `runtime.traceback` prints them.
  static func isGoFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    let end = line.trimmedCount(within: 4096)
    guard let first = line.first, end > 2 else { return false }
    switch first {
    case UInt8(ascii: "c") where line.has("created by ", at: 0),
      UInt8(ascii: "e") where line.has("exit status ", at: 0),
      UInt8(ascii: "r") where line.has("runtime stack:", at: 0), UInt8(ascii: "["):
      return true
    case UInt8(ascii: "."): return line.has("...", at: 0)
    default: break
    }
    let word = line.part(0..<(line.firstIndex(of: 32, in: 0..<end) ?? end))
    // A dump of registers: `rax    0x0`.
    if word.count < 7, line.has("0x", at: line.skippingBlanks(word.count)) { return true }
    return line[end - 1] == UInt8(ascii: ")") && word.contains(UInt8(ascii: "("))
      && (word.contains(UInt8(ascii: ".")) || word.has("panic(", at: 0))
  }

  /// Lines drawn as part of a box (U+2500 to U+257F).
  static func isBox(_ line: UnsafeRawBufferPointer) -> Bool {
    line.at(0) == 0xE2 && (line.at(1) == 0x94 || line.at(1) == 0x95)
  }

  static func isPython(_ line: UnsafeRawBufferPointer, at start: Int) -> Bool {
    line.has("Traceback (most recent call last)", at: start)
  }
}

extension UnsafeRawBufferPointer {
  /// The count without white space at the end, if the line is no longer than `limit`; else its count.
  func trimmedCount(within limit: Int) -> Int { count > limit ? count : trimmedCount }

  /// Whether `text` stands anywhere in the first `limit` bytes.
  func contains(_ text: StaticString, within limit: Int) -> Bool { offset(of: text, from: 0, within: limit) != nil }

  /// Where `text` first stands at `start` or later, in the first `limit` bytes; nil if nowhere.
  func offset(of text: StaticString, from start: Int, within limit: Int) -> Int? {
    let last = Swift.min(count, limit) - text.utf8CodeUnitCount
    guard start >= 0, last >= start else { return nil }
    for start in start...last where self[start] == text.utf8Start[0] && has(text, at: start) { return start }
    return nil
  }
}
