import Analysis
import Metrics
import Quantities
import QueryLanguage
import Series
import Timelines

/// Panels made from the logs.
extension Workspace {
  func ask(_ request: LogPanelRequest, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    var panel = PanelState(specification: request.specification)
    do throws(Diagnostic) {
      let query = try PanelQuery(request.specification.expression, slice: request.slice, part: request.part)
      let outcome = try results.run(
        query.tree, context: request.context, over: snapshot(without: request.hidden), cancellation: cancellation,
        partial: { _, _ in })
      guard let outcome, !cancellation.isCancelled else { return }
      query.fill(&panel, with: outcome.table, span: request.lookedAt)
    } catch {
      panel.status = .failed(message: error.sentence, caret: error.range)
    }
    emit(.logPanel(LogPanelAnswer(id: request.id, panel: panel)))
  }
}

/// A query made to give one series over time.
struct PanelQuery {
  /// The query, counting where it only filters, by slices of time where it names none.
  var tree: SyntaxTree
  private var isRate = false

  /// - Parameter part: Only records of this time are looked at; nil looks at all.
  init(_ text: String, slice: TimeSpan, part: TimeAxis? = nil) throws(Diagnostic) {
    let read = try QueryParser.parse(text)
    var root = read.root
    if let part {
      root = .conjunction([try QueryParser.parse("time:\(part.from.iso8601)..\(part.to.iso8601)").root, root])
    }
    var stages: [Stage] = []
    var aggregation: Aggregation?
    for stage in read.stages {
      switch stage.kind {
      case .chart, .panel: break
      case .aggregate(var found):
        let hasSlice = found.keys.contains { if case .slice = $0 { true } else { false } }
        if !hasSlice { found.keys.insert(.slice(nanoseconds: slice.nanoseconds), at: 0) }
        aggregation = found
        stages.append(Stage(.aggregate(found), range: stage.range))
      case .frequent, .patterns, .tree, .context:
        throw Diagnostic(
          "a panel shows numbers over time", range: stage.range, help: "as in level>=error | count by host")
      // Of slices, the first ten are no answer.
      case .sort, .limit: if aggregation == nil { stages.append(stage) }
      default: stages.append(stage)
      }
    }
    if aggregation == nil {
      stages.append(Stage(.aggregate(Aggregation([Aggregate(.count)], by: [.slice(nanoseconds: slice.nanoseconds)]))))
    }
    if case .rate? = aggregation?.aggregates.first?.function { isRate = true }
    tree = SyntaxTree(text: read.text, root: root, stages: stages)
  }

  /// Makes the first computed column the line of a panel; groups are put together.
  func fill(_ panel: inout PanelState, with table: ResultTable, span: ClosedRange<Timestamp>) {
    let sums = SummingColumns.of(table, stages: tree.stages)
    guard let content = ChartContent(table, sums: sums, span: span), let group = content.groups.first else {
      panel.status = .empty(reason: "no records match")
      return
    }
    panel.series = group.series.map { series in
      TimeSeries(
        labels: [Label(name: "__name__", value: series.name)],
        samples: ContiguousArray(series.samples.map { Sample(time: $0.time, value: $0.value * group.unit.scale) }),
        step: content.slice)
    }
    let combination: SeriesCombination = group.isAdditive ? .sum : .maximum
    // Of several computed columns (p50, p95) the first is the panel's; the others are lines or rows beside it.
    let areParts = group.title != nil
    panel.combination = areParts ? combination : .maximum
    panel.drawn = areParts ? combination.combined(panel.series) : panel.series.first
    panel.seriesCount = panel.series.count
    panel.drawnLabel =
      panel.series.count < 2 ? "" : areParts ? "\(combination.rawValue) of \(panel.series.count)" : panel.series[0].name
    if panel.specification.unit == nil { panel.unit = MetricUnit(group.unit.base, isRate: isRate) }
    panel.step = content.slice
    let slices = isRate ? "" : "in slices of \(ValueText.duration(Double(content.slice.nanoseconds)))"
    let groups = panel.seriesCount > 1 && areParts ? "\(panel.seriesCount) series, \(combination.rawValue)" : ""
    panel.note = [slices, groups].filter { !$0.isEmpty }.joined(separator: ", ")
    panel.status = .fresh(.distantPast)
  }
}

extension ChartSeries.Unit {
  /// The unit of panels for it, and what its numbers are multiplied with to be in that.
  fileprivate var base: MetricUnit.Base {
    switch self {
    case .number: .number
    case .duration: .seconds
    case .size: .bytes
    }
  }

  fileprivate var scale: Double { self == .duration ? 1e-9 : 1 }
}
