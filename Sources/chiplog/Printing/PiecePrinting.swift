import LogFiles
import QueryLanguage
import Records
import Timelines

/// Renders pieces of one file, one after the other, on one thread.
final class PiecePrinting {
  private let printing: FilePrinting
  private let reading: ChunkReading
  private let numbering: LineNumbering?
  private let spare: SpareBuffers
  private let source: PrintedSource
  private let predicate: Predicate
  private let feed: PieceFeed

  init(_ printing: FilePrinting, chunks: RecordChunks, numbering: LineNumbering?, spare: SpareBuffers) {
    self.printing = printing
    self.numbering = numbering
    self.spare = spare
    reading = ChunkReading(chunks)
    predicate = printing.filter.predicate
    source = PrintedSource(
      name: printing.file.name, reader: printing.file.reader, reference: printing.file.modified)
    feed = PieceFeed(
      predicate, reader: printing.file.reader, reference: printing.file.modified, name: printing.file.name,
      shortName: printing.file.shortName)
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
      } else {
        feed.forEachRecord(of: piece, in: reading, firstLine: line) { record in
          render(record.bytes, line: record.line, lineCount: record.lineCount, &rendered)
        }
      }
    }
    return rendered
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
