import Records
import Timelines

/// Cuts a record's bytes into coloured pieces.
enum RowColouring {
  /// The bytes of one line as written, with what is known of them.
  static func spans(of row: LogRow, in line: Range<Int>) -> [RowLine.Span] {
    var marks: [(range: Range<Int>, role: RowLine.Role)] = []
    if let span = row.parsed.stampSpan { marks.append((span, .time)) }
    if let span = row.parsed.levelSpan { marks.append((span, .level(row.parsed.level))) }
    for field in row.parsed.fields where field.kind != .object && field.kind != .array {
      if !field.nameSpan.isEmpty { marks.append((named(field, in: row), .key)) }
      if field.valueSpan != row.parsed.messageSpan { marks.append((field.valueSpan, role(of: field, in: row))) }
    }
    if !row.parsed.messageSpan.isEmpty { marks.append((row.parsed.messageSpan, .message)) }
    return cut(row, line, marks)
  }

  /// The name of a field with the `=` behind it.
  private static func named(_ field: Field, in row: LogRow) -> Range<Int> {
    let end = field.nameSpan.upperBound
    let hasSign = end < row.bytes.count && row.bytes[end] == UInt8(ascii: "=")
    return field.nameSpan.lowerBound..<(hasSign ? end + 1 : end)
  }

  /// The message with its fields coloured, then every field that stands elsewhere as `key=value`.
  static func message(of row: LogRow) -> [RowLine.Span] {
    let text = messageText(of: row)
    let apart = fieldsApart(of: row)
    return text.isEmpty || apart.isEmpty ? text + apart : text + [.init(.plain, "  ")] + apart
  }

  /// The first line of the message, its fields coloured.
  static func messageText(of row: LogRow) -> [RowLine.Span] {
    let parsed = row.parsed
    let span = shownSpan(of: row).clamped(to: 0..<row.bytes.count)
    let line = span.prefix(while: { row.bytes[$0] != 10 })
    let firstLine = span.lowerBound..<(line.last.map { $0 + 1 } ?? span.lowerBound)
    guard parsed.messageEncoding == .plain else {
      return words(decode(row, span, parsed.messageEncoding).prefix { $0 != 10 })
    }
    let inside = parsed.fields.filter {
      span.contains($0.valueSpan.lowerBound) && $0.valueSpan.upperBound <= span.upperBound && $0.valueSpan != span
    }
    var marks: [(range: Range<Int>, role: RowLine.Role)] = []
    for field in inside where field.kind != .object && field.kind != .array {
      if !field.nameSpan.isEmpty { marks.append((named(field, in: row), .key)) }
      marks.append((field.valueSpan, role(of: field, in: row)))
    }
    marks.append((firstLine, .message))
    return cut(row, firstLine, marks)
  }

  /// The fields whose values are not part of the message, as `key=value`, but for those named.
  static func fieldsApart(of row: LogRow, without named: Set<String> = []) -> [RowLine.Span] {
    var spans: [RowLine.Span] = []
    for field in row.parsed.fields where isShownApart(field, of: row.parsed) && !named.contains(field.path) {
      if !spans.isEmpty { spans.append(.init(.plain, "  ")) }
      // One colour for both: every change of colour is bytes on the line.
      spans.append(.init(.key, field.path + "="))
      let isPlain =
        field.encoding == .plain && !row.bytes[field.valueSpan.clamped(to: 0..<row.bytes.count)].contains(10)
      let value = decode(row, field.valueSpan, field.encoding).map { $0 == 10 ? 32 : $0 }
      let quoted = field.kind == .string && (value.isEmpty || value.contains(32))
      let role = role(of: field, in: row)
      if quoted { spans.append(.init(role, "\"")) }
      spans.append(.init(role, value, source: isPlain ? field.valueSpan : nil))
      if quoted { spans.append(.init(role, "\"")) }
    }
    return spans
  }

  /// The value of a field on one line; a dash where the record has none.
  static func value(named name: String, of row: LogRow) -> [RowLine.Span] {
    guard let field = row.parsed.fields.first(where: { $0.path == name }) else { return [.init(.punctuation, "-")] }
    let value = decode(row, field.valueSpan, field.encoding).map { $0 == 10 ? 32 : $0 }
    return [.init(role(of: field, in: row), value)]
  }

  /// Whether a field's value is not on the screen already (as time, level or part of the message).
  static func isShownApart(_ field: Field, of parsed: ParsedRecord) -> Bool {
    if field.kind == .object || field.kind == .array || field.kind == .null { return false }
    func covers(_ span: Range<Int>?) -> Bool {
      guard let span, !span.isEmpty else { return false }
      return span.lowerBound <= field.valueSpan.lowerBound && field.valueSpan.upperBound <= span.upperBound
    }
    return !covers(parsed.stampSpan) && !covers(parsed.levelSpan) && !covers(parsed.messageSpan)
      && !covers(parsed.bodySpan)
  }

