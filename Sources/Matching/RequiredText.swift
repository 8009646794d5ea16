/// What a pattern cannot match without: every match contains one of the runs.
///
/// A run names for each of its bytes the set that it is of, so that `status=5\d\d` and `(?i)error` are one run, and
/// `timeout|refused` two.
struct RequiredText: Hashable, Sendable {
  typealias Run = [ByteSet]

  /// Not empty, and none of them is empty.
  var runs: [Run]
  /// Whether the runs are all that the pattern matches, so that finding one is a match.
  var isWhole: Bool

  /// Runs at most, bytes of one at most, and bytes of several together at most.
  static let largestCount = 64
  static let largestLength = 256
  static let largestSize = 512

  /// The estimated cost of a scan for it, in nanoseconds a byte of text.
  ///
  /// A step over 32 positions, plus what is done about each place that passes. Neighbours in real text depend on each
  /// other, hence the exponent.
  var cost: Float {
    let chance = runs.reduce(Float(0)) { $0 + RequiredText.chance(of: $1) }
    let isProbed = runs.count == 1 && runs[0].contains { $0.folded != nil }
    return (isProbed ? 0.04 : 0.08) + chance * (isWhole ? 10 : 100)
  }

  /// A scan that costs more saves nothing.
  static let largestCost: Float = 0.45

  private static func chance(of run: Run) -> Float {
    run.reduce(1) { $0 * max(0.03, ByteFrequency.share($1).squareRoot()) }
  }
}

/// Works out for each part of a pattern what its matches must contain.
struct RequiredTextFinder {
  typealias Run = RequiredText.Run

  /// What is known of a part. `[[]]` says nothing.
  private struct Facts {
    /// All that it matches, where that is little.
    var exact: [Run]?
    /// What every match begins and ends with.
    var prefix: [Run] = [[]]
    var suffix: [Run] = [[]]
    /// The best of what every match contains.
    var inner: [Run]?
    /// Whether there are conditions that the runs do not tell.
    var isConditional = false

    init(exact runs: [Run]) { (exact, prefix, suffix, inner) = (runs, runs, runs, RequiredTextFinder.useful(runs)) }

    init() {}
  }

  /// The cheapest required text of `node`; nil where looking for it would not pay.
  static func required(by node: SyntaxNode) -> RequiredText? {
    let facts = facts(of: node)
    let candidates = [facts.exact, facts.inner, facts.prefix, facts.suffix].compactMap { $0.flatMap(useful) }
    let texts = candidates.map { RequiredText(runs: $0, isWhole: $0 == facts.exact && !facts.isConditional) }
    guard let best = texts.min(by: { $0.cost < $1.cost }) else { return nil }
    return best.cost <= RequiredText.largestCost || best.isWhole ? best : nil
  }

  private static func facts(of node: SyntaxNode) -> Facts {
    switch node {
    case .empty: return Facts(exact: [[]])
    case .assertion:
      var facts = Facts(exact: [[]])
      facts.isConditional = true
      return facts
    case .set(let set): return runs(of: set).map { Facts(exact: $0) } ?? Facts()
    case .capture(let body, _): return facts(of: body)
    case .concatenation(let nodes): return joined(nodes.map(facts))
    case .alternation(let nodes): return either(nodes.map(facts))
    case .repetition(let repetition): return facts(of: repetition)
    }
  }

  /// One character as bytes, where few sequences spell all of the set.
  private static func runs(of set: CharacterSet) -> [Run]? {
    guard !set.matchesInvalid, !set.scalars.isEmpty, set.scalars.ranges.count <= 64 else { return nil }
    var ascii = ByteSet()
    var runs: [Run] = []
    for range in set.scalars.ranges {
      for sequence in ByteSequence.splitting(range) {
        let run = sequence.bytes.map { ByteSet($0) }
        if run.count == 1 { ascii.formUnion(run[0]) } else { runs.append(run) }
      }
      if runs.count > 8 { return nil }
    }
    return ascii.count > 0 ? [[ascii]] + runs : runs
  }

  /// The first part's runs, each followed by each of the second's; nil where that is too much.
  private static func product(_ first: [Run], _ second: [Run]) -> [Run]? {
    guard first.count * second.count <= RequiredText.largestCount else { return nil }
    let longest = (first.map(\.count).max() ?? 0) + (second.map(\.count).max() ?? 0)
    let count = first.count * second.count
    guard longest <= RequiredText.largestLength, count == 1 || count * longest <= RequiredText.largestSize else {
      return nil
    }
    return first.flatMap { head in second.map { head + $0 } }
  }

