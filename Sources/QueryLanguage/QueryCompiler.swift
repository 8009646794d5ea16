import Matching
import Quantities

/// Turns a syntax tree into something that can be applied to records.
public enum QueryCompiler {
  /// Compiles a query; times become absolute, saved filters are put in, patterns are built.
  public static func compile(_ tree: SyntaxTree, context: QueryContext) throws(Diagnostic) -> CompiledFilter {
    CompiledFilter(
      predicate: .all, warnings: [], unitDoubts: [], resolvedText: tree.text, readAs: nil, highlights: [], clauses: [],
      slides: false)
  }

  /// Reads and compiles in one step.
  public static func compile(_ text: String, context: QueryContext) throws(Diagnostic) -> CompiledFilter {
    try compile(QueryParser.parse(text), context: context)
  }
}
