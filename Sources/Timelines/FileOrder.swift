import LogFiles
import Quantities

/// The records of one generation in the order of the file, from some byte on. O(1) a record; keys are not looked at.
///
///     var records = FileOrder(generation, from: end)
///     while let record = records.next() { print(record.bytes); end = record.end }
public struct FileOrder {
  /// A record, or the lines that were added to one since.
  public struct Record: Sendable {
    /// Its bytes, without its last line end.
    public var bytes: Range<Int>
    /// Where the next record begins, or will.
    public var end: Int
    /// The number of its first line; nil while the file is not indexed from its beginning.
    public var line: LineNumber?
    /// How many lines it has.
    public var lineCount: Int
    /// Where the record begins to which this is a rest, if that is before the byte from which is read.
    public var recordStart: Int?
  }

  private let generation: Generation
  private var place: Place
  private var start: Int
  private var recordStart: Int?

  /// Begins at byte `offset`; if that is within a record, with the rest of it.
  public init(_ snapshot: GenerationSnapshot, from offset: Int) {
    generation = Generation(snapshot)
    place = generation.place(at: offset) ?? generation.end
    start = generation.offset(of: place)
    if place < generation.end, start < offset || generation.nextStart(atOrAfter: place) != place {
      recordStart = generation.start(atOrBefore: place).map(generation.offset) ?? start
    }
    start = max(start, offset)
  }

  /// The next record; nil after the last.
  public mutating func next() -> Record? {
    guard place < generation.end else { return nil }
    let next = generation.nextStart(after: place)
    let end = max(start, generation.offset(of: next))
    var upper = end
    if upper > start, generation.bytes[upper - 1] == 10 { upper -= 1 }
    if upper > start, generation.bytes[upper - 1] == 13 { upper -= 1 }
    let first = generation.lineCount(before: place)
    defer { (place, start, recordStart) = (next, end, nil) }
    return Record(
      bytes: start..<upper, end: end, line: generation.snapshot.isIndexed ? LineNumber(first + 1) : nil,
      lineCount: max(1, generation.lineCount(before: next) - first), recordStart: recordStart)
  }
}
