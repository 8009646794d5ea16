/// A colour as a theme names it, before the terminal picks the best it has.
public enum Colour: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// A palette index, 0 to 255; 0 to 15 are the terminal's named colours.
  case indexed(UInt8)
  /// Red, green, blue, 0 to 255 each.
  case rgb(UInt8, UInt8, UInt8)
}

/// How a cell looks.
public struct Style: Hashable, Sendable {
  /// What a terminal can do to a character besides colour.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// One bit an attribute.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Heavier or brighter.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter.
    public static let dim = Attributes(rawValue: 2)
    /// Slanted.
    public static let italic = Attributes(rawValue: 4)
    /// Underlined.
    public static let underline = Attributes(rawValue: 8)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 16)
  }

  /// The colour of the glyph; nil leaves what lies below.
  public var foreground: Colour?
  /// The colour behind the glyph; nil leaves what lies below.
  public var background: Colour?
  /// Added to what lies below.
  public var attributes: Attributes

  /// Makes a style; the default changes nothing.
  public init(foreground: Colour? = nil, background: Colour? = nil, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own look.
  public static let plain = Style()

  /// This style with `other` laid over it: its colours win where it has any, attributes add up.
  public func overlaid(with other: Style) -> Style {
    Style(
      foreground: other.foreground ?? foreground, background: other.background ?? background,
      attributes: attributes.union(other.attributes))
  }
}
