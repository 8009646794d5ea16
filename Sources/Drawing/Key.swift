/// A key press, a paste, or something the mouse did.
public enum Key: Hashable, Sendable {
  /// A character typed without Control or Alt.
  case character(Character)
  /// Control with a letter (lower case) or one of `@ [ \ ] ^ _ ?`; Tab, Enter, Escape and Backspace have their own cases.
  case control(Character)
  /// Alt (Meta) with a character.
  case alt(Character)
  /// A key with a name, with the modifiers held.
  case named(Name, Modifiers)
  /// A function key, 1 to 24, with the modifiers held.
  case function(Int, Modifiers)
  /// Text pasted in one piece (bracketed paste); may hold anything.
  case paste(String)
  /// What the mouse did.
  case mouse(MouseEvent)

  /// Keys that have a name instead of a character.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    /// A key whose name says all.
    case enter, tab, escape, backspace, up, down, left, right, home, end, pageUp, pageDown, insert, delete
  }

  /// Keys held while another is pressed.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// One bit a key.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Shift.
    public static let shift = Modifiers(rawValue: 1)
    /// Alt (Meta).
    public static let alt = Modifiers(rawValue: 2)
    /// Control.
    public static let control = Modifiers(rawValue: 4)
  }

  /// Enter.
  public static let enter = Key.named(.enter, [])
  /// Tab.
  public static let tab = Key.named(.tab, [])
  /// Shift-Tab.
  public static let backTab = Key.named(.tab, .shift)
  /// Escape.
  public static let escape = Key.named(.escape, [])
  /// Backspace.
  public static let backspace = Key.named(.backspace, [])
  /// The arrow up.
  public static let up = Key.named(.up, [])
  /// The arrow down.
  public static let down = Key.named(.down, [])
  /// The arrow left.
  public static let left = Key.named(.left, [])
  /// The arrow right.
  public static let right = Key.named(.right, [])
  /// Alt and the arrow left.
  public static let altLeft = Key.named(.left, .alt)
  /// Alt and the arrow right.
  public static let altRight = Key.named(.right, .alt)
  /// Home.
  public static let home = Key.named(.home, [])
  /// End.
  public static let end = Key.named(.end, [])
  /// Page up.
  public static let pageUp = Key.named(.pageUp, [])
  /// Page down.
  public static let pageDown = Key.named(.pageDown, [])
  /// Insert.
  public static let insert = Key.named(.insert, [])
  /// Delete.
  public static let delete = Key.named(.delete, [])
  /// The space bar.
  public static let space = Key.character(" ")
  /// A function key without modifiers.
  public static func f(_ number: Int) -> Key { .function(number, []) }
}

/// What the mouse did, and where.
public struct MouseEvent: Hashable, Sendable {
  /// The kinds of things that a mouse does.
  public enum Action: Hashable, Sendable {
    /// A button (0 left, 1 middle, 2 right) went down.
    case press(Int)
    /// A button went up.
    case release(Int)
    /// The mouse moved with a button down.
    case drag(Int)
    /// The wheel turned by one step.
    case scrollUp, scrollDown
    /// It was tilted, or a touchpad scrolled sideways, by one step.
    case scrollLeft, scrollRight
  }

  /// What happened.
  public var action: Action
  /// The column of the cell, 0 at the left.
  public var column: Int
  /// The row of the cell, 0 at the top.
  public var row: Int
  /// Keys held.
  public var modifiers: Key.Modifiers

  /// Makes an event.
  public init(_ action: Action, column: Int, row: Int, modifiers: Key.Modifiers = []) {
    self.action = action
    self.column = column
    self.row = row
    self.modifiers = modifiers
  }
}
