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
    reader(for: sample, forced: options.forcedFormat.flatMap(options.library.format(named:)), options: options)
  }

  /// The reader of a forced format, or without one that which fits best.
  static func reader(
    for sample: UnsafeRawBufferPointer, forced: FormatLibrary.Format?, options: ReadingOptions
  ) -> RecordReader {
    let lines = SampleLines(sample)
    let forced = forced ?? own(lines, options.library).map { .lines($0) }
    let columns = columns(of: sample, forced)
    let journal = columns == nil ? self.journal(lines, forced) : nil
    let xml = columns == nil && journal == nil ? self.xml(of: sample, forced) : nil
    let family =
      columns != nil
      ? .columns
      : xml != nil
        ? .xml
        : journal != nil
          ? .journal
          : forced.map { $0.family == .columns || $0.family == .journal || $0.family == .xml ? .text : $0.family }
    var reader = RecordReader(family: family ?? self.family(of: lines), options: options)
    if case .lines(let format) = forced { reader.lineFormats = LineFormatChoice(forced: format) }
    reader.habits = HabitLearning(lines: lines, family: reader.family).habits
    reader.habits.columns = columns
    reader.habits.hasColours = EscapeSequences.hasStyles(sample.part(0..<min(sample.count, sampleSize)))
    reader.habits.isLatin1 = Latin1.fits(sample.part(0..<min(sample.count, sampleSize)))
    // What has no header is read as text, under the name that was asked for.
    if case .columns(let kind) = forced { reader.formatName = kind.rawValue }
    if let columns { reader.formatName = columns.kind.rawValue }
    if case .journal(let form) = forced { reader.formatName = form.name }
    if case .family(.xml) = forced { reader.formatName = Family.xml.name }
    if let journal {
      reader.habits.journal = journal
      reader.habits.hasBlocks = true
      reader.formatName = journal.name
    }
    if let xml {
      reader.habits.xml = xml
      reader.habits.hasBlocks = true
    }
    if case .lines(let format) = forced {
      reader.take(format, lines)
    } else if reader.family == .text, forced == nil {
      reader.lineFormats = lineFormats(of: sample, lines, reader.habits)
    }
    if reader.family == .access, forced == nil { reader.learnProxy(lines) }
    if reader.family == .text { reader.learnLevelBelow(lines, isForced: forced != nil) }
    reader.nameContainer(lines.heads)
    if let name = reader.lineFormats.name { reader.formatName = name }
    reader.learnTemplate(lines.heads)
    if reader.habits.levels == nil { reader.learnEnding(lines.heads) }
    return reader
  }

  /// How rows are written, where the file holds some and was not said to hold something else.
  private static func columns(
    of sample: UnsafeRawBufferPointer, _ forced: FormatLibrary.Format?
  ) -> ColumnsFormat? {
    switch forced {
    case .none: ColumnsDetection(sample).format()
    case .columns(let kind): ColumnsDetection(sample).format(forced: kind)
    case .family, .lines, .journal: nil
    }
  }

  /// Which elements are records, where the file is XML and was not said to be something else.
  private static func xml(of sample: UnsafeRawBufferPointer, _ forced: FormatLibrary.Format?) -> XMLForm? {
    switch forced {
    case .none, .family(.xml): XMLForm.find(sample.part(0..<min(sample.count, sampleSize)))
    case .family, .lines, .columns, .journal: nil
    }
  }

  /// How entries of the journal are written, where the file holds them and was not said to hold something else.
  private static func journal(_ lines: SampleLines, _ forced: FormatLibrary.Format?) -> JournalReading.Form? {
    switch forced {
    case .none: JournalReading.form(of: lines.heads)
    case .journal(let form): JournalReading.form(of: lines.heads) ?? form
    case .family, .lines, .columns: nil
    }
  }

  /// The formats that fit lines of the sample as they are without colours.
  private static func lineFormats(
    of sample: UnsafeRawBufferPointer, _ lines: SampleLines, _ habits: Habits
  ) -> LineFormatChoice {
    guard habits.hasColours else { return LineFormatChoice(lines.heads, habits.stamps) }
    return EscapeSequences.stripped(sample.part(0..<min(sample.count, sampleSize))).withUnsafeBytes { plain in
      LineFormatChoice(SampleLines(plain).heads, habits.stamps)
    }
  }

  /// The user's format that fits at least half of the lines which can start a record.
  private static func own(_ lines: SampleLines, _ library: FormatLibrary) -> LineFormat? {
    guard !library.custom.isEmpty else { return nil }
    let sample = lines.heads.prefix(100)
    let counts = library.custom.map { format in (format, sample.count { format.fits($0) }) }
    guard let best = counts.max(by: { $0.1 < $1.1 }), best.1 > 0, best.1 * 2 >= sample.count else { return nil }
    return best.0
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
    if JSONReading.begins(line) || line.at(0) == UInt8(ascii: "[") && line.trimmedCount(within: 4) == 1 { return .json }
    if AccessReading(line) != nil, SyslogReading.priority(line) == nil { return .access }
    if let syslog = SyslogReading(line, stamps: .init(), isExpected: false), syslog.app != nil || syslog.priority != nil
    {
      return .syslog
    }
    return LogfmtReading.isMostlyPairs(line) ? .logfmt : .text
  }
}

