import Foundation
import TestSupport
import Testing

/// The program in a real terminal. Each test has a tmux server of its own.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed"))
struct TerminalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func log(_ count: Int, level: (Int) -> String = { $0 % 10 == 0 ? "ERROR" : "INFO" }) -> String {
    (0..<count).map { number in
      let minute = String(format: "%02d:%02d", number / 60 % 60, number % 60)
      return "2026-11-22T14:\(minute).000Z \(level(number)) event number=\(number)\n"
    }.joined()
  }

  @Test func showsTheEndOfALogAndQuits() throws {
    let path = try folder.write(log(200), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=199"))
    #expect(session.shows("200 records"))
    #expect(session.shows("LIVE"))
    session.send("q")
    #expect(session.shows("[exit 0]"), "\(session.screen)")
    #expect(!session.screen.contains("number=199"), "the screen must be given back")
  }

  @Test func filtersWhileTypingAndClearsTheFilter() throws {
    let path = try folder.write(log(200), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=199"))
    session.send("i")
    session.type("level>=error")
    #expect(session.hides("number=199"))
    #expect(session.shows("number=190"))
    session.send("Enter")
    #expect(session.shows("20 of 200"), "\(session.screen)")
    session.send("U")
    #expect(session.shows("number=199"))
  }

  @Test func aMistakeInTheFilterIsShownAndTheLastValidOneStays() throws {
    // While `level` alone is typed it is a word, so the records hold it.
    let path = try folder.write(log(50).replacingOccurrences(of: "event", with: "level event"), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=49"))
    session.send("i")
    session.type("level>=wran")
    #expect(session.shows("unknown level \"wran\""))
    #expect(session.screen.contains("number=49"))
  }

  @Test func aPipelineIsCountedLookedIntoAndKeptUpToDate() throws {
    let path = try folder.write(log(200), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=199"))
    session.send("i")
    session.type("| count by level")
    session.send("Enter")
    #expect(session.shows("180"), "\(session.screen)")
    #expect(session.shows("2 rows"), "\(session.screen)")
    try folder.append("2026-11-22T15:00:00.000Z ERROR one more\n", to: "app.log")
    #expect(session.shows("21"), "\(session.screen)")
    // The worst level stands first.
    session.send("Enter")
    #expect(session.shows("21 of 201"), "\(session.screen)")
    #expect(session.shows("one more"))
    session.send("BSpace")
    #expect(session.shows("2 rows"), "\(session.screen)")
    session.send("Escape")
    #expect(session.shows("one more"), "\(session.screen)")
  }

  @Test func followsWhatIsAppendedAndCountsWhilePaused() throws {
    let path = try folder.write(log(100), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=99"))
    try folder.append("2026-11-22T15:00:00.000Z WARN appended while live\n", to: "app.log")
    #expect(session.shows("appended while live"))
    session.send("k")
    #expect(session.shows("PAUSED"))
    try folder.append("2026-11-22T15:00:01.000Z WARN appended while paused\n", to: "app.log")
    #expect(session.shows("PAUSED +1"), "\(session.screen)")
    session.send("G")
    #expect(session.shows("appended while paused"))
    #expect(session.shows("LIVE"))
  }

  @Test func aRotatedLogLosesAndRepeatsNothing() throws {
    let path = try folder.write(log(10), to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("number=9"))
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    try folder.append("2026-11-22T15:00:00.000Z INFO late in the old file\n", to: "app.log.1")
    try folder.write("2026-11-22T15:00:01.000Z INFO first in the new file\n", to: "app.log")
    #expect(session.shows("first in the new file"))
    #expect(session.shows("late in the old file"))
    #expect(session.shows("12 records"), "\(session.screen)")
  }

  @Test func opensARecordAndClosesIt() throws {
    let path = try folder.write(
      #"{"timestamp":"2026-11-22T14:00:00Z","level":"error","event":"payment failed","order":{"id":8812}}"# + "\n",
      to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("payment failed"))
    session.send("Enter")
    #expect(session.shows("order.id"))
    session.send("q")
    #expect(session.hides("app.log, line"))
  }

  @Test func aPipeIsReadAndTheKeyboardWorks() throws {
    let path = try folder.write(log(30), to: "app.log")
    let session = try TerminalSession([], shell: "cat '\(path)' | '\(builtProgram.path)'")
    #expect(session.shows("number=29"))
    session.send("g")
    #expect(session.shows("number=0"))
    session.send(":", "q", "!", "Enter")
    #expect(session.shows("[exit 0]"), "\(session.screen)")
  }

  @Test func survivesEverySize() throws {
    let path = try folder.write(log(300), to: "app.log")
    let session = try TerminalSession([path], columns: 120, rows: 36)
    #expect(session.shows("number=299"))
    for (columns, rows) in [(80, 24), (40, 10), (20, 4), (3, 2), (1, 1), (200, 60), (100, 30)] {
      session.resize(columns: columns, rows: rows)
      usleep(30_000)
    }
    #expect(session.shows("number=299"), "\(session.screen)")
    session.send("g")
    #expect(session.shows("number=0"))
  }

  @Test(arguments: ["TERM", "HUP", "INT"])
  func aSignalEndsItWithTheTerminalRestored(signal: String) throws {
    let path = try folder.write(log(20), to: "app.log")
    let marker = folder.path("pid")
    let session = try TerminalSession(
      [], shell: "sh -c 'echo $$ > \(marker); exec \(builtProgram.path) \(path)'; stty -a | grep -o ' -\\?echo '")
    #expect(session.shows("number=19"))
    let process = try #require(Int32(String(contentsOfFile: marker, encoding: .utf8).trimmingCharacters(in: .newlines)))
    kill(process, ["TERM": SIGTERM, "HUP": SIGHUP, "INT": SIGINT][signal] ?? SIGTERM)
    #expect(session.shows(" echo"), "\(session.screen)")
    #expect(!session.screen.contains("number=19"))
  }

  @Test func suspendsAndComesBack() throws {
    let path = try folder.write(log(20), to: "app.log")
    let script = "set -m; '\(builtProgram.path)' '\(path)'; echo stopped; fg >/dev/null; echo back"
    let session = try TerminalSession([], shell: "bash -c \"\(script.replacingOccurrences(of: "\"", with: "\\\""))\"")
    #expect(session.shows("number=19"))
    session.send("C-z")
    // bash continues with `fg` by itself, so that the screen comes back.
    #expect(session.shows("number=19"))
    session.send("q")
    #expect(session.shows("back"), "\(session.screen)")
  }

  @Test func aTerminalThatCannotIsTold() throws {
    let path = try folder.write(log(3), to: "app.log")
    for (terminal, word) in [("dumb", "TERM"), ("no-such-terminal", "no-such-terminal")] {
      let session = try TerminalSession([path], terminal: terminal)
      #expect(session.shows("[exit 2]"))
      #expect(session.screen.contains(word), "\(session.screen)")
    }
  }

  @Test func worksWithoutColoursAndInASCII() throws {
    let path = try folder.write(log(60), to: "app.log")
    let session = try TerminalSession(
      [path], terminal: "vt100", environment: ["NO_COLOR": "1", "LC_ALL": "C"])
    #expect(session.shows("number=59"))
    #expect(session.screen.unicodeScalars.allSatisfy { $0.isASCII }, "\(session.screen)")
  }

  @Test func hostileBytesNeverReachTheTerminal() throws {
    let hostile = "2026-11-22T14:00:00Z ERROR \u{1B}]0;owned\u{7}\u{1B}[2J\u{1B}[31mred \u{202E}evil\u{9B}31m\n"
    let path = try folder.write(hostile, to: "app.log")
    let session = try TerminalSession([path])
    #expect(session.shows("owned"))
    let title = session.screen
    #expect(title.contains("ERROR"))
    let script = try #require(program("script"), "util-linux has it everywhere")
    let printed = try run(script, ["-qec", "\(builtProgram.path) -P \(path)", "/dev/null"])
    #expect(!printed.output.contains(0x1B))
    #expect(!printed.text.unicodeScalars.contains("\u{202E}"))
    #expect(!printed.text.unicodeScalars.contains("\u{9B}"))
  }

  @Test func secureWritesNothing() throws {
    let path = try folder.write(log(20), to: "app.log")
    let variables = ["XDG_STATE_HOME": folder.path("state"), "XDG_CONFIG_HOME": folder.path("config")]
    let session = try TerminalSession(["--secure", path], columns: 100, environment: variables)
    #expect(session.shows("number=19"))
    session.send("i")
    session.type("level>=error")
    session.send("Enter")
    #expect(session.shows("of 20"))
    session.send(":")
    session.type("w \(folder.path("saved.log"))")
    session.send("Enter")
    #expect(session.shows("secure"), "\(session.screen)")
    session.send("Q")
    #expect(session.shows("[exit 0]"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["app.log"])
  }

  @Test func helpShowsTheKeysAndCloses() throws {
    let path = try folder.write(log(20), to: "app.log")
    let session = try TerminalSession([path], columns: 100, rows: 30)
    #expect(session.shows("number=19"))
    session.send("?")
    #expect(session.shows("follow"))
    session.send("Escape")
    #expect(session.shows("number=19"))
  }

  @Test func theSampleIncidentShowsItsPanels() throws {
    let sample = projectRoot.appendingPathComponent("sample-logs/shop").path
    let session = try TerminalSession(["--config", sample + "/chiplog.jsonc", sample], columns: 120, rows: 36)
    #expect(session.shows("5xx"))
    #expect(session.shows("db in use"))
    #expect(session.shows("9,864 records"), "\(session.screen)")
    session.send("E")
    #expect(session.shows("PAUSED"))
  }
}
