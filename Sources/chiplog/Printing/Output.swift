import Glibc

/// Standard output with a buffer; a reader that went away is a quiet end, a full disk is an error.
struct Output: ~Copyable {
  /// Why nothing more can be written.
  enum Ending: Error {
    /// The reader closed the pipe.
    case readerLeft
    /// The write failed, e.g. `no space left on device`.
    case failed(String)
  }

  var buffer: [UInt8] = []
  private let descriptor: Int32

  init(descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    buffer.reserveCapacity(1 << 17)
  }

  /// Writes the buffer out if it has grown large.
  mutating func flushIfLarge() throws(Ending) {
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Writes the buffer out.
  mutating func flush() throws(Ending) {
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes `bytes` out, past the buffer, which must be empty. Of none at all it notices still that the reader went away.
  func write(_ bytes: [UInt8]) throws(Ending) {
    if bytes.isEmpty { return try noticeReader() }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
      }
      if count > 0 { start += count }
      if count >= 0 || errno == EINTR { continue }
      if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
        continue
      }
      throw errno == EPIPE ? .readerLeft : .failed(String(cString: strerror(errno)))
    }
  }

  /// A pipe whose reader is gone is in error, before anything is written to it.
  private func noticeReader() throws(Ending) {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    guard poll(&state, 1, 0) > 0, state.revents & Int16(POLLERR) != 0 else { return }
    throw .readerLeft
  }
}
