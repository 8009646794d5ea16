import Analysis
import Drawing
import Quantities
import Records

/// Writes a result as text in columns, as CSV (RFC 4180), or as one JSON object a row.
struct TablePrinter {
  var format: OutputFormat
  /// The zone in which text shows times; machines get UTC.
  var zone: Zone
  /// Which blocks can be shown.
  var glyphs: GlyphSet

  /// Appends all of a table. Notes are part of text only; `notes` has them for the others.
  func append(_ table: ResultTable, hasHeader: Bool = true, to output: inout [UInt8]) {
    var widths: [Int] = []
    append(table, hasHeader: hasHeader, widths: &widths, to: &output)
  }

  /// Appends a part of a table: columns of text are at least as wide as `widths`, which then has what they are.
  func append(_ table: ResultTable, hasHeader: Bool, widths: inout [Int], to output: inout [UInt8]) {
    switch format {
    case .json:
      for row in table.rows {
        TableJSON.append(row, table.columns, style: .numbers, to: &output)
        output.append(10)
      }
    case .csv: appendCSV(table, hasHeader: hasHeader, to: &output)
    case .text, .table: appendText(table, hasHeader: hasHeader, widths: &widths, to: &output)
    }
  }

  /// What is said of the table beside it.
  func notes(of table: ResultTable) -> [String] { format == .json || format == .csv ? table.notes : [] }

  // MARK: CSV

  private func appendCSV(_ table: ResultTable, hasHeader: Bool, to output: inout [UInt8]) {
    // What stands in a tree is no table without it.
    let isTree = table.rows.contains { $0.depth > 0 }
    if hasHeader { appendLine(table.columns.map(\.name) + (isTree ? ["depth"] : []), to: &output) }
    for row in table.rows {
      let cells = zip(row.cells, table.columns).map { cell, column -> String? in
        if cell == .absent { return nil }
        if let number = TableJSON.plainNumber(cell, column) {
          if case .integer = cell { return ValueText.plain(cell) }
          return ValueText.number(number)
        }
        return ValueText.plain(cell)
      }
      appendLine(cells + (isTree ? [String(row.depth)] : []), to: &output)
    }
  }

  private func appendLine(_ cells: [String?], to output: inout [UInt8]) {
    for (number, cell) in cells.enumerated() {
      if number > 0 { output.append(44) }
      CSVText.append(cell, to: &output)
    }
    output.append(10)
  }

  // MARK: Text

  /// Columns two blanks apart; numbers to the right, where points stand, all else to the left; nothing is cut.
  private func appendText(
    _ table: ResultTable, hasHeader: Bool, widths known: inout [Int], to output: inout [UInt8]
  ) {
    let columns = table.columns.indices
    let cells = table.rows.map { row in
      columns.map { text(row.cells[$0], column: $0, depth: $0 == 0 ? row.depth : 0) }
    }
    let isRight = columns.map { column in
      table.rows.contains { $0.cells[column].magnitude != nil }
        && table.rows.allSatisfy { $0.cells[column].magnitude != nil || $0.cells[column] == .absent }
    }
    let names = table.columns.map { Sanitiser.sanitised($0.name) }
    let widths = columns.map { column in
      let least = max(CharacterWidth.columns(of: names[column]), known.indices.contains(column) ? known[column] : 0)
      return cells.reduce(least) { max($0, CharacterWidth.columns(of: $1[column])) }
    }
    known = widths
    for line in (hasHeader ? [names] : []) + cells {
      var text = ""
      for column in columns {
        let gap = String(repeating: " ", count: widths[column] - CharacterWidth.columns(of: line[column]))
        let isLast = column == columns.upperBound - 1
        text += isRight[column] ? gap + line[column] : line[column] + (isLast ? "" : gap)
        if !isLast { text += "  " }
      }
      output += text.utf8
      output.append(10)
    }
    for note in table.notes { output += "# \(Sanitiser.sanitised(note))\n".utf8 }
  }

  private func spark(_ counts: [Int]) -> String {
    let greatest = Double(counts.max() ?? 0)
    return counts.map { $0 == 0 ? " " : glyphs.block(Double($0), top: greatest) }.joined()
  }

  private func text(_ value: Value, column: Int, depth: Int) -> String {
    let indent = String(repeating: "  ", count: min(depth, 40))
    switch value {
    case .absent: return indent + "-"
    case .time(let time): return indent + time.text(in: zone)
    case .counts(let counts): return indent + spark(counts)
    case .text(let text):
      return indent + Sanitiser.sanitised(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    default: return indent + ValueText.short(value)
    }
  }
}

/// Comma-separated values (RFC 4180): quoted where there is a comma, a quote or a line end. What is absent is nothing, an empty
/// text is `""`, as PostgreSQL's `COPY ... CSV` tells NULL from it.
enum CSVText {
  static func append(_ cell: String?, to output: inout [UInt8]) {
    guard let cell else { return }
    guard cell.isEmpty || cell.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else {
      output.append(contentsOf: cell.utf8)
      return
    }
    output.append(34)
    for byte in cell.utf8 {
      if byte == 34 { output.append(34) }
      output.append(byte)
    }
    output.append(34)
  }
}
