import Drawing
import Quantities

/// Where everything stands on the screen: computed from the state alone, read by update() and views alike.
///
///     header
///     volume    ▂▂▃▅▇█▆▃▂▂      212/s      title | sparkline | number
///     panels    ▂▁▂▁▁▁▄▅▆▇      3.1/s
///     axis      ──14:00──────14:05─────
///     log       ...
///     detail    ...                        (or the list of sources; the first row is its heading)
///     status
public struct ScreenLayout: Equatable, Sendable {
  /// The top row; nil on a screen of less than three rows.
  public var header: Rect?
  /// The volume, one row or, on a tall screen, several; nil where there is none to show.
  public var volume: Rect?
  /// The panels that fit, with their indices.
  public var panels: [PanelRow] = []
  /// The line with the times; nil without volume and panels.
  public var axis: Rect?
  /// The right edge of the log, one column wide; nil where it is not shown.
  public var scrollBar: Rect?
  /// The rows of the log.
  public var log: Rect
  /// The detail pane with its heading; nil while closed.
  public var detail: Rect?
  /// The list of sources with its heading; nil while closed.
  public var sources: Rect?
  /// The list of columns with its heading; nil while closed.
  public var columnChooser: Rect?
  /// The names of the columns, above the log; nil where there are none to show.
  public var columnHeading: Rect?
  /// The status line, or the prompt.
  public var status: Rect
  /// Columns of the titles of volume and panels.
  public var titleColumns = 0
  /// Columns of the sparklines: of the time axis.
  public var axisColumns = 0
  /// Columns of the numbers at the right.
  public var numberColumns = 0

  /// A panel and where it stands.
  public struct PanelRow: Equatable, Sendable {
    /// The index in `PanelsState.specifications`.
    public var index: Int
    /// Its rows: bars, and below them those of its series.
    public var rect: Rect
  }

  /// The column of the screen at which sparklines and axis begin.
  public var axisColumn: Int { titleColumns }

  /// The width from which panels show minimum and maximum too.
  public static let wide = 110

  /// The height from which panels stay where a pane is open below the log, which would have but a row or two.
  private static let highEnoughForAll = 14

  /// Lays the screen out.
  public init(_ state: State) {
    let size = state.size
    status = Rect(column: 0, row: max(0, size.rows - 1), columns: size.columns, rows: min(1, size.rows))
    log = Rect(column: 0, row: 0, columns: size.columns, rows: 0)
    var top = 0
    var bottom = max(0, size.rows - 1)
    func row(_ index: Int) -> Rect { Rect(column: 0, row: index, columns: size.columns, rows: 1) }
    if size.rows >= 3 {
      header = row(0)
      top = 1
    }
    let titles = state.panels.specifications.map { CharacterWidth.columns(of: $0.title) }
    let names = state.widestSeriesName
    titleColumns = min(max(10, (titles.max() ?? 0) + 2), max(10, min(24, size.columns / 6)))
    titleColumns = max(titleColumns, min(names + 4, min(30, size.columns / 4)))
    numberColumns = size.columns >= Self.wide ? 26 : 10
    axisColumns = max(0, size.columns - titleColumns - numberColumns)

    let isFilled = state.panels.fillsScreen && state.selectedPanel != nil && !state.panels.isHidden
    let room = isFilled ? max(size.rows / 3, size.rows - 7) : Self.room(state)
    let hasPane = state.detail.isOpen || state.sources.isOpen || state.logPane.columns.isOpen
    if state.showsAxis, Self.hasRoomForAxis(self, on: size), !hasPane || size.rows >= Self.highEnoughForAll {
      var left = room - 1
      if state.showsVolume, left > 0, !state.panels.isHidden, !isFilled {
        let rows = min(Self.volumeRows(of: size), max(1, left - state.panels.specifications.count))
        volume = Rect(column: 0, row: top, columns: size.columns, rows: rows)
        top += rows
        left -= rows
      }
      let shown = state.panels.isHidden ? 0 : left
      for (index, rows) in Self.visible(state, room: shown, isFilled: isFilled) {
        panels.append(PanelRow(index: index, rect: Rect(column: 0, row: top, columns: size.columns, rows: rows)))
        top += rows
      }
      if volume != nil || !panels.isEmpty || state.isChartOverTime {
        axis = row(top)
        top += 1
      }
    }
    let isChoosing = state.logPane.columns.isOpen
    if hasPane, bottom - top >= 4 {
      let wanted =
        isChoosing
        ? state.logPane.columns.items.count + 1
        : state.sources.isOpen ? state.summary.files.count + 1 : state.detailRowCount + 1
      let rows = min(max(3, wanted), (bottom - top) / 2)
      let rect = Rect(column: 0, row: bottom - rows, columns: size.columns, rows: rows)
      if isChoosing { columnChooser = rect } else if state.sources.isOpen { sources = rect } else { detail = rect }
      bottom -= rows
    }
    if bottom - top >= 3, state.headingColumns != nil {
      columnHeading = row(top)
      top += 1
    }
    log = Rect(column: 0, row: top, columns: size.columns, rows: max(0, bottom - top))
    if state.showsScrollBar {
      log.size.columns -= 1
      scrollBar = Rect(column: log.size.columns, row: top, columns: 1, rows: log.size.rows)
    }
  }

