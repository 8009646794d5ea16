import Platform
import Quantities
import Records
import Synchronization

/// A stream cut into pieces of whole records while it is read: nothing is kept of it, whatever its length.
///
///     let stream = try RecordStream(descriptor, name: "-", options: options)
///     let piece = StreamPiece()
///     while let number = try stream.read(into: piece) { piece.withBytes(use) }
///
/// Several threads may read; each gets pieces of its own. The format is decided by the first 64 KB.
public final class RecordStream: Sendable {
  /// How its bytes are read.
  public let reader: RecordReader
  /// When reading began, which settles stamps without a year.
  public let began: Timestamp
  private let input: FileDescriptor
  private let stop: FileDescriptor?
  private let state: Mutex<State>

  private struct State {
    var decoder = StreamDecoder(waitsForSample: true)
    var bounds: RecordBounds
    /// What was read behind the last piece.
    var rest: [UInt8]
    var isOver: Bool
    var count = 0
    /// What was read last.
    var scratch: [UInt8]
  }

  /// Bytes of a piece.
  static let pieceSize = 2 << 20
  /// A record, or what cannot be cut, is given in parts from here on.
  static let longest = 16 << 20

  /// Begins to read `input`: waits for its first 64 KB, or its end. Once `stop` is readable the stream is over, wherever it is.
  public init(
    _ input: FileDescriptor, name: String, options: LogFilesOptions, stop: FileDescriptor? = nil
  ) throws(SystemError) {
    self.input = input
    self.stop = stop
    began = Clock.now
    var decoder = StreamDecoder(waitsForSample: true)
    var head: [UInt8] = []
    var isOver = false
    var scratch = [UInt8](repeating: 0, count: 1 << 18)
    while !isOver, head.count < FormatDetection.sampleSize {
      isOver = try Self.read(input, stop, &decoder, &scratch, to: &head)
    }
    let reading = ReadingRules(options: options).readingOptions(for: name)
    reader = head.withUnsafeBytes {
      FormatDetection.reader(
        for: UnsafeRawBufferPointer(rebasing: $0.prefix(FormatDetection.sampleSize)), fileName: name, options: reading)
    }
    state = Mutex(
      State(
        decoder: decoder, bounds: RecordBounds(reader, reference: began), rest: head, isOver: isOver,
        scratch: scratch))
  }

  /// Reads the next piece; its number, from 0 on, or nil at the end of the stream.
  public func read(into piece: StreamPiece) throws(SystemError) -> Int? {
    var buffer = piece.take()
    let result = state.withLock { state -> Result<Int?, SystemError> in
      buffer.append(contentsOf: state.rest)
      state.rest.removeAll(keepingCapacity: true)
      do throws(SystemError) { return .success(try fill(&buffer, &state)) } catch { return .failure(error) }
    }
    piece.put(buffer)
    return try result.get()
  }

  private func fill(_ buffer: inout [UInt8], _ state: inout State) throws(SystemError) -> Int? {
    var wanted = Self.pieceSize
    while !state.isOver {
      while !state.isOver, buffer.count < wanted {
        state.isOver = try Self.read(input, stop, &state.decoder, &state.scratch, to: &buffer)
      }
      if state.isOver { break }
      if let cut = cut(buffer, &state.bounds) ?? (buffer.count >= Self.longest ? lineEnd(buffer) : nil) {
        state.rest.append(contentsOf: buffer[cut...])
        buffer.removeSubrange(cut...)
        break
      }
      wanted = buffer.count * 2
    }
    guard !buffer.isEmpty else { return nil }
    state.count += 1
    return state.count - 1
  }

  /// Where the last record begins that surely begins one; nil if there is none but the first.
  private func cut(_ buffer: [UInt8], _ bounds: inout RecordBounds) -> Int? {
    buffer.withUnsafeBytes { bytes in
      // What follows the last newline is no whole line yet.
      var end = LineBytes.lastStart(in: bytes)
      var patience = 10_000
      while end > 0, patience > 0 {
        let start = LineBytes.lastStart(in: UnsafeRawBufferPointer(rebasing: bytes[..<(end - 1)]))
        guard start > 0 else { return nil }
        let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end - 1])
        if bounds.startsRecordAnywhere(line, readable: bytes.count - start) { return start }
        end = start
        patience -= 1
      }
      return nil
    }
  }

  /// Behind the last newline, or at the end.
  private func lineEnd(_ buffer: [UInt8]) -> Int {
    let start = buffer.withUnsafeBytes { LineBytes.lastStart(in: $0) }
    return start > 0 ? start : buffer.count
  }

  /// Reads once and appends the text; whether the stream is over.
  private static func read(
    _ input: FileDescriptor, _ stop: FileDescriptor?, _ decoder: inout StreamDecoder, _ scratch: inout [UInt8],
    to text: inout [UInt8]
  ) throws(SystemError) -> Bool {
    if let stop, Polling.readable([input, stop])[1] {
      text += decoder.rest()
      return true
    }
    let result = scratch.withUnsafeMutableBytes { room -> Result<Int, SystemError> in
      do throws(SystemError) { return .success(try input.read(into: room)) } catch { return .failure(error) }
    }
    let count = try result.get()
    guard count > 0 else {
      text += decoder.rest()
      return true
    }
    scratch.withUnsafeBytes { room in
      let bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
      if let decoded = decoder.text(for: bytes) { text += decoded } else { text.append(contentsOf: bytes) }
    }
    return false
  }
}

/// Room for a piece of a stream, used again for the next. One for each thread.
public final class StreamPiece {
  private var storage: [UInt8] = []

  /// Makes empty room.
  public init() { storage.reserveCapacity(RecordStream.pieceSize + (1 << 18)) }

  /// Lends the bytes of the piece.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBytes(body)
  }

  func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &storage)
    taken.removeAll(keepingCapacity: true)
    return taken
  }

  func put(_ buffer: [UInt8]) { storage = buffer }
}
