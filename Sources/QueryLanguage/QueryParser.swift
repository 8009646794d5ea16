/// Reads queries.
public enum QueryParser {
  /// Reads a query; the empty one is the filter that every record passes. Always ends; O(text).
  public static func parse(_ text: String) throws(Diagnostic) -> SyntaxTree {
    SyntaxTree(text: text, root: Node(.all))
  }
}
