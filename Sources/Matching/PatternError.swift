/// Why a pattern was refused, and where in it.
public struct PatternError: Error, Hashable, Sendable {
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// The offending part, as UTF-8 offsets in the pattern; empty at the end where something is missing.
  public var range: Range<Int>
  /// What to write instead, where there is something.
  public var help: String?

  /// Makes an error.
  public init(message: String, range: Range<Int>, help: String? = nil) {
    self.message = message
    self.range = range
    self.help = help
  }
}
