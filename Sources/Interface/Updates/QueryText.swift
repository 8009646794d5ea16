import QueryLanguage

/// Texts of queries made from other texts.
enum QueryText {
  /// `filter` with one more condition on a field.
  static func refine(_ filter: String, field: String, value: String, negated: Bool) -> String {
    let test = (negated ? "-" : "") + field + "=" + quoted(value)
    return filter.isEmpty ? test : conjunct(filter) + " " + test
  }

  /// `filter` in parentheses where another condition could not simply follow it.
  static func conjunct(_ filter: String) -> String {
    let words = filter.split(separator: " ")
    return words.contains { $0 == "or" || $0 == "||" } ? "(\(filter))" : filter
  }

  private static func quoted(_ value: String) -> String {
    let isPlain = !value.isEmpty && value.allSatisfy { $0.isLetter || $0.isNumber || "_-./@".contains($0) }
    if isPlain { return value }
    return "\"" + value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}

extension State {
  /// Completions of a filter at the caret.
  func filterCompletions(_ line: LineEditor) -> Prompt.Completion? {
    let before = line.textBeforeCaret
    let word = String(before.reversed().prefix { !$0.isWhitespace && $0 != "(" }.reversed())
    let start = before.utf8.count - word.utf8.count
    let items = vocabulary.fields.filter { $0.hasPrefix(word) }.map { Prompt.Completion.Item(text: $0) }
    return Prompt.Completion(items: items, range: start..<before.utf8.count, original: line)
  }
}
