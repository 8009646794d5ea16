/// Makes text from logs safe to print on a terminal without a screen.
public enum Sanitiser {
  /// `bytes` with everything that must not reach a terminal replaced by what `GlyphReader` shows; newlines and tabs stay.
  public static func sanitised(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x0A || bytes[end] == 0x09 {
      var reader = GlyphReader(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      while let glyph = reader.next() { result.append(contentsOf: glyph.text.utf8) }
      if end < bytes.count { result.append(bytes[end]) }
      start = end + 1
    }
    return result
  }

  /// `text` with everything that must not reach a terminal replaced.
  public static func sanitised(_ text: String) -> String {
    var text = text
    return text.withUTF8 { String(decoding: sanitised(UnsafeRawBufferPointer($0)), as: UTF8.self) }
  }
}
