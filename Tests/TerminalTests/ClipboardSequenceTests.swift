import Testing

@testable import Terminal

@Suite struct ClipboardSequenceTests {
  @Test func aTerminalGetsItAsItIs() {
    #expect(ClipboardSequence.text(Array("hello".utf8), passesScreen: false) == "\u{1B}]52;c;aGVsbG8=\u{07}")
  }

  /// What GNU screen makes of it: the contents of its device control strings, as far as it keeps them.
  @Test(arguments: [0, 1, 170, 171, 200, 1000, 74_994]) func screenPassesAllOfItOn(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var passed: [UInt8] = []
    var rest = Array(ClipboardSequence.text(bytes, passesScreen: true).utf8)[...]
    while !rest.isEmpty {
      #expect(rest.starts(with: Array("\u{1B}P".utf8)))
      rest = rest.dropFirst(2)
      // The first of them is the beginning of OSC 52.
      let end = rest.indices.dropFirst().first { rest[$0] == 27 && rest[$0 + 1] == 92 } ?? rest.endIndex
      let part = rest[..<end]
      #expect(part.count <= 250)
      passed += part
      rest = rest[end...].dropFirst(2)
    }
    #expect(passed == Array(ClipboardSequence.text(bytes, passesScreen: false).utf8))
  }

  @Test(arguments: [
    (["STY": "1.pts-0", "TERM": "screen.xterm-256color"], true), (["TERM": "screen"], false),
    (["STY": "1.pts-0", "TERM": "tmux-256color", "TMUX": "/tmp/x"], false), (["TERM": "xterm", "STY": "old"], false),
  ]) func screenIsKnownByItsEnvironment(variables: [String: String], expected: Bool) {
    #expect(ClipboardSequence.passesScreen { variables[$0] } == expected)
  }
}
