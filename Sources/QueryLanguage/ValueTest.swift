import Matching
import Records

/// A test of one value, with everything compiled that can be: numbers read, units scaled, case folded.
public final class ValueTest: Sendable {
  /// What is asked of a value.
  enum Condition: Sendable {
    /// That it is there.
    case anything
    /// That it equals one of these.
    case equal([EqualValue])
    /// That it contains one of these.
    case contain([ContainedValue])
    /// That a part of it matches.
    case match(Pattern)
    /// That it stands so to a quantity.
    case order(Test.Comparison, Quantity)
    /// That it lies between two quantities, ends included.
    case within(Quantity, Quantity)
    /// That it is a number of which nobody knows the unit.
    case hasUnknownUnit
  }

  /// What is asked.
  let condition: Condition
  /// Whether the answer is turned round; a value must be there all the same.
  let isInverted: Bool
  /// The unit of numbers without one: stated in the query, or declared by the field's name.
  let unit: UnitScale?
  /// What a comparison with quantities asks, where nothing is counted by reference.
  private let bounds: Bounds?

  private struct Bounds {
    var first: (comparison: Test.Comparison, limit: Quantity)
    var second: (comparison: Test.Comparison, limit: Quantity)?
  }

  convenience init(_ condition: Condition, isInverted: Bool = false, unit: Unit? = nil) {
    self.init(condition, isInverted: isInverted, measure: unit?.measure)
  }

  init(_ condition: Condition, isInverted: Bool = false, measure: UnitScale?) {
    self.condition = condition
    self.isInverted = isInverted
    unit = measure
    switch condition {
    case .order(let comparison, let limit): bounds = Bounds(first: (comparison, limit))
    case .within(let low, let high): bounds = Bounds(first: (.greaterOrEqual, low), second: (.lessOrEqual, high))
    default: bounds = nil
    }
  }

  /// Whether the value passes; nil stands for an absent one, which never does.
  func matches(_ bytes: UnsafeRawBufferPointer?, encoding: FieldEncoding = .plain) -> Bool {
    guard let bytes else { return false }
    return holds(FieldValue(bytes: bytes, kind: .string, encoding: encoding)) != isInverted
  }

  /// Whether one of several spellings of the value passes (with inversion: whether none would).
  func matches(anyOf texts: [String]) -> Bool {
    guard !texts.isEmpty else { return false }
    let holds = texts.contains { text in
      var text = text
      return text.withUTF8 {
        self.holds(FieldValue(bytes: UnsafeRawBufferPointer($0), kind: .string, encoding: .plain))
      }
    }
    return holds != isInverted
  }

  /// Whether the condition holds for a value, inversion aside.
  func holds(_ value: FieldValue) -> Bool {
    if let bounds { return holds(value, bounds) }
    let unit = unit ?? value.unit?.scale
    switch condition {
    case .anything: return true
    case .equal(let values):
      return value.withText { text in values.contains { $0.equals(text, unit: unit) } }
    case .contain(let values):
      return value.withText { text in values.contains { $0.isContained(in: text, kind: value.kind, unit: unit) } }
    case .match(let pattern): return value.withText { pattern.isMatch($0) }
    case .order, .within: return false
    case .hasUnknownUnit: return unit == nil && Quantity(value.bytes)?.dimension == Dimension.none
    }
  }

  private func holds(_ value: FieldValue, _ bounds: Bounds) -> Bool {
    value.withText { text in
      guard let quantity = Quantity(text)?.converted(for: bounds.first.limit, unit: unit ?? value.unit?.scale),
        bounds.first.comparison.accepts(quantity.order(bounds.first.limit))
      else { return false }
      return bounds.second.map { $0.comparison.accepts(quantity.order($0.limit)) } ?? true
    }
  }
}

extension Quantity {
  /// This value of a field, so that it may be compared with `limit`; nil if it may not: the dimensions differ, or
  /// `limit` has a unit and nobody knows the one of the field.
  func converted(for limit: Quantity, unit: UnitScale?) -> Quantity? {
    if dimension == limit.dimension { return self }
    guard let unit else { return nil }
    if dimension == .none { return unit.dimension == limit.dimension ? scaled(by: unit) : nil }
    guard limit.dimension == .none, dimension == unit.dimension else { return nil }
    var plain = self
    plain.value /= unit.scale
    plain.dimension = .none
    return plain
  }
}

extension Test.Comparison {
  /// Whether `value (this) limit` is true where `value` stands so to `limit`.
  func accepts(_ order: Order) -> Bool {
    switch self {
    case .greater: order == .greater
    case .greaterOrEqual: order == .greater || order == .same
    case .less: order == .less
    case .lessOrEqual: order == .less || order == .same
    default: order == .same
    }
  }
}

extension FieldValue {
  /// Gives the unescaped bytes of the value to `body`; copies only where there is an escape.
  public func withText<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let escape: UInt8
    switch encoding {
    case .plain: return body(bytes)
    case .json, .backslash: escape = UInt8(ascii: "\\")
    case .doubled: escape = UInt8(ascii: "\"")
    case .byteArray: escape = UInt8(ascii: "[")
    case .entities: escape = UInt8(ascii: "&")
    }
    guard bytes.contains(escape) else { return body(bytes) }
    var text = text()
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