  /// The runs without repetition, if there is none that is always there.
  private static func useful(_ runs: [Run]) -> [Run]? {
    if runs.isEmpty || runs.contains(where: \.isEmpty) { return nil }
    return runs
  }

  private static func better(_ one: [Run]?, _ other: [Run]?) -> [Run]? {
    guard let one, let other else { return one ?? other }
    let (first, second) = (RequiredText(runs: one, isWhole: false), RequiredText(runs: other, isWhole: false))
    return second.cost < first.cost ? other : one
  }

  private static func joined(_ parts: [Facts]) -> Facts {
    var result = Facts(exact: [[]])
    result.inner = nil
    // What ends where the next part begins.
    var run: [Run] = [[]]
    for part in parts {
      result.isConditional = result.isConditional || part.isConditional
      if let exact = part.exact, let longer = product(run, exact) {
        run = longer
        continue
      }
      let ending = product(run, part.prefix) ?? run
      if result.exact != nil { result.prefix = ending }
      result.exact = nil
      result.inner = better(result.inner, better(useful(ending), part.inner))
      run = part.suffix
    }
    if result.exact != nil {
      result.exact = run
      result.prefix = run
    }
    result.suffix = run
    result.inner = better(result.inner, useful(run))
    return result
  }

  private static func either(_ parts: [Facts]) -> Facts {
    var result = Facts()
    result.isConditional = parts.contains(where: \.isConditional)
    result.exact = union(parts.map(\.exact))
    result.prefix = union(parts.map(\.prefix)) ?? [[]]
    result.suffix = union(parts.map(\.suffix)) ?? [[]]
    result.inner = union(parts.map(\.inner)).flatMap(useful)
    return result
  }

  /// All runs, those of one byte as one set.
  private static func union(_ parts: [[Run]?]) -> [Run]? {
    var result: [Run] = []
    for part in parts {
      guard let part else { return nil }
      for run in part where !result.contains(run) {
        if run.count == 1, let index = result.firstIndex(where: { $0.count == 1 }) {
          result[index][0].formUnion(run[0])
        } else {
          result.append(run)
        }
      }
      if result.count > RequiredText.largestCount { return nil }
    }
    return result
  }

  private static func facts(of repetition: Repetition) -> Facts {
    let body = facts(of: repetition.body)
    var result = Facts()
    result.isConditional = body.isConditional
    if repetition.least == 0 {
      guard repetition.most == 1, let exact = body.exact, let either = union([exact, [[]]]) else { return result }
      (result.exact, result.prefix, result.suffix) = (either, either, either)
      return result
    }
    (result.prefix, result.suffix, result.inner) = (body.prefix, body.suffix, body.inner)
    guard let exact = body.exact else { return result }
    var turns = exact
    var count = 1
    while count < repetition.least, let longer = product(turns, exact) {
      turns = longer
      count += 1
    }
    (result.prefix, result.suffix, result.inner) = (turns, turns, useful(turns))
    if count == repetition.most, count == repetition.least { result.exact = turns }
    return result
  }
}

/// Finds the longest text that every match contains exactly as it is.
struct RequiredLiteral {
  private var best: [UInt8] = []
  private var run: [UInt8] = []

  static func bytes(requiredBy node: SyntaxNode) -> [UInt8]? {
    var finder = RequiredLiteral()
    finder.visit(node)
    finder.endRun()
    return finder.best.isEmpty ? nil : finder.best
  }

  private mutating func visit(_ node: SyntaxNode) {
    switch node {
    case .empty, .assertion: break
    case .capture(let body, _): visit(body)
    case .concatenation(let nodes): for node in nodes { visit(node) }
    case .set(let set):
      if !set.matchesInvalid, let only = set.scalars.single, let scalar = Unicode.Scalar(only) {
        run += Array(String(scalar).utf8)
      } else {
        endRun()
      }
    case .alternation: endRun()
    case .repetition(let repetition):
      endRun()
      if repetition.least > 0 { visit(repetition.body) }
      endRun()
    }
  }

  private mutating func endRun() {
    if run.count > best.count { best = run }
    run = []
  }
}
