/// Decides, from the environment alone, which terminal description to use and how many colours to show.
struct TerminalChoice: Equatable {
  /// What the user wants of colours.
  enum Colours: Equatable { case best, none }

  /// The descriptions to try in this order: a name for ncurses, and an inline entry for `TERMINFO` or nil for the database.
  var candidates: [Candidate]
  /// Whether colours are wanted.
  var wantsColours: Bool

  struct Candidate: Equatable {
    var name: String
    var inlineEntry: String?
  }

  /// - Parameters:
  ///   - environment: Returns a variable; nil if unset.
  ///   - forcesColours: `--color always` and the like win over NO_COLOR.
  init(environment: (String) -> String?, forcesColours: Bool?) {
    let name = environment("TERM") ?? ""
    let forbidden = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    wantsColours = forcesColours ?? !forbidden
    candidates = [Candidate(name: name)]
    let isModern = TerminalChoice.isModern(name)
    let trueColour = ["truecolor", "24bit"].contains(environment("COLORTERM") ?? "")
    if trueColour && wantsColours && isModern {
      candidates.insert(Candidate(name: "chiplog-direct", inlineEntry: TerminalDescriptions.direct), at: 0)
    }
    if isModern { candidates.append(Candidate(name: "chiplog-256color", inlineEntry: TerminalDescriptions.indexed256)) }
  }

  /// Whether a terminal of this name understands what xterm does; `-direct` entries speak for themselves.
  static func isModern(_ name: String) -> Bool {
    if name.hasSuffix("-direct") || name.hasSuffix("-mono") || name.hasSuffix("-m") { return false }
    let families = [
      "xterm", "tmux", "screen", "alacritty", "kitty", "foot", "wezterm", "ghostty", "contour", "konsole", "gnome",
      "vte",
      "iterm", "mintty", "rio", "st-",
    ]
    return families.contains { name.hasPrefix($0) } || name == "st"
  }
}
