/// A format whose lines patterns describe: what each part is called that its writer put in order.
///
/// The built-in ones are recognised as text first: stamps, levels and bounds of records come from the general reading, which
/// is quicker; a pattern names the fields and the message. One value a format, in a file of `Formats/` for each family.
final class LineFormat: Sendable {
  /// As `--format` and `format:` name it.
  let name: String
  /// One sentence for `--list-formats`.
  let summary: String
  /// The document or the program that defines the format.
  let source: String
  /// Tried in this order; the first that fits a line wins.
  let patterns: [LinePattern]
  /// What the further lines of a record look like: each is tried with all of these.
  let further: [LinePattern]
  /// The programs of syslog whose messages look like this; empty for formats of whole lines.
  let programs: [String]
  /// What a user's own format says beyond that; nil for a built-in one.
  let custom: CustomFormat?
  /// The units of fields whose values are numbers without one.
  let units: [(name: [UInt8], unit: FieldUnit)]
  /// Why patterns were left out.
  let mistakes: [PatternError]

  init(
    _ name: String, _ summary: String, source: String, programs: [String] = [], units: [String: FieldUnit] = [:],
    _ patterns: [String], further: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.programs = programs
    var mistakes: [PatternError] = []
    func compile(_ pattern: String) -> LinePattern? {
      do throws(PatternError) { return try LinePattern(pattern) } catch { mistakes.append(error) }
      return nil
    }
    self.patterns = patterns.compactMap(compile)
    self.further = further.compactMap(compile)
    self.mistakes = mistakes
    custom = nil
    self.units = units.map { (Array($0.key.utf8), $0.value) }
  }

  /// A user's own format.
  init(
    _ name: String, _ summary: String, patterns: [LinePattern], custom: CustomFormat, units: [String: FieldUnit]
  ) {
    self.name = name
    self.summary = summary
    self.patterns = patterns
    self.custom = custom
    source = ""
    programs = []
    further = []
    mistakes = []
    self.units = units.map { (Array($0.key.utf8), $0.value) }
  }

  /// Whether a line that can start a record is one of this format.
  func fits(_ line: UnsafeRawBufferPointer) -> Bool {
    if let json = custom?.json { return JSONReading.begins(line) && json.fits(line) }
    return match(line) != nil
  }

  /// The first pattern's match with `line`; nil if none fits.
  func match(_ line: UnsafeRawBufferPointer, dateOrder: DateOrder = .customary) -> PatternMatch? {
    match(LineLead(line, dateOrder: dateOrder))
  }

  /// How many lines some pattern fits. One pattern after the other, so that references to it are counted once.
  func count(_ leads: [LineLead]) -> Int {
    var isFit = [Bool](repeating: false, count: leads.count)
    let takesAnyLevel = custom != nil
    for pattern in patterns {
      leads.withUnsafeBufferPointer { leads in
        for index in 0..<leads.count where !isFit[index] && pattern.mayBegin(leads[index]) {
          isFit[index] = PatternMatch.exists(pattern, leads[index], takesAnyLevel: takesAnyLevel)
        }
      }
    }
    return isFit.count { $0 }
  }

  /// The first pattern's match with a line whose beginning is known.
  func match(_ lead: LineLead) -> PatternMatch? {
    for pattern in patterns {
      if let match = PatternMatch(pattern, lead, takesAnyLevel: custom != nil) { return match }
    }
    return nil
  }

  /// Whether some pattern gives the field `name`.
  func implies(_ name: String) -> Bool {
    patterns.contains { $0.implies(name) } || further.contains { $0.implies(name) }
  }
}

/// The built-in formats that patterns describe.
enum LineFormats {
  /// Formats of whole lines: the more telling before the more general.
  static let lines: [LineFormat] = families.flatMap { $0 }.filter(\.programs.isEmpty)
  /// Formats of the messages of programs that write to syslog.
  static let messages: [LineFormat] = families.flatMap { $0 }.filter { !$0.programs.isEmpty }

  private static let families: [[LineFormat]] = [
    WebServerFormats.all, ProxyFormats.all, JavaFormats.all, DatabaseFormats.all, ScriptFormats.all, SystemFormats.all,
    ErlangFormats.all, NetworkFormats.all, LoginMessages.all, MailMessages.all, LookupMessages.all, KernelMessages.all,
  ]

