public import Quantities
public import Series

/// A stretch of time in which an alert was firing.
public struct Alert: Hashable, Sendable {
  /// The rule's name.
  public var name: String
  /// What tells it from others of the rule, sorted; without name and state.
  public var labels: [Label]
  /// From when it fired; to the step of the question.
  public var from: Timestamp
  /// Until when, `from` at the earliest.
  public var to: Timestamp
  /// What it is about: what the alert says of itself while it is active, else the rule's expression; may be empty.
  public var summary: String
  /// Whether it fires now.
  public var isActive: Bool

  /// Makes a stretch.
  public init(
    name: String, labels: [Label] = [], from: Timestamp, to: Timestamp, summary: String = "", isActive: Bool = false
  ) {
    self.name = name
    self.labels = labels
    self.from = from
    self.to = max(from, to)
    self.summary = summary
    self.isActive = isActive
  }

  /// What its label `severity` says; empty without one.
  public var severity: String { labels.first { $0.name == "severity" }?.value ?? "" }
}

/// One observation that a histogram or counter kept as an example, with the trace that it belongs to.
public struct Exemplar: Hashable, Sendable {
  /// When it was observed.
  public var time: Timestamp
  /// What was observed.
  public var value: Double
  /// What names it, `trace_id` mostly; sorted.
  public var labels: [Label]

  /// Makes an exemplar.
  public init(time: Timestamp, value: Double, labels: [Label]) {
    self.time = time
    self.value = value
    self.labels = labels
  }

  /// The label that names a trace: `trace_id`, `traceID` or the like, else the only one there is.
  public var trace: Label? {
    let named = labels.first { label in
      let name = label.name.lowercased().filter { $0 != "_" && $0 != "." && $0 != "-" }
      return name == "traceid" || name == "trace"
    }
    return named ?? (labels.count == 1 ? labels[0] : nil)
  }
}
