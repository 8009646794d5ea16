import QueryLanguage
import Records

extension PipelinePlan {
  /// How the query is evaluated, a line a step: what bitmaps of the index (or a search in the bytes) decide, what each record is
  /// asked, what is kept, and what is done with the result.
  public var explanation: [String] {
    var lines = ["filter: \(QueryPrinter.print(tree.root))"]
    lines += filter.predicate.leaves.map { "  \($0.title): \($0.explanation)" }
    let stages = tree.stages
    let end = stages.firstIndex(where: \.endsRecords) ?? stages.count
    for stage in stages[..<end] { lines.append("each record: \(QueryPrinter.print(stage))") }
    switch destination {
    case .groups(let plan), .frequent(let plan, _):
      lines.append("groups: \(QueryPrinter.print(stages[end]))")
      lines += explanation(of: plan)
    case .records: lines.append("rows: the records themselves, at most \(RecordListPlan.most)")
    default: lines.append("rows: \(QueryPrinter.print(stages[end]))")
    }
    for stage in stages.dropFirst(end + 1) { lines.append("the rows: \(QueryPrinter.print(stage))") }
    return lines
  }

  private func explanation(of plan: GroupPlan) -> [String] {
    var lines: [String] = []
    if !plan.requests.isEmpty {
      let names = plan.requests.map { QueryPrinter.print($0.field) }.joined(separator: ", ")
      lines.append("  read of each record: \(names)" + (plan.needsStamps ? ", its stamp" : ""))
    } else if plan.needsStamps {
      lines.append("  read of each record: its stamp")
    }
    lines.append("  kept on each thread: \(plan.limits.groups) groups, or \(plan.limits.bytes >> 20) MB")
    if plan.states.contains(where: { if case .percentiles = $0 { true } else { false } }) {
      lines.append("  percentiles: exact up to \(plan.limits.exactNumbers) numbers, then UDDSketch for groups of many")
    }
    return lines
  }
}

extension Leaf {
  /// The test as one would type it.
  fileprivate var title: String {
    switch kind {
    case .level(let mask):
      let names = Level.allCases.filter { mask & (1 << UInt16($0.rawValue)) != 0 }.map(\.name)
      return "level:(\((names + (mask & Self.unknownLevel != 0 ? ["none"] : [])).joined(separator: " or ")))"
    case .time(let range): return "time:\(range.lowerBound.iso8601)..\(range.upperBound.iso8601)"
    default: return key
    }
  }

  /// What decides this test.
  fileprivate var explanation: String {
    switch kind {
    case .level: "bitmaps of the index"
    case .source, .format: "once a file"
    case .line: "counted from the index"
    case .time: "stamps of groups in the index; of those that straddle a bound, each record's"
    case .text(let pattern):
      pattern.requiredLiteral.map { "search for \"\(String(decoding: $0, as: UTF8.self))\"" }
        ?? (pattern.pieces.isEmpty ? "automaton over the bytes" : "search for its letters in either case")
    case .field(let test) where prefilters.isEmpty:
      test.asksForNumber ? "read where the name stands with a number that may pass" : "read where the name stands"
    case .raw, .field, .message, .levelName:
      prefilters.isEmpty ? "read of each record" : "read where a search for the value finds it"
    }
  }
}
