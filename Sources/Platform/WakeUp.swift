import CSystem
import Glibc

/// Something that a thread blocked in poll can be woken with (an eventfd).
public final class WakeUp: Sendable {
  /// Readable while a wake-up waits: give it to poll.
  public let descriptor: FileDescriptor

  /// Makes one that is silent.
  public init() throws(SystemError) {
    let number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard number >= 0 else { throw SystemError("eventfd") }
    descriptor = FileDescriptor(owning: number)
  }

  /// Wakes the thread, now or when it next polls; several wake-ups become one. Async-signal-safe.
  public func signal() {
    var one: UInt64 = 1
    _ = write(descriptor.number, &one, 8)
  }

  /// Takes the wake-up, so that poll blocks again.
  public func clear() {
    var count: UInt64 = 0
    _ = read(descriptor.number, &count, 8)
  }
}

/// Waits for descriptors.
public enum Polling {
  /// Blocks until one of `descriptors` can be read (or has ended), or `milliseconds` have passed (nil: for ever).
  ///
  /// Returns which of them are ready; none after the time has passed.
  public static func readable(_ descriptors: [FileDescriptor], milliseconds: Int? = nil) -> [Bool] {
    var waits = descriptors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
    let count = poll(&waits, nfds_t(waits.count), milliseconds.map { Int32(clamping: $0) } ?? -1)
    return count > 0 ? waits.map { $0.revents != 0 } : waits.map { _ in false }
  }
}
