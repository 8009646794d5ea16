import Analysis
import LogFiles
import Quantities
import QueryLanguage
import Records
import Timelines

/// A log in memory whose records flow through pipelines.
struct MinedLog {
  static let now = Timestamp(seconds: 1_767_355_200)
  private let bytes: [UInt8]
  private let reader: RecordReader
  private let name: String

  init(_ text: String, name: String = "app.log") {
    bytes = Array(text.utf8)
    self.name = name
    reader = bytes.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: name, options: .init()) }
  }

  private static let context = QueryContext(now: now, newest: now, cursor: now)

  /// The result of a query, the records cut into `pieces` that are merged in their order or, if so asked, in the opposite one.
  func table(
    _ query: String, pieces: Int = 1, isReversed: Bool = false, limits: GroupLimits = .large
  ) throws -> ResultTable {
    let plan = try PipelinePlan(QueryParser.parse(query), context: Self.context, limits: limits)
    var sinks: [any RecordSink] = []
    var cuts =
      [0] + bytes.indices.dropLast().filter { bytes[$0] == 10 && (48...57).contains(bytes[$0 + 1]) }.map { $0 + 1 }
    let starts = cuts
    cuts = (0..<pieces).map { starts[$0 * starts.count / pieces] } + [bytes.count]
    for piece in 0..<pieces {
      var worker = PipelineWorker(plan)
      let feed = PieceFeed(plan.filter.predicate, reader: reader, reference: Self.now, name: name, shortName: name)
      worker.take(file: FileID(0), generation: GenerationID(0)) { take in
        Array(bytes[cuts[piece]..<cuts[piece + 1]]).withUnsafeBytes { part in
          feed.forEachRecord(in: part, at: cuts[piece]) { take($0.context, $0.offset) }
        }
      }
      sinks.append(worker.sink)
    }
    if isReversed { sinks.reverse() }
    var merged = sinks[0]
    for sink in sinks.dropFirst() { Self.merge(sink, into: &merged) }
    return try plan.table(of: merged)
  }

  private static func merge<Sink: RecordSink>(_ later: any RecordSink, into sink: inout Sink) {
    if let later = later as? Sink { sink.merge(later) }
  }

  /// The line numbers of the records that pass a filter, and the offset at which each begins.
  func records(_ query: String) throws -> [Int] {
    let filter = try QueryCompiler.compile(query, context: Self.context)
    var offsets: [Int] = []
    let feed = PieceFeed(filter.predicate, reader: reader, reference: Self.now, name: name, shortName: name)
    bytes.withUnsafeBytes { part in feed.forEachRecord(in: part, at: 0) { offsets.append($0.offset) } }
    return offsets
  }

  /// The messages of all records.
  func messages() -> [(offset: Int, bytes: [UInt8])] {
    var messages: [(Int, [UInt8])] = []
    let feed = PieceFeed(.all, reader: reader, reference: Self.now, name: name, shortName: name)
    bytes.withUnsafeBytes { part in
      feed.forEachRecord(in: part, at: 0) { record in
        messages.append((record.offset, record.context.message.bytes.map(Array.init) ?? []))
      }
    }
    return messages
  }
}

extension ResultTable {
  /// The texts of a column.
  func texts(_ name: String) -> [String] {
    guard let place = columns.firstIndex(where: { $0.name == name }) else { return [] }
    return rows.map { ValueText.plain($0.cells[place]) }
  }
}
