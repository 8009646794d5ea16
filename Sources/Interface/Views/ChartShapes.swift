import Drawing
import Themes

/// Lines of a chart.
enum ChartLines {
  /// One line: for each column the heights that it takes in, between 0 and 1, and how they are coloured; nil is a gap.
  struct Line {
    var spans: [ClosedRange<Double>?]
    var roles: [Role]
    /// Which sign stands for it where there are no dots.
    var mark: String

    init(spans: [ClosedRange<Double>?], roles: [Role], mark: String) {
      self.spans = spans
      self.roles = roles
      self.mark = mark
    }

    /// A line through one value a column.
    init(_ values: [Double?], top: Double, _ role: Role, mark: String) {
      self.mark = mark
      spans = values.map { value in
        value.map { value in
          let share = value > 0 && top > 0 ? min(1, value / top) : 0
          return share...share
        }
      }
      roles = Array(repeating: role, count: values.count)
    }
  }

  /// Lines of braille dots, two columns and four rows of them in a cell; where lines cross, the first one colours the cell.
  static func dots(_ lines: [Line], _ plot: Rect, _ canvas: inout Canvas) {
    let height = plot.size.rows * 4
    var cells = [UInt8](repeating: 0, count: plot.size.rows * plot.size.columns)
    var roles = [Role](repeating: .text, count: cells.count)
    for line in lines.reversed() {
      line.walk(steps: height - 1) { index, levels in
        for level in levels {
          let dot = height - 1 - level
          let cell = dot / 4 * plot.size.columns + index / 2
          guard cells.indices.contains(cell) else { continue }
          cells[cell] |= bit(column: index % 2, row: dot % 4)
          roles[cell] = line.roles[index]
        }
      }
    }
    for (index, bits) in cells.enumerated() where bits != 0 {
      guard let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { continue }
      canvas.put(
        String(scalar), roles[index], column: plot.column + index % plot.size.columns,
        row: plot.row + index / plot.size.columns)
    }
  }

  /// A sign a column and series, where there are no dots or no colours.
  static func marks(_ lines: [Line], _ plot: Rect, _ canvas: inout Canvas) {
    for line in lines.reversed() {
      for (index, span) in line.spans.enumerated() {
        guard let span else { continue }
        for level in Line.levels(span, steps: plot.size.rows - 1) {
          canvas.put(line.mark, line.roles[index], column: plot.column + index, row: plot.endRow - 1 - level)
        }
      }
    }
  }

  /// The dot of a braille pattern: the lowest row was added to the six of the old ones.
  private static func bit(column: Int, row: Int) -> UInt8 {
    row == 3 ? (column == 0 ? 0x40 : 0x80) : 1 << UInt8(row + 3 * column)
  }
}

extension ChartLines.Line {
  /// The levels of a span among `steps` above the lowest.
  static func levels(_ span: ClosedRange<Double>, steps: Int) -> ClosedRange<Int> {
    func level(_ share: Double) -> Int { max(0, min(steps, Int((share * Double(steps)).rounded()))) }
    return level(span.lowerBound)...level(span.upperBound)
  }

  /// Calls `body` with each column and the levels that are drawn there: up or down to where the column before was.
  fileprivate func walk(steps: Int, _ body: (Int, ClosedRange<Int>) -> Void) {
    var before: ClosedRange<Int>?
    for (index, span) in spans.enumerated() {
      guard let span else {
        before = nil
        continue
      }
      let levels = Self.levels(span, steps: steps)
      let (low, high) = (levels.lowerBound, levels.upperBound)
      body(index, min(low, before?.upperBound ?? low)...max(high, before?.lowerBound ?? high))
      before = levels
    }
  }
}

/// Bars of a chart: stacked where the series add up, else the smaller ones in front of the greater.
enum ChartBars {
  static func draw(
    _ columns: [[Double?]], _ series: [ChartSeries], top: Double, isStacked: Bool, _ plot: Rect,
    _ canvas: inout Canvas
  ) {
    let steps = plot.size.rows * 8
    for column in 0..<plot.size.columns {
      let values = columns.map { $0[column] }
      let parts = self.parts(values, series, top: top, steps: steps, isStacked: isStacked)
      if canvas.drawsDots {
        for row in 0..<plot.size.rows {
          let cell = VolumeBars.cell(parts.map { .init(role: $0.role, end: $0.end) }, above: row * 8)
          VolumeBars.draw(cell, column: plot.column + column, row: plot.endRow - 1 - row, isLowest: false, &canvas)
        }
      } else {
        letters(parts, column: plot.column + column, plot, &canvas)
      }
    }
  }

  /// A part of a bar, from the bottom: how it looks, and at which step it ends.
  struct Part: Equatable {
    var series: Int
    var role: Role
    var end: Int
  }

  static func parts(
    _ values: [Double?], _ series: [ChartSeries], top: Double, steps: Int, isStacked: Bool
  ) -> [Part] {
    guard top > 0 else { return [] }
    func step(_ value: Double) -> Int {
      value > 0 ? max(1, min(steps, Int((value / top * Double(steps)).rounded()))) : 0
    }
    let found = values.enumerated().compactMap { index, value in value.flatMap { $0 > 0 ? (index, $0) : nil } }
    var sum = 0.0
    let ordered = isStacked ? found : found.sorted { $0.1 < $1.1 }
    return ordered.map { index, value in
      sum = isStacked ? sum + value : value
      return Part(series: index, role: series[index].role, end: step(sum))
    }
  }

  private static func letters(_ parts: [Part], column: Int, _ plot: Rect, _ canvas: inout Canvas) {
    for row in 0..<plot.size.rows {
      guard let part = parts.first(where: { $0.end > row * 8 + 3 || (row == 0 && $0.end > 0) }) else { return }
      canvas.put(canvas.seriesMark(part.series), .text, column: column, row: plot.endRow - 1 - row)
    }
  }
}
