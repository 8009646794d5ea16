import Foundation
import Platform
import TestSupport
import Testing

/// Pipelines as they are typed into a shell: files, pipes, archives, other programs behind them.
@Suite struct PipelineTests {
  let folder: TemporaryFolder
  let path: String
  let text: String

  init() throws {
    folder = try TemporaryFolder()
    text = (0..<5000).map { number in
      let level = number % 10 == 0 ? "ERROR" : "INFO"
      return String(
        format: "2026-01-02T10:%02d:%02d.%03dZ %@ path=/r/%d took=%dms\n", number / 600, number / 10 % 60,
        number % 10 * 100, level, number % 7, number % 100 + 1)
    }.joined()
    path = try folder.write(text, to: "a.log")
  }

  private func chiplog(_ arguments: [String], input: String? = nil) throws -> RunResult {
    try run(builtProgram, arguments, input: input.map { Data($0.utf8) }, environment: ["TZ": "UTC"])
  }

  private func shell(_ script: String) throws -> RunResult {
    try run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script],
      environment: ["TZ": "UTC", "CHIPLOG": builtProgram.path, "LOG": path, "DIR": folder.url.path])
  }

  private func objects(_ result: RunResult) throws -> [[String: Any]] {
    try result.lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  private static let queries = [
    "* | count by level", "level:error | p50 p99(took) by path | sort path", "* | top 3 path",
    "* | count by 1m, level", "* | where took>50ms | distinct(path), max(took)", "* | patterns | fields count, pattern",
  ]

  @Test("A file, a pipe, an archive and two halves of it give the same result", arguments: queries)
  func sources(query: String) throws {
    let file = try chiplog(["--json", "-q", query, path])
    #expect(file.status == 0 && !file.lines.isEmpty)
    #expect(try chiplog(["--json", "-q", query], input: text).lines == file.lines)
    #expect(try chiplog(["--json", "-q", query, "-"], input: text).lines == file.lines)
    let lines = text.split(separator: "\n").map { $0 + "\n" }
    let halves = [lines[..<2000].joined(), lines[2000...].joined()]
    let paths = try halves.enumerated().map { try folder.write($1, to: "half\($0).log") }
    #expect(try chiplog(["--json", "-q", query] + paths).lines == file.lines)
    guard program("gzip") != nil else { return }
    #expect(try shell("gzip -c \"$LOG\" >\"$DIR/a.log.gz\"").status == 0)
    #expect(try chiplog(["--json", "-q", query, folder.path("a.log.gz")]).lines == file.lines)
  }

  @Test func countsAreThoseOfGrep() throws {
    let result = try objects(chiplog(["--json", "-q", "* | count by level", path]))
    let counts = Dictionary(
      uniqueKeysWithValues: result.compactMap { row in (row["level"] as? String).map { ($0, row["count"] as? Int) } })
    #expect(counts == ["info": 4500, "error": 500])
  }

  @Test func keysOfHostileBytesStayValid() throws {
    var bytes = Data()
    for value in ["a\\u0000b", "quote\\\"d", "line\\nbreak", "comma,d", "\\u001b]0;title\\u0007", "\\ud800", "=1+1"] {
      bytes.append(Data("{\"time\":\"2026-01-02T10:00:00Z\",\"key\":\"\(value)\"}\n".utf8))
    }
    bytes.append(Data("{\"time\":\"2026-01-02T10:00:01Z\",\"key\":\"".utf8) + [0xFF, 0xFE] + Data("\"}\n".utf8))
    try bytes.write(to: URL(fileURLWithPath: folder.path("hostile.log")))
    let query = "* | count by key"
    let json = try chiplog(["--json", "-q", query, folder.path("hostile.log")])
    let keys = try objects(json).compactMap { $0["key"] as? String }
    #expect(keys.count == 8 && keys.contains("line\nbreak") && keys.contains("a\u{0}b"))
    let table = try chiplog(["--table", "-q", query, folder.path("hostile.log")])
    #expect(!table.output.contains { $0 < 32 && $0 != 10 }, "a terminal must not obey what a log says")
    guard let python = program("python3") else { return }
    let csv = try chiplog(["--csv", "-q", query, folder.path("hostile.log")])
    let reader =
      "import csv,io,sys; print(len(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, 'utf-8', newline='')))))"
    #expect(try run(python, ["-c", reader], input: csv.output).text == "9\n")
  }

  @Test func aReaderThatLeavesEndsItQuietly() throws {
    let result = try shell(
      """
      { "$CHIPLOG" -q '* | fields path' "$LOG" 2>"$DIR/said"; echo $? >"$DIR/status"; } | head -1
      cat "$DIR/said" "$DIR/status"
      """)
    #expect(result.lines.first == "path")
    #expect(result.lines.count == 2, "nothing but the status: \(result.lines)")
  }

  @Test func anInterruptedPipeSaysWhatItKnows() throws {
    let result = try shell(
      """
      mkfifo "$DIR/fifo"
      exec 3<>"$DIR/fifo"
      cat "$LOG" >&3 &
      timeout -s INT 3 "$CHIPLOG" --csv -q '* | count by level' <"$DIR/fifo"
      """)
    #expect(result.lines.first == "level,count", "\(result.text)")
    #expect(result.lines.count == 3)
    #expect(result.errors.contains("interrupted; this is of what had been read until then"))
  }

  @Test func whatCannotBeReadIsToldAndTheRestCounted() throws {
    let result = try chiplog(["--csv", "-q", "* | count", path, folder.path("none.log")])
    #expect(result.lines == ["count", "5000"])
    #expect(result.status == 2)
    #expect(result.errors.contains("none.log: no such file or directory"))
  }

  @Test func statusesAreThoseOfGrep() throws {
    #expect(try chiplog(["-q", "nowhere | count by level", path]).status == 1)
    #expect(try chiplog(["-q", "nowhere | count", path]).status == 1)
    let wrong = try chiplog(["-q", "* | cuont", path])
    #expect(wrong.status == 2 && wrong.output.isEmpty && wrong.errors.contains("did you mean \"count\"?"))
  }

  @Test func firstRowsOnly() throws {
    let result = try chiplog(["--csv", "-n", "2", "-q", "* | count by path | sort path", path])
    #expect(result.lines == ["path,count", "/r/0,715", "/r/1,715"])
  }

  @Test func thePlanIsExplained() throws {
    let plan = try chiplog(["--explain", "-q", "level>=error took>10ms | p99(took) by path", path])
    #expect(plan.status == 0)
    #expect(plan.text.contains("level:(error or critical or fatal): bitmaps of the index"))
    #expect(
      plan.text.contains("read of each record: path, took") || plan.text.contains("read of each record: took, path"))
  }

  @Test func followingPrintsWhatChanged() throws {
    let child = try ChildProcess.spawn(
      builtProgram.path, ["--csv", "-f", "-q", "* | count by level", path],
      stdout: .descriptor(.open(folder.path("out"), flags: O_WRONLY | O_CREAT)))
    defer {
      child.kill()
      _ = child.wait()
    }
    func lines() -> [String] {
      ((try? String(contentsOfFile: folder.path("out"), encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }
    #expect(eventually { lines().count == 3 })
    try folder.append("2026-01-02T11:00:00Z ERROR path=/r/0 took=1ms\n", to: "a.log")
    #expect(eventually { lines().last == "error,501" }, "\(lines())")
    #expect(lines().count == 4, "only the row that changed is printed again")
  }

  @Test("In CSV nothing is an absent value, and two quotes an empty text")
  func absentAndEmpty() throws {
    let log = """
      {"time":"2026-01-02T10:00:00Z","level":"info","msg":"a","user":""}
      {"time":"2026-01-02T10:00:01Z","level":"info","msg":"b"}

      """
    let result = try chiplog(["--csv", "-q", "* | fields msg, user"], input: log)
    #expect(result.lines == ["msg,user", "a,\"\"", "b,"])
  }
}
