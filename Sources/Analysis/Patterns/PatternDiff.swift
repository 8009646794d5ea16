import Glibc
import QueryLanguage
import Quantities
import Records

/// The table of `patterns diff`: which patterns are new, gone, or of another rate than before.
///
/// Whether rates differ is decided by the log-likelihood ratio G² of two counts over the lengths of their windows (Dunning,
/// "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19, 1993; as two counts are compared in
/// Rayson and Garside 2000).
struct PatternDiff {
  private let sink: PatternSink
  private var store: PatternStore { sink.store }
  /// The lengths of the windows in minutes.
  private let minutes: (current: Double, baseline: Double)

  /// G² above which one in 1,000 unchanged rates would lie.
  static let changed = 10.83
  /// Above which one in 20 would lie: for what is only in one window.
  static let appeared = 3.84
  /// The least factor between two rates that is shown.
  static let factor = 1.5

  /// Compares the windows of a sink whose templates have been clustered.
  init(_ sink: PatternSink) {
    self.sink = sink
    func length(_ range: Range<Timestamp>?) -> Double {
      range.map { max(($0.upperBound - $0.lowerBound).seconds / 60, 1e-9) } ?? 1
    }
    minutes = (length(sink.plan.windows?.current), length(sink.plan.windows?.baseline))
  }

  /// A pattern that is shown.
  private struct Finding {
    var number: Int
    var score: Double
    var change: String
  }

  func table() -> ResultTable {
    let columns = ["change", "now/min", "before/min", "level"].map { ResultTable.Column($0) }
    var findings = (0..<store.count).compactMap { finding($0) }
    findings.sort {
      $0.score != $1.score
        ? $0.score > $1.score : store.keys.key($0.number).lexicographicallyPrecedes(store.keys.key($1.number))
    }
    let rows = findings.map { finding in
      ResultTable.Row(
        [
          .text(finding.change), rate(store.counts[finding.number], minutes.current),
          rate(store.baseline[finding.number], minutes.baseline), PatternRows.level(store, finding.number),
          .text(TemplateText.shown(store.parts(finding.number).template)),
        ], filter: PatternRows.filter(sink, finding.number))
    }
    let rest = store.count - findings.count
    let notes =
      [
        "\(rest) patterns whose rate did not change are not shown: changed is G² >= 10.83 (p < 0.001) and a factor of 1.5, "
          + "new and gone is G² >= 3.84 (p < 0.05) or any warning"
      ] + PatternRows.bounds(sink)
    return ResultTable(columns: columns + [ResultTable.Column("pattern", role: .key)], rows: rows, notes: notes)
  }

  private func rate(_ count: Int, _ minutes: Double) -> Value {
    .number((Double(count) / minutes * 1000).rounded() / 1000)
  }

  private func finding(_ number: Int) -> Finding? {
    let (now, before) = (store.counts[number], store.baseline[number])
    let score = Self.score(now, minutes.current, before, minutes.baseline)
    let isWarning = store.levels(of: number).map { $0.worst >= .warn } ?? false
    if now == 0 || before == 0 {
      guard score >= Self.appeared || isWarning else { return nil }
      return Finding(number: number, score: score, change: before == 0 ? "new" : "gone")
    }
    let ratio = Double(now) / minutes.current / (Double(before) / minutes.baseline)
    guard score >= Self.changed, ratio >= Self.factor || ratio <= 1 / Self.factor else { return nil }
    let digits =
      ratio >= 10 ? ratio.rounded() : ratio >= 0.1 ? (ratio * 10).rounded() / 10 : (ratio * 1000).rounded() / 1000
    return Finding(number: number, score: score, change: "x" + ValueText.number(digits))
  }

  /// G² of two counts in windows of the given lengths: 0 for equal rates.
  static func score(_ now: Int, _ nowLength: Double, _ before: Int, _ beforeLength: Double) -> Double {
    let total = Double(now + before)
    let share = nowLength / (nowLength + beforeLength)
    func part(_ count: Int, _ share: Double) -> Double {
      count == 0 ? 0 : Double(count) * log(Double(count) / (total * share))
    }
    return max(0, 2 * (part(now, share) + part(before, 1 - share)))
  }
}
