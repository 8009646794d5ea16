/// How a panel is drawn; what it asks is the same whatever it looks like.
public struct PanelLook: Hashable, Sendable {
  /// Rows of its bars, 1 to `mostRows`.
  public var rows = 1
  /// Whether the scale is logarithmic.
  public var isLogarithmic = false
  /// Whether each series has a row of its own below the panel; of a histogram, each bucket.
  public var showsSeries = false
  /// Whether it is not shown.
  public var isHidden = false

  /// Rows of bars at most.
  public static let mostRows = 24

  /// A row of bars on a linear scale.
  public init() {}
}
