/// One line of text under edit, with the keys that readline taught everybody.
///
/// The caret counts characters (grapheme clusters), so that an accent or an emoji moves as one.
///
///     var line = LineEditor("level>=warn")
///     line.deleteWordBackward()             // "level>="
///     line.yank()                           // "level>=warn"
public struct LineEditor: Equatable, Sendable {
  /// The characters before and after the caret.
  public private(set) var characters: [Character]
  /// How many characters stand before the caret.
  public private(set) var caret: Int
  /// What was killed last, for `yank()`.
  public private(set) var killed: String = ""

  private var lastWasKill = false

  /// Makes a line with the caret at its end.
  public init(_ text: String = "") {
    characters = Array(text)
    caret = characters.count
  }

  /// The whole line.
  public var text: String { String(characters) }
  /// Whether nothing is typed.
  public var isEmpty: Bool { characters.isEmpty }
  /// The text before the caret.
  public var textBeforeCaret: String { String(characters[..<caret]) }
  /// The caret in UTF-8 bytes from the beginning, as completion and diagnostics count.
  public var caretUTF8: Int { textBeforeCaret.utf8.count }

  /// Puts `text` in place of everything, the caret at its end.
  public mutating func replace(with text: String) {
    characters = Array(text)
    caret = characters.count
    lastWasKill = false
  }

  /// Puts `replacement` in place of a range of UTF-8 offsets, the caret behind it.
  public mutating func replace(utf8 range: Range<Int>, with replacement: String) {
    let bytes = Array(text.utf8)
    let lower = min(max(0, range.lowerBound), bytes.count)
    let upper = min(max(lower, range.upperBound), bytes.count)
    let head = String(decoding: bytes[..<lower], as: UTF8.self) + replacement
    characters = Array(head + String(decoding: bytes[upper...], as: UTF8.self))
    caret = min(head.count, characters.count)
    lastWasKill = false
  }

  /// Inserts at the caret; control characters (a pasted newline) become spaces.
  public mutating func insert(_ text: String) {
    let before = textBeforeCaret + String(text.map { $0.isASCIIControl ? " " : $0 })
    let whole = before + String(characters[caret...])
    characters = Array(whole)
    caret = min(before.count, characters.count)
    lastWasKill = false
  }

  /// Moves by `count` characters, to the left where negative.
  public mutating func move(by count: Int) { move(to: caret + count) }
  /// Moves to the beginning.
  public mutating func moveToStart() { move(to: 0) }
  /// Moves to the end.
  public mutating func moveToEnd() { move(to: characters.count) }
  /// Moves behind the next word.
  public mutating func moveWordForward() { move(to: endOfNextWord) }
  /// Moves to the beginning of the word at or before the caret.
  public mutating func moveWordBackward() { move(to: startOfWord(characters.isWord)) }

  /// Deletes the character before the caret; false if there is none.
  @discardableResult public mutating func deleteBackward() -> Bool {
    lastWasKill = false
    guard caret > 0 else { return false }
    caret -= 1
    characters.remove(at: caret)
    return true
  }

  /// Deletes the character at the caret.
  public mutating func deleteForward() {
    lastWasKill = false
    if caret < characters.count { characters.remove(at: caret) }
  }

  /// Kills back to white space, as `^W` does.
  public mutating func deleteWordBackward() { kill(startOfWord(characters.isNotSpace)..<caret) }
  /// Kills to the end of the word, as `M-d` does.
  public mutating func deleteWordForward() { kill(caret..<endOfNextWord) }
  /// Kills everything before the caret.
  public mutating func deleteToStart() { kill(0..<caret) }
  /// Kills everything from the caret on.
  public mutating func deleteToEnd() { kill(caret..<characters.count) }
  /// Inserts what was killed last.
  public mutating func yank() { insert(killed) }

  /// Moves the caret to a UTF-8 offset of the text, or the character that holds it.
  public mutating func move(toUTF8 offset: Int) {
    var rest = offset
    let index = characters.firstIndex { character in
      rest -= character.utf8.count
      return rest < 0
    }
    move(to: index ?? characters.count)
  }

  private mutating func move(to index: Int) {
    caret = min(max(0, index), characters.count)
    lastWasKill = false
  }

  /// Kills that follow each other gather in one text, as in readline.
  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let text = String(characters[range])
    let isBackward = range.upperBound == caret && range.lowerBound < caret
    killed = !lastWasKill ? text : isBackward ? text + killed : killed + text
    characters.removeSubrange(range)
    caret = range.lowerBound
    lastWasKill = true
  }

  private var endOfNextWord: Int {
    var index = caret
    while index < characters.count, !characters.isWord(index) { index += 1 }
    while index < characters.count, characters.isWord(index) { index += 1 }
    return index
  }

  private func startOfWord(_ belongs: (Int) -> Bool) -> Int {
    var index = caret
    while index > 0, !belongs(index - 1) { index -= 1 }
    while index > 0, belongs(index - 1) { index -= 1 }
    return index
  }
}

extension [Character] {
  fileprivate func isWord(_ index: Int) -> Bool { self[index].isLetter || self[index].isNumber || self[index] == "_" }
  fileprivate func isNotSpace(_ index: Int) -> Bool { !self[index].isWhitespace }
}

extension Character {
  fileprivate var isASCIIControl: Bool { unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }
}
