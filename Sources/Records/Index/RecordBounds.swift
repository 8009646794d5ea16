import Quantities

extension ScanState {
  /// Every state that a line of the reader's file can be read in, or those between which all others lie; those in which a
  /// line with a stamp may continue come last.
  static func all(_ reader: RecordReader) -> [ScanState] {
    var states = Construct.allCases.map { ScanState($0) }
    if reader.habits.isContainer {
      // A part continues the one above it unless those are too many already.
      for parts in [ScanState.partLimit, 1] {
        var state = ScanState()
        state.parts = parts
        states.append(state)
      }
    }
    return states
  }
}

/// Tells where records begin, line by line, as `RecordReader.index` would; for those who want few records of a file
/// and no index of it.
///
/// Holds what is worth keeping from line to line: one for each thread. A line is given without its newline; its bytes must
/// not change meanwhile.
public struct RecordBounds {
  private var reading: LineReading
  /// In which states lines are tried.
  private let states: [ScanState]

  /// Bounds of records that `reader` reads. `reference` settles years, which say nothing of bounds.
  public init(_ reader: RecordReader, reference: Timestamp) {
    reading = LineReading(reader: reader, reference: reference)
    states = ScanState.all(reader)
  }

  /// Whether a record starts on `line`; `state` goes from before the line to after it.
  ///
  /// `readable` bytes may be read from the line's start on.
  public mutating func startsRecord(_ line: UnsafeRawBufferPointer, readable: Int, state: inout ScanState) -> Bool {
    reading.mark(line, readable: readable, state: &state).code.isStart
  }

  /// Whether a record starts on `line` whatever stands above it; the state after it then depends on the line alone.
  public mutating func startsRecordAnywhere(_ line: UnsafeRawBufferPointer, readable: Int) -> Bool {
    for entry in states.reversed() {
      var state = entry
      let mark = reading.mark(line, readable: readable, state: &state)
      if !mark.code.isStart { return false }
      // What has a stamp starts a record in all other states.
      if mark.stamp != nil, entry.rawValue & ScanState.stamped == 0 { return true }
    }
    return true
  }

  /// The state after `line`, where that is the same whatever the one before was; else nil.
  public mutating func stateAfter(_ line: UnsafeRawBufferPointer, readable: Int) -> ScanState? {
    var found: ScanState?
    for entry in states.reversed() {
      var state = entry
      let mark = reading.mark(line, readable: readable, state: &state)
      if let found, found != state { return nil }
      found = state
      if mark.stamp != nil, entry.rawValue & ScanState.stamped == 0 { return state }
    }
    return found
  }
}
