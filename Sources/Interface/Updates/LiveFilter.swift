import Quantities
import QueryLanguage

extension State {
  /// The filter is applied while it is typed, as long as it can be read; else the last one that could stays.
  mutating func filterTyped(_ text: String) -> [Effect] {
    switch read(text) {
    case .failure(let problem):
      prompt?.problem = problem
      return []
    case .success(let query):
      prompt?.readAs = query.compiled?.readAs
      prompt?.problem = query.compiled?.warnings.first
      if query.pipeline.isEmpty, mayEndInFieldName(text) {
        prompt?.isHeld = true
        return []
      }
      return applyLive(query)
    }
  }

  /// Applies a line that was held back, once it has rested.
  mutating func releaseHeldFilter() -> [Effect] {
    guard let current = prompt, current.isHeld, now >= current.changed + Prompt.fieldNamePause else { return [] }
    prompt?.isHeld = false
    guard case .success(let query) = read(current.line.text) else { return [] }
    return applyLive(query)
  }

  /// The filter follows every key; a pipeline waits for Enter, and what it gave before stays on the screen as long as
  /// there is one in the line.
  private mutating func applyLive(_ query: ReadQuery) -> [Effect] {
    let before = options
    options.filter = query.compiled == nil ? "" : query.filter.trimmed
    options.pipeline = query.pipeline.isEmpty ? "" : prompt?.before.pipeline ?? ""
    setFilter(query.compiled)
    return options.selectsOtherRecords(than: before) ? requestView(isNewSelection: true) : []
  }

  /// Whether the last word is the beginning of a field's name: `lev` on the way to `level>=warn` would empty the screen for
  /// a moment if it were searched for at once.
  private func mayEndInFieldName(_ text: String) -> Bool {
    let word = text.reversed().prefix { $0.isLetter || $0.isNumber || "_.@".contains($0) }
    guard !word.isEmpty, let first = word.last, first.isLetter || first == "_" || first == "@" else { return false }
    let before = text.dropLast(word.count).last
    guard before.map({ " (-!".contains($0) }) ?? true else { return false }
    let name = String(word.reversed())
    return BuiltInField.allCases.contains { $0.rawValue.hasPrefix(name) }
      || vocabulary.values.keys.contains { $0.hasPrefix(name) }
  }
}
