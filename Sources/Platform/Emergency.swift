import Glibc

/// Puts the terminal right when the program cannot do it in its own time: from a crash, or while a write is stuck.
///
/// Everything here may run in a signal handler: it touches plain memory, and calls only what is async-signal-safe. What to
/// write is prepared beforehand by `arm`.
public enum Emergency {
  // SAFETY: written only while the screen is entered or left, by the thread that owns it; read by a signal handler or by
  // the watchdog, for which each value is either the old or the new one. `sequence` is allocated once and never freed.
  nonisolated(unsafe) private static var isArmed = false
  nonisolated(unsafe) private static var terminal: Int32 = -1
  nonisolated(unsafe) private static var settings = termios()
  nonisolated(unsafe) private static var sequence: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private static var sequenceLength = 0
  nonisolated(unsafe) private static var originalError: Int32 = -1
  nonisolated(unsafe) private static var storedError: Int32 = -1

  /// Prepares for the terminal's being in use.
  ///
  /// - Parameters:
  ///   - tty: Whose settings to give back.
  ///   - restoring: The control sequences that give the screen back.
  public static func arm(_ tty: Tty, restoring: String) {
    if terminal < 0 {
      // Of its own, and not blocking: the usual descriptor may be stuck in a write.
      terminal = open("/dev/tty", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    }
    settings = tty.originalSettings
    let bytes = Array(restoring.utf8)
    if sequence == nil {
      let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
      memory.initialize(from: bytes, count: bytes.count)
      sequenceLength = bytes.count
      sequence = memory
    }
    isArmed = true
  }

  /// The terminal is in order; there is nothing to restore.
  public static func disarm() { isArmed = false }

  /// Tells where stderr really is while it is captured; -1 for nowhere.
  static func setStandardError(original: Int32, store: Int32) {
    storedError = store
    originalError = original
  }

  /// Gives terminal and stderr back; does nothing where they were not taken. Async-signal-safe.
  public static func restore() {
    if isArmed {
      isArmed = false
      tcflush(terminal, TCOFLUSH)
      if let sequence { _ = write(terminal, sequence, sequenceLength) }
      tcsetattr(terminal, TCSANOW, &settings)
    }
    if originalError >= 0 {
      dup2(originalError, 2)
      originalError = -1
      copyOut(from: storedError, to: 2)
    }
  }

  /// Copies what a memory file holds, at most 64 KB. Async-signal-safe.
  static func copyOut(from store: Int32, to target: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      var offset = 0
      while offset < 65_536 {
        let count = pread(store, buffer.baseAddress, buffer.count, offset)
        guard count > 0, write(target, buffer.baseAddress, count) == count else { return }
        offset += count
      }
    }
  }
}
