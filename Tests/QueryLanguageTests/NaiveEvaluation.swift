import Foundation
import Quantities
@testable import QueryLanguage
import Records

/// The meaning of the language written down a second time, over strings and decoded fields, without care for speed.
struct NaiveEvaluation {
  let record: LoadedRecord
  let context: QueryContext

  func holds(_ node: Node) -> Bool {
    switch node.kind {
    case .all: true
    case .and(let parts): parts.allSatisfy(holds)
    case .or(let parts): parts.contains(where: holds)
    case .not(let part): !holds(part)
    case .saved(let name): (try? QueryParser.parse(context.savedFilters[name] ?? "")).map { holds($0.root) } ?? false
    case .text(let literal): Self.contains(record.text, literal)
    case .regex(let regex): Self.matches(record.text, regex)
    case .test(let test): holds(test)
    }
  }

  private func holds(_ test: Test) -> Bool {
    let parsed = record.parsed
    switch test.field.builtIn {
    case .time: return holds(time: test, parsed.stamp)
    case .level: return holds(level: test, parsed)
    default: break
    }
    let values = values(of: test.field, parsed)
    guard !values.isEmpty else { return false }
    let unit = test.field.statedUnit.flatMap(QueryLanguage.Unit.named) ?? declaredUnit(test.field)
    let any = values.contains { value in
      switch test.operand {
      case .anything: true
      case _ where value.kind == .array: false
      case .regex(let regex): Self.matches(value.text, regex)
      case .range(let low, let high):
        Self.compare(value.text, low, unit).map { $0 >= 0 } ?? false
          && Self.compare(value.text, high, unit).map { $0 <= 0 } ?? false
      case .value, .values:
        test.operand.literals.contains { single(test, value, $0, unit) }
      }
    }
    return any != test.comparison.isInverted
  }

  private func single(
    _ test: Test, _ value: (text: String, kind: FieldKind), _ literal: Literal, _ unit: QueryLanguage.Unit?
  ) -> Bool {
    switch test.comparison {
    case .greater: Self.compare(value.text, literal, unit).map { $0 > 0 } ?? false
    case .greaterOrEqual: Self.compare(value.text, literal, unit).map { $0 >= 0 } ?? false
    case .less: Self.compare(value.text, literal, unit).map { $0 < 0 } ?? false
    case .lessOrEqual: Self.compare(value.text, literal, unit).map { $0 <= 0 } ?? false
    case .contains where test.field.builtIn != .format, .notContains where test.field.builtIn != .format:
      Self.has(value, literal, unit)
    default:
      test.field.builtIn == .format
        ? Self.equals(
          value.text, Literal(pieces: literal.pieces.map { $0.lowercased() }, isQuoted: literal.isQuoted), nil)
        : Self.equals(value.text, literal, unit)
    }
  }

  private func declaredUnit(_ field: FieldName) -> QueryLanguage.Unit? {
    guard case .member(let name)? = field.steps.last(where: { if case .member = $0 { true } else { false } }) else {
      return nil
    }
    return QueryLanguage.Unit.declared(byName: name)
  }

  // MARK: values

  private func values(of field: FieldName, _ parsed: ParsedRecord) -> [(text: String, kind: FieldKind)] {
    func part(_ span: Range<Int>, _ encoding: FieldEncoding) -> String {
      record.bytes.withUnsafeBytes { encoding.decode(UnsafeRawBufferPointer(rebasing: $0[span])) }
    }
    switch field.builtIn {
    case .source: return [(record.name, .string), ("/var/log/" + record.name, .string)]
    case .format: return [(record.reader.formatName, .string)]
    case .line: return [("\(record.line)", .string)]
    case .raw: return [(record.text, .string)]
    case .msg:
      return parsed.messageSpan.isEmpty ? [] : [(part(parsed.messageSpan, parsed.messageEncoding), .string)]
    default: break
    }
    var path = FieldPath(field.path)
    var found: [(text: String, kind: FieldKind)] = []
    for depth in 0..<5 {
      let fields = parsed.fields.filter { path.matches($0.path) && $0.kind != .null }
      found += fields.map { (part($0.valueSpan, $0.encoding), $0.kind) }
      guard fields.contains(where: { $0.kind == .array }) else { break }
      path = FieldPath(field.path + String(repeating: "[]", count: depth + 1))
    }
    // An array is there, but has no text of its own: `holds` compares its elements only.
    return found
  }

  // MARK: comparisons

  static func contains(_ text: String, _ literal: Literal) -> Bool {
    let ignoresCase = !literal.pieces.contains { $0.contains(where: \.isUppercase) }
    let lines = literal.hasWildcard ? text.components(separatedBy: "\n") : [text]
    return lines.contains { line in
      var rest = line[...]
      for piece in literal.pieces where !piece.isEmpty {
        guard let hit = rest.range(of: piece, options: ignoresCase ? [.caseInsensitive, .literal] : .literal) else {
          return false
        }
        rest = rest[hit.upperBound...]
      }
      return true
    }
  }

