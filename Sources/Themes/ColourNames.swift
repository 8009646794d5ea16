import Drawing

/// Colours as theme files spell them, and the nearest that a terminal with fewer has.
enum ColourNames {
  /// The 16 names, in the order of their numbers.
  static let sixteen = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "grey", "bright-red", "bright-green",
    "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// All names that a theme may use.
  static let names = sixteen + ["gray", "default"]

  /// The colour that `text` names: a name, 0 to 255 or `#rrggbb`; nil if it is none.
  static func colour(_ text: String) -> Colour? {
    if text == "default" { return .standard }
    if text == "gray" { return .indexed(8) }
    if let index = sixteen.firstIndex(of: text) { return .indexed(UInt8(index)) }
    if let number = UInt8(text) { return .indexed(number) }
    guard text.utf8.count == 7, text.first == "#", let value = UInt32(text.dropFirst(), radix: 16) else { return nil }
    return .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }

  /// `colour`, or the nearest to it that a terminal of `depth` has.
  static func reduced(_ colour: Colour, to depth: ColourDepth) -> Colour {
    switch (colour, depth) {
    case (.standard, _), (_, .direct): return colour
    case (_, .none): return .standard
    case (.indexed, .indexed256): return colour
    case (.indexed(let index), .sixteen):
      return index < 16 ? colour : .indexed(nearest(to: components(of: index), in: 0..<16))
    case (.rgb(let red, let green, let blue), _):
      let range = depth == .sixteen ? 0..<16 : 16..<256
      return .indexed(nearest(to: (Int(red), Int(green), Int(blue)), in: range))
    }
  }

  private static func nearest(to target: (Int, Int, Int), in range: Range<Int>) -> UInt8 {
    let best = range.min { distance(components(of: UInt8($0)), target) < distance(components(of: UInt8($1)), target) }
    return UInt8(best ?? 0)
  }

  /// Squared distance, weighted roughly as the eye does.
  private static func distance(_ left: (Int, Int, Int), _ right: (Int, Int, Int)) -> Int {
    let (red, green, blue) = (left.0 - right.0, left.1 - right.1, left.2 - right.2)
    return 3 * red * red + 4 * green * green + 2 * blue * blue
  }

  /// Red, green and blue of xterm's palette.
  static func components(of index: UInt8) -> (Int, Int, Int) {
    let number = Int(index)
    if number == 7 { return (229, 229, 229) }
    if number == 8 { return (127, 127, 127) }
    if number < 16 {
      let bright = number > 8 ? 255 : 205
      return (number & 1 != 0 ? bright : 0, number & 2 != 0 ? bright : 0, number & 4 != 0 ? bright : 0)
    }
    if number >= 232 {
      let grey = 8 + 10 * (number - 232)
      return (grey, grey, grey)
    }
    let steps = [0, 95, 135, 175, 215, 255]
    return (steps[(number - 16) / 36], steps[(number - 16) / 6 % 6], steps[(number - 16) % 6])
  }
}
