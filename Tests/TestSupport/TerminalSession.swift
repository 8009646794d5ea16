import Foundation

/// A program in a real terminal: a private tmux server that ends with this object.
///
///     let session = try TerminalSession(["app.log"], columns: 80, rows: 24)
///     session.send("i"); session.type("level>=warn")
///     #expect(session.shows("FILTER"))
public final class TerminalSession {
  /// Where tmux lies; nil where it is not installed.
  public static let tmux = program("tmux")

  private let tmux: URL
  private let folder: TemporaryFolder

  /// Starts chiplog (or `executable`) with `arguments` on a screen of the given size.
  public init(
    _ arguments: [String], executable: URL = builtProgram, columns: Int = 80, rows: Int = 24,
    terminal: String = "tmux-256color", environment: [String: String] = [:], shell: String? = nil
  ) throws {
    struct NoTmux: Error {}
    guard let tmux = Self.tmux else { throw NoTmux() }
    self.tmux = tmux
    folder = try TemporaryFolder()
    var variables = [
      "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": "/nonexistent", "TZ": "UTC", "TERM": terminal,
      "XDG_STATE_HOME": folder.path("state"),
    ]
    variables.merge(environment) { $1 }
    let assignments = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }
    let command = shell ?? ([executable.path] + arguments).map(Self.quoted).joined(separator: " ")
    let line = "export \(assignments.joined(separator: " ")); \(command); echo \"[exit $?]\"; exec sleep 600"
    _ = try call([
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "sh -c \(Self.quoted(line))",
    ])
    _ = try call(["set-option", "-g", "status", "off"])
    _ = try call(["set-option", "-g", "escape-time", "0"])
  }

  deinit { _ = try? call(["kill-server"]) }

  /// Presses keys by tmux's names: `Enter`, `C-c`, `j`.
  public func send(_ keys: String...) { _ = try? call(["send-keys"] + keys) }

  /// Types text as it is.
  public func type(_ text: String) { _ = try? call(["send-keys", "-l", text]) }

  /// Gives the window another size.
  public func resize(columns: Int, rows: Int) {
    _ = try? call(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The screen's text now.
  public var screen: String { (try? call(["capture-pane", "-p"])) ?? "" }

  /// The screen's text with its escape sequences for colour.
  public var styledScreen: String { (try? call(["capture-pane", "-p", "-e"])) ?? "" }

  /// Waits until the screen holds `text`.
  public func shows(_ text: String, within limit: Double = 20) -> Bool {
    eventually(within: limit) { screen.contains(text) }
  }

  /// Waits until the screen no longer holds `text`.
  public func hides(_ text: String, within limit: Double = 20) -> Bool {
    eventually(within: limit) { !screen.contains(text) }
  }

  /// The process id of the program in the terminal's shell, as tmux knows the pane's.
  public var paneProcess: Int32? {
    (try? call(["display-message", "-p", "#{pane_pid}"])).flatMap { Int32($0.trimmed) }
  }

  private func call(_ arguments: [String]) throws -> String {
    try run(tmux, ["-S", folder.path("s")] + arguments, limit: 10).text
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'" }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
