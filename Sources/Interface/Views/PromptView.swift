import Drawing
import QueryLanguage
import Themes

/// The line that is typed into, with its completions and mistakes above it.
enum PromptView {
  static func draw(on canvas: inout Canvas) {
    guard let prompt = canvas.state.prompt, !canvas.layout.status.isEmpty else { return }
    let rect = canvas.layout.status
    canvas.fill(rect, .status)
    let label = prompt.label + (prompt.historyNeedle.map { $0 + "  " } ?? "")
    let start = 1 + canvas.put(label, .prompt, column: 1, row: rect.row, maxColumns: max(0, rect.size.columns - 4))
    let room = max(1, rect.size.columns - 1 - start - drawCounts(prompt, start: start, &canvas))
    let hidden = max(0, CharacterWidth.columns(of: prompt.line.textBeforeCaret) - room + 1)
    drawText(prompt, start: start, hidden: hidden, room: room, row: rect.row, &canvas)
    let caret = start + CharacterWidth.columns(of: prompt.line.textBeforeCaret) - hidden
    canvas.caret = (column: min(caret, rect.size.columns - 1), row: rect.row)
    if let completion = prompt.completion ?? (prompt.historyNeedle == nil ? prompt.palette : nil) {
      CompletionView.draw(completion, at: start - hidden, prompt: prompt, &canvas)
    } else {
      drawNotes(start: start, &canvas)
    }
  }

  /// How many records match, at the right of the filter bar; the columns that it takes, 0 where the line needs them.
  private static func drawCounts(_ prompt: Prompt, start: Int, _ canvas: inout Canvas) -> Int {
    guard prompt.kind == .filter, !canvas.state.options.filter.isEmpty else { return 0 }
    let rect = canvas.layout.status
    let text = StatusView.counts(canvas)
    let columns = CharacterWidth.columns(of: text) + 2
    guard start + CharacterWidth.columns(of: prompt.line.text) + columns + 2 < rect.size.columns else { return 0 }
    canvas.putRight(text, .statusMessage, endColumn: rect.endColumn - 1, row: rect.row)
    return columns
  }

  private static func drawText(
    _ prompt: Prompt, start: Int, hidden: Int, room: Int, row: Int, _ canvas: inout Canvas
  ) {
    let text = prompt.line.text
    let pieces =
      switch prompt.kind {
      case .filter: QueryColours.pieces(text)
      case .panel: PanelColours.pieces(text, canvas.state)
      default: [Canvas.Piece(text, .promptText)]
      }
    var column = start - hidden
    for piece in pieces {
      var text = piece.text
      let style = canvas.style(piece.role)
      text.withUTF8 { bytes in
        var reader = GlyphReader(UnsafeRawBufferPointer(bytes))
        while let glyph = reader.next() {
          if column >= start { canvas.surface.put(glyph, column: column, row: row, style: style) }
          column += glyph.width
        }
      }
    }
    guard prompt.showsProblem(at: canvas.state.now), let problem = prompt.problem else { return }
    let bytes = Array(text.utf8)
    let range = problem.range.clamped(to: 0..<bytes.count)
    let from = start - hidden + CharacterWidth.columns(of: String(decoding: bytes[..<range.lowerBound], as: UTF8.self))
    let columns = max(1, CharacterWidth.columns(of: String(decoding: bytes[range], as: UTF8.self)))
    let shown = max(start, from)
    canvas.surface.blend(
      Style(attributes: .underline).overlaid(with: canvas.style(.error)),
      over: Rect(column: shown, row: row, columns: max(0, from + columns - shown), rows: 1))
  }

  // MARK: Above the line

