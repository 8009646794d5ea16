import Testing

@testable import Drawing

@Suite struct KeyNameTests {
  @Test(
    "Names are read in any case",
    arguments: [
      ("q", Key.character("q")), ("G", .character("G")), ("ctrl-s", .control("s")), ("Ctrl-S", .control("s")),
      ("space", .space), ("Space", .space), ("F1", .f(1)), ("shift-tab", .backTab), ("PgUp", .pageUp),
      ("pagedown", .pageDown),
      ("alt-right", .altRight), ("alt-x", .alt("x")), ("alt-X", .alt("X")), ("Esc", .escape), ("-", .character("-")),
      ("ctrl-i", .tab), ("ctrl-m", .enter), ("ctrl--", .control("-")), ("ctrl-space", .control("@")),
    ])
  func reading(name: String, key: Key) {
    #expect(Key(name: name) == key)
  }

  @Test("What is no key is none", arguments: ["", "hyper-x", "ctrl-", "f25", "qq", "ctrl-é"])
  func unknown(name: String) {
    #expect(Key(name: name) == nil)
  }

  @Test("A key's name reads back as that key")
  func roundTrip() {
    var keys: [Key] = [.space, .control("a"), .control("@"), .alt("x"), .alt(" "), .character("é"), .character("G")]
    for name in Key.Name.allCases {
      for bits in 0..<8 { keys.append(.named(name, .init(rawValue: UInt8(bits)))) }
    }
    for number in 1...24 { keys.append(.function(number, .control)) }
    for key in keys { #expect(Key(name: key.name) == key, "\(key.name)") }
  }
}
