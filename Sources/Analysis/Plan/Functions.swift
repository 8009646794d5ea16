import QueryLanguage
import Quantities
import Records

/// The functions of `eval`; what is not defined is absent.
enum Functions {
  static func value(
    _ function: ExpressionFunction, _ arguments: [ExpressionProgram], _ record: RecordContext
  ) -> Value {
    let value = result(function, arguments, record)
    // What has become too large for a number is none.
    return value.magnitude.map(\.isFinite) ?? true ? value : .absent
  }

  private static func result(
    _ function: ExpressionFunction, _ arguments: [ExpressionProgram], _ record: RecordContext
  ) -> Value {
    func argument(_ number: Int) -> Value {
      number < arguments.count ? arguments[number].value(of: record) : .absent
    }
    switch function {
    case .if: return argument(0) == .boolean(true) ? argument(1) : argument(2)
    case .coalesce:
      for number in arguments.indices {
        let value = argument(number)
        if value != .absent { return value }
      }
      return .absent
    case .min, .max: return extreme(arguments.indices.map(argument), isGreatest: function == .max)
    case .concat: return .text(arguments.indices.map { ValueText.plain(argument($0)) }.joined())
    case .lower, .upper:
      let value = argument(0)
      guard value != .absent else { return .absent }
      let text = ValueText.plain(value)
      return .text(function == .lower ? text.lowercased() : text.uppercased())
    case .length:
      let value = argument(0)
      return value == .absent ? .absent : .integer(Int64(ValueText.plain(value).count))
    case .abs: return keepingUnit(argument(0)) { Swift.abs($0) }
    case .floor: return keepingUnit(argument(0)) { $0.rounded(.down) }
    case .ceil: return keepingUnit(argument(0)) { $0.rounded(.up) }
    case .round: return rounded(argument(0), digits: arguments.count > 1 ? argument(1).asNumber.magnitude : 0)
    case .bucket: return bucket(argument(0), argument(1))
    case .seconds:
      switch argument(0).asNumber {
      case .duration(let span): return .number(span / 1e9)
      case .integer, .number: return argument(0).asNumber
      default: return .absent
      }
    case .duration:
      guard case .text(let unit) = argument(1), let scale = FieldNumbers.scale(of: unit) else { return .absent }
      switch argument(0).asNumber {
      case .integer(let number): return .duration(Double(number) * scale)
      case .number(let number): return .duration(number * scale)
      case .duration(let span): return .duration(span)
      default: return .absent
      }
    }
  }

  private static func extreme(_ values: [Value], isGreatest: Bool) -> Value {
    values.filter { $0 != .absent }.reduce(Value.absent) { best, value in
      guard best != .absent else { return value }
      let order = ValueOrder.compare(value, best)
      return order == (isGreatest ? .greater : .less) ? value : best
    }
  }

  /// A whole number stays one.
  private static func keepingUnit(_ value: Value, _ body: (Double) -> Double) -> Value {
    switch value.asNumber {
    case .integer(let number):
      return number == .min ? .absent : Int64(exactly: body(Double(number))).map(Value.integer) ?? .absent
    case .number(let number):
      let result = body(number)
      return Int64(exactly: result).map(Value.integer) ?? .number(result)
    case .duration(let number): return .duration(body(number))
    case .size(let number): return .size(body(number))
    default: return .absent
    }
  }

  private static func rounded(_ value: Value, digits: Double?) -> Value {
    guard let digits, (0...15).contains(digits) else { return .absent }
    let scale = (0..<Int(digits)).reduce(1.0) { scale, _ in scale * 10 }
    if digits == 0 { return keepingUnit(value) { $0.rounded() } }
    switch value.asNumber {
    case .integer(let number): return .integer(number)
    case .number(let number): return .number((number * scale).rounded() / scale)
    case .duration(let number): return .duration((number * scale).rounded() / scale)
    case .size(let number): return .size((number * scale).rounded() / scale)
    default: return .absent
    }
  }

  private static func bucket(_ value: Value, _ width: Value) -> Value {
    let (value, width) = (value.asNumber, width.asNumber)
    if case .integer(let number) = value, case .integer(let step) = width, step > 0 {
      let (start, overflow) = number.floorDivided(by: step).multipliedReportingOverflow(by: step)
      return overflow ? .absent : .integer(start)
    }
    guard Dimension(value) == Dimension(width), let number = value.magnitude, let step = width.magnitude, step > 0
    else {
      return .absent
    }
    return Dimension(value).make((number / step).rounded(.down) * step)
  }
}
