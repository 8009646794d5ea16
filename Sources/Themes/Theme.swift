import Drawing

/// How many colours a terminal shows.
public enum ColourDepth: Int, Comparable, Hashable, Sendable {
  /// None: only bold, underline and reverse.
  case none
  /// The 16 named ones, as the user has set them.
  case sixteen
  /// The 256 of xterm's palette.
  case indexed256
  /// 24 bits.
  case direct

  /// Fewer first.
  public static func < (left: ColourDepth, right: ColourDepth) -> Bool { left.rawValue < right.rawValue }
}

/// How every role looks at one colour depth.
///
///     let theme = try Theme(named: "dark", depth: .indexed256) { path in read(path) }
///     theme.style(.level(5))
public struct Theme: Sendable {
  /// The name of a built-in theme, or the path of a file.
  public let name: String
  /// The depth that its colours were chosen for.
  public let depth: ColourDepth
  private let styles: [Role: Style]

  init(name: String, depth: ColourDepth, styles: [Role: Style]) {
    self.name = name
    self.depth = depth
    self.styles = styles
  }

  /// How `role` looks.
  public func style(_ role: Role) -> Style {
    if case .source(let number) = role { return styles[.source(Role.sourceIndex(number))] ?? .plain }
    return styles[role] ?? .plain
  }

  /// The built-in theme or theme file called `name`.
  ///
  /// - Parameter read: Returns the bytes of a file, nil if there is none; asked only for names that are no built-in theme
  ///   (a path, or what `inherits` names).
  /// - Throws: `ThemeError`: an unknown name with the nearest known one, or a mistake in a file with its place.
  public init(named name: String, depth: ColourDepth, read: (String) -> [UInt8]? = { _ in nil }) throws(ThemeError) {
    var loader = ThemeLoader(depth: depth)
    try loader.load(name, read: read)
    self.init(name: name, depth: depth, styles: loader.styles())
  }

  /// The theme that is always there.
  public static func standard(depth: ColourDepth) -> Theme {
    (try? Theme(named: "dark", depth: depth)) ?? Theme(name: "plain", depth: depth, styles: [:])
  }

  /// The names of the built-in themes.
  public static var builtInNames: [String] { BuiltInThemes.texts.map(\.name) }
}

/// A theme that cannot be used, and why.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The theme or file.
  public var theme: String
  /// The line of the mistake, counted from 1; nil if it is not in a file.
  public var line: Int?
  /// Its column, counted from 1.
  public var column: Int?
  /// What is wrong.
  public var message: String

  /// Makes an error.
  public init(theme: String, line: Int? = nil, column: Int? = nil, message: String) {
    self.theme = theme
    self.line = line
    self.column = column
    self.message = message
  }

  /// `mine.jsonc:3:14: unknown colour "gren"; did you mean "green"?`.
  public var description: String {
    guard let line, let column else { return message }
    return "\(theme):\(line):\(column): \(message)"
  }
}
