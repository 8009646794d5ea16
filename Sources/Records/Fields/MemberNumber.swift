import JSON

/// Decides whether a member of JSON records is a number in some range, where that can be decided without reading the
/// record as a whole.
///
/// To copy a record and to lend its values to a closure costs more than to find them. Here a record is walked where it
/// lies, and most are decided so: the name is spelled plainly in the outermost object, and its values are plain numbers.
///
///     {"event": "done", "status": 503}      true, where at least 500 are asked for
///     {"event": "done", "status": 200}      false
///     {"event": "idle"}                     false
///     {"event": "done", "status": 5.03e2}   not decided
///
/// Immutable; safe on any thread. It reads bytes that may change meanwhile, each as it is at that moment.
public final class MemberNumber: @unchecked Sendable {
  // SAFETY: allocated by `init`, never written afterwards, freed by `deinit`.
  private let name: UnsafeMutableBufferPointer<UInt8>
  /// Plain numbers outside do not pass.
  private let possible: NumberWindow
  /// Plain numbers inside pass.
  private let sure: NumberWindow

  /// Asks for the field at `path` in records that `reader` reads. Plain numbers within `sure` pass, those outside of
  /// `possible` do not. nil where numbers are not so plain: in other files than JSON, for nested fields, and where the
  /// file's format gives the field a unit.
  public init?(_ path: FieldPath, in reader: RecordReader, possible: NumberWindow, sure: NumberWindow) {
    let bytes = path.bytes
    guard reader.family == .json, !bytes.isEmpty,
      !bytes.contains(UInt8(ascii: ".")), !bytes.contains(UInt8(ascii: "[")),
      path.withSought({ reader.lineFormats.unit(of: $0) }) == nil
    else { return nil }
    name = .allocate(capacity: bytes.count)
    _ = name.initialize(from: bytes)
    self.possible = possible
    self.sure = sure
  }

  deinit { name.deallocate() }

  /// Whether one of the field's values in the record is such a number; nil where that is not decided here. Equals what
  /// the values that `RecordReader.forEachValue` gives would tell. Time grows with the record's first 64 KiB at most.
  public func isHeld(by record: UnsafeRawBufferPointer) -> Bool? {
    guard JSONReading.begins(record), var members = JSONMembers(record, object: JSONReading.object(of: record)) else {
      return nil
    }
    while let (key, value) = members.next() {
      // A name with escapes may be any; the members of an object without a name count as if they stood outside.
      if key.hasEscapes || key.range.isEmpty { return nil }
      guard key.range.count == name.count, isName(record, key.range.lowerBound) else { continue }
      guard value.kind == .number, let passes = passes(record, value.range) else { return nil }
      if passes { return true }
    }
    return false
  }

  @inline(__always) private func isName(_ record: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    var index = 0
    while index < name.count {
      if record[start &+ index] != name[index] { return false }
      index &+= 1
    }
    return true
  }

  /// Whether the number in `range` passes; nil if it is not plain.
  @inline(__always) private func passes(_ record: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool? {
    let number = WrittenNumber(record, range.lowerBound, range.upperBound)
    // So few digits are exact in the floating-point numbers that are compared otherwise.
    guard number.isPlain, number.end == range.upperBound, range.count <= 10,
      record[range.lowerBound] != UInt8(ascii: "0") || range.count == 1
    else { return nil }
    if number.mayLie(in: sure), !number.hasMore { return true }
    return number.mayLie(in: possible) ? nil : false
  }
}
