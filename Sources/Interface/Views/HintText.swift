import Drawing
import Themes

/// Keys as help, status line and messages show them: from the keymap in force.
enum HintText {
  /// The first key bound to an action in a pane, or in the log where the pane falls through to it; nil if none is.
  static func label(of action: Action, in pane: Pane, _ canvas: Canvas) -> String? {
    let keymap = canvas.state.settings.keymap
    let own = keymap.keys(for: action, in: pane).first
    let keys = own ?? (pane.fallsThrough ? keymap.keys(for: action, in: .log).first : nil)
    return keys.map { text(of: $0, canvas.glyphs) }
  }

  /// `^X`, `] w`: a sequence as one reads it.
  static func text(of keys: [Key], _ glyphs: GlyphSet) -> String {
    keys.map { $0.label(glyphs) }.joined(separator: keys.allSatisfy { $0.isLetterlike } ? "" : " ")
  }

  /// The hints of the pane in focus, as many as fit.
  static func hints(maxColumns: Int, _ canvas: Canvas) -> [Canvas.Piece] {
    var pieces: [Canvas.Piece] = []
    var used = 0
    for hint in canvas.state.hints {
      let columns = CharacterWidth.columns(of: hint.key + hint.text) + 1 + (pieces.isEmpty ? 0 : 2)
      if used + columns > maxColumns { continue }
      if !pieces.isEmpty { pieces.append(.init("  ", .status)) }
      pieces += [.init(hint.key, .statusKey), .init(" " + hint.text, .status)]
      used += columns
    }
    return pieces
  }
}

extension Key {
  /// Whether it is shown by one character, so that sequences of such need no spaces.
  fileprivate var isLetterlike: Bool {
    if case .character(let character) = self { character != " " } else { false }
  }
}
