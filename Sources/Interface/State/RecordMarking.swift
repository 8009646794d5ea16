import LogFiles
import Quantities
import Timelines

/// Records that are being selected: all from the one where it began to the one under the cursor.
public struct RecordMarking: Equatable, Sendable {
  /// Where it began.
  public var anchor: Place
  /// What that record is ordered by.
  public var key: Timestamp

  /// Makes a selection of one record.
  public init(_ row: LogRow) {
    anchor = Place(position: row.position, time: row.time)
    key = row.record.key
  }

  /// Whether a record lies between the anchor and the cursor's record, or is one of them; the order is that of the merge.
  public func contains(_ row: LogRow, cursor: LogRow) -> Bool {
    let (here, there) = (Order(row), Order(cursor))
    let start = Order(key: key, position: anchor.position)
    return min(start, there) <= here && here <= max(start, there)
  }

  /// Whether it began below a record.
  func isAfter(_ row: LogRow) -> Bool { Order(row) < Order(key: key, position: anchor.position) }

  private struct Order: Comparable {
    var key: Timestamp
    var position: Position

    init(_ row: LogRow) { self.init(key: row.record.key, position: row.position) }

    init(key: Timestamp, position: Position) {
      self.key = key
      self.position = position
    }

    static func < (left: Order, right: Order) -> Bool {
      (left.key, left.position.file, left.position.generation, left.position.offset)
        < (right.key, right.position.file, right.position.generation, right.position.offset)
    }
  }
}

extension State {
  /// Whether a record is selected.
  public func isSelected(_ row: LogRow) -> Bool {
    guard let selection, let cursor = log.cursorRow else { return false }
    return selection.contains(row, cursor: cursor)
  }

  /// The records that `y`, `|` and `:w` mean: those selected, else the one under the cursor; nil without records.
  var recordsAtHand: RecordSelection? {
    guard let place = log.place, let cursor = log.cursorIndex else { return nil }
    guard let anchor = selection?.anchor else { return .between(place, place) }
    // What a row at the end of the selection stands for belongs to it.
    let start = log.window.index(of: anchor.position)
    if let start, start > cursor { return .between(place, log.window.last(of: start) ?? anchor) }
    let isAbove = start == nil && selection.map { $0.isAfter(log.window.rows[cursor]) } ?? false
    return .between(anchor, isAbove ? place : log.window.last(of: cursor) ?? place)
  }

  /// What can be done with what is selected.
  var selectionHints: [(key: String, text: String)] {
    let deeds: [(Action, String)] = [
      (.copyRecord, "copy"), (.pipeRecords, "pipe"), (.include, "filter"), (.stepOut, "drop"),
    ]
    return deeds.compactMap { action, deed in keyName(of: action).map { (key: $0, text: deed) } }
  }

  /// What is selected, as the status line says it; nil while nothing is.
  public var selectionText: String? {
    guard let selection, let cursor = log.cursorIndex, let row = log.cursorRow else { return nil }
    if let index = log.window.index(of: selection.anchor.position) {
      let count = log.window.endRank(of: max(index, cursor)) - log.window.rank(of: min(index, cursor))
      return "\(TimeText.grouped(count)) \(count == 1 ? "record" : "records") selected"
    }
    let times = [selection.anchor.time, row.time].sorted()
    return "selected from \(clockText(times[0])) to \(clockText(times[1]))"
  }
}
