import LogFiles
import Matching
import QueryLanguage
import Records

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

  init(_ printing: FilePrinting, chunks: RecordChunks, numbering: LineNumbering?, spare: SpareBuffers) {
    self.printing = printing
    self.numbering = numbering
    self.spare = spare
    reading = ChunkReading(chunks)
    predicate = printing.filter.predicate
    probe = predicate.lineProbe
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
      if let probe {
        renderHits(of: probe, in: piece, firstLine: line, &rendered)
      } else if predicate == .all, copies(piece) {
        append(piece, to: &rendered)
      } else {
        renderAll(piece, firstLine: line, &rendered)
      }
    }
    return rendered
  }

  // MARK: Which records

  /// Looks at the records that hold a match of `probe`.
  private func renderHits(
    of probe: Pattern, in piece: Range<Int>, firstLine: Int?, _ rendered: inout FilePrinting.Rendered
  ) {
    var known = piece.lowerBound
    var (line, counted) = (firstLine, piece.lowerBound)
    probe.forEachLineHit(in: reading.bytes(piece)) { hit in
      // Several lines of one record may be hit.
      guard piece.lowerBound + hit >= known else { return }
      let place = reading.record(at: piece.lowerBound + hit, in: piece, from: known)
      known = place.upperBound
      if let number = line {
        line = number + reading.lineCount(in: counted..<place.lowerBound)
        counted = place.lowerBound
      }
      let count = line == nil ? 1 : max(1, reading.lineCount(in: place.lowerBound..<place.upperBound - 1) + 1)
      renderIfMatching(place, line: line, lineCount: count, level: .none, &rendered)
    }
  }

  /// Looks at all records.
  private func renderAll(_ piece: Range<Int>, firstLine: Int?, _ rendered: inout FilePrinting.Rendered) {
    reading.forEachRecord(in: piece) { record in
      renderIfMatching(
        record.place, line: firstLine.map { $0 + record.firstLine }, lineCount: record.lineCount,
        level: .some(record.level), &rendered)
      return true
    }
  }

  /// `line` counts from 0.
  private func renderIfMatching(
    _ place: Range<Int>, line: Int?, lineCount: Int, level: Level??, _ rendered: inout FilePrinting.Rendered
  ) {
    let bytes = Self.withoutLineEnd(reading.bytes(place))
    let number = line.map { $0 + 1 }
    if predicate != .all {
      context.show(bytes, line: number, level: level)
      guard predicate.matches(context) else { return }
    }
    rendered.isMatched = true
    printing.printer.append(
      PrintedRecord(bytes: bytes, line: number, lineCount: lineCount, source: source, isPrivate: true),
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
