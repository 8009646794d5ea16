/// The flags that a pattern starts with; `(?ims)` in the pattern changes them from there on.
public struct PatternOptions: Hashable, Sendable {
  /// Flag `i`: letters match their other case. ASCII letters fold among themselves only, so `k` is not the Kelvin sign.
  public var ignoresCase: Bool
  /// Flag `s`: `.` matches a newline too.
  public var dotMatchesNewline: Bool
  /// Flag `m`: `^` and `$` match at every line, not only at the ends of the text.
  public var anchorsMatchLines: Bool

  /// Makes options; without arguments none is set.
  public init(ignoresCase: Bool = false, dotMatchesNewline: Bool = false, anchorsMatchLines: Bool = false) {
    self.ignoresCase = ignoresCase
    self.dotMatchesNewline = dotMatchesNewline
    self.anchorsMatchLines = anchorsMatchLines
  }
}
