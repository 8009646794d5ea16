import Foundation
import TestSupport
import Testing

/// What leaves the screen: files, commands, programs, the clipboard.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed"))
struct OutputTerminalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func log(_ count: Int) -> String {
    (0..<count).map { number in
      let minute = String(format: "%02d:%02d", number / 60 % 60, number % 60)
      return "2026-11-22T14:\(minute).000Z \(number % 10 == 0 ? "ERROR" : "INFO") event number=\(number)\n"
    }.joined()
  }

  private func command(_ text: String, in session: TerminalSession) {
    session.send(":")
    session.type(text)
    session.send("Enter")
  }

  @Test func selectedRecordsGoIntoACommand() throws {
    let session = try TerminalSession([try folder.write(log(200), to: "app.log")], columns: 100)
    #expect(session.shows("number=199"))
    session.send("g", "V", "j", "j", "|")
    session.type("tr a-z A-Z")
    session.send("Enter")
    #expect(session.shows("3 of 3"), "\(session.screen)")
    #expect(session.screen.contains("EVENT NUMBER=2"))
    session.send("q")
    #expect(session.shows("event number=0"))
  }

  @Test func escEndsACommandWithAllItStarted() throws {
    let session = try TerminalSession([try folder.write(log(20), to: "app.log")], columns: 100)
    #expect(session.shows("number=19"))
    session.send("|")
    let marker = folder.path("pid")
    session.type("(echo $$ > \(marker); sleep 1000)")
    session.send("Enter")
    #expect(session.shows("Esc cancels"), "\(session.screen)")
    session.send("Escape")
    #expect(session.shows("ended the command"))
    let pid = try #require(Int32(String(contentsOfFile: marker, encoding: .utf8).trimmingCharacters(in: .newlines)))
    var isThere = true
    for _ in 0..<200 where isThere {
      isThere = kill(-pid, 0) == 0
      usleep(10_000)
    }
    #expect(!isThere)
  }

  @Test func aCommandThatReadsNothingOfMuchEnds() throws {
    let session = try TerminalSession([try folder.write(log(60_000), to: "app.log")], columns: 100)
    #expect(session.shows("number=59999"))
    session.send("g", "V", "G", "|")
    session.type("head -1")
    session.send("Enter")
    #expect(session.shows("2026-11-22T14:00:00.000Z ERROR event number=0"), "\(session.screen)")
  }

  @Test func savesInTheFormThatTheNameAsksFor() throws {
    let session = try TerminalSession([try folder.write(log(50), to: "app.log")], columns: 100)
    #expect(session.shows("number=49"))
    command("filter level>=error", in: session)
    #expect(session.shows("5 of 50"))
    command("w \(folder.path("x.json"))", in: session)
    #expect(session.shows("wrote 5 records"), "\(session.screen)")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder.path("x.json"))))
    #expect((json as? [[String: Any]])?.map { $0["line"] as? Int } == [1, 11, 21, 31, 41])
    command("w \(folder.path("x.csv"))", in: session)
    // A message passes; the file stays.
    func csv() -> String { (try? String(contentsOfFile: folder.path("x.csv"), encoding: .utf8)) ?? "" }
    #expect(eventually { csv().split(separator: "\n").count == 6 })
    #expect(csv().hasPrefix("time,level,source,line,msg,fields\n"))
    command("w \(folder.path("x.csv"))", in: session)
    #expect(session.shows("exists"), "\(session.screen)")
    command("w! \(folder.path("x.csv"))", in: session)
    #expect(session.shows("wrote 5 records"))
    session.send("i", "C-e")
    session.type(" | count by level")
    session.send("Enter")
    #expect(session.shows("1 row"), "\(session.screen)")
    command("w \(folder.path("levels.json"))", in: session)
    #expect(session.shows("wrote 1 row to"), "\(session.screen)")
    let rows = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder.path("levels.json"))))
    #expect((rows as? [[String: Any]])?.first?["count"] as? Int == 5)
  }

  /// Enough of them for several threads.
  @Test func whatIsWrittenIsWhatIsPrinted() throws {
    let lines = (0..<60_000).map { number in
      let clock = String(format: "%02d:%02d:%02d", number / 3600, number / 60 % 60, number % 60)
      return "2026-11-22T\(clock).000Z \(number % 10 == 0 ? "ERROR" : "INFO") event number=\(number)\n"
    }
    let path = try folder.write(lines.joined(), to: "app.log")
    let session = try TerminalSession([path], columns: 200)
    #expect(session.shows("number=59999"))
    for (name, option) in [("x.txt", "--text"), ("x.jsonl", "--json"), ("x.csv", "--csv")] {
      command("w \(folder.path(name))", in: session)
      #expect(session.shows("wrote 60,000 records to \(folder.path(name))"), "\(session.screen)")
      let written = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
      let isPrinted = written == (try run(builtProgram, [option, path]).output)
      #expect(isPrinted, "\(name)")
    }
    command("w \(folder.path("x.json"))", in: session)
    #expect(session.shows("wrote 60,000 records to \(folder.path("x.json"))"), "\(session.screen)")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder.path("x.json"))))
    let isWhole = (json as? [[String: Any]])?.map { $0["line"] as? Int } == Array(1...60_000)
    #expect(isWhole)
  }

  @Test func theEditorGetsTheFileAtItsLineAndTheTerminal() throws {
    let editor = try folder.write(
      "#!/bin/sh\necho \"editing $*\"\nread line\necho \"$line\" > '\(folder.path("typed"))'\n", to: "editor")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
    let path = try folder.write(log(30), to: "app.log")
    let session = try TerminalSession([path], columns: 100, environment: ["VISUAL": editor])
    #expect(session.shows("number=29"))
    session.send("g", "j", "j", "v")
    #expect(session.shows("editing +3 \(path)"), "\(session.screen)")
    session.type("hello")
    session.send("Enter")
    #expect(session.shows("PAUSED"), "\(session.screen)")
    #expect(try String(contentsOfFile: folder.path("typed"), encoding: .utf8) == "hello\n")
    // ^C reaches the editor, not us.
    session.send("v")
    #expect(session.shows("editing"))
    session.send("C-c")
    #expect(session.shows("PAUSED"), "\(session.screen)")
    session.send("q")
    #expect(session.shows("[exit 0]"), "\(session.screen)")
  }

  @Test func aRecordOfAPipeIsEditedInAFileOfItsOwn() throws {
    let path = try folder.write(log(30), to: "app.log")
    let editor = "cat \"$1\" > '\(folder.path("seen"))'; echo \"$1\" > '\(folder.path("name"))'; true"
    let session = try TerminalSession(
      [], columns: 100, environment: ["VISUAL": "sh -c '\(editor.replacingOccurrences(of: "'", with: "'\\''"))' x"],
      shell: "cat '\(path)' | '\(builtProgram.path)'")
    #expect(session.shows("number=29"))
    session.send("g", "v")
    for _ in 0..<300 where !FileManager.default.fileExists(atPath: folder.path("name")) { usleep(10_000) }
    #expect(try String(contentsOfFile: folder.path("seen"), encoding: .utf8).hasSuffix("number=0\n"))
    let name = try String(contentsOfFile: folder.path("name"), encoding: .utf8).trimmingCharacters(in: .newlines)
    #expect(session.shows("number=1"))
    var isThere = true
    for _ in 0..<200 where isThere {
      isThere = FileManager.default.fileExists(atPath: name)
      usleep(10_000)
    }
    #expect(!isThere)
  }
}