  /// What stands in the place of the message: text as it was written, or the message of a structured record.
  private static func shownSpan(of row: LogRow) -> Range<Int> { row.parsed.bodySpan ?? row.parsed.messageSpan }

  /// The colour of a field's value: of an HTTP status by its class, else by its kind.
  private static func role(of field: Field, in row: LogRow) -> RowLine.Role {
    let span = field.valueSpan.clamped(to: 0..<row.bytes.count)
    guard field.kind == .number || field.kind == .string else { return .value(field.kind) }
    if span.count == 3, field.path.hasSuffix("status") || field.path.hasSuffix("status_code") {
      switch row.bytes[span.lowerBound] {
      case UInt8(ascii: "5"): return .level(.error)
      case UInt8(ascii: "4"): return .level(.warn)
      default: break
      }
    }
    let kind = row.bytes.withUnsafeBytes { TextTokens.kind(of: UnsafeRawBufferPointer(rebasing: $0[span])) }
    switch kind {
    case .duration, .url, .path, .address, .identifier: return kind.map { .token($0) } ?? .value(field.kind)
    default: return .value(field.kind)
    }
  }

  /// A text that does not stand in the record, its words coloured.
  private static func words(_ text: ArraySlice<UInt8>) -> [RowLine.Span] {
    let text = Array(text)
    var spans: [RowLine.Span] = []
    var position = 0
    text.withUnsafeBytes { bytes in
      TextTokens.forEach(in: bytes, 0..<bytes.count) { token, kind in
        if token.lowerBound > position { spans.append(.init(.message, Array(text[position..<token.lowerBound]))) }
        spans.append(.init(.token(kind), Array(text[token])))
        position = token.upperBound
      }
    }
    if position < text.count || spans.isEmpty { spans.append(.init(.message, Array(text[position...]))) }
    return spans
  }

  static func decode(_ row: LogRow, _ range: Range<Int>, _ encoding: FieldEncoding) -> [UInt8] {
    let bytes = row.bytes[range.clamped(to: 0..<row.bytes.count)]
    if encoding == .plain { return Array(bytes) }
    return bytes.withUnsafeBytes { buffer in Array(encoding.decode(buffer).utf8) }
  }

  /// A value with the brackets or quotes it stands in: they take its colour, since every change of colour is bytes on the line.
  private static func withBrackets(_ range: Range<Int>, in row: LogRow) -> Range<Int> {
    switch (row.bytes[range.lowerBound - 1], row.bytes[range.upperBound]) {
    case (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "("), UInt8(ascii: ")")),
      (UInt8(ascii: "<"), UInt8(ascii: ">")), (UInt8(ascii: "\""), UInt8(ascii: "\"")):
      range.lowerBound - 1..<range.upperBound + 1
    default: range
    }
  }

  /// Earlier marks win where marks overlap, except that `.message` lies below all.
  private static func cut(
    _ row: LogRow, _ line: Range<Int>, _ marks: [(range: Range<Int>, role: RowLine.Role)]
  ) -> [RowLine.Span] {
    let line = line.clamped(to: 0..<row.bytes.count)
    var spans: [RowLine.Span] = []
    let inside = marks.filter { $0.role != .message && $0.range.overlaps(line) }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    let message = marks.first { $0.role == .message }?.range
    func put(_ range: Range<Int>, _ role: RowLine.Role) {
      if !range.isEmpty { spans.append(.init(role, Array(row.bytes[range]), source: range)) }
    }
    // Between the marks the log's own colours count, and elsewhere words are coloured by what they look like.
    func add(_ range: Range<Int>, _ role: RowLine.Role) {
      var position = range.lowerBound
      for run in row.colours where run.range.overlaps(range) {
        let own = run.range.clamped(to: range)
        addWords(position..<own.lowerBound, role)
        put(own, .coloured(run.colour))
        position = own.upperBound
      }
      addWords(position..<range.upperBound, role)
    }
    func addWords(_ range: Range<Int>, _ role: RowLine.Role) {
      var position = range.lowerBound
      row.bytes.withUnsafeBytes { bytes in
        TextTokens.forEach(in: bytes, range) { token, kind in
          put(position..<token.lowerBound, role)
          put(token, .token(kind))
          position = token.upperBound
        }
      }
      put(position..<range.upperBound, role)
    }
    func addPlain(_ range: Range<Int>) {
      guard let message, message.overlaps(range) else { return add(range, .plain) }
      let middle = message.clamped(to: range)
      add(range.lowerBound..<middle.lowerBound, .plain)
      add(middle, .message)
      add(middle.upperBound..<range.upperBound, .plain)
    }
    var position = line.lowerBound
    for mark in inside {
      var range = mark.range.clamped(to: line)
      guard range.lowerBound >= position else { continue }
      if range.lowerBound > position, range.upperBound < line.upperBound { range = withBrackets(range, in: row) }
      addPlain(position..<range.lowerBound)
      put(range, mark.role)
      position = range.upperBound
    }
    addPlain(position..<line.upperBound)
    return spans
  }
}
