import LogFiles
import Quantities
import Records

/// Where a record is, for as long as its generation lives: survives indexing, filtering, following, growth.
public struct Position: Hashable, Sendable {
  /// The source.
  public var file: FileID
  /// Which life of the source.
  public var generation: GenerationID
  /// The first byte of the record's first line.
  public var offset: ByteOffset

  /// Makes a position.
  public init(file: FileID, generation: GenerationID, offset: ByteOffset) {
    self.file = file
    self.generation = generation
    self.offset = offset
  }
}

/// A record found in a timeline: where it lies, without its meaning.
public struct TimelineRecord: Sendable {
  /// Where it is.
  public var position: Position
  /// Its bytes in the generation: first line, continuation lines, without the last newline (nor a CR before it).
  public var bytes: Range<Int>
  /// The number of its first line; nil while the file is not indexed from its beginning.
  public var line: LineNumber?
  /// How many lines it has, at least 1.
  public var lineCount: Int
  /// The key that it is ordered by (running maximum of its file's stamps).
  public var key: Timestamp
  /// Its level as the index has it.
  public var level: Level?

  /// Makes a record.
  public init(
    position: Position, bytes: Range<Int>, line: LineNumber?, lineCount: Int, key: Timestamp, level: Level?
  ) {
    self.position = position
    self.bytes = bytes
    self.line = line
    self.lineCount = lineCount
    self.key = key
    self.level = level
  }
}
