import Glibc
import Platform
import Synchronization

/// The signals that the loop acts on: changes of the window and of jobs through a descriptor, endings through the
/// watchdog, which acts by itself where the loop is stuck.
final class LoopSignals: Sendable {
  private static let changes = SignalSet([SIGWINCH, SIGTSTP, SIGCONT])
  private static let endings = SignalSet([SIGTERM, SIGHUP, SIGINT, SIGQUIT])

  private let source: SignalDescriptor
  private let ending = EndingSignal()
  private let watchdog: Watchdog

  /// Readable when one of the changes has come; endings wake the mailbox.
  var descriptor: FileDescriptor { source.descriptor }

  /// Blocks the signals; must be called before any thread starts.
  init(wakeUp: WakeUp) throws(SystemError) {
    Self.changes.block()
    Self.endings.block()
    source = try SignalDescriptor(Self.changes)
    let ending = self.ending
    watchdog = Watchdog { signal in
      ending.store(signal)
      wakeUp.signal()
    }
    try watchdog.start(Self.endings)
  }

  /// The signals that have come since the last call.
  func take() -> [Int32] {
    var signals = source.read()
    if let last = ending.take() {
      watchdog.acknowledge()
      signals.append(last)
    }
    return signals
  }
}

/// The last signal that asks the program to end; 0 for none.
private final class EndingSignal: Sendable {
  private let number = Atomic<Int32>(0)

  func store(_ signal: Int32) { number.store(signal, ordering: .releasing) }

  func take() -> Int32? {
    let signal = number.exchange(0, ordering: .acquiringAndReleasing)
    return signal == 0 ? nil : signal
  }
}
