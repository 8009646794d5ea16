import Drawing
import LogFiles
import Quantities
import Records
import Timelines

/// Lays one record out as lines.
struct RowComposer {
  let state: State
  let width: Int
  let usesColumns: Bool

  /// Lines of one record that a screen shows at most; the rest is for the detail pane.
  static let limit = 1000

  init(_ state: State) {
    self.state = state
    // The first column holds the cursor's bar and bookmarks.
    width = max(1, state.size.columns - 1)
    usesColumns = state.usesColumns
  }

  func lines(of row: LogRow) -> [RowLine] {
    let lines = usesColumns ? columns(row) : raw(row)
    guard state.options.wraps else { return lines }
    return Array(lines.flatMap { LineWrapping.wrap($0, width: width) }.prefix(Self.limit))
  }

  // MARK: As written

  private func raw(_ row: LogRow) -> [RowLine] {
    let ranges = row.lines
    let hidden = row.lineCount - min(ranges.count, Self.limit)
    var lines = ranges.prefix(Self.limit).enumerated().map { index, range in
      var line = RowLine()
      line.prefix = lineNumber(row, plus: index)
      line.spans = RowColouring.spans(of: row, in: range)
      return line
    }
    if hidden > 0, !lines.isEmpty { lines[lines.count - 1].spans.append(.init(.more, more(hidden))) }
    return lines
  }

  // MARK: Columns

  private func columns(_ row: LogRow) -> [RowLine] {
    var head = RowLine()
    head.prefix = lineNumber(row, plus: 0)
    if let time = state.timeText(of: row) { head.prefix.append(.init(.time, pad(time, to: state.timeWidth) + " ")) }
    let level = row.parsed.level
    head.prefix.append(.init(.level(level), pad(level.map(LevelText.short) ?? "", to: 5) + " "))
    if state.showsSourceColumn {
      let name = state.summary.status(of: row.position.file)?.shortName ?? ""
      head.prefix.append(.init(.source(row.position.file), pad(name, to: state.sourceWidth) + " "))
    }
    let chosen = state.summary.status(of: row.source).flatMap { state.chosenColumns(for: $0.name) }
    head.spans = chosen.map { RowColouring.fields($0, of: row) } ?? RowColouring.message(of: row)
    guard row.lineCount > 1 else { return [head] }
    let rest = row.lines.dropFirst()
    let indent = head.prefix.reduce(0) { $0 + CharacterWidth.columns(of: String(decoding: $1.text, as: UTF8.self)) }
    func continuation(_ range: Range<Int>) -> RowLine {
      var line = RowLine()
      line.prefix = [.init(.plain, String(repeating: " ", count: indent))]
      line.spans = [.init(.plain, Array(row.bytes[range]), source: range)]
      return line
    }
    if state.options.wraps { return [head] + rest.prefix(Self.limit).map(continuation) }
    var second = rest.first.map(continuation) ?? RowLine()
    if row.lineCount > 2 { second.spans.append(.init(.more, more(row.lineCount - 2))) }
    return [head, second]
  }

  private func lineNumber(_ row: LogRow, plus index: Int) -> [RowLine.Span] {
    guard state.options.showsLineNumbers else { return [] }
    let number = row.line.map { String($0.rawValue + index) } ?? state.settings.glyphs.unknown
    let text = String(repeating: " ", count: max(0, 7 - number.count)) + number + " "
    return [.init(.lineNumber, text)]
  }

  private func more(_ count: Int) -> String { "  +\(TimeText.grouped(count)) \(count == 1 ? "line" : "lines")" }

  private func pad(_ text: String, to columns: Int) -> String {
    let used = CharacterWidth.columns(of: text)
    if used <= columns { return text + String(repeating: " ", count: columns - used) }
    var result = ""
    var width = 0
    for character in text {
      let next = CharacterWidth.columns(of: String(character))
      if width + next > columns - 1 { break }
      result.append(character)
      width += next
    }
    return result + state.settings.glyphs.ellipsis + String(repeating: " ", count: max(0, columns - width - 1))
  }
}

/// Names of levels in five columns.
public enum LevelText {
  /// `ERROR`, `CRIT`: at most five columns.
  public static func short(_ level: Level) -> String {
    switch level {
    case .critical: "CRIT"
    case .notice: "NOTE"
    default: level.name.uppercased()
    }
  }
}

/// Cuts a record's bytes into coloured pieces.
enum RowColouring {
  /// The bytes of one line as written, with what is known of them.
  static func spans(of row: LogRow, in line: Range<Int>) -> [RowLine.Span] {
    var marks: [(range: Range<Int>, role: RowLine.Role)] = []
    if let span = row.parsed.stampSpan { marks.append((span, .time)) }
    if let span = row.parsed.levelSpan { marks.append((span, .level(row.parsed.level))) }
    for field in row.parsed.fields where field.kind != .object && field.kind != .array {
      if !field.nameSpan.isEmpty { marks.append((field.nameSpan, .key)) }
      if field.valueSpan != row.parsed.messageSpan { marks.append((field.valueSpan, .value(field.kind))) }
    }
    if !row.parsed.messageSpan.isEmpty { marks.append((row.parsed.messageSpan, .message)) }
    return cut(row, line, marks)
  }

