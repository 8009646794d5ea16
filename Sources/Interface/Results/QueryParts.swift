import QueryLanguage

/// A query taken apart: the filter, and the pipeline that follows it.
///
///     QueryParts("level>=warn | count by host").pipeline       // "| count by host"
struct QueryParts: Equatable {
  /// What stands before the first `|` of a pipeline.
  var filter: String
  /// The rest, with the `|`; empty without a pipeline.
  var pipeline: String

  /// Takes a query apart: the pipeline begins at the first lone `|` before which a whole filter stands, so that one in quotes,
  /// in an expression or in parentheses does not count.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    let bar = UInt8(ascii: "|")
    for index in bytes.indices where bytes[index] == bar {
      if index + 1 < bytes.count, bytes[index + 1] == bar { continue }
      if index > 0, bytes[index - 1] == bar { continue }
      let head = String(decoding: bytes[..<index], as: UTF8.self)
      guard (try? QueryParser.parse(head)) != nil else { continue }
      filter = head.trimmed
      pipeline = String(decoding: bytes[index...], as: UTF8.self).trimmed
      return
    }
    filter = text
    pipeline = ""
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
