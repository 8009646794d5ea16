import QueryLanguage

/// A query taken apart: the filter, and the pipeline that follows it.
///
///     QueryParts("level>=warn | count by host").pipeline       // "| count by host"
struct QueryParts: Equatable {
  /// What stands before the first `|` of a pipeline.
  var filter: String
  /// The rest, with the `|`; empty without a pipeline.
  var pipeline: String

  /// Takes a query apart; what cannot be read is a filter.
  init(_ text: String) {
    let parts = QueryParser.parts(text)
    (filter, pipeline) = parts.pipeline.isEmpty ? (text, "") : (parts.filter.trimmed, parts.pipeline.trimmed)
  }

  /// The name, where the filter is `@name` and nothing else.
  var savedName: String? {
    let text = filter.trimmed
    guard text.hasPrefix("@"), !text.contains(" ") else { return nil }
    return String(text.dropFirst())
  }
}

/// A query that was read and compiled.
struct ReadQuery {
  /// The filter as it was typed.
  var filter: String
  /// The filter; nil where every record passes.
  var compiled: CompiledFilter?
  /// The pipeline with its `|`; empty without one.
  var pipeline: String

  /// The filter as the view has it: with absolute times, unless they slide.
  var resolvedFilter: String { compiled.map { ($0.slides ? filter : $0.resolvedText).trimmed } ?? "" }
}
