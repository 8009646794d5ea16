/// A word of a PromQL expression and what it is, for colours: text that is half typed has them too.
public struct ExpressionWord: Hashable, Sendable {
  /// What a word is.
  public enum Kind: Hashable, Sendable {
    /// A metric or a label.
    case name
    /// A function or an aggregation.
    case function
    /// `by`, `offset`, `and`.
    case keyword
    /// A string, a number, a span of time.
    case value
    /// Brackets and operators.
    case sign
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands, in UTF-8 bytes.
  public var range: Range<Int>

  /// The words of an expression, in order; what lies between them is white space and comments.
  public static func words(of expression: String) -> [ExpressionWord] {
    let tokens = Tokenizer.tokens(of: expression)
    return tokens.indices.map { index in
      let token = tokens[index]
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      let kind: Kind =
        switch token.kind {
        case .sign: .sign
        case .number, .string: .value
        // An open string, or a sign that PromQL does not have (`$__interval`).
        case .stray: token.value == "$" ? .keyword : .value
        case .word: kind(of: token, before: next)
        }
      return ExpressionWord(kind: kind, range: token.range)
    }
  }

  private static func kind(of word: Token, before next: Token?) -> Kind {
    let name = word.value.lowercased()
    if FunctionTable.keywords.contains(where: { $0.name == name }) { return .keyword }
    if next?.isSign("(") == true { return .function }
    let isGrouped = next?.isWord("by") == true || next?.isWord("without") == true
    return isGrouped && FunctionTable.aggregations.contains { $0.name == name } ? .function : .name
  }
}
