import CNcurses
import Drawing
import Glibc

/// Copies cells of a surface into ncurses' own.
final class CellPainter {
  private let colours: TerminalColours
  private let showsUnicode: Bool
  private let terminalColours: Int
  /// Whether what is erased takes the ground of the moment, whatever the ink.
  private let erasesInColour: Bool
  private var lastStyle = Style.plain
  private var lastLook: (attributes: attr_t, pair: Int32) = (0, 0)

  init(colours: TerminalColours, showsUnicode: Bool, terminalColours: Int) {
    self.colours = colours
    self.showsUnicode = showsUnicode
    self.terminalColours = terminalColours
    erasesInColour = cn_flag("bce") != 0
  }

  /// Paints one row, at most `columns` cells of it.
  func paint(_ cells: ArraySlice<Cell>, row: Int, columns: Int) {
    var previous: Style?
    var blanksEnd = 0
    for (column, cell) in cells.enumerated() where cell.width > 0 && column < columns {
      if !erasesInColour, column >= blanksEnd { blanksEnd = Self.endOfBlanks(cells, from: column) }
      let style = column < blanksEnd ? .plain : Self.painted(cell, after: previous)
      previous = style
      let look = look(of: style)
      var text = scalars(of: cell)
      text.append(0)
      if cn_put(Int32(row), Int32(column), text, look.attributes, look.pair) == ERR && column + 1 < columns {
        // ncurses refuses a character it finds unprintable; an answer at the lower right corner is no refusal.
        cn_put(Int32(row), Int32(column), [UInt32(UInt8(ascii: "?")), 0], look.attributes, look.pair)
      }
    }
  }

  /// The end of a run of blanks on the terminal's own ground that is worth erasing; `column` where there is none. A terminal that
  /// erases without colour would be sent each of them in any other look.
  private static func endOfBlanks(_ cells: ArraySlice<Cell>, from column: Int) -> Int {
    let run = cells.dropFirst(column).prefix { cell in
      cell.text == " " && (cell.style.background ?? .standard) == .standard
        && cell.style.attributes.isDisjoint(with: [.underline, .reverse])
    }.count
    return run >= 8 ? column + run : column
  }

  /// The style to paint a cell in: a blank shows nothing but its ground, so it takes the ink of the cell before, and the terminal
  /// need not be told of another.
  private static func painted(_ cell: Cell, after previous: Style?) -> Style {
    let shown: Style.Attributes = [.underline, .reverse]
    guard cell.text == " ", let previous, previous.background == cell.style.background,
      cell.style.attributes.isDisjoint(with: shown), previous.attributes.isDisjoint(with: shown)
    else { return cell.style }
    return previous
  }

  /// What ncurses gets: one character that takes cells and its marks, or a stand-in where the C library's idea of its
  /// width differs from ours, which would shift the rest of the row.
  private func scalars(of cell: Cell) -> [UInt32] {
    let text = cell.text.unicodeScalars.prefix(5).map(\.value)
    guard let first = text.first else { return [0x20] }
    if first < 0x7F && text.count == 1 { return text }
    guard showsUnicode else { return first < 0x7F ? [first] : [0x3F] }
    if Int(cn_width(first)) != Int(cell.width) { return [cn_width(0xFFFD) == 1 ? 0xFFFD : 0x3F] }
    return [first] + text.dropFirst().filter { cn_width($0) == 0 }
  }

  private func look(of style: Style) -> (attributes: attr_t, pair: Int32) {
    if style == lastStyle { return lastLook }
    lastStyle = style
    lastLook = (attributes(of: style), pair(of: style))
    return lastLook
  }

  private func attributes(of style: Style) -> attr_t {
    var attributes: attr_t = 0
    if style.attributes.contains(.bold) || isBrightOnEight(style.foreground) { attributes |= cn_bold() }
    if style.attributes.contains(.dim) || isGreyOnEight(style.foreground) { attributes |= cn_dim() }
    if style.attributes.contains(.italic) { attributes |= cn_italic() }
    if style.attributes.contains(.underline) { attributes |= cn_underline() }
    if style.attributes.contains(.reverse) { attributes |= cn_reverse() }
    return attributes
  }

  /// A terminal of 8 colours shows the bright ones as bold.
  private func isBrightOnEight(_ colour: Colour?) -> Bool {
    if case .indexed(let index) = colour, index > 8, index < 16, terminalColours < 16 { return true }
    return false
  }

  /// Grey would be bold black there, which many terminals show as black on black: it becomes dim text.
  private func isGreyOnEight(_ colour: Colour?) -> Bool { colour == .indexed(8) && terminalColours < 16 }

  private func pair(of style: Style) -> Int32 {
    guard colours != .none else { return 0 }
    let foreground = number(style.foreground)
    let background = number(style.background)
    if foreground < 0 && background < 0 { return 0 }
    let pair = alloc_pair(foreground, background)
    return pair > 0 ? pair : 0
  }

  /// ncurses' number of a colour; -1 is the terminal's own.
  private func number(_ colour: Colour?) -> Int32 {
    switch colour {
    case nil, .standard: return -1
    case .indexed(let index):
      if terminalColours < 16 && index < 16 { return index == 8 ? -1 : Int32(index & 7) }
      return Int(index) < terminalColours ? Int32(index) : -1
    case .rgb(let red, let green, let blue):
      guard colours == .direct else { return -1 }
      // Below 256 a number would be a palette index; the nearest colour that is none has a trace of green.
      let value = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
      return value < 256 ? value | 0x100 : value
    }
  }
}
