import Glibc

/// A connected, non-blocking stream socket whose every wait ends at a deadline or when it is called off.
public struct SocketStream: Sendable {
  private let descriptor: FileDescriptor
  private let cancellation: CancellationSignal
  /// The peer.
  public let address: SocketAddress

  /// Connects to `address`.
  public static func connect(
    to address: SocketAddress, deadline: ContinuousClock.Instant, cancellation: CancellationSignal
  ) throws(SocketError) -> SocketStream {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let number = socket(address.family, kind, 0)
    guard number >= 0 else { throw .system(SystemError("socket", subject: address.description)) }
    let descriptor = FileDescriptor(owning: number)
    var result: Int32
    repeat {
      result = address.bytes.withUnsafeBytes { buffer in
        // SAFETY: the bytes are a sockaddr of the family that they begin with; the kernel copies them during the call.
        Glibc.connect(number, buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
      }
    } while result != 0 && errno == EINTR
    if result != 0 {
      guard errno == EINPROGRESS else { throw .system(SystemError("connect", subject: address.description)) }
      try cancellation.wait(for: number, events: POLLOUT, deadline: deadline)
      var code: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &size)
      guard code == 0 else { throw .system(SystemError("connect", subject: address.description, code: code)) }
    }
    return SocketStream(descriptor: descriptor, cancellation: cancellation, address: address)
  }

  /// Sends all of `bytes`.
  public func write(all bytes: [UInt8], deadline: ContinuousClock.Instant) throws(SocketError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { rest in
        send(descriptor.number, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        try cancellation.wait(for: descriptor.number, events: POLLOUT, deadline: deadline)
      } else if errno != EINTR {
        throw .system(SystemError("send", subject: address.description))
      }
    }
  }

  /// Appends what has arrived to `bytes`, at most `limit` bytes, waiting for the first; false at the end of the stream.
  public func read(
    into bytes: inout [UInt8], limit: Int = 65_536, deadline: ContinuousClock.Instant
  ) throws(SocketError) -> Bool {
    try descriptor.readSome(
      into: &bytes, limit: limit, deadline: deadline, cancellation: cancellation, subject: address.description)
  }
}

extension FileDescriptor {
  /// Appends what can be read to `bytes`, waiting for the first of it; false at the end.
  ///
  /// Also works on a blocking pipe, since it reads only after `poll` says that something is there.
  public func readSome(
    into bytes: inout [UInt8], limit: Int = 65_536, deadline: ContinuousClock.Instant,
    cancellation: CancellationSignal, subject: String = ""
  ) throws(SocketError) -> Bool {
    while true {
      try cancellation.wait(for: number, events: POLLIN, deadline: deadline)
      var chunk = [UInt8](repeating: 0, count: limit)
      let count = Glibc.read(number, &chunk, limit)
      if count > 0 {
        bytes.append(contentsOf: chunk[0..<count])
        return true
      }
      if count == 0 { return false }
      if errno != EAGAIN, errno != EINTR { throw .system(SystemError("read", subject: subject)) }
    }
  }
}
