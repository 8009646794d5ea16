import Drawing
import Themes

/// Colours a query as far as one can see it without parsing: words of the language, fields, operators, values.
enum QueryColours {
  /// The text in pieces; their texts put together are the text.
  static func pieces(_ text: String) -> [Canvas.Piece] {
    var pieces: [Canvas.Piece] = []
    var word = ""
    var isQuoted = false
    func flush() {
      if !word.isEmpty { pieces += self.word(word) }
      word = ""
    }
    for character in text {
      if character == "\"" || character == "'" { isQuoted.toggle() }
      if !isQuoted, character == " " || character == "(" || character == ")" {
        flush()
        pieces.append(.init(String(character), .queryOperator))
      } else {
        word.append(character)
      }
    }
    flush()
    return pieces
  }

  private static func word(_ word: String) -> [Canvas.Piece] {
    if ["and", "or", "not", "AND", "OR", "NOT"].contains(word) { return [.init(word, .queryKeyword)] }
    if word.hasPrefix("@") { return [.init(word, .queryKeyword)] }
    let isOperator: (Character) -> Bool = { ":=<>!~".contains($0) }
    guard let start = word.firstIndex(where: isOperator), start > word.startIndex, word.first != "\"", word.first != "/"
    else { return [.init(word, .promptText)] }
    let end = word[start...].firstIndex { !isOperator($0) } ?? word.endIndex
    return [
      .init(String(word[..<start]), .queryField), .init(String(word[start..<end]), .queryOperator),
      .init(String(word[end...]), .queryValue),
    ]
  }
}
