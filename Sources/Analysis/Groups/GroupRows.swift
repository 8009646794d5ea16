import QueryLanguage
import Quantities
import Records

/// Makes the table of a group sink: rows in a useful order, values with their units, notes about methods and bounds.
struct GroupRows {
  private let sink: GroupSink
  private let plan: GroupPlan

  /// Rows beyond this have no filter: nobody goes through so many one by one.
  private static let filtered = 10_000

  init(_ sink: GroupSink) {
    self.sink = sink
    plan = sink.plan
  }

  /// All groups; of `limit` only the first in the order of the keys, or in the usual one, as if the table were sorted and cut.
  func table(sortedBy keys: [SortKey]? = nil, limit: Int? = nil) -> ResultTable {
    var table = ResultTable(columns: columns, notes: notes)
    let order = GroupOrder(sink, sortedBy: keys)
    let groups = order.groups(limit: limit)
    let hasFilters = groups.count <= Self.filtered
    table.rows = groups.map { row($0, hasFilter: hasFilters) }
    if limit.map({ $0 > groups.count }) ?? true, sink.otherCount > 0 { table.rows.append(otherRow) }
    return table
  }

  /// The values that are met most or least often, with their share of all.
  func table(of request: Frequent) -> ResultTable {
    let limit = request.limit ?? 10
    var table = ResultTable(columns: columns + [.init("share")], notes: notes)
    // Records without the field are no value of it.
    let groups = (0..<sink.keys.count).filter { !GroupKeys.isAbsent($0, sink) }
    let total = groups.reduce(sink.otherCount > 0 ? sink.other.records[0] : 0) { $0 + sink.store.records[$1] }
    let order = GroupOrder(sink, isReversed: request.isRare)
    func shared(_ row: ResultTable.Row, _ count: Int) -> ResultTable.Row {
      var row = row
      row.cells.append(.number((Double(count) / Double(max(total, 1)) * 10_000).rounded() / 10_000))
      return row
    }
    table.rows = order.groups(limit: limit, among: groups).map {
      shared(row($0, hasFilter: true), sink.store.records[$0])
    }
    if sink.otherCount > 0 { table.rows.append(shared(otherRow, sink.other.records[0])) }
    if groups.count > limit { table.notes.append("\(limit) of \(groups.count) different values are shown") }
    return table
  }

  private func row(_ group: Int, hasFilter: Bool) -> ResultTable.Row {
    let cells = GroupKeys.cells(group, sink)
    return ResultTable.Row(
      cells + plan.outputs.map { value($0, of: sink.store, group: group) },
      filter: hasFilter ? filter(cells) : nil)
  }

  private var columns: [ResultTable.Column] {
    let keys = zip(plan.aggregation.keys, plan.keys).map { key, _ in
      switch key {
      case .field(let field): ResultTable.Column(field.path, role: .key)
      case .slice(let nanoseconds): ResultTable.Column("time", role: .slice(nanoseconds: nanoseconds))
      }
    }
    return keys
      + plan.outputs.map { output in
        ResultTable.Column(
          output.name, unit: output.aggregate.field.flatMap { FieldNumbers($0).unitName })
      }
  }

  // MARK: Keys

  /// The filter that finds the records of a group; nil where a key cannot be asked for.
  private func filter(_ cells: [Value]) -> String? {
    var parts: [String] = []
    for (key, cell) in zip(plan.aggregation.keys, cells) {
      guard let part = Self.filter(key, cell) else { return nil }
      parts.append(part)
    }
    return parts.isEmpty ? "*" : parts.joined(separator: " and ")
  }

  private static func filter(_ key: GroupKey, _ cell: Value) -> String? {
    switch (key, cell) {
    case (.slice(let nanoseconds), .time(let start)):
      return "time:\(start.iso8601)..\((start + TimeSpan(nanoseconds: nanoseconds)).iso8601)"
    case (.slice, _): return "not time:*"
    case (.field(let field), .absent): return "not \(QueryPrinter.print(field)):*"
    case (.field(let field), let cell): return RowFilter.test(field, equals: cell)
    }
  }

  // MARK: Values

  func value(_ output: GroupPlan.Output, of store: GroupStore, group: Int) -> Value {
    switch output.aggregate.function {
    case .count, .countWhere: return .integer(Int64(store.count(output.state, group)))
    case .rate: return rate(of: store, group)
    case .sum(let field):
      let moments = store.moments(output.state, group)
      return moments.count == 0 ? .absent : units(field).value(moments.sum, keepsWhole: true)
    case .average(let field):
      return store.moments(output.state, group).mean.map { units(field).value($0, keepsWhole: false) } ?? .absent
    case .deviation(let field):
      let moments = store.moments(output.state, group)
      return moments.variance.map { units(field).value($0.squareRoot(), keepsWhole: false) } ?? .absent
    case .percentile(let digits, let field):
      let value = Aggregate.share(digits).flatMap { store.percentiles(output.state, group).value(at: $0) }
      return value.map { units(field).value($0, keepsWhole: true) } ?? .absent
    case .distinct: return .integer(Int64(store.distinct(output.state, group).count))
    case .minimum, .maximum: return store.extreme(output.state, group).map(Value.init) ?? .absent
    case .first, .last: return store.edge(output.state, group).map(Value.init) ?? .absent
    }
  }

