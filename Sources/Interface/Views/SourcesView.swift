import Drawing
import LogFiles
import Quantities
import Themes

/// The list of sources: shown or hidden, format, records, state, and what is assumed or wrong.
enum SourcesView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.sources else { return }
    canvas.fill(rect, .text)
    let state = canvas.state
    let total = TimeText.grouped(state.summary.files.count)
    canvas.rule(
      Rect(column: 0, row: rect.row, columns: rect.size.columns, rows: 1), title: [.init("sources", .heading)],
      right: [.init(total, .dim)])
    let files = state.summary.files
    let room = rect.size.rows - 1
    let first = state.sourcesScroll(rows: room)
    let formatColumns = min(20, files.map { $0.format.count + 1 }.max() ?? 0)
    let nameColumns = min(files.map { CharacterWidth.columns(of: $0.shortName) }.max() ?? 0, rect.size.columns / 3)
    for offset in 0..<max(0, room) {
      let index = first + offset
      guard files.indices.contains(index) else { return }
      let row = rect.row + 1 + offset
      draw(files[index], nameColumns: nameColumns, formatColumns: max(8, formatColumns), row: row, &canvas)
      if state.focusedPane == .sources && index == state.sources.selected {
        canvas.highlight(row: row, columns: rect.size.columns, .cursor)
        canvas.put(canvas.glyphs.cursorBar, .cursorBar, column: 0, row: row)
      }
    }
  }

  private static func draw(
    _ file: FileStatus, nameColumns: Int, formatColumns: Int, row: Int, _ canvas: inout Canvas
  ) {
    let state = canvas.state
    let isHidden = state.options.hidden.contains(file.file)
    let mark = isHidden ? canvas.glyphs.unknown : canvas.glyphs.bullet
    let source = isHidden ? Role.dim : .source(file.file.rawValue)
    let count = TimeText.grouped(file.recordCount)
    var pieces: [Canvas.Piece] = [
      .init(mark + " ", source), .init(canvas.padded(file.shortName, nameColumns), source),
      .init(String(repeating: " ", count: max(1, 11 - count.utf8.count)) + count, isHidden ? .dim : .panelNumber),
    ]
    if let matches = state.sources.matchCounts[file.file], !state.options.filter.isEmpty {
      pieces.append(.init("  \(TimeText.grouped(matches)) match", .match))
    }
    pieces.append(.init("  " + canvas.padded(file.format + (file.isForced ? "!" : ""), formatColumns), .dim))
    pieces.append(phase(file, canvas))
    if !file.hasTimes && file.recordCount > 0 { pieces.append(.init("  no time", .warning)) }
    if file.untimedCount > 0 {
      pieces.append(.init("  \(TimeText.grouped(file.untimedCount)) without a time", .warning))
    }
    if let zone = file.assumedZone { pieces.append(.init("  times read as \(zone)", .dim)) }
    if file.clockOffset != .zero { pieces.append(.init("  clock \(TimeText.signed(file.clockOffset))", .warning)) }
    if let order = order(file) { pieces.append(.init("  " + order, .dim)) }
    for note in file.notes { pieces.append(.init("  " + note, .warning)) }
    canvas.put(pieces, column: 2, row: row, maxColumns: canvas.state.size.columns - 3)
  }

  /// What the order of time does to the records of a file; nil where they are written in it.
  private static func order(_ file: FileStatus) -> String? {
    switch file.order {
    case .newestFirst: return file.isOrdered ? "newest first, shown oldest first" : "newest first, not sorted"
    case .sorted: return "\(TimeText.grouped(file.lateCount)) out of order, \(file.isOrdered ? "sorted" : "not sorted")"
    case .written: return file.lateCount > 0 ? "\(TimeText.grouped(file.lateCount)) out of order" : nil
    }
  }

  private static func phase(_ file: FileStatus, _ canvas: Canvas) -> Canvas.Piece {
    switch file.phase {
    case .indexing(let fraction): .init("  indexing \(Int(fraction * 100))%", .progress)
    case .following: .init("  live", .headerLive)
    case .ended: .init("  end", .dim)
    case .failed(let reason): .init("  " + reason, .error)
    }
  }
}

extension State {
  /// The index of the first source in a list of so many rows.
  func sourcesScroll(rows: Int) -> Int { max(0, min(sources.selected - rows + 1, summary.files.count - rows)) }
}
