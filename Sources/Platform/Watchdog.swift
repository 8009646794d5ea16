import CSystem
import Glibc
import Synchronization

/// A thread that owns TERM, HUP and INT, and ends the process if its loop is stuck.
///
/// The loop is told of a signal and acknowledges it; where it does not within a second (it hangs in a write to a stalled
/// connection), the thread restores the terminal itself and ends the process by that signal.
public final class Watchdog: Sendable {
  private let acknowledged = Atomic<Bool>(false)
  private let notify: @Sendable (Int32) -> Void

  /// Makes a watchdog; `notify` is called on its thread with each signal and must not block (write to an eventfd).
  public init(notify: @escaping @Sendable (Int32) -> Void) { self.notify = notify }

  /// Starts the thread.
  ///
  /// - Parameter signals: Already blocked in every thread.
  public func start(_ signals: SignalSet, patience: Patience = .seconds(1)) throws(SystemError) {
    let context = Unmanaged.passRetained(Context(watchdog: self, signals: signals, patience: patience.microseconds))
    var thread = pthread_t()
    // SAFETY: the context is retained once here and released once by the thread that takes it.
    let code = pthread_create(
      &thread, nil,
      { raw in
        if let raw { Unmanaged<Context>.fromOpaque(raw).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw SystemError("pthread_create", code: code)
    }
    pthread_detach(thread)
  }

  /// The loop has seen the signal and acts on it.
  public func acknowledge() { acknowledged.store(true, ordering: .releasing) }

  /// How long the loop may take.
  public struct Patience: Sendable {
    let microseconds: UInt32
    /// Whole seconds.
    public static func seconds(_ count: Int) -> Patience { milliseconds(count * 1000) }
    /// Thousandths of a second.
    public static func milliseconds(_ count: Int) -> Patience {
      Patience(microseconds: UInt32(clamping: count * 1000))
    }
  }

  private final class Context: Sendable {
    let watchdog: Watchdog
    let signals: SignalSet
    let patience: UInt32

    init(watchdog: Watchdog, signals: SignalSet, patience: UInt32) {
      self.watchdog = watchdog
      self.signals = signals
      self.patience = patience
    }

    func run() {
      var set = signals.raw
      var number: Int32 = 0
      while sigwait(&set, &number) == 0 {
        watchdog.acknowledged.store(false, ordering: .releasing)
        watchdog.notify(number)
        var waited: UInt32 = 0
        while waited < patience, !watchdog.acknowledged.load(ordering: .acquiring) {
          usleep(10_000)
          waited += 10_000
        }
        if !watchdog.acknowledged.load(ordering: .acquiring) { Watchdog.end(by: number) }
      }
    }
  }

  /// Restores the terminal and ends the process as the signal would have.
  private static func end(by number: Int32) {
    Emergency.restore()
    signal(number, SIG_DFL)
    SignalSet([number]).unblock()
    kill(getpid(), number)
    _exit(128 + number)
  }
}
