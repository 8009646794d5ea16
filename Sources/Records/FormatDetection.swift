import Quantities

/// Decides how a file is read, from its content alone.
public enum FormatDetection {
  /// How many bytes of the beginning of a file decide.
  public static let sampleSize = 65_536

  /// The reader for a file that begins with `sample` (at most 64 KB count; a cut-off last line is ignored).
  ///
  /// Total and deterministic: any bytes give a reader. `fileName` is not used yet; content decides.
  public static func reader(
    for sample: UnsafeRawBufferPointer, fileName: String, options: ReadingOptions
  ) -> RecordReader {
    let lines = SampleLines(sample)
    let forced = options.forcedFormat.flatMap(FormatRegistry.Format.init(name:))
    var reader = RecordReader(family: forced?.family ?? family(of: lines), options: options)
    reader.habits = HabitLearning(lines: lines, family: reader.family).habits
    reader.learnTemplate(lines.heads)
    reader.learnEnding(lines.heads)
    if case .lines(let format) = forced {
      reader.lineFormats = LineFormatChoice(forced: format)
    } else if reader.family == .text, forced == nil {
      reader.lineFormats = LineFormatChoice(lines.heads, dateOrder: reader.habits.stamps.dateOrder)
    }
    if let name = reader.lineFormats.name { reader.formatName = name }
    return reader
  }

  /// The family that fits most lines which can start a record.
  private static func family(of lines: SampleLines) -> Family {
    var counts: [Family: Int] = [:]
    for line in lines.heads { counts[shape(of: line), default: 0] += 1 }
    let total = lines.heads.count
    for family in [Family.json, .access, .syslog, .logfmt] {
      // A preamble or stray output must not hide what the file is; a tie goes to the richer grammar.
      if let count = counts[family], count * 2 >= total { return family }
    }
    return .text
  }

  private static func shape(of line: UnsafeRawBufferPointer) -> Family {
    if JSONReading.begins(line) { return .json }
    if AccessReading(line) != nil, SyslogReading.priority(line) == nil { return .access }
    if let syslog = SyslogReading(line, stamps: .init()), syslog.app != nil || syslog.priority != nil { return .syslog }
    return LogfmtReading.isMostlyPairs(line) ? .logfmt : .text
  }
}

/// The whole lines of a sample.
struct SampleLines {
  /// Lines that are neither empty nor shaped like a continuation.
  private(set) var heads: [UnsafeRawBufferPointer] = []
  /// Lines that begin with a blank and hold more.
  private(set) var indented: [UnsafeRawBufferPointer] = []

  init(_ sample: UnsafeRawBufferPointer) {
    let end = min(sample.count, FormatDetection.sampleSize)
    var start = 0
    while start < end, heads.count < 1000 {
      let newline = sample.firstIndex(of: 10, in: start..<end)
      if newline == nil, start > 0, end - start < 60_000 { break }
      let line = sample.part(start..<(newline ?? end))
      add(line)
      start = (newline ?? end) + 1
    }
  }

  private mutating func add(_ line: UnsafeRawBufferPointer) {
    guard line.trimmedCount(within: 4096) > 0 else { return }
    if line[0] == 32 || line[0] == 9 {
      indented.append(line)
    } else if !Continuation.hasShape(line) {
      heads.append(line)
    }
  }
}

/// All formats by name: the one list that help, completion and `--format` use.
public enum FormatRegistry {
  /// Every format's name with one sentence about it.
  public static var names: [(name: String, summary: String)] {
    Family.allCases.map { ($0.name, $0.summary) } + LineFormats.lines.map { ($0.name, $0.summary) }
  }

  /// What a format's name stands for.
  enum Format {
    case family(Family)
    case lines(LineFormat)

    /// nil if no format has that name.
    init?(name: String) {
      if let family = Family(name: name) {
        self = .family(family)
      } else if let format = LineFormats.lines.first(where: { $0.name == name }) {
        self = .lines(format)
      } else {
        return nil
      }
    }

    /// The grammar that such lines are read with.
    var family: Family {
      switch self {
      case .family(let family): family
      case .lines: .text
      }
    }
  }

  /// A reader of the named format, adapted to the beginning of the file; nil if no format has that name.
  public static func reader(
    named name: String, options: ReadingOptions, sample: UnsafeRawBufferPointer
  ) -> RecordReader? {
    guard Format(name: name) != nil else { return nil }
    var options = options
    options.forcedFormat = name
    return FormatDetection.reader(for: sample, fileName: "", options: options)
  }
}
