import Quantities

/// A stretch of the time axis that is being selected: whole columns, from the one where it began to the one where it ends.
public struct SpanSelection: Hashable, Sendable {
  /// The column where it began.
  public var anchor: TimeAxis
  /// The column that was reached, before or after the anchor.
  public var edge: TimeAxis

  /// Selects one column, or what was named.
  public init(_ column: TimeAxis) { (anchor, edge) = (column, column) }

  /// What is selected, ends in order.
  public var range: TimeAxis {
    TimeAxis(from: min(anchor.from, edge.from), to: max(anchor.to, edge.to))
  }
}

extension TimeAxis {
  /// How much time it shows.
  public var span: TimeSpan { to - from }

  /// Whether an instant lies on it.
  public func contains(_ time: Timestamp) -> Bool { from <= time && time < to }

  /// One column of it; those beyond its ends go on as those between.
  public func column(_ column: Int, of columns: Int) -> TimeAxis {
    TimeAxis(from: time(ofColumn: column, columns: columns), to: time(ofColumn: column + 1, columns: columns))
  }

  /// The columns that a part of it takes; nil where it takes none.
  public func columns(of part: TimeAxis, columns: Int) -> ClosedRange<Int>? {
    guard columns > 0, part.from < to, part.to > from else { return nil }
    let first = column(of: max(part.from, from), columns: columns) ?? 0
    let last = column(of: min(part.to, to) - .nanoseconds(1), columns: columns) ?? columns - 1
    return first...max(first, last)
  }

  /// As long as it is, moved so that it does not leave `whole`; all of `whole` where it is longer.
  func inside(_ whole: TimeAxis) -> TimeAxis {
    guard span < whole.span else { return whole }
    let start = max(whole.from, min(from, whole.to - span))
    return TimeAxis(from: start, to: start + span)
  }

  /// A part so long, with `time` at the same share of the width as it has here, or in the middle where it lies outside.
  ///
  /// It begins on a multiple of about a column, where `time` still lies inside then.
  func zoomed(to length: TimeSpan, around time: Timestamp, columns: Int) -> TimeAxis {
    let share = contains(time) ? (time - from).seconds / span.seconds : 0.5
    let start = time - .nanoseconds(Int64(Double(length.nanoseconds) * share))
    let rounded = start.floored(to: TimeAxis.step(atLeast: length.nanoseconds / Int64(max(8, columns))))
    let from = time < rounded + length ? rounded : start
    return TimeAxis(from: from, to: from + length)
  }
}

extension Timestamp {
  /// The last multiple of `step` nanoseconds that is not after it.
  func floored(to step: Int64) -> Timestamp {
    let (product, overflow) = nanoseconds.floorDivided(by: step).multipliedReportingOverflow(by: step)
    return overflow ? self : Timestamp(nanoseconds: product)
  }
}
