import Drawing
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  private func keys(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    decoder.feed(Array(text.utf8))
    var keys: [Key] = []
    while let key = decoder.next() { keys.append(key) }
    return keys + decoder.flush()
  }

  private static let sequences: [(String, [Key])] = [
    ("abc", [.character("a"), .character("b"), .character("c")]),
    ("é日😀", [.character("é"), .character("日"), .character("😀")]),
    ("\r\t\u{7F}\u{8}", [.enter, .tab, .backspace, .backspace]),
    ("\u{1}\u{1A}\u{0}\u{1F}\u{1C}", [.control("a"), .control("z"), .control("@"), .control("_"), .control("\\")]),
    ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]),
    ("\u{1B}x\u{1B}\u{7F}", [.alt("x"), .named(.backspace, .alt)]),
    ("\u{1B}[A\u{1B}OB\u{1B}[1;5C\u{1B}[1;3D", [.up, .down, .named(.right, .control), .altLeft]),
    ("\u{1B}\u{1B}[C", [.altRight]),
    ("\u{1B}[H\u{1B}[4~\u{1B}[5~\u{1B}[6~\u{1B}[3;2~", [.home, .end, .pageUp, .pageDown, .named(.delete, .shift)]),
    ("\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[[A\u{1B}[1;2P", [.f(1), .f(5), .f(12), .f(1), .function(1, .shift)]),
    ("\u{1B}[Z", [.backTab]), ("\u{1B}[27;5;115~\u{1B}[115;5u", [.control("s"), .control("s")]),
    (
      "\u{1B}[<0;3;4M\u{1B}[<0;3;4m",
      [.mouse(.init(.press(0), column: 2, row: 3)), .mouse(.init(.release(0), column: 2, row: 3))]
    ),
    (
      "\u{1B}[<64;1;1M\u{1B}[<81;2;2M",
      [
        .mouse(.init(.scrollUp, column: 0, row: 0)), .mouse(.init(.scrollDown, column: 1, row: 1, modifiers: .control)),
      ]
    ),
    (
      "\u{1B}[<66;1;1M\u{1B}[<67;2;2M",
      [.mouse(.init(.scrollLeft, column: 0, row: 0)), .mouse(.init(.scrollRight, column: 1, row: 1))]
    ),
    ("\u{1B}[200~a\u{1B}[b\r\n\u{1B}[201~x", [.paste("a\u{1B}[b\r\n"), .character("x")]),
    ("\u{1B}[?1;2cq", [.character("q")]), ("\u{1B}[999~q", [.character("q")]), ("\u{1B}[<1;2Mq", [.character("q")]),
  ]

  @Test("Sequences of the terminals in use", arguments: sequences)
  func decode(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
  }

  @Test("A burst means the same however a slow line cuts it", arguments: sequences)
  func everyCut(text: String, expected: [Key]) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var decoder = KeyDecoder()
      var keys: [Key] = []
      decoder.feed(bytes[..<cut])
      while let key = decoder.next() { keys.append(key) }
      decoder.feed(bytes[cut...])
      while let key = decoder.next() { keys.append(key) }
      #expect(keys + decoder.flush() == expected, "cut at \(cut)")
    }
  }

  @Test("The answer about the terminal's status is no key, and is counted")
  func statusReport() {
    var decoder = KeyDecoder()
    decoder.feed(Array("a\u{1B}[0".utf8))
    #expect(decoder.next() == .character("a") && decoder.next() == nil && decoder.statusReports == 0)
    decoder.feed(Array("nb".utf8))
    #expect(decoder.next() == .character("b") && decoder.next() == nil && decoder.statusReports == 1)
  }

  @Test("A lone Escape is pending until the caller has waited")
  func pending() {
    var decoder = KeyDecoder()
    decoder.feed([0x1B])
    #expect(decoder.next() == nil)
    #expect(decoder.isPending)
    #expect(decoder.flush() == [.escape])
    #expect(!decoder.isPending)
  }

  @Test("Any bytes at all are taken in, and none stay behind")
  func anything() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      var decoder = KeyDecoder()
      decoder.feed(
        (0..<30).map { _ in
          [0x1B, 0x5B, 0x3B, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
        })
      while decoder.next() != nil {}
      _ = decoder.flush()
      #expect(!decoder.isPending)
    }
  }

  @Test("An endless paste keeps its beginning only")
  func longPaste() {
    var decoder = KeyDecoder()
    decoder.feed(Array("\u{1B}[200~".utf8))
    for _ in 0..<33 {
      decoder.feed([UInt8](repeating: 0x61, count: 65_536))
      #expect(decoder.next() == nil)
    }
    decoder.feed(Array("\u{1B}[201~".utf8))
    guard case .paste(let text) = decoder.next() else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == KeyDecoder.pasteLimit)
  }
}
