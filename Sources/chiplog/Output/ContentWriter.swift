import Analysis
import Drawing
import Interface
import LogFiles
import Platform
import Quantities
import Timelines

/// Turns records, or a table, into bytes of some form, part by part; records on several threads (see `TimelinePrinting`).
struct ContentWriter {
  let content: OutputRequest.Content
  let records: OutputRecords?
  let form: OutputForm
  let glyphs: GlyphSet
  let cancellation: Cancellation

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

  /// Headers and brackets stand in parts of their own.
  private func write(_ body: ([UInt8], Double) throws -> Void) throws -> Int {
    guard let records else { return 0 }
    let ranks = records.ranks
    let printer = RecordPrinter(format: form.printed, isForTerminal: false)
    if form == .json { try body(Array("[\n".utf8), 0) }
    if let header = printer.header { try body(Array((header + "\n").utf8), 0) }
    let printing = TimelinePrinting(timeline: records.timeline, printer: printer, isArray: form == .json)
    try printing.run(ranks) { part, rank in
      if cancellation.isCancelled { throw Cancelled() }
      try body(part, Double(rank - ranks.lowerBound) / Double(ranks.count))
    }
    if form == .json { try body(Array("]\n".utf8), 1) }
    return ranks.count
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
