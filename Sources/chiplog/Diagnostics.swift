import Drawing
import Glibc

/// How chiplog ends, as grep does.
enum ExitStatus {
  /// Something matched.
  static let matched: Int32 = 0
  /// Nothing matched.
  static let nothing: Int32 = 1
  /// A wrong command line, an unreadable file, a failure.
  static let failure: Int32 = 2
}

/// Writes `chiplog: message` and, on lines of their own, what helps, to standard error. Names of files and what other
/// programs said may be in it, so nothing reaches the terminal as it is.
func complain(_ message: String, help: String? = nil) {
  var text = "chiplog: \(message)"
  if let help { text += help.hasPrefix("did you mean") ? "; \(help)" : "\n  help: \(help)" }
  write(Sanitiser.sanitised(text) + "\n", to: STDERR_FILENO)
}

/// Writes all of `text`; what cannot be written is lost, since there is nobody left to tell.
func write(_ text: String, to descriptor: Int32) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return }
    bytes = bytes.dropFirst(count)
  }
}
