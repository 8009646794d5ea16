import Quantities
import QueryLanguage

/// What can be completed where.
extension State {
  /// The completions of a prompt at its caret; nil if the prompt knows none.
  func completions(for prompt: Prompt) -> Prompt.Completion? {
    switch prompt.kind {
    case .command: commandCompletions(prompt.line)
    case .filter: filterCompletions(prompt.line)
    case .search: searchCompletions(prompt.line)
    case .panel: queryCompletions(forPanel: prompt.line)
    case .help, .saveAs, .pipe, .text: nil
    }
  }

  private func commandCompletions(_ line: LineEditor) -> Prompt.Completion? {
    let before = line.textBeforeCaret
    let end = before.utf8.count
    guard let space = before.firstIndex(where: \.isWhitespace) else {
      return Prompt.Completion(items: paletteItems(for: before), range: 0..<end, original: line)
    }
    guard let command = Command.named(String(before[..<space])) else { return nil }
    let rest = before[before.index(after: space)...]
    let start = end - rest.utf8.count
    if command.names[0] == "filter" {
      return filterCompletions(LineEditor(String(rest))).map { inner in
        Prompt.Completion(
          items: inner.items, range: inner.range.lowerBound + start..<inner.range.upperBound + start, original: line)
      }
    }
    let typed = rest.lowercased()
    let all = command.candidates(self)
    let begun = all.filter { $0.text.lowercased().hasPrefix(typed) }
    let items =
      begun + (typed.isEmpty ? [] : all.filter { !begun.contains($0) && $0.text.lowercased().contains(typed) })
    return Prompt.Completion(items: items, range: start..<end, original: line)
  }

  /// What the list above `:` shows while one types: nothing before the first letter, nor where one thing is left that stands
  /// there.
  func palette(for prompt: Prompt) -> Prompt.Completion? {
    guard prompt.kind == .command, !prompt.line.isEmpty, prompt.line.caret == prompt.line.characters.count,
      let found = commandCompletions(prompt.line), !found.items.isEmpty
    else { return nil }
    let typed = String(decoding: Array(prompt.line.text.utf8)[found.range], as: UTF8.self)
    return found.items.count == 1 && found.items[0].text.trimmed == typed ? nil : found
  }

  /// What is typed of a path after a command that takes one; nil elsewhere.
  func typedPath(_ line: LineEditor) -> String? {
    let before = line.textBeforeCaret
    guard let space = before.firstIndex(where: \.isWhitespace),
      ["e", "edit", "open", "w", "write", "w!", "write!", "import", "theme"].contains(before[..<space])
    else { return nil }
    return String(before[space...].drop(while: \.isWhitespace))
  }

  /// Names of files came for what was typed.
  mutating func takePaths(_ items: [Prompt.Completion.Item], for typed: String) -> [Effect] {
    guard let current = prompt, current.kind == .command, typedPath(current.line) == typed else { return [] }
    guard !items.isEmpty else {
      prompt?.note = "no file begins with \(typed)"
      return []
    }
    let end = current.line.textBeforeCaret.utf8.count
    return show(Prompt.Completion(items: items, range: end - typed.utf8.count..<end, original: current.line))
  }

  /// The last word, completed from the values seen.
  private func searchCompletions(_ line: LineEditor) -> Prompt.Completion? {
    let before = line.textBeforeCaret
    guard !before.isEmpty else { return nil }
    let values = Set(vocabulary.values.values.joined()).filter { $0.hasPrefix(before) && $0 != before }
    return Prompt.Completion(
      items: values.sorted().prefix(50).map { .init(text: $0) }, range: 0..<before.utf8.count, original: line)
  }

  /// The first few completions, for the row above the filter: not before something is typed of a name, but at once for values.
  func offers(for prompt: Prompt) -> [String] {
    guard [.filter, .panel].contains(prompt.kind), prompt.line.caret == prompt.line.characters.count,
      let last = prompt.line.characters.last, let found = completions(for: prompt)
    else { return [] }
    let isAtValue = ":=<>(".contains(last) || last == "|"
    return found.range.isEmpty && !isAtValue ? [] : found.items.prefix(12).map(\.text)
  }

  /// The values of a field in the rows at hand, the most frequent first, then those of the sample.
  private func values(of field: String) -> [String] {
    var counts: [String: Int] = [:]
    for row in log.window.rows {
      switch field {
      case "level": if let level = row.parsed.level { counts[level.name, default: 0] += 1 }
      case "source", "file":
        if let status = summary.status(of: row.source) { counts[status.shortName, default: 0] += 1 }
      case "format": counts[row.format, default: 0] += 1
      default:
        for item in row.parsed.fields where item.path == field && item.kind != .object && item.kind != .array {
          let value = String(decoding: RowColouring.decode(row, item.valueSpan, item.encoding), as: UTF8.self)
          if value.utf8.count <= 80 { counts[value, default: 0] += 1 }
        }
      }
    }
    counts[""] = nil
    let near = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    return near + (vocabulary.values[field] ?? []).filter { counts[$0] == nil }
  }

  func filterCompletions(_ line: LineEditor) -> Prompt.Completion? {
    let found = QueryCompletion.completions(
      line.text, cursor: line.caretUTF8, fields: vocabulary.fields, savedFilters: settings.savedFilters.keys.sorted(),
      values: values(of:))
    guard let range = found.first?.range else { return nil }
    return Prompt.Completion(
      items: found.filter { $0.range == range }.prefix(200).map { .init(text: $0.text, detail: $0.detail) },
      range: range, original: line)
  }
}
