import LogFiles
import Matching
import QueryLanguage
import Records
import Timelines

/// Renders pieces of one file, one after the other, on one thread.
final class PiecePrinting {
  private let printing: FilePrinting
  private let reading: ChunkReading
  private let numbering: LineNumbering?
  private let spare: SpareBuffers
  private let context: RecordContext
  private let source: PrintedSource
  private let predicate: Predicate
  private let probe: Pattern?
  /// Whether the last piece held many matches of the probe.
  private var isCommon = false

  init(_ printing: FilePrinting, chunks: RecordChunks, numbering: LineNumbering?, spare: SpareBuffers) {
    self.printing = printing
    self.numbering = numbering
    self.spare = spare
    reading = ChunkReading(chunks)
    predicate = printing.filter.predicate
    // Colours may stand between the letters of what is sought.
    probe = printing.file.reader.hasPlainForm ? nil : predicate.lineProbe
    source = PrintedSource(
      name: printing.file.name, reader: printing.file.reader, reference: printing.file.modified)
    context = RecordContext(
      reader: printing.file.reader, reference: printing.file.modified, source: printing.file.shortName,
      path: printing.file.name)
  }

  /// Reads a piece and renders its matching records.
  func render(_ number: Int) -> FilePrinting.Rendered {
    var rendered = FilePrinting.Rendered()
    switch reading.read(number) {
    case .cut:
      rendered.isCut = true
      _ = numbering?.lines(before: number, whichHas: 0)
    case .empty: _ = numbering?.lines(before: number, whichHas: 0)
    case .records(let piece):
      let line = numbering.map { $0.lines(before: number, whichHas: reading.lineCount(in: piece)) }
      rendered.bytes = spare.take()
      if predicate == .all {
        if copies(piece) { append(piece, to: &rendered) } else { renderAll(piece, firstLine: line, &rendered) }
      } else if let hits = probe.flatMap({ rareHits(of: $0, in: piece) }) {
        render(hits, in: piece, firstLine: line, &rendered)
      } else {
        renderFiltered(piece, number, firstLine: line, &rendered)
      }
    }
    return rendered
  }

  // MARK: Which records

  /// Bytes for each hit below which it is quicker to index the piece and to evaluate the filter on bitmaps.
  private static let rareHit = 1500

  /// The lines of a piece that hold a match of `probe`, by a byte of each; nil if they are many.
  private func rareHits(of probe: Pattern, in piece: Range<Int>) -> [Int]? {
    guard probe.requiredLiteral != nil || !isCommon else { return nil }
    let limit = max(64, piece.count / Self.rareHit)
    var hits: [Int] = []
    var count = 0
    probe.forEachMatchingLine(in: reading.bytes(piece)) { hit, _ in
      count += 1
      if count <= limit { hits.append(piece.lowerBound + hit) }
    }
    isCommon = count > limit
    return isCommon ? nil : hits
  }

  /// Looks at the records that hold the hits.
  private func render(_ hits: [Int], in piece: Range<Int>, firstLine: Int?, _ rendered: inout FilePrinting.Rendered) {
    var known = piece.lowerBound
    var (line, counted) = (firstLine, piece.lowerBound)
    // Several lines of one record may be hit.
    for hit in hits where hit >= known {
      let place = reading.record(at: hit, in: piece, from: known)
      known = place.upperBound
      if let number = line {
        line = number + reading.lineCount(in: counted..<place.lowerBound)
        counted = place.lowerBound
      }
      let count = line == nil ? 1 : reading.lineCount(in: place.lowerBound..<place.upperBound - 1) + 1
      let bytes = Self.withoutLineEnd(reading.bytes(place))
      let passes = source.reader.withPlain(bytes) { plain in
        context.show(plain, line: line.map { $0 + 1 })
        return predicate.matches(context)
      }
      if passes { render(bytes, line: line, lineCount: count, &rendered) }
    }
  }

  /// Indexes the piece as if it were a file, and evaluates the filter as the screen does.
  private func renderFiltered(
    _ piece: Range<Int>, _ number: Int, firstLine: Int?, _ rendered: inout FilePrinting.Rendered
  ) {
    let file = printing.file
    let bytes = reading.bytes(piece)
    let index = file.reader.index(bytes, segment: 0..<bytes.count, reference: file.modified)
    let segment = StitchedSegment(index: index, firstLine: firstLine ?? 0, firstRecord: 0, carriedKey: nil)
    var snapshot = LogSnapshot()
    snapshot.generations = [
      GenerationSnapshot(
        file: FileID(0), generation: GenerationID(number), bytes: PieceBytes(bytes), byteCount: bytes.count,
        reader: file.reader, segments: [segment], isIndexed: true, fallbackKey: file.modified)
    ]
    snapshot.files = [FileStatus(file: FileID(0), name: file.name, shortName: file.shortName)]
    let engine = FilterEngine(cacheLimit: 0, workers: 1)
    engine.evaluate(printing.filter, over: snapshot)?.forEachInFileOrder { record in
      let line = firstLine == nil ? nil : record.line.map { $0.rawValue - 1 }
      render(record.bytes, line: line, lineCount: record.lineCount, &rendered)
      return true
    }
  }

  /// Renders all records.
  private func renderAll(_ piece: Range<Int>, firstLine: Int?, _ rendered: inout FilePrinting.Rendered) {
    reading.forEachRecord(in: piece) { record in
      render(
        Self.withoutLineEnd(reading.bytes(record.place)), line: firstLine.map { $0 + record.firstLine },
        lineCount: record.lineCount, &rendered)
      return true
    }
  }

  /// `line` counts from 0.
  private func render(
    _ bytes: UnsafeRawBufferPointer, line: Int?, lineCount: Int, _ rendered: inout FilePrinting.Rendered
  ) {
    rendered.isMatched = true
    printing.printer.append(
      PrintedRecord(bytes: bytes, line: line.map { $0 + 1 }, lineCount: lineCount, source: source, isPrivate: true),
      to: &rendered.bytes)
  }

  private static func withoutLineEnd(_ record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var end = record.count
    if end > 0, record[end - 1] == 10 { end -= 1 }
    if end > 0, record[end - 1] == 13 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: record[..<end])
  }

  // MARK: All as it is

  /// Whether the records of a piece are printed as they stand there: a CR LF at the end of a record would go.
  private func copies(_ piece: Range<Int>) -> Bool {
    printing.printer.format == .text && !printing.printer.isForTerminal && !reading.bytes(piece).contains(13)
  }

  private func append(_ piece: Range<Int>, to rendered: inout FilePrinting.Rendered) {
    rendered.isMatched = true
    let bytes = reading.bytes(piece)
    rendered.bytes.append(contentsOf: bytes)
    if bytes.last != 10 { rendered.bytes.append(10) }
  }
}

/// The bytes of a piece as the store of a generation that lives no longer than they do.
private final class PieceBytes: ByteStore {
  // SAFETY: `PiecePrinting` alone makes one, of bytes that stay as they are until it reads the next piece, which is after
  // the snapshot that holds this is gone.
  nonisolated(unsafe) let buffer: UnsafeRawBufferPointer

  init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }
}
