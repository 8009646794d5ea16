import Drawing
import LogFiles
import Records
import Timelines

/// Lays a record out in the columns that were chosen for its format.
struct ColumnCells {
  let state: State

  /// Space between two columns.
  private static let gap = "  "
  /// The widest that values make a column of themselves.
  static let widestMeasured = 32

  /// The line of a record. What the columns at its beginning hold stands still when the log is scrolled sideways.
  func line(of row: LogRow, _ columns: [LogColumn]) -> RowLine {
    var line = RowLine()
    let columns = completed(columns)
    let measured = state.logPane.columns.measured[row.format] ?? [:]
    var isPinned = true
    for (index, column) in columns.enumerated() {
      isPinned = isPinned && column.isPinned
      var cell = spans(of: column, row, columns)
      let isNumber = isNumber(column, row)
      if index + 1 < columns.count || column.width != nil || isNumber {
        cell = fitted(cell, width(of: column, measured), isRight: isNumber)
        cell.append(.init(.plain, column.isPinned ? " " : Self.gap))
      }
      if isPinned { line.prefix += cell } else { line.spans += cell }
    }
    return line
  }

  /// The names of the columns, above their values.
  func heading(_ columns: [LogColumn], format: String) -> RowLine {
    var line = RowLine()
    if state.options.showsLineNumbers { line.prefix.append(.init(.key, String(repeating: " ", count: 8))) }
    let columns = completed(columns)
    let measured = state.logPane.columns.measured[format] ?? [:]
    var isPinned = true
    for (index, column) in columns.enumerated() {
      isPinned = isPinned && column.isPinned
      var cell = [RowLine.Span(.key, column.name)]
      if index + 1 < columns.count || column.width != nil {
        cell = fitted(cell, width(of: column, measured), isRight: false)
        cell.append(.init(.key, column.isPinned ? " " : Self.gap))
      }
      if isPinned { line.prefix += cell } else { line.spans += cell }
    }
    return line
  }

  /// Where records of several sources are on the screen, each says where it is from, whatever was chosen.
  private func completed(_ columns: [LogColumn]) -> [LogColumn] {
    guard state.showsSourceColumn, !columns.contains(where: { $0.name == "source" }) else { return columns }
    var columns = columns
    columns.insert(LogColumn("source"), at: columns.firstIndex { !$0.isPinned } ?? columns.count)
    return columns
  }

  func width(of column: LogColumn, _ measured: [String: Int]) -> Int {
    if let width = column.width { return width }
    switch column.name {
    case "time": return state.timeWidth
    case "level": return 5
    case "source": return state.sourceWidth
    default: return max(CharacterWidth.columns(of: column.name), measured[column.name] ?? 0)
    }
  }

  /// How wide the value of a record is; nil for columns that have a width of their own.
  func measure(_ column: LogColumn, _ row: LogRow, _ columns: [LogColumn]) -> Int? {
    guard column.width == nil, !column.isPinned else { return nil }
    let used = spans(of: column, row, columns).reduce(0) { $0 + LineWrapping.columns(of: $1.text) }
    return min(used, Self.widestMeasured)
  }

  // MARK: Values

  /// What a record has in a column, as text.
  func text(of column: LogColumn, _ row: LogRow, among columns: [LogColumn]) -> String {
    spans(of: column, row, columns).map { String(decoding: $0.text, as: UTF8.self) }.joined()
  }

  private func spans(of column: LogColumn, _ row: LogRow, _ columns: [LogColumn]) -> [RowLine.Span] {
    switch column.name {
    case "time": return [.init(.time, state.timeText(of: row) ?? "")]
    case "level": return [.init(.level(row.parsed.level), row.parsed.level.map(LevelText.short) ?? "")]
    case "source":
      return [.init(.source(row.position.file), state.summary.status(of: row.position.file)?.shortName ?? "")]
    case "msg": return RowColouring.messageText(of: row)
    case "fields":
      let named = Set(columns.map(\.name))
      return RowColouring.fieldsApart(of: row, without: named)
    default: return RowColouring.value(named: column.name, of: row)
    }
  }

  /// Numbers stand at the right of their column.
  private func isNumber(_ column: LogColumn, _ row: LogRow) -> Bool {
    !column.isPinned && row.parsed.fields.first { $0.path == column.name }?.kind == .number
  }

  /// A cell of exactly `width` columns; what is too long ends with an ellipsis.
  private func fitted(_ spans: [RowLine.Span], _ width: Int, isRight: Bool) -> [RowLine.Span] {
    let used = spans.reduce(0) { $0 + LineWrapping.columns(of: $1.text) }
    if used <= width {
      let space = RowLine.Span(.plain, String(repeating: " ", count: width - used))
      return isRight ? [space] + spans : spans + [space]
    }
    var result: [RowLine.Span] = []
    var left = width - 1
    for span in spans {
      var (end, columns) = (0, 0)
      span.text.withUnsafeBytes { bytes in
        var reader = GlyphReader(bytes)
        while let glyph = reader.next(), columns + glyph.width <= left {
          columns += glyph.width
          end = glyph.bytes.upperBound
        }
      }
      let source = span.source.map { $0.lowerBound..<$0.lowerBound + end }
      if end > 0 { result.append(.init(span.role, Array(span.text[..<end]), source: source)) }
      left -= columns
      if end < span.text.count { break }
    }
    let missing = String(repeating: " ", count: max(0, left))
    return result + [.init(.punctuation, state.settings.glyphs.ellipsis + missing)]
  }
}
