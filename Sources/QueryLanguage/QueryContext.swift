import Quantities

/// What a query needs to know of the world when it is applied.
public struct QueryContext: Sendable {
  /// The clock.
  public var now: Timestamp
  /// The stamp of the newest record; nil if there is none.
  public var newest: Timestamp?
  /// The stamp of the record under the cursor; nil without a screen.
  public var cursor: Timestamp?
  /// Whether the view follows, so that relative times are relative to now and slide.
  public var isFollowing: Bool
  /// The zone of times in the query that name none.
  public var zone: Zone
  /// Saved filters by name.
  public var savedFilters: [String: String]
  /// The paths of the fields seen so far; empty if nothing is known.
  public var knownFields: Set<String>

  /// Makes a context.
  public init(
    now: Timestamp, newest: Timestamp? = nil, cursor: Timestamp? = nil, isFollowing: Bool = false, zone: Zone = .utc,
    savedFilters: [String: String] = [:], knownFields: Set<String> = []
  ) {
    self.now = now
    self.newest = newest
    self.cursor = cursor
    self.isFollowing = isFollowing
    self.zone = zone
    self.savedFilters = savedFilters
    self.knownFields = knownFields
  }
}
