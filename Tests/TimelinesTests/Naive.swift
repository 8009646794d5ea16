import LogFiles
import Quantities
import QueryLanguage
import Records
import TestSupport

@testable import Timelines

/// A record as the twin knows it: found by reading the whole file in one go, ordered by sorting.
struct NaiveRecord {
  var file: FileID
  var generation: GenerationID
  var number: Int
  var bytes: Range<Int>
  var line: Int
  var lineCount: Int
  var stamp: Timestamp?
  /// The same without outliers.
  var orderStamp: Timestamp?
  var level: Level?
  var key = Timestamp.distantFuture
  var text: [UInt8]
  var reader: RecordReader
  /// Whether its file is indexed from the beginning.
  var isNumbered = true

  var position: Position { Position(file: file, generation: generation, offset: ByteOffset(bytes.lowerBound)) }
  /// What decides between equal keys in one generation.
  var tie = 0
  var id: [Int] { [file.rawValue, generation.rawValue, tie] }

  func passes(_ predicate: Predicate, in snapshot: LogSnapshot) -> Bool {
    let status = snapshot.files.first { $0.file == file }
    return text.withUnsafeBytes { bytes in
      predicate.matches(
        RecordContext(
          bytes: bytes, reader: reader, reference: TestFile.reference, source: status?.shortName ?? "",
          path: status?.name ?? "", line: isNumbered ? line : nil))
    }
  }
}

/// All records of a snapshot in the order of the time line, by reading everything and sorting.
func naive(_ snapshot: LogSnapshot) -> [NaiveRecord] {
  var records = snapshot.generations.flatMap(naiveRecords)
  let files = Set(records.map(\.file))
  for file in files { setKeys(of: records.indices.filter { records[$0].file == file }, in: &records) }
  for generation in snapshot.generations {
    let own = records.indices.filter { records[$0].generation == generation.generation }
    // Only what is indexed from the beginning is put into another order.
    if generation.isIndexed { setOwnKeys(of: own, in: &records) }
  }
  let order = records.indices.sorted {
    (records[$0].key, records[$0].id, $0) < (records[$1].key, records[$1].id, $1)
  }
  return order.map { records[$0] }
}

private func naiveRecords(_ generation: GenerationSnapshot) -> [NaiveRecord] {
  let file = UnsafeRawBufferPointer(rebasing: generation.bytes.buffer[..<generation.byteCount])
  let reader = generation.reader
  let whole = reader.index(file, segment: 0..<file.count, reference: TestFile.reference)
  let lines = lineRanges(file)
  var records: [NaiveRecord] = []
  let from = generation.segments.first?.index.bytes.lowerBound ?? file.count
  for (number, range) in lines.enumerated() {
    let code = whole.groups[number / 64].code(ofLine: number % 64)
    if code.isStart {
      records.append(
        NaiveRecord(
          file: generation.file, generation: generation.generation, number: records.count, bytes: range,
          line: number + 1, lineCount: 1, level: code.level, text: [], reader: reader))
    } else if !records.isEmpty {
      let last = records.count - 1
      records[last].bytes = records[last].bytes.lowerBound..<range.upperBound
      records[last].lineCount += 1
    }
  }
  records.removeAll { $0.bytes.lowerBound < from }
  for number in records.indices {
    records[number].isNumbered = generation.isIndexed
    var end = records[number].bytes.upperBound
    if end > records[number].bytes.lowerBound, file[end - 1] == 10 { end -= 1 }
    if end < records[number].bytes.upperBound, end > records[number].bytes.lowerBound, file[end - 1] == 13 { end -= 1 }
    records[number].bytes = records[number].bytes.lowerBound..<end
    records[number].text = Array(file[records[number].bytes])
  }
  for number in records.indices { records[number].tie = number }
  // Years depend on all that follows.
  let stamps = OrderTwin.instants(records.map(\.text), reader, reference: generation.fallbackKey)
  for number in records.indices { records[number].stamp = stamps[number] }
  return records
}

/// The lines of a file with their newlines.
func lineRanges(_ file: UnsafeRawBufferPointer) -> [Range<Int>] {
  var (lines, start) = ([Range<Int>](), 0)
  for offset in file.indices where file[offset] == 10 {
    lines.append(start..<offset + 1)
    start = offset + 1
  }
  return start < file.count ? lines + [start..<file.count] : lines
}

/// Running maxima without outliers, by generation; what has no stamp stands as `Run` says.
private func setKeys(of indices: [Int], in records: inout [NaiveRecord]) {
  let generations = Set(indices.map { records[$0].generation }).sorted()
  for generation in generations {
    let own = indices.filter { records[$0].generation == generation }
    for (index, stamp) in zip(own, OrderTwin.orderStamps(own.map { records[$0].stamp })) {
      records[index].orderStamp = stamp
    }
  }
  var last: Timestamp?
  for generation in generations {
    let own = indices.filter { records[$0].generation == generation }
    let first = own.compactMap { records[$0].orderStamp }.first
    let later = indices.filter { records[$0].generation > generation }.compactMap { records[$0].orderStamp }.first
    var key = first ?? last ?? later ?? .distantFuture
    for index in own {
      if let stamp = records[index].orderStamp { key = max(key, stamp) }
      records[index].key = key
    }
    if first != nil { last = key }
  }
}

/// The keys of a generation whose records are out of order: their own stamps.
private func setOwnKeys(of indices: [Int], in records: inout [NaiveRecord]) {
  let stamps = indices.map { records[$0].stamp }
  let order = OrderTwin.order(stamps)
  guard order != .written, var key = stamps.lazy.compactMap(\.self).first else { return }
  for index in indices {
    key = records[index].stamp ?? key
    records[index].key = key
    if order == .newestFirst { records[index].tie = -records[index].tie }
  }
}

func < (left: (Timestamp, [Int], Int), right: (Timestamp, [Int], Int)) -> Bool {
  if left.0 != right.0 { return left.0 < right.0 }
  if left.1 != right.1 { return left.1.lexicographicallyPrecedes(right.1) }
  return left.2 < right.2
}
