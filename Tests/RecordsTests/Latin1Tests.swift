import Testing

@testable import Records

@Suite struct Latin1Tests {
  @Test("Windows-1252 becomes UTF-8")
  func conversion() {
    let bytes: [UInt8] = [0x63, 0x61, 0x66, 0xE9, 0x20, 0x80, 0x20, 0x93, 0x78, 0x94, 0xFF, 0xA0]
    let text = bytes.withUnsafeBytes { String(decoding: Latin1.utf8($0), as: UTF8.self) }
    #expect(text == "café € “x”ÿ\u{A0}")
  }

  @Test("What is UTF-8, binary or plain ASCII is not taken for it")
  func recognition() {
    func fits(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { Latin1.fits($0) } }
    let line = Array("2026-01-02 03:04:05 ERROR ".utf8)
    #expect(fits(line + [0x63, 0x61, 0x66, 0xE9, 0x0A]))
    #expect(!fits(line + Array("café\n".utf8)))
    #expect(!fits(line + Array("plain\n".utf8)))
    #expect(!fits(line + [0x00, 0x01, 0xE9]))
    #expect(!fits([0xE9, 0xE8, 0xE7, 0x0A]))
    #expect(!fits(line + [0xE9, 0x20] + Array("né\n".utf8)))
  }

  @Test("Records of such a file are lent as UTF-8, with or without colours")
  func plainForm() {
    let line = Array("2026-01-02 03:04:05 ERROR user=Andr".utf8) + [0xE9] + Array("\u{1B}[31m x\u{1B}[0m\n".utf8)
    line.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      #expect(reader.isLatin1 && reader.hasColours && reader.hasPlainForm)
      let text = reader.withPlain(bytes.part(0..<bytes.firstLineEnd)) { String(decoding: $0, as: UTF8.self) }
      #expect(text == "2026-01-02 03:04:05 ERROR user=André x")
    }
  }
}
