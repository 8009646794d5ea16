/// One character as it is drawn: what stands in the cells, how many of them, and where its bytes were.
public struct Glyph: Hashable, Sendable {
  /// The text to draw, already safe.
  public var text: String
  /// Cells taken: 1 or 2 for a character, more for a tab or a substitute such as `<U+202E>`.
  public var width: Int
  /// The bytes that it stands for, as offsets into the text that was read.
  public var bytes: Range<Int>
  /// Whether a substitute is shown because the bytes must not reach the terminal.
  public var isSubstitute: Bool

  /// Makes a glyph.
  public init(text: String, width: Int, bytes: Range<Int>, isSubstitute: Bool = false) {
    self.text = text
    self.width = width
    self.bytes = bytes
    self.isSubstitute = isSubstitute
  }
}

/// Reads hostile bytes as glyphs that are safe to draw and whose width every terminal agrees on.
///
/// Controls become `^[`, bytes that are not UTF-8 `\xFF`, and bidirectional, zero-width, private-use and unassigned
/// characters `<U+202E>`, so that one sees what was there. Emoji sequences are taken apart (joiners, skin tones and
/// variation selectors between pictures are dropped): terminals disagree about their widths. At most three combining
/// marks stay on one character.
///
///     var reader = GlyphReader(bytes)
///     while let glyph = reader.next() { ... }
public struct GlyphReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset: Int
  private var column: Int
  private var isAfterPicture = false

  /// Reads `bytes`, which must stay valid while the reader is used.
  ///
  /// - Parameter column: The column at which the text begins, for tabs.
  public init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0, column: Int = 0) {
    self.bytes = bytes
    self.offset = min(max(0, offset), bytes.count)
    self.column = column
  }

  /// The next glyph; nil at the end.
  public mutating func next() -> Glyph? {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= 0x20 && byte < 0x7F {
        let start = offset
        offset += 1
        isAfterPicture = false
        // A mark may join an ASCII letter; all marks are above 0xCC in their first byte.
        let text =
          offset < bytes.count && bytes[offset] >= 0xCC
          ? withMarks(Unicode.Scalar(byte)) : String(Unicode.Scalar(byte))
        return advance(Glyph(text: text, width: 1, bytes: start..<offset))
      }
      if let glyph = byte < 0x80 ? control(byte) : multibyte() { return advance(glyph) }
    }
    return nil
  }

  private mutating func advance(_ glyph: Glyph) -> Glyph {
    column += glyph.width
    return glyph
  }

  private mutating func control(_ byte: UInt8) -> Glyph {
    let start = offset
    offset += 1
    isAfterPicture = false
    if byte == 0x09 {
      let width = 8 - column % 8
      return Glyph(text: String(repeating: " ", count: width), width: width, bytes: start..<offset)
    }
    let letter = Unicode.Scalar(byte ^ 0x40)
    return Glyph(text: "^" + String(letter), width: 2, bytes: start..<offset, isSubstitute: true)
  }

  /// A character above ASCII; nil where it is one that is silently dropped from an emoji sequence.
  private mutating func multibyte() -> Glyph? {
    let start = offset
    guard let (scalar, length) = UTF8Scalar.decode(bytes, at: offset) else {
      offset += 1
      isAfterPicture = false
      return Glyph(
        text: "\\x" + Hexadecimal.text(UInt32(bytes[start]), digits: 2), width: 4, bytes: start..<offset,
        isSubstitute: true)
    }
    offset += length
    if isAfterPicture && GlyphReader.isDroppedInSequence(scalar, before: offset, in: bytes) { return nil }
    switch CharacterWidth.kind(of: scalar) {
    case .narrow, .wide:
      let width = CharacterWidth.kind(of: scalar) == .wide ? 2 : 1
      isAfterPicture = GlyphReader.isPicture(scalar)
      return Glyph(text: withMarks(scalar), width: width, bytes: start..<offset)
    case .combining, .unsafe:
      isAfterPicture = false
      let text = "<U+" + Hexadecimal.text(scalar.value, digits: 4) + ">"
      return Glyph(text: text, width: text.utf8.count, bytes: start..<offset, isSubstitute: true)
    }
  }

  /// `base` with at most three of the combining marks that follow; all of them are consumed.
  private mutating func withMarks(_ base: Unicode.Scalar) -> String {
    var text = String(base)
    var kept = 0
    while offset < bytes.count, bytes[offset] >= 0xCC, let (scalar, length) = UTF8Scalar.decode(bytes, at: offset),
      CharacterWidth.kind(of: scalar) == .combining
    {
      offset += length
      if kept < 3 { text.unicodeScalars.append(scalar) }
      kept += 1
    }
    return text
  }

  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x203C...0x3299, 0x1F000...0x1FAFF, 0xA9, 0xAE: true
    default: false
    }
  }

  private static func isDroppedInSequence(
    _ scalar: Unicode.Scalar, before offset: Int, in bytes: UnsafeRawBufferPointer
  ) -> Bool {
    switch scalar.value {
    case 0xFE0E, 0xFE0F, 0x1F3FB...0x1F3FF: true
    case 0x200D: offset == bytes.count || (UTF8Scalar.decode(bytes, at: offset).map { isPicture($0.0) } ?? false)
    default: false
    }
  }
}

/// Decodes one scalar of UTF-8.
enum UTF8Scalar {
  /// The scalar at `offset` and its length in bytes; nil if the bytes there are not UTF-8.
  static func decode(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> (Unicode.Scalar, Int)? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = bytes[offset + index]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}

/// Numbers in base 16, upper case.
enum Hexadecimal {
  /// `value` with at least `digits` digits.
  static func text(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
