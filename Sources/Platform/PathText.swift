import Glibc

/// Names of files as text. The system knows names as bytes, which need not be UTF-8; a `String` must be.
///
/// A byte that is not part of UTF-8 is kept as one scalar of a private-use row (U+10FE80 ... U+10FEFF), and becomes that
/// byte again in a system call. A name that really holds such a scalar is kept byte by byte in the same way, so that
/// every name has one text and every text leads to one name.
///
///     let path = PathText.text(ofBytes)                  // "caf\u{10FEE9}.log"
///     PathText.withBytes(path) { open($0, O_RDONLY) }    // caf E9 .log
///     PathText.shown(path)                               // "caf\\xE9.log"
public enum PathText {
  private static let row: UInt32 = 0x10FE00
  /// The first byte of every scalar of that row.
  private static let rowLead: UInt8 = 0xF4

  /// The text that stands for the bytes of a name. O(n).
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    if !bytes.contains(rowLead), let text = String(validating: bytes, as: UTF8.self) { return text }
    var scalars = String.UnicodeScalarView()
    var rest = bytes.makeIterator()
    var taken: [UInt8] = []
    var parser = Unicode.UTF8.ForwardParser()
    var source = AnyIterator {
      let byte = rest.next()
      if let byte { taken.append(byte) }
      return byte
    }
    while true {
      switch parser.parseScalar(from: &source) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        if isKept(scalar) { scalars.append(contentsOf: encoded.map(kept)) } else { scalars.append(scalar) }
        taken.removeFirst(encoded.count)
      case .error(let length):
        scalars.append(contentsOf: taken.prefix(length).map(kept))
        taken.removeFirst(length)
      case .emptyInput: return String(scalars)
      }
    }
  }

  /// Calls `body` with the bytes that `text` stands for, ended by NUL; they are valid during the call.
  public static func withBytes<Result>(_ text: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    text.utf8.contains(rowLead)
      ? bytes(text).withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) { chars in
          guard let base = chars.baseAddress else { return "".withCString(body) }
          return body(base)
        }
      } : text.withCString(body)
  }

  /// What a person is shown: bytes that are not UTF-8 as `\xE9`.
  public static func shown(_ text: String) -> String {
    guard text.utf8.contains(rowLead) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isKept(scalar) {
        result += "\\x" + String(scalar.value - row, radix: 16, uppercase: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The program's arguments, its own name included.
  public static var arguments: [String] {
    // SAFETY: the system made the list before the program began, and nothing changes it.
    (0..<Int(CommandLine.argc)).compactMap { number in
      CommandLine.unsafeArgv[number].map { argument in text(at: argument) }
    }
  }

  /// The bytes up to the NUL at `start` as text.
  static func text(at start: UnsafePointer<CChar>) -> String {
    // SAFETY: the caller passes a string of C, so that a NUL ends it.
    text(UnsafeRawBufferPointer(start: start, count: strlen(start)))
  }

  private static func kept(_ byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(row + UInt32(byte)) ?? "\u{FFFD}" }

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool { (row + 0x80...row + 0xFF).contains(scalar.value) }

  private static func bytes(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      if isKept(scalar) {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return result + [0]
  }
}
