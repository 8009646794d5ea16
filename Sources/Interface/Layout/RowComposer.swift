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
    width = max(1, state.size.columns - (state.showsScrollBar ? 2 : 1))
    usesColumns = state.usesColumns
  }

  func lines(of row: LogRow) -> [RowLine] {
    var lines = usesColumns ? columns(row) : raw(row)
    if state.options.fold != .none { fold(row, &lines) }
    guard state.options.wraps else { return lines }
    return Array(lines.flatMap { LineWrapping.wrap($0, width: width) }.prefix(Self.limit))
  }

  /// Leaves the first line, with what it stands for behind it.
  private func fold(_ row: LogRow, _ lines: inout [RowLine]) {
    guard !lines.isEmpty else { return }
    lines = [lines[0]]
    if lines[0].spans.last?.role == .more { lines[0].spans.removeLast() }
    let more = row.lineCount - 1
    let counts = [
      more > 0 ? "+\(TimeText.grouped(more)) \(more == 1 ? "line" : "lines")" : "", repeats(of: row),
    ]
    lines[0].tail = counts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// `×14 in 3.2s`: how many records a row stands for, and from the first to the last of them.
  private func repeats(of row: LogRow) -> String {
    let window = state.log.window
    guard !window.runs.isEmpty, let index = window.index(of: row.position), window.runs.indices.contains(index) else {
      return ""
    }
    let run = window.runs[index]
    guard run.ranks.count > 1 else { return "" }
    let span = TimeText.relative(run.lastTime - row.time)
    let times = (state.settings.glyphs == .unicode ? "×" : "x") + TimeText.grouped(run.ranks.count)
    return times + (span.hasPrefix("+") ? " in " + span.dropFirst() : "")
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
    let status = state.summary.status(of: row.source)
    if let chosen = state.columns(ofFormat: row.format, path: status?.name) {
      let line = ColumnCells(state: state).line(of: row, chosen)
      head.prefix += line.prefix
      head.spans = line.spans
      return withContinuation(row, head)
    }
    if let time = state.timeText(of: row) { head.prefix.append(.init(.time, pad(time, to: state.timeWidth) + " ")) }
    let level = row.parsed.level
    head.prefix.append(.init(.level(level), pad(level.map(LevelText.short) ?? "", to: 5) + " "))
    if state.showsSourceColumn {
      head.prefix.append(.init(.source(row.position.file), pad(status?.shortName ?? "", to: state.sourceWidth) + " "))
    }
    head.spans = RowColouring.message(of: row)
    return withContinuation(row, head)
  }

  /// The first line of a record in columns, and what there is of the others.
  private func withContinuation(_ row: LogRow, _ head: RowLine) -> [RowLine] {
    guard row.lineCount > 1 else { return [head] }
    let rest = row.lines.dropFirst()
    let indent = head.prefixColumns
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