/// Coming back to logs that were left.
@Suite(.enabled(if: TerminalSession.tmux != nil, "tmux is not installed"))
struct RestoringTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func start(_ arguments: [String], _ more: [String: String] = [:]) throws -> TerminalSession {
    let variables = ["XDG_STATE_HOME": folder.path("state")].merging(more) { $1 }
    return try TerminalSession(arguments, columns: 100, environment: variables)
  }

  private func kept() -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path("state/chiplog/sessions"))) ?? []
  }

  @Test func thePlaceAndTheNotesAreThereAgain() throws {
    let path = try folder.write(
      (0..<300).map { "2026-11-22T14:0\($0 / 60):\($0 % 60 / 10)\($0 % 10)Z INFO event number=\($0)\n" }.joined(),
      to: "app.log")
    let first = try start([path])
    #expect(first.shows("number=299"))
    first.send(":", "1", "0", "0", "Enter", "M-m")
    first.type("it began here")
    first.send("Enter")
    #expect(first.shows("noted"), "\(first.screen)")
    first.send("Q")
    #expect(first.shows("[exit 0]"))
    #expect(kept().count == 1)
    let file = folder.path("state/chiplog/sessions/\(kept()[0])")
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)

    let second = try start([path])
    #expect(second.shows("back where the last session ended"), "\(second.screen)")
    #expect(second.shows("number=99"))
    second.send("'")
    #expect(second.shows("it began here"), "\(second.screen)")
    second.send("Escape", "Q")

    let third = try start(["--no-restore", path])
    #expect(third.shows("number=299"))
    third.send("Q")
    #expect(third.shows("[exit 0]"))

    let chooser = try start([])
    #expect(chooser.shows("app.log"), "\(chooser.screen)")
    chooser.type("app.log")
    chooser.send("Enter")
    #expect(chooser.shows("back where the last session ended"), "\(chooser.screen)")
  }

  @Test func aSignalKeepsTheSessionToo() throws {
    let path = try folder.write("2026-11-22T14:00:00Z INFO one\n2026-11-22T14:00:01Z INFO two\n", to: "app.log")
    let marker = folder.path("pid")
    let session = try TerminalSession(
      [], environment: ["XDG_STATE_HOME": folder.path("state")],
      shell: "sh -c 'echo $$ > \(marker); exec \(builtProgram.path) \(path)'")
    #expect(session.shows("two"))
    let process = try #require(Int32(String(contentsOfFile: marker, encoding: .utf8).trimmingCharacters(in: .newlines)))
    kill(process, SIGHUP)
    #expect(session.shows("[exit"), "\(session.screen)")
    #expect(kept().count == 1)
  }
}