  /// The mistake, its help, how the line was read, what a metric source says: one row each, above the line.
  static func notes(_ canvas: Canvas) -> [[Canvas.Piece]] {
    guard let prompt = canvas.state.prompt, prompt.completion == nil else { return [] }
    var lines: [[Canvas.Piece]] = []
    if prompt.showsProblem(at: canvas.state.now), let problem = prompt.problem {
      lines.append([.init(problem.message, problem.severity == .error ? .error : .warning)])
      let way = problem.repair == nil ? "" : "  (alt-q writes it so)"
      if let help = problem.help { lines.append([.init(help + way, .dim)]) }
    } else if let readAs = prompt.readAs {
      lines.append([Canvas.Piece("read as  ", .dim)] + QueryColours.pieces(readAs))
    }
    if let note = prompt.note { lines.append([.init(note, .warning)]) }
    if lines.isEmpty, !prompt.offers.isEmpty { lines.append(offers(prompt.offers, canvas)) }
    return lines
  }

  /// What Tab could put in, as many as fit.
  private static func offers(_ texts: [String], _ canvas: Canvas) -> [Canvas.Piece] {
    let key = HintText.label(of: .complete, in: .prompt, canvas) ?? ""
    var pieces = [Canvas.Piece(key + "  ", .statusKey)]
    var used = pieces[0].columns + 10
    for text in texts {
      let shown = canvas.shortened(text, 30)
      used += CharacterWidth.columns(of: shown) + 2
      guard used < canvas.state.size.columns else { break }
      pieces.append(.init(shown + "  ", .dim))
    }
    return pieces.count > 1 ? pieces : []
  }

  private static func drawNotes(start: Int, _ canvas: inout Canvas) {
    let lines = notes(canvas)
    let rect = canvas.layout.status
    let top = rect.row - lines.count
    for (index, line) in lines.enumerated() where top + index >= 0 {
      canvas.fill(Rect(column: 0, row: top + index, columns: rect.size.columns, rows: 1), .popup)
      canvas.put(line, column: min(start, 9), row: top + index, maxColumns: rect.size.columns - min(start, 9) - 1)
    }
  }
}

/// The list of completions above the prompt.
enum CompletionView {
  static func draw(_ completion: Prompt.Completion, at start: Int, prompt: Prompt, _ canvas: inout Canvas) {
    let height = min(10, completion.items.count, canvas.layout.status.row - 1)
    guard height > 0 else { return }
    let first = max(0, min((completion.selected ?? 0) - height / 2, completion.items.count - height))
    let items = Array(completion.items[first..<first + height])
    let textColumns = min(48, items.map { CharacterWidth.columns(of: $0.text) }.max() ?? 0)
    let detailRoom = max(12, canvas.state.size.columns - textColumns - 6)
    let detailColumns = min(60, detailRoom, items.map { CharacterWidth.columns(of: $0.detail) }.max() ?? 0)
    let width = min(canvas.state.size.columns, textColumns + (detailColumns > 0 ? detailColumns + 2 : 0) + 2)
    let before = String(decoding: Array(prompt.line.text.utf8).prefix(completion.range.lowerBound), as: UTF8.self)
    let column = max(0, min(start + CharacterWidth.columns(of: before) - 1, canvas.state.size.columns - width))
    let rect = Rect(column: column, row: canvas.layout.status.row - height, columns: width, rows: height)
    canvas.fill(rect, .popup)
    for (index, item) in items.enumerated() {
      let row = rect.row + index
      for edge in [column, rect.endColumn - 1] {
        canvas.put(canvas.glyphs.vertical, .popupBorder, column: edge, row: row)
      }
      canvas.put(canvas.fitted(item.text, textColumns), .popup, column: column + 1, row: row, maxColumns: width - 2)
      if detailColumns > 0 {
        let detail = canvas.fitted(item.detail, detailColumns)
        canvas.put(detail, .dim, column: column + 3 + textColumns, row: row, maxColumns: width - textColumns - 4)
      }
      if first + index == completion.selected {
        canvas.highlight(row: row, column: column + 1, columns: width - 2, .popupSelected)
      }
    }
  }
}
