import JSON
import Quantities
import QueryLanguage

/// Rows of results as JSON objects.
public enum TableJSON {
  /// How durations and sizes are written.
  public enum Style: Sendable {
    /// As numbers in the unit of their column, seconds, or bytes: for programs.
    case numbers
    /// As texts with their unit: for filters.
    case readable
  }

  /// Appends one row as an object without a line end; absent values are left out where they are readable, else null.
  public static func append(
    _ row: ResultTable.Row, _ columns: [ResultTable.Column], style: Style, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (column, cell) in zip(columns, row.cells) {
      if cell == .absent, style == .readable { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      JSONText.appendQuoted(column.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(cell, column, style, to: &bytes)
    }
    // What stands in a tree below something else.
    if row.depth > 0 { bytes += ",\"depth\":\(row.depth)".utf8 }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func append(
    _ value: Value, _ column: ResultTable.Column, _ style: Style, to bytes: inout [UInt8]
  ) {
    switch value {
    case .absent: bytes += "null".utf8
    case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
    case .integer(let number): bytes += String(number).utf8
    case .number(let number): bytes += (number.isFinite ? ValueText.number(number) : "null").utf8
    case .duration, .size:
      if style == .numbers { bytes += ValueText.number(plainNumber(value, column) ?? 0).utf8 } else { fallthrough }
    case .time, .level, .text: JSONText.appendQuoted(ValueText.plain(value), to: &bytes)
    case .counts(let counts): bytes += ("[" + counts.map(String.init).joined(separator: ",") + "]").utf8
    }
  }

  /// A quantity in the unit of its column, else in seconds or bytes, as programs get it; other numbers as they are.
  public static func plainNumber(_ value: Value, _ column: ResultTable.Column) -> Double? {
    switch value {
    case .duration(let span):
      let unit = column.unit.flatMap(FieldNumbers.scale) ?? 1e9
      return span / unit
    default: return value.magnitude
    }
  }
}
