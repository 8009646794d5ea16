extension Key {
  /// The key that a configuration names, in any case: `q`, `ctrl-s`, `alt-x`, `f1`, `space`, `shift-tab`, `pgdn`, `Enter`.
  ///
  /// A single character is itself (`G` is not `g`). Nil if there is no such key.
  public init?(name: String) {
    if name.count == 1, let character = name.first {
      self = .character(character)
      return
    }
    var rest = Substring(name)
    var modifiers: Modifiers = []
    while let dash = rest.dropFirst().firstIndex(of: "-"), rest.index(after: dash) < rest.endIndex {
      switch rest[..<dash].lowercased() {
      case "ctrl", "control", "c": modifiers.insert(.control)
      case "alt", "meta", "m": modifiers.insert(.alt)
      case "shift", "s": modifiers.insert(.shift)
      default: return nil
      }
      rest = rest[rest.index(after: dash)...]
    }
    guard let key = Key(base: rest, modifiers: modifiers) else { return nil }
    self = key
  }

  private init?(base: Substring, modifiers: Modifiers) {
    let folded = base.lowercased()
    if let name = Key.namesByText[folded] {
      self = .named(name, modifiers)
    } else if folded == "space" {
      self.init(character: " ", modifiers: modifiers)
    } else if folded.first == "f", let number = Int(folded.dropFirst()), (1...24).contains(number) {
      self = .function(number, modifiers)
    } else if base.count == 1, let character = base.first {
      self.init(character: character, modifiers: modifiers)
    } else {
      return nil
    }
  }

  private init?(character: Character, modifiers: Modifiers) {
    switch modifiers {
    case []: self = .character(character)
    case .alt: self = .alt(character)
    case .control:
      guard let folded = character.lowercased().first, character.isASCII else { return nil }
      switch folded {
      case "i": self = .tab
      case "m": self = .enter
      case "[": self = .escape
      case " ": self = .control("@")
      default: self = .control(folded)
      }
    default: return nil
    }
  }

  /// The name in configuration files; `Key(name:)` reads it back, except for pastes and the mouse.
  public var name: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let character): "ctrl-\(character)"
    case .alt(" "): "alt-space"
    case .alt(let character): "alt-\(character)"
    case .named(let name, let modifiers): Key.prefix(modifiers) + (Key.texts[name] ?? name.rawValue)
    case .function(let number, let modifiers): Key.prefix(modifiers) + "f\(number)"
    case .paste: "paste"
    case .mouse: "mouse"
    }
  }

  /// What help and the status line show: `^S`, `M-x`, `Space`, `PgDn`, `↑`, `F1`.
  public func label(_ glyphs: GlyphSet = .unicode) -> String {
    switch self {
    case .character(" "): "Space"
    case .control(let character): "^" + character.uppercased()
    case .alt(let character): "M-" + (character == " " ? "Space" : String(character))
    case .named(.tab, .shift): "S-Tab"
    case .named(let name, let modifiers): Key.short(modifiers) + Key.label(name, glyphs)
    case .function(let number, let modifiers): Key.short(modifiers) + "F\(number)"
    default: name
    }
  }

  private static func label(_ name: Name, _ glyphs: GlyphSet) -> String {
    switch name {
    case .up: glyphs == .unicode ? "↑" : "Up"
    case .down: glyphs == .unicode ? "↓" : "Down"
    case .left: glyphs == .unicode ? "←" : "Left"
    case .right: glyphs == .unicode ? "→" : "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .escape: "Esc"
    case .insert: "Ins"
    case .delete: "Del"
    case .backspace: "BkSp"
    default: name.rawValue.prefix(1).uppercased() + name.rawValue.dropFirst()
    }
  }

  private static func prefix(_ modifiers: Modifiers) -> String {
    (modifiers.contains(.control) ? "ctrl-" : "") + (modifiers.contains(.alt) ? "alt-" : "")
      + (modifiers.contains(.shift) ? "shift-" : "")
  }

  private static func short(_ modifiers: Modifiers) -> String {
    (modifiers.contains(.control) ? "C-" : "") + (modifiers.contains(.alt) ? "M-" : "")
      + (modifiers.contains(.shift) ? "S-" : "")
  }

  private static let texts: [Name: String] = [.pageUp: "pgup", .pageDown: "pgdn", .escape: "esc"]

  private static let namesByText: [String: Name] = {
    var names: [String: Name] = [
      "return": .enter, "esc": .escape, "pgup": .pageUp, "pgdn": .pageDown, "pagedown": .pageDown, "pageup": .pageUp,
      "del": .delete, "ins": .insert, "bksp": .backspace,
    ]
    for name in Name.allCases { names[name.rawValue.lowercased()] = name }
    return names
  }()
}
