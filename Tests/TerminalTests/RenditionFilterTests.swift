import TestSupport
import Testing

@testable import Terminal

/// A terminal of one row that understands just what the tests write to it.
private struct TinyTerminal {
  struct Look: Equatable {
    var foreground = "default"
    var background = "default"
    var attributes: Set<Int> = []
  }
  struct Cell: Equatable {
    var text: UInt8 = 32
    var look = Look()
  }

  var cells = [Cell](repeating: Cell(), count: 40)
  var column = 0
  private var look = Look()

  mutating func write(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 27 else {
        put(bytes[index])
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "(") {
        index += 3
        continue
      }
      var end = index + 2
      while !(0x40...0x7E).contains(bytes[end]) { end += 1 }
      obey(String(decoding: bytes[index + 2..<end], as: UTF8.self), bytes[end])
      index = end + 1
    }
  }

  private mutating func put(_ byte: UInt8) {
    switch byte {
    case 13: column = 0
    case 8: column = max(0, column - 1)
    default:
      cells[column] = Cell(text: byte, look: look)
      column = min(cells.count - 1, column + 1)
    }
  }

  private mutating func obey(_ text: String, _ final: UInt8) {
    switch final {
    case UInt8(ascii: "G"): column = min(cells.count, max(1, Int(text) ?? 1)) - 1
    case UInt8(ascii: "K"):
      for place in column..<cells.count { cells[place] = Cell(text: 32, look: Look(background: look.background)) }
    case UInt8(ascii: "m"): render(text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 })
    default: break
    }
  }

  private mutating func render(_ codes: [Int]) {
    var index = 0
    while index < codes.count {
      switch codes[index] {
      case 0: look = Look()
      case 1, 2, 3, 4, 7: look.attributes.insert(codes[index])
      case 22: look.attributes.subtract([1, 2])
      case 23, 24, 27: look.attributes.remove(codes[index] - 20)
      case 30...37: look.foreground = "\(codes[index])"
      case 40...47: look.background = "\(codes[index] - 10)"
      case 39: look.foreground = "default"
      case 49: look.background = "default"
      case 38, 48:
        let count = codes[index + 1] == 5 ? 3 : 5
        let colour = codes[(index + 1)..<(index + count)].map(String.init).joined(separator: ";")
        if codes[index] == 38 { look.foreground = colour } else { look.background = colour }
        index += count - 1
      default: look.attributes.insert(codes[index])
      }
      index += 1
    }
  }
}

@Suite struct RenditionFilterTests {
  /// The kind of bytes that ncurses writes.
  private static func random(_ random: inout SeededGenerator) -> [UInt8] {
    let pieces = [
      "\u{1B}[m", "\u{1B}(B\u{1B}[m", "\u{1B}[0;1m", "\u{1B}[39;49m", "\u{1B}[38;5;246m", "\u{1B}[38;5;80m",
      "\u{1B}[48;5;233m", "\u{1B}[48;5;236m", "\u{1B}[38;2;1;2;3m", "\u{1B}[48;2;9;8;7m", "\u{1B}[31m", "\u{1B}[42m",
      "\u{1B}[1m", "\u{1B}[2m", "\u{1B}[4m", "\u{1B}[7m", "\u{1B}[3m", "\u{1B}[22m", "\u{1B}[27m", "\u{1B}[24m",
      "\u{1B}[53m", "a", "bc", " ", "   ", "\r", "\u{8}", "\u{1B}[7G", "\u{1B}[21G", "\u{1B}[K", "\u{1B}[?25l",
    ]
    return Array((0..<60).map { _ in random.pick(pieces) }.joined().utf8)
  }

  @Test("The terminal shows the same, whatever is left out", arguments: 0..<40)
  func sameScreen(seed: Int) {
    var random = SeededGenerator(seed)
    for _ in 0..<50 {
      var (plain, spared) = (TinyTerminal(), TinyTerminal())
      var filter = RenditionFilter()
      for _ in 0..<4 {
        let bytes = Self.random(&random)
        plain.write(bytes)
        // Cut anywhere, also inside of a sequence.
        let cut = random.below(bytes.count)
        let output = filter.filtered(Array(bytes[..<cut])) + filter.filtered(Array(bytes[cut...]))
        spared.write(output)
        #expect(plain.cells == spared.cells && plain.column == spared.column)
      }
      spared.write(filter.settled())
      plain.write(Array("x".utf8))
      spared.write(Array("x".utf8))
      #expect(plain.cells == spared.cells)
    }
  }

  private func filtered(_ texts: String...) -> String {
    var filter = RenditionFilter()
    return texts.map { String(decoding: filter.filtered(Array($0.utf8)), as: UTF8.self) }.joined()
  }

  @Test func whatIsTheCaseIsNotSaidAgain() {
    #expect(
      filtered("\u{1B}[m\u{1B}[38;5;1m\u{1B}[48;5;2ma\u{1B}[38;5;3m\u{1B}[48;5;2mb\u{1B}[39;49m\u{1B}[m")
        == "\u{1B}[;38;5;1;48;5;2ma\u{1B}[38;5;3mb")
    #expect(filtered("\u{1B}[mabc\u{1B}[m", "\u{1B}[mdef") == "\u{1B}[mabcdef")
    #expect(filtered("\u{1B}[m\u{1B}[1ma\u{1B}[m\u{1B}[7G\u{1B}[1mb") == "\u{1B}[;1ma\u{1B}[7Gb")
  }

  @Test func aTerminalOfAnotherKindGetsWhatItWasSent() {
    let wyse = "\u{1B}G4\u{1B}=  text\u{1B}G0\n"
    #expect(filtered(wyse) == wyse)
  }
}
