/// Words in colours of their own.
extension State {
  /// `H`: highlights the value in the details or the word at hand, or takes its highlight away.
  mutating func highlightWordAtHand() -> [Effect] {
    guard let word = selectedDetailItem?.value ?? wordAtHand, !word.isEmpty else { return say("there is no word here") }
    if let index = logPane.highlights.firstIndex(where: { $0.text == word }) {
      logPane.highlights.remove(at: index)
      return say("\(word) is not highlighted any more")
    }
    return addHighlight(word, nextHighlightColour)
  }

  /// `:highlight WORD [COLOUR]`; nothing lists what there is.
  mutating func highlight(_ text: String) -> [Effect] {
    guard !text.isEmpty else { return listHighlights() }
    if let space = text.lastIndex(of: " "), let colour = HighlightColour(rawValue: String(text[space...]).trimmed) {
      return addHighlight(String(text[..<space]).trimmed, colour)
    }
    return addHighlight(text, nextHighlightColour)
  }

  private mutating func addHighlight(_ text: String, _ colour: HighlightColour) -> [Effect] {
    guard let highlight = WordHighlight(text, colour: colour) else {
      return say("\(text) is no regular expression", .error)
    }
    logPane.highlights.removeAll { $0.text == text }
    logPane.highlights.append(highlight)
    return say("\(text) is \(colour.rawValue); :highlight lists the words")
  }

  /// The first colour that no word has, else the one that was given out longest ago.
  private var nextHighlightColour: HighlightColour {
    let used = logPane.highlights.map(\.colour)
    if let free = HighlightColour.allCases.first(where: { !used.contains($0) }) { return free }
    return HighlightColour.allCases[used.count % HighlightColour.allCases.count]
  }

  private mutating func listHighlights() -> [Effect] {
    guard !logPane.highlights.isEmpty else {
      return say("no word is highlighted; :highlight WORD [COLOUR] does it, and H the word at hand")
    }
    let items = logPane.highlights.map {
      Choice.Item(label: $0.text, detail: $0.colour.rawValue, isMarked: true, value: .text($0.text))
    }
    choice = Choice(.highlights, title: "highlighted words; Enter removes", items: items)
    return []
  }

  mutating func removeHighlight(_ text: String) -> [Effect] {
    logPane.highlights.removeAll { $0.text == text }
    return say("\(text) is not highlighted any more")
  }
}
