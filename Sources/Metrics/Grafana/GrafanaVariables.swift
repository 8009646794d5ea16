import JSON

/// The template variables of a dashboard, with the values that they have in it.
struct GrafanaVariables {
  /// What stands for a variable.
  private struct Value {
    /// The texts that were chosen.
    var texts: [String]
    /// Whether everything was chosen, or nothing.
    var isAll = false
    /// The pattern for all, where the dashboard names one.
    var pattern: String?
  }

  private var values: [String: Value] = [:]
  /// The variables that stood for more than the dashboard says: `.*` was put in their place.
  private(set) var guessed: Set<String> = []

  init(_ list: [JSONNode]) {
    for node in list {
      guard let name = node["name"]?.string, node["type"]?.string != "datasource" else { continue }
      values[name] = Self.value(of: node)
    }
  }

  private static func value(of node: JSONNode) -> Value {
    let current = node["current"]?["value"]
    var texts = (current?.array ?? [current].compactMap { $0 }).compactMap { node in
      node.string ?? node.number.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int64($0)) : $0.description }
    }
    if texts.isEmpty, ["constant", "textbox"].contains(node["type"]?.string), let query = node["query"]?.string {
      texts = [query]
    }
    if node["type"]?.string == "interval", texts.first.map({ $0.isEmpty || $0.contains("auto") }) ?? true {
      texts = ["$__interval"]
    }
    let isAll = texts.isEmpty || texts == [""] || texts.contains("$__all") || texts == ["All"]
    let pattern = node["allValue"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    return Value(texts: isAll ? [] : texts, isAll: isAll, pattern: pattern)
  }

  /// `text` with values in the place of variables, and whether one of them is a pattern rather than a text.
  mutating func replaced(_ text: String) -> (text: String, hasPattern: Bool) {
    var result = ""
    var hasPattern = false
    var rest = text[...]
    while let sign = rest.firstIndex(where: { $0 == "$" || $0 == "[" }) {
      result += rest[..<sign]
      rest = rest[sign...]
      guard let (name, format, end) = Self.reference(rest), let value = value(of: name, format) else {
        result.append(rest.removeFirst())
        continue
      }
      result += value.text
      hasPattern = hasPattern || value.isPattern
      rest = rest[end...]
    }
    return (result + rest, hasPattern)
  }

  /// `$name`, `${name}`, `${name:format}`, `[[name]]` at the beginning of `text`.
  private static func reference(_ text: Substring) -> (name: String, format: String, end: String.Index)? {
    func split(_ inner: Substring, _ end: String.Index) -> (String, String, String.Index)? {
      let parts = inner.split(separator: ":", maxSplits: 1)
      guard let name = parts.first, name.first?.isNumber == false,
        name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
      else { return nil }
      return (String(name), parts.count > 1 ? String(parts[1]) : "", end)
    }
    for (open, close) in [("${", "}"), ("[[", "]]")] where text.hasPrefix(open) {
      let inner = text.dropFirst(open.count)
      var index = inner.startIndex
      while index < inner.endIndex, !inner[index...].hasPrefix(close) { index = inner.index(after: index) }
      guard index < inner.endIndex else { return nil }
      return split(inner[..<index], inner.index(index, offsetBy: close.count))
    }
    guard text.hasPrefix("$") else { return nil }
    let name = text.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    // `$1` is a group of a pattern.
    return name.first.map { !$0.isNumber } ?? false ? (String(name), "", name.endIndex) : nil
  }

  private mutating func value(of name: String, _ format: String) -> (text: String, isPattern: Bool)? {
    switch name {
    // Left to the moment of asking.
    case "__rate_interval", "__interval", "__interval_ms": return ("$" + name, false)
    case "interval" where values[name] == nil: return ("$__interval", false)
    case "__range": return ("1h", false)
    case "__range_s": return ("3600", false)
    case "__range_ms": return ("3600000", false)
    default: break
    }
    guard let value = values[name] else {
      if name.hasPrefix("__") { return nil }
      guessed.insert(name)
      return (".*", true)
    }
    if value.isAll {
      if value.pattern == nil { guessed.insert(name) }
      return (value.pattern ?? ".*", true)
    }
    guard value.texts.count > 1 else { return (value.texts[0], false) }
    switch format {
    case "csv": return (value.texts.joined(separator: ","), false)
    case "pipe": return (value.texts.joined(separator: "|"), true)
    default: return ("(" + value.texts.map(Self.escaped).joined(separator: "|") + ")", true)
    }
  }

  /// The text as a pattern within a PromQL string.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\^$.|?*+()[]{}".contains(character) { result += "\\\\" }
      result.append(character)
    }
    return result
  }

  /// An expression with values in the place of variables; a label that is now compared with a pattern is matched.
  mutating func expression(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    // Strings apart from what is between them: `job="$job"` becomes `job=~".*"`.
    while let quote = rest.firstIndex(where: { $0 == "\"" || $0 == "'" || $0 == "`" }) {
      let mark = rest[quote]
      let before = replaced(String(rest[..<quote])).text
      var end = rest.index(after: quote)
      while end < rest.endIndex, rest[end] != mark {
        if rest[end] == "\\", mark != "`" { end = rest.index(after: end) }
        if end < rest.endIndex { end = rest.index(after: end) }
      }
      let inner = rest[rest.index(after: quote)..<min(end, rest.endIndex)]
      let value = replaced(String(inner))
      result += value.hasPattern ? Self.matching(before) : before
      result += "\(mark)\(value.text)"
      if end < rest.endIndex {
        result.append(mark)
        end = rest.index(after: end)
      }
      rest = rest[end...]
    }
    return result + replaced(String(rest)).text
  }

  /// The text before a value, its `=` or `!=` turned into `=~` or `!~`.
  private static func matching(_ text: String) -> String {
    let blanks = text.reversed().prefix { $0.isWhitespace }.count
    let head = text.dropLast(blanks)
    let tail = String(repeating: " ", count: blanks)
    if head.hasSuffix("!=") { return head.dropLast(2) + "!~" + tail }
    return head.hasSuffix("=") ? head + "~" + tail : text
  }
}
