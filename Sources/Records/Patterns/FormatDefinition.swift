import JSON
import Quantities

/// A format that a user defined, read from a small JSON file with comments.
///
///     {
///       "name": "acme",                                   // as --format and format: name it
///       "summary": "Acme gateway",
///       "pattern": "{time} {level} <{thread}> {client:ip} {took:number} | {message}",
///       "levels": { "E!": "error", "W!": "warn" },
///       "units": { "took": "ms" },
///       "samples": [
///         { "line": "2026-01-02 03:04:05 E! <pool-1> 10.0.0.1 18 | refused",
///           "level": "error", "fields": { "client": "10.0.0.1", "took": "18" } }
///       ]
///     }
///
/// `pattern` may be an array of patterns, tried in that order. A format of JSON lines has `"json": { "time": "when",
/// "level": "sev", "message": "what" }` instead, with keys at the top of the objects. The samples are read when the file is
/// loaded: what they say must come out.
public struct FormatDefinition: Sendable {
  /// Something wrong in a definition, and where: 1-based.
  public struct Mistake: Hashable, Sendable, CustomStringConvertible {
    /// The line of the definition.
    public var line: Int
    /// The column in it.
    public var column: Int
    /// What is wrong, and what to write instead.
    public var message: String

    /// `12:5: message`.
    public var description: String { "\(line):\(column): \(message)" }
  }

  /// A line that the format must fit, and what it must give.
  public struct Sample: Sendable {
    var line: String
    var node: JSONNode
    var time: Timestamp?
    var level: Level?
    var message: String?
    var fields: [(name: String, value: String)] = []
  }

  let format: LineFormat
  let samples: [Sample]

  /// As `--format` names it.
  public var name: String { format.name }
  /// One sentence.
  public var summary: String { format.summary }
  /// How many sample lines it has.
  public var sampleCount: Int { samples.count }

  /// Reads a definition. Any mistake makes it unusable, also a sample that does not come out as it says.
  public static func decode(_ text: [UInt8]) -> (definition: FormatDefinition?, mistakes: [Mistake]) {
    var decoder = FormatDefinitionDecoder()
    do throws(JSONError) {
      let definition = decoder.read(try JSONDocument.parse(text, allowingComments: true))
      if let definition, decoder.mistakes.isEmpty { decoder.check(definition) }
      return (decoder.mistakes.isEmpty ? definition : nil, decoder.mistakes)
    } catch {
      return (nil, [Mistake(line: error.line, column: error.column, message: error.message)])
    }
  }
}

/// One reading of a definition.
private struct FormatDefinitionDecoder {
  var mistakes: [FormatDefinition.Mistake] = []
  private var name: String?
  private var summary = ""
  private var patterns: [(text: String, node: JSONNode)] = []
  private var json: CustomFormat.JSONKeys?
  private var levels: [(name: String, level: Level)] = []
  private var units: [String: FieldUnit] = [:]
  private var samples: [FormatDefinition.Sample] = []

  private static let keys = ["name", "summary", "pattern", "json", "levels", "units", "samples"]

  mutating func read(_ root: JSONNode) -> FormatDefinition? {
    for member in members(of: root, "a format") {
      switch member.name {
      case "name": readName(member.node)
      case "summary": summary = string(member.node, "\"summary\"") ?? ""
      case "pattern": readPatterns(member.node)
      case "json": readKeys(member.node)
      case "levels": readLevels(member.node)
      case "units": readUnits(member.node)
      case "samples": readSamples(member.node)
      default: note(member.line, member.column, "no setting \"\(member.name)\"; there are \(Self.list(Self.keys))")
      }
    }
    guard root.members != nil else { return nil }
    guard let name else {
      note(root, "a format needs a \"name\"")
      return nil
    }
    if (json == nil) == patterns.isEmpty {
      note(root, json == nil ? "a format needs \"pattern\" or \"json\"" : "\"pattern\" and \"json\" exclude each other")
      return nil
    }
    let compiled = patterns.compactMap { compile($0) }
    let custom = CustomFormat(json: json, levels: LevelDictionary(levels))
    let summary = summary.isEmpty ? "your own format" : summary
    return FormatDefinition(
      format: LineFormat(name, summary, patterns: compiled, custom: custom, units: units), samples: samples)
  }

  // MARK: Sections

