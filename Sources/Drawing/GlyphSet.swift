/// The characters that a screen is drawn with: those of Unicode, or plain ASCII where the locale has nothing else.
public enum GlyphSet: Hashable, Sendable {
  /// Blocks, lines and arrows.
  case unicode
  /// ASCII only.
  case ascii

  /// The eight heights of a bar, lowest first; the lowest also stands for zero.
  public var blocks: [String] {
    switch self {
    case .unicode: GlyphSet.unicodeBlocks
    case .ascii: GlyphSet.asciiBlocks
    }
  }

  private static let unicodeBlocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let asciiBlocks = ["_", ".", ":", "-", "=", "+", "*", "#"]

  /// The block for `value` between 0 and `top`: level 0 for zero and below, at least level 1 for anything above.
  ///
  /// The full block is left out, so that rows of bars under each other stay apart.
  public func block(_ value: Double, top: Double) -> String {
    let highest = self == .unicode ? 6 : 7
    guard value > 0, top > 0, value.isFinite else { return value == .infinity ? blocks[highest] : blocks[0] }
    return blocks[max(1, Int((min(1, value / top) * Double(highest)).rounded()))]
  }

  /// A horizontal line, as between panels and log.
  public var horizontal: String { self == .unicode ? "─" : "-" }
  /// A heavier one, for the time of an alert.
  public var alertLine: String { self == .unicode ? "━" : "=" }
  /// A vertical line.
  public var vertical: String { self == .unicode ? "│" : "|" }
  /// A heavy vertical line: the time cursor where there is no colour.
  public var heavyVertical: String { self == .unicode ? "┃" : "|" }
  /// The bar at the left of the record under the cursor.
  public var cursorBar: String { self == .unicode ? "▌" : ">" }
  /// The sign before `LIVE`.
  public var bullet: String { self == .unicode ? "●" : "*" }
  /// The sign of a bookmark.
  public var bookmark: String { self == .unicode ? "◆" : "*" }
  /// The sign of an exemplar over a panel: no bar looks like it.
  public var exemplar: String { self == .unicode ? "◆" : "o" }
  /// Stands where text was cut at the right.
  public var more: String { self == .unicode ? "›" : ">" }
  /// Stands where text was cut at the left.
  public var less: String { self == .unicode ? "‹" : "<" }
  /// Stands in the middle or at the end of shortened text.
  public var ellipsis: String { self == .unicode ? "…" : "~" }
  /// Between a number and its limit, as in `≥812`.
  public var atLeast: String { self == .unicode ? "≥" : ">=" }
  /// Something not yet known.
  public var unknown: String { self == .unicode ? "·" : "." }
  /// The corners of a box: upper left, upper right, lower left, lower right.
  public var corners: (String, String, String, String) {
    self == .unicode ? ("╭", "╮", "╰", "╯") : ("+", "+", "+", "+")
  }

  /// The glyphs for a process whose environment has these values, the way the C library chooses: LC_ALL, else LC_CTYPE,
  /// else LANG; empty counts as unset.
  public static func forLocale(all: String?, characters: String?, language: String?) -> GlyphSet {
    let name = [all, characters, language].compactMap { $0 }.first { !$0.isEmpty } ?? "C"
    let folded = name.lowercased()
    return folded.contains("utf-8") || folded.contains("utf8") ? .unicode : .ascii
  }
}
