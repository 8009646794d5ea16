import TestSupport
import Testing

@testable import Records

/// What is taken out of coloured lines, and what stays.
@Suite struct EscapeSequenceTests {
  private static func stripped(_ text: String) -> String {
    String(decoding: Array(text.utf8).withUnsafeBytes { EscapeSequences.stripped($0) }, as: UTF8.self)
  }

  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}[38;5;196mx\u{1B}[m", "x"),
    ("\u{1B}[38:2::1:2:3mx", "x"), ("a\u{1B}[2Kb\u{1B}[?25lc", "abc"), ("\u{1B}]0;title\u{7}x", "\u{1B}]0;title\u{7}x"),
    ("\u{1B}]8;;http://a/\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"), ("\u{1B}(Bx\u{1B}=y\u{1B}cz", "xyz"),
    ("\u{1B}Pq#0\u{1B}\\x", "\u{1B}Pq#0x"),
    // Cut short, or none: everything stays.
    ("\u{1B}", "\u{1B}"), ("x\u{1B}", "x\u{1B}"), ("\u{1B}[31", "\u{1B}[31"), ("\u{1B}[3\u{1}m", "\u{1B}[3\u{1}m"),
    ("\u{1B}\nx", "\u{1B}\nx"), ("\u{1B}]8;;no end\nnext", "\u{1B}]8;;no end\nnext"),
  ]) func sequencesGo(_ text: String, _ expected: String) {
    #expect(Self.stripped(text) == expected)
  }

  @Test func styleIsGivenWithItsPlace() {
    var styles: [String] = []
    Array("a\u{1B}[1;31mbc\u{1B}[2K\u{1B}[0md".utf8).withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(byteCount: bytes.count, alignment: 1) { output in
        let count = EscapeSequences.strip(bytes, into: output) { parameters, position in
          styles.append("\(String(decoding: parameters, as: UTF8.self))@\(position)")
        }
        #expect(count == 4)
      }
    }
    #expect(styles == ["1;31@1", "0@3"])
  }

  @Test(arguments: 0..<200) func anyBytesKeepTheirText(seed: Int) {
    var random = SeededGenerator(seed)
    let alphabet = Array("\u{1B}\u{1B}[]();0123mK\\\u{7}P\nxyz".utf8)
    let bytes = (0..<random.below(400)).map { _ in alphabet[random.below(alphabet.count)] }
    let plain = bytes.withUnsafeBytes { EscapeSequences.stripped($0) }
    // What is left stands in the log in this order.
    var rest = bytes[...]
    for byte in plain {
      let place = rest.firstIndex(of: byte)
      #expect(place != nil)
      rest = rest[((place ?? rest.startIndex) + 1)...]
    }
  }

  @Test func colourIsLearnedFromTheSample() {
    func hasColours(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes {
        FormatDetection.reader(for: $0, fileName: "", options: .init()).hasColours
      }
    }
    #expect(hasColours("2026-01-02 03:04:05 \u{1B}[32mINFO\u{1B}[0m x\n"))
    #expect(!hasColours("2026-01-02 03:04:05 INFO x\n"))
    #expect(!hasColours("2026-01-02 03:04:05 INFO \u{1B}[2Kx\n"))
  }

  @Test("The log's own colours are kept as runs of the text that is left")
  func colours() {
    func split(_ text: String) -> [String] {
      let (text, colours) = withBytes(text) { EscapeSequences.split($0) }
      return [String(decoding: text, as: UTF8.self)]
        + colours.map { "\($0.colour):\(String(decoding: text[$0.range], as: UTF8.self))" }
    }
    #expect(split("a \u{1B}[31mred\u{1B}[0m b") == ["a red b", "1:red"])
    #expect(split("\u{1B}[1;36mx\u{1B}[35my\u{1B}[mz") == ["xyz", "6:x", "5:y"])
    #expect(split("\u{1B}[38;5;12mx\u{1B}[38;2;1;2;31my\u{1B}[1mz\u{1B}[39m") == ["xyz", "12:xyz"])
    #expect(split("\u{1B}[92mto the end") == ["to the end", "10:to the end"])
    #expect(split("\u{1B}[48;5;31mground\u{1B}[;mx") == ["groundx"])
  }

  @Test("A format is recognised by lines without their colours, and names their parts")
  func formats() {
    let line =
      "\u{1B}[33m[\u{1B}[0m2026-01-02 03:04:05 +0000\u{1B}[33m] [\u{1B}[0m12\u{1B}[33m] [INFO] \u{1B}[0mBooting worker"
    let reader = reader(for: line + "\n" + line + "\n")
    #expect(reader.hasColours)
    #expect(reader.formatName == "gunicorn")
  }
}
