import Drawing
import QueryLanguage
import Themes

/// Colours a query: one with a pipeline as the parser reads it, a filter as far as one can see it without parsing: words of the
/// language, fields, operators, values.
enum QueryColours {
  /// The text in pieces; their texts put together are the text.
  static func pieces(_ text: String) -> [Canvas.Piece] {
    text.contains("|") ? parsed(text) : seen(text)
  }

  /// As much of the pieces as fits, with an ellipsis where something is left out.
  static func pieces(_ text: String, columns: Int, _ canvas: Canvas) -> [Canvas.Piece] {
    let all = pieces(text)
    guard all.reduce(0, { $0 + $1.columns }) > columns else { return all }
    var left = columns
    var result: [Canvas.Piece] = []
    for piece in all {
      if piece.columns < left {
        result.append(piece)
        left -= piece.columns
      } else {
        // One that fits exactly is not the last: the ellipsis takes the place of its end.
        let cut = canvas.fitted(piece.text + " ", left)
        return result + [.init(piece.columns < left ? piece.text : cut, piece.role)]
      }
    }
    return result
  }

  private static func parsed(_ text: String) -> [Canvas.Piece] {
    let bytes = Array(text.utf8)
    var pieces: [Canvas.Piece] = []
    var end = 0
    func add(_ range: Range<Int>, _ role: Role) {
      guard !range.isEmpty else { return }
      pieces.append(.init(String(decoding: bytes[range], as: UTF8.self), role))
    }
    for token in QueryParser.tokens(text).sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = token.range.clamped(to: end..<max(end, bytes.count))
      guard token.range.lowerBound >= end else { continue }
      add(end..<range.lowerBound, .promptText)
      add(range, role(of: token.kind))
      end = range.upperBound
    }
    add(end..<bytes.count, .promptText)
    return pieces
  }

  private static func role(of kind: QueryToken.Kind) -> Role {
    switch kind {
    case .field: .queryField
    case .comparison, .parenthesis, .pipeline: .queryOperator
    case .value, .number, .string, .regex, .wildcard: .queryValue
    case .keyword, .saved: .queryKeyword
    case .word, .error: .promptText
    }
  }

  private static func seen(_ text: String) -> [Canvas.Piece] {
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