  private mutating func readName(_ node: JSONNode) {
    guard let text = string(node, "\"name\"") else { return }
    guard !text.isEmpty, text.utf8.allSatisfy({ $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
    else { return note(node, "a name has letters, digits and _ . - only") }
    name = text
  }

  private mutating func readPatterns(_ node: JSONNode) {
    for node in node.array ?? [node] {
      if let text = string(node, "a pattern") { patterns.append((text, node)) }
    }
  }

  private mutating func compile(_ pattern: (text: String, node: JSONNode)) -> LinePattern? {
    do throws(PatternError) { return try LinePattern(pattern.text) } catch {
      let before = String(decoding: Array(pattern.text.utf8).prefix(error.offset), as: UTF8.self)
      note(pattern.node, "\(error.message) (in the pattern after \"\(before)\")")
      return nil
    }
  }

  private mutating func readKeys(_ node: JSONNode) {
    var keys = CustomFormat.JSONKeys()
    for member in members(of: node, "\"json\"") {
      guard let text = string(member.node, "a key") else { continue }
      guard let key = Array(text.utf8).withUnsafeBytes({ ShortName($0) }) else {
        note(member.node, "a key has 1 to 32 bytes")
        continue
      }
      switch member.name {
      case "time": keys.time = key
      case "level": keys.level = key
      case "message": keys.message = key
      default: note(member.line, member.column, "\"json\" says where \"time\", \"level\" and \"message\" are")
      }
    }
    if [keys.time, keys.level, keys.message].allSatisfy({ $0 == nil }), node.members != nil {
      note(node, "\"json\" needs one of \"time\", \"level\", \"message\"")
    }
    json = keys
  }

  private mutating func readLevels(_ node: JSONNode) {
    for member in members(of: node, "\"levels\"") {
      guard let text = string(member.node, "a level") else { continue }
      guard let level = Self.level(text) else {
        note(member.node, "no level \"\(text)\"; there are \(Self.list(Level.allCases.map(\.name)))")
        continue
      }
      levels.append((member.name, level))
    }
  }

  private mutating func readUnits(_ node: JSONNode) {
    for member in members(of: node, "\"units\"") {
      guard let text = string(member.node, "a unit") else { continue }
      guard let unit = FieldUnit(rawValue: text) else {
        note(member.node, "no unit \"\(text)\"; there are \(Self.list(FieldUnit.allCases.map(\.rawValue)))")
        continue
      }
      units[member.name] = unit
    }
  }

  private mutating func readSamples(_ node: JSONNode) {
    guard let nodes = node.array else { return note(node, "\"samples\" is an array of lines") }
    for node in nodes {
      if let line = node.string {
        samples.append(.init(line: line, node: node))
      } else if let sample = sample(node) {
        samples.append(sample)
      }
    }
  }

  private mutating func sample(_ node: JSONNode) -> FormatDefinition.Sample? {
    var sample = FormatDefinition.Sample(line: "", node: node)
    for member in members(of: node, "a sample") {
      switch member.name {
      case "line": sample.line = string(member.node, "\"line\"") ?? ""
      case "message": sample.message = string(member.node, "\"message\"")
      case "level":
        let text = string(member.node, "\"level\"")
        sample.level = text.flatMap { Self.level($0) }
        if let text, sample.level == nil { note(member.node, "no level \"\(text)\"") }
      case "time":
        let text = string(member.node, "\"time\"")
        sample.time = text.flatMap { Self.instant($0) }
        if text != nil, sample.time == nil { note(member.node, "\"time\" is written as 2026-01-02T03:04:05Z") }
      case "fields":
        for field in members(of: member.node, "\"fields\"") {
          if let value = string(field.node, "a field's value") { sample.fields.append((field.name, value)) }
        }
      default:
        note(member.line, member.column, "a sample has \"line\", \"time\", \"level\", \"message\" and \"fields\"")
      }
    }
    if sample.line.isEmpty { note(node, "a sample needs its \"line\"") }
    return sample.line.isEmpty ? nil : sample
  }

  private static func level(_ name: String) -> Level? {
    Array(name.utf8).withUnsafeBytes { LevelNames.level($0, at: 0, count: $0.count) }
  }

  private static func instant(_ text: String) -> Timestamp? {
    Array(text.utf8).withUnsafeBytes { bytes in
      var grammar = StampGrammar(bytes)
      guard let stamp = grammar.stamp(at: 0), stamp.end == bytes.count, stamp.year != nil || stamp.instant != nil else {
        return nil
      }
      var resolver = StampResolver(options: ReadingOptions(), reference: Timestamp(seconds: 0))
      return resolver.instant(stamp)
    }
  }

  // MARK: Samples

  /// Reads every sample with the format alone, and notes what does not come out.
  mutating func check(_ definition: FormatDefinition) {
    for sample in definition.samples {
      for complaint in sample.complaints(about: definition.format) { note(sample.node, complaint) }
    }
  }

  // MARK: Pieces

  private mutating func members(of node: JSONNode, _ what: String) -> [JSONMember] {
    guard let members = node.members else {
      note(node, "\(what) is an object in braces")
      return []
    }
    return members
  }

  private mutating func string(_ node: JSONNode, _ what: String) -> String? {
    guard let text = node.string else {
      note(node, "\(what) is a text in quotes")
      return nil
    }
    return text
  }

  private mutating func note(_ node: JSONNode, _ message: String) { note(node.line, node.column, message) }

  private mutating func note(_ line: Int, _ column: Int, _ message: String) {
    mistakes.append(.init(line: line, column: column, message: message))
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}

extension FormatDefinition.Sample {
  /// What reading the line gives that the sample does not say.
  fileprivate func complaints(about format: LineFormat) -> [String] {
    Array(line.utf8).withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, forced: .lines(format), options: ReadingOptions())
      guard reader.fits(bytes) else { return ["the sample does not fit: \(line)"] }
      let record = reader.parse(bytes, reference: time ?? Timestamp(seconds: 0))
      var complaints: [String] = []
      func compare(_ what: String, _ wanted: String?, _ found: String?) {
        guard let wanted, wanted != found else { return }
        complaints.append("\(what) is \(found.map { "\"\($0)\"" } ?? "missing"), not \"\(wanted)\"")
      }
      compare("time", time.map { "\($0.nanoseconds)" }, record.stamp.map { "\($0.nanoseconds)" })
      compare("level", level?.name, record.level?.name)
      compare("message", message, record.messageEncoding.decode(bytes.part(record.messageSpan)))
      for (name, value) in fields {
        compare("field \(name)", value, record.fields.first { $0.path == name }?.text(in: bytes))
      }
      return complaints
    }
  }
}

extension RecordReader {
  /// Whether the format that the reader was forced to fits the line.
  public func fits(_ line: UnsafeRawBufferPointer) -> Bool {
    switch family {
    case .json:
      let keys = lineFormats.formats.first?.custom?.json
      return JSONReading.begins(line) && (keys?.fits(line) ?? true)
    case _ where !lineFormats.formats.isEmpty:
      return lineFormats.match(line, dateOrder: habits.stamps.dateOrder) != nil
    default: return head(line).family == family
    }
  }
}
