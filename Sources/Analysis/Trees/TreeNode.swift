import Quantities
import Records

/// A node of a tree while it is built; nodes stand in an array and know each other by index, so that depth costs no stack.
struct TreeNode: Sendable {
  /// What eliot-tree calls what has no type.
  static let unnamed = "<unnamed>"

  var name: String
  /// What orders it among its siblings.
  var moment: Edge.Moment
  var start: Timestamp?
  var end: Timestamp?
  /// What a record says that it took, in nanoseconds.
  var duration: Double?
  var level: Level?
  var count = 0
  var status: String?
  var fields: String?
  /// The tests that find its records; empty where they cannot be found.
  var filter: String?
  var children: [Int] = []

  init(_ name: String, at moment: Edge.Moment) {
    self.name = name
    self.moment = moment
  }

  /// One record by itself.
  init(_ record: TreeRecord) {
    self.init(record.name, at: record.moment)
    status = record.status
    fields = record.fields
    take(record)
  }

  /// Counts a record of its own.
  mutating func take(_ record: TreeRecord) {
    count += 1
    level = Self.worse(level, record.level)
    duration = record.duration.map { max($0, duration ?? 0) } ?? duration
    guard let stamp = record.stamp else { return }
    cover(stamp, stamp)
    // A span is stamped where it begins; a record that tells a duration otherwise, where it ends.
    guard case .span = record.place, record.spanName != nil, let duration = record.duration else { return }
    if let span = Int64(exactly: duration.rounded()) { cover(stamp, stamp + TimeSpan(nanoseconds: span)) }
  }

  /// Adds up what stands below it.
  mutating func add(_ child: TreeNode) {
    count += child.count
    level = Self.worse(level, child.level)
    if let start = child.start, let end = child.end { cover(start, end) }
  }

  private mutating func cover(_ first: Timestamp, _ last: Timestamp) {
    start = min(start ?? first, first)
    end = max(end ?? last, last)
  }

  private static func worse(_ one: Level?, _ other: Level?) -> Level? {
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }
}
