import Glibc
public import Series

/// What height a value of a panel has.
public struct PanelScale: Sendable {
  /// The value that fills a bar.
  public var top: Double
  /// The value at which a logarithmic scale begins; nil for a linear one, which begins at zero.
  public private(set) var low: Double?

  /// A logarithmic scale begins at the power of ten at or below the least value above zero, eight decades below the top at most.
  public init(top: Double, isLogarithmic: Bool, extents: [Extent]) {
    self.top = top
    let least = extents.map { $0.minimum > 0 ? $0.minimum : $0.maximum }.filter { $0 > 0 }.min()
    if isLogarithmic, let least, top > 0 { low = max(pow(10, floor(log10(least))), top * 1e-8) }
    if let low, low >= top { self.low = top / 10 }
  }

  /// 0 for the bottom to 1 for the top; what is above zero is above the bottom.
  public func share(_ value: Double) -> Double {
    guard value > 0, top > 0 else { return 0 }
    guard let low else { return min(1, value / top) }
    return min(1, max(1e-9, log(value / low) / log(top / low)))
  }

  /// The value at a share of the height.
  public func value(at share: Double) -> Double {
    guard let low else { return top * share }
    return low * pow(top / low, share)
  }
}
