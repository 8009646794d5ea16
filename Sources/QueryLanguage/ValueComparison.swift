import Matching
import Records

/// A value that `=` and `in` compare with: the same text, the same number, or the same quantity.
///
/// Numbers are compared digit by digit (`007` is 7, `1.50` is 1.5) and no exponent is read, so that long identifiers
/// stay what they are: `1e3` is not 1000, and 9007199254740993 is not 9007199254740992.
struct EqualValue: Sendable {
  private let text: [UInt8]
  private let whole: Pattern?
  private let number: NumberText?
  private let quantity: Quantity?

  init(_ literal: Literal) {
    text = Array(literal.pieces.joined(separator: "*").utf8)
    whole = literal.hasWildcard ? .wildcard(literal.pieces, ignoresCase: false, isWhole: true) : nil
    let bare = literal.bareText
    number = bare == nil ? nil : text.withUnsafeBytes { NumberText(whole: $0) }
    let quantity = bare.flatMap { Quantity($0) }
    self.quantity = quantity?.dimension == Dimension.none ? nil : quantity
  }

  /// Where a plain number must lie to be equal; nil for what is no plain number itself.
  var numberWindow: NumberWindow? {
    guard whole == nil, let number, !number.hasExponent, !number.isNegative else { return nil }
    return text.withUnsafeBytes { number.double(in: $0) }.window
  }

  func equals(_ value: UnsafeRawBufferPointer, unit: UnitScale?) -> Bool {
    if let whole { return whole.isMatch(value) }
    if value.count == text.count, value.elementsEqual(text) { return true }
    if let quantity {
      return Quantity(value)?.converted(for: quantity, unit: unit)?.order(quantity) == .same
    }
    guard let number, !number.hasExponent, let other = NumberText(whole: value), !other.hasExponent else {
      return false
    }
    return text.withUnsafeBytes { mine in
      guard mine[number.digits].elementsEqual(value[other.digits]),
        mine[number.fraction].elementsEqual(value[other.fraction])
      else { return false }
      return number.isNegative == other.isNegative || number.digits.isEmpty && number.fraction.isEmpty
    }
  }
}

extension Double {
  fileprivate var window: NumberWindow? { NumberWindow(self, self) }
}

extension NumberText {
  /// Reads a number that is the whole of `bytes`; nil if they are something else.
  init?(whole bytes: UnsafeRawBufferPointer) {
    guard let number = NumberText(prefixOf: bytes), number.end == bytes.count else { return nil }
    self = number
  }
}

/// A value that `:` looks for: contained in texts, equal to numbers.
struct ContainedValue: Sendable {
  /// What texts must contain.
  let pattern: Pattern
  private let isQuoted: Bool
  private let equal: EqualValue
  /// `5xx`: the numbers 500 to 599.
  private let family: Range<Double>?
  /// Whether it reads as a number or as a family of numbers.
  let isNumber: Bool

  init(_ literal: Literal) {
    isNumber = literal.quantity != nil || literal.bareText.flatMap(Self.family) != nil
    pattern = literal.searchPattern
    isQuoted = literal.isQuoted
    equal = EqualValue(literal)
    family = literal.bareText.flatMap(Self.family)
  }

  /// Where a plain number must lie to contain this, as the comparison of numbers goes; nil for texts.
  var numberWindow: NumberWindow? {
    guard !isQuoted else { return nil }
    return family.map { NumberWindow($0.lowerBound, $0.upperBound) } ?? equal.numberWindow
  }

  func isContained(in value: UnsafeRawBufferPointer, kind: FieldKind, unit: UnitScale?) -> Bool {
    guard !isQuoted, comparesAsNumber(value, kind: kind) else { return pattern.isMatch(value) }
    if let family { return Quantity(value).map { family.contains($0.value) } ?? false }
    return equal.equals(value, unit: unit)
  }

  /// A number without unit, whoever wrote it; one with a unit if a number is asked for; what the format takes for one.
  private func comparesAsNumber(_ value: UnsafeRawBufferPointer, kind: FieldKind) -> Bool {
    guard let first = value.first, first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
      return false
    }
    return kind == .number || NumberText(whole: value) != nil || isNumber && Quantity(value) != nil
  }

  /// `5xx` and `50X`: a digit other than 0, more digits, and at least one x in place of the rest.
  static func family(_ text: String) -> Range<Double>? {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { $0.isDigit }
    let places = bytes.count - digits.count
    guard (1...9).contains(digits.count), digits[0] != UInt8(ascii: "0"), (1...9).contains(places),
      bytes.dropFirst(digits.count).allSatisfy({ $0 | 32 == UInt8(ascii: "x") })
    else { return nil }
    let scale = (0..<places).reduce(1.0) { value, _ in value * 10 }
    let low = digits.reduce(0.0) { $0 * 10 + Double($1 &- 48) }
    return low * scale..<(low + 1) * scale
  }
}

extension Literal {
  /// What a search for this text looks for: smart case, `*` for anything on the same line.
  var searchPattern: Pattern {
    let ignoresCase = !pieces.contains(where: \.hasUppercase)
    return hasWildcard
      ? .wildcard(pieces, ignoresCase: ignoresCase) : .literal(pieces.joined(), ignoresCase: ignoresCase)
  }
}

extension String {
  /// Whether it has an upper-case letter, so that a search for it is exact.
  var hasUppercase: Bool { unicodeScalars.contains { $0.properties.isUppercase } }
}
