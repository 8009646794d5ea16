import Glibc
import Platform

/// The tmux that the program runs in.
enum Multiplexer {
  /// Whether there is one.
  static var isTmux: Bool { Files.environment("TMUX") != nil }

  /// What is needed where tmux keeps copies from the terminal, as it does unless told otherwise; nil where it passes them on, or
  /// does not answer. Waits for tmux, a second at most.
  static func copyProblem() -> String? {
    guard let child = try? ChildProcess.spawn("tmux", ["show-options", "-sv", "set-clipboard"], stdout: .pipe),
      let output = child.standardOutput
    else { return nil }
    defer {
      child.kill()
      _ = child.wait()
    }
    var bytes = [UInt8](repeating: 0, count: 64)
    var wait = pollfd(fd: output.number, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, 1000) > 0 else { return nil }
    let count = read(output.number, &bytes, bytes.count)
    let answer = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    guard answer == "external\n" || answer == "off\n" else { return nil }
    return "not copied: tmux keeps it from the terminal; tmux set -s set-clipboard on lets it through"
  }
}