  private func units(_ field: FieldName) -> UnitsMet {
    plan.requests.firstIndex { $0.field == field }.map { sink.store.units[$0] } ?? []
  }

  /// Records a second: of the slice, or of the span from the first record to the last.
  private func rate(of store: GroupStore, _ group: Int) -> Value {
    let slice = plan.keys.compactMap { if case .slice(let length) = $0 { length } else { nil } }.first
    let span = slice ?? sink.latest.flatMap { latest in sink.earliest.map { (latest - $0).nanoseconds } }
    guard let span, span > 0 else { return .absent }
    return .number(Double(store.records[group]) / (Double(span) / 1e9))
  }

  private var otherRow: ResultTable.Row {
    var cells = plan.keys.map { _ in Value.absent }
    let named = plan.keys.lastIndex { if case .field = $0 { true } else { false } }
    if let named { cells[named] = .text("(other)") }
    return ResultTable.Row(cells + plan.outputs.map { value($0, of: sink.other, group: 0) })
  }

  // MARK: Notes

  private var notes: [String] {
    var notes: [String] = []
    let names = plan.outputs.filter { output in
      guard case .percentile(_, let field) = output.aggregate.function else { return false }
      return !units(field).isEmpty
    }.map(\.name)
    if !names.isEmpty {
      let error = max(sink.store.percentileError, sink.other.percentileError)
      notes.append(
        "\(names.joined(separator: ", ")): "
          + (error == 0 ? "exact, nearest rank" : "UDDSketch, within \(Self.percent(error)) of the value"))
    }
    let error = max(sink.store.distinctError, sink.other.distinctError)
    if error > 0 {
      let names = plan.outputs.filter { if case .distinct = $0.aggregate.function { true } else { false } }.map(\.name)
      notes.append("\(names.joined(separator: ", ")): HyperLogLog, standard error \(Self.percent(error))")
    }
    notes += unmet
    if sink.otherCount > 0 {
      notes.append(
        "the \(sink.keys.count) most frequent groups are kept, (other) has the rest; a count may miss up to "
          + "\(sink.missed.max() ?? 0) records of its group")
    }
    for (slot, units) in sink.store.units.enumerated() where units.isMixed {
      let field = QueryPrinter.print(plan.requests[slot].field)
      notes.append("\(field) has numbers with and without a unit, which do not add up; state it: \(field)(ms)")
    }
    return notes
  }

  /// Fields that no record had, with what may have been meant.
  private var unmet: [String] {
    guard sink.recordCount > 0 else { return [] }
    let long = sink.longCount
    let reach =
      "; fields are read of the first \(RecordReader.reach / 1024) KB of a record, and \(long) "
      + (long == 1 ? "is longer" : "are longer")
    return plan.requests.indices.filter { !sink.store.isMet[$0] }.map { slot in
      let field = plan.requests[slot].field
      let meant = Suggestion.nearest(to: field.path, among: sink.names)
      return "no record has a field \(QueryPrinter.print(field))" + (long > 0 ? reach : "")
        + (meant.map { "; did you mean \($0)?" } ?? "")
    }
  }

  static func percent(_ share: Double) -> String {
    let hundredths = (share * 10_000).rounded(.up) / 100
    return "\(hundredths) %"
  }
}

extension Value {
  /// What a log wrote.
  init(_ written: WrittenValue) {
    switch written {
    case .level(let level): self = .level(level)
    case .stamp(let stamp): self = .time(stamp)
    case .number(let quantity): self = Value(quantity)
    case .text(let bytes, let isNumber, let isBoolean):
      self = .written(bytes[...], isNumber: isNumber, isBoolean: isBoolean)
    }
  }

  /// A text as a log wrote it: a number stays one where it reads back as the same text.
  static func written(_ bytes: ArraySlice<UInt8>, isNumber: Bool, isBoolean: Bool) -> Value {
    let text = String(decoding: bytes, as: UTF8.self)
    if isBoolean { return .boolean(text.lowercased() == "true") }
    if isNumber {
      if let whole = Int64(text), String(whole) == text { return .integer(whole) }
      if let number = Double(text), "\(number)" == text { return .number(number) }
    }
    return .text(text)
  }
}
