import Records

extension ValueTest {
  /// Where a plain number, a whole one or with a fraction, must lie for this test to hold; nil where no such range is known.
  ///
  /// For comparisons the ends are found by asking the test itself, so that units and rounding are as it sees them: it holds
  /// for all numbers on one side of a limit.
  var numberWindow: NumberWindow? {
    guard !isInverted else { return nil }
    switch condition {
    case .order(let comparison, _):
      switch comparison {
      case .greater, .greaterOrEqual: return window(from: self, to: nil)
      case .less, .lessOrEqual: return window(from: nil, to: self)
      default: return nil
      }
    case .within(let low, let high):
      guard low.dimension == high.dimension else { return nil }
      return window(
        from: ValueTest(.order(.greaterOrEqual, low), measure: unit),
        to: ValueTest(.order(.lessOrEqual, high), measure: unit))
    case .equal(let values): return Self.union(values.map(\.numberWindow))
    case .contain(let values): return Self.union(values.map(\.numberWindow))
    default: return nil
    }
  }

  /// Of `possible`, the window of this test, what passes for sure; nil where the window is more than the test asks for.
  func sureWindow(_ possible: NumberWindow) -> NumberWindow? {
    switch condition {
    case .order, .within:
      guard possible.most > possible.least, possible.most - possible.least >= 2 else { return nil }
      return NumberWindow(least: possible.least + 1, most: possible.most - 1)
    default: return nil
    }
  }

  /// More than any number that a quick look reads.
  private static let end: UInt64 = 10_000_000_000_000 * 1_000_000

  private func window(from lower: ValueTest?, to upper: ValueTest?) -> NumberWindow {
    let least = lower.map { test in Self.first { test.holds(millionths: $0) } } ?? 0
    let after = upper.map { test in Self.first { !test.holds(millionths: $0) } } ?? Self.end
    // One millionth more on both sides, for digits that are not looked at.
    return NumberWindow(least: least == 0 ? 0 : least - 1, most: after)
  }

  /// The first number for which `isTrue`, which is false up to some number and true from there on.
  private static func first(where isTrue: (UInt64) -> Bool) -> UInt64 {
    var (low, high) = (UInt64(0), end)
    while low < high {
      let middle = low + (high - low) / 2
      if isTrue(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func holds(millionths value: UInt64) -> Bool {
    let (whole, rest) = value.quotientAndRemainder(dividingBy: 1_000_000)
    let digits = String(rest)
    var text = rest == 0 ? "\(whole)" : "\(whole)." + String(repeating: "0", count: 6 - digits.count) + digits
    return text.withUTF8 {
      holds(FieldValue(bytes: UnsafeRawBufferPointer($0), kind: .number, encoding: .plain))
    }
  }

  private static func union(_ windows: [NumberWindow?]) -> NumberWindow? {
    var result: NumberWindow?
    for window in windows {
      guard let window else { return nil }
      let old = result ?? window
      result = NumberWindow(least: min(old.least, window.least), most: max(old.most, window.most))
    }
    return result
  }
}

extension NumberWindow {
  /// The numbers from `low` to `high`, and what rounding may add; nil where they are out of reach.
  init?(_ low: Double, _ high: Double) {
    guard low >= 0, high < 1e9 else { return nil }
    let least = (low * 1e6).rounded(.down)
    self.init(least: least < 1 ? 0 : UInt64(least) - 1, most: UInt64((high * 1e6).rounded(.up)) + 1)
  }
}
