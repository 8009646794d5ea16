import QueryLanguage
import Quantities

/// What `patterns` is asked for, ready to run.
struct PatternPlan: Sendable {
  /// Two stretches of time that are compared.
  struct Windows: Sendable {
    var current: Range<Timestamp>
    var baseline: Range<Timestamp>
  }

  /// The bounds of what a sink keeps.
  struct Limits: Sendable {
    /// Rows of a result.
    var rows = 10_000
    /// Templates that are kept apart until they are clustered.
    var templates = 16_384
    /// Bytes of a sink, about.
    var bytes = 24 << 20

    init() {}

    /// No more than groups may have.
    init(_ limits: GroupLimits) {
      rows = min(rows, limits.groups)
      templates = min(templates, max(64, 2 * rows))
      bytes = min(bytes, limits.bytes)
    }
  }

  /// The field by whose values patterns are kept apart.
  var key: FieldName?
  /// The windows of `patterns diff`.
  var windows: Windows?
  var limits = Limits()

  /// Prepares a request; `compile` makes predicates of tests. Throws what is wrong with the times.
  init(
    _ request: PatternRequest, limits: Limits = Limits(), compile: (Node) throws(Diagnostic) -> Predicate
  ) throws(Diagnostic) {
    key = request.key
    self.limits = limits
    guard let asked = request.windows else { return }
    windows = Windows(
      current: try Self.range(asked.current, compile), baseline: try Self.range(asked.baseline, compile))
  }

  private static func range(
    _ operand: Test.Operand, _ compile: (Node) throws(Diagnostic) -> Predicate
  ) throws(Diagnostic) -> Range<Timestamp> {
    let time = FieldName(steps: [.member(BuiltInField.time.rawValue)])
    let predicate = try compile(Node(.test(Test(time, .contains, operand))))
    for leaf in predicate.leaves {
      if case .time(let range) = leaf.kind { return range }
    }
    return Timestamp.distantPast..<Timestamp.distantPast
  }
}
