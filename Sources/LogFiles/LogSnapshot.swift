import Quantities
import Records

/// Which followed name (file, stream) a record came from; numbered in the order of opening, which breaks ties of time.
public struct FileID: Hashable, Comparable, Sendable {
  /// 0 for the first source opened.
  public var rawValue: Int

  /// Makes an identity.
  public init(_ rawValue: Int) { self.rawValue = rawValue }

  /// Opened earlier first.
  public static func < (left: FileID, right: FileID) -> Bool { left.rawValue < right.rawValue }
}

/// One life of a followed name: ends on rename, truncation or rewrite. Unique in the process.
public struct GenerationID: Hashable, Comparable, Sendable {
  /// Counts up over all files.
  public var rawValue: Int

  /// Makes an identity.
  public init(_ rawValue: Int) { self.rawValue = rawValue }

  /// Begun earlier first.
  public static func < (left: GenerationID, right: GenerationID) -> Bool { left.rawValue < right.rawValue }
}

/// A segment in its place: what the stitch pass adds to the immutable index.
public struct StitchedSegment: Sendable {
  /// The index of the segment.
  public var index: SegmentIndex
  /// Lines of the generation before this segment (from the first indexed segment, see `GenerationSnapshot.isIndexed`).
  public var firstLine: Int
  /// Records that start before this segment.
  public var firstRecord: Int
  /// The running maximum of the stamps of all earlier segments; nil before the first stamp.
  public var carriedKey: Timestamp?

  /// Makes a stitched segment.
  public init(index: SegmentIndex, firstLine: Int, firstRecord: Int, carriedKey: Timestamp?) {
    self.index = index
    self.firstLine = firstLine
    self.firstRecord = firstRecord
    self.carriedKey = carriedKey
  }
}

/// What is known of one generation at one moment. Immutable: an append publishes a new one that shares all segments
/// but the last.
public struct GenerationSnapshot: Sendable {
  /// The name that this is a life of.
  public var file: FileID
  /// This life.
  public var generation: GenerationID
  /// The bytes; only the first `byteCount` are the file's.
  public var bytes: any ByteStore
  /// The length of the file when this was published.
  public var byteCount: Int
  /// How its bytes are read.
  public var reader: RecordReader
  /// The indexed segments, in file order and without holes. While the first pass runs they are the tail of the file.
  public var segments: [StitchedSegment]
  /// Whether the segments reach back to the first byte, so that line numbers are true.
  public var isIndexed: Bool
  /// The instant at which records without any earlier stamp stand (the file's modification time).
  public var fallbackKey: Timestamp
  /// How the records are brought into the order of time.
  public var order = RecordOrder.written
  /// The sorted records, stretch by stretch from the first line on; those behind the last stretch stand as they are
  /// written until they are sorted too. Empty unless `order` asks for them.
  public var ownOrders: [OwnOrder] = []

  /// Makes a snapshot.
  public init(
    file: FileID, generation: GenerationID, bytes: any ByteStore, byteCount: Int, reader: RecordReader,
    segments: [StitchedSegment], isIndexed: Bool, fallbackKey: Timestamp
  ) {
    self.file = file
    self.generation = generation
    self.bytes = bytes
    self.byteCount = byteCount
    self.reader = reader
    self.segments = segments
    self.isIndexed = isIndexed
    self.fallbackKey = fallbackKey
  }

  /// Records that start in the indexed segments.
  public var recordCount: Int { segments.last.map { $0.firstRecord + $0.index.recordCount } ?? 0 }
  /// Lines in the indexed segments.
  public var lineCount: Int { segments.last.map { $0.firstLine + $0.index.lineCount } ?? 0 }
}

/// Bytes that stay addressable as long as the store lives: a map, or a spool.
///
/// A map survives truncation of its file: what is gone reads as zeros (see `MappedBytes`).
public protocol ByteStore: AnyObject, Sendable {
  /// All bytes; valid while the store is alive.
  var buffer: UnsafeRawBufferPointer { get }
}

