import Analysis
import Drawing
import Interface
import LogFiles
import Platform
import Quantities
import Timelines

/// Turns records, or a table, into bytes of some form, part by part.
struct ContentWriter {
  let content: OutputRequest.Content
  let records: OutputRecords?
  let form: OutputForm
  let glyphs: GlyphSet
  let cancellation: Cancellation

  /// Bytes of a part.
  private static let partSize = 1 << 16

  /// Gives all parts to `body`, each with how far it is (0 to 1); how many records or rows there were.
  ///
  /// - Throws: `Cancelled`, or what `body` throws.
  func run(_ body: ([UInt8], Double) throws -> Void) throws -> Int {
    switch content {
    case .table(let table, let zone):
      try body(bytes(of: table, zone), 1)
      return table.rows.count
    case .records: return try write(body)
    }
  }

  private func write(_ body: ([UInt8], Double) throws -> Void) throws -> Int {
    guard let records else { return 0 }
    let printer = RecordPrinter(format: form.printed, isForTerminal: false)
    let sources = PrintedSources(records.timeline.snapshot)
    var cursor = records.timeline.cursor(from: records.ranks.lowerBound)
    var buffer: [UInt8] = []
    if form == .json { buffer += Array("[\n".utf8) }
    if let header = printer.header { buffer += Array((header + "\n").utf8) }
    var count = 0
    var failure: (any Error)?
    if records.ranks.isEmpty == false {
      cursor.forEach { record in
        append(record, printer, sources, isFirst: count == 0, to: &buffer)
        count += 1
        if buffer.count >= Self.partSize {
          do { try flush(&buffer, Double(count) / Double(records.ranks.count), body) } catch { failure = error }
        }
        return failure == nil && count < records.ranks.count
      }
    }
    if let failure { throw failure }
    if form == .json { buffer += Array("]\n".utf8) }
    try flush(&buffer, 1, body)
    return count
  }

  private func flush(_ buffer: inout [UInt8], _ fraction: Double, _ body: ([UInt8], Double) throws -> Void) throws {
    if cancellation.isCancelled { throw Cancelled() }
    try body(buffer, fraction)
    buffer.removeAll(keepingCapacity: true)
  }

  private func append(
    _ record: RecordView, _ printer: RecordPrinter, _ sources: PrintedSources, isFirst: Bool, to buffer: inout [UInt8]
  ) {
    let position = record.position
    let source = sources.source(of: position.generation, file: position.file, record.reader, record.reference)
    if form == .json, !isFirst {
      // Before the newline that ends the element above.
      buffer.append(44)
      buffer.append(10)
    }
    printer.append(
      PrintedRecord(bytes: record.bytes, line: record.line?.rawValue, lineCount: record.lineCount, source: source),
      to: &buffer)
    if form == .json { buffer.removeLast() }
  }

  /// A table; as JSON an array of objects.
  private func bytes(of table: ResultTable, _ zone: Zone) -> [UInt8] {
    var bytes: [UInt8] = []
    let printer = TablePrinter(format: form.printed, zone: zone, glyphs: glyphs)
    guard form == .json else {
      printer.append(table, to: &bytes)
      return bytes
    }
    bytes += Array("[\n".utf8)
    for (index, row) in table.rows.enumerated() {
      if index > 0 { bytes += Array(",\n".utf8) }
      TableJSON.append(row, table.columns, style: .numbers, to: &bytes)
    }
    return bytes + Array((table.rows.isEmpty ? "]\n" : "\n]\n").utf8)
  }
}

extension OutputForm {
  /// The form as headless output has it.
  var printed: OutputFormat {
    switch self {
    case .text: .text
    case .json, .jsonLines: .json
    case .csv: .csv
    }
  }
}
