import LogFiles
import Timelines
import Quantities

/// A place in the log that can be found again.
public struct Place: Hashable, Sendable {
  /// The record.
  public var position: Position
  /// Its time, for the case that it is not shown any more.
  public var time: Timestamp

  /// Makes a place.
  public init(position: Position, time: Timestamp) {
    self.position = position
    self.time = time
  }
}

/// Places visited by jumps, as a browser keeps pages.
public struct JumpHistory: Equatable, Sendable {
  /// Places to go back to, the latest last.
  public private(set) var past: [Place] = []
  /// Places to go forward to, the nearest last.
  public private(set) var future: [Place] = []
  /// How many places are kept.
  public static let limit = 100

  /// Makes an empty history.
  public init() {}

  /// Remembers a place that a jump leaves; forgets what lay ahead.
  public mutating func leave(_ place: Place) {
    future = []
    if past.last != place { past.append(place) }
    if past.count > Self.limit { past.removeFirst() }
  }

  /// The place before, leaving `current`; nil if there is none.
  public mutating func back(from current: Place) -> Place? { Self.step(from: current, taking: &past, leaving: &future) }
  /// The place after, leaving `current`; nil if there is none.
  public mutating func forward(from current: Place) -> Place? {
    Self.step(from: current, taking: &future, leaving: &past)
  }

  private static func step(from current: Place, taking: inout [Place], leaving: inout [Place]) -> Place? {
    while let place = taking.popLast() {
      if place == current { continue }
      leaving.append(current)
      return place
    }
    return nil
  }
}

/// Earlier view options, for `U`.
public struct UndoStack: Equatable, Sendable {
  /// The options before each change, the latest last.
  public private(set) var options: [ViewOptions] = []
  /// How many changes are kept.
  public static let limit = 100

  /// Makes an empty stack.
  public init() {}

  /// Remembers the options before a change.
  public mutating func push(_ before: ViewOptions) {
    if options.last != before { options.append(before) }
    if options.count > Self.limit { options.removeFirst() }
  }

  /// Takes the latest options that differ from `current`; nil if there are none.
  public mutating func pop(differingFrom current: ViewOptions) -> ViewOptions? {
    while let last = options.popLast() {
      if last != current { return last }
    }
    return nil
  }
}

/// Marked records and marked instants, in order of time.
public struct Bookmarks: Equatable, Sendable {
  /// A marked record.
  public struct Mark: Equatable, Sendable {
    /// Where.
    public var place: Place
    /// The beginning of its text, for the list.
    public var text: String
    /// What was written to it; empty for nothing.
    public var note = ""
    /// The number of its first line; nil if it was not known.
    public var line: Int?
  }

  /// The marks, earliest first.
  public private(set) var marks: [Mark] = []
  /// The record that was marked last, while it is: what times are counted from.
  public private(set) var reference: Place?
  /// Instants at which the user drew a "now" line, earliest first.
  public private(set) var lines: [Timestamp] = []

  /// Makes an empty set.
  public init() {}

  /// Marks a record, or takes its mark away; says whether it is marked now.
  public mutating func toggle(_ place: Place, text: String, line: Int? = nil) -> Bool {
    if let index = marks.firstIndex(where: { $0.place.position == place.position }) {
      marks.remove(at: index)
      if reference?.position == place.position { reference = marks.last?.place }
      return false
    }
    marks.append(Mark(place: place, text: text, line: line))
    marks.sort { $0.place.time < $1.place.time }
    reference = place
    return true
  }

  /// Writes a note to a mark.
  public mutating func note(_ text: String, at position: Position) {
    for index in marks.indices where marks[index].place.position == position { marks[index].note = text }
  }

  /// The mark of a record; nil if it has none.
  public func mark(at position: Position) -> Mark? { marks.first { $0.place.position == position } }

  /// Marks a record of an earlier session, unless it is marked.
  public mutating func restore(_ place: Place, text: String, note: String, line: Int?) {
    guard !contains(place.position) else { return }
    marks.append(Mark(place: place, text: text, note: note, line: line))
    marks.sort { $0.place.time < $1.place.time }
    if reference == nil { reference = place }
  }

  /// Moves the marks of a source whose clock was put right.
  mutating func move(_ file: FileID, by span: TimeSpan) {
    for index in marks.indices where marks[index].place.position.file == file {
      marks[index].place.time = marks[index].place.time + span
    }
    marks.sort { $0.place.time < $1.place.time }
    if let place = reference, place.position.file == file { reference?.time = place.time + span }
  }

  /// Draws lines at instants where there are none.
  mutating func draw(_ times: [Timestamp]) { lines = (lines + times.filter { !lines.contains($0) }).sorted() }

  /// Draws a line at an instant.
  public mutating func draw(at time: Timestamp) {
    lines.append(time)
    lines.sort()
  }

  /// Whether a record is marked.
  public func contains(_ position: Position) -> Bool { marks.contains { $0.place.position == position } }
}
