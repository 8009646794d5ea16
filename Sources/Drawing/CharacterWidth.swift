/// How many cells a character takes in a terminal, and whether it may be sent there at all.
public enum CharacterWidth {
  /// What a scalar does to the cells.
  public enum Kind: Hashable, Sendable {
    /// Takes one cell.
    case narrow
    /// Takes two cells.
    case wide
    /// Joins the character before it.
    case combining
    /// Must not reach a terminal: a control, format, private-use or unassigned character.
    case unsafe
  }

  /// The kind of `scalar`; O(1) for ASCII, else a binary search.
  public static func kind(of scalar: Unicode.Scalar) -> Kind {
    let value = scalar.value
    if value < 0x7F { return value < 0x20 ? .unsafe : .narrow }
    if value < 0xA0 { return .unsafe }
    if contains(CharacterWidthTable.unsafe, value) { return .unsafe }
    if value < 0x300 { return .narrow }
    if contains(CharacterWidthTable.combining, value) { return .combining }
    return contains(CharacterWidthTable.wide, value) ? .wide : .narrow
  }

  /// The cells that `text` takes once it is made safe; tabs count from the beginning of the text.
  public static func columns(of text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return bytes.count }
      var reader = GlyphReader(UnsafeRawBufferPointer(bytes))
      var columns = 0
      while let glyph = reader.next() { columns += glyph.width }
      return columns
    }
  }

  private static func contains(_ table: [UInt32], _ value: UInt32) -> Bool {
    var low = 0
    var high = table.count / 2
    while low < high {
      let middle = (low + high) / 2
      if value > table[2 * middle + 1] { low = middle + 1 } else { high = middle }
    }
    return low < table.count / 2 && value >= table[2 * low]
  }
}
