import Analysis
import Metrics
import Quantities
import Series
import Timelines

/// Anomalies of panels and of the number of records.
extension Workspace {
  func findAnomalies(_ request: AnomalyRequest, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    var spans: [AnomalyOwner: [ClosedRange<Timestamp>]] = [:]
    for (specification, series) in request.panels {
      spans[.panel(specification)] = Skyline.spans(of: series) { cancellation.isCancelled }
    }
    let timeline = shown.withLock { $0.timeline }
    if let rate = RecordRate.series(of: timeline, axis: request.axis, cancellation: cancellation) {
      spans[.volume] = Skyline.spans(of: rate) { cancellation.isCancelled }
    }
    guard !cancellation.isCancelled else { return }
    emit(.anomalies(AnomalyAnswer(id: request.id, spans: spans)))
  }
}

/// How many records there are, as a series.
enum RecordRate {
  /// Records counted in up to 720 slices of the axis, on average eight or more in each, fewer would be noise; nil where that
  /// makes too few slices to judge by.
  static func series(of timeline: Timeline, axis: TimeAxis, cancellation: Cancellation) -> TimeSeries? {
    let slices = min(720, timeline.count / 8)
    guard slices >= 90 else { return nil }
    let counts = timeline.histogram(from: axis.from, to: axis.to, columns: slices, cancellation: cancellation)
    guard let counts else { return nil }
    // The last slice is not over while records come.
    let samples = counts.dropLast().enumerated().map { slice, counts in
      Sample(
        time: axis.time(ofColumn: slice, columns: slices), value: Double(counts.total))
    }
    let step = TimeSpan.nanoseconds((axis.to - axis.from).nanoseconds / Int64(slices))
    return TimeSeries(samples: ContiguousArray(samples), step: step)
  }
}
