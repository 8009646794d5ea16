import Platform

/// What could stand at the cursor of an expression.
public struct ExpressionCompletion: Hashable, Sendable {
  /// A text that could be put in, and what it is.
  public struct Candidate: Hashable, Sendable {
    /// What replaces the typed part.
    public var text: String
    /// `metric`, `counter`, `label`, `value`, `function`, `window`, `keyword`.
    public var kind: String
    /// More about it: what a metric measures, what a function does; may be empty.
    public var help: String

    /// Makes a candidate.
    public init(text: String, kind: String, help: String = "") {
      self.text = text
      self.kind = kind
      self.help = help
    }
  }

  /// The typed part that a candidate replaces, in UTF-8 bytes.
  public var replaced: Range<Int>
  /// Candidates, best first, at most 200.
  public var candidates: [Candidate]
  /// Why the list may be short, e.g. that the server does not answer.
  public var problem: String?
  /// Whether the place alone asks for them, with nothing typed: a label, a value, a window.
  public var isAwaited: Bool

  /// Makes an answer.
  public init(replaced: Range<Int>, candidates: [Candidate], problem: String? = nil, isAwaited: Bool = false) {
    self.replaced = replaced
    self.candidates = candidates
    self.problem = problem
    self.isAwaited = isAwaited
  }
}

/// Why a metric source cannot read an expression.
public struct ExpressionProblem: Hashable, Sendable {
  /// What is wrong.
  public var message: String
  /// Where, in UTF-8 bytes of the expression; empty at its end.
  public var range: Range<Int>
  /// What may have been meant by the word there; nil if nothing is near.
  public var suggestion: String?

  /// Makes a problem.
  public init(message: String, range: Range<Int>, suggestion: String? = nil) {
    self.message = message
    self.range = range
    self.suggestion = suggestion
  }

  /// Makes a problem of what a source says, with the function that is nearest to one that does not exist.
  init(message: String, range: Range<Int>, in expression: String) {
    self.init(message: message, range: range)
    let tokens = Tokenizer.tokens(of: expression)
    guard let index = tokens.firstIndex(where: { $0.range == range && $0.kind == .word }), index + 1 < tokens.count,
      tokens[index + 1].isSign("(")
    else { return }
    let names = (FunctionTable.functions + FunctionTable.aggregations).map(\.name)
    if !names.contains(tokens[index].value) { suggestion = MetricNames.nearest(to: tokens[index].value, in: names) }
  }
}

/// What a metric source says of a metric.
struct MetricSummary: Hashable, Sendable {
  /// `counter`, `gauge`, `histogram`.
  var type: String
  /// What it measures, as its exporter says.
  var help: String
}

extension CompletionPlace {
  typealias Candidate = ExpressionCompletion.Candidate

  /// What the source has for this place.
  func completion(from source: any MetricSource, cancellation: CancellationSignal) -> ExpressionCompletion {
    do {
      switch kind {
      case .nothing: return completion(candidates: [])
      case .metric(let wantsCounter):
        return completion(candidates: try metrics(source, wantsCounter: wantsCounter, cancellation) + ownNames)
      case .label(let scope):
        let names = try source.labelNames(of: scope, cancellation: cancellation).filter { name in
          name != "__name__" && !(scope?.matchers.contains { $0.label == name } ?? false)
        }
        return completion(candidates: names.map { .init(text: $0, kind: "label") })
      case .value(let label, let scope):
        let values = try source.labelValues(of: label, in: scope, cancellation: cancellation)
        return completion(
          candidates: values.map { .init(text: Selector.escaped($0) + (isClosed ? "" : "\""), kind: "value") })
      case .window, .keyword: return completion(candidates: ownNames)
      }
    } catch {
      return completion(candidates: ownNames, problem: error.reason)
    }
  }

  /// What needs no source: functions, keywords, windows.
  var ownNames: [Candidate] {
    switch kind {
    case .metric:
      if typed.isEmpty { return [] }
      let calls = FunctionTable.aggregations + FunctionTable.functions
      return calls.map { .init(text: $0.name + "(", kind: "function", help: "(\($0.arguments))  \($0.help)") }
    case .keyword:
      return FunctionTable.keywords.map {
        .init(text: $0.name + ($0.arguments.isEmpty ? " " : " ("), kind: "keyword", help: $0.help)
      }
    case .window: return FunctionTable.windows.map { .init(text: $0, kind: "window") }
    case .label, .value, .nothing: return []
    }
  }

  private func metrics(
    _ source: any MetricSource, wantsCounter: Bool, _ cancellation: CancellationSignal
  ) throws(MetricError) -> [Candidate] {
    let names = try source.metricNames(cancellation: cancellation)
    let known = source.summaries
    let candidates = names.map { name in
      let families = MetricNames.families(of: name)
      let summary = families.lazy.compactMap { known[$0] }.first
      let isCounter = MetricNames.isCounter(name, type: summary?.type ?? "")
      let type = summary.map(\.type).flatMap { $0.isEmpty || $0 == "unknown" ? nil : $0 }
      return Candidate(text: name, kind: type ?? (isCounter ? "counter" : "metric"), help: summary?.help ?? "")
    }
    guard wantsCounter else { return candidates }
    let (counters, others) = (candidates.filter(Self.isCounter), candidates.filter { !Self.isCounter($0) })
    return counters + others
  }

  private static func isCounter(_ candidate: Candidate) -> Bool {
    MetricNames.isCounter(candidate.text, type: candidate.kind == "metric" ? "" : candidate.kind)
  }

  /// Those of `candidates` that fit what was typed: that begin with it, that have a word that does, that hold it.
  func completion(candidates: [Candidate], problem: String? = nil) -> ExpressionCompletion {
    let wanted = Array(typed.lowercased().utf8)
    var ranked: [[Candidate]] = [[], [], [], []]
    for candidate in candidates {
      guard let rank = Self.rank(of: wanted, in: Array(candidate.text.lowercased().utf8)) else { continue }
      // Of few functions the one meant is seen at once, of thousands of metrics not.
      let isFunction = candidate.kind == "function"
      ranked[rank == 0 && !isFunction ? 1 : rank == 0 ? 0 : rank + 1].append(candidate)
    }
    var result = ExpressionCompletion(
      replaced: replaced, candidates: Array(ranked.joined().prefix(200)), problem: problem)
    switch kind {
    case .label, .value, .window: result.isAwaited = true
    case .metric, .keyword, .nothing: break
    }
    // What stands there in full already is no completion.
    if result.candidates.map(\.text) == [typed] { result.candidates = [] }
    return result
  }

  /// 0 at the beginning, 1 at the beginning of a word in it, 2 elsewhere; nil if it is not in it.
  private static func rank(of wanted: [UInt8], in text: [UInt8]) -> Int? {
    if text.starts(with: wanted) { return 0 }
    guard wanted.count <= text.count else { return nil }
    var best: Int?
    for start in 1...text.count - wanted.count + 1 where start < text.count && text[start...].starts(with: wanted) {
      if "_:.-/".utf8.contains(text[start - 1]) { return 1 }
      best = 2
    }
    return best
  }
}
