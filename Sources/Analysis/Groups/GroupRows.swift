import QueryLanguage
import Quantities
import Records

/// Makes the table of a group sink: rows in a useful order, values with their units, notes about methods and bounds.
struct GroupRows {
  private let sink: GroupSink
  private let plan: GroupPlan

  init(_ sink: GroupSink) {
    self.sink = sink
    plan = sink.plan
  }

  func table() -> ResultTable {
    var table = ResultTable(columns: columns)
    let groups = (0..<sink.keys.count).map { (cells: keyCells($0), number: $0) }
    var rows = groups.map { group in
      ResultTable.Row(
        group.cells + plan.outputs.map { value($0, of: sink.store, group: group.number) },
        filter: filter(group.cells, group.number))
    }
    rows.sort(by: isBefore)
    if sink.otherCount > 0 { rows.append(otherRow) }
    table.rows = rows
    table.notes = notes
    return table
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

  // MARK: Order

  /// Slices of time in their order; levels the worst first; else the greatest first value first. Keys decide what is equal.
  private func isBefore(_ left: ResultTable.Row, _ right: ResultTable.Row) -> Bool {
    if let slice = plan.keys.firstIndex(where: { if case .slice = $0 { true } else { false } }) {
      let order = ValueOrder.compare(left.cells[slice], right.cells[slice])
      if order != .same { return order == .less }
    }
    let isByLevel = plan.aggregation.keys.count == 1 && levelKey != nil
    if !isByLevel, plan.outputs.count > 0 {
      let order = ValueOrder.compare(left.cells[plan.keys.count], right.cells[plan.keys.count])
      if order != .same { return order == .greater }
    }
    for key in plan.keys.indices {
      let order = ValueOrder.compare(left.cells[key], right.cells[key])
      if order != .same { return key == levelKey ? order == .greater : order == .less }
    }
    return false
  }

  private var levelKey: Int? {
    plan.aggregation.keys.firstIndex { if case .field(let field) = $0 { field.builtIn == .level } else { false } }
  }

  // MARK: Keys

  private func keyCells(_ group: Int) -> [Value] {
    let key = Array(sink.keys.key(group))
    var offset = 0
    func number(_ bytes: Int) -> UInt64 {
      defer { offset += bytes }
      return (0..<bytes).reduce(0) { $0 | UInt64(key[offset + $1]) << UInt64(8 * $1) }
    }
    return plan.keys.enumerated().map { place, part in
      guard case .field(let slot) = part else {
        let start = Int64(bitPattern: number(8))
        return start == .min ? .absent : .time(Timestamp(nanoseconds: start))
      }
      let head = Int(number(4))
      if plan.requests[slot].field.builtIn == .level {
        return head == 0 ? .absent : Level(rawValue: UInt8(head - 1)).map(Value.level) ?? .absent
      }
      if plan.requests[slot].field.builtIn == .time {
        return head == 0 ? .absent : .time(Timestamp(nanoseconds: Int64(bitPattern: number(8))))
      }
      guard head > 0 else { return .absent }
      let bytes = key[offset..<offset + head - 1]
      offset += head - 1
      let kinds = place < 16 ? sink.kinds[group] >> UInt32(2 * place) & 3 : 0
      return Value.written(bytes, isNumber: kinds & 1 == 1, isBoolean: kinds & 2 == 2)
    }
  }

  /// The filter that finds the records of a group; nil where a key cannot be asked for.
  private func filter(_ cells: [Value], _ group: Int) -> String? {
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

  private func value(_ output: GroupPlan.Output, of store: GroupStore, group: Int) -> Value {
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
    let names = plan.outputs.filter { if case .percentile = $0.aggregate.function { true } else { false } }.map(\.name)
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
    case .number(let quantity):
      switch quantity.dimension {
      case .time: self = .duration(quantity.value)
      case .size: self = .size(quantity.value)
      case .none: self = quantity.integer.map(Value.integer) ?? .number(quantity.value)
      }
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
