import Platform
import Quantities
import Records

/// Reads pieces of one file into memory of its own, one after the other. One for each thread.
///
///     let reading = ChunkReading(chunks)
///     if case .records(let place) = reading.read(7) { use(reading.bytes(place)) }
public final class ChunkReading {
  /// What a piece holds.
  public enum Piece {
    /// Records, at this place of the file.
    case records(Range<Int>)
    /// No record starts in it.
    case empty
    /// The file has become shorter.
    case cut
  }

  /// The file became shorter.
  struct Cut: Error {}

  /// The pieces that are read.
  public let chunks: RecordChunks
  private let file: PlainFile
  private var bounds: RecordBounds
  private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// The bytes of the file that are in `storage`.
  private var held = 0..<0

  /// How far around its piece a reader reads at once: before, to find a line after which the state is known; after, to
  /// the end of the last record.
  private static let margin = 4096

  /// Reads pieces of `chunks`.
  public init(_ chunks: RecordChunks) {
    self.chunks = chunks
    file = chunks.file
    bounds = RecordBounds(chunks.file.reader, reference: chunks.file.modified)
  }

  deinit { storage.deallocate() }

  /// Bytes at a place of the file that `read` gave, or inside of it; valid until the next call of that.
  public func bytes(_ place: Range<Int>) -> UnsafeRawBufferPointer {
    let inner = place.clamped(to: held)
    return UnsafeRawBufferPointer(
      rebasing: storage[inner.lowerBound - held.lowerBound..<inner.upperBound - held.lowerBound])
  }

  /// Reads piece `number`.
  public func read(_ number: Int) -> Piece {
    let range = chunks.range(number)
    do throws(Cut) {
      let lead = max(0, range.lowerBound - Self.margin)
      held = lead..<lead
      try extend(to: range.upperBound + Self.margin)
      guard let first = try firstLine(atOrAfter: range.lowerBound, before: range.upperBound),
        let start = try firstRecord(atOrAfter: first, before: range.upperBound, in: number)
      else { return .empty }
      guard let next = try firstLine(atOrAfter: range.upperBound, before: file.size) else {
        return .records(start..<file.size)
      }
      return .records(start..<(try firstRecord(after: start, atOrAfter: next) ?? file.size))
    } catch { return .cut }
  }

  // MARK: Bytes

  /// Reads on until the bytes before `end` are held.
  private func extend(to end: Int) throws(Cut) {
    let end = min(end, file.size)
    guard end > held.upperBound else { return }
    reserve(end - held.lowerBound)
    let part = UnsafeMutableRawBufferPointer(rebasing: storage[held.count..<end - held.lowerBound])
    guard (try? file.descriptor.read(into: part, at: held.upperBound)) == part.count else { throw Cut() }
    held = held.lowerBound..<end
  }

