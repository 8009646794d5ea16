import QueryLanguage
import Quantities
import Records

/// Reads of records what a tree is made of.
struct TreeReading: Sendable {
  let plan: TreePlan
  /// Bytes of an id; a longer text is none.
  private static let idLimit = 256
  /// Characters of a name, of a value that is shown beside it.
  private static let textLimit = 200
  /// Levels of an eliot task, spans around a record.
  private static let depthLimit = 256
  private static let taskLevel = FieldPath("task_level")
  private static let spanNames = FieldPath("spans[].name")
  private static let taskKeys: Set<String> = [
    "task_uuid", "task_level", "timestamp", "action_type", "action_status", "message_type",
  ]

  /// What is kept of the record; nil if it belongs to no trace.
  func read(_ record: PipelineRecord) -> TreeRecord? {
    let context = record.context
    guard let key = first(of: plan.keys, in: context, isNamed: !plan.takesSpans) else {
      return plan.takesSpans ? spanned(record) : nil
    }
    var kept = self.kept(record, trace: key.text, field: key.field)
    if key.field.path == "task_uuid", let level = taskLevel(context) {
      readTask(context, level, &kept)
    } else if let span = span(context, key.field) {
      let parent = first(of: TreePlan.parents, in: context)?.text
      kept.place = .span(span, parent: parent == span.text ? nil : parent)
      readSpan(context, isMicroseconds: key.field.path == "traceId" || key.field.path == "traceID", &kept)
    } else {
      let spans = self.spans(context)
      if !spans.isEmpty { kept.place = .path(spans) }
      kept.duration = duration(context, isMicroseconds: false)
    }
    return kept
  }

  private func kept(_ record: PipelineRecord, trace: String, field: FieldName?) -> TreeRecord {
    let context = record.context
    let stamp = context.stamp
    let moment = Edge.Moment(
      stamp: stamp?.nanoseconds ?? .min, file: record.file.rawValue, generation: record.generation.rawValue,
      offset: record.offset)
    let message = context.message
    let text = message.bytes.map {
      let bytes = UnsafeRawBufferPointer(rebasing: $0.prefix(4 * Self.textLimit))
      return FieldValue(bytes: bytes, kind: .string, encoding: message.encoding).text()
    }
    return TreeRecord(
      moment: moment, stamp: stamp, level: context.level, trace: trace, field: field, place: .plain,
      name: Self.line(text ?? ""))
  }

  /// The first line, not too long.
  private static func line(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    let short = line.prefix(textLimit)
    return short.utf8.count == text.utf8.count ? text : String(short) + "…"
  }

  /// The first of the fields that a record has, and its text; what programs write where they have no id counts only in a field that
  /// the query names.
  private func first(
    of names: [TreePlan.Name], in record: RecordContext, isNamed: Bool = false
  ) -> TreeRecord.Identity? {
    for name in names {
      if let builtIn = name.field.builtIn {
        let text = ValueText.plain(record.value(of: builtIn))
        if !text.isEmpty { return .init(field: name.field, text: text) }
        continue
      }
      var text: String?
      record.forEachValue(of: name.path) { value in
        if value.kind == .null || value.kind == .object || value.kind == .array || value.bytes.isEmpty { return true }
        if value.bytes.count <= Self.idLimit, isNamed || !Self.isNothing(value.bytes, name) { text = value.text() }
        return text == nil
      }
      if let text { return .init(field: name.field, text: text) }
    }
    return nil
  }

