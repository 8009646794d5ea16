import QueryLanguage
import Quantities
import Records

/// A value that stands for a group as it was written: of `min`, `max`, `first`, `last`.
enum WrittenValue: Hashable, Sendable {
  case number(Quantity)
  case stamp(Timestamp)
  case level(Level)
  case text([UInt8], isNumber: Bool, isBoolean: Bool)

  /// Numbers before instants before levels before texts; each kind by itself in ascending order.
  static func isLess(_ left: WrittenValue, _ right: WrittenValue) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left.value < right.value
    case (.stamp(let left), .stamp(let right)): left < right
    case (.level(let left), .level(let right)): left < right
    case (.text(let left, _, _), .text(let right, _, _)): left.lexicographicallyPrecedes(right)
    default: left.rank < right.rank
    }
  }

  /// Numbers count before everything else, as a value that is none among them is an oddity.
  fileprivate var rank: Int {
    switch self {
    case .number: 0
    case .stamp: 1
    case .level: 2
    case .text: 3
    }
  }
}

/// The least or greatest value so far.
struct Extreme: Hashable, Sendable {
  var value: WrittenValue?

  mutating func add(_ other: WrittenValue, isGreatest: Bool) {
    guard let value else {
      self.value = other
      return
    }
    if value.rank != other.rank {
      if other.rank < value.rank { self.value = other }
    } else if isGreatest ? WrittenValue.isLess(value, other) : WrittenValue.isLess(other, value) {
      self.value = other
    }
  }
}

/// The value of the earliest or latest record so far. Records with a stamp count before those without; of equal stamps the
/// place in the files decides.
struct Edge: Hashable, Sendable {
  /// When, and where; ascending order is that of the records.
  struct Moment: Hashable, Comparable, Sendable {
    var stamp: Int64
    var file: Int
    var generation: Int
    var offset: Int

    static func < (left: Moment, right: Moment) -> Bool {
      (left.stamp, left.file, left.generation, left.offset) < (right.stamp, right.file, right.generation, right.offset)
    }
  }

  var moment: Moment?
  var isStamped = false
  var value: WrittenValue?

  /// Whether a record at `moment` would take the place.
  func yields(to moment: Moment, isStamped: Bool, isLast: Bool) -> Bool {
    guard let own = self.moment else { return true }
    if isStamped != self.isStamped { return isStamped }
    return isLast ? own < moment : moment < own
  }

  mutating func merge(_ other: Edge, isLast: Bool) {
    guard let moment = other.moment, yields(to: moment, isStamped: other.isStamped, isLast: isLast) else { return }
    self = other
  }
}

/// The units met among the numbers of a field.
struct UnitsMet: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let plain = UnitsMet(rawValue: 1)
  static let time = UnitsMet(rawValue: 2)
  static let size = UnitsMet(rawValue: 4)
  /// Not all plain numbers were whole.
  static let fraction = UnitsMet(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ quantity: Quantity) {
    switch quantity.dimension {
    case .none: self = quantity.integer == nil ? [.plain, .fraction] : .plain
    case .time: self = .time
    case .size: self = .size
    }
  }

  /// What a computed number of the field is.
  func value(_ number: Double, keepsWhole: Bool) -> Value {
    if contains(.time) { return .duration(number) }
    if contains(.size) { return .size(number) }
    if keepsWhole, !contains(.fraction), let whole = Int64(exactly: number) { return .integer(whole) }
    return .number(number)
  }

  /// Whether numbers with and without a unit, or of different units, were put together.
  var isMixed: Bool { intersection([.plain, .time, .size]).rawValue.nonzeroBitCount > 1 }
}
