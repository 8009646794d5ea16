import LogFiles
import Quantities
import Records
import TestSupport
import Testing

@testable import QueryLanguage
@testable import Timelines

/// Field tests over whole files, against the plain truth asked of every parsed record: every format, hostile spellings.
@Suite struct FieldScanTests {
  static let queries = [
    "status>=500", "status>200", "status<300", "status<=200.5", "status:200..404", "status=500", "status:5xx",
    "status in (200, 404)", "status!=200", "status:*", "-status:*", "status:50", "status=\"500\"", "status!:50",
    "bytes>1000", "bytes>=1KiB", "bytes:*", "client:*", "user:*", "path:/api/", "method=GET", "referer:*",
    "user.id=42", "user.id>41", "user.id:*", "items[].n>1", "items[0].n=1", "items>5", "items:*", "took_ms>10",
    "took_ms>10ms", "took(s)>0.5s", "took>0.25", "took<0.25", "took:0.25..0.5", "n=1e3", "n>-5", "n<0", "n>=0",
    "a.b.c=1", "host:*", "pid>10", "program:*", "iut=3", "flag:*", "extra>0", "msg:took", "msg=\"took 5 ms\"",
    "msg!:took",
    "message~to+k", "status>5000000000000", "status<1e20", "é=5", "x/y>1",
    "user=bob", "user=status", "client=10.0.0.7", "client_port>80", "duration>10ms", "thread=main", "logger=a.b",
    "code.line>5",
    "code.file=main.go", "tid:*", "method=POST", "protocol:*", "server:*", "address:*", "url:*", "agent:*", "referer:*",
    "context:*", "request_id:*", "uid=0", "excess>1", "Length>1", "request:*", "program=app", "error_code:*",
    "command:*",
  ]

  @Test(arguments: 0..<30) func scansAgreeWithParsedRecords(seed: Int) throws {
    var random = SeededGenerator(seed + 100)
    let snapshot = snapshot(
      (0..<3).map { file in
        TestFile(
          file: file, text: HostileLines.file(120, &random), segmentSize: [700, 5_000, 1 << 20][random.below(3)])
      })
    let records = naive(snapshot)
    let now = Timestamp(seconds: 1_767_355_200)
    let engine = FilterEngine()
    for query in Self.queries {
      let filter = try QueryCompiler.compile(query, context: QueryContext(now: now, newest: now))
      let result = try #require(engine.evaluate(filter, over: snapshot))
      let expected = Set(records.filter { $0.passesAsParsed(filter.predicate) }.map(\.position))
      let found = Set(result.positions)
      if let wrong = records.first(where: { expected.contains($0.position) != found.contains($0.position) }) {
        Issue.record(
          "\(query): \(found.contains(wrong.position) ? "found" : "missed") \(String(decoding: wrong.text.prefix(400), as: UTF8.self))"
        )
      }
    }
  }

  @Test func longLinesAreReadAsFarAsTheyAre() throws {
    let padding = String(repeating: "x ", count: 32_760)
    let lines = [
      "time=2026-01-02T03:04:05Z level=info msg=a pad=\"\(padding)\" status=5000 n=1",
      "time=2026-01-02T03:04:06Z level=info msg=b status=200",
    ]
    for cut in 0..<40 {
      var text = lines[0]
      text.removeLast(0)
      let shifted = text.replacing("pad=\"", with: "pad=\"" + String(repeating: "y", count: cut))
      let snapshot = snapshot([TestFile(text: Array("\(shifted)\n\(lines[1])\n".utf8))])
      for query in ["status<=500", "status>=500", "status:*", "status=50"] {
        let filter = try QueryCompiler.compile(query, context: QueryContext(now: TestFile.reference))
        let expected = naive(snapshot).filter { $0.passesAsParsed(filter.predicate) }.count
        #expect(FilterEngine().evaluate(filter, over: snapshot)?.count == expected, "\(query) \(cut)")
      }
    }
  }
}

extension NaiveRecord {
  /// Whether all its fields, listed by the one reading of everything, pass.
  fileprivate func passesAsParsed(_ predicate: Predicate) -> Bool {
    let plain = text.withUnsafeBytes { reader.hasColours ? EscapeSequences.stripped($0) : Array($0) }
    return plain.withUnsafeBytes { bytes in
      let parsed = reader.parse(bytes, reference: TestFile.reference)
      return predicate.matches(
        RecordContext(bytes: bytes, reader: reader, reference: TestFile.reference, parsed: parsed))
    }
  }
}

