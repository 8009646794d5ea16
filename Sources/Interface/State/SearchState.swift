import Matching
import Quantities
import QueryLanguage
import Timelines

/// The search that `n` repeats, and the one under way.
public struct SearchState: Sendable {
  /// What is searched for; nil without a search.
  public var text: String?
  /// The compiled text, for highlighting.
  public var pattern: Pattern?
  /// The search as a filter, for `x`; nil where the query language cannot spell it.
  public var filter: CompiledFilter?
  /// Whether matches are highlighted (Esc ends it, `n` begins it again).
  public var isHighlighted = false
  /// The direction of the last search.
  public var isForward = true
  /// The search that has not answered yet.
  public var inFlight: SearchRequest?
  /// When it began.
  var began = Timestamp.distantPast
  /// How far it is, 0 to 1.
  public var progress = 0.0
  /// Whether the last search that answered found nothing.
  public var isMissing = false
  /// Where typing began, to go back to on Esc.
  public var origin: Place?
  /// Whether the view followed when typing began.
  public var originFollows = false
  /// Counts the requests.
  public var requestCount = 0

  /// Makes a state without a search.
  public init() {}
}

/// What to search for, and where to begin.
public struct SearchRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// What to find.
  public var pattern: Pattern
  /// The place to start from; nil is the end or the beginning.
  public var from: Place?
  /// The direction.
  public var isForward: Bool
  /// Whether the record at `from` itself counts (while typing).
  public var includesStart: Bool
  /// How many matches to go on by.
  public var count: Int
}

/// What a search found.
public struct SearchAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The place of the match; nil if there is none.
  public var place: Place?
  /// Whether the end (or the beginning) was passed.
  public var hasWrapped: Bool

  /// Makes an answer.
  public init(id: Int, place: Place?, hasWrapped: Bool) {
    self.id = id
    self.place = place
    self.hasWrapped = hasWrapped
  }
}
