import Analysis
import Drawing
import Quantities
import QueryLanguage

/// Results over the time axis.
extension State {
  /// The series of the result; nil where it has no time slices.
  var chartContent: ChartContent? { showsResult ? result.chart : nil }

  /// Whether the result is drawn over the time axis.
  public var isChartOverTime: Bool {
    guard showsResult, case .chart = result.form, let table = result.table else { return false }
    return ChartContent.slice(of: table) != nil && axis != nil
  }

  /// The slice of the row under the cursor; nil where the result has none.
  public var chartTime: Timestamp? {
    guard showsResult, let table = result.table, let slice = ChartContent.slice(of: table)?.column,
      let cells = result.cursorRow?.cells, cells.indices.contains(slice), case .time(let time) = cells[slice]
    else { return nil }
    return time
  }

  /// The time of the row under the cursor of a result: of its slice, else the first that it names.
  public var resultTime: Timestamp? {
    if let chartTime { return chartTime }
    guard showsResult else { return nil }
    return result.cursorRow?.cells.lazy.compactMap { if case .time(let time) = $0 { time } else { nil } }.first
  }

  /// `h` and `l` in a chart: to the slice before, or after.
  mutating func moveAlongChart(by count: Int) -> [Effect] {
    guard let times = chartContent?.times, !times.isEmpty else { return [] }
    let index = chartTime.flatMap { time in times.firstIndex(of: time) } ?? times.count - 1
    moveInResult(toSlice: times[min(max(0, index + count), times.count - 1)])
    return []
  }

  /// A click on a chart: to the slice there.
  mutating func goToSlice(atColumn column: Int) -> [Effect] {
    guard let axis, let content = chartContent, layout.axisColumns > 0 else { return [] }
    let column = min(max(0, column - layout.axisColumn), layout.axisColumns - 1)
    let time = axis.time(ofColumn: column + 1, columns: layout.axisColumns)
    guard let slice = content.times.last(where: { $0 < time }) ?? content.times.first else { return [] }
    moveInResult(toSlice: slice)
    return []
  }

  private mutating func moveInResult(toSlice time: Timestamp) {
    guard let table = result.table, let slice = ChartContent.slice(of: table)?.column else { return }
    let index = result.rows.firstIndex { row in
      let cells = table.rows[row.index].cells
      return cells.indices.contains(slice) && cells[slice] == .time(time)
    }
    if let index { moveInResult(to: index) }
  }

  /// The filter of the slice under the cursor: a chart's Enter looks into all series at once.
  var sliceFilter: String? {
    guard isChartOverTime, let start = chartTime, let content = chartContent else { return nil }
    return "time:\(start.iso8601)..\((start + content.slice).iso8601)"
  }

  /// `c`: as a table, then in each way in which it can be drawn.
  mutating func changeForm() -> [Effect] {
    guard let table = result.table else { return [] }
    let isOverTime = ChartContent.slice(of: table) != nil && axis != nil
    let forms: [ResultState.Form] =
      isOverTime ? [.table, .chart(.line), .chart(.bar), .chart(.spark)] : [.table, .chart(.bar)]
    let index = forms.firstIndex(of: result.form) ?? 0
    result.form = forms[(index + 1) % forms.count]
    keepResultCursorVisible()
    let name = if case .chart(let kind) = result.form { kind.rawValue } else { "table" }
    return say(isOverTime ? name : "\(name); lines need time slices: by 1m") + refreshAxis()
  }
}

/// The columns of a table whose numbers add up over groups: counts, rates and sums.
enum SummingColumns {
  static func of(_ table: ResultTable, query: String) -> Set<Int> {
    of(table, stages: (try? QueryParser.parse(query))?.stages ?? [])
  }

  static func of(_ table: ResultTable, stages: [Stage]) -> Set<Int> {
    let values = table.columns.indices.filter { table.columns[$0].role == .value }
    for stage in stages.reversed() {
      guard case .aggregate(let aggregation) = stage.kind, aggregation.aggregates.count == values.count else {
        continue
      }
      return Set(zip(values, aggregation.aggregates).filter { $1.function.isAdditive }.map(\.0))
    }
    return Set(values.filter { ["count", "rate", "sum"].contains(table.columns[$0].name.prefix { $0 != "(" }) })
  }
}

extension Aggregate.Function {
  /// Whether the numbers of several groups add up to that of all together.
  var isAdditive: Bool {
    switch self {
    case .count, .countWhere, .rate, .sum: true
    case .average, .minimum, .maximum, .distinct, .first, .last, .percentile, .deviation: false
    }
  }
}
