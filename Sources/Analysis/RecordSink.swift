import LogFiles
import QueryLanguage
import Quantities
import Records

/// A record on its way through a pipeline.
public struct PipelineRecord {
  /// Its bytes, stamp, level and fields, with those that earlier stages have computed. Valid until the next record.
  public let context: RecordContext
  /// The file that it stands in.
  public let file: FileID
  /// Which life of it.
  public let generation: GenerationID
  /// Where it begins there, in bytes.
  public let offset: Int

  /// Makes a record.
  public init(_ context: RecordContext, file: FileID, generation: GenerationID, offset: Int) {
    self.context = context
    self.file = file
    self.generation = generation
    self.offset = offset
  }
}

/// What the records of a pipeline flow into: groups, patterns, trees.
///
/// The records of a file are cut into pieces; each piece fills a sink of its own, on any thread, and the sinks are merged in
/// the order of the files and of the pieces in them. A sink is a value: to merge a copy of it leaves it as it is, so that what was
/// computed of the old part of a growing file serves again.
///
/// What comes out must not depend on how the records were cut, but for the errors that `ResultTable.notes` state.
public protocol RecordSink: Sendable {
  /// What the stages before it did to the records that flowed into it.
  var tally: StageTally { get set }

  /// Takes a record. The bytes are valid only during the call.
  mutating func add(_ record: PipelineRecord)

  /// Takes over what came after the records of this one.
  mutating func merge(_ later: Self)

  /// Makes it smaller where it has become too large; called after each piece of work.
  mutating func keepBounds()

  /// The result of all records so far.
  func table() -> ResultTable
}

extension RecordSink {
  /// Most sinks keep their bounds while they take records.
  public mutating func keepBounds() {}
}
