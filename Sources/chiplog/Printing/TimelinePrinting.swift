import LogFiles
import Quantities
import Records
import Timelines

/// Prints the records of a timeline from some rank on: blocks of ranks are rendered by several threads and written in order.
struct TimelinePrinting: Sendable {
  let timeline: Timeline
  let printer: RecordPrinter

  private struct Block: Sendable {
    var bytes: [UInt8] = []
    /// The rank to go on from, where records were so large that not all of the block could be rendered ahead.
    var rest: Range<Int>?
  }

  /// Bytes of a block after which no more of it is rendered ahead.
  private static let largeBlock = 8 << 20

  /// Writes the records from rank `first` on; whether there were any.
  func run(from first: Int, to output: inout Output) throws -> Bool {
    let count = timeline.count - first
    guard count > 0 else { return false }
    let size = blockSize
    try output.flush()
    // A block begins with a look for its place in every file: where these are many, one goes through them all.
    guard count > 2 * size, timeline.snapshot.generations.count <= 64 else {
      try write(first..<timeline.count, to: &output)
      return true
    }
    let spare = SpareBuffers()
    let work = OrderedWork<Block>(count: (count + size - 1) / size) {
      let sources = PrintedSources(timeline.snapshot)
      return { number in
        let start = first + number * size
        return render(start..<min(start + size, timeline.count), sources, into: spare.take())
      }
    }
    try work.consume { block in
      try output.write(block.bytes)
      spare.put(&block.bytes)
      if let rest = block.rest { try write(rest, to: &output) }
      return true
    }
    return true
  }

  /// About a megabyte of records.
  private var blockSize: Int {
    let snapshot = timeline.snapshot
    let bytes = snapshot.generations.reduce(0) { $0 + $1.byteCount }
    let records = max(1, snapshot.generations.reduce(0) { $0 + $1.recordCount })
    return min(4096, max(1, (1 << 20) / max(1, bytes / records)))
  }

  private func render(_ ranks: Range<Int>, _ sources: PrintedSources, into buffer: [UInt8]) -> Block {
    var block = Block(bytes: buffer)
    var cursor = timeline.cursor(from: ranks.lowerBound)
    var rank = ranks.lowerBound
    cursor.forEach { record in
      if isGiant(record) { return false }
      append(record, sources, to: &block.bytes)
      rank += 1
      return rank < ranks.upperBound && block.bytes.count < Self.largeBlock
    }
    if rank < ranks.upperBound { block.rest = rank..<ranks.upperBound }
    return block
  }

  /// Renders and writes on this thread, with no more than one record in memory.
  private func write(_ ranks: Range<Int>, to output: inout Output) throws {
    let sources = PrintedSources(timeline.snapshot)
    var cursor = timeline.cursor(from: ranks.lowerBound)
    var rank = ranks.lowerBound
    var ending: Output.Ending?
    cursor.forEach { record in
      do throws(Output.Ending) {
        if isGiant(record) { try copy(record, to: &output) } else { append(record, sources, to: &output.buffer) }
        try output.flushIfLarge()
      } catch { ending = error }
      rank += 1
      return ending == nil && rank < ranks.upperBound
    }
    if let ending { throw ending }
    try output.flush()
  }

  /// Whether a record is printed as it stands in its file, and too large for a buffer.
  private func isGiant(_ record: RecordView) -> Bool {
    printer.format == .text && !printer.isForTerminal && record.bytes.count > Self.largeBlock
  }

  /// Writes such a record part by part.
  private func copy(_ record: RecordView, to output: inout Output) throws(Output.Ending) {
    var start = 0
    while start < record.bytes.count {
      let end = min(start + (1 << 20), record.bytes.count)
      output.buffer.append(contentsOf: record.bytes[start..<end])
      try output.flush()
      start = end
    }
    output.buffer.append(10)
  }

  private func append(_ record: RecordView, _ sources: PrintedSources, to buffer: inout [UInt8]) {
    let position = record.position
    let source = sources.source(of: position.generation, file: position.file, record.reader, record.reference)
    printer.append(
      PrintedRecord(bytes: record.bytes, line: record.line?.rawValue, lineCount: record.lineCount, source: source),
      to: &buffer)
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

  /// The source of a record; `reader` is that of its generation.
  func source(
    of generation: GenerationID, file: FileID, _ reader: RecordReader, _ reference: Timestamp
  ) -> PrintedSource {
    let key = Key(generation: generation, reference: reference)
    if let last, last.key == key { return last.source }
    let source = made[key] ?? PrintedSource(name: names[file] ?? "", reader: reader, reference: reference)
    made[key] = source
    last = (key, source)
    return source
  }
}
