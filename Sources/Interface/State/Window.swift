import LogFiles
import Quantities
import Records
import Timelines

extension LogRow {
  /// The number of its first line; nil while unknown.
  public var line: LineNumber? { record.line }
  /// Lines of the record, at least 1, also of a truncated one.
  public var lineCount: Int { record.lineCount }
  /// The record's own time, or the one that it is ordered by where it has none.
  public var time: Timestamp { parsed.stamp ?? record.key }

  /// The bytes of each line, without newlines and the carriage returns before them.
  public var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 10 {
      lines.append(start..<(index > start && bytes[index - 1] == 13 ? index - 1 : index))
      start = index + 1
    }
    lines.append(start..<bytes.count)
    return lines
  }

  /// The bytes of `range` as text; what is not UTF-8 becomes U+FFFD.
  public func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}

/// Which rows to bring, and what to do with the cursor when they come.
public struct WindowRequest: Equatable, Sendable {
  /// The record that the window is built around.
  public enum Anchor: Equatable, Sendable {
    /// This record or, if it is not shown, the nearest in time.
    case position(Position, time: Timestamp)
    /// The k-th record shown.
    case rank(Int)
    /// The first record at or after an instant, or the last one.
    case time(Timestamp)
    /// The first record in a column of an axis; the next one in the direction of travel if the column is empty.
    case column(Int, of: Int, axis: TimeAxis, forward: Bool)
    /// The record of a file that holds this line.
    case line(FileID, LineNumber)
    /// So many percent of the way through, 0 to 100.
    case percent(Double)
    /// The first record.
    case start
    /// The last record.
    case end
    /// The `count`-th next record of at least this level and less than `below` after a position (before it, where not
    /// `forward`).
    case level(from: Position, time: Timestamp, atLeast: Level, below: Level?, forward: Bool, count: Int)

    /// Whether it means one record rather than a part of the log.
    var isExact: Bool {
      switch self {
      case .position, .time, .column, .line, .level: true
      case .rank, .percent, .start, .end: false
      }
    }
  }

  /// Where the anchor's record shall stand on the screen.
  public enum Placement: Equatable, Sendable {
    /// As little scrolling as possible; in the middle if it was not visible.
    case visible
    /// In the first row.
    case top
    /// In the last row.
    case bottom
  }

  /// Counts up with every request, so that late answers are recognised.
  public var id: Int
  /// Where.
  public var anchor: Anchor
  /// So many records further (back, where negative).
  public var delta: Int
  /// How many records to bring before the anchor, and after it.
  public var reach: Int
  /// Whether the cursor goes to the anchor; otherwise only the rows are wanted.
  public var movesCursor: Bool
  /// Where it shall stand.
  public var placement: Placement
  /// What is folded: repeats are not brought, nor counted in `delta` and `reach`.
  public var fold: ViewOptions.Fold

  /// Makes a request.
  public init(
    id: Int, anchor: Anchor, delta: Int = 0, reach: Int, movesCursor: Bool, placement: Placement = .visible,
    fold: ViewOptions.Fold = .none
  ) {
    self.id = id
    self.anchor = anchor
    self.delta = delta
    self.reach = reach
    self.movesCursor = movesCursor
    self.placement = placement
    self.fold = fold
  }
}

/// About three screens of rows around the cursor.
public struct Window: Sendable {
  /// The request that it answers.
  public var request: WindowRequest
  /// The view that it was cut from; an answer from an older view is dropped.
  public var view: Int
  /// The rows in order.
  public var rows: [LogRow]
  /// The rank of the first row among the records shown.
  public var firstRank: Int
  /// How many records are shown in all.
  public var count: Int
  /// The index of the anchor among the rows; nil if there is no such record.
  public var anchor: Int?
  /// The records that each row stands for; empty where each stands for itself.
  var runs: [Run] = []
  /// What went wrong (`line 120 of app.log is not known yet`), for the message line.
  public var problem: String?

  /// Makes a window.
  public init(
    request: WindowRequest, view: Int, rows: [LogRow], firstRank: Int, count: Int, anchor: Int?, problem: String? = nil
  ) {
    self.request = request
    self.view = view
    self.rows = rows
    self.firstRank = firstRank
    self.count = count
    self.anchor = anchor
    self.problem = problem
  }

  /// Records in a row of which only the first is shown, since the others say the same.
  struct Run: Equatable, Sendable {
    /// Their ranks.
    var ranks: Range<Int>
    /// The time of the last.
    var lastTime: Timestamp
    /// Where the last is.
    var last: Position
  }

  /// The rank of a row among the records shown.
  public func rank(of index: Int) -> Int {
    runs.indices.contains(index) ? runs[index].ranks.lowerBound : firstRank + index
  }

  /// The rank after those that a row stands for.
  func endRank(of index: Int) -> Int {
    runs.indices.contains(index) ? runs[index].ranks.upperBound : firstRank + index + 1
  }

  /// The last of the records that a row stands for; nil for a row that is not here.
  func last(of index: Int) -> Place? {
    guard rows.indices.contains(index) else { return nil }
    guard runs.indices.contains(index) else { return Place(position: rows[index].position, time: rows[index].time) }
    return Place(position: runs[index].last, time: runs[index].lastTime)
  }

  /// Whether the last record shown is among the rows, or stands behind the last of them.
  var reachesEnd: Bool { rows.isEmpty ? firstRank >= count : endRank(of: rows.count - 1) >= count }

  /// A window on nothing.
  public static let empty = Window(
    request: WindowRequest(id: 0, anchor: .end, reach: 0, movesCursor: false), view: 0, rows: [], firstRank: 0,
    count: 0, anchor: nil)

  /// Where a record is among the rows; O(rows).
  public func index(of position: Position) -> Int? { rows.firstIndex { $0.position == position } }
}
