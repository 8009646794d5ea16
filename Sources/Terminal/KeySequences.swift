import Drawing

/// What the parameters and final bytes of escape sequences mean on the terminals in use (xterm, VT220, rxvt, console).
enum KeySequences {
  /// The key of `ESC [ parameters final`; nil if it is none that we know.
  static func key(parameters: [Int], final: UInt8) -> Key? {
    let modifiers = parameters.count > 1 ? self.modifiers(parameters[1]) : []
    if final == UInt8(ascii: "~") { return numbered(parameters.first ?? 0, parameters: parameters, modifiers) }
    if final == UInt8(ascii: "u") { return coded(parameters.first ?? 0, modifiers) }
    return key(final: final, modifiers: modifiers)
  }

  /// The key that a final letter names.
  static func key(final: UInt8, modifiers: Key.Modifiers) -> Key? {
    switch Unicode.Scalar(final) {
    case "A": .named(.up, modifiers)
    case "B": .named(.down, modifiers)
    case "C": .named(.right, modifiers)
    case "D": .named(.left, modifiers)
    case "H": .named(.home, modifiers)
    case "F": .named(.end, modifiers)
    case "Z": .named(.tab, modifiers.union(.shift))
    case "P": .function(1, modifiers)
    case "Q": .function(2, modifiers)
    case "R": .function(3, modifiers)
    case "S": .function(4, modifiers)
    default: nil
    }
  }

  /// `ESC [ number ~`.
  private static func numbered(_ number: Int, parameters: [Int], _ modifiers: Key.Modifiers) -> Key? {
    switch number {
    case 1, 7: .named(.home, modifiers)
    case 2: .named(.insert, modifiers)
    case 3: .named(.delete, modifiers)
    case 4, 8: .named(.end, modifiers)
    case 5: .named(.pageUp, modifiers)
    case 6: .named(.pageDown, modifiers)
    case 11...15: .function(number - 10, modifiers)
    case 17...21: .function(number - 11, modifiers)
    case 23...26: .function(number - 12, modifiers)
    case 28, 29: .function(number - 13, modifiers)
    case 31...34: .function(number - 14, modifiers)
    case 27 where parameters.count > 2: coded(parameters[2], modifiers)
    default: nil
    }
  }

  /// A key given by its code point, as terminals with extended keyboards send it.
  private static func coded(_ code: Int, _ modifiers: Key.Modifiers) -> Key? {
    switch code {
    case 9: return .named(.tab, modifiers)
    case 13: return .named(.enter, modifiers)
    case 27: return .named(.escape, modifiers)
    case 127: return .named(.backspace, modifiers)
    default: break
    }
    guard code > 31, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else { return nil }
    let character = Character(scalar)
    if modifiers.contains(.control) { return character.lowercased().first.map { .control($0) } }
    return modifiers.contains(.alt) ? .alt(character) : .character(character)
  }

  /// xterm's number for modifiers: 1 plus shift 1, alt 2, control 4, meta 8.
  private static func modifiers(_ number: Int) -> Key.Modifiers {
    let bits = max(0, number - 1)
    var modifiers: Key.Modifiers = []
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & 10 != 0 { modifiers.insert(.alt) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }
}

/// The mouse in SGR form: `ESC [ < buttons ; column ; row M` (down) or `m` (up).
enum MouseSequences {
  /// The event; nil if it is malformed or none that we use.
  static func event(_ parameters: ArraySlice<UInt8>, final: UInt8) -> MouseEvent? {
    let numbers = parameters.split(separator: UInt8(ascii: ";")).map { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 3, let code = numbers[0], let column = numbers[1], let row = numbers[2] else { return nil }
    guard code >= 0, column > 0, row > 0 else { return nil }
    var modifiers: Key.Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    guard let action = action(code, isUp: final == UInt8(ascii: "m")) else { return nil }
    return MouseEvent(action, column: column - 1, row: row - 1, modifiers: modifiers)
  }

  private static func action(_ code: Int, isUp: Bool) -> MouseEvent.Action? {
    let button = code & 3
    switch code & 0b1110_0000 {
    case 0: return isUp ? .release(button) : .press(button)
    case 32: return button == 3 ? nil : .drag(button)
    case 64: return [.scrollUp, .scrollDown, .scrollLeft, .scrollRight][button]
    default: return nil
    }
  }
}
