import Glibc
import Platform
import Testing

@Suite struct PathTextTests {
  private func roundTrip(_ bytes: [UInt8]) -> [UInt8] {
    PathText.withBytes(PathText.text(bytes)) { base in
      UnsafeBufferPointer(start: base, count: strlen(base)).map { UInt8(bitPattern: $0) }
    }
  }

  @Test func everyNameBecomesTextAndItselfAgain() {
    var random = SystemRandomNumberGenerator()
    let pieces: [[UInt8]] = [
      [0xE9], Array("é".utf8), Array("a/b.log".utf8), [0xF4, 0x8F, 0xBB, 0xA9], [0xF4, 0x8F], [0xED, 0xA0, 0x80],
      [0xC0, 0x80], [0xF5], Array("日本".utf8), [0x80, 0xBF], [0xF0, 0x9F, 0x98],
    ]
    for _ in 0..<2000 {
      let name = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      #expect(roundTrip(name) == name)
    }
    for byte in 1...255 as ClosedRange<UInt8> { #expect(roundTrip([byte]) == [byte]) }
  }

  @Test func differentNamesHaveDifferentTexts() {
    // The second name holds the very scalar that stands for the byte of the first.
    #expect(PathText.text([0xE9]) != PathText.text(Array("\u{10FEE9}".utf8)))
  }

  @Test func isShownWithItsBytes() {
    #expect(PathText.shown(PathText.text(Array("caf".utf8) + [0xE9] + Array(".log".utf8))) == "caf\\xE9.log")
    #expect(PathText.shown(PathText.text(Array("日本.log".utf8))) == "日本.log")
  }
}
