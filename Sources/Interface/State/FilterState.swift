import LogFiles
import Matching
import QueryLanguage

/// The filter in force (or being evaluated), as `ViewOptions.filter` spells it.
public struct FilterState: Sendable {
  /// The compiled filter; nil without one.
  public var compiled: CompiledFilter?
  /// Whether its times move with the present.
  public var slides = false
  /// Warnings about it, for the status line.
  public var warnings: [Diagnostic] = []

  /// Makes a state without a filter.
  public init() {}

  /// What to highlight in the rows.
  public var highlights: [Pattern] { compiled?.highlights ?? [] }
}

/// Names and values seen in the log, for completion, suggestions and colour.
public struct Vocabulary: Equatable, Sendable {
  /// The values seen in each field, the most frequent first, at most 50 a field.
  public var values: [String: [String]]
  /// How many sources there were when it was asked for.
  var files = 0
  /// How many records there were.
  var records = 0

  /// Makes a vocabulary.
  public init(values: [String: [String]] = [:]) { self.values = values }

  /// The paths of all fields seen, sorted.
  public var fields: [String] { values.keys.sorted() }
}
