import Foundation
import TestSupport
import Testing

private let app = """
  2026-11-22T14:00:01.250Z INFO request done path=/api/orders status=200 duration=18ms
  2026-11-22T14:00:02.500Z ERROR payment failed order=8812
  Traceback (most recent call last):
    File "shop.py", line 7, in pay
  TimeoutError: database
  2026-11-22T14:00:04.000Z WARN slow duration=2s

  """

private let access = """
  203.0.113.9 - - [22/Nov/2026:14:00:02 +0000] "GET /api/orders HTTP/1.1" 200 512 "-" "curl/8.5.0"
  203.0.113.9 - alice [22/Nov/2026:15:00:03 +0100] "POST /api/pay HTTP/1.1" 503 27 "-" "curl/8.5.0"

  """

private func chiplog(_ arguments: [String], input: String? = nil, environment: [String: String] = [:]) throws
  -> RunResult
{
  try run(
    builtProgram, arguments, input: input.map { Data($0.utf8) }, environment: ["TZ": "UTC"].merging(environment) { $1 })
}

private func objects(_ result: RunResult) throws -> [[String: Any]] {
  try result.lines.map { line in
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}

@Suite struct HeadlessTests {
  let folder: TemporaryFolder
  let appLog: String
  let accessLog: String

  init() throws {
    folder = try TemporaryFolder()
    appLog = try folder.write(app, to: "app.log")
    accessLog = try folder.write(access, to: "access.log")
  }

  @Test func filesArePrintedByteForByte() throws {
    let result = try chiplog([appLog])
    #expect(result.status == 0)
    #expect(result.text == app)
  }

  /// A record of 40 MB is written part by part, and of its JSON no more is made than is printed.
  @Test func aHoleOfASparseFileIsPrintedAsItIs() throws {
    let path = try folder.write("2026-11-22 14:00:01 INFO one\n", to: "sparse.log")
    truncate(path, 40 << 20)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("\n2026-11-22 14:00:02 ERROR two\n".utf8))
    try file.close()
    let text = try chiplog([path])
    #expect(text.output == (try Data(contentsOf: URL(fileURLWithPath: path))))
    let records = try objects(chiplog(["--json", path]))
    #expect(records.compactMap { $0["level"] as? String } == ["info", "error"])
    #expect(records.compactMap { $0["line"] as? Int } == [1, 3] || records.count == 3)
  }

  @Test func aFormatOfOnesOwnIsCheckedAndUsed() throws {
    let definition = #"""
      { "name": "acme", "pattern": "{time} {level} {took:number} | {message}",
        "levels": { "E!": "error" }, "units": { "took": "ms" }, "samples": [ "2026-01-02 03:04:05 E! 18 | refused" ] }
      """#
    _ = try folder.write(definition, to: "chiplog/formats/acme.jsonc")
    let log = try folder.write("2026-01-02 03:04:05 E! 1800 | refused\n2026-01-02 03:04:06 ?\n", to: "acme.log")
    let environment = ["XDG_CONFIG_HOME": folder.url.path]
    let file = folder.url.appendingPathComponent("chiplog/formats/acme.jsonc").path

    let checked = try chiplog(["--check-format", file, log])
    #expect(checked.status == 0)
    #expect(checked.text.contains("2 lines: 1 fit, 1 do not fit\n  line 2: 2026-01-02 03:04:06 ?\n"))
    #expect(checked.text.contains("field took: 1, first 1800"))
    #expect(try chiplog(["--check-format", file, appLog]).status == 1)
    #expect(try chiplog(["--check-format", appLog]).errors.contains("\(appLog):1:1"))

    let found = try objects(try chiplog(["-q", "took>1s level=error", "--json", log], environment: environment))
    #expect(found.map { $0["format"] as? String } == ["acme"])
    #expect(try chiplog(["--list-formats"], environment: environment).text.hasPrefix("acme\tyour own format\n"))

    _ = try folder.write(#"{ "name": "acme", "pattern": "{time" }"#, to: "chiplog/formats/acme.jsonc")
    let broken = try chiplog(["--print-config"], environment: environment)
    #expect(broken.errors.contains("acme.jsonc:1:30: { is not closed"))
  }

  @Test func panelsComeFromNamedSetsAndDashboards() throws {
    _ = try folder.write(
      #"{ "panels": { "web": [ { "title": "Up", "expr": "up", "warn": 2 } ] } }"#, to: "chiplog/config.jsonc")
    _ = try folder.write(
      #"{ "panels": { "night": [ "load: node_load1" ], "web": [ "x" ] } }"#, to: "chiplog/panels.d/night.jsonc")
    let dashboard = try folder.write(
      #"{"title":"Shop","panels":[{"type":"text"},{"title":"a","targets":[{"expr":"up{j=\"$j\"}"}]}]}"#, to: "shop.json"
    )
    let environment = ["XDG_CONFIG_HOME": folder.url.path]
    func panels(_ name: String) throws -> RunResult {
      try chiplog(["--print-config", "--panels", name], environment: environment)
    }
    let web = try panels("web")
    #expect(web.text.contains(#""default": [ { "title": "Up", "expr": "up", "warn": 2 } ]"#))
    #expect(try panels("night").text.contains(#""default": [ "load: node_load1" ]"#))
    let unknown = try panels("nihgt")
    #expect(unknown.status == 2 && unknown.errors == "chiplog: there are no panels named nihgt; did you mean night?\n")
    let imported = try panels(dashboard)
    #expect(imported.text.contains(#""a: up{j=~\".*\"}""#))
    #expect(imported.errors.contains("shop.json: left out: 1 text"))
    #expect(try panels(appLog + ".json").errors.contains("cannot be read"))
  }

  @Test func pagesOfMetricsAreChecked() throws {
    let good = try folder.write(
      #"""
      # TYPE jobs counter
      jobs{queue="a \"b\""} 12 1395066363500
      free NaN

      """#, to: "good.prom")
    let checked = try chiplog(["--check-metrics", "prometheus-text", good])
    #expect(checked.status == 0)
    #expect(
      checked.lines == [
        #"{"name":"jobs_total","labels":{"queue":"a \"b\""},"value":12,"ts":1395066363.5,"written":"jobs"}"#,
        #"{"name":"free","labels":{},"value":"NaN","ts":null}"#,
      ])

    let bad = try folder.write("# TYPE a counter\na_total -1\n# EOF\n", to: "bad.om")
    for arguments in [["--check-metrics", "openmetrics", bad], ["--check-metrics", bad]] {
      let refused = try chiplog(arguments)
      #expect(refused.status == 2 && refused.output.isEmpty)
      #expect(refused.errors == "chiplog: \(bad):2:9: a_total must not be negative or NaN\n")
    }
    #expect(try chiplog(["--check-metrics"], input: "up 1 x\n").errors.contains("standard input:1:6: the timestamp"))
    #expect(try chiplog(["--check-metrics", good + "x"]).status == 2)
  }

  @Test func aClosedStandardOutputIsSaid() throws {
    let result = try run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", "exec \"$0\" \"$1\" >&-", builtProgram.path, appLog])
    #expect(result.status == 2)
    #expect(result.errors.contains("Bad file descriptor"), "\(result.errors)")
  }

  @Test func moreFilesThanMayBeOpenAreSaid() throws {
    for number in 0..<300 { _ = try folder.write(app, to: "many-\(number).log") }
    let script = "ulimit -n 200; exec \"$0\" -q level=error \"$1\"/many-*.log"
    let result = try run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", script, builtProgram.path, folder.url.path],
      environment: ["TZ": "UTC"])
    #expect(result.status == 2)
    #expect(result.errors.contains("too many open files: this process may open 200 (ulimit -n); others are open"))
    #expect(result.lines.count > 4 * 100)
  }

  @Test func manyFilesOpenInASmallAddressSpace() throws {
    for number in 0..<300 { _ = try folder.write(app, to: "many-\(number).log") }
    let script = "ulimit -v 8388608; exec \"$0\" -q level=error \"$1\"/many-*.log"
    let result = try run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", script, builtProgram.path, folder.path("")], environment: ["TZ": "UTC"])
    #expect(result.status == 0, "\(result)")
    #expect(result.lines.count { $0.contains("payment failed") } == 300)
  }

  @Test func namesOfFilesAreShownSafely() throws {
    let result = try chiplog(["/nowhere/\u{1b}]0;owned\u{7}\u{202e}.log"])
    #expect(result.status == 2)
    #expect(!result.errors.contains("\u{1b}") && !result.errors.contains("\u{202e}"), "\(result.errors)")
  }

  @Test func twoFilesAreMergedByTime() throws {
    let result = try chiplog([appLog, accessLog])
    let starts = result.lines.map { String($0.prefix(24)) }
    #expect(
      starts
        == [
          "2026-11-22T14:00:01.250Z", "203.0.113.9 - - [22/Nov/", "2026-11-22T14:00:02.500Z",
          "Traceback (most recent c",
          "  File \"shop.py\", line 7,", "TimeoutError: database", "203.0.113.9 - alice [22/",
          "2026-11-22T14:00:04.000Z",
        ].map { String($0.prefix(24)) })
  }

  @Test func jsonHasTheDocumentedKeys() throws {
    let records = try objects(chiplog(["--json", appLog]))
    #expect(records.count == 3)
    #expect(records[0]["time"] as? String == "2026-11-22T14:00:01.250Z")
    #expect(records[0]["level"] as? String == "info")
    #expect(records[1]["line"] as? Int == 2)
    #expect(records[1]["last_line"] as? Int == 5)
    #expect((records[1]["source"] as? String)?.hasSuffix("app.log") == true)
    #expect((records[0]["fields"] as? [String: Any])?["status"] as? Int == 200)
    #expect((records[1]["msg"] as? String)?.contains("TimeoutError") == true)
    #expect(Set(records[0].keys) == ["time", "level", "line", "last_line", "source", "format", "msg", "fields"])
  }

  @Test func queriesFilterAndStatusSaysWhetherAnythingMatched() throws {
    let some = try objects(chiplog(["-q", "status>=500", "--json", accessLog]))
    #expect(some.count == 1)
    #expect(some.first?["time"] as? String == "2026-11-22T14:00:03Z")
    #expect(try chiplog(["-q", "level>=warn", appLog]).status == 0)
    #expect(try chiplog(["-q", "nothingLikeThis", appLog]).status == 1)
    #expect(try chiplog(["-q", "TimeoutError", appLog]).lines.count == 4)
  }

  @Test func tailAndTimeBoundsCutTheOutput() throws {
    #expect(try chiplog(["-n", "1", appLog]).lines.count == 1)
    let bounded = try chiplog(["--since", "2026-11-22T14:00:02Z", "--until", "2026-11-22 14:00:03", "--utc", appLog])
    #expect(bounded.lines.count == 4)
  }

  @Test(arguments: [
    (["--sinec", "1h"], "did you mean --since?"), (["-q", "level>=wran", "x"], "did you mean \"warn\"?"),
    (["--tz", "Erope/Zurich", "x"], "did you mean Europe/Zurich?"), (["--format", "jsno", "x"], "did you mean json?"),
    (["--color", "sometimes"], "auto, always or never"), (["-n", "many"], "number of records"),
  ])
  func mistakesAreNamedWithAWayOut(arguments: [String], words: String) throws {
    let result = try chiplog(arguments)
    #expect(result.status == 2)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func aFileWhereAQueryBelongsIsNamed() throws {
    let result = try chiplog(["-q", appLog])
    #expect(result.status == 2)
    #expect(result.errors.contains("is a file, but -q takes a query: chiplog -q QUERY \(appLog)"))
  }

  @Test func anUnreadableFileIsNamedAndTheOthersOpen() throws {
    let result = try chiplog([appLog, folder.path("missing.log")])
    #expect(result.status == 2)
    #expect(result.text == app)
    #expect(result.errors.contains("missing.log: no such file or directory"))
  }

  @Test func standardInputIsASource() throws {
    let result = try chiplog(["-q", "level:error", "-"], input: app)
    #expect(result.status == 0)
    #expect(result.lines.first?.contains("payment failed") == true)
    #expect(try chiplog(["-q", "level:error"], input: app).lines == result.lines)
  }

  @Test func aClosedPipeIsAQuietSuccess() throws {
    let many = String(repeating: app, count: 20_000)
    let big = try folder.write(many, to: "big.log")
    let script = "\(builtProgram.path) '\(big)' | head -1; echo ${PIPESTATUS[0]}"
    let result = try run(URL(fileURLWithPath: "/bin/bash"), ["-c", script])
    #expect(result.lines.last == "0")
    #expect(result.errors.isEmpty)
  }

  @Test func aFullDiskIsAnError() throws {
    let script = "\(builtProgram.path) '\(appLog)' > /dev/full"
    let result = try run(URL(fileURLWithPath: "/bin/sh"), ["-c", script])
    #expect(result.status == 2)
    #expect(result.errors.contains("no space left on device") || result.errors.contains("No space left"))
  }

  @Test func csvQuotesWhatItMust() throws {
    let result = try chiplog(["--csv", "-q", "payment", appLog])
    #expect(result.lines.first == "time,level,source,line,msg,fields")
    #expect(result.text.contains("\"payment failed order=8812\nTraceback"))
  }

  @Test func tablesAlignTheirColumns() throws {
    let lines = try chiplog(["--table", appLog]).lines
    #expect(lines.count == 4)
    let column = try #require(lines[0].range(of: "msg")).lowerBound.utf16Offset(in: lines[0])
    #expect(lines[2].dropFirst(column).hasPrefix("payment failed order=8812 Traceback"), "\(lines)")
  }

  @Test func helpNamesEveryOption() throws {
    let result = try chiplog(["--help"])
    #expect(result.status == 0)
    for option in ["--query", "--json", "--since", "--tz", "--prometheus", "--panel", "--theme", "--secure"] {
      #expect(result.text.contains(option))
    }
  }
}
