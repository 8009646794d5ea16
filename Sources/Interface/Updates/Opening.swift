import Metrics
import Quantities

/// What the command line asks of the screen at the start.
public struct Opening: Sendable {
  /// Where the cursor goes first.
  public enum Start: Equatable, Sendable {
    /// To the end, following (`+F`, and by default).
    case end
    /// To the first record (`+G` goes to the end without following, `+N` to line N).
    case line(LineNumber)
    /// To the end, paused.
    case endPaused
    /// To the first match of a pattern, from the beginning.
    case search(String)
    /// To the first record at or after an instant.
    case time(Timestamp)
  }

  /// The filter's text; empty for none. It must have been checked before.
  public var filter = ""
  /// Where the cursor goes first.
  public var start = Start.end
  /// Whether the view follows (`--no-follow` does not).
  public var follows = true
  /// The panels.
  public var panels: [PanelSpecification] = []
  /// Whether nothing was named, so that the list of files opens.
  public var choosesFiles = false
  /// The entries of the prompts from earlier sessions.
  public var histories: [PromptKind: [String]] = [:]

  /// Nothing asked for.
  public init() {}
}

extension State {
  /// The effects that begin a session; call it once, before the first event.
  public mutating func start(_ opening: Opening, settings: Settings) -> [Effect] {
    self.settings = settings
    options.filter = opening.filter
    follow.isFollowing = opening.follows
    panels.specifications = opening.panels
    histories = opening.histories.mapValues { PromptHistory($0) }
    return []
  }
}
