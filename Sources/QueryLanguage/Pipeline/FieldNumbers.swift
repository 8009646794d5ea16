import Records

/// Reads the numbers of one field, with the unit that the query states, the field's name declares, or its format does.
///
///     FieldNumbers(FieldName(steps: [.member("took_ms")])).quantity(of: value)   // 18 is 18e6 ns
public struct FieldNumbers: Hashable, Sendable {
  private let unit: UnitScale?
  /// The unit that was stated or is declared by the name: `ms`; nil where there is none.
  public let unitName: String?

  /// Prepares for the values of `field`.
  public init(_ field: FieldName) {
    unit = field.unit?.measure
    unitName = field.unit?.name
  }

  /// The number that a value is, in nanoseconds or bytes where its unit is known; nil for what is no number.
  @inlinable public func quantity(of value: FieldValue) -> Quantity? {
    if value.kind == .object || value.kind == .array || value.kind == .null { return nil }
    return read(value)
  }

  @usableFromInline func read(_ value: FieldValue) -> Quantity? {
    guard let first = value.bytes.first, first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    else {
      return nil
    }
    guard let quantity = value.withText({ Quantity($0) }) else { return nil }
    guard quantity.dimension == .none, let unit = unit ?? value.unit?.scale else { return quantity }
    return quantity.scaled(by: unit)
  }

  /// What one `unit` is, in nanoseconds, bytes or ones; nil if there is no such unit.
  public static func scale(of unit: String) -> Double? { Unit.named(unit)?.scale }
}
