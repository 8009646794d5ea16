import Platform

/// What could stand at the cursor of an expression.
public struct ExpressionCompletion: Hashable, Sendable {
  /// A text that could be put in, and what it is.
  public struct Candidate: Hashable, Sendable {
    /// What replaces the typed part.
    public var text: String
    /// `metric`, `counter`, `label`, `value`, `function`.
    public var kind: String
  }

  /// The typed part that a candidate replaces, in UTF-8 bytes.
  public var replaced: Range<Int>
  /// Candidates, best first, at most 200.
  public var candidates: [Candidate]
  /// Why the list may be short, e.g. that the server does not answer.
  public var problem: String?
}

/// What kind of word the cursor stands in.
struct CompletionPlace: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case metric
    case label(metric: String)
    case value(metric: String, label: String)
    case nothing
  }

  private(set) var kind = Kind.metric
  /// The part of the word before the cursor.
  private(set) var typed = ""
  private(set) var replaced: Range<Int>

  /// Finds the place of `cursor`, a UTF-8 offset into `text`, the whole panel text with or without a title.
  init(_ text: String, cursor: Int) {
    let bytes = Array(text.utf8)
    let end = min(max(cursor, 0), bytes.count)
    let start = Self.expressionStart(text)
    replaced = end..<end
    guard start <= end else {
      kind = .nothing
      return
    }
    let tokens = Tokenizer.tokens(of: String(decoding: bytes[start..<end], as: UTF8.self))
    let open = Self.openBrace(tokens)
    let metric = open.flatMap { $0 > 0 && tokens[$0 - 1].kind == .word ? tokens[$0 - 1].value : nil } ?? ""
    let last = tokens.last
    let isInWord = last.map { $0.kind == .word && $0.range.upperBound == end - start } ?? false
    if isInWord, let last {
      typed = last.value
      replaced = last.range.lowerBound + start..<end
    }
    guard let open else {
      if last?.kind == .stray || last?.kind == .number { kind = .nothing }
      return
    }
    kind = .label(metric: metric)
    let rest = tokens[(open + 1)...]
    if let last, last.kind == .stray, rest.count >= 3, last.range.upperBound == end - start {
      // An open string: its beginning is what has been typed of the value.
      kind = .value(metric: metric, label: rest[rest.endIndex - 3].value)
      typed = last.value
      let from = last.range.lowerBound + start + 1
      replaced = min(from, end)..<end
    } else if let last, last.kind == .string || last.kind == .sign && !last.isSign("{") && !last.isSign(",") {
      kind = .nothing
    }
  }

  /// What the source has for this place.
  func completion(from source: any MetricSource, cancellation: CancellationSignal) -> ExpressionCompletion {
    do {
      switch kind {
      case .nothing: return completion(candidates: [], problem: nil)
      case .metric:
        let names = try source.metricNames(cancellation: cancellation).map { name in
          ExpressionCompletion.Candidate(text: name, kind: MetricNames.looksLikeCounter(name) ? "counter" : "metric")
        }
        return completion(candidates: names + (typed.isEmpty ? [] : functions), problem: nil)
      case .label(let metric):
        let names = try source.labelNames(of: metric, cancellation: cancellation).filter { $0 != "__name__" }
        return completion(candidates: names.map { .init(text: $0, kind: "label") }, problem: nil)
      case .value(let metric, let label):
        let values = try source.labelValues(of: label, metric: metric, cancellation: cancellation)
        return completion(candidates: values.map { .init(text: $0, kind: "value") }, problem: nil)
      }
    } catch {
      return completion(candidates: kind == .metric ? functions : [], problem: error.reason)
    }
  }

  /// Those of `candidates` that fit what was typed: that begin with it first, then those that hold it.
  func completion(candidates: [ExpressionCompletion.Candidate], problem: String?) -> ExpressionCompletion {
    let wanted = typed.lowercased()
    var first: [ExpressionCompletion.Candidate] = []
    var second: [ExpressionCompletion.Candidate] = []
    for candidate in candidates {
      let text = candidate.text.lowercased()
      if text.hasPrefix(wanted) {
        first.append(candidate)
      } else if text.contains(wanted) {
        second.append(candidate)
      }
    }
    return ExpressionCompletion(
      replaced: replaced, candidates: Array((first + second).prefix(200)), problem: problem)
  }

  /// The functions that panels are made of.
  var functions: [ExpressionCompletion.Candidate] {
    [
      "rate(", "sum(", "sum by (", "histogram_quantile(", "increase(", "avg(", "max(", "min(", "count(", "irate(",
      "topk(", "quantile(", "avg_over_time(", "max_over_time(", "min_over_time(", "last_over_time(", "delta(", "deriv(",
      "abs(", "clamp_min(", "clamp_max(", "absent(", "label_replace(",
    ].map { .init(text: $0, kind: "function") }
  }

  private static func openBrace(_ tokens: [Token]) -> Int? {
    var open: Int?
    for (index, token) in tokens.enumerated() {
      if token.isSign("{") { open = index }
      if token.isSign("}") { open = nil }
    }
    return open
  }

  /// Where the expression begins behind a title.
  private static func expressionStart(_ text: String) -> Int {
    guard let panel = try? PanelSpecification(parsing: text) else { return 0 }
    guard panel.title != panel.expression else { return 0 }
    return text.utf8.count - Array(text.utf8).suffix(panel.expression.utf8.count).count
      - Self.trailingBlanks(text)
  }

  private static func trailingBlanks(_ text: String) -> Int {
    text.utf8.reversed().prefix { $0 == 32 || (9...13).contains($0) }.count
  }
}
