import Quantities

extension ScanState {
  /// Every state that a line can be read in. A line that starts a record in the last of them starts one in all, and leaves
  /// the same state behind.
  static let all = [ScanState(), ScanState(rawValue: Continuation.inTraceback)]
}

/// Tells where records begin, line by line, as `RecordReader.index` would; for those who want few records of a file
/// and no index of it.
///
/// Holds what is worth keeping from line to line: one for each thread. A line is given without its newline; its bytes must
/// not change meanwhile.
public struct RecordBounds {
  private var reading: LineReading

  /// Bounds of records that `reader` reads. `reference` settles years, which say nothing of bounds.
  public init(_ reader: RecordReader, reference: Timestamp) {
    reading = LineReading(reader: reader, reference: reference)
  }

  /// Whether a record starts on `line`; `state` goes from before the line to after it.
  ///
  /// `readable` bytes may be read from the line's start on.
  public mutating func startsRecord(_ line: UnsafeRawBufferPointer, readable: Int, state: inout ScanState) -> Bool {
    reading.mark(line, readable: readable, state: &state).code.isStart
  }

  /// Whether a record starts on `line` whatever stands above it; the state after it is then the initial one.
  public mutating func startsRecordAnywhere(_ line: UnsafeRawBufferPointer, readable: Int) -> Bool {
    var state = ScanState.all[ScanState.all.count - 1]
    return startsRecord(line, readable: readable, state: &state)
  }

  /// The state after `line`, where that is the same whatever the one before was; else nil.
  public mutating func stateAfter(_ line: UnsafeRawBufferPointer, readable: Int) -> ScanState? {
    var found: ScanState?
    for entry in ScanState.all {
      var state = entry
      _ = startsRecord(line, readable: readable, state: &state)
      if let found, found != state { return nil }
      found = state
    }
    return found
  }
}
