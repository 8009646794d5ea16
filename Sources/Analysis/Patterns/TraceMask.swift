import Glibc
import Records

/// Records of several lines: messages with stack traces.
///
/// Traces are told apart as Sentry groups issues (docs.sentry.io, "Issue Grouping"): by the types of the exceptions, chained ones too, and
/// by the frames of the program's own code, each as file and function without line numbers; only if there are none by those of libraries.
/// The text of an exception takes no part, that of the message above the trace does.
extension MessageMask {
  /// Frames that are looked at; of a deeper stack the rest says no more.
  private static let frames = 12

  /// Appends the message of a record, decoded where the log escapes it.
  mutating func append(message bytes: UnsafeRawBufferPointer, _ encoding: FieldEncoding) {
    if encoding == .plain || (encoding != .byteArray && encoding != .doubled && !bytes.contains(UInt8(ascii: "\\"))) {
      append(lines: bytes)
    } else {
      var text = encoding.decode(UnsafeRawBufferPointer(rebasing: bytes.prefix(8 * Self.reach)))
      text.withUTF8 { append(lines: UnsafeRawBufferPointer($0)) }
    }
  }

  @inline(__always) private mutating func append(lines bytes: UnsafeRawBufferPointer) {
    guard let end = bytes.firstNewline else { return append(bytes) }
    append(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    appendTrace(UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...].prefix(16 * Self.reach)))
  }

  @inline(never) private mutating func appendTrace(_ text: UnsafeRawBufferPointer) {
    let lines = text.split(separator: 10, maxSplits: 200).map { TraceLine(UnsafeRawBufferPointer(rebasing: $0)) }
    guard lines.contains(where: \.isFrame) else {
      for line in lines.prefix(3) where !line.text.isEmpty {
        appendBreak()
        append(line.text)
      }
      return
    }
    let ownOnly = lines.contains { $0.isFrame && !$0.isLibrary }
    var count = 0
    var last = 0..<0
    for line in lines {
      if line.isFrame {
        guard !(ownOnly && line.isLibrary), count < Self.frames else { continue }
        let start = self.count
        appendBreak()
        appendFrame(line.text)
        // A function that calls itself counts once, however deep.
        if template[last] == template[start..<self.count] {
          truncate(to: start)
        } else {
          last = start..<self.count
          count += 1
        }
      } else if let type = line.exceptionType {
        appendBreak()
        appendPlain(type)
      }
    }
  }

  /// File and function: the last part of each path, no line numbers, no arguments that are addresses.
  private mutating func appendFrame(_ text: UnsafeRawBufferPointer) {
    var start = count
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
        truncate(to: start)
      } else if byte &- 48 < 10 {
        while index + 1 < text.count, text[index + 1] &- 48 < 10 { index += 1 }
        if count > start, template[count - 1] == UInt8(ascii: ":") {
          truncate(to: count - 1)
        } else {
          put(MaskKind.number.rawValue)
        }
      } else if byte == UInt8(ascii: "("), index + 2 < text.count, text[index + 1] == 48,
        text[index + 2] | 32 == UInt8(ascii: "x")
      {
        return
      } else if byte == 39, index + 1 < text.count, text[index + 1] == UInt8(ascii: ":") {
        // Ruby's first frame goes on with what was raised.
        return
      } else {
        put(byte < 32 ? 32 : byte)
        if byte == 32 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "\"") { start = count }
      }
      index += 1
    }
  }
}

/// A line below the first of a record.
private struct TraceLine {
  /// Without the white space around it.
  let text: UnsafeRawBufferPointer
  private let isIndented: Bool

  init(_ line: UnsafeRawBufferPointer) {
    let start = line.firstIndex { $0 > 32 } ?? line.endIndex
    let end = (line.lastIndex { $0 > 32 } ?? -1) + 1
    text = UnsafeRawBufferPointer(rebasing: line[min(start, end)..<max(start, end)])
    isIndented = start > 0
  }

