import Quantities
import Records

/// How values of results stand to each other: numbers by size, levels by severity, times, texts by their bytes; different
/// kinds in this order, what is absent last.
public enum ValueOrder {
  case less, same, greater

  /// Compares two values.
  public static func compare(_ left: Value, _ right: Value) -> ValueOrder {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): return of(left, right)
    case (.time(let left), .time(let right)): return of(left, right)
    case (.level(let left), .level(let right)): return of(left, right)
    case (.text(let left), .text(let right)): return texts(left, right)
    case (.boolean(let left), .boolean(let right)): return of(left ? 1 : 0, right ? 1 : 0)
    case (.counts(let left), .counts(let right)): return of(left.reduce(0, +), right.reduce(0, +))
    default: break
    }
    if let left = left.magnitude, let right = right.magnitude { return of(left, right) }
    return of(rank(left), rank(right))
  }

  private static func of<Item: Comparable>(_ left: Item, _ right: Item) -> ValueOrder {
    left < right ? .less : left == right ? .same : .greater
  }

  private static func texts(_ left: String, _ right: String) -> ValueOrder {
    if left == right { return .same }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
  }

  private static func rank(_ value: Value) -> Int {
    switch value {
    case .integer, .number, .duration, .size: 0
    case .boolean: 1
    case .time: 2
    case .level: 3
    case .text: 4
    case .counts: 5
    case .absent: 6
    }
  }
}

/// The order of rows by several columns: of two rows, whichever has the value that comes first in the first column in which they differ. What
/// is absent comes last either way.
struct RowOrder: Sendable {
  /// Whether the greatest comes first, a column each.
  let isDescending: [Bool]

  /// Whether the row with the values `left` comes before that with `right`; nil where they are equal in all columns.
  func isBefore(_ left: [Value], _ right: [Value]) -> Bool? {
    for (number, isDescending) in isDescending.enumerated() {
      let (first, second) = (left[number], right[number])
      if (first == .absent) != (second == .absent) { return second == .absent }
      switch ValueOrder.compare(first, second) {
      case .same: continue
      case .less: return !isDescending
      case .greater: return isDescending
      }
    }
    return nil
  }
}
