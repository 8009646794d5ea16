import QueryLanguage
import Quantities
import Records

/// The stages before the aggregation, ready to be applied to records one after the other: they drop records and add fields.
struct RecordProgram: Sendable {
  /// One stage.
  enum Step: Sendable {
    case filter(Predicate)
    case evaluate(name: String, ExpressionProgram)
    case parse(CompiledTextPattern, from: TextSource)
    case members(RecordReader, from: TextSource)
    case drop([FieldPath])
    case repeats([ExpressionProgram])
  }

  /// The text that a stage reads.
  enum TextSource: Sendable {
    case message
    case field(BuiltInField?, FieldPath)

    init(_ field: FieldName?) {
      self = field.map { .field($0.builtIn, FieldPath($0.path)) } ?? .message
    }
  }

  private(set) var steps: [Step] = []
  /// The stages as a query has them, for messages.
  private var texts: [String] = []

  /// Whether records are compared with the one before them, so that their order counts.
  var dependsOnOrder: Bool { steps.contains { if case .repeats = $0 { true } else { false } } }

  /// Names of the fields that the stages add, in their order.
  var names: [String] = []

  mutating func append(_ step: Step, text: String) {
    steps.append(step)
    texts.append(text)
  }

  /// Applies all stages; whether the record goes on. `state` goes from record to record.
  func passes(_ record: RecordContext, _ state: inout State) -> Bool {
    state.tally.begin()
    for number in steps.indices {
      var isServed = true
      switch steps[number] {
      case .filter(let predicate):
        isServed = predicate.matches(record)
        state.tally.count(number, isServed: isServed)
        if !isServed { return false }
        continue
      case .evaluate(let name, let program):
        let value = program.value(of: record)
        record.computed.append(value.field(named: name))
        isServed = value != .absent
      case .parse(let pattern, let source): isServed = parse(pattern, source, record)
      case .members(let reader, let source): isServed = addMembers(reader, source, record)
      case .drop(let paths): for path in paths { record.hide(path) }
      case .repeats(let programs):
        let values = programs.map { $0.value(of: record) }
        if values == state.last { return false }
        state.last = values
      }
      state.tally.count(number, isServed: isServed)
    }
    return true
  }

  /// What a run over records remembers.
  struct State: Sendable {
    fileprivate var last: [Value] = []
    /// What the stages did since it was taken last.
    var tally: StageTally
  }

  /// Before the first record.
  func makeState() -> State { State(tally: StageTally(stages: steps.count)) }

  /// Why nothing may have come of the records that `tally` counts; nil where each stage did something.
  func remark(on tally: StageTally) -> String? {
    guard let (number, count) = tally.idle else { return nil }
    let records = count == 1 ? "the only record" : "none of \(count) records"
    switch steps[number] {
    case .filter: return (count == 1 ? "the only record does not pass " : "\(records) passes ") + texts[number]
    case .parse: return "\(texts[number]) fits " + (count == 1 ? "not the only record" : records)
    case .evaluate: return "\(texts[number]) has no value in any of \(count) records"
    case .members: return "\(texts[number]) finds no field in any of \(count) records"
    case .drop, .repeats: return nil
    }
  }

  /// Adds the fields that a pattern cuts out; whether it fits.
  private func parse(_ pattern: CompiledTextPattern, _ source: TextSource, _ record: RecordContext) -> Bool {
    var fields: [ComputedField] = []
    record.withText(of: source) { text in
      _ = pattern.match(text) { name, range in
        let value = Array(text[range])
        fields.append(ComputedField(pattern.names[name], value: value, kind: FieldKindGuess.of(value)))
      }
    }
    record.computed.append(contentsOf: fields)
    return !fields.isEmpty
  }

  /// Adds the fields of a text in JSON or logfmt; whether it has any.
  private func addMembers(_ reader: RecordReader, _ source: TextSource, _ record: RecordContext) -> Bool {
    var fields: [ComputedField] = []
    record.withText(of: source) { text in
      // What stands before the object of a message is a remark on it.
      let start = reader.formatName == "json" ? text.firstIndex(of: UInt8(ascii: "{")) ?? text.count : 0
      let part = UnsafeRawBufferPointer(rebasing: text[start...])
      guard !part.isEmpty else { return }
      for field in reader.parse(part, reference: record.reference).fields where field.kind != .object {
        fields.append(
          ComputedField(
            field.path, value: Array(FieldValue(field, in: part).text().utf8), kind: field.kind))
      }
    }
    record.computed.append(contentsOf: fields)
    return !fields.isEmpty
  }
}

extension FieldValue {
  fileprivate init(_ field: Field, in bytes: UnsafeRawBufferPointer) {
    self.init(
      bytes: UnsafeRawBufferPointer(rebasing: bytes[field.valueSpan]), kind: field.kind, encoding: field.encoding)
  }
}

extension RecordContext {
  /// Lends the text that a stage reads; nothing if there is none.
  fileprivate func withText(of source: RecordProgram.TextSource, _ body: (UnsafeRawBufferPointer) -> Void) {
    switch source {
    case .message, .field(.msg?, _):
      let message = message
      guard let bytes = message.bytes else { return }
      if message.encoding == .plain { return body(bytes) }
      lend(FieldValue(bytes: bytes, kind: .string, encoding: message.encoding).text(), body)
    case .field(.raw?, _): body(bytes)
    case .field(let builtIn?, _):
      let value = value(of: builtIn)
      if value != .absent { lend(ValueText.plain(value), body) }
    case .field(nil, let path):
      forEachValue(of: path) { value in
        if value.kind == .null { return true }
        if value.encoding == .plain { body(value.bytes) } else { lend(value.text(), body) }
        return false
      }
    }
  }

  private func lend(_ text: String, _ body: (UnsafeRawBufferPointer) -> Void) {
    var text = text
    text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  /// Makes a field absent.
  fileprivate func hide(_ path: FieldPath) { computed.append(ComputedField(path.text, value: nil, kind: .null)) }
}

extension Value {
  /// The value as a field of a record.
  func field(named name: String) -> ComputedField {
    let kind: FieldKind
    switch self {
    case .absent: return ComputedField(name, value: nil, kind: .null)
    case .integer, .number, .duration, .size: kind = .number
    case .boolean: kind = .boolean
    case .time, .level, .text, .counts: kind = .string
    }
    return ComputedField(name, value: Array(ValueText.plain(self).utf8), kind: kind)
  }
}

/// What kind of value a text that was cut out of another is.
enum FieldKindGuess {
  static func of(_ bytes: [UInt8]) -> FieldKind {
    guard let first = bytes.first else { return .string }
    if first &- 48 < 10 || first == UInt8(ascii: "-") {
      return bytes.withUnsafeBytes { Quantity($0) } == nil ? .string : .number
    }
    return .string
  }
}
