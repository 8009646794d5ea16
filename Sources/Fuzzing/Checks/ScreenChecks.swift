import Drawing
import Terminal

/// Keys do not depend on how a slow line cuts their bytes, and nothing stays behind.
enum KeyCheck {
  static let seeds = [
    "abc\u{1b}[A\u{1b}OP\u{1b}[1;5C", "\u{1b}[200~paste\u{1b}[201~x", "\u{1b}[<0;10;5M\u{1b}[<0;10;5m",
    "é한\u{1b}\u{1b}[Z",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    let input = Array(input.prefix(4096))
    let whole = keys(input, every: max(1, input.count))
    try require(keys(input, every: 1) == whole, "byte by byte \(keys(input, every: 1)), at once \(whole)")
    try require(keys(input, every: 3) == whole, "three by three \(keys(input, every: 3)), at once \(whole)")
  }

  private static func keys(_ input: [UInt8], every step: Int) -> [Key] {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for start in stride(from: 0, to: input.count, by: step) {
      decoder.feed(input[start..<min(input.count, start + step)])
      while let key = decoder.next() { keys.append(key) }
    }
    return keys + decoder.flush()
  }
}

/// What is drawn covers the bytes in order and holds nothing that a terminal obeys.
enum GlyphCheck {
  static let seeds = [
    "plain\ttab \u{1b}[31mred\u{202e}e\u{200b}한국👨‍👩‍👧e\u{301}\u{301}", "\u{7f}\u{80}\u{9b}\u{e000}\u{feff}",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    try Array(input.prefix(4096)).withBytes { (bytes) throws(Violation) in
      var reader = GlyphReader(bytes)
      var end = 0
      while let glyph = reader.next() {
        try require(glyph.bytes.lowerBound >= end, "glyphs step back to \(glyph.bytes)")
        end = glyph.bytes.upperBound
        try require(end <= bytes.count && glyph.width >= 0, "\(glyph)")
        for scalar in glyph.text.unicodeScalars {
          let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
          let isDirection = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          try require(!isControl && !isDirection, "U+\(String(scalar.value, radix: 16)) reaches the screen")
        }
      }
    }
  }
}
