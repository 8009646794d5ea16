import Glibc

/// Ctrl-C (SIGINT) as something to wait for, so that who reads a stream can stop and say what is known so far.
///
/// Make it before any thread starts, on the thread that calls `end()`: until then the signal does nothing else.
public final class Interruption: Sendable {
  private static let signals = SignalSet([SIGINT])
  private let source: SignalDescriptor

  /// Takes the signal over; nil where it is ignored, as in a shell's background.
  public init?() {
    var action = sigaction()
    guard sigaction(SIGINT, nil, &action) == 0, !action.isIgnored else { return nil }
    Self.signals.block()
    guard let source = try? SignalDescriptor(Self.signals) else {
      Self.signals.unblock()
      return nil
    }
    self.source = source
  }

  /// Readable once the signal has come.
  public var descriptor: FileDescriptor { source.descriptor }

  /// Lets the signal end the program again; whether it has come.
  public func end() -> Bool {
    let hasCome = !source.read().isEmpty
    Self.signals.unblock()
    return hasCome
  }
}

extension sigaction {
  /// Whether the signal is ignored; `SIG_IGN` is a function that nobody calls, at address 1.
  fileprivate var isIgnored: Bool {
    // SAFETY: both members of the union are pointers to functions; only the address is looked at.
    unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
