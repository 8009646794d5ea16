/// One line of the table: what was measured, against whom, and what it should be.
struct Finding {
  /// The row that it belongs to.
  var row: String
  /// What was done, on what.
  var title: String
  var unit = Unit.seconds
  var ours: Samples
  /// The other program; nil where the goal is a plain value.
  var peer: String?
  /// What the other program needed; nil where it is absent.
  var theirs: Samples?
  var goal: Goal
  /// What each side counted: all must be the same, or an answer is wrong.
  var counts: [(who: String, count: Int)] = []
  /// What else a reader should know.
  var note = ""
  /// Processor seconds of both sides, which a busy machine changes less than the clock's.
  var processor: (ours: Double, theirs: Double)?

  /// Ours over theirs.
  var ratio: Double? { theirs.map { ours.median / $0.median } }

  /// Whether all sides counted the same.
  var isConsistent: Bool { Set(counts.map(\.count)).count <= 1 }

  /// Whether the goal is reached; nil where it cannot be told.
  var isReached: Bool? {
    switch goal {
    case .ratio(let limit): ratio.map { $0 <= limit }
    case .timesBetter(let limit): ratio.map { 1 / $0 >= limit }
    case .value(let limit): ours.median <= limit
    case .either(let limit, let value): ours.median <= value ? true : ratio.map { $0 <= limit }
    case .none: nil
    }
  }

  /// The ratio as the goal states it.
  var ratioText: String {
    guard let ratio else { return "" }
    if case .timesBetter = goal { return "\(Unit.rounded(1 / ratio)) x faster" }
    return "\(Unit.rounded(ratio)) x"
  }

  /// The goal in words.
  var goalText: String {
    switch goal {
    case .ratio(let limit): "<= \(Unit.rounded(limit)) x"
    case .timesBetter(let limit): ">= \(Unit.rounded(limit)) x faster"
    case .value(let limit): "<= \(unit.text(limit))"
    case .either(let limit, let value): "<= \(Unit.rounded(limit)) x or \(unit.text(value))"
    case .none: ""
    }
  }

  /// `ok`, `short`, `WRONG`, or nothing.
  var verdict: String {
    if !isConsistent { return "WRONG" }
    return isReached.map { $0 ? "ok" : "short" } ?? ""
  }
}
