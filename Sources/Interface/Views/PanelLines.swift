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
    let lines = PanelPicture.ranked(picture.lines).map { number in
      let line = picture.lines[number]
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

  /// The names of the lines with their values at the cursor, or the last ones. The greatest are named first and stand by name; what has no
  /// room is counted.
  static func legend(_ picture: PanelPicture, row: Int, _ canvas: inout Canvas) {
    let room = canvas.layout.axisColumns
    let entries = picture.lines.enumerated().map { number, line in
      let value = PanelFrame.value(of: line.extents, canvas).map { " " + picture.unit.text($0) } ?? ""
      return [
        Canvas.Piece(canvas.seriesMark(number) + " ", .source(number)),
        Canvas.Piece(canvas.shortened(line.name, 24), .message), Canvas.Piece(value + "   ", .panelNumber),
      ]
    }
    let widths = entries.map { $0.reduce(0) { $0 + $1.columns } }
    let isCut = picture.unshownLines > 0 || widths.reduce(0, +) > room + 3
    var left = isCut ? room - "+\(picture.unshownLines + picture.lines.count) more".utf8.count : room + 3
    let named = PanelPicture.ranked(picture.lines).prefix { index in
      left -= widths[index]
      return left >= 0
    }
    var column = canvas.layout.axisColumn
    let end = column + room
    for index in named.sorted() {
      column += canvas.put(entries[index], column: column, row: row, maxColumns: end - column)
    }
    let unnamed = picture.unshownLines + picture.lines.count - named.count
    if unnamed > 0 { canvas.put("+\(unnamed) more", .dim, column: column, row: row, maxColumns: end - column) }
  }
}

extension Canvas {
  /// How many series can be told apart by their colours, eight at most; by their letters where there are no colours.
  var distinctSeries: Int {
    guard drawsDots else { return PanelPicture.mostLines }
    var seen: Set<Colour?> = []
    return (0..<PanelPicture.mostLines).prefix { number in
      // A named colour and its bright twin are one on thin dots, in many palettes altogether.
      if case .indexed(let index)? = style(.source(number)).foreground, index < 16 {
        return seen.insert(.indexed(index & 7)).inserted
      }
      return seen.insert(style(.source(number)).foreground).inserted
    }.count
  }
}
