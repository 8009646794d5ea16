import LogFiles
import TestSupport
import Quantities
import QueryLanguage
import Records

@testable import Timelines

/// Bytes in memory that stand for a file.
final class MemoryBytes: ByteStore {
  // SAFETY: allocated and filled by `init`, never written afterwards, freed by `deinit`.
  nonisolated(unsafe) let buffer: UnsafeRawBufferPointer

  init(_ bytes: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    memory.copyBytes(from: bytes)
    buffer = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[0..<bytes.count])
  }

  deinit { buffer.deallocate() }
}

/// One life of a file in a test.
struct TestFile {
  var file = 0
  var text: [UInt8]
  var segmentSize = 1 << 16
  /// Segments that are not indexed yet at the beginning.
  var missing = 0
  /// The segments at which stretches begin that are sorted together, if the file is in disorder.
  var cuts = [0]

  /// What `LogFiles` would publish for it; `old` lends the segments that are the same as before.
  func generation(_ number: Int, after old: GenerationSnapshot? = nil) -> GenerationSnapshot {
    let bytes = MemoryBytes(text)
    let reader = reader
    // Only the last segment of before may have changed.
    let all = InMemory.segments(
      bytes.buffer, reader: reader, segmentSize: segmentSize, reference: reference,
      known: old?.segments.map(\.index) ?? [])
    let segments = InMemory.stitched(all.dropFirst(missing))
    var snapshot = GenerationSnapshot(
      file: FileID(file), generation: GenerationID(number), bytes: bytes, byteCount: text.count, reader: reader,
      segments: segments, isIndexed: missing == 0, fallbackKey: reference)
    if missing == 0 { InMemory.arrange(&snapshot, cuts: cuts.filter { $0 < segments.count || $0 == 1 << 20 }) }
    return snapshot
  }

  var reader: RecordReader {
    text.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "test.log", options: ReadingOptions()) }
  }

  static let reference = Timestamp(seconds: 1_800_000_000)
  var reference = Self.reference
}

/// A snapshot of several lives of files; those of the same file must stand together.
func snapshot(_ files: [TestFile], after old: LogSnapshot? = nil) -> LogSnapshot {
  var result = LogSnapshot()
  result.version = (old?.version ?? 0) + 1
  for (number, file) in files.enumerated() {
    let before = old.flatMap { number < $0.generations.count ? $0.generations[number] : nil }
    result.generations.append(file.generation(number, after: before))
  }
  for file in Set(files.map(\.file)).sorted() {
    result.files.append(FileStatus(file: FileID(file), name: "/logs/\(file).log", shortName: "\(file)"))
  }
  return result
}

/// How a random log looks.
struct LogShape {
  /// Milliseconds between records, at most.
  var step = 50
  /// Microseconds are written too.
  var isFine = false
  /// With `isFine`: microseconds between records, at most; a tick of the index is a millisecond.
  var fineStep = 1_000
  /// Whole seconds only.
  var isCoarse = false
  var lateChance = 10
  /// Percent of records whose clock was far ahead.
  var outlierChance = 0
  /// Percent of records before which the clock was set back by hours.
  var plungeChance = 0
  /// The newest records come first.
  var isReversed = false
  /// Percent of records without a stamp, where the format allows them.
  var stamplessChance = 0
  var continuationChance = 20
  var hasStamps = true
  var isStructured = false
  var lineEnd = "\n"
  var endsWithNewline = true

  static func random(_ random: inout SeededGenerator) -> LogShape {
    var shape = LogShape()
    shape.step = [0, 1, 50, 3_000, 90_000, 900_000_000][random.below(6)]
    shape.isFine = random.chance(30)
    shape.isCoarse = random.chance(30)
    shape.lateChance = [0, 0, 10, 50][random.below(4)]
    shape.outlierChance = [0, 0, 1, 20][random.below(4)]
    shape.plungeChance = [0, 0, 0, 3][random.below(4)]
    shape.isReversed = random.chance(20)
    shape.stamplessChance = [0, 0, 10][random.below(3)]
    shape.continuationChance = [0, 10, 60][random.below(3)]
    shape.hasStamps = !random.chance(15)
    shape.isStructured = random.chance(25)
    shape.lineEnd = random.chance(15) ? "\r\n" : "\n"
    shape.endsWithNewline = !random.chance(30)
    return shape
  }

  /// The text of about `records` records.
  func text(_ records: Int, from start: Timestamp, _ random: inout SeededGenerator) -> [UInt8] {
    var texts: [String] = []
    var now = start
    for number in 0..<records {
      now = now + .milliseconds(Int64(step == 0 ? 0 : random.below(step)))
      if isFine { now = now + .microseconds(Int64(random.below(fineStep))) }
      let late: Int64 = random.chance(lateChance) ? Int64(random.below(random.chance(20) ? 200_000 : 500)) : 0
      if random.chance(plungeChance) { now = now - .minutes(Int64(random.below(300))) }
      let ahead = random.chance(outlierChance) ? TimeSpan.minutes(Int64(random.below(100_000))) : .zero
      let fineLate = isFine && random.chance(lateChance) ? Int64(random.below(fineStep * 20)) : 0
      texts.append(
        record(number, now - .milliseconds(late) - .microseconds(fineLate) + ahead, &random))
    }
    var text = (isReversed ? texts.reversed() : texts).joined()
    if !endsWithNewline, text.hasSuffix(lineEnd) { text.removeLast() }
    return Array(text.utf8)
  }

  private static let levels = ["DEBUG", "INFO", "INFO", "WARN", "ERROR", "FATAL", "noise"]
  private static let words = ["alpha", "beta", "timeout", "refused", "gamma ray", "Timeout", "x", "status"]

  private func record(_ number: Int, _ stamp: Timestamp, _ random: inout SeededGenerator) -> String {
    let level = Self.levels[random.below(Self.levels.count)]
    let word = Self.words[random.below(Self.words.count)]
    let status = [200, 201, 404, 500, 503][random.below(5)]
    let time = written(stamp)
    if isStructured {
      let time = random.chance(stamplessChance) ? "none" : time
      return
        "{\"time\":\"\(time)\",\"level\":\"\(level)\",\"msg\":\"\(word) \(number)\",\"status\":\(status)}\(lineEnd)"
    }
    var text = (hasStamps ? "\(time) \(level) " : "plain ") + "\(word) number=\(number) status=\(status)\(lineEnd)"
    while random.chance(continuationChance) {
      text += "    at \(Self.words[random.below(Self.words.count)]).line(\(random.below(9)))\(lineEnd)"
    }
    return text
  }

  func written(_ stamp: Timestamp) -> String {
    let civil = CivilTime(utc: stamp)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let day = "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
    let clock = "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))"
    let rest = stamp.nanoseconds - stamp.wholeSeconds * 1_000_000_000
    let digits = String(1_000_000_000 + rest).dropFirst()
    return "\(day)T\(clock)" + (isCoarse ? "Z" : ".\(digits.prefix(isFine ? 6 : 3))Z")
  }
}
