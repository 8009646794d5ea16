import Matching

/// A filter that is ready to be applied, with everything that the screen says about it.
public struct CompiledFilter: Sendable {
  /// A top-level part of the filter, for the screen that explains an empty result.
  public struct Clause: Sendable {
    /// The part as it was read.
    public var text: String
    /// Its own test.
    public var predicate: Predicate
  }

  /// A field whose numbers have no known unit, tested against a literal that has one: such values match nothing.
  public struct UnitDoubt: Sendable {
    /// The field.
    public var field: String
    /// Passes for the records that have such a value; count them, then call `warning(count:)`.
    public var predicate: Predicate
    var range: Range<Int>
    var unit: String

    /// The warning for `count` records; nil if there are none.
    public func warning(count: Int) -> Diagnostic? {
      guard count > 0 else { return nil }
      return Diagnostic(
        "the unit of \"\(field)\" is not known in \(count) \(count == 1 ? "record" : "records"), which do not match",
        range: range, help: "state it: \(field)(\(unit))", severity: .warning)
    }
  }

  /// What is tested.
  public var predicate: Predicate
  /// Doubts that need no look at the records: unknown fields and such.
  public var warnings: [Diagnostic]
  /// Doubts that need a count.
  public var unitDoubts: [UnitDoubt]
  /// The query with absolute times.
  public var resolvedText: String
  /// How the query was read; nil if it was typed in that form.
  public var readAs: String?
  /// What to highlight in the text of matching records.
  public var highlights: [Pattern]
  /// The top-level `and` parts; one if there is no `and`, none for `*`.
  public var clauses: [Clause]
  /// Whether a time is relative to now: compile again as time goes by, at most once a second.
  public var slides: Bool
}
