import Drawing

/// Breaks lines that are wider than the screen.
enum LineWrapping {
  /// The line in pieces that fit; the pieces after the first are indented as far as the prefix reaches, at most half way.
  static func wrap(_ line: RowLine, width: Int) -> [RowLine] {
    let prefixWidth = line.prefix.reduce(0) { $0 + columns(of: $1.text) }
    let indent = min(prefixWidth, width / 2)
    var result: [RowLine] = []
    var current = RowLine()
    current.prefix = line.prefix
    var used = prefixWidth

    for span in line.spans {
      var piece: [UInt8] = []
      var pieceStart = 0
      func flush(upTo end: Int) {
        guard !piece.isEmpty else { return }
        let source = span.source.map { $0.lowerBound + pieceStart..<$0.lowerBound + end }
        current.spans.append(.init(span.role, piece, source: source))
        piece = []
        pieceStart = end
      }
      span.text.withUnsafeBytes { bytes in
        var reader = GlyphReader(bytes, column: used - prefixWidth)
        var end = 0
        while let glyph = reader.next() {
          if used + glyph.width > width, used > indent {
            flush(upTo: glyph.bytes.lowerBound)
            result.append(current)
            current = RowLine()
            current.prefix = [.init(.plain, String(repeating: " ", count: indent))]
            used = indent
          }
          piece.append(contentsOf: bytes[glyph.bytes])
          end = glyph.bytes.upperBound
          used += glyph.width
        }
        flush(upTo: end)
      }
    }
    result.append(current)
    return result
  }

  static func columns(of text: [UInt8]) -> Int {
    text.withUnsafeBytes { bytes in
      var reader = GlyphReader(bytes)
      var columns = 0
      while let glyph = reader.next() { columns += glyph.width }
      return columns
    }
  }
}
