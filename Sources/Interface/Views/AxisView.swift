import Drawing
import Quantities
import Themes

/// The line between panels and log: times in round steps, and the time under the cursor.
enum AxisView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.axis else { return }
    canvas.put(String(repeating: canvas.glyphs.horizontal, count: rect.size.columns), .axis, column: 0, row: rect.row)
    guard let axis = canvas.state.axis else { return }
    AlertsView.drawLine(rect, &canvas)
    let columns = canvas.layout.axisColumns
    let start = canvas.layout.axisColumn
    let cursor = cursorLabel(canvas, axis: axis)
    for tick in AxisTicks.ticks(axis, columns: columns, zone: canvas.state.screenZone) {
      let range = tick.column..<tick.column + tick.text.utf8.count
      if range.upperBound > columns { continue }
      if let cursor, cursor.range.lowerBound - 1 < range.upperBound, range.lowerBound - 1 < cursor.range.upperBound {
        continue
      }
      canvas.put(tick.text, .axisLabel, column: start + tick.column, row: rect.row)
    }
    AlertsView.colourLabels(rect, &canvas)
    if let cursor {
      AlertsView.clear(cursor.range, rect, &canvas)
      canvas.put(cursor.text, .axisCursor, column: start + cursor.range.lowerBound, row: rect.row)
    }
    span(axis, rect, &canvas)
  }

  /// Brackets around a span that is being selected, and its ground where there are colours.
  private static func span(_ axis: TimeAxis, _ rect: Rect, _ canvas: inout Canvas) {
    let (columns, start) = (canvas.layout.axisColumns, canvas.layout.axisColumn)
    guard let range = canvas.state.options.span?.range, let shown = axis.columns(of: range, columns: columns) else {
      return
    }
    if canvas.hasColours {
      canvas.highlight(row: rect.row, column: start + shown.lowerBound, columns: shown.count, .selection)
    }
    // An end that lies off the axis has no bracket.
    if axis.from <= range.from { canvas.put("[", .axisCursor, column: start + shown.lowerBound, row: rect.row) }
    if range.to <= axis.to { canvas.put("]", .axisCursor, column: start + shown.upperBound, row: rect.row) }
  }

  /// The column of the cursor's time on the axis; nil if there is none.
  static func cursorColumn(_ canvas: Canvas) -> Int? {
    guard let time = canvas.state.axisTime else { return nil }
    return canvas.state.axis?.column(of: time, columns: canvas.layout.axisColumns)
  }

  /// The cursor's time, beginning at its column or, near the right edge, ending there.
  private static func cursorLabel(_ canvas: Canvas, axis: TimeAxis) -> (text: String, range: Range<Int>)? {
    guard let column = cursorColumn(canvas), let time = canvas.state.axisTime else { return nil }
    let isFine = axis.span < .milliseconds(Int64(canvas.layout.axisColumns) * 200)
    let clock = TimeText.clock(canvas.state.screenZone.civilTime(at: time), digits: isFine ? 3 : 0)
    let mark = canvas.hasColours ? " " : canvas.glyphs.heavyVertical
    let width = clock.utf8.count + 2
    if column + width <= canvas.layout.axisColumns { return ("\(mark)\(clock) ", column..<column + width) }
    return (" \(clock)\(mark)", max(0, column - width + 1)..<column + 1)
  }
}

/// Round times along an axis.
enum AxisTicks {
  /// A time and the column at which its text begins.
  struct Tick: Equatable {
    var column: Int
    var text: String
  }

  /// In milliseconds.
  private static let steps: [Int64] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500]
    + [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
      1_209_600, 2_592_000, 7_776_000, 31_536_000, 157_680_000,
    ].map { $0 * 1000 }

  /// Times in the smallest round step that leaves a few columns between their texts; round in `zone`.
  static func ticks(_ axis: TimeAxis, columns: Int, zone: Zone) -> [Tick] {
    let span = (axis.to - axis.from).seconds * 1000
    guard columns > 0, span > 0 else { return [] }
    let perColumn = span / Double(columns)
    let step = steps.first { Double($0) / perColumn >= Double(width(ofStep: $0) + 7) } ?? 315_360_000_000
    let offset = Int64(zone.offset(at: axis.from)) * 1000
    let first = axis.from.nanoseconds.floorDivided(by: 1_000_000)
    var local = ((first + offset).floorDivided(by: step) + 1) * step
    var ticks: [Tick] = []
    for _ in 0...columns {
      let time = Timestamp(nanoseconds: 0) + .milliseconds(local - offset)
      guard let column = axis.column(of: time, columns: columns) else { break }
      local += step
      // Beyond the longest step, ticks would crowd.
      if let last = ticks.last, column <= last.column + last.text.utf8.count { continue }
      ticks.append(Tick(column: column, text: text(zone.civilTime(at: time), step: step)))
    }
    return ticks
  }

  private static func width(ofStep step: Int64) -> Int {
    step < 1000 ? 12 : step < 60_000 ? 8 : step < 86_400_000 ? 5 : 10
  }

  private static func text(_ time: CivilTime, step: Int64) -> String {
    if step >= 86_400_000 { return TimeText.date(time) }
    return String(TimeText.clock(time).prefix(width(ofStep: step)))
  }
}
