import Drawing
import JSON
import Quantities
import Records

/// Records in columns: as comma-separated values (RFC 4180), or aligned for reading.
///
/// A header row, then time, level, source, line, message; the values have all fields as one JSON object, since records
/// of different shapes share no columns.
enum RecordTable {
  /// The header row of comma-separated values.
  static let header = "time,level,source,line,msg,fields"
  /// The header row of aligned columns.
  static let alignedHeader = aligned(["time", "level", "source", "line"]) + "msg"

  /// Appends one aligned row, its message on one line, without its line end.
  static func appendAligned(_ record: PrintedRecord, to output: inout [UInt8]) {
    let parsed = record.source.reader.parse(record.bytes, reference: record.source.reference)
    let cells = [
      parsed.stamp?.iso8601 ?? "-", parsed.level?.name ?? "-",
      record.source.name.split(separator: "/").last.map(String.init) ?? record.source.name,
      record.line.map(String.init) ?? "-",
    ]
    output.append(contentsOf: Sanitiser.sanitised(aligned(cells)).utf8)
    let message = parsed.message(in: record.bytes, limit: RecordPrinter.messageLimit)
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    output.append(contentsOf: Sanitiser.sanitised(line).utf8)
  }

  /// Cells padded to the usual width of their column; a longer one pushes the rest to the right, and nothing is cut.
  private static func aligned(_ cells: [String]) -> String {
    zip(cells, [27, 8, 16, 7]).map { cell, width in
      cell + String(repeating: " ", count: max(0, width - cell.count)) + " "
    }.joined()
  }

  /// Appends one row without its line end.
  static func appendCSV(_ record: PrintedRecord, to output: inout [UInt8]) {
    let parsed = record.source.reader.parse(record.bytes, reference: record.source.reference)
    var fields: [UInt8] = Array("{".utf8)
    for field in parsed.fields where field.kind != .object && field.kind != .array {
      if fields.count > 1 { fields.append(44) }
      JSONText.appendQuoted(field.path, to: &fields)
      fields.append(58)
      JSONText.appendQuoted(field.text(in: record.bytes), to: &fields)
    }
    fields.append(125)
    let message = parsed.message(in: record.bytes)
    let cells = [
      parsed.stamp?.iso8601, parsed.level?.name, record.source.name, record.line.map(String.init),
      message.isEmpty ? nil : message, String(decoding: fields, as: UTF8.self),
    ]
    for (index, cell) in cells.enumerated() {
      if index > 0 { output.append(44) }
      CSVText.append(cell, to: &output)
    }
  }
}
