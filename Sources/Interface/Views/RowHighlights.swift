import Drawing
import Matching
import Themes

/// Marks what the filter and the search match in the rows on the screen.
///
/// Patterns run over the text of a line as it is shown, so that a match is bright wherever one can see it.
struct RowHighlights {
  private let patterns: [(pattern: Pattern, role: Role)]
  private let search: Pattern?

  /// The most bytes of a line that are looked at; a longer line is no wider than the screen anyway.
  private static let limit = 16_384

  init(_ state: State) {
    var patterns = state.filter.highlights.map { (pattern: $0, role: Role.match) }
    search = state.search.isHighlighted ? state.search.pattern : nil
    if let search { patterns.append((pattern: search, role: .search)) }
    self.patterns = patterns
  }

  /// Marks every match of a line whose moving part begins at column `start`, scrolled by `offset`.
  func draw(_ line: RowLine, start: Int, offset: Int, row: Int, _ canvas: inout Canvas) {
    guard !patterns.isEmpty else { return }
    mark(line, patterns, start: start, offset: offset, row: row, &canvas)
  }

  /// Marks the search's matches of the row under the cursor, over everything else.
  func drawCurrent(_ line: RowLine, row: Int, _ canvas: inout Canvas) {
    guard let search else { return }
    let prefix = line.prefix.reduce(0) { $0 + CharacterWidth.columns(of: String(decoding: $1.text, as: UTF8.self)) }
    let offset = canvas.state.options.wraps ? 0 : canvas.state.log.horizontalOffset
    mark(line, [(search, .searchCurrent)], start: RowView.gutter + prefix, offset: offset, row: row, &canvas)
  }

  private func mark(
    _ line: RowLine, _ patterns: [(pattern: Pattern, role: Role)], start: Int, offset: Int, row: Int,
    _ canvas: inout Canvas
  ) {
    let text = Array(line.spans.lazy.flatMap(\.text).prefix(Self.limit))
    let end = canvas.layout.log.size.columns
    text.withUnsafeBytes { bytes in
      let hits = patterns.flatMap { entry in Self.hits(of: entry.pattern, in: bytes).map { ($0, entry.role) } }
      guard !hits.isEmpty else { return }
      var reader = GlyphReader(bytes)
      var column = start - offset
      while column < end, let glyph = reader.next() {
        for (range, role) in hits where range.contains(glyph.bytes.lowerBound) && column >= start {
          let columns = min(glyph.width, end - column)
          canvas.surface.blend(canvas.style(role), over: Rect(column: column, row: row, columns: columns, rows: 1))
        }
        column += glyph.width
      }
    }
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
