import Drawing
import Records
import Themes

/// Draws one line of a record: what stays in place, then what moves sideways.
enum RowView {
  /// The column at which rows begin; before it stand the cursor's bar and bookmarks.
  static let gutter = 1

  static func draw(
    _ line: RowLine, isContinuation: Bool, row: Int, _ highlights: RowHighlights, _ canvas: inout Canvas
  ) {
    let end = canvas.layout.log.size.columns
    var column = gutter
    for span in line.prefix {
      column += put(span, isContinuation, column: column, row: row, maxColumns: end - column, &canvas)
    }
    let start = min(column, end)
    let offset = canvas.state.options.wraps ? 0 : canvas.state.log.horizontalOffset
    var position = 0
    for span in line.spans {
      let style = canvas.style(role(of: span.role, isContinuation))
      span.text.withUnsafeBytes { bytes in
        var reader = GlyphReader(bytes, column: position)
        while let glyph = reader.next() {
          let at = start + position - offset
          position += glyph.width
          // A character that is cut at the left edge is left out: half of it cannot be drawn.
          guard at >= start, at < end else { continue }
          let glyphStyle = glyph.isSubstitute ? canvas.style(.substitute) : style
          canvas.surface.put(glyph, column: at, row: row, style: glyphStyle, maxColumns: end - at)
        }
      }
    }
    highlights.draw(line, start: start, offset: offset, row: row, &canvas)
    let textEnd = start + position - offset
    if !line.tail.isEmpty {
      // Over the end of a text that is too long, with the sign that it goes on before it.
      let columns = CharacterWidth.columns(of: line.tail)
      let at = max(start, min(max(start, textEnd) + 2, end - columns - 1))
      if textEnd > at - 1 {
        let from = max(start, at - 2)
        canvas.put(String(repeating: " ", count: end - from), .dim, column: from, row: row)
        canvas.put(canvas.glyphs.more, .dim, column: from, row: row)
      }
      canvas.put(line.tail, .panelNumber, column: at, row: row, maxColumns: end - at)
    } else if textEnd > end {
      canvas.put(canvas.glyphs.more, .dim, column: end - 1, row: row)
    }
    if offset > 0 && position > 0 { canvas.put(canvas.glyphs.less, .dim, column: start, row: row) }
  }

  private static func put(
    _ span: RowLine.Span, _ isContinuation: Bool, column: Int, row: Int, maxColumns: Int, _ canvas: inout Canvas
  ) -> Int {
    let style = canvas.style(role(of: span.role, isContinuation))
    return span.text.withUnsafeBytes {
      canvas.surface.put($0, column: column, row: row, style: style, maxColumns: max(0, maxColumns))
    }
  }

  /// The theme's role for a piece of a row.
  static func role(of role: RowLine.Role, _ isContinuation: Bool) -> Role {
    switch role {
    case .time: .time
    case .level(let level): level.map { .level($0.rawValue) } ?? .levelUnknown
    case .source(let file): .source(file.rawValue)
    case .lineNumber, .more: .dim
    case .message: .message
    case .key: .fieldKey
    case .value(let kind): Self.role(of: kind)
    case .token(let kind): Self.role(of: kind)
    case .coloured(let colour): Self.role(ofColour: colour)
    case .punctuation: .punctuation
    case .plain: isContinuation ? .continuation : .message
    }
  }

  /// The theme's role that looks most like a colour of terminals, so that a log's own colours suit any theme.
  static func role(ofColour colour: UInt8) -> Role {
    switch colour & 7 {
    case 1: .level(Level.error.rawValue)
    case 2: .fieldString
    case 3: .level(Level.warn.rawValue)
    case 4: .fieldNumber
    case 5: .fieldAddress
    case 6: .fieldIdentifier
    default: colour == 8 ? .dim : .message
    }
  }

  /// The theme's role for a kind of word.
  static func role(of kind: TextTokens.Kind) -> Role {
    switch kind {
    case .number: .fieldNumber
    case .duration: .fieldDuration
    case .string: .fieldString
    case .boolean: .fieldBoolean
    case .address: .fieldAddress
    case .url: .fieldURL
    case .path: .fieldPath
    case .identifier: .fieldIdentifier
    case .level(let level): .level(level.rawValue)
    }
  }

  /// The theme's role for a kind of value.
  static func role(of kind: FieldKind) -> Role {
    switch kind {
    case .string: .fieldString
    case .number: .fieldNumber
    case .boolean: .fieldBoolean
    case .null: .fieldNull
    case .address: .fieldAddress
    case .identifier: .fieldIdentifier
    case .object, .array: .message
    }
  }
}
