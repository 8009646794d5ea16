import Drawing
import Matching
import Themes

/// Marks what the filter and the search match in the rows on the screen.
///
/// Patterns run over the text of a line as it is shown, so that a match is bright wherever one can see it.
struct RowHighlights {
  /// How a match looks.
  private enum Look {
    case role(Role)
    case word(HighlightColour)
  }

  private let patterns: [(pattern: Pattern, look: Look)]
  private let search: Pattern?

  /// No highlights.
  static let none = RowHighlights()

  private init() { (patterns, search) = ([], nil) }

  /// The most bytes of a line that are looked at; a longer line is no wider than the screen anyway.
  private static let limit = 16_384

  init(_ state: State) {
    // What comes later lies over what comes before.
    var patterns: [(pattern: Pattern, look: Look)] = state.logPane.highlights.map { ($0.pattern, .word($0.colour)) }
    patterns += state.filter.highlights.map { ($0, .role(.match)) }
    search = state.search.isHighlighted ? state.search.pattern : nil
    if let search { patterns.append((search, .role(.search))) }
    self.patterns = patterns
  }

  /// Marks every match of a line whose moving part begins at column `start`, scrolled by `offset`.
  func draw(_ line: RowLine, start: Int, offset: Int, row: Int, _ canvas: inout Canvas) {
    guard !patterns.isEmpty else { return }
    mark(line, patterns, start: start, offset: offset, row: row, &canvas)
  }

  /// Marks the row under the cursor again, over the look of the cursor, the search's matches brighter.
  func drawCurrent(_ line: RowLine, row: Int, _ canvas: inout Canvas) {
    guard !patterns.isEmpty else { return }
    let current = patterns.filter { $0.pattern !== search } + (search.map { [($0, .role(.searchCurrent))] } ?? [])
    let offset = canvas.state.options.wraps ? 0 : canvas.state.log.horizontalOffset
    mark(line, current, start: RowView.gutter + line.prefixColumns, offset: offset, row: row, &canvas)
  }

  private func mark(
    _ line: RowLine, _ patterns: [(pattern: Pattern, look: Look)], start: Int, offset: Int, row: Int,
    _ canvas: inout Canvas
  ) {
    let text = Array(line.spans.lazy.flatMap(\.text).prefix(Self.limit))
    let end = canvas.layout.log.size.columns
    text.withUnsafeBytes { bytes in
      let hits = patterns.flatMap { entry in
        let style = Self.style(of: entry.look, canvas)
        return Self.hits(of: entry.pattern, in: bytes).map { (range: $0, style: style) }
      }
      guard !hits.isEmpty else { return }
      var reader = GlyphReader(bytes)
      var column = start - offset
      while column < end, let glyph = reader.next() {
        for (range, style) in hits where range.contains(glyph.bytes.lowerBound) && column >= start {
          let columns = min(glyph.width, end - column)
          canvas.surface.blend(style, over: Rect(column: column, row: row, columns: columns, rows: 1))
        }
        column += glyph.width
      }
    }
  }

  /// Highlighted words are black on their colour: of the 256 in tones that suit any theme, else of the terminal's own.
  private static func style(of look: Look, _ canvas: Canvas) -> Style {
    guard case .word(let colour) = look else {
      if case .role(let role) = look { return canvas.style(role) }
      return Style()
    }
    guard canvas.hasColours else { return Style(attributes: [.bold, .underline]) }
    let isRich = canvas.theme.depth != .sixteen
    let background: UInt8 =
      switch colour {
      case .magenta: isRich ? 176 : 5
      case .green: isRich ? 114 : 2
      case .blue: isRich ? 111 : 4
      case .red: isRich ? 203 : 1
      case .yellow: isRich ? 221 : 3
      case .cyan: isRich ? 80 : 6
      }
    return Style(foreground: .indexed(isRich ? 16 : 0), background: .indexed(background))
  }

  /// The matches in a line, at most 200.
  private static func hits(of pattern: Pattern, in bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var hits: [Range<Int>] = []
    var position = 0
    while hits.count < 200, position <= bytes.count, let hit = pattern.firstMatch(in: bytes, from: position) {
      if hit.isEmpty {
        position = hit.upperBound + 1
        while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
      } else {
        hits.append(hit)
        position = hit.upperBound
      }
    }
    return hits
  }
}
