import Foundation
import TestSupport
import Testing

/// One file is printed while it is read, by several threads; `--sort` prints by the index. Both must say the same.
@Suite struct PrintingTests {
  private let folder: TemporaryFolder
  private let log: String

  init() throws {
    folder = try TemporaryFolder()
    var text = "Caused by: the end of something\n\tat the beginning\n"
    for number in 0..<30_000 {
      let seconds = number / 10
      let clock = [14 + seconds / 3600, seconds / 60 % 60, seconds % 60].map { String($0 + 100).suffix(2) }
      let time = "2026-11-22T\(clock.joined(separator: ":")).\(100 + number % 10)Z"
      let level = ["INFO", "WARN", "ERROR", "DEBUG"][number % 4]
      text += "\(time) \(level) shop: answered path=/api/\(number % 17) status=\(200 + number % 400) n=\(number)"
      text += number % 13 == 0 ? "\r\n" : "\n"
      if number % 97 == 0 {
        text +=
          "Traceback (most recent call last):\n" + String(repeating: "  File \"shop.py\", line 7\n", count: number % 40)
        text += "TimeoutError: database\n"
      }
    }
    log = try folder.write(text + "2026-11-22T20:00:00Z INFO the last, unfinished timeout", to: "app.log")
  }

  private func print(_ arguments: [String]) throws -> RunResult {
    try run(builtProgram, ["--no-follow", "--utc"] + arguments + [log], environment: ["TZ": "UTC"])
  }

  @Test(arguments: ["text", "json", "csv", "table"])
  func readingAndIndexingPrintTheSame(format: String) throws {
    let queries = [
      "", "timeout", "n=777", "shop.py", "status>=500 -path=/api/3", #"~n=\d+7\b"#, "level>=warn", "line<200",
      "time>=2026-11-22T14:10:00Z time<2026-11-22T14:40:00Z error", "-shop", "nothingLikeThis", "beginning",
    ]
    for query in queries {
      let read = try print(["-o", format, "-q", query])
      let indexed = try print(["-o", format, "-q", query, "--sort"])
      #expect(read.output == indexed.output, "\(query)")
      #expect(read.status == indexed.status, "\(query)")
      #expect(query == "nothingLikeThis" || !read.output.isEmpty)
    }
  }

  @Test func treesSayTheirDepthToPrograms() throws {
    let path = try folder.write(
      """
      {"time":"2026-01-02T10:00:00Z","trace_id":"t","span_id":"a","msg":"x"}
      {"time":"2026-01-02T10:00:00Z","trace_id":"t","span_id":"b","parent_span_id":"a","msg":"y"}

      """, to: "spans.log")
    let csv = try run(builtProgram, ["-o", "csv", "--utc", "-q", "* | tree | fields name", path])
    #expect(csv.lines == ["name,depth", "t,0", "x,1", "y,2"])
    let json = try run(builtProgram, ["--json", "--utc", "-q", "* | tree | fields name", path])
    #expect(json.lines == [#"{"name":"t"}"#, #"{"name":"x","depth":1}"#, #"{"name":"y","depth":2}"#])
  }

  @Test func timesWithoutADateAreThoseOfTheNewestRecord() throws {
    let read = try print(["-q", "time:14:10..14:11", "--json"])
    #expect(read.output == (try print(["-q", "time:14:10..14:11", "--json", "--sort"]).output))
    #expect(read.lines.count > 50)
  }

  @Test func yearsThatAreNotWrittenAreSettledByTheIndex() throws {
    var text = ""
    for month in ["Nov", "Dec", "Jan", "Feb"] { text += "\(month)  3 03:04:05 web sshd[1]: Accepted key for root\n" }
    let path = try folder.write(text, to: "auth.log")
    let read = try run(builtProgram, ["--json", "--utc", path])
    #expect(read.output == (try run(builtProgram, ["--json", "--utc", "--sort", path]).output))
    #expect(read.lines.count == 4)
  }

  @Test func filtersOfTimeCountTheYearsAsTheOutputShowsThem() throws {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let text = (0..<30).map { "\(months[$0 % 12])  3 03:04:05 web sshd[1]: Accepted key for root\n" }.joined()
    let path = try folder.write(text, to: "messages")
    let all = try run(builtProgram, ["--json", "--utc", path]).lines
    let years = Set(all.compactMap { $0.firstMatch(of: /"(20\d\d)-/).map { String($0.output.1) } }).sorted()
    #expect(all.count == 30 && years.count >= 3)
    for year in years {
      let next = (Int(year) ?? 0) + 1
      for more in ["", " Accepted"] {
        let query = "time>=\(year)-01-01 time<\(next)-01-01\(more)"
        let found = try run(builtProgram, ["--json", "--utc", "-q", query, path]).lines
        #expect(found == all.filter { $0.contains("\"\(year)-") })
        let bytes = try run(builtProgram, ["--utc", "-q", query, path]).lines
        #expect(bytes.count == found.count)
      }
    }
  }

  @Test func manyRecordsOfSeveralFilesComeInOneOrder() throws {
    var texts = ["", "", ""]
    for number in 0..<30_000 {
      let digits = String(10_000_000 + number)
      let line = "2026-11-22T14:\(10 + number / 600 % 50):01.\(digits.suffix(3))Z INFO n=\(number)\n"
      // Stamps of one minute repeat: equal ones stand in the order of files.
      texts[number / 1000 % 3] += line
    }
    let paths = try texts.indices.map { try folder.write(texts[$0], to: "part-\($0).log") }
    var all: [(key: String, file: Int, place: Int, line: Substring)] = []
    for (file, text) in texts.enumerated() {
      var key = ""
      for (place, line) in text.split(separator: "\n").enumerated() {
        key = max(key, String(line.prefix(24)))
        all.append((key, file, place, line))
      }
    }
    all.sort { ($0.key, $0.file, $0.place) < ($1.key, $1.file, $1.place) }
    let expected = all.map { $0.line + "\n" }.joined()
    let result = try run(builtProgram, ["--utc"] + paths)
    #expect(result.text == expected)
    let tail = try run(builtProgram, ["--utc", "-n", "12000"] + paths)
    #expect(tail.text == all.suffix(12_000).map { $0.line + "\n" }.joined())
  }

  @Test func oneFileKeepsItsOrderUnlessItIsToBeSorted() throws {
    let lines = (0..<4000).reversed().map { "2026-11-22T14:\(10 + $0 / 100):\(10 + $0 % 50).000Z INFO n=\($0)\n" }
    let path = try folder.write(lines.joined(), to: "newest-first.log")
    #expect(try run(builtProgram, [path]).text == lines.joined())
  }

  @Test func aReaderThatLeavesEndsIt() throws {
    let script = "'\(builtProgram.path)' -q path=/api/1 '\(log)' | head -1; echo ${PIPESTATUS[0]}"
    let result = try run(URL(fileURLWithPath: "/bin/bash"), ["-c", script])
    #expect(result.lines.last == "0")
    #expect(result.errors.isEmpty)
  }
}
