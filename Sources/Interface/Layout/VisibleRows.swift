import LogFiles
import Quantities
import Timelines

extension State {
  /// The rows of the log as they stand on the screen, from `log.top` on, at most as many as `layout.log` has.
  public var visibleRows: [VisibleRow] { visibleRows(height: layout.log.size.rows) }

  func visibleRows(height: Int) -> [VisibleRow] {
    guard height > 0, !log.window.rows.isEmpty else { return [] }
    let rows = log.window.rows
    let first = log.top.flatMap(log.window.index(of:)) ?? log.cursorIndex ?? 0
    let composer = RowComposer(self)
    var visible: [VisibleRow] = []
    var skipped = log.topLine
    for index in first..<rows.count {
      if index == first {
        if spansDays { visible.append(.date(dateText(of: rows[index]))) }
      } else {
        visible += dividers(between: rows[index - 1], and: rows[index])
      }
      let count = max(1, composer.lines(of: rows[index]).count)
      let from = min(skipped, count - 1)
      skipped = 0
      for line in from..<count {
        if visible.count >= height { return visible }
        visible.append(.record(index: index, line: line))
      }
      if visible.count >= height { return Array(visible.prefix(height)) }
    }
    visible += closingDividers(after: rows[rows.count - 1])
    return Array(visible.prefix(height))
  }

  /// Whether the records shown lie on more than one day, so that dates need rows of their own.
  var spansDays: Bool {
    guard options.timeColumn == .time, let span = view.span else { return false }
    let zone = screenZone
    let (first, last) = (zone.civilTime(at: span.lowerBound), zone.civilTime(at: span.upperBound))
    return (first.year, first.month, first.day) != (last.year, last.month, last.day)
  }

  func dateText(of row: LogRow) -> String { TimeText.date(screenZone.civilTime(at: row.time)) }

  /// The thin rows between two records.
  func dividers(between earlier: LogRow, and later: LogRow) -> [VisibleRow] {
    var rows: [VisibleRow] = []
    if earlier.source == later.source, earlier.position.generation != later.position.generation {
      rows += summary.markers.filter {
        $0.file == later.source && $0.generation == later.position.generation
      }.map(VisibleRow.marker)
    }
    for line in bookmarks.lines where earlier.record.key <= line && line < later.record.key {
      rows.append(.now(TimeText.clock(screenZone.civilTime(at: line), digits: 0)))
    }
    if spansDays, dateText(of: earlier) != dateText(of: later) { rows.append(.date(dateText(of: later))) }
    return rows
  }

  private func closingDividers(after last: LogRow) -> [VisibleRow] {
    guard log.window.reachesEnd else { return [] }
    return bookmarks.lines.filter { last.record.key <= $0 }.map {
      .now(TimeText.clock(screenZone.civilTime(at: $0), digits: 0))
    }
  }
}