/// How a source stands, for the header, the sources list and messages.
public struct FileStatus: Sendable {
  /// What the reading of a source has come to.
  public enum Phase: Sendable, Equatable {
    /// Being read for the first time; the fraction that is indexed, 0 to 1.
    case indexing(Double)
    /// Watched for growth.
    case following
    /// Read to its end, and nothing more can come (a pipe that closed, `--no-follow`).
    case ended
    /// Could not be opened or read; the sentence says why and what next.
    case failed(String)
  }

  /// Which source.
  public var file: FileID
  /// The name as given or found, for people: a path, `journal:nginx.service`, `-`. Bytes that are not UTF-8 are `\xE9`.
  public var name: String
  /// The shortest name that tells it from the others: `access`, `api-1/app`.
  public var shortName: String
  /// The format's name.
  public var format: String
  /// Whether the user forced the format.
  public var isForced: Bool
  /// Whether any record has a stamp.
  public var hasTimes: Bool
  /// The zone assumed for stamps without one; nil where every stamp names its zone.
  public var assumedZone: String?
  /// What is added to every stamp; zero where the clock is taken to be right.
  public var clockOffset: TimeSpan
  /// How it stands.
  public var phase: Phase
  /// Length in bytes of the current generation.
  public var byteCount: Int
  /// Records in all surviving generations.
  public var recordCount: Int
  /// Records that have no time in a file where others have one: what its format does not explain.
  public var untimedCount: Int
  /// Records that are more than 60 s out of order.
  public var lateCount: Int
  /// How the records of the current generation are brought into the order of time.
  public var order: RecordOrder
  /// Whether they stand in that order: not before they are sorted, nor where there is no room for that.
  public var isOrdered: Bool
  /// Whether records are missing because of an error or a limit: a full disk, a damaged archive, `--spool-limit`.
  public var hasLostRecords: Bool
  /// Things that the user should know: truncated archive, polled because the file system is remote, dropped records.
  public var notes: [String]

  /// Makes a status of a source just opened.
  public init(file: FileID, name: String, shortName: String) {
    self.file = file
    self.name = name
    self.shortName = shortName
    format = "text"
    isForced = false
    hasTimes = false
    assumedZone = nil
    clockOffset = .zero
    phase = .indexing(0)
    byteCount = 0
    recordCount = 0
    (untimedCount, lateCount) = (0, 0)
    (order, isOrdered) = (.written, true)
    hasLostRecords = false
    notes = []
  }
}

/// An event in the life of a source that the log shows as a thin row.
public struct LogMarker: Sendable, Equatable {
  /// What happened.
  public enum Kind: Sendable, Equatable {
    /// Renamed away and created anew (logrotate).
    case rotated
    /// Cut short in place (copytruncate); so many records went with it.
    case truncated(recordsGone: Int)
    /// Overwritten in place; so many records went with it.
    case rewritten(recordsGone: Int)
    /// So many of the oldest records of a stream, which took so many bytes, were dropped at `--spool-limit`.
    case dropped(records: Int, bytes: Int)
  }

  /// Whether records went that were read before they could be kept.
  public var isLoss: Bool { if case .dropped = kind { true } else { false } }

  /// Which source.
  public var file: FileID
  /// The generation that began with it.
  public var generation: GenerationID
  /// When chiplog saw it.
  public var seen: Timestamp
  /// What happened.
  public var kind: Kind

  /// Makes a marker.
  public init(file: FileID, generation: GenerationID, seen: Timestamp, kind: Kind) {
    self.file = file
    self.generation = generation
    self.seen = seen
    self.kind = kind
  }
}

/// Everything that is known of all sources at one moment. Immutable, cheap to copy.
public struct LogSnapshot: Sendable {
  /// Counts up with every published change.
  public var version: Int
  /// The surviving generations, in the order (file, generation).
  public var generations: [GenerationSnapshot]
  /// One status a source, in the order of `FileID`.
  public var files: [FileStatus]
  /// The thin rows.
  public var markers: [LogMarker]

  /// A snapshot of nothing.
  public init() {
    version = 0
    generations = []
    files = []
    markers = []
  }

  /// Whether every source is indexed from its first byte (failed ones do not count).
  public var isIndexed: Bool { generations.allSatisfy(\.isIndexed) }
}
