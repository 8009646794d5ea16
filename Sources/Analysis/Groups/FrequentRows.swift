import QueryLanguage

/// The rows of `top` and `rare`: counted values with their share, the most (or least) frequent ones only.
enum FrequentRows {
  /// `counted` is the table of `count by` the same fields.
  static func table(_ counted: ResultTable, _ request: Frequent) -> ResultTable {
    var table = counted
    let place = counted.columns.count - 1
    // Records without the field are no value of it.
    table.rows.removeAll { row in row.filter != nil && row.cells[..<place].allSatisfy { $0 == .absent } }
    let total = table.rows.reduce(0.0) { $0 + ($1.cells[place].magnitude ?? 0) }
    table.columns.append(.init("share"))
    for row in table.rows.indices {
      let share = (table.rows[row].cells[place].magnitude ?? 0) / max(total, 1)
      table.rows[row].cells.append(.number((share * 10_000).rounded() / 10_000))
    }
    let other = table.rows.indices.last.flatMap { table.rows[$0].filter == nil ? table.rows[$0] : nil }
    if other != nil { table.rows.removeLast() }
    let limit = request.limit ?? 10
    if request.isRare { table.rows.sort { isBefore($1, $0, place) } }
    if table.rows.count > limit {
      table.notes.append("\(limit) of \(table.rows.count) different values are shown")
      table.rows.removeSubrange(limit...)
    }
    if let other { table.rows.append(other) }
    return table
  }

  private static func isBefore(_ left: ResultTable.Row, _ right: ResultTable.Row, _ place: Int) -> Bool {
    ValueOrder.compare(left.cells[place], right.cells[place]) == .greater
  }
}
