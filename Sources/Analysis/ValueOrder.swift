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