  private func reserve(_ count: Int) {
    if count <= storage.count { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, storage.count * 2), alignment: 64)
    if held.count > 0 { larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<held.count])) }
    storage.deallocate()
    storage = larger
  }

  // MARK: Lines

  /// Where the line that holds the byte at `place` ends: at its newline, or with the file.
  private func lineEnd(from place: Int, before limit: Int = .max) throws(Cut) -> Int {
    var place = place
    while true {
      let stop = min(held.upperBound, limit)
      if place < stop, let found = LineBytes.newline(in: bytes(place..<stop)) { return place + found }
      place = max(place, stop)
      if place >= min(limit, file.size) { return place }
      try extend(to: held.upperBound + max(65_536, held.count / 4))
    }
  }

  /// The first line that begins at `place` or after it, and before `limit`.
  private func firstLine(atOrAfter place: Int, before limit: Int) throws(Cut) -> Int? {
    if place == 0 { return 0 < limit ? 0 : nil }
    // A line that begins at `limit` is not wanted, so its newline before that is not either.
    let start = try lineEnd(from: place - 1, before: limit - 1) + 1
    return start < limit ? start : nil
  }

  private func startsRecord(lineAt start: Int, end: Int, state: inout ScanState) -> Bool {
    bounds.startsRecord(bytes(start..<end), readable: held.upperBound - start, state: &state)
  }

  // MARK: Records

  /// The first record at `line` or after it, and before `limit`; `number` is the piece that the line is in.
  private func firstRecord(atOrAfter line: Int, before limit: Int, in number: Int) throws(Cut) -> Int? {
    if line == 0 { return 0 }
    let end = try lineEnd(from: line)
    if bounds.startsRecordAnywhere(bytes(line..<end), readable: held.upperBound - line) { return line }
    var floor = held.lowerBound
    if floor > 0 { floor += (LineBytes.newline(in: bytes(floor..<line)) ?? line - floor - 1) + 1 }
    var state = try state(before: line, from: floor, isKnownThere: floor == 0)
    if state == nil { state = try entryState(number) }
    return try scan(from: line, state ?? ScanState(), before: limit)
  }

  /// The first record at `line` or after it, where one is known to start at `start` before that.
  private func firstRecord(after start: Int, atOrAfter line: Int) throws(Cut) -> Int? {
    let end = try lineEnd(from: line)
    if bounds.startsRecordAnywhere(bytes(line..<end), readable: held.upperBound - line) { return line }
    let state = try state(before: line, from: start, isKnownThere: true)
    return try scan(from: line, state ?? ScanState(), before: .max)
  }

  /// Goes on from `line` until a record starts.
  private func scan(from line: Int, _ state: ScanState, before limit: Int) throws(Cut) -> Int? {
    var (line, state) = (line, state)
    while line < min(limit, file.size) {
      let end = try lineEnd(from: line)
      if startsRecord(lineAt: line, end: end, state: &state) { return line }
      line = end + 1
    }
    return nil
  }

  /// The state before `line`, found by going back to a line after which it is known, at most to the line at `floor`; nil
  /// if there is none.
  ///
  /// Where a record starts at `floor`, or the file, the initial state serves there.
  private func state(before line: Int, from floor: Int, isKnownThere: Bool) throws(Cut) -> ScanState? {
    var place = line
    while place > floor {
      let end = place - 1
      let start = floor + LineBytes.lastStart(in: bytes(floor..<end))
      if let known = bounds.stateAfter(bytes(start..<end), readable: held.upperBound - start) {
        return try state(after: place, known, before: line)
      }
      place = start
    }
    return isKnownThere ? try state(after: floor, ScanState(), before: line) : nil
  }

  private func state(after place: Int, _ known: ScanState, before line: Int) throws(Cut) -> ScanState {
    var (place, state) = (place, known)
    while place < line {
      let end = try lineEnd(from: place)
      _ = startsRecord(lineAt: place, end: end, state: &state)
      place = end + 1
    }
    return state
  }

  /// The state before the first line of piece `number`, found by reading the pieces before it, back to one where it is
  /// known. Rare: after thousands of bytes of nothing but indented lines.
  private func entryState(_ number: Int) throws(Cut) -> ScanState {
    var first = number
    var state: ScanState?
    while state == nil {
      state = chunks.knownState(first)
      if state == nil { first -= 1 }
    }
    var reached = state ?? ScanState()
    let earlier = ChunkReading(chunks)
    for piece in first..<number {
      reached = try earlier.exitState(piece, entry: reached)
      chunks.remember(reached, piece + 1)
    }
    return reached
  }

  /// The state after the lines that start in piece `number`.
  private func exitState(_ number: Int, entry: ScanState) throws(Cut) -> ScanState {
    let range = chunks.range(number)
    held = max(0, range.lowerBound - 1)..<max(0, range.lowerBound - 1)
    try extend(to: range.upperBound)
    var state = entry
    guard var line = try firstLine(atOrAfter: range.lowerBound, before: range.upperBound) else { return state }
    while line < range.upperBound {
      let end = try lineEnd(from: line)
      _ = startsRecord(lineAt: line, end: end, state: &state)
      line = end + 1
    }
    return state
  }

  // MARK: Inside of a piece

  /// The record that holds the byte at `place`, with its last newline, in a piece that was read.
  ///
  /// `known` is the beginning of a record of that piece at or before `place`.
  public func record(at place: Int, in piece: Range<Int>, from known: Int) -> Range<Int> {
    var line = known + LineBytes.lastStart(in: bytes(known..<place))
    var patience = 32
    while line > known, patience > 0 {
      if bounds.startsRecordAnywhere(self.line(line, in: piece), readable: held.upperBound - line) {
        return record(at: place, in: piece, startingAt: line)
      }
      let above = known + LineBytes.lastStart(in: bytes(known..<line - 1))
      if let state = bounds.stateAfter(bytes(above..<line - 1), readable: held.upperBound - above),
        let start = firstRecord(inPieceFrom: line, state, upTo: place, piece)
      {
        return record(at: place, in: piece, startingAt: start)
      }
      line = above
      patience -= 1
    }
    return record(at: place, in: piece, startingAt: known)
  }

  private func line(_ start: Int, in piece: Range<Int>) -> UnsafeRawBufferPointer {
    let rest = bytes(start..<piece.upperBound)
    return UnsafeRawBufferPointer(rebasing: rest[..<(LineBytes.newline(in: rest) ?? rest.count)])
  }

  /// Where a record starts between two places of a piece.
  private func firstRecord(
    inPieceFrom first: Int, _ entry: ScanState, upTo place: Int, _ piece: Range<Int>
  ) -> Int? {
    var (start, state) = (first, entry)
    while start <= place, start < piece.upperBound {
      let line = line(start, in: piece)
      if bounds.startsRecord(line, readable: held.upperBound - start, state: &state) { return start }
      start += line.count + 1
    }
    return nil
  }

  /// The last record that starts at `start` or after it and not after `place`.
  private func record(at place: Int, in piece: Range<Int>, startingAt start: Int) -> Range<Int> {
    var (first, state) = (start, ScanState())
    let head = line(start, in: piece)
    // A record that starts leaves the initial state, but for the first line of a file, which starts one whatever it is.
    _ = bounds.startsRecord(head, readable: held.upperBound - start, state: &state)
    var next = start + head.count + 1
    while next < piece.upperBound {
      let line = line(next, in: piece)
      if bounds.startsRecord(line, readable: held.upperBound - next, state: &state) {
        if next > place { return first..<next }
        first = next
      }
      next += line.count + 1
    }
    return first..<piece.upperBound
  }

  /// Gives all records of a piece that was read to `body`, in order, until it returns false.
  public func forEachRecord(in piece: Range<Int>, _ body: (PieceRecord) -> Bool) {
    let region = bytes(piece)
    let index = file.reader.index(region, segment: 0..<region.count, reference: file.modified)
    var record: PieceRecord?
    var (offset, line) = (0, 0)
    while offset < region.count, line < index.lineCount {
      let code = index.groups[line >> 6].code(ofLine: line & 63)
      if code.isStart || record == nil {
        if var complete = record {
          complete.place = complete.place.lowerBound..<piece.lowerBound + offset
          complete.lineCount = line - complete.firstLine
          if !body(complete) { return }
        }
        record = PieceRecord(place: piece.lowerBound + offset..<piece.upperBound, firstLine: line, level: code.level)
      }
      let rest = UnsafeRawBufferPointer(rebasing: region[offset...])
      offset += (LineBytes.newline(in: rest) ?? rest.count) + 1
      line += 1
    }
    if var last = record {
      last.lineCount = line - last.firstLine
      _ = body(last)
    }
  }

  /// How many lines end in a part of a piece.
  public func lineCount(in place: Range<Int>) -> Int { LineBytes.count(in: bytes(place)) }
}

/// A record of a piece.
public struct PieceRecord: Sendable {
  /// Where it lies in the file, with its last newline.
  public var place: Range<Int>
  /// Lines of the piece before it.
  public var firstLine: Int
  /// How many lines it has.
  public var lineCount = 1
  /// Its level; nil if unknown.
  public var level: Level?
}