/// Lines that make the finding of fields hard.
enum HostileLines {
  private static let values = [
    "500", "200", "404", "0500", "50", "5000", "500.0", "5e2", "-5", "1e3", "0.25", "0.2500001", "0.2499999", "42",
    "12ms", "300ms", "0.3s", "2KiB", "1024", "1000", "1001", "", "null", "true", "abc", "500abc", "5 00", "500,",
    "500;",
    "(500)", "99999999999999999999", "4999999999999", "5000000000001", "1", "2",
  ]
  private static let names = [
    "status", "bytes", "user.id", "id", "took_ms", "took", "n", "items", "a", "http_status", "statuses", "é", "x/y",
    "host", "pid", "client", "path", "msg", "message", "extra",
  ]

  /// A file of mostly one kind of lines, so that its format is detected differently from file to file.
  static func file(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    let favourite = random.below(8)
    let end = random.chance(15) ? "\r\n" : "\n"
    var bytes: [UInt8] = []
    for number in 0..<count {
      let second = number % 60
      let time = "2026-01-02T03:\(10 + number / 60):\(second < 10 ? "0" : "")\(second)Z"
      let kind = random.chance(85) ? favourite : random.below(9)
      bytes += Array((line(kind, time, &random) + end).utf8)
      if random.chance(3), !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    }
    if random.chance(30) { bytes.removeLast() }
    return bytes
  }

  private static func line(_ kind: Int, _ time: String, _ random: inout SeededGenerator) -> String {
    switch kind {
    case 0: json(time, &random)
    case 1: "time=\(time) level=info msg=\"took 5 ms\" " + pairs(&random)
    case 2: access(time, &random)
    case 3: "\(time) INFO took 5 ms " + pairs(&random) + (random.chance(30) ? " " + json(time, &random) : "")
    case 4:
      "<\(34 + random.below(9))>1 \(time) web1 app \(random.below(99)) ID47 [x@1 iut=\"3\" status=\"\(value(&random))\"] "
        + pairs(&random)
    case 6: "\(time) \(prefixes[random.below(prefixes.count)])\(words(&random)) " + pairs(&random)
    case 7: "Jan  2 03:04:05 web1 app[\(random.below(99))]: \(words(&random)) \(pairs(&random))"
    case 5:
      random.chance(50) ? "{\n  \"time\": \"\(time)\",\n  \"status\":\n  \(value(&random))\n}" : json(time, &random)
    default: "    at continuation status=500 \"status\": 500 " + pairs(&random)
    }
  }

  private static let prefixes = [
    "INFO ", "INFO [main] ", "[main] ERROR a.b - ", "4711 WARN a.b: ", "[a.b] [INFO] ", "INFO main.go:12: ",
    "INFO [http-1] org.x.Foo ", "[pid 5:tid 7] [client 10.0.0.7:99] ", "INFO [status] ", "[x:error] [status 500] ", "",
  ]

  /// What text says of values without writing `=`, mixed with the names that are looked for.
  private static func words(_ random: inout SeededGenerator) -> String {
    (0..<random.below(4)).map { _ in
      let name = names[random.below(names.count)]
      let value = value(&random)
      return [
        "user \"\(name)\"", "user bob logged in", "for user \(name) from 10.0.0.7 port \(value)", "[\(name) \(value)]",
        "[\(name): \(value)]", "\(name): \(value), \(name): \"\(value)\", uid: 0", "(\(name): \(value))",
        "took \(value)ms",
        "GET /\(name) HTTP/1.1 \(value)", "\"POST /\(name)\" \(value) \(value)", "10.0.0.7:80 -> 10.0.0.8:90",
        "http://\(name)/\(value)", "Completed \(value) OK in \(value)", "client \(value), \(name): \(value)",
        "[client 10.0.0.7]", "[\(name) \"\(value)\"]", "\(name):\(value)", "pid:\(value) login:a@\(name)",
        "/\(name): \(value) 10.0.0.7", "(root) CMD (\(name))", "excess: \(value) by", "status \(value)",
        "x (org.a.Foo)",
        "\u{1b}[31m\(name)\u{1b}[0m: \(value)",
      ][random.below(24)]
    }.joined(separator: random.chance(80) ? " " : ", ")
  }

