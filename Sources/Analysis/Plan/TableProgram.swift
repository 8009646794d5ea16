import QueryLanguage
import Quantities
import Records

/// The stages after an aggregation, applied to its table.
struct TableProgram: Sendable {
  let stages: [Stage]
  let context: QueryContext
  let limits: GroupLimits

  /// The table after all stages, or those from number `first` on.
  func applied(to table: ResultTable, from first: Int = 0) throws(Diagnostic) -> ResultTable {
    var table = table
    for stage in stages.dropFirst(first) { try apply(stage, to: &table) }
    return table
  }

  private func apply(_ stage: Stage, to table: inout ResultTable) throws(Diagnostic) {
    switch stage.kind {
    case .sort(let keys): sort(keys, &table)
    case .limit(let count): limit(count, &table)
    case .fields(let fields): select(fields.map(\.path), &table)
    case .drop(let fields):
      let gone = Set(fields.map(\.path))
      select(table.columns.map(\.name).filter { !gone.contains($0) }, &table)
    case .filter(let node):
      let predicate = try compile(node)
      let rows = RowRecords(table)
      let passes = table.rows.indices.map { rows.withRecord($0, of: table) { predicate.matches($0) } }
      if !table.rows.isEmpty, !passes.contains(true) {
        table.notes.append("none of \(table.rows.count) rows passes where \(QueryPrinter.print(node))")
      }
      table.rows = zip(table.rows, passes).filter(\.1).map(\.0)
    case .evaluate(let field, let expression):
      let program = try ExpressionProgram(expression) { node throws(Diagnostic) in try compile(node) }
      let rows = RowRecords(table)
      let values = table.rows.indices.map { row in rows.withRecord(row, of: table) { program.value(of: $0) } }
      set(field.path, values, &table)
    case .aggregate(let aggregation): table = try aggregated(aggregation, table)
    case .frequent(let frequent):
      table = try aggregated(frequent.counting, table) { GroupRows($0).table(of: frequent) }
    case .dedup(let fields): removeRepeats(fields.map(\.path), &table)
    case .chart, .panel: break
    case .parse, .json, .logfmt, .patterns, .tree, .context: break
    }
  }

  private func compile(_ node: Node) throws(Diagnostic) -> Predicate {
    try QueryCompiler.predicate(of: node, in: QueryPrinter.print(node), context: context)
  }

  /// Equal rows stay in their order.
  private func sort(_ keys: [SortKey], _ table: inout ResultTable) {
    let known = keys.compactMap { key in
      table.columns.firstIndex { $0.name == key.field.path }.map { (column: $0, isDescending: key.isDescending) }
    }
    let order = RowOrder(isDescending: known.map(\.isDescending))
    let rows = table.rows
    let values = rows.map { row in known.map { row.cells[$0.column] } }
    table.rows = rows.indices.sorted { order.isBefore(values[$0], values[$1]) ?? ($0 < $1) }.map { rows[$0] }
  }

  private func limit(_ count: Int, _ table: inout ResultTable) {
    guard table.rows.count > count else { return }
    table.notes.append("\(count) of \(table.rows.count) rows are shown")
    table.rows.removeSubrange(count...)
  }

  private func select(_ names: [String], _ table: inout ResultTable) {
    let places = names.map { name in table.columns.firstIndex { $0.name == name } }
    table.columns = zip(names, places).map { name, place in place.map { table.columns[$0] } ?? .init(name) }
    for row in table.rows.indices {
      let cells = table.rows[row].cells
      table.rows[row].cells = places.map { $0.map { cells[$0] } ?? .absent }
    }
  }

  private func set(_ name: String, _ values: [Value], _ table: inout ResultTable) {
    let place = table.columns.firstIndex { $0.name == name }
    if place == nil { table.columns.append(.init(name)) }
    for (row, value) in values.enumerated() {
      if let place { table.rows[row].cells[place] = value } else { table.rows[row].cells.append(value) }
    }
  }

  private func removeRepeats(_ names: [String], _ table: inout ResultTable) {
    let places =
      names.isEmpty
      ? Array(table.columns.indices) : names.compactMap { name in table.columns.firstIndex { $0.name == name } }
    var last: [Value]?
    table.rows.removeAll { row in
      let values = places.map { row.cells[$0] }
      defer { last = values }
      return values == last
    }
  }

  private func aggregated(
    _ aggregation: Aggregation, _ table: ResultTable, rows make: (GroupSink) -> ResultTable = { GroupRows($0).table() }
  ) throws(Diagnostic) -> ResultTable {
    let plan = try GroupPlan(aggregation, zone: context.zone, limits: limits) { node throws(Diagnostic) in
      try compile(node)
    }
    var sink = GroupSink(plan)
    let rows = RowRecords(table)
    for row in table.rows.indices {
      rows.withRecord(row, of: table) { record in
        sink.add(PipelineRecord(record, file: .init(0), generation: .init(0), offset: row))
      }
    }
    var result = make(sink.settled)
    // The rows of the new table stand for rows of the old one, which no filter of records finds.
    for row in result.rows.indices { result.rows[row].filter = nil }
    result.notes = table.notes + result.notes
    return result
  }
}

/// The rows of a table as records, so that filters, expressions and aggregations mean the same there as in logs.
///
/// A row is spelled as a JSON object; durations and sizes carry their unit.
struct RowRecords {
  private let context: RecordContext

  init(_ table: ResultTable) {
    context = RecordContext(reader: RecordReader(formatName: "json"), source: "result")
  }

  /// Lends a row as a record.
  func withRecord<Result>(_ row: Int, of table: ResultTable, _ body: (RecordContext) -> Result) -> Result {
    var bytes: [UInt8] = []
    TableJSON.append(table.rows[row], table.columns, style: .readable, to: &bytes)
    return bytes.withUnsafeBytes {
      context.show($0)
      return body(context)
    }
  }
}