  private func begins(_ prefix: StaticString) -> Bool {
    text.count >= prefix.utf8CodeUnitCount
      && (0..<prefix.utf8CodeUnitCount).allSatisfy { text[$0] == prefix.utf8Start[$0] }
  }

  private func holds(_ part: StaticString) -> Bool {
    let length = part.utf8CodeUnitCount
    guard text.count >= length else { return false }
    return (0...text.count - length).contains { offset in
      (0..<length).allSatisfy { text[offset + $0] == part.utf8Start[$0] }
    }
  }

  /// A function that was being called: Java, .NET, Node (`at f (file:1)`), Python (`File "x.py", line 1, in f`), Ruby
  /// (`from x.rb:1:in 'f'`), Go (`main.f(0x1)`), Rust and others (`3: f`, `#3 f`).
  var isFrame: Bool {
    guard let first = text.first else { return false }
    if begins("at ") || begins("File \"") || (begins("from ") && holds(":in ")) { return true }
    if first == UInt8(ascii: "#") || first &- 48 < 10 {
      let rest = text.drop { $0 == UInt8(ascii: "#") || $0 &- 48 < 10 }
      return isIndented && (rest.first == UInt8(ascii: ":") || first == UInt8(ascii: "#") && rest.first == 32)
    }
    if !isIndented, text.last == UInt8(ascii: ")"), holds("(0x") || holds("()") || holds("({") || holds("(...)") {
      return !holds(" ") || begins("created by ")
    }
    return holds(".rb:") && holds(":in ")
  }

  /// Whether it is code of a library or of the language, by the names that these have.
  var isLibrary: Bool {
    for name in Self.libraries where holds(name) { return true }
    if begins("runtime.") || begins("panic(") || begins("net/http.") { return true }
    return begins("at ") && Self.packages.contains { (3 + $0.utf8CodeUnitCount) <= text.count && isAt($0, 3) }
  }

  private func isAt(_ part: StaticString, _ offset: Int) -> Bool {
    (0..<part.utf8CodeUnitCount).allSatisfy { text[offset + $0] == part.utf8Start[$0] }
  }

  private static let libraries: [StaticString] = [
    "site-packages/", "dist-packages/", "/lib/python", "node_modules/", "node:", "/gems/", "/lib/ruby/", "/rustc/",
    "core::", "std::",
    "/usr/local/go/src/", "<frozen ",
  ]
  private static let packages: [StaticString] = [
    "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.", "scala.", "org.springframework.",
    "org.apache.",
    "org.hibernate.", "io.netty.", "reactor.", "org.eclipse.", "System.", "Microsoft.",
  ]

  /// `java.lang.IllegalStateException` of `Caused by: java.lang.IllegalStateException: no`; nil if the line names none.
  var exceptionType: UnsafeRawBufferPointer? {
    var start = 0
    for prefix in ["Caused by: ", "Suppressed: ", "---> ", "panic: "] as [StaticString] where begins(prefix) {
      start = prefix.utf8CodeUnitCount
    }
    if isIndented, start == 0 { return nil }
    var end = start
    var hasCapital = false
    while end < text.count {
      let byte = text[end]
      if byte == UInt8(ascii: ":"), end + 1 == text.count || text[end + 1] <= 32 { break }
      guard
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
          || byte &- 48 < 10 || (byte | 32) &- 97 < 26
      else { return nil }
      if byte &- 65 < 26 { hasCapital = true }
      end += 1
    }
    return end > start && hasCapital ? UnsafeRawBufferPointer(rebasing: text[start..<end]) : nil
  }
}

extension UnsafeRawBufferPointer {
  /// Where the first line ends, among the first that are looked at; nil if there is one line only.
  @inline(__always) fileprivate var firstNewline: Int? {
    guard let start = baseAddress, let found = memchr(start, 10, count) else { return nil }
    return found - UnsafeMutableRawPointer(mutating: start)
  }
}
