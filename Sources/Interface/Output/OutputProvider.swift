import Quantities
import Timelines

/// Records of one view that are to be given out.
public struct OutputRecords: Sendable {
  /// The view.
  public var timeline: Timeline
  /// The records, by rank.
  public var ranks: Range<Int>

  /// Makes a range of records.
  public init(timeline: Timeline, ranks: Range<Int>) {
    self.timeline = timeline
    self.ranks = ranks
  }
}

/// What writes files, runs commands and prepares files for other programs: the program itself, or something that notes what
/// it was asked for in tests. May be called from any thread.
public protocol OutputProvider: Sendable {
  /// Does what is asked; nil if it was cancelled. `records` is nil where the content is a table.
  ///
  /// `progress` gets how far it is (0 to 1) a few times a second.
  func perform(
    _ request: OutputRequest, records: OutputRecords?, cancellation: Cancellation, progress: (Double) -> Void
  ) -> OutputAnswer.Outcome?
}

/// For a workspace from which nothing can leave.
public struct NoOutputs: OutputProvider {
  /// Makes one.
  public init() {}

  /// Says that it cannot.
  public func perform(
    _ request: OutputRequest, records: OutputRecords?, cancellation: Cancellation, progress: (Double) -> Void
  ) -> OutputAnswer.Outcome? { .failed("nothing can be written here") }
}

extension Workspace {
  /// Finds the records that are meant and has them given out.
  func giveOut(_ request: OutputRequest, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    var records: OutputRecords?
    if case .records(let selection) = request.content { records = self.records(of: selection) }
    let outcome = outputs.perform(request, records: records, cancellation: cancellation) { fraction in
      emit(.outputProgress(id: request.id, fraction: fraction))
    }
    if let outcome { emit(.output(OutputAnswer(id: request.id, outcome: outcome))) }
  }

  private func records(of selection: RecordSelection) -> OutputRecords {
    switch selection {
    case .all:
      let timeline = Timeline(logs.snapshot())
      return OutputRecords(timeline: timeline, ranks: 0..<timeline.count)
    case .shown:
      let timeline = self.timeline
      return OutputRecords(timeline: timeline, ranks: 0..<timeline.count)
    case .between(let one, let other):
      let timeline = self.timeline
      guard timeline.count > 0 else { return OutputRecords(timeline: timeline, ranks: 0..<0) }
      let ends = [one, other].map { nearest(to: $0.position, time: $0.time, in: timeline) }
      return OutputRecords(timeline: timeline, ranks: min(ends[0], ends[1])..<max(ends[0], ends[1]) + 1)
    }
  }
}
