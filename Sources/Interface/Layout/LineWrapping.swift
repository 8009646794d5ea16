import Drawing

/// Breaks lines that are wider than the screen: after a space where one is near, else where the line is full.
enum LineWrapping {
  /// A character as it is laid out.
  private struct Atom {
    var span: Int
    var bytes: Range<Int>
    var width: Int
    var isSpace: Bool
  }

  /// The line in pieces that fit; the pieces after the first are indented as far as the prefix reaches, at most half way.
  ///
  /// No byte is lost: the texts of the pieces put together are the text of the line. O(bytes).
  static func wrap(_ line: RowLine, width: Int) -> [RowLine] {
    let prefixWidth = line.prefixColumns
    let indent = min(prefixWidth, width / 2)
    let atoms = atoms(of: line)
    var result: [RowLine] = []
    var start = 0
    repeat {
      let isFirst = result.isEmpty
      let room = max(1, width - (isFirst ? prefixWidth : indent))
      let end = end(of: atoms, from: start, room: room)
      var piece = RowLine()
      piece.prefix = isFirst ? line.prefix : [.init(.plain, String(repeating: " ", count: indent))]
      piece.spans = spans(of: line, atoms[start..<end])
      result.append(piece)
      start = end
    } while start < atoms.count
    result[0].tail = line.tail
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

  private static func atoms(of line: RowLine) -> [Atom] {
    var atoms: [Atom] = []
    var column = 0
    for (index, span) in line.spans.enumerated() {
      span.text.withUnsafeBytes { bytes in
        var reader = GlyphReader(bytes, column: column)
        let first = atoms.count
        while let glyph = reader.next() {
          column += glyph.width
          let isSpace = bytes[glyph.bytes.lowerBound] == 0x20 || bytes[glyph.bytes.lowerBound] == 0x09
          atoms.append(Atom(span: index, bytes: glyph.bytes, width: glyph.width, isSpace: isSpace))
        }
        // Bytes that are not drawn (joiners of emoji) stay with the character before them.
        for atom in first..<atoms.count {
          let next = atom + 1 < atoms.count ? atoms[atom + 1].bytes.lowerBound : bytes.count
          atoms[atom].bytes = atoms[atom].bytes.lowerBound..<next
        }
      }
    }
    return atoms
  }

  /// Where the piece that begins at `start` ends: spaces at its end may hang over, at least one atom is taken.
  private static func end(of atoms: [Atom], from start: Int, room: Int) -> Int {
    var used = 0
    var lastSpace: Int?
    for index in start..<atoms.count {
      used += atoms[index].width
      if atoms[index].isSpace {
        if used > room { return index + 1 }
        lastSpace = index
      } else if used > room {
        let word = lastSpace.map { $0 + 1 } ?? start
        let isNear = (start..<word).reduce(0) { $0 + atoms[$1].width } * 2 >= room
        return isNear ? word : max(start + 1, index)
      }
    }
    return atoms.count
  }

  private static func spans(of line: RowLine, _ atoms: ArraySlice<Atom>) -> [RowLine.Span] {
    var spans: [RowLine.Span] = []
    var rest = atoms
    while let first = rest.first {
      let same = rest.prefix { $0.span == first.span }
      let range = first.bytes.lowerBound..<(same.last?.bytes.upperBound ?? first.bytes.upperBound)
      let span = line.spans[first.span]
      let source = span.source.map { $0.lowerBound + range.lowerBound..<$0.lowerBound + range.upperBound }
      spans.append(.init(span.role, Array(span.text[range]), source: source))
      rest = rest.dropFirst(same.count)
    }
    return spans
  }
}
