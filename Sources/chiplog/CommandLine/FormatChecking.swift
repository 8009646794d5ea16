import Drawing
import Glibc
import Interface
import Platform
import Quantities
import Records

/// `--check-format FILE LOG`: whether a definition is right, and what it makes of a log.
struct FormatChecking {
  /// How much of the log is looked at.
  private static let limit = 64 << 20
  /// How many lines that do not fit are shown.
  private static let shown = 5

  private let path: String
  private let definition: FormatDefinition
  private var lines = 0
  private var fitting = 0
  private var continuing = 0
  private var strangers: [(number: Int, text: String)] = []
  private var strangerCount = 0
  private var timed = 0
  private var first: Timestamp?
  private var last: Timestamp?
  private var levels: [Level: Int] = [:]
  private var fields: [(name: String, example: String, count: Int)] = []

  /// Checks, prints what came out, and returns the exit status: 0 all is well, 1 no line of the log fits, 2 mistakes.
  static func run(_ path: String, logs: [String]) throws(UsageError) -> Int32 {
    let (definition, mistakes) = try OwnFormats.read(path)
    guard let definition else {
      for mistake in mistakes { complain(mistake) }
      return ExitStatus.failure
    }
    let samples = definition.sampleCount
    write(
      "\(definition.name): \(definition.summary); "
        + (samples == 0 ? "it has no samples" : "\(samples) sample\(samples == 1 ? "" : "s") as it says") + "\n",
      to: STDOUT_FILENO)
    var status = ExitStatus.matched
    for log in logs {
      var checking = FormatChecking(path: path, definition: definition)
      try checking.read(log)
      write(checking.report(log), to: STDOUT_FILENO)
      if checking.fitting == 0 { status = ExitStatus.nothing }
    }
    return status
  }

  private init(path: String, definition: FormatDefinition) {
    self.path = path
    self.definition = definition
  }

  private mutating func read(_ log: String) throws(UsageError) {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileDescriptor.open(Files.expanded(log)).readToEnd(limit: Self.limit)
    } catch {
      throw UsageError("\(log): \(error)")
    }
    bytes.withUnsafeBytes { bytes in
      let library = FormatLibrary([definition])
      guard
        let reader = library.reader(named: definition.name, options: ReadingOptions(library: library), sample: bytes)
      else { return }
      let reference = Clock.now
      var bounds = RecordBounds(reader, reference: reference)
      var state = ScanState()
      var start = 0
      while start < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let end = rest.firstIndex(of: 10) ?? rest.count
        let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
        let isStart = bounds.startsRecord(line, readable: rest.count, state: &state)
        note(line, isStart: isStart, reader, reference)
        start += end + 1
      }
    }
  }

  private mutating func note(
    _ line: UnsafeRawBufferPointer, isStart: Bool, _ reader: RecordReader, _ reference: Timestamp
  ) {
    lines += 1
    guard reader.fits(line) else {
      guard isStart else { return continuing += 1 }
      strangerCount += 1
      if strangers.count < Self.shown { strangers.append((lines, String(decoding: line.prefix(200), as: UTF8.self))) }
      return
    }
    fitting += 1
    let record = reader.parse(line, reference: reference)
    if let stamp = record.stamp {
      timed += 1
      first = min(first ?? stamp, stamp)
      last = max(last ?? stamp, stamp)
    }
    if let level = record.level { levels[level, default: 0] += 1 }
    for field in record.fields {
      if let index = fields.firstIndex(where: { $0.name == field.path }) {
        fields[index].count += 1
      } else if fields.count < 200 {
        fields.append((field.path, field.text(in: line), 1))
      }
    }
  }

  private func report(_ log: String) -> String {
    func grouped(_ number: Int) -> String { TimeText.grouped(number) }
    var text = "\(log): \(grouped(lines)) lines: \(grouped(fitting)) fit"
    if continuing > 0 { text += ", \(grouped(continuing)) continue the record above" }
    if strangerCount > 0 { text += ", \(grouped(strangerCount)) do not fit" }
    text += "\n"
    for (number, line) in strangers { text += "  line \(number): \(line)\n" }
    guard fitting > 0 else { return Sanitiser.sanitised(text) }
    text += "time: \(grouped(timed)) of \(grouped(fitting))"
    if let first, let last { text += ", from \(first.iso8601) to \(last.iso8601)" }
    text += "\nlevels:"
    for level in Level.allCases { if let count = levels[level] { text += " \(level.name) \(grouped(count))" } }
    text += levels.isEmpty ? " none\n" : "\n"
    for field in fields { text += "field \(field.name): \(grouped(field.count)), first \(field.example)\n" }
    return Sanitiser.sanitised(text)
  }
}
