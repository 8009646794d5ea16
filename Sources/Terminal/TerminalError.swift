import Platform

/// Why there can be no screen.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The process has no terminal.
  case noTerminal(SystemError)
  /// TERM is unset or empty.
  case noType
  /// TERM names a terminal that the terminfo database does not know.
  case unknownType(String)
  /// The terminal cannot place the cursor.
  case tooSimple(String)

  /// One clause that says what is missing, and what to do instead.
  public var description: String {
    switch self {
    case .noTerminal: "no terminal to show logs on; print them with -P"
    case .noType: "TERM is not set; set it to the terminal's type (such as xterm-256color), or print with -P"
    case .unknownType(let name):
      "unknown terminal type TERM=\(name); set TERM to one that this machine knows (such as xterm-256color), or print with -P"
    case .tooSimple(let name):
      "the terminal type TERM=\(name) cannot place the cursor; a screen needs that (TERM=xterm-256color has it), or print with -P"
    }
  }
}

/// How many colours the screen has; the raw values are those of `Themes.ColourDepth`.
public enum TerminalColours: Int, Hashable, Sendable {
  /// None.
  case none
  /// 8 or 16.
  case sixteen
  /// 256.
  case indexed256
  /// 24 bits.
  case direct
}
