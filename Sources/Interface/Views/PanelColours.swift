import Metrics
import Themes

/// Colours the text of a panel prompt: PromQL by its words, a query of the logs as the filter bar does.
enum PanelColours {
  /// The text in pieces; their texts put together are the text.
  static func pieces(_ text: String, _ state: State) -> [Canvas.Piece] {
    let panel = PanelText(text)
    let title = String(decoding: Array(text.utf8).prefix(panel.titleLength), as: UTF8.self)
    let rest = state.asksLogs(panel) ? QueryColours.pieces(panel.expression) : expression(panel.expression)
    return (title.isEmpty ? [] : [Canvas.Piece(title, .panelTitle)]) + rest
  }

  private static func expression(_ text: String) -> [Canvas.Piece] {
    let bytes = Array(text.utf8)
    var pieces: [Canvas.Piece] = []
    var end = 0
    func add(_ range: Range<Int>, _ role: Role) {
      if !range.isEmpty { pieces.append(.init(String(decoding: bytes[range], as: UTF8.self), role)) }
    }
    for word in ExpressionWord.words(of: text) {
      add(end..<word.range.lowerBound, .promptText)
      add(word.range, role(of: word.kind))
      end = word.range.upperBound
    }
    add(end..<bytes.count, .promptText)
    return pieces
  }

  private static func role(of kind: ExpressionWord.Kind) -> Role {
    switch kind {
    case .name: .queryField
    case .function, .keyword: .queryKeyword
    case .value: .queryValue
    case .sign: .queryOperator
    }
  }
}
