import Quantities
import QueryLanguage

extension State {
  /// The filter is applied while it is typed, as long as it can be read; else the last one that could stays.
  mutating func filterTyped(_ text: String) -> [Effect] {
    switch compile(text) {
    case .failure(let problem):
      prompt?.problem = problem
      return []
    case .success(let compiled):
      prompt?.readAs = compiled?.readAs
      prompt?.problem = compiled?.warnings.first
      if mayEndInFieldName(text) {
        prompt?.isHeld = true
        return []
      }
      return applyLive(compiled, text)
    }
  }

  /// Applies a line that was held back, once it has rested.
  mutating func releaseHeldFilter() -> [Effect] {
    guard let current = prompt, current.isHeld, now >= current.changed + Prompt.fieldNamePause else { return [] }
    prompt?.isHeld = false
    guard case .success(let compiled) = compile(current.line.text) else { return [] }
    return applyLive(compiled, current.line.text)
  }

  private mutating func applyLive(_ compiled: CompiledFilter?, _ text: String) -> [Effect] {
    let before = options
    options.filter = compiled == nil ? "" : text.trimmed
    setFilter(compiled)
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
