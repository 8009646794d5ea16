import Quantities

extension ScanState {
  /// Every state that a line can be read in, or those between which all others lie.
  static let all = Construct.allCases.map { ScanState($0) }
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

  /// Whether a record starts on `line` whatever stands above it; the state after it then depends on the line alone.
  public mutating func startsRecordAnywhere(_ line: UnsafeRawBufferPointer, readable: Int) -> Bool {
    for entry in ScanState.all.reversed() {
      var state = entry
      let mark = reading.mark(line, readable: readable, state: &state)
      if !mark.code.isStart { return false }
      // What has a stamp starts a record in all states.
      if mark.stamp != nil { return true }
    }
    return true
  }

  /// The state after `line`, where that is the same whatever the one before was; else nil.
  public mutating func stateAfter(_ line: UnsafeRawBufferPointer, readable: Int) -> ScanState? {
    var found: ScanState?
    for entry in ScanState.all {
      var state = entry
      let mark = reading.mark(line, readable: readable, state: &state)
      if mark.stamp != nil { return state }
      if let found, found != state { return nil }
      found = state
    }
    return found
  }
}