  /// `00000000000000000000000000000000`, `-`, `null`: what stands for no id. One zero does where Datadog writes it; else it may count
  /// requests.
  private static func isNothing(_ bytes: UnsafeRawBufferPointer, _ name: TreePlan.Name) -> Bool {
    if bytes.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) {
      return bytes.count >= 8 || bytes.first == UInt8(ascii: "-") || name.field.path.hasPrefix("dd.")
    }
    guard bytes.count <= 9 else { return false }
    return ["null", "nil", "none", "None", "undefined"].contains { $0.utf8.elementsEqual(bytes) }
  }

  // MARK: Eliot

  /// The numbers of `[3,2,1]`; nil if there are none, or too many.
  private func taskLevel(_ record: RecordContext) -> [Int]? {
    var level: [Int] = []
    record.forEachValue(of: Self.taskLevel) { value in
      guard value.kind == .array, value.bytes.count < 4096 else { return false }
      var number: Int?
      for byte in value.bytes {
        if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
          number = min((number ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 1 << 50)
        } else if let found = number {
          level.append(found)
          number = nil
        }
      }
      return false
    }
    return level.isEmpty || level.count > Self.depthLimit ? nil : level
  }

  private func readTask(_ record: RecordContext, _ level: [Int], _ kept: inout TreeRecord) {
    kept.place = .task(level)
    var type: String?
    var shown: [(name: String, text: String)] = []
    var nested = 0..<0
    for field in record.parsed.fields {
      // Members of objects follow them.
      if nested.contains(field.valueSpan.lowerBound), field.valueSpan.upperBound <= nested.upperBound { continue }
      if field.kind == .object || field.kind == .array { nested = field.valueSpan }
      let span = field.valueSpan.clamped(to: 0..<record.bytes.count)
      let bytes = UnsafeRawBufferPointer(rebasing: record.bytes[span].prefix(8 * Self.textLimit))
      let text = { Self.line(FieldValue(bytes: bytes, kind: field.kind, encoding: field.encoding).text()) }
      switch field.path {
      case "action_type": type = type ?? text()
      case "message_type": type = text()
      case "action_status": kept.status = text()
      case let path where Self.taskKeys.contains(path): break
      default: shown.append((field.path, text()))
      }
    }
    kept.name = type.map { $0 + "/" + level.map(String.init).joined(separator: "/") } ?? TreeNode.unnamed
    if kept.status == "failed", (kept.level ?? .trace) < .error { kept.level = .error }
    shown.sort { $0.name < $1.name }
    if !shown.isEmpty { kept.fields = shown.map { $0.name + "=" + $0.text }.joined(separator: " ") }
  }

  // MARK: Spans

  private func span(_ record: RecordContext, _ key: FieldName) -> TreeRecord.Identity? {
    // A trace by the field that names the span would have no spans in it.
    if let found = first(of: TreePlan.spans.filter { $0.field.path != key.path }, in: record) { return found }
    return key.path == "traceId" ? first(of: [TreePlan.zipkinSpan], in: record) : nil
  }

  private func readSpan(_ record: RecordContext, isMicroseconds: Bool, _ kept: inout TreeRecord) {
    // Where a record has no message, the whole of it stands for one.
    let hasMessage = record.message.bytes.map { $0.count < record.bytes.count } ?? false
    let name = first(of: hasMessage ? TreePlan.names : TreePlan.names + [TreePlan.plainName], in: record, isNamed: true)
    kept.spanName = name.map { Self.line($0.text) }
    kept.duration = duration(record, isMicroseconds: isMicroseconds)
    if kept.spanName != nil, !hasMessage { kept.name = "" }
  }

  /// Nanoseconds; Zipkin and Jaeger write `duration` in microseconds.
  private func duration(_ record: RecordContext, isMicroseconds: Bool) -> Double? {
    var found: Double?
    for (name, numbers, scale) in TreePlan.durations where found == nil {
      record.forEachValue(of: name.path) { value in
        guard let quantity = numbers.quantity(of: value) else { return true }
        let scale = isMicroseconds && name.field.path == "duration" ? 1000 : scale
        if quantity.dimension == .time {
          found = quantity.value
        } else if quantity.dimension == .none, let scale {
          found = quantity.value * scale
        }
        return found == nil
      }
    }
    return found.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }

  /// A record that belongs to the outermost span that it stands in.
  private func spanned(_ record: PipelineRecord) -> TreeRecord? {
    let spans = spans(record.context)
    guard let outermost = spans.first else { return nil }
    var kept = kept(record, trace: outermost.label, field: nil)
    kept.place = .path(spans)
    return kept
  }

  /// The objects of `spans[]`.
  private func spans(_ record: RecordContext) -> [TreeSpan] {
    var isThere = false
    record.forEachValue(of: Self.spanNames) { _ in
      isThere = true
      return false
    }
    guard isThere else { return [] }
    var spans: [TreeSpan] = []
    for field in record.parsed.fields where field.path.hasPrefix("spans[") {
      if field.kind == .object || field.kind == .array { continue }
      let rest = field.path.dropFirst(6)
      guard let end = rest.firstIndex(of: "]"), let index = Int(rest[..<end]), index < Self.depthLimit,
        rest[end...].hasPrefix("].")
      else { continue }
      let span = field.valueSpan.clamped(to: 0..<record.bytes.count)
      let bytes = UnsafeRawBufferPointer(rebasing: record.bytes[span].prefix(Self.textLimit))
      let text = FieldValue(bytes: bytes, kind: field.kind, encoding: field.encoding).text()
      while spans.count <= index { spans.append(TreeSpan()) }
      let name = String(rest[end...].dropFirst(2))
      if name == "name" {
        spans[index].name = text
      } else if !name.contains(where: { $0 == "." || $0 == "[" }) {
        let value = field.kind == .number ? Int64(text).map(Value.integer) ?? .text(text) : .text(text)
        spans[index].members.append(.init(name: name, value: value))
      }
    }
    for index in spans.indices { spans[index].members.sort { $0.name < $1.name } }
    return spans
  }
}
