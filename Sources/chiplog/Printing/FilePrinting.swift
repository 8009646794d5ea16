import Glibc
import LogFiles
import Matching
import Platform
import Quantities
import QueryLanguage
import Records

/// Prints the matching records of one file, in the order in which they lie there, while it is read: nothing is indexed.
///
/// Several threads read pieces of the file (`RecordChunks`). Where every match holds some text, a piece is searched for
/// that, and only the records that have it are looked at; else all are.
struct FilePrinting: Sendable {
  let file: PlainFile
  let filter: CompiledFilter
  let printer: RecordPrinter

  /// A piece as it is written out.
  struct Rendered: Sendable {
    var bytes: [UInt8] = []
    var isMatched = false
    /// Whether the file has become shorter than it was.
    var isCut = false
  }

  /// What a launch asks for, if it can be done so; nil if the files must be indexed, or cannot be read.
  init?(_ launch: Launch, printer: RecordPrinter) throws(Diagnostic) {
    let options = launch.options
    guard launch.sources.count == 1, case .path(let path) = launch.sources[0], !launch.files.follows,
      options.tail == nil, !options.sorts, let file = PlainFile(path, options: launch.files)
    else { return nil }
    self.file = file
    self.printer = printer
    guard let filter = try Self.filter(launch) else { return nil }
    self.filter = filter
    let asksForTime = printer.format != .text || filter.predicate.leaves.contains { $0.asksForTime }
    if asksForTime, Self.dependsOnYear(file) { return nil }
  }

  /// The query, if it means the same whatever the newest record is, which only an index tells.
  private static func filter(_ launch: Launch) throws(Diagnostic) -> CompiledFilter? {
    try filter(QueryParser.parse(launch.queryText), launch)
  }

  private static func filter(_ tree: SyntaxTree, _ launch: Launch) throws(Diagnostic) -> CompiledFilter? {
    let now = Clock.now
    func compiled(_ newest: Timestamp) throws(Diagnostic) -> CompiledFilter {
      let context = QueryContext(
        now: now, newest: newest, cursor: newest, isFollowing: false, zone: launch.zone ?? ZoneDatabase.local,
        savedFilters: launch.configuration.filters)
      return try QueryCompiler.compile(tree, context: context)
    }
    let filter = try compiled(now)
    let other = try compiled(now + TimeSpan.days(-500) + TimeSpan.hours(-5))
    return filter.predicate == other.predicate ? filter : nil
  }

  /// Whether the filter means the same whatever the newest record is.
  static func isTimeless(_ launch: Launch, _ tree: SyntaxTree) throws(Diagnostic) -> Bool {
    let isSettled = try filter(tree.withoutStages, launch) != nil
    return isSettled && !tree.hasTimesInStages
  }

  /// Whether stamps of the file are settled by a year or a date that is not written in them.
  static func dependsOnYear(_ file: PlainFile) -> Bool {
    let head = (try? file.descriptor.bytes(in: 0..<min(file.size, 16_384))) ?? []
    let other = file.modified + TimeSpan.days(-500)
    for line in head.split(separator: 10).prefix(100) {
      let isSame = Array(line).withUnsafeBytes { line in
        file.reader.stamp(of: line, reference: file.modified) == file.reader.stamp(of: line, reference: other)
      }
      if !isSame { return true }
    }
    return false
  }

  /// Writes the matching records; whether there were any. Throws `Output.Ending`, and `CutShort`.
  func run(to output: inout Output) throws -> Bool {
    let chunks = RecordChunks(file)
    let numbering = needsLines ? LineNumbering() : nil
    let spare = SpareBuffers()
    let work = OrderedWork<Rendered>(count: chunks.count) {
      let worker = PiecePrinting(self, chunks: chunks, numbering: numbering, spare: spare)
      return { worker.render($0) }
    }
    var isMatched = false
    try output.flush()
    try work.consume { rendered in
      isMatched = isMatched || rendered.isMatched
      try output.write(rendered.bytes)
      spare.put(&rendered.bytes)
      if rendered.isCut { throw CutShort() }
      return true
    }
    return isMatched
  }

  /// The file became shorter while it was read.
  struct CutShort: Error, CustomStringConvertible { var description: String { "was cut short while it was read" } }

  private var needsLines: Bool {
    printer.format != .text || filter.predicate.leaves.contains { if case .line = $0.kind { true } else { false } }
  }
}

extension Leaf {
  /// Whether stamps are compared.
  fileprivate var asksForTime: Bool { if case .time = kind { true } else { false } }
}

/// Buffers that were written out and can be filled anew: getting so much memory from the system costs more than to fill it.
final class SpareBuffers: Sendable {
  private let buffers = Monitor<[[UInt8]]>([])

  func take() -> [UInt8] { buffers.withLock { $0.popLast() } ?? [] }

  /// Takes a buffer over; what is left is empty.
  func put(_ buffer: inout [UInt8]) {
    var own: [UInt8] = []
    swap(&own, &buffer)
    guard own.capacity > 0, own.capacity < 32 << 20 else { return }
    own.removeAll(keepingCapacity: true)
    buffers.withLock { $0.append(own) }
  }
}
