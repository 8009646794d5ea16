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

  /// The two or three hints of a pane, in the order of the table, as many as fit.
  static func hints(for pane: Pane, maxColumns: Int, _ canvas: Canvas) -> [Canvas.Piece] {
    let wanted = preferred(pane)
    var pieces: [Canvas.Piece] = []
    var used = 0
    var count = 0
    for (action, word) in wanted where count < 4 {
      guard let key = label(of: action, in: pane, canvas) else { continue }
      let columns = CharacterWidth.columns(of: key) + 1 + word.utf8.count + (pieces.isEmpty ? 0 : 2)
      if used + columns > maxColumns { continue }
      if !pieces.isEmpty { pieces.append(.init("  ", .status)) }
      pieces += [.init(key, .statusKey), .init(" " + word, .status)]
      used += columns
      count += 1
    }
    return pieces
  }

  /// What each pane's hints are, most useful first; the words come from the table of keys.
  private static func preferred(_ pane: Pane) -> [(action: Action, word: String)] {
    let order: [Action] =
      switch pane {
      case .log: [.editFilter, .help, .search, .details]
      case .detail: [.include, .exclude, .detailForm, .topValues]
      case .panels: [.earlier, .later, .addPanel, .help]
      case .sources: [.toggleSource, .onlySource, .sourceFormat, .sourceZone]
      case .help: [.search, .closePane]
      case .choice, .files: [.accept, .stepOut]
      case .prompt: [.accept, .complete, .stepOut]
      }
    return order.compactMap { action in
      let row =
        KeyTable.rows.first { $0.action == action && $0.pane == pane && $0.hint != nil }
        ?? KeyTable.rows.first { $0.action == action && $0.hint != nil }
      return row?.hint.map { (action, $0) }
    }
  }
}

extension Key {
  /// Whether it is shown by one character, so that sequences of such need no spaces.
  fileprivate var isLetterlike: Bool {
    if case .character(let character) = self { character != " " } else { false }
  }
}
