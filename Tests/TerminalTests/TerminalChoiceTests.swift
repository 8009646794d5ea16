import Testing

@testable import Terminal

@Suite struct TerminalChoiceTests {
  private func choice(_ environment: [String: String], colours: Bool? = nil) -> TerminalChoice {
    TerminalChoice(environment: { environment[$0] }, forcesColours: colours)
  }

  @Test("24-bit colour is used where the terminal says that it has it")
  func trueColour() {
    let names = choice(["TERM": "xterm-256color", "COLORTERM": "truecolor"]).candidates.map(\.name)
    #expect(names == ["chiplog-direct", "xterm-256color", "chiplog-256color"])
    #expect(choice(["TERM": "xterm-256color"]).candidates.map(\.name) == ["xterm-256color", "chiplog-256color"])
    #expect(choice(["TERM": "linux", "COLORTERM": "truecolor"]).candidates.map(\.name) == ["linux"])
    #expect(choice(["TERM": "xterm-direct"]).candidates.map(\.name) == ["xterm-direct"])
  }

  @Test("A modern terminal that the server does not know gets an entry of ours; a strange name does not")
  func rescue() {
    #expect(choice(["TERM": "xterm-kitty"]).candidates.map(\.name) == ["xterm-kitty", "chiplog-256color"])
    #expect(choice(["TERM": "vt52"]).candidates.map(\.name) == ["vt52"])
    #expect(choice(["TERM": "nonsense"]).candidates.map(\.name) == ["nonsense"])
  }

  @Test("NO_COLOR switches colours off unless they are demanded; empty it means nothing")
  func noColour() {
    #expect(!choice(["TERM": "xterm", "NO_COLOR": "1"]).wantsColours)
    #expect(choice(["TERM": "xterm", "NO_COLOR": ""]).wantsColours)
    #expect(choice(["TERM": "xterm", "NO_COLOR": "1"], colours: true).wantsColours)
    #expect(!choice(["TERM": "xterm", "COLORTERM": "truecolor"], colours: false).wantsColours)
  }

  @Test(
    "Base64 as RFC 4648 has it",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, expected: String) {
    #expect(Base64.text(Array(text.utf8)) == expected)
  }
}