  /// The format of a program's messages; nil if we know none.
  static func messages(of program: UnsafeRawBufferPointer) -> LineFormat? {
    if let format = exact(program) { return format }
    // `postfix/smtpd` and its like: several programs of one suite.
    return program.firstIndex(of: UInt8(ascii: "/")).flatMap { exact(program.part(0..<$0)) }
  }

  /// Whether some format of messages gives the field `name`.
  static func messagesImply(_ name: String) -> Bool { impliedByMessages.contains(name) }

  private static func exact(_ program: UnsafeRawBufferPointer) -> LineFormat? {
    guard program.count < byProgram.count else { return nil }
    for (name, format) in byProgram[program.count] where name.elementsEqual(program) { return format }
    return nil
  }

  /// By how long the program's name is.
  private static let byProgram: [[(name: [UInt8], format: LineFormat)]] = {
    var table: [[(name: [UInt8], format: LineFormat)]] = Array(repeating: [], count: 32)
    for format in messages { for name in format.programs { table[name.utf8.count].append((Array(name.utf8), format)) } }
    return table
  }()

  private static let impliedByMessages = Set(
    messages.flatMap(\.patterns).flatMap(\.parts).filter { $0.role == .field }.flatMap { [$0.name] + $0.kind.gives })
}

/// The formats of patterns that lines of one file may have.
struct LineFormatChoice: Sendable {
  /// The most probable first.
  private(set) var formats: [LineFormat] = []
  /// The name of the file's format, where one fits most of its lines.
  private(set) var name: String?

  /// How many formats are tried on each line.
  static let limit = 4
  /// How many lines of a sample decide.
  private static let sampleSize = 48

  init() {}

  /// The one that the user asked for.
  init(forced: LineFormat) {
    formats = [forced]
    name = forced.name
  }

  /// Those that fit lines of the sample.
  init(_ lines: [UnsafeRawBufferPointer], _ stamps: StampFinder) {
    let stride = max(1, lines.count / Self.sampleSize)
    let sample = Swift.stride(from: 0, to: lines.count, by: stride).prefix(Self.sampleSize).map { lines[$0] }
    var fits: [(format: LineFormat, count: Int)] = []
    let leads = sample.map { LineLead($0, dateOrder: stamps.dateOrder) }
    for format in LineFormats.lines {
      let count = format.count(leads)
      if count > 0 { fits.append((format, count)) }
    }
    fits.sort { $0.count > $1.count }
    formats = fits.prefix(Self.limit).map(\.format)
    // Lines without a stamp are mostly those that continue a record, or from another program.
    let starts = sample.count { stamps.find($0) != nil }
    let stamped = fits.first { fit in
      fit.count * 2 >= starts && fit.format.patterns.contains { $0.has(.time) }
    }
    guard let best = starts > 0 ? stamped ?? fits.first : fits.first else { return }
    if best.count * 2 >= (starts > 0 ? starts : sample.count) { name = best.format.name }
  }

  /// The unit that a format of this file declares for numbers in the field at `path`.
  func unit(of path: SoughtPath) -> FieldUnit? {
    guard !formats.isEmpty else { return nil }
    for format in formats {
      for entry in format.units where path.bytes.elementsEqual(entry.name) { return entry.unit }
    }
    return nil
  }

  /// The first match that a format of this file has with the line.
  func match(_ line: UnsafeRawBufferPointer, dateOrder: DateOrder) -> PatternMatch? {
    reading(line, dateOrder: dateOrder)?.match
  }

  /// The same, and the format.
  func reading(
    _ line: UnsafeRawBufferPointer, dateOrder: DateOrder
  ) -> (format: LineFormat, match: PatternMatch)? {
    guard !formats.isEmpty else { return nil }
    let lead = LineLead(line, dateOrder: dateOrder)
    for format in formats { if let match = format.match(lead) { return (format, match) } }
    return nil
  }

  /// Whether some format gives the field `name`.
  func implies(_ name: String) -> Bool { formats.contains { $0.implies(name) } }
}