  /// The message with its fields coloured, then every field that stands elsewhere as `key=value`.
  static func message(of row: LogRow) -> [RowLine.Span] {
    let parsed = row.parsed
    let span = parsed.messageSpan.clamped(to: 0..<row.bytes.count)
    let line = span.prefix(while: { row.bytes[$0] != 10 })
    let firstLine = span.lowerBound..<(line.last.map { $0 + 1 } ?? span.lowerBound)
    var spans: [RowLine.Span]
    if parsed.messageEncoding == .plain {
      let inside = parsed.fields.filter {
        span.contains($0.valueSpan.lowerBound) && $0.valueSpan.upperBound <= span.upperBound && $0.valueSpan != span
      }
      var marks: [(range: Range<Int>, role: RowLine.Role)] = []
      for field in inside where field.kind != .object && field.kind != .array {
        if !field.nameSpan.isEmpty { marks.append((field.nameSpan, .key)) }
        marks.append((field.valueSpan, .value(field.kind)))
      }
      marks.append((firstLine, .message))
      spans = cut(row, firstLine, marks)
    } else {
      let text = decode(row, span, parsed.messageEncoding).prefix { $0 != 10 }
      spans = [.init(.message, Array(text))]
    }
    for field in parsed.fields where isShownApart(field, of: parsed) {
      spans.append(.init(.plain, spans.isEmpty ? "" : "  "))
      spans.append(.init(.key, field.path))
      spans.append(.init(.punctuation, "="))
      let isPlain =
        field.encoding == .plain && !row.bytes[field.valueSpan.clamped(to: 0..<row.bytes.count)].contains(10)
      let value = decode(row, field.valueSpan, field.encoding).map { $0 == 10 ? 32 : $0 }
      let quoted = field.kind == .string && (value.isEmpty || value.contains(32))
      if quoted { spans.append(.init(.punctuation, "\"")) }
      spans.append(.init(.value(field.kind), value, source: isPlain ? field.valueSpan : nil))
      if quoted { spans.append(.init(.punctuation, "\"")) }
    }
    return spans
  }

  /// The named fields' values in order; time, level and source have columns of their own. A missing one is a dash.
  static func fields(_ names: [String], of row: LogRow) -> [RowLine.Span] {
    var spans: [RowLine.Span] = []
    for name in names where !["time", "level", "source"].contains(name) {
      if !spans.isEmpty { spans.append(.init(.plain, "  ")) }
      if name == "msg" || name == "message" {
        let text = decode(row, row.parsed.messageSpan, row.parsed.messageEncoding)
        spans.append(.init(.message, text.map { $0 == 10 ? 32 : $0 }))
      } else if let field = row.parsed.fields.first(where: { $0.path == name }) {
        let value = decode(row, field.valueSpan, field.encoding).map { $0 == 10 ? 32 : $0 }
        spans.append(.init(.value(field.kind), value))
      } else {
        spans.append(.init(.punctuation, "-"))
      }
    }
    return spans
  }

  /// Whether a field's value is not on the screen already (as time, level or part of the message).
  static func isShownApart(_ field: Field, of parsed: ParsedRecord) -> Bool {
    if field.kind == .object || field.kind == .array || field.kind == .null { return false }
    func covers(_ span: Range<Int>?) -> Bool {
      guard let span, !span.isEmpty else { return false }
      return span.lowerBound <= field.valueSpan.lowerBound && field.valueSpan.upperBound <= span.upperBound
    }
    return !covers(parsed.stampSpan) && !covers(parsed.levelSpan) && !covers(parsed.messageSpan)
  }

  static func decode(_ row: LogRow, _ range: Range<Int>, _ encoding: FieldEncoding) -> [UInt8] {
    let bytes = row.bytes[range.clamped(to: 0..<row.bytes.count)]
    if encoding == .plain { return Array(bytes) }
    return bytes.withUnsafeBytes { buffer in Array(encoding.decode(buffer).utf8) }
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
    func add(_ range: Range<Int>, _ role: RowLine.Role) {
      if !range.isEmpty { spans.append(.init(role, Array(row.bytes[range]), source: range)) }
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
      let range = mark.range.clamped(to: line)
      guard range.lowerBound >= position else { continue }
      addPlain(position..<range.lowerBound)
      add(range, mark.role)
      position = range.upperBound
    }
    addPlain(position..<line.upperBound)
    return spans
  }
}