/// The whole lines of a sample.
struct SampleLines {
  /// Lines that are neither empty nor shaped like a continuation.
  private(set) var heads: [UnsafeRawBufferPointer] = []
  /// Lines that begin with a blank and hold more.
  private(set) var indented: [UnsafeRawBufferPointer] = []
  private let sample: UnsafeRawBufferPointer

  /// The objects of JSON in the sample, each with all of its lines.
  func objects(_ habits: Habits) -> [UnsafeRawBufferPointer] {
    (habits.objectIndent > 0 ? indented : heads).compactMap { line in
      guard JSONReading.begins(line) else { return nil }
      let rest = rest(from: line)
      if habits.objectIndent > 0, line.skippingBlanks(0) != habits.objectIndent { return nil }
      let extent = ObjectBlock.extent(rest, lineEnd: line.count, objectIndent: habits.objectIndent, isEnd: true)
      if case .block(let end) = extent { return rest.part(0..<end) }
      return line
    }
  }

  /// A line of the sample, and all that follows it there.
  func rest(from line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let base = sample.baseAddress, let start = line.baseAddress else { return line }
    // SAFETY: lines are parts of the sample.
    return UnsafeRawBufferPointer(start: start, count: sample.count - base.distance(to: start))
  }

  init(_ sample: UnsafeRawBufferPointer) {
    self.sample = sample
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

extension RecordReader {
  /// Finds out whether an access log is one of a proxy that has its own order.
  fileprivate mutating func learnProxy(_ lines: SampleLines) {
    let sample = lines.heads.prefix(48)
    let leads = sample.filter { AccessReading($0)?.request == nil || $0.first == UInt8(ascii: "[") }
      .map { LineLead($0, dateOrder: .customary) }
    guard leads.count * 2 > sample.count,
      let format = ProxyFormats.access.first(where: { $0.count(leads) * 2 > sample.count })
    else { return }
    lineFormats = LineFormatChoice(forced: format)
  }

  /// Finds out whether levels stand on second lines; a few such records among others are enough.
  fileprivate mutating func learnLevelBelow(_ lines: SampleLines, isForced: Bool) {
    guard habits.hasStamps else { return }
    let (below, stamped) = LevelBelow.count(lines, habits.stamps)
    guard below > 0, below * 8 >= stamped else { return }
    habits.hasLevelBelow = true
    habits.hasBlocks = true
    if !isForced, below * 2 > stamped { lineFormats = LineFormatChoice(forced: JavaFormats.simple) }
  }

  /// Takes over what a format says of time and level.
  fileprivate mutating func take(_ format: LineFormat, _ lines: SampleLines) {
    guard let custom = format.custom else { return }
    if !custom.levels.isEmpty { habits.levels = custom.levels }
    if let keys = custom.json {
      habits.timeKey = keys.time ?? habits.timeKey
      habits.levelKey = keys.level ?? habits.levelKey
      habits.messageKey = keys.message
    } else if format.patterns.contains(where: { $0.has(.time) }) {
      habits.hasStamps = true
    }
  }
}
