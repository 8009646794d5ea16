import Metrics
import Series

/// What tells the series of a panel from each other.
enum SeriesNames {
  /// What the row of the series without rows of their own is called.
  static func rest(of panel: PanelState, shown: Int) -> String {
    "+\(max(panel.series.count, panel.seriesCount) - shown) more, \(panel.combination.rawValue)"
  }

  /// For each series the values of the labels that not all of them share; the name where that is all they differ in.
  static func distinguishing(_ series: [TimeSeries]) -> [String] {
    let all = series.map { Dictionary($0.labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) }
    let names = Set(all.flatMap(\.keys)).filter { name in Set(all.map { $0[name] }).count > 1 }.sorted()
    return zip(series, all).map { series, labels in
      let values = names.compactMap { name in labels[name].map { names.count > 1 && $0.isEmpty ? "-" : $0 } }
      return values.isEmpty ? series.title : values.joined(separator: ", ")
    }
  }
}
