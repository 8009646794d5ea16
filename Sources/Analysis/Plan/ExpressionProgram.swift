import QueryLanguage
import Quantities
import Records

/// An expression of `eval`, ready to be computed for records.
///
/// Numbers keep their unit: durations and sizes may be added to their like, multiplied and divided by numbers; their quotient is
/// a number. What is not defined (a division by zero, a text in a product, an absent field) is absent. Texts that read as numbers
/// count as such in arithmetic.
indirect enum ExpressionProgram: Sendable {
  case constant(Value)
  case field(BuiltInField?, FieldPath, FieldNumbers)
  case negative(ExpressionProgram)
  case binary(Expression.Operator, ExpressionProgram, ExpressionProgram)
  case call(ExpressionFunction, [ExpressionProgram])
  case test(Predicate)

  /// Prepares `expression`; `compile` makes the tests of `if`.
  init(_ expression: Expression, compile: (Node) throws(Diagnostic) -> Predicate) throws(Diagnostic) {
    switch expression {
    case .number(let text): self = .constant(Quantity(text).map(Value.init) ?? .absent)
    case .text(let text): self = .constant(.text(text))
    case .field(let field): self = .field(field.builtIn, FieldPath(field.path), FieldNumbers(field))
    case .negative(let part): self = .negative(try ExpressionProgram(part, compile: compile))
    case .binary(let sign, let left, let right):
      self = .binary(
        sign, try ExpressionProgram(left, compile: compile), try ExpressionProgram(right, compile: compile))
    case .call(let function, let arguments):
      var parts: [ExpressionProgram] = []
      for argument in arguments { parts.append(try ExpressionProgram(argument, compile: compile)) }
      self = .call(function, parts)
    case .test(let node): self = .test(try compile(node))
    }
  }

  /// The value for a record.
  func value(of record: RecordContext) -> Value {
    switch self {
    case .constant(let value): return value
    case .field(let builtIn, let path, let numbers):
      return builtIn.map { record.value(of: $0) } ?? record.value(of: path, numbers)
    case .negative(let part): return Arithmetic.negative(part.value(of: record))
    case .binary(let sign, let left, let right):
      return Arithmetic.result(sign, left.value(of: record), right.value(of: record))
    case .call(let function, let arguments): return Functions.value(function, arguments, record)
    case .test(let predicate): return .boolean(predicate.matches(record))
    }
  }
}

extension Value {
  /// The number or quantity.
  init(_ quantity: Quantity) {
    switch quantity.dimension {
    case .time: self = .duration(quantity.value)
    case .size: self = .size(quantity.value)
    case .none: self = quantity.integer.map(Value.integer) ?? .number(quantity.value)
    }
  }

  /// What it is for arithmetic: a text that reads as a number is that number.
  var asNumber: Value {
    if case .text(let text) = self { return Quantity(text).map(Value.init) ?? .absent }
    return magnitude == nil ? .absent : self
  }
}

extension RecordContext {
  /// The first value of a field.
  func value(of path: FieldPath, _ numbers: FieldNumbers) -> Value {
    var found = Value.absent
    forEachValue(of: path) { value in
      switch value.kind {
      case .null, .object: return true
      case .boolean: found = .boolean(value.text().lowercased() == "true")
      case .number: found = numbers.quantity(of: value).map(Value.init) ?? .text(value.text())
      case .array, .string, .address, .identifier:
        if numbers.unitName != nil, let quantity = numbers.quantity(of: value) {
          found = Value(quantity)
        } else {
          found = .text(value.text())
        }
      }
      return false
    }
    return found
  }

  /// The value of a built-in field.
  func value(of builtIn: BuiltInField) -> Value {
    switch builtIn {
    case .time: stamp.map(Value.time) ?? .absent
    case .level: level.map(Value.level) ?? .absent
    case .source: .text(source)
    case .format: .text(format)
    case .line: line.map { .integer(Int64($0)) } ?? .absent
    case .raw: .text(String(decoding: bytes, as: UTF8.self))
    case .msg:
      message.bytes.map { .text(FieldValue(bytes: $0, kind: .string, encoding: message.encoding).text()) } ?? .absent
    }
  }
}

