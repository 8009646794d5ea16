import LogFiles
import Quantities
import Timelines

/// The rows of the log, the cursor and the scroll.
public struct LogState: Sendable {
  /// The rows at hand.
  public var window = Window.empty
  /// The record under the cursor; nil while there are no rows.
  public var cursor: Position?
  /// The record that the cursor would be on if the filter showed it; nil once the user has moved.
  public var home: Place?
  /// The line of that record that the cursor stands on, 0 for its first; only `raw` rows have more than one stop.
  public var cursorLine = 0
  /// The record in the first row of the screen.
  public var top: Position?
  /// The line of that record that stands in the first row.
  public var topLine = 0
  /// Columns scrolled to the right.
  public var horizontalOffset = 0
  /// The last request whose rows have not come yet.
  public var pending: WindowRequest?
  /// Whether the jump under way left the end while following, so that a jump to nowhere goes on following.
  public var leftTheEnd = false
  /// Counts the requests.
  public var requestCount = 0

  /// Makes an empty log.
  public init() {}

  /// The index of the cursor's record in the window; nil if there is none.
  public var cursorIndex: Int? { cursor.flatMap(window.index(of:)) }
  /// The row under the cursor.
  public var cursorRow: LogRow? { cursorIndex.map { window.rows[$0] } }
  /// The rank of the cursor among the records shown; nil without a cursor.
  public var cursorRank: Int? { cursorIndex.map { window.rank(of: $0) } }
  /// The cursor as a place to come back to.
  public var place: Place? { cursorRow.map { Place(position: $0.position, time: $0.time) } }
  /// Where the cursor is going: keys that come before the answer of the last one start from there.
  var heading: Place? {
    if let pending, pending.movesCursor, pending.delta == 0, case .position(let position, let time) = pending.anchor {
      return Place(position: position, time: time)
    }
    return place
  }
}

/// Which records are shown, and how far the work on it is.
public struct ViewStatus: Sendable {
  /// Counts the views that workers built; a window belongs to one.
  public var id = 0
  /// Records shown.
  public var count = 0
  /// Records in all sources that are not hidden, matching or not.
  public var totalCount = 0
  /// Records that the filter matches; equals `totalCount` without a filter.
  public var matchCount = 0
  /// How many records each clause of the filter matches alone, in the order of the clauses; empty unless nothing matches.
  public var clauses: [ClauseCount] = []
  /// Whether every source was indexed from its first byte when the view was built.
  public var isIndexed = true
  /// From the earliest to the latest record's time, of all records shown or not; nil without any.
  public var span: ClosedRange<Timestamp>?
  /// The offset that times are written in.
  public var writtenOffset = WrittenOffset.none
  /// The view that is being built; nil when none is.
  public var inFlight: ViewRequest?
  /// How far the running filter is, 0 to 1.
  public var progress = 0.0
  /// Matches that the running filter has found so far.
  public var foundSoFar = 0
  /// Whether the rows are what the running filter has found so far.
  public var isPartial = false
  /// Whether sources changed since the request in flight was sent.
  public var isOutdated = false
  /// Counts the requests.
  public var requestCount = 0

  /// Makes the status before anything is known.
  public init() {}

  /// Whether a filter other than the one shown is at work, so that the rows on the screen are the old ones.
  public var isFiltering: Bool { inFlight.map { $0.isNewSelection } ?? false }
}

/// One part of a filter that matched nothing, and how it does alone.
public struct ClauseCount: Equatable, Sendable {
  /// The part as typed.
  public var text: String
  /// Records that it matches alone.
  public var count: Int
  /// Values seen in the field that it tests, if it matches nothing; the most frequent first.
  public var seenValues: [String]

  /// Makes a count.
  public init(text: String, count: Int, seenValues: [String] = []) {
    self.text = text
    self.count = count
    self.seenValues = seenValues
  }
}

/// Whether the view sticks to the end, and what came since it does not.
public struct FollowState: Equatable, Sendable {
  /// Whether the cursor stays on the last record.
  public var isFollowing = true
  /// How many records were shown when following was paused.
  public var countAtPause = 0

  /// Makes a following state.
  public init() {}
}

/// What the sources are, for header and list: `LogSnapshot` without the bytes.
public struct SourcesSummary: Sendable {
  /// The version of the snapshot.
  public var version = 0
  /// One status a source.
  public var files: [FileStatus] = []
  /// Thin rows: rotations, truncations.
  public var markers: [LogMarker] = []
  /// Whether every source is indexed from its first byte.
  public var isIndexed = true
  /// Records that came through a pipe and exist nowhere else.
  public var holdsUnsavedRecords = false

  /// A summary of nothing.
  public init() {}

  /// The summary of a snapshot.
  public init(_ snapshot: LogSnapshot) {
    version = snapshot.version
    files = snapshot.files
    markers = snapshot.markers
    isIndexed = snapshot.isIndexed
    holdsUnsavedRecords = snapshot.files.contains { $0.name == "-" && $0.recordCount > 0 }
  }

  /// How much is indexed, 0 to 1, by bytes; nil when everything is.
  public var indexingProgress: Double? {
    var done = 0.0
    var total = 0.0
    var isIndexing = false
    for file in files {
      let size = Double(max(1, file.byteCount))
      if case .indexing(let fraction) = file.phase {
        isIndexing = true
        done += fraction * size
        total += size
      } else if case .failed = file.phase {
        continue
      } else {
        done += size
        total += size
      }
    }
    return isIndexing && total > 0 ? min(1, done / total) : nil
  }

  /// Whether any source can still grow.
  public var isLive: Bool {
    files.contains {
      switch $0.phase {
      case .following, .indexing: true
      case .ended, .failed: false
      }
    }
  }

  /// The status of a source.
  public func status(of file: FileID) -> FileStatus? { files.first { $0.file == file } }
}
