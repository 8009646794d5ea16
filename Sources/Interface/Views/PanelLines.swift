import Analysis
import Drawing
import Quantities
import Series
import Themes

/// A panel of lines: each from the least to the greatest of its column, with a legend above where there are several.
///
///      latency     ● p50 12ms   ● p95 80ms   ● p99 210ms
///                  ⠀⢀⡀⠀⢰⡆⠀
///            0     ⠒⠊⠑⠒⠃⠘⠒
enum PanelLines {
  /// The row of the legend within the rows of a panel; nil where there is none: of one line, on less than three rows, and where
  /// series have rows of their own below, which have the same signs.
  static func legendRow(_ picture: PanelPicture, _ rect: Rect, hasRows: Bool) -> Int? {
    picture.lines.count > 1 && !hasRows && rect.size.rows >= 3 ? rect.row : nil
  }

  /// Draws the lines; those of several series in a colour each, a single one as `role` has it.
  static func draw(
    _ picture: PanelPicture, _ scale: PanelScale, _ rect: Rect, _ canvas: inout Canvas, role: (Double) -> Role
  ) {
    guard let axis = canvas.state.axis else { return }
    let plot = Rect(
      column: canvas.layout.axisColumn, row: rect.row, columns: canvas.layout.axisColumns, rows: rect.size.rows)
    let areSeveral = picture.lines.count > 1
    let drawsDots = canvas.drawsDots || (!areSeveral && canvas.glyphs == .unicode)
    // Where lines cross, the greatest lies on top.
    let ranked = picture.lines.enumerated().sorted { $1.element.top < $0.element.top }
    let lines = ranked.map { number, line in
      let extents =
        drawsDots
        ? PanelColumns.downsample(line.series, from: axis.from, to: axis.to, columns: plot.size.columns * 2)
        : line.extents
      return ChartLines.Line(
        spans: extents.map { $0.map { scale.share($0.minimum)...scale.share($0.maximum) } },
        roles: extents.map { areSeveral ? .source(number) : role($0?.maximum ?? 0) },
        mark: areSeveral ? canvas.seriesMark(number) : "*")
    }
    if drawsDots { ChartLines.dots(lines, plot, &canvas) } else { ChartLines.marks(lines, plot, &canvas) }
    PanelFrame.labels(scale, picture.unit, rect, &canvas)
  }

  /// The names of the lines with their values at the cursor, or the last ones; what has no room is counted.
  static func legend(_ picture: PanelPicture, row: Int, _ canvas: inout Canvas) {
    let end = canvas.layout.axisColumns
    var used = 0
    var unshown = picture.unshownLines
    for (number, line) in picture.lines.enumerated() {
      let mark = canvas.seriesMark(number) + " "
      let value = PanelFrame.value(of: line.extents, canvas).map { " " + picture.unit.text($0) } ?? ""
      let name = canvas.shortened(line.name, 24)
      let isLast = number == picture.lines.count - 1 && picture.unshownLines == 0
      let needed = CharacterWidth.columns(of: mark + name + value)
      guard used + needed + (isLast ? 0 : 12) <= end else {
        unshown = picture.lines.count - number + picture.unshownLines
        break
      }
      used += canvas.put(
        [.init(mark, .source(number)), .init(name, .message), .init(value, .panelNumber), .init("   ", .text)],
        column: canvas.layout.axisColumn + used, row: row, maxColumns: end - used)
    }
    if unshown > 0 {
      canvas.put(
        "+\(unshown) more", .dim, column: canvas.layout.axisColumn + used, row: row, maxColumns: end - used)
    }
  }
}