/// Arithmetic on values with units.
enum Arithmetic {
  static func negative(_ value: Value) -> Value {
    switch value.asNumber {
    case .integer(let number): number == .min ? .number(-Double(number)) : .integer(-number)
    case .number(let number): .number(-number)
    case .duration(let number): .duration(-number)
    case .size(let number): .size(-number)
    default: .absent
    }
  }

  static func result(_ sign: Expression.Operator, _ left: Value, _ right: Value) -> Value {
    if sign == .plus, case .text(let text) = left, right != .absent,
      left.asNumber == .absent || right.asNumber == .absent
    {
      return .text(text + ValueText.plain(right))
    }
    if sign == .plus, case .text(let text) = right, left != .absent, right.asNumber == .absent {
      return .text(ValueText.plain(left) + text)
    }
    let (left, right) = (instant(left), instant(right))
    if case .integer(let left) = left, case .integer(let right) = right, let exact = integers(sign, left, right) {
      return exact
    }
    if case .time(let left) = left { return times(sign, left, right) }
    guard let first = left.magnitude, let second = right.magnitude else { return .absent }
    guard let number = numbers(sign, first, second), number.isFinite else { return .absent }
    return unit(sign, left, right).map { $0(number) } ?? .absent
  }

  private static func instant(_ value: Value) -> Value { if case .time = value { value } else { value.asNumber } }

  private static func times(_ sign: Expression.Operator, _ left: Timestamp, _ right: Value) -> Value {
    switch (sign, right) {
    case (.minus, .time(let right)): .duration(Double(left.nanoseconds) - Double(right.nanoseconds))
    case (.minus, .duration(let span)):
      Int64(exactly: span.rounded()).map { .time(left - TimeSpan(nanoseconds: $0)) } ?? .absent
    case (.plus, .duration(let span)):
      Int64(exactly: span.rounded()).map { .time(left + TimeSpan(nanoseconds: $0)) } ?? .absent
    default: .absent
    }
  }

  private static func integers(_ sign: Expression.Operator, _ left: Int64, _ right: Int64) -> Value? {
    switch sign {
    case .plus:
      let sum = left.addingReportingOverflow(right)
      return sum.overflow ? nil : .integer(sum.partialValue)
    case .minus:
      let difference = left.subtractingReportingOverflow(right)
      return difference.overflow ? nil : .integer(difference.partialValue)
    case .times:
      let product = left.multipliedReportingOverflow(by: right)
      return product.overflow ? nil : .integer(product.partialValue)
    case .divided:
      if right == 0 { return .absent }
      let quotient = left.quotientAndRemainder(dividingBy: right == -1 ? 1 : right)
      guard quotient.remainder == 0, right != -1 else { return nil }
      return .integer(quotient.quotient)
    case .remainder:
      if right == 0 { return .absent }
      return right == -1 ? .integer(0) : .integer(left % right)
    }
  }

  private static func numbers(_ sign: Expression.Operator, _ left: Double, _ right: Double) -> Double? {
    switch sign {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .divided: right == 0 ? nil : left / right
    case .remainder: right == 0 ? nil : left.truncatingRemainder(dividingBy: right)
    }
  }

  private static func unit(_ sign: Expression.Operator, _ left: Value, _ right: Value) -> ((Double) -> Value)? {
    let (first, second) = (Dimension(left), Dimension(right))
    switch sign {
    case .plus, .minus, .remainder: return first == second ? first.make : nil
    case .times:
      if first != .none, second != .none { return nil }
      return (first == .none ? second : first).make
    case .divided:
      if first == second { return Dimension.none.make }
      return second == .none ? first.make : nil
    }
  }
}

extension Dimension {
  /// What a value measures.
  init(_ value: Value) {
    switch value {
    case .duration: self = .time
    case .size: self = .size
    default: self = .none
    }
  }

  /// Makes a value that measures this.
  var make: (Double) -> Value {
    switch self {
    case .none: { .number($0) }
    case .time: { .duration($0) }
    case .size: { .size($0) }
    }
  }
}
