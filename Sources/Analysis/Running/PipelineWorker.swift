import LogFiles
import QueryLanguage

/// Lets records flow through a pipeline, on one thread.
public struct PipelineWorker {
  /// What the records have come to so far.
  public private(set) var sink: any RecordSink
  private let plan: PipelinePlan
  private let program: RecordProgram
  private var state: RecordProgram.State

  /// Begins with nothing.
  public init(_ plan: PipelinePlan) {
    self.plan = plan.ownCopy()
    sink = self.plan.makeSink()
    program = self.plan.program
    state = program.makeState()
  }

  /// Takes the records that `lend` gives, all of one file.
  public mutating func take(
    file: FileID, generation: GenerationID, _ lend: (_ take: (RecordContext, Int) -> Void) -> Void
  ) {
    Self.fill(&sink, program, &state, file, generation, lend)
  }

  /// Gives what was collected away and begins anew; what the stages remember of the last record stays.
  mutating func takeSink() -> any RecordSink {
    let taken = sink
    sink = plan.makeSink()
    return taken
  }

  /// Makes what was collected smaller where it has become too large.
  mutating func keepBounds() { sink.keepBounds() }

  /// Once a piece of work, so that within it nothing is looked up through the protocol.
  private static func fill<Sink: RecordSink>(
    _ sink: inout Sink, _ program: RecordProgram, _ state: inout RecordProgram.State, _ file: FileID,
    _ generation: GenerationID,
    _ lend: (_ take: (RecordContext, Int) -> Void) -> Void
  ) {
    if program.steps.isEmpty {
      var count = 0
      lend { record, offset in
        count &+= 1
        sink.add(PipelineRecord(record, file: file, generation: generation, offset: offset))
      }
      sink.tally.count(records: count)
    } else {
      lend { record, offset in
        if program.passes(record, &state) {
          sink.add(PipelineRecord(record, file: file, generation: generation, offset: offset))
        }
      }
      sink.tally.add(state.tally)
      state.tally.reset()
    }
  }
}

extension RecordSink {
  /// Takes over what came after the records of this one, which must be a sink of the same kind.
  mutating func absorb(_ later: any RecordSink) {
    guard let later = later as? Self else { return }
    merge(later)
    tally.add(later.tally)
  }
}