  /// Whether a screen is large enough for the time axis at all.
  static func hasRoomForAxis(_ layout: ScreenLayout, on size: Size) -> Bool {
    size.rows / 3 >= 2 && layout.axisColumns >= 8
  }

  /// A tall screen shows the volume on more rows, where it can be stacked by level.
  private static func volumeRows(of size: Size) -> Int { size.rows >= 48 ? 4 : size.rows >= 34 ? 3 : 1 }

  /// Rows for volume, panels and axis: a third of the screen, or half where a panel was asked to be higher.
  private static func room(_ state: State) -> Int {
    let isHigher = state.panels.specifications.contains { $0.look.rows > 1 || $0.look.showsSeries }
    return isHigher ? max(state.size.rows / 3, state.size.rows / 2) : state.size.rows / 3
  }

  /// The panels that fit with their rows, the selected one among them; hidden ones left out.
  private static func visible(_ state: State, room: Int, isFilled: Bool) -> [(index: Int, rows: Int)] {
    guard room > 0 else { return [] }
    if isFilled, let index = state.selectedPanel { return [(index, room)] }
    let shown = state.panels.specifications.indices.filter { !state.panels.specifications[$0].look.isHidden }
    let wanted = shown.map { ($0, state.panelRows($0)) }
    var first = 0
    let selected = wanted.lastIndex { $0.0 <= state.panels.selected - 1 } ?? 0
    while first < selected, wanted[first...selected].reduce(0, { $0 + $1.1 }) > room { first += 1 }
    var left = room
    var result: [(Int, Int)] = []
    for (index, rows) in wanted.dropFirst(first) where left > 0 {
      result.append((index, min(rows, left)))
      left -= min(rows, left)
    }
    return result
  }
}

extension State {
  /// Series of a panel that have rows of their own, the most.
  static let mostSeriesRows = 8

  /// Columns of the longest name of a series that has a row of its own; 0 where none has.
  var widestSeriesName: Int {
    guard !panels.isHidden else { return 0 }
    let shown = zip(panels.specifications, panels.panels).filter { specification, panel in
      specification.look.showsSeries && !specification.look.isHidden
        && Heat(panel.series, areFilled: panel.areFilledBuckets) == nil
    }
    return shown.flatMap { _, panel in
      let count = max(panel.series.count, panel.seriesCount)
      let rest = count > Self.mostSeriesRows ? [SeriesNames.rest(of: panel, shown: Self.mostSeriesRows - 1)] : []
      return SeriesNames.distinguishing(panel.series) + rest
    }.map { CharacterWidth.columns(of: $0) }.max() ?? 0
  }

  /// How many rows a panel is to have.
  func panelRows(_ index: Int) -> Int {
    let look = panels.specifications[index].look
    guard look.showsSeries, panels.panels.indices.contains(index) else { return look.rows }
    let count = panels.panels[index].series.count
    return look.rows + (count < 2 ? 0 : min(count, Self.mostSeriesRows))
  }

  /// Where everything stands.
  public var layout: ScreenLayout { ScreenLayout(self) }

  /// The axis that volume and panels share with the log: all of it, or the part that was zoomed into; nil while no record
  /// has a time.
  ///
  /// A part stands still while records come, unless the end is followed: then it keeps its length and ends with the newest.
  public var axis: TimeAxis? {
    guard let zoom = options.zoom, let whole = wholeAxis else { return wholeAxis }
    guard follow.isFollowing, let last = view.span?.upperBound else { return zoom }
    let step = TimeAxis.step(atLeast: zoom.span.nanoseconds / Int64(max(8, size.columns)))
    let to = max(last.floored(to: step) + .nanoseconds(step), whole.from + .nanoseconds(1))
    return TimeAxis(from: to - zoom.span, to: to)
  }

  /// The axis as it is when it shows all records.
  ///
  /// Its ends lie on multiples of about a column, so that it stands still while records come and moves once a column.
  public var wholeAxis: TimeAxis? {
    guard let span = view.span else { return nil }
    let (first, last) = (span.lowerBound, span.upperBound)
    let (length, overflow) = last.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
    let step = TimeAxis.step(atLeast: (overflow ? Int64.max : length) / Int64(max(8, size.columns)))
    let from = first.floored(to: step)
    let to = last.floored(to: step) + .nanoseconds(step)
    return TimeAxis(from: from, to: max(to, from + .seconds(Int64(2))))
  }

  /// Whether volume, panels and axis have anything to show and are not hidden.
  public var showsAxis: Bool {
    axis != nil && (isChartOverTime || !panels.isHidden && (showsVolume || !panels.specifications.isEmpty))
  }

  /// Whether there is a volume worth a row: times, and more than a screen of records.
  public var showsVolume: Bool {
    guard view.span != nil else { return false }
    return summary.files.count > 1 || view.totalCount > size.rows || focusedPane == .panels || options.zoom != nil
      || options.span != nil
  }
}
