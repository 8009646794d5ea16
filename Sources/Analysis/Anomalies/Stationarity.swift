import Glibc

/// Dickey and Fuller's augmented test: whether values return to their mean rather than wander.
///
/// Each change is explained by the value before it, a constant and some earlier changes, as many as Akaike's criterion wants,
/// at most ten. The values are stationary if the value before pulls back strongly: its t statistic lies below the limit
/// at 5% of MacKinnon (1994) for a test with a constant.
enum Stationarity {
  /// Where MacKinnon's approximation of the probability crosses 5%.
  static let limit = -2.8616

  /// Whether the values are stationary; of too few to say, they are not.
  static func isStationary(_ values: ContiguousArray<Double>) -> Bool {
    statistic(values).map { $0 < limit } ?? false
  }

  /// The t statistic of the value before; nil of too few values or ones that do not change. O(n)
  static func statistic(_ values: ContiguousArray<Double>, mostLags: Int = 10) -> Double? {
    let most = min(mostLags, values.count / 2 - 2)
    guard most >= 0 else { return nil }
    var best: (lags: Int, criterion: Double)?
    for lags in 0...most {
      guard let fit = Fit(values, lags: lags, skipping: most) else { continue }
      let criterion = Double(fit.count) * log(fit.squares) + 2 * Double(lags)
      if criterion < best?.criterion ?? .infinity { best = (lags, criterion) }
    }
    return best.flatMap { Fit(values, lags: $0.lags, skipping: $0.lags)?.statistic }
  }

  /// Least squares with the value before as the last column, orthogonalised by Gram and Schmidt's modified method: the part of
  /// that column that the others do not explain gives its coefficient's t statistic.
  private struct Fit {
    let count: Int
    let squares: Double
    let statistic: Double

    init?(_ values: ContiguousArray<Double>, lags: Int, skipping: Int) {
      let changes = zip(values.dropFirst(), values).map { $0 - $1 }
      let rows = skipping..<changes.count
      guard rows.count > lags + 2 else { return nil }
      var columns = [[Double](repeating: 1, count: rows.count)]
      if lags > 0 {
        for lag in 1...lags { columns.append(rows.map { changes[$0 - lag] }) }
      }
      columns.append(rows.map { values[$0] })
      var rest = Array(changes[rows])
      var share = 0.0
      for index in columns.indices {
        let length = Self.product(columns[index], columns[index]).squareRoot()
        guard length > 1e-12 * Double(rows.count) else { return nil }
        let unit = columns[index].map { $0 / length }
        for other in columns.indices.dropFirst(index + 1) { _ = Self.remove(unit, from: &columns[other]) }
        share = Self.remove(unit, from: &rest)
      }
      count = rows.count
      squares = Self.product(rest, rest)
      guard squares > 0 else { return nil }
      statistic = share / (squares / Double(rows.count - lags - 2)).squareRoot()
    }

    private static func product(_ left: [Double], _ right: [Double]) -> Double {
      zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Takes the part along a unit vector out of `vector`; gives its length.
    private static func remove(_ unit: [Double], from vector: inout [Double]) -> Double {
      let length = product(unit, vector)
      for index in vector.indices { vector[index] -= length * unit[index] }
      return length
    }
  }
}
