import CSystem
import Glibc

/// A set of signals.
public struct SignalSet: Sendable {
  /// As the system calls take it.
  var raw = sigset_t()

  /// Makes a set of `signals`.
  public init(_ signals: [Int32]) {
    sigemptyset(&raw)
    for signal in signals { sigaddset(&raw, signal) }
  }

  /// Blocks them in this thread and in all that it starts; call before any thread starts.
  public func block() {
    var set = raw
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Lets them through again in this thread.
  public func unblock() {
    var set = raw
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}

/// Blocked signals as a descriptor that `poll` can wait for.
public final class SignalDescriptor: Sendable {
  /// Readable when a signal has arrived.
  public let descriptor: FileDescriptor

  /// Opens a descriptor for `signals`, which must be blocked already.
  public init(_ signals: SignalSet) throws(SystemError) {
    var set = signals.raw
    let number = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard number >= 0 else { throw SystemError("signalfd") }
    descriptor = FileDescriptor(owning: number)
  }

  /// The signals that have arrived since the last call.
  public func read() -> [Int32] {
    var result: [Int32] = []
    var info = signalfd_siginfo()
    while Glibc.read(descriptor.number, &info, MemoryLayout<signalfd_siginfo>.size)
      == MemoryLayout<signalfd_siginfo>.size
    {
      result.append(Int32(info.ssi_signo))
    }
    return result
  }
}

/// Restores the terminal when the program crashes, then lets the crash take its course.
///
/// Install it before the handler that guards mapped files: that one passes on what it cannot mend.
public enum CrashHandler {
  private static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

  /// Installs the handler; on a stack of its own, since the usual one may be exhausted. Once a process.
  public static func install() {
    let size = 65_536
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
    for signal in signals {
      var action = sigaction()
      // SAFETY: the handler calls only Emergency.restore, sigaction and raise, all async-signal-safe.
      action.__sigaction_handler.sa_handler = { number in
        Emergency.restore()
        Glibc.signal(number, SIG_DFL)
        raise(number)
      }
      action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_NODEFER))
      if signal != SIGBUS || isUnhandled(signal) { sigaction(signal, &action, nil) }
    }
  }

  private static func isUnhandled(_ signal: Int32) -> Bool {
    var current = sigaction()
    sigaction(signal, nil, &current)
    return current.sa_flags & SA_SIGINFO == 0 && current.__sigaction_handler.sa_handler == nil
  }
}
