import JSON
import Quantities

/// Reads the stamps of many records of one file, one after the other: what `RecordReader.stamp(of:reference:)` gives, at a
/// fraction of its time, as neighbours share their minute.
///
///     var reading = StampReading(reader, reference: modificationTime)
///     for record in records { use(reading.stamp(of: record)) }
///
/// The bytes may change meanwhile: fast paths look at a byte once where it counts, all else reads a copy.
public struct StampReading: Sendable {
  private var reading: LineReading
  /// The instant that stamps without a year or a date are resolved against.
  public var reference: Timestamp { reading.resolver.reference }

  /// Makes a reading for records of the file that `reader` was made for.
  public init(_ reader: RecordReader, reference: Timestamp) {
    reading = LineReading(reader: reader, reference: reference)
    reading.fast.lessons = 0
  }

  /// The stamp of a record, of which the first line suffices, but see `RecordReader.looksAhead`; nil if it has none.
  @inline(__always) public mutating func stamp(of record: UnsafeRawBufferPointer) -> Timestamp? {
    reading.fastStamp(record) ?? generalStamp(record)
  }

  @inline(never) private mutating func generalStamp(_ record: UnsafeRawBufferPointer) -> Timestamp? {
    if reading.reader.looksAhead {
      return record.withCopy(atMost: RecordReader.lookahead) { copy in
        reading.reader.stamp(reading.reader.headBytes(copy)).map { reading.resolver.instant($0) }
      }
    }
    return record.part(0..<record.firstLineEnd).withCopy(atMost: RecordReader.reach) { line in
      reading.reader.stamp(line).map { reading.resolver.instant($0) }
    }
  }
}

// The fast paths of stamps alone: each gives exactly what the general reading gives, or nil.
//
// SAFETY: as in `FastMarks`; and nothing that is computed from a byte is out of bounds or overflows if another look at
// it gives another one.
extension LineReading {
  /// The quick stamp of the record that begins at the start of `line`, which need not end with its first line.
  @inline(__always) mutating func fastStamp(_ line: UnsafeRawBufferPointer) -> Timestamp? {
    guard fast.template.isLearned else { return reader.family == .syslog ? fastSyslogStamp(line)?.stamp : nil }
    switch reader.family {
    case .text: return textStamp(line)
    case .json: return jsonStamp(line)
    case .access:
      return fastAccess(firstLine(line), readable: line.count).map { Timestamp(nanoseconds: $0.nanoseconds) }
    case .logfmt: return logfmtStamp(line)
    case .syslog, .columns, .custom, .journal, .xml: return nil
    }
  }

  @inline(__always) private func firstLine(_ record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    record.part(0..<record.firstLineEnd)
  }

  @inline(__always) private mutating func textStamp(_ line: UnsafeRawBufferPointer) -> Timestamp? {
    let end = fast.offset &+ fast.template.length
    guard line.count >= end &+ 8, fast.offset == 0 || line[0] == UInt8(ascii: "["),
      let instant = match(line, at: fast.offset), endsStamp(line, end)
    else { return nil }
    return Timestamp(nanoseconds: instant)
  }

  /// The instant of the templated stamp at `start`, which lies in `line` as a whole.
  @inline(__always) private mutating func match(_ line: UnsafeRawBufferPointer, at start: Int) -> Int64? {
    guard let base = line.baseAddress else { return nil }
    if line.count >= start &+ StampTemplate.readable { return fast.template.match(base + start, &resolver) }
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { block in
      // Fewer bytes than the template loads are left.
      block.storeBytes(of: SIMD64<UInt8>(repeating: 0), as: SIMD64<UInt8>.self)
      block.copyMemory(from: line.part(start..<line.count))
      guard let copy = block.baseAddress else { return nil }
      return fast.template.match(UnsafeRawPointer(copy), &resolver)
    }
  }

  /// The first value under the file's favourite key, if it has the file's usual shape.
  @inline(__always) private mutating func jsonStamp(_ line: UnsafeRawBufferPointer) -> Timestamp? {
    let reach = line.part(0..<min(line.count, JSONReading.reach))
    guard let timeKey = reader.habits.timeKey, let base = line.baseAddress, line.first == UInt8(ascii: "{"),
      JSONReading.begins(line), var members = JSONMembers(reach, object: 0..<reach.count)
    else { return nil }
    if reader.habits.ending.length > 0 {
      let first = firstLine(reach)
      if reader.habits.ending.find(in: first, reader.habits) != nil {
        return match(first, at: first.count &- 2 &- fast.template.length).map { Timestamp(nanoseconds: $0) }
      }
    }
    while let (name, value) = members.next() {
      guard timeKey.matches(base + name.range.lowerBound, count: name.range.count) else { continue }
      guard value.range.count == fast.template.length, let instant = match(line, at: value.range.lowerBound) else {
        return nil
      }
      // The general reading sees the first line only.
      return line.firstIndex(of: 10, in: 0..<value.range.upperBound) == nil ? Timestamp(nanoseconds: instant) : nil
    }
    return nil
  }

  /// As `fastLogfmt`, which finds a level too, since without one other keys might hold a better stamp.
  private mutating func logfmtStamp(_ record: UnsafeRawBufferPointer) -> Timestamp? {
    let line = firstLine(record)
    guard let timeKey = reader.habits.timeKey, let levelKey = reader.habits.levelKey, let base = line.baseAddress,
      LogfmtReading.begins(line)
    else { return nil }
    var instant: Int64?
    var hasLevel = false
    var index = 0
    let limit = min(line.count, LogfmtReading.reach)
    while let pair = LogfmtReading.pair(line, at: index, limit: limit) {
      index = pair.end
      let name = base + pair.name.lowerBound
      if timeKey.matches(name, count: pair.name.count), instant == nil {
        guard pair.value.count == fast.template.length, let value = match(record, at: pair.value.lowerBound) else {
          return nil
        }
        instant = value
      } else if levelKey.matches(name, count: pair.name.count), !hasLevel {
        hasLevel = LevelValue.read(line, pair.value, scale: reader.habits.levelRole.scale) != nil
      }
      if hasLevel, let instant { return Timestamp(nanoseconds: instant) }
    }
    return nil
  }
}
