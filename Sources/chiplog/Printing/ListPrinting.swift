import Analysis
import LogFiles
import Platform
import Quantities
import QueryLanguage
import Records
import Timelines

/// Prints rows of records as they come: of one file several threads make them, of a pipe and of merged files one does.
struct ListPrinting {
  let plan: PipelinePlan
  let printer: TablePrinter
  let limit: Int?

  /// nil where the records must be known all before the first is printed. `-n` asks for the first rows.
  init?(_ plan: PipelinePlan, printer: TablePrinter, most: Int?) {
    guard let lister = RecordLister(plan) else { return nil }
    self.plan = plan
    self.printer = printer
    limit = [lister.limit, most].compactMap(\.self).min()
  }

  /// Rows that were made, and whether the file became shorter meanwhile.
  private struct Piece: Sendable {
    var rows: [ResultTable.Row] = []
    /// The rows as they are written, where that needs nothing of the rows before.
    var bytes: [UInt8]?
    var isCut = false
  }

  // MARK: One file

  /// Prints the rows of a plain file; whether there were any.
  func run(_ file: PlainFile, to output: inout Output) throws -> Bool {
    let chunks = RecordChunks(file)
    let rendersAhead = limit == nil && (printer.format == .csv || printer.format == .json)
    let work = OrderedWork<Piece>(
      count: chunks.count, workers: plan.dependsOnOrder ? 1 : FilterEngine.defaultWorkers
    ) {
      let reading = ChunkReading(chunks)
      let feed = PieceFeed(
        plan.filter.predicate, reader: file.reader, reference: file.modified, name: file.name, shortName: file.shortName
      )
      var lister = RecordLister(plan)
      return { number in
        var piece = Piece()
        switch reading.read(number) {
        case .empty: break
        case .cut: piece.isCut = true
        case .records(let range):
          feed.forEachRecord(of: range, in: reading) { record in
            if let row = lister?.row(of: record.context) { piece.rows.append(row) }
          }
        }
        if rendersAhead, let lister {
          var bytes: [UInt8] = []
          printer.append(ResultTable(columns: lister.columns, rows: piece.rows), hasHeader: false, to: &bytes)
          piece.bytes = bytes
        }
        return piece
      }
    }
    var printing = RowPrinting(plan, printer, limit)
    try work.consume { piece in
      if let bytes = piece.bytes {
        try printing.write(piece.rows.count, bytes, to: &output)
      } else {
        try printing.write(piece.rows, to: &output)
      }
      if piece.isCut { throw FilePrinting.CutShort() }
      return !printing.isOver
    }
    return try printing.finish(&output)
  }

  // MARK: A pipe

  /// Prints the rows of a stream as they come; whether there were any.
  func run(_ stream: RecordStream, to output: inout Output) throws -> Bool {
    let feed = PieceFeed(
      plan.filter.predicate, reader: stream.reader, reference: stream.began, name: "-", shortName: "-")
    let piece = StreamPiece()
    var lister = RecordLister(plan)
    var printing = RowPrinting(plan, printer, limit)
    while !printing.isOver, try stream.read(into: piece) != nil {
      var rows: [ResultTable.Row] = []
      piece.withBytes { bytes in
        feed.forEachRecord(in: bytes, at: 0) { record in
          if let row = lister?.row(of: record.context) { rows.append(row) }
        }
      }
      try printing.write(rows, to: &output)
    }
    return try printing.finish(&output)
  }

  // MARK: Over the index

  /// Prints the rows of a snapshot in the order of time; whether there were any.
  func run(_ snapshot: LogSnapshot, to output: inout Output) throws -> Bool {
    var printing = RowPrinting(plan, printer, limit)
    guard let found = FilterEngine().evaluate(plan.filter.predicate, over: snapshot) else { return false }
    let timeline = Timeline(snapshot, filter: found.context(plan.contextCount))
    let names = Dictionary(snapshot.files.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    var contexts: [GenerationID: RecordContext] = [:]
    var lister = RecordLister(plan)
    var rows: [ResultTable.Row] = []
    var failure: (any Error)?
    var cursor = timeline.cursor()
    cursor.forEach { record in
      let generation = record.position.generation
      let context =
        contexts[generation]
        ?? RecordContext(
          reader: record.reader, source: names[record.position.file]?.shortName ?? "",
          path: names[record.position.file]?.name ?? "")
      contexts[generation] = context
      context.reference = record.reference
      context.reader.withPlain(record.bytes) { bytes in
        context.show(bytes, line: record.line?.rawValue, level: .some(record.level))
        if let row = lister?.row(of: context) { rows.append(row) }
      }
      guard rows.count >= 1024 else { return true }
      do { try printing.write(rows, to: &output) } catch { failure = error }
      rows.removeAll(keepingCapacity: true)
      return failure == nil && !printing.isOver
    }
    if let failure { throw failure }
    try printing.write(rows, to: &output)
    return try printing.finish(&output)
  }
}

/// Writes rows as they come: a header before the first, columns of text as wide as the widest so far, and no more than are wanted.
private struct RowPrinting {
  private let columns: [ResultTable.Column]
  private let printer: TablePrinter
  private let limit: Int?
  private var widths: [Int] = []
  private var count = 0
  private var hasHeader = false

  init(_ plan: PipelinePlan, _ printer: TablePrinter, _ limit: Int?) {
    columns = RecordLister(plan)?.columns ?? []
    self.printer = printer
    self.limit = limit
  }

  /// Whether all rows that are wanted have been written.
  var isOver: Bool { limit.map { count >= $0 } ?? false }

  mutating func write(_ rows: [ResultTable.Row], to output: inout Output) throws(Output.Ending) {
    let wanted = limit.map { Array(rows.prefix($0 - count)) } ?? rows
    printer.append(
      ResultTable(columns: columns, rows: wanted), hasHeader: !hasHeader, widths: &widths, to: &output.buffer)
    hasHeader = true
    count += wanted.count
    try output.flush()
  }

  mutating func write(_ number: Int, _ bytes: [UInt8], to output: inout Output) throws(Output.Ending) {
    if !hasHeader { try write([], to: &output) }
    count += number
    try output.write(bytes)
  }

  mutating func finish(_ output: inout Output) throws(Output.Ending) -> Bool {
    if !hasHeader { try write([], to: &output) }
    return count > 0
  }
}
