import LogFiles
import Quantities
import Records
import Timelines

/// Prints records of a timeline: blocks of ranks are rendered by several threads and given out in order.
///
/// Serves headless output and whatever leaves the screen.
struct TimelinePrinting: Sendable {
  let timeline: Timeline
  let printer: RecordPrinter
  /// Whether the records are elements of an array of JSON: commas stand between them, and no newline behind the last.
  var isArray = false

  private struct Block: Sendable {
    var bytes: [UInt8] = []
    /// The rank to go on from, where records were so large that not all of the block could be rendered ahead.
    var rest: Range<Int>?
  }

  /// Bytes of a block after which no more of it is rendered ahead.
  private static let largeBlock = 8 << 20

  /// Writes the records from rank `first` on; whether there were any.
  func run(from first: Int, to output: inout Output) throws -> Bool {
    guard first < timeline.count else { return false }
    try output.flush()
    try run(first..<timeline.count) { bytes, _ in try output.write(bytes) }
    return true
  }

  /// Gives the records of some ranks to `body`, part by part, each with the rank after it. Throws what `body` throws; the
  /// other threads end soon after.
  func run(_ ranks: Range<Int>, _ body: ([UInt8], Int) throws -> Void) throws {
    let size = blockSize
    // A block begins with a look for its place in every file: where these are many, one goes through them all.
    guard ranks.count > 2 * size, timeline.snapshot.generations.count <= 64 else {
      return try write(ranks, of: ranks, body)
    }
    let spare = SpareBuffers()
    let work = OrderedWork<Block>(count: (ranks.count + size - 1) / size) {
      let sources = PrintedSources(timeline.snapshot)
      return { number in
        let start = ranks.lowerBound + number * size
        return render(start..<min(start + size, ranks.upperBound), of: ranks, sources, into: spare.take())
      }
    }
    var done = ranks.lowerBound
    try work.consume { block in
      done = min(done + size, ranks.upperBound)
      try body(block.bytes, block.rest?.lowerBound ?? done)
      spare.put(&block.bytes)
      if let rest = block.rest { try write(rest, of: ranks, body) }
      return true
    }
  }

  /// About a megabyte of records.
  private var blockSize: Int {
    let snapshot = timeline.snapshot
    let bytes = snapshot.generations.reduce(0) { $0 + $1.byteCount }
    let records = max(1, snapshot.generations.reduce(0) { $0 + $1.recordCount })
    return min(4096, max(1, (1 << 20) / max(1, bytes / records)))
  }

  private func render(
    _ part: Range<Int>, of ranks: Range<Int>, _ sources: PrintedSources, into buffer: [UInt8]
  ) -> Block {
    var block = Block(bytes: buffer)
    var cursor = timeline.cursor(from: part.lowerBound)
    var rank = part.lowerBound
    cursor.forEach { record in
      if isGiant(record) { return false }
      append(record, isFirst: rank == ranks.lowerBound, sources, to: &block.bytes)
      rank += 1
      return rank < part.upperBound && block.bytes.count < Self.largeBlock
    }
    if rank < part.upperBound { block.rest = rank..<part.upperBound }
    return block
  }

  /// Renders and gives out on this thread, with no more than one record in memory.
  private func write(_ part: Range<Int>, of ranks: Range<Int>, _ body: ([UInt8], Int) throws -> Void) throws {
    guard !part.isEmpty else { return }
    let sources = PrintedSources(timeline.snapshot)
    var cursor = timeline.cursor(from: part.lowerBound)
    var rank = part.lowerBound
    var buffer: [UInt8] = []
    var failure: (any Error)?
    cursor.forEach { record in
      do {
        if isGiant(record) {
          try copy(record, rank, after: &buffer, body)
        } else {
          append(record, isFirst: rank == ranks.lowerBound, sources, to: &buffer)
        }
        if buffer.count >= 1 << 16 { try flush(&buffer, rank + 1, body) }
      } catch { failure = error }
      rank += 1
      return failure == nil && rank < part.upperBound
    }
    if let failure { throw failure }
    try flush(&buffer, part.upperBound, body)
  }

  private func flush(_ buffer: inout [UInt8], _ rank: Int, _ body: ([UInt8], Int) throws -> Void) throws {
    if buffer.isEmpty { return }
    try body(buffer, rank)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Whether a record is printed as it stands in its file, and too large for a buffer.
  private func isGiant(_ record: RecordView) -> Bool {
    printer.format == .text && !printer.isForTerminal && record.bytes.count > Self.largeBlock
  }

  /// Gives such a record out part by part.
  private func copy(
    _ record: RecordView, _ rank: Int, after buffer: inout [UInt8], _ body: ([UInt8], Int) throws -> Void
  ) throws {
    var start = 0
    while start < record.bytes.count {
      let end = min(start + (1 << 20), record.bytes.count)
      buffer.append(contentsOf: record.bytes[start..<end])
      try flush(&buffer, rank, body)
      start = end
    }
    buffer.append(10)
  }

  private func append(_ record: RecordView, isFirst: Bool, _ sources: PrintedSources, to buffer: inout [UInt8]) {
    let source = sources.source(of: record)
    if isArray, !isFirst {
      // Before the newline that ends the element above.
      buffer.append(44)
      buffer.append(10)
    }
    printer.append(
      PrintedRecord(bytes: record.bytes, line: record.line?.rawValue, lineCount: record.lineCount, source: source),
      to: &buffer)
    if isArray { buffer.removeLast() }
  }
}

/// The sources of a snapshot as printing needs them, made at the first use. One for each thread.
final class PrintedSources {
  private struct Key: Hashable {
    var generation: GenerationID
    var reference: Timestamp
  }

  private let names: [FileID: String]
  private var made: [Key: PrintedSource] = [:]
  private var last: (key: Key, source: PrintedSource)?

  init(_ snapshot: LogSnapshot) {
    names = Dictionary(uniqueKeysWithValues: snapshot.files.map { ($0.file, $0.name) })
  }

  /// The source of a record.
  func source(of record: RecordView) -> PrintedSource {
    source(of: record.position.generation, file: record.position.file, record.reference, record.reader)
  }

  /// The source of records of a generation; `reader` is read if it is a new one.
  func source(
    of generation: GenerationID, file: FileID, _ reference: Timestamp, _ reader: @autoclosure () -> RecordReader
  ) -> PrintedSource {
    let key = Key(generation: generation, reference: reference)
    if let last, last.key == key { return last.source }
    let source = made[key] ?? PrintedSource(name: names[file] ?? "", reader: reader(), reference: reference)
    made[key] = source
    last = (key, source)
    return source
  }
}
