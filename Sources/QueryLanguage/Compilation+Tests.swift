import Matching
import Quantities
import Records

extension Compilation {
  mutating func predicate(of test: Test, at range: Range<Int>) throws(Diagnostic) -> Predicate {
    switch test.field.builtIn {
    case .level: return try level(test)
    case .time: return try time(test)
    case .raw: return try raw(test)
    case .msg:
      let value = try valueTest(test)
      highlight(value)
      return leaf(test, .message(value), prefilters: Prefilter.patterns(for: test, value, mayBeNumbers: true))
    case .source: return leaf(test, .source(try valueTest(test)))
    case .format: return leaf(test, .format(try valueTest(test.withExactNames)))
    case .line: return leaf(test, .line(try valueTest(test)))
    case nil:
      let value = try valueTest(test)
      highlight(value)
      warnIfUnknown(test, at: range)
      warnOfUnits(test)
      warnOfFamily(test)
      let field = FieldTest(path: test.field.path, test: value)
      return leaf(test, .field(field), prefilters: Prefilter.patterns(for: test, value))
    }
  }

  private func leaf(_ test: Test, _ kind: Leaf.Kind, prefilters: [Pattern] = []) -> Predicate {
    .leaf(Leaf(key: QueryPrinter.print(test), kind: kind, prefilters: prefilters))
  }

  private func valueTest(_ test: Test) throws(Diagnostic) -> ValueTest {
    ValueTest(try condition(test), isInverted: test.comparison.isInverted, unit: test.field.unit)
  }

  private func condition(_ test: Test) throws(Diagnostic) -> ValueTest.Condition {
    switch test.operand {
    case .anything: return .anything
    case .regex(let regex): return .match(try pattern(of: regex))
    case .range(let low, let high):
      guard let low = low.bareText.flatMap({ Quantity($0) }), let high = high.bareText.flatMap({ Quantity($0) })
      else { return .equal([]) }
      return .within(low, high)
    case .value(let literal) where test.comparison.isOrder:
      guard let limit = literal.bareText.flatMap({ Quantity($0) }) else { return .equal([]) }
      return .order(test.comparison, limit)
    default:
      let literals = test.operand.literals
      switch test.comparison {
      case .contains, .notContains: return .contain(literals.map(ContainedValue.init))
      default: return .equal(literals.map(EqualValue.init))
      }
    }
  }

  /// Shows where a text was found; numbers would light up everywhere.
  private mutating func highlight(_ value: ValueTest) {
    guard !value.isInverted else { return }
    switch value.condition {
    case .contain(let values): for value in values where !value.isNumber { highlight(value.pattern) }
    case .match(let pattern): highlight(pattern)
    default: break
    }
  }

  // MARK: raw

  private mutating func raw(_ test: Test) throws(Diagnostic) -> Predicate {
    var found: Predicate
    switch test.operand {
    case .anything: found = .all
    case .regex(let regex): found = text(try pattern(of: regex), key: "~" + QueryPrinter.print(regex))
    default:
      guard test.comparison == .contains || test.comparison == .notContains, case let literals = test.operand.literals,
        !literals.contains(where: { $0.bareText.flatMap { Quantity($0) } != nil })
      else { return leaf(test, .raw(try valueTest(test))) }
      found = .none
      for literal in literals {
        let part = text(literal.searchPattern, key: QueryPrinter.print(Node(.text(literal))))
        found = .any(of: [found, part])
      }
    }
    return test.comparison.isInverted ? .inverse(of: found) : found
  }

  // MARK: level

  private mutating func level(_ test: Test) throws(Diagnostic) -> Predicate {
    var mask: UInt16 = 0
    var names: [Literal] = []
    switch test.operand {
    case .anything: mask = 0xFF
    case .regex: return leaf(test, .levelName(try valueTest(test)))
    case .range(let low, let high):
      if let low = low.plainText.flatMap(LevelName.level), let high = high.plainText.flatMap(LevelName.level) {
        for level in Level.allCases where low <= level && level <= high { mask |= 1 << UInt16(level.rawValue) }
      }
    case .value, .values:
      for literal in test.operand.literals {
        if literal.hasWildcard {
          for level in Checker.levels(like: literal) { mask |= 1 << UInt16(level.rawValue) }
        } else if let level = literal.plainText.flatMap(LevelName.level) {
          mask |= Self.mask(of: test.comparison, level)
        } else {
          names.append(literal)
        }
      }
    }
    var found = [Predicate.leaf(.levels(mask))]
    if !names.isEmpty {
      let isExact = test.comparison != .contains && test.comparison != .notContains
      let value = ValueTest(isExact ? .equal(names.map(EqualValue.init)) : .contain(names.map(ContainedValue.init)))
      let key = "level as written \(isExact ? "=" : ":") " + names.map { QueryPrinter.value($0) }.joined(separator: ",")
      if mask == 0 { found = [] }
      found.append(.leaf(Leaf(key: key, kind: .levelName(value))))
    }
    let any = Predicate.any(of: found)
    return test.comparison.isInverted ? .all(of: [.leaf(.levels(0xFF)), .inverse(of: any)]) : any
  }

  private static func mask(of comparison: Test.Comparison, _ limit: Level) -> UInt16 {
    Level.allCases.reduce(0) { mask, level in
      comparison.accepts(Order(level, limit)) ? mask | 1 << UInt16(level.rawValue) : mask
    }
  }

  // MARK: time

  private mutating func time(_ test: Test) throws(Diagnostic) -> Predicate {
    let resolution = TimeResolution(context: context)
    if context.isFollowing, test.operand.literals.contains(where: \.isRelativeTime) { slides = true }
    guard let ranges = resolution.ranges(of: test) else {
      let literals = test.operand.literals
      throw Diagnostic(
        "this range ends before it begins",
        range: savedRange ?? (literals.first?.range.lowerBound ?? 0)..<(literals.last?.range.upperBound ?? 0),
        help: "the earlier time stands first, the later one is not included")
    }
    let any = Predicate.any(of: ranges.map { .leaf(.time($0)) })
    guard test.comparison.isInverted else { return any }
    return .all(of: [.leaf(.time(.distantPast ..< .distantFuture)), .inverse(of: any)])
  }
}

extension Test {
  /// The names of formats are compared whole, in any case.
  fileprivate var withExactNames: Test {
    func lower(_ literal: Literal) -> Literal {
      Literal(pieces: literal.pieces.map { $0.lowercased() }, isQuoted: literal.isQuoted, range: literal.range)
    }
    var test = self
    switch operand {
    case .value(let literal): test.operand = .value(lower(literal))
    case .values(let literals): test.operand = .values(literals.map(lower))
    default: return self
    }
    if comparison == .contains { test.comparison = .equal }
    if comparison == .notContains { test.comparison = .notEqual }
    return test
  }
}

extension FieldName {
  /// The unit of the field's plain numbers: stated, or declared by its name.
  var unit: Unit? {
    if let statedUnit { return Unit.named(statedUnit) }
    let names = steps.compactMap { if case .member(let name) = $0 { name } else { nil } }
    return names.last.flatMap(Unit.declared)
  }
}
