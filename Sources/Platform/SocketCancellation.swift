import CSystem
import Glibc

/// A flag that ends waits: every wait on a socket or pipe that knows it returns as soon as it is raised.
///
///     let signal = CancellationSignal()
///     // another thread: signal.cancel()
///     try SocketStream.connect(to: address, deadline: .now + .seconds(10), cancellation: signal)   // throws .cancelled
public final class CancellationSignal: Sendable {
  private let event: FileDescriptor?

  /// Makes a signal that is not raised.
  public init() {
    let number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    event = number >= 0 ? FileDescriptor(owning: number) : nil
  }

  /// Raises the signal for good. Any thread.
  public func cancel() { if let event { eventfd_write(event.number, 1) } }

  /// Whether the signal is raised.
  public var isCancelled: Bool {
    guard let event else { return false }
    var entry = pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0
  }

  /// Waits until `descriptor` is ready for `events` (POLLIN, POLLOUT).
  ///
  /// - Throws: `.cancelled`, or `.timedOut` when the deadline comes first.
  func wait(
    for descriptor: Int32, events: Int32, deadline: ContinuousClock.Instant
  ) throws(SocketError) {
    while true {
      var entries = [
        pollfd(fd: descriptor, events: Int16(events), revents: 0),
        pollfd(fd: event?.number ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      let rest = deadline - .now
      if rest <= .zero { throw .timedOut }
      let parts = rest.components
      let milliseconds = min(parts.seconds, 86_400) * 1000 + parts.attoseconds / 1_000_000_000_000_000 + 1
      let count = poll(&entries, nfds_t(entries.count), Int32(milliseconds))
      if count < 0, errno != EINTR { throw .system(SystemError("poll")) }
      if count <= 0 { continue }
      if entries[1].revents != 0 { throw .cancelled }
      if entries[0].revents != 0 { return }
    }
  }
}

/// Why a connection or a wait on it ended.
public enum SocketError: Error, Hashable, Sendable {
  /// The deadline came first.
  case timedOut
  /// The signal was raised.
  case cancelled
  /// The name has no address; the reason in words.
  case unresolved(host: String, reason: String)
  /// The path of a Unix socket is longer than the kernel takes.
  case pathTooLong(String)
  /// The kernel's reason.
  case system(SystemError)
}

extension SystemError {
  /// Whether there is no such file or program.
  public var isMissingFile: Bool { code == ENOENT }
}
