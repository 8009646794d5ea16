/// Writes syntax trees in their canonical form: `and` and `or` spelled out, `not` for minus, no needless parentheses.
///
/// `parse(print(tree))` is `tree` again.
public enum QueryPrinter {
  /// The canonical text of a query.
  public static func print(_ tree: SyntaxTree) -> String {
    ([print(tree.root)] + tree.stages.map { print($0) }).joined(separator: " | ")
  }

  /// Where a test stands.
  public enum Place: Sendable {
    /// In a filter.
    case filter
    /// In a stage, where columns are called as results call them: `p95(duration)`.
    case stage
    /// Among the arguments of a function, where a comma ends it.
    case argument
  }

  /// The canonical text of a part of a query.
  public static func print(_ node: Node, in place: Place = .filter) -> String { print(node, within: .or, place) }

  private enum Binding: Int { case or, and, not }

  private static func print(_ node: Node, within outer: Binding, _ place: Place) -> String {
    func joined(_ parts: [Node], _ word: String, _ own: Binding) -> String {
      let inner = Binding(rawValue: own.rawValue + 1) ?? .not
      let text = parts.map { print($0, within: inner, place) }.joined(separator: word)
      return own.rawValue < outer.rawValue ? "(\(text))" : text
    }
    switch node.kind {
    case .all: return "*"
    case .and(let parts): return joined(parts, " and ", .and)
    case .or(let parts): return joined(parts, " or ", .or)
    case .not(let part): return "not " + print(part, within: .not, place)
    case .saved(let name): return "@" + name
    case .text(let literal): return literal.isQuoted ? quoted(literal.pieces.joined()) : word(literal, place)
    case .regex(let regex): return "~" + print(regex)
    case .test(let test): return print(test, in: place)
    }
  }

  /// The canonical text of a test.
  public static func print(_ test: Test, in place: Place = .filter) -> String {
    let name = place == .filter ? print(test.field) : name(test.field)
    let isArgument = place == .argument
    let sign = test.comparison.rawValue
    switch test.operand {
    case .anything: return name + ":*"
    case .value(let literal): return name + sign + value(literal, inList: isArgument)
    case .range(let low, let high): return name + sign + value(low) + ".." + value(high)
    case .regex(let regex): return name + sign + print(regex)
    case .values(let literals):
      if test.comparison == .oneOf || test.comparison == .noneOf {
        return "\(name) \(sign) (" + literals.map { value($0, inList: true) }.joined(separator: ", ") + ")"
      }
      return "\(name)\(sign)(" + literals.map { value($0, inList: isArgument) }.joined(separator: " or ") + ")"
    }
  }

  /// The canonical text of a field name, in backquotes where it must be.
  public static func print(_ field: FieldName) -> String {
    var text = field.isOwn ? "." : ""
    for (index, step) in field.steps.enumerated() {
      switch step {
      case .member(let name): text += (index > 0 ? "." : "") + member(name)
      case .element(let number): text += "[\(number)]"
      case .anyElement: text += "[]"
      }
    }
    return text + (field.statedUnit.map { "(\($0))" } ?? "")
  }

  private static func member(_ name: String) -> String {
    let isPlain =
      name.utf8.first?.startsName == true && name.utf8.allSatisfy(\.continuesName)
      && !["and", "or", "not", "in"].contains(name.lowercased())
    return isPlain ? name : "`\(name)`"
  }

  /// The canonical text of a regular expression.
  static func print(_ regex: RegexLiteral) -> String {
    let slashed = "/" + regex.pattern.replacingUnescaped("/", by: "\\/") + "/" + regex.flags
    var lexer = Lexer(slashed)
    if let read = try? lexer.regexLiteral(), read == regex, lexer.isAtEnd { return slashed }
    return "\"" + regex.pattern.replacingUnescaped("\"", by: "\\\"") + "\""
  }

  /// A text in quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(character)
    }
    return result + "\""
  }

  /// A value behind the sign of a test.
  static func value(_ literal: Literal, inList: Bool = false) -> String {
    if literal.isQuoted { return quoted(literal.pieces.joined()) }
    return bare(literal) { character, isFirst, next in
      (inList && character == ",") || (isFirst && "=<>~:'".unicodeScalars.contains(character))
        || (isFirst && character == "/" && next == "/")
    }
  }

  /// A word by itself: escaped only as far as it would be read as something else.
  private static func word(_ literal: Literal, _ place: Place) -> String {
    let endsAtComma = place == .argument
    // A quote or backquote may find its other half in the rest of the query, so these never stand bare.
    let plain = bare(literal) { character, isFirst, _ in
      character == "`" || isFirst && character == "'" || endsAtComma && character == ","
    }
    if isRead(plain, as: literal) { return plain }
    return bare(literal) { character, isFirst, _ in
      ":=<>~!`".unicodeScalars.contains(character) || isFirst && "-@'".unicodeScalars.contains(character)
        || endsAtComma && character == ","
    }
  }

  private static func isRead(_ text: String, as literal: Literal) -> Bool {
    var parser = Parser(text)
    guard let node = try? parser.query(), case .text(let read) = node.kind else { return false }
    return read == literal
  }

  private static func bare(
    _ literal: Literal, escaping: (_ character: Unicode.Scalar, _ isFirst: Bool, _ next: Unicode.Scalar?) -> Bool
  ) -> String {
    var result = ""
    for (index, piece) in literal.pieces.enumerated() {
      if index > 0 { result += "*" }
      let scalars = Array(piece.unicodeScalars)
      for (place, scalar) in scalars.enumerated() {
        let next = place + 1 < scalars.count ? scalars[place + 1] : nil
        let isSpecial =
          scalar.value < 128
          && (UInt8(scalar.value).isQuerySpace || "*\\\"()|".unicodeScalars.contains(scalar)
            || scalar == "&" && next == "&")
        if isSpecial || escaping(scalar, result.isEmpty, next) { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension String {
  /// Puts `replacement` in place of every `character` that has no backslash before it.
  fileprivate func replacingUnescaped(_ character: Unicode.Scalar, by replacement: String) -> String {
    var result = ""
    var isEscaped = false
    for scalar in unicodeScalars {
      if scalar == character, !isEscaped {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return result
  }
}
