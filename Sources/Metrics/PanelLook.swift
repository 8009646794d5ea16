/// How a panel is drawn; what it asks is the same whatever it looks like.
public struct PanelLook: Hashable, Sendable {
  /// Rows of its picture, 1 to `mostRows`.
  public var rows = 1
  /// What the picture is made of; nil for what suits the data: a histogram is drawn as heat, anything else as bars.
  public var style: PanelStyle?
  /// Whether the scale is logarithmic.
  public var isLogarithmic = false
  /// Whether each series has a row of its own below the panel; of a histogram, each bucket.
  public var showsSeries = false
  /// Whether it is not shown.
  public var isHidden = false

  /// Rows of the picture at most.
  public static let mostRows = 24

  /// A row on a linear scale.
  public init() {}
}

/// What the picture of a panel is made of; the raw value is the name in configurations.
public enum PanelStyle: String, CaseIterable, Hashable, Sendable {
  /// A bar a column: of several series what they come to together, of a histogram how much was counted.
  case bars
  /// A line a series; of a histogram its 50th, 95th and 99th percentile.
  case line
  /// Of a histogram: a row for some buckets each, the darker the more fell into them; on one row its 95th percentile.
  case heat
}
