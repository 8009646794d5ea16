import CSystem
import Glibc

/// Keeps what is written to stderr while a screen is up, to show it afterwards.
///
/// The bytes go into an anonymous file in memory, so that a crash handler can still copy them out.
public final class StandardErrorCapture: @unchecked Sendable {
  // SAFETY: `isActive` is only touched by the thread that owns the screen; the descriptors never change.
  private let original: FileDescriptor
  private let store: FileDescriptor
  private var isActive = false

  /// Makes a capture that is not yet active; nil if the system has no means for one.
  public init?() {
    let saved = fcntl(2, F_DUPFD_CLOEXEC, 3)
    guard saved >= 0 else { return nil }
    original = FileDescriptor(owning: saved)
    let memory = cs_memory_file("chiplog-stderr")
    guard memory >= 0 else { return nil }
    store = FileDescriptor(owning: memory)
  }

  /// Diverts stderr from now on.
  public func begin() {
    guard !isActive, dup2(store.number, 2) >= 0 else { return }
    isActive = true
    Emergency.setStandardError(original: original.number, store: store.number)
  }

  /// Gives stderr back and writes there what was held, at most 64 KB.
  public func end() {
    guard isActive else { return }
    isActive = false
    Emergency.setStandardError(original: -1, store: -1)
    dup2(original.number, 2)
    Emergency.copyOut(from: store.number, to: 2)
    ftruncate(store.number, 0)
    lseek(store.number, 0, SEEK_SET)
  }
}