  private static func value(_ random: inout SeededGenerator) -> String { values[random.below(values.count)] }

  private static func pairs(_ random: inout SeededGenerator) -> String {
    (0..<random.below(5)).map { _ in
      let name = names[random.below(names.count)]
      switch random.below(14) {
      case 0: return "\(name)=\"\(value(&random))\""
      case 1: return "\(name)='\(value(&random))'"
      case 2: return "\u{1b}[31m\(name)\u{1b}[0m=\(value(&random))"
      case 3: return "\u{1b}[31m\(name)=\(value(&random))\u{1b}[0m"
      case 4: return "(\(name)=\(value(&random)))"
      case 5: return "[\(name)=\(value(&random))],"
      case 6: return "\(name)=\(value(&random)),\(name)=\(value(&random))"
      case 7: return random.chance(50) ? name : "flag"
      case 8: return "\(name)={\"\(name)\": \(value(&random))}"
      case 9: return "\"\(name)\": \(value(&random))"
      case 10: return "x.\(name)=\(value(&random))"
      default: return "\(name)=\(value(&random))"
      }
    }.joined(separator: random.chance(80) ? " " : ", ")
  }

  private static func access(_ time: String, _ random: inout SeededGenerator) -> String {
    let client = random.chance(80) ? "10.0.0.1 - bob" : "vhost 10.0.0.1 - -"
    let stamp = ["[02/Jan/2026:03:04:05 +0000]", "[2/Jan/2026:03:04:05]", "[02 Jan 2026 03:04:05]"][
      random.below(20) % 3]
    let request = ["\"GET /api/x HTTP/1.1\"", "\"GET /a\\\"b status=500\"", "GET /x HTTP/1.1", "\"-\""][
      random.below(12) % 4]
    let status = random.chance(80) ? ["200", "404", "500", "503"][random.below(4)] : value(&random)
    let tail = [
      "", " \"-\" \"curl [1] x\" 0.25", " \"http://h/?status=500\" \"-\" rt=0.5 status=200", " 5 6 took=0.3",
    ][random.below(4)]
    return
      "\(client) \(stamp) \(request) \(status) \(random.chance(70) ? "\(random.below(3000))" : value(&random))\(tail)"
  }

  private static func json(_ time: String, _ random: inout SeededGenerator) -> String {
    var members = ["\"time\": \"\(time)\""]
    for _ in 0..<random.below(5) { members.append(member(&random, depth: 0)) }
    if random.chance(30) { members.append("\"msg\": \"took 5 ms\"") }
    if random.chance(5) { members.append("\"MESSAGE\": [116, 111, 111, 107]") }
    let text = "{" + members.joined(separator: random.chance(50) ? "," : " , ") + "}"
    return random.chance(10) ? String(text.dropLast(random.below(12))) : text
  }

  private static func member(_ random: inout SeededGenerator, depth: Int) -> String {
    var name = names[random.below(names.count)]
    if random.chance(15), let scalar = name.unicodeScalars.first {
      let digits = String(scalar.value, radix: 16)
      let spelled =
        random.chance(70) ? "\\u" + String(repeating: "0", count: 4 - digits.count) + digits : "\\" + String(scalar)
      name = spelled + String(String.UnicodeScalarView(name.unicodeScalars.dropFirst()))
    }
    let space = random.chance(70) ? "" : " "
    return "\"\(name)\"\(space):\(space)\(json(value(&random), &random, depth: depth))"
  }

  private static func json(_ value: String, _ random: inout SeededGenerator, depth: Int) -> String {
    switch random.below(depth < 2 ? 12 : 8) {
    case 0...2: return "\"\(value)\""
    case 3: return "\"x \\\"status\\\": 500 \\u0041\\n \\\\\""
    case 4: return "\"status\""
    case 8: return "{" + member(&random, depth: depth + 1) + "," + member(&random, depth: depth + 1) + "}"
    case 9: return "[\(self.json(value, &random, depth: 2)), {\"n\": \(value.isEmpty ? "1" : value)}, [500]]"
    case 10: return "[]"
    default: return value.isEmpty ? "0" : value
    }
  }
}
