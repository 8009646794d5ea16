import Quantities
import QueryLanguage

/// Selecting a stretch of the time axis, and making it the filter.
extension State {
  /// `Space`: a span begins at the cursor's column; anew, where one had begun.
  mutating func beginSpan() -> [Effect] {
    guard let axis, layout.axisColumns > 0 else { return say("there are no times") }
    guard let time = axisTime, let column = axis.column(of: time, columns: layout.axisColumns) else {
      return say("the cursor is not on the part shown; h or l brings it there")
    }
    pause()
    let begin = SpanSelection(axis.column(column, of: layout.axisColumns))
    return change { $0.span = begin }
  }

  /// `Esc` while there is a span; nil without one.
  mutating func dropSpan() -> [Effect]? {
    guard options.span != nil else { return nil }
    let effects = change { $0.span = nil }
    say("no span; U brings it back")
    return effects
  }

  /// `h` and `l` while there is a span: its edge goes by columns, and the log to the record there.
  ///
  /// A part of the axis moves on when the edge meets its end.
  mutating func moveSpanEdge(by columns: Int) -> [Effect] {
    guard let axis, let span = options.span, layout.axisColumns > 0 else { return [] }
    let width = layout.axisColumns
    // An edge off the axis comes back at its nearer end.
    let present = axis.column(of: span.edge.middle, columns: width) ?? (span.edge.middle < axis.from ? 0 : width - 1)
    let (sum, overflow) = present.addingReportingOverflow(columns)
    var wanted = overflow ? (columns < 0 ? 0 : width - 1) : sum
    if !(0..<width).contains(wanted), options.zoom != nil, let limits = axisLimits {
      let time = axis.time(ofColumn: min(max(-(1 << 20), wanted), 1 << 20), columns: width)
      let moved = axis.zoomed(to: axis.span, around: time, columns: width).inside(limits)
      options.zoom = moved
      wanted = moved.column(of: time, columns: width) ?? (columns < 0 ? 0 : width - 1)
    }
    return extendSpan(toColumn: wanted) + refreshAxis()
  }

  /// Puts the edge of the span on a column of the axis.
  mutating func extendSpan(toColumn column: Int) -> [Effect] {
    guard let axis, layout.axisColumns > 0 else { return [] }
    let width = layout.axisColumns
    let column = min(max(0, column), width - 1)
    options.span?.edge = axis.column(column, of: width)
    if showsResult { return isChartOverTime ? goToSlice(atColumn: layout.axisColumn + column) : [] }
    let effects = goTo(column: column, of: axis, width: width)
    panels.axisHolds = log.pending?.id
    return effects
  }

  /// `:span a..b`: selects what was named.
  mutating func select(_ range: TimeAxis) -> [Effect] {
    guard axis != nil else { return say("there are no times") }
    panels.isHidden = false
    pause()
    focusedPane = .panels
    var effects = change { $0.span = SpanSelection(range) }
    if let axis, options.zoom != nil, range.from < axis.from || range.to > axis.to, let whole = wholeAxis {
      let length = max(axis.span, range.span)
      let from = range.middle - .nanoseconds(length.nanoseconds / 2)
      options.zoom = length >= whole.span ? nil : TimeAxis(from: from, to: from + length).inside(whole)
      effects += refreshAxis()
    }
    say("Enter filters to the span, z zooms in, Esc drops it")
    keepCursorVisible()
    return effects + refill()
  }

  /// `Enter` in the panels: the span becomes the filter; without one back to the log.
  mutating func takeSpan() -> [Effect] {
    guard let range = options.span.map(rounded) else {
      focusedPane = .log
      return []
    }
    let filter = QueryRefinement.refine(options.filter, from: range.from.iso8601, to: range.to.iso8601)
    switch read(filter + " " + options.pipeline) {
    case .failure(let problem): return say(problem.sentence, .error)
    case .success(let query):
      let effects = change {
        $0.filter = query.resolvedFilter
        $0.pipeline = query.pipeline
        $0.span = nil
      }
      focusedPane = .log
      say("the \(Self.length(range.span)) selected are the filter; U goes back")
      return effects
    }
  }

  /// A span whose ends are widened, by less than a column, to instants that can be read.
  private func rounded(_ span: SpanSelection) -> TimeAxis {
    let (range, column) = (span.range, min(span.anchor.span, span.edge.span).nanoseconds)
    let unit = column >= 10_000_000 ? TimeAxis.step(atLeast: column / 10) : 1000
    let to = range.to.floored(to: unit)
    return TimeAxis(from: range.from.floored(to: unit), to: to == range.to ? to : to + .nanoseconds(unit))
  }

  /// What the status line says of the span; nil without one.
  var spanNote: String? {
    guard let range = options.span?.range else { return nil }
    let zone = screenZone
    let digits = range.span < .seconds(Int64(10)) ? 3 : 0
    let ends = [range.from, range.to].map { TimeText.clock(zone.civilTime(at: $0), digits: digits) }
    return "span \(ends[0])..\(ends[1])  \(Self.length(range.span))" + (recordCount(in: range).map { "  \($0)" } ?? "")
  }

  /// `1,204 records`: what the volume counts in whole columns; nil where it has not been counted so.
  private func recordCount(in range: TimeAxis) -> String? {
    guard let volume = panels.volume, volume.request.axis == axis else { return nil }
    let (axis, width) = (volume.request.axis, volume.columns.count)
    guard let columns = axis.columns(of: range, columns: width), columns.upperBound < width,
      axis.column(columns.lowerBound, of: width).from == range.from,
      axis.column(columns.upperBound, of: width).to == range.to
    else { return nil }
    let count = volume.columns[columns].reduce(0) { $0 + $1.total }
    return "\(TimeText.grouped(count)) \(count == 1 ? "record" : "records")"
  }
}