  static func matches(_ text: String, _ regex: RegexLiteral) -> Bool {
    var options: NSRegularExpression.Options = []
    if regex.flags.contains("i") { options.insert(.caseInsensitive) }
    if regex.flags.contains("s") { options.insert(.dotMatchesLineSeparators) }
    if regex.flags.contains("m") { options.insert(.anchorsMatchLines) }
    guard let expression = try? NSRegularExpression(pattern: regex.pattern, options: options) else { return false }
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  static func has(_ value: (text: String, kind: FieldKind), _ literal: Literal, _ unit: QueryLanguage.Unit?) -> Bool {
    let isPlainNumber = number(value.text) != nil
    let startsAsNumber = value.text.first.map { "0123456789+-".contains($0) } ?? false
    let asksForNumber =
      literal.bareText.map { Quantity($0) != nil || $0.contains(/^[1-9][0-9]{0,8}[xX]{1,9}$/) } ?? false
    let isNumber =
      isPlainNumber || (value.kind == .number || asksForNumber && Quantity(value.text) != nil) && startsAsNumber
    guard !literal.isQuoted, isNumber else {
      return contains(value.text, literal)
    }
    if let text = literal.bareText, text.contains(/^[1-9][0-9]{0,8}[xX]{1,9}$/) {
      let digits = text.prefix { $0.isNumber }
      let scale = pow(10, Double(text.count - digits.count))
      guard let value = Quantity(value.text)?.value, let low = Double(digits) else { return false }
      return value >= low * scale && value < (low + 1) * scale
    }
    return equals(value.text, literal, unit)
  }

  static func equals(_ text: String, _ literal: Literal, _ unit: QueryLanguage.Unit?) -> Bool {
    if literal.hasWildcard {
      let pattern = literal.pieces.map(NSRegularExpression.escapedPattern).joined(separator: "[\\s\\S]*")
      return matches(text, RegexLiteral(pattern: "\\A(?:" + pattern + ")\\z"))
    }
    let wanted = literal.pieces.joined()
    if Array(text.utf8) == Array(wanted.utf8) { return true }
    guard let bare = literal.bareText else { return false }
    if let quantity = Quantity(bare), quantity.dimension != .none { return compare(text, literal, unit) == 0 }
    return decimal(text).map { $0 == decimal(bare) } ?? false
  }

  /// Sign, whole digits and fraction digits without idle zeros; nil for anything with an exponent.
  static func decimal(_ text: String) -> [String]? {
    guard let match = text.wholeMatch(of: /([+-]?)([0-9]+)(?:\.([0-9]+))?/) else { return nil }
    let whole = String(match.2.drop { $0 == "0" })
    var fraction = String(match.3 ?? "")
    while fraction.last == "0" { fraction.removeLast() }
    return [whole.isEmpty && fraction.isEmpty ? "" : match.1 == "-" ? "-" : "", whole, fraction]
  }

  static func number(_ text: String) -> Double? {
    text.wholeMatch(of: /[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/) == nil ? nil : Double(text)
  }

  /// -1, 0, 1, or nil where the two cannot be compared.
  static func compare(_ text: String, _ literal: Literal, _ unit: QueryLanguage.Unit?) -> Int? {
    guard let limit = literal.bareText.flatMap({ Quantity($0) }) else { return nil }
    var value: Double
    if let plain = number(text) {
      if limit.dimension == .none {
        if let left = Int64(text), let right = limit.integer { return left < right ? -1 : left > right ? 1 : 0 }
        return plain < limit.value ? -1 : plain > limit.value ? 1 : 0
      }
      guard let unit, unit.dimension == limit.dimension else { return nil }
      value = plain * unit.scale
    } else {
      guard let quantity = Quantity(text) else { return nil }
      if quantity.dimension == limit.dimension {
        value = quantity.value
      } else {
        guard limit.dimension == .none, let unit, unit.dimension == quantity.dimension else { return nil }
        value = quantity.value / unit.scale
      }
    }
    if abs(value - limit.value) <= 1e-12 * abs(limit.value) { return 0 }
    return value < limit.value ? -1 : 1
  }

  // MARK: time and level

  private func holds(time test: Test, _ stamp: Timestamp?) -> Bool {
    guard let stamp, let ranges = TimeResolution(context: context).ranges(of: test) else { return false }
    return ranges.contains { $0.contains(stamp) } != test.comparison.isInverted
  }

  private func holds(level test: Test, _ parsed: ParsedRecord) -> Bool {
    let written = parsed.levelSpan.map { String(decoding: record.bytes[$0], as: UTF8.self) }
    if case .regex(let regex) = test.operand {
      return written.map { Self.matches($0, regex) != test.comparison.isInverted } ?? false
    }
    guard let level = parsed.level else { return false }
    func named(_ literal: Literal) -> Level? { literal.plainText.flatMap { LevelName.level($0) } }
    switch test.operand {
    case .anything: return true
    case .range(let low, let high):
      guard let low = named(low), let high = named(high) else { return false }
      return (low <= level && level <= high) != test.comparison.isInverted
    default:
      let any = test.operand.literals.contains { literal in
        if literal.hasWildcard {
          return Self.equals(
            level.name, Literal(pieces: literal.pieces.map { $0.lowercased() }, isQuoted: false), nil)
        }
        guard let limit = named(literal) else {
          guard let written else { return false }
          return test.comparison == .contains || test.comparison == .notContains
            ? Self.contains(written, literal) : written == literal.plainText
        }
        switch test.comparison {
        case .greater: return level > limit
        case .greaterOrEqual: return level >= limit
        case .less: return level < limit
        case .lessOrEqual: return level <= limit
        default: return level == limit
        }
      }
      return any != test.comparison.isInverted
    }
  }
}
