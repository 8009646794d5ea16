import TestSupport
import Testing

/// Colours and bytes for the terminal at hand, and for how far away it is.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed"))
struct ConnectionTests {
  private let folder: TemporaryFolder
  private let path: String
  /// What names a colour of 256.
  private let manyColours = "[38;5;"
  /// Red, as the palette of 16 has it.
  private let fewColours = "[31m"

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write("2026-11-22T14:00:00.000Z ERROR [main] pool: lock held path=/tmp/x n=3\n", to: "app.log")
  }

  /// Colours, however the tests themselves are run.
  private func session(
    _ arguments: [String], terminal: String = "tmux-256color", overSSH: Bool = false, shell: String? = nil
  ) throws -> TerminalSession {
    var environment = ["NO_COLOR": ""]
    if overSSH { environment["SSH_CONNECTION"] = "192.0.2.1 5 192.0.2.2 22" }
    return try TerminalSession(arguments, terminal: terminal, environment: environment, shell: shell)
  }

  private func styled(_ session: TerminalSession) -> String {
    #expect(session.shows("lock held"), "\(session.screen)")
    return session.styledScreen.replacingOccurrences(of: ";1m", with: "m").replacingOccurrences(of: "[1;", with: "[")
  }

  @Test("A terminal that the machine's database lacks has its 256 colours")
  func unknownTerminal() throws {
    let session = try session([path], terminal: "xterm-nowhere")
    #expect(styled(session).contains(manyColours))
  }

  @Test("Over ssh to a terminal that answers at once nothing is spared")
  func nearby() throws {
    // On a busy machine even tmux may take its time.
    let sessions = (0..<5).lazy.compactMap { _ in try? self.session([path], overSSH: true) }
    let answered = sessions.first { styled($0).contains(manyColours) }
    let session = try #require(answered)
    session.send("q")
    #expect(session.shows("[exit 0]"))
    #expect(!session.screen.contains("[0n"), "\(session.screen)")
  }

  @Test("Over ssh to a terminal that does not answer soon 16 colours are used, and its keys count")
  func farAway() throws {
    // The terminal that script makes is read by nobody who would answer.
    let command = "\(builtProgram.path) \(path)"
    let session = try session(
      [], overSSH: true, shell: "(sleep 1; printf q; sleep 2) | script -qfc '\(command)' /dev/null")
    let screen = styled(session)
    #expect(screen.contains(fewColours) && !screen.contains(manyColours), "\(screen)")
    #expect(session.shows("[exit 0]"))
  }

  @Test("The configuration has the last word, also while the program runs")
  func configured() throws {
    let configuration = try folder.write(#"{ "connection": "slow" }"#, to: "config.jsonc")
    let session = try session(["--config", configuration, path])
    let screen = styled(session)
    #expect(screen.contains(fewColours) && !screen.contains(manyColours), "\(screen)")
    _ = try folder.write(#"{ "connection": "fast" }"#, to: "config.jsonc")
    #expect(eventually { session.styledScreen.contains(manyColours) }, "\(session.styledScreen)")
  }
}
