import Quantities

/// Replaces what depends on the day and the clock by absolute times.
struct TimeResolution {
  let context: QueryContext

  /// The stretches of time that a test names; nil if one ends before it begins.
  func ranges(of test: Test) -> [Range<Timestamp>]? {
    switch test.operand {
    case .anything: return [.distantPast ..< .distantFuture]
    case .regex: return []
    case .range(let low, let high):
      guard let (start, end) = ends(low, high) else { return [] }
      return start < end ? [start..<end] : nil
    case .value, .values:
      return test.operand.literals.compactMap { literal in
        time(literal).map { Self.range(test.comparison, $0.resolved(in: context)) }
      }
    }
  }

  private static func range(_ comparison: Test.Comparison, _ named: Range<Timestamp>) -> Range<Timestamp> {
    switch comparison {
    case .greater: named.upperBound..<max(named.upperBound, .distantFuture)
    case .greaterOrEqual: named.lowerBound..<max(named.lowerBound, .distantFuture)
    case .less: min(named.lowerBound, .distantPast)..<named.lowerBound
    case .lessOrEqual: min(named.upperBound, .distantPast)..<named.upperBound
    default: named
    }
  }

  private func time(_ literal: Literal) -> TimeLiteral? { literal.plainText.flatMap { TimeLiteral($0) } }

  /// Beginning and end of `a..b`; a clock that is not later than the one before it is of the next day.
  private func ends(_ low: Literal, _ high: Literal) -> (Timestamp, Timestamp)? {
    guard let first = time(low), let last = time(high) else { return nil }
    let start = first.resolved(in: context).lowerBound
    let end = last.resolved(in: context).lowerBound
    guard end <= start, first.kind == .clock || first.kind == .dateAndClock, last.kind == .clock else {
      return (start, end)
    }
    var context = context
    context.cursor = start
    let sameDay = last.resolved(in: context).lowerBound
    if sameDay > start { return (start, sameDay) }
    context.cursor = start + .hours(24)
    return (start, last.resolved(in: context).lowerBound)
  }

  /// The same filter with absolute times.
  func resolved(_ node: Node) -> Node {
    switch node.kind {
    case .and(let parts): return Node(.and(parts.map(resolved)), range: node.range)
    case .or(let parts): return Node(.or(parts.map(resolved)), range: node.range)
    case .not(let part): return Node(.not(resolved(part)), range: node.range)
    case .test(var test):
      guard test.field.builtIn == .time else { return node }
      switch test.operand {
      case .value(let literal): test.operand = .value(absolute(literal, for: test.comparison))
      case .values(let literals): test.operand = .values(literals.map { absolute($0, for: test.comparison) })
      case .range(let low, let high):
        guard let (start, end) = ends(low, high) else { return node }
        test.operand = .range(
          absolute(low, at: start, for: .greaterOrEqual), absolute(high, at: end, for: .greaterOrEqual))
      default: break
      }
      return Node(.test(test), range: node.range)
    default: return node
    }
  }

  private func absolute(_ literal: Literal, for comparison: Test.Comparison) -> Literal {
    guard let time = time(literal) else { return literal }
    return absolute(literal, at: time.resolved(in: context).lowerBound, for: comparison)
  }

  private func absolute(_ literal: Literal, at start: Timestamp, for comparison: Test.Comparison) -> Literal {
    guard let time = time(literal) else { return literal }
    switch time.kind {
    case .date, .dateAndClock, .epoch: return literal
    case .today, .yesterday: return .bare(context.zone.civilTime(at: start).dateText)
    case .relative:
      let needsAll = comparison == .greater || comparison == .lessOrEqual
      return .bare(text(of: start, digits: needsAll ? 9 : CivilTime(utc: start).leastFractionDigits))
    case .clock:
      if time.precision == 60_000_000_000 { return .bare(text(of: start, digits: nil)) }
      var digits = 0
      var unit = time.precision
      while unit < 1_000_000_000, unit > 0 {
        unit *= 10
        digits += 1
      }
      return .bare(text(of: start, digits: digits))
    }
  }

  /// RFC 3339 in the zone of the query; without seconds if `digits` is nil.
  private func text(of instant: Timestamp, digits: Int?) -> String {
    let civil = context.zone.civilTime(at: instant)
    let offset = context.zone.offset(at: instant)
    var clock = civil.clockText(fractionDigits: digits ?? 0)
    if digits == nil { clock.removeLast(3) }
    return "\(civil.dateText)T\(clock)" + (offset == 0 ? "Z" : Zone.text(ofOffset: offset))
  }
}

extension Literal {
  /// Whether it is a time that counts from now.
  var isRelativeTime: Bool {
    if case .relative = plainText.flatMap({ TimeLiteral($0) })?.kind { true } else { false }
  }
}
