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
    _ patterns: [String]
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.programs = programs
    var compiled: [LinePattern] = []
    var mistakes: [PatternError] = []
    for pattern in patterns {
      do throws(PatternError) { compiled.append(try LinePattern(pattern)) } catch { mistakes.append(error) }
    }
    self.patterns = compiled
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
    for pattern in patterns {
      if let match = PatternMatch(pattern, line, dateOrder: dateOrder, takesAnyLevel: custom != nil) { return match }
    }
    return nil
  }

  /// Whether some pattern gives the field `name`.
  func implies(_ name: String) -> Bool { patterns.contains { $0.implies(name) } }
}

/// The built-in formats that patterns describe.
enum LineFormats {
  /// Formats of whole lines: the more telling before the more general.
  static let lines: [LineFormat] = families.flatMap { $0 }.filter(\.programs.isEmpty)
  /// Formats of the messages of programs that write to syslog.
  static let messages: [LineFormat] = families.flatMap { $0 }.filter { !$0.programs.isEmpty }

  private static let families: [[LineFormat]] = [
    DatabaseFormats.all, JavaFormats.all,
  ]

  /// The format of a program's messages; nil if we know none.
  static func messages(of program: UnsafeRawBufferPointer) -> LineFormat? {
    messages.first { format in format.programs.contains { isEqual(program, $0) } }
  }

  private static func isEqual(_ bytes: UnsafeRawBufferPointer, _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { $0.count == bytes.count && $0.elementsEqual(bytes) }
  }
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
  init(_ lines: [UnsafeRawBufferPointer], dateOrder: DateOrder) {
    let stride = max(1, lines.count / Self.sampleSize)
    let sample = Swift.stride(from: 0, to: lines.count, by: stride).prefix(Self.sampleSize).map { lines[$0] }
    var fits: [(format: LineFormat, count: Int)] = []
    for format in LineFormats.lines {
      let count = sample.count { format.match($0, dateOrder: dateOrder) != nil }
      if count > 0 { fits.append((format, count)) }
    }
    fits.sort { $0.count > $1.count }
    formats = fits.prefix(Self.limit).map(\.format)
    if let best = fits.first, best.count * 2 >= sample.count { name = best.format.name }
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
    for format in formats { if let match = format.match(line, dateOrder: dateOrder) { return match } }
    return nil
  }

  /// Whether some format gives the field `name`.
  func implies(_ name: String) -> Bool { formats.contains { $0.implies(name) } }
}
