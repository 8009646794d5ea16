import Glibc
public import Series

/// What height a value of a panel has.
public struct PanelScale: Sendable {
  /// The value that fills a bar.
  public var top: Double
  /// The value at which a bar is empty.
  public private(set) var bottom: Double
  /// Whether equal heights are equal ratios.
  public private(set) var isLogarithmic = false

  /// A linear scale begins at `bottom`: as given, else at zero, or at the least value where that is below. A logarithmic one begins at
  /// `bottom` if that is above zero, else at the power of ten at or below the least value above zero, eight decades below the
  /// top at most.
  public init(top: Double, bottom: Double? = nil, isLogarithmic: Bool, extents: [Extent]) {
    self.top = top
    self.bottom = bottom ?? min(0, extents.map(\.minimum).min() ?? 0)
    guard isLogarithmic, top > 0 else { return }
    if let bottom, bottom > 0 {
      self.isLogarithmic = bottom < top
      return
    }
    let least = extents.map { $0.minimum > 0 ? $0.minimum : $0.maximum }.filter { $0 > 0 }.min()
    guard let least else { return }
    let low = max(pow(10, floor(log10(least))), top * 1e-8)
    self.bottom = low < top ? low : top / 10
    self.isLogarithmic = true
  }

  /// 0 for the bottom to 1 for the top; what is above the bottom is above 0, and so is what is above zero on a logarithmic scale.
  public func share(_ value: Double) -> Double {
    guard isLogarithmic else {
      guard value > bottom, top > bottom else { return 0 }
      return value == .infinity ? 1 : min(1, (value - bottom) / (top - bottom))
    }
    guard value > 0 else { return 0 }
    return min(1, max(1e-9, log(value / bottom) / log(top / bottom)))
  }

  /// The value at a share of the height.
  public func value(at share: Double) -> Double {
    isLogarithmic ? bottom * pow(top / bottom, share) : bottom + (top - bottom) * share
  }

  /// The next number at or beyond `value`, upwards or downwards, that three digits tell.
  public static func rounded(_ value: Double, up: Bool) -> Double {
    guard value != 0, value.isFinite else { return value }
    // Divided by a power of ten rather than multiplied with a fraction: 0.3 must stay what is written 0.3.
    let exponent = 2 - floor(log10(abs(value)))
    let scaled = exponent >= 0 ? value * pow(10, exponent) : value / pow(10, -exponent)
    let nearest = scaled.rounded()
    let whole = abs(scaled - nearest) < 1e-9 * abs(scaled) ? nearest : scaled.rounded(up ? .up : .down)
    return exponent >= 0 ? whole / pow(10, exponent) : whole * pow(10, -exponent)
  }
}

/// Which columns show their least value instead of their greatest: those in which a series fell for a moment.
///
/// A bar of the greatest value hides that one scrape of ten found a target down. A column has a dip where its least value is below
/// half of its greatest, and below half of what the least values of the columns are in the middle: what falls low in every
/// other column, as counts a second do, has no dips. Heights are counted from the bottom of the scale. One that also has a
/// peak, twice what the greatest values are in the middle, shows that.
public struct PanelDips: Sendable {
  private let floor: Double
  private let peak: Double
  private let bottom: Double

  /// Looks at all columns of a panel. O(n log n)
  public init(_ extents: [Extent?], bottom: Double) {
    let known = extents.compactMap { $0 }.filter { $0.minimum.isFinite && $0.maximum.isFinite }
    self.bottom = bottom
    floor = Self.middle(known.map(\.minimum)).map { ($0 - bottom) / 2 } ?? 0
    peak = Self.middle(known.map(\.maximum)).map { ($0 - bottom) * 2 } ?? .infinity
  }

  private static func middle(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.sorted()[values.count / 2] }

  /// Whether a column has a dip.
  public func isDip(_ extent: Extent) -> Bool {
    let (least, greatest) = (extent.minimum - bottom, extent.maximum - bottom)
    return least < floor && least < greatest / 2 && greatest <= peak
  }

  /// The value that a bar shows.
  public func shown(_ extent: Extent) -> Double { isDip(extent) ? extent.minimum : extent.maximum }
}
