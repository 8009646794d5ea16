/// Inside what a line begins: carried from line to line and from one segment to the next, compared by the stitch pass.
///
///     bits 0...3    the construct (`Construct`)
///     bit 4         inside a quoted value of a delimited file
///     bit 5         after a part of a container's line, which goes on in the next line
///     bits 16...27  how many parts that line has so far
public struct ScanState: Hashable, Sendable {
  /// Meaning belongs to the format; 0 is "outside everything", which is what a worker assumes.
  public var rawValue: UInt64

  /// Makes a state; 0 is "outside everything".
  public init(rawValue: UInt64 = 0) { self.rawValue = rawValue }
}

extension ScanState {
  /// What lines at the margin may be part of, which do not look like it.
  enum Construct: UInt64, CaseIterable {
    case none
    /// Python's traceback: its last line stands at the margin like any other. Also what else ends so.
    case traceback
    /// The next line belongs here whatever it is: the message of a panic of Rust.
    case message
    /// The next line belongs here whatever it is, and what follows is as a traceback: the source line that Node shows.
    case source
    /// The trace of a goroutine: calls stand at the margin.
    case goroutine
  }

  /// Bits of states in which a line with a stamp may continue, so that fast paths do not apply.
  static let stamped: UInt64 = 0x30
  private static let partial: UInt64 = 0x20

  /// A line that goes on and on is cut after so many parts (of 16 KB at most).
  static let partLimit = 2000

  /// How many parts of a container's line stand above; 0 where its next line begins anew.
  var parts: Int {
    get { rawValue & Self.partial == 0 ? 0 : Int(rawValue >> 16 & 0xFFF) }
    set {
      rawValue =
        rawValue & ~(0xFFF << 16 | Self.partial) | (newValue == 0 ? 0 : UInt64(newValue & 0xFFF) << 16 | Self.partial)
    }
  }

  init(_ construct: Construct) { rawValue = construct.rawValue }

  var construct: Construct {
    get { Construct(rawValue: rawValue & 15) ?? .none }
    set { rawValue = rawValue & ~15 | newValue.rawValue }
  }

  /// What a line without a stamp that starts a record or stands in one opens; nil if nothing.
  static func opened(by line: UnsafeRawBufferPointer) -> Construct? {
    guard let first = line.first else { return nil }
    switch first {
    case UInt8(ascii: "T"): return Continuation.isPython(line, at: 0) ? .traceback : nil
    case 32, 9: return isPlaceOfSource(line) ? .traceback : nil
    case UInt8(ascii: "g"): return Continuation.isGoroutine(line) ? .goroutine : nil
    case UInt8(ascii: "t"): return endsPanic(line) ? .message : nil
    case UInt8(ascii: "/"), UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "C")...UInt8(ascii: "Z"):
      return isScript(line) ? .source : nil
    case 0xE2:
      return Continuation.isBox(line) && line.contains("Traceback (most recent call last)", within: 256)
        ? .traceback : nil
    default: return nil
    }
  }

  /// `  File "x.py", line 1`: what a syntax error of Python shows, without a title before it.
  private static func isPlaceOfSource(_ line: UnsafeRawBufferPointer) -> Bool {
    line.has("  File \"", at: 0) && line.part(0..<min(line.count, 1024)).contains("\", line ", within: 1024)
      && !line.contains(", in ", within: 1024)
  }

  /// `thread 'main' panicked at src/main.rs:2:5:`.
  private static func endsPanic(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.has("thread '", at: 0), line.contains("' ", within: 256) else { return false }
    let end = line.trimmedCount(within: 1024)
    return end > 0 && line[end - 1] == UInt8(ascii: ":") && line.contains(" panicked at ", within: 512)
  }

  /// `/srv/app.js:12`, `file:///srv/app.mjs:12`, `node:internal/process:12`: nothing else on the line.
  private static func isScript(_ line: UnsafeRawBufferPointer) -> Bool {
    let end = line.trimmedCount(within: 1024)
    var colon = end - 1
    while colon > 0, line[colon].isDigit { colon -= 1 }
    guard colon > 3, colon < end - 1, line[colon] == UInt8(ascii: ":"), end - colon < 8, end <= 1024 else {
      return false
    }
    if line.part(0..<end).contains(32) { return false }
    if line.has("node:", at: 0) { return true }
    return line[colon - 1] == UInt8(ascii: "s")
      && (line[colon - 2] == UInt8(ascii: "j") || line[colon - 2] == UInt8(ascii: "t"))
  }
}
