import TestSupport
import Testing

@testable import Records

/// A pair that is read where its name was found is what the walk over the whole line finds first.
@Suite struct NamedPairTests {
  /// What lines are put together from: what the walk passes over, what names a value, and what only looks like it.
  private static let heads = [
    "2026-01-02T03:04:05.678Z INFO ", "2026-01-02 03:04:05,678 25746 WARN nova.osapi ", "INFO: ", "", "[12] ",
    "2026-01-02T03:04:05Z ERROR [worker-6] http.server: ", "2026-01-02 03:04:05 - app.db - DEBUG - ",
    "Jan  2 03:04:05 web1 app[17]: ", "WARN 2026-01-02 03:04:05 main.go:12 ", "I0102 03:04:05.678901 7 a.cc:12] ",
    "E, [2026-01-02T03:04:05.678 #7] ERROR -- prog: ", "10.0.0.1 - - [02/Jan/2026:03:04:05 +0000] ", "{\"a\":1} ",
    "2026-01-02 03:04:05 INFO (main) ", "<6>", "web-1 2026-01-02 03:04:05 ", "level=info ts=2026-01-02T03:04:05Z ",
  ]
  private static let names = [
    "latency", "user_id", "took", "error", "info", "seconds", "ms", "in_use", "user", "pid", "size_b", "ERROR", "x",
    "KiB", "status", "http", "Camel", "for", "_n", "port", "a.b", "max-size", "path", "method", "protocol",
  ]
  private static let values = [
    "5", "0.25", "18ms", "null", "", "abc", "\"a b\"", "'a b'", "[1, 2]", "[x [y]", "{\"k\": 1}", "10.0.0.1:80", "true",
    "5,", "(a)", "<b>", "a,latency=7", "5;", "x]", "2026-01-02T03:04:05Z", "None", "http://h/x", "\"open", "1.5s.",
  ]
  private static let words = [
    "request", "done", "user", "for", "from", "by", "in", "took", "status", "code", "GET", "POST", "http", "/api/x",
    "HTTP/1.1", "200", "10.0.0.1", "port", "22", "\"", "'", "`", "[", "]", "(", ")", "<", ">", "{", "}", ":", "user:",
    "key:", "a:", "b:", "server:", "client:", "5", "ms", "KB", "login", "logged", "\"/x\"", "\"GET /x HTTP/1.1\"", ",",
    "-", "->", "|", "#", "\u{1B}[31m", "\u{1B}[0m", "é", "日本", "x,", "y;", "(root)", "CMD", "java.io.IOException:",
    "db:odoo", "login:bob", "[latency 5]", "latency:", "latency: 7", "\"latency\": 9", "max_latency=3", "latencyx=1",
    "user \"latency=1", "it's", "[a latency=2", "email:", "<bob", "\t", "  ", "ERROR", "INFO", "[pid 7:tid 8]",
    "connect", "version", "GET /x HTTP/1.1 200 5", "\"POST /y?z=1 HTTP/2\" 404", "PUT: /z", "GET  *  x", "path: /q",
    "/in: 403 ::1",
    "[path /r]", "\"path\": \"/j\"", "OPTIONS 'http://h/'", "path", "method", "HEAD:/x", "DELETE https://h/x",
    "PROPFIND /",
    "[02/Jan/2026:03:04:05 +0000] \"FOO /x HTTP/1.0\" 200 1", "[::1]:80", "fe80::1", "=", "==", "a=",
    "GET http example.org", "GET http latency=4 \"/x\"",
    "{\"latency\": 4}", "\n\tat x",
  ]

  private func line(_ random: inout SeededGenerator) -> String {
    var line = random.pick(Self.heads)
    for _ in 0..<1 + random.below(9) {
      if random.chance(45) {
        line += random.pick(Self.names) + random.pick(["=", "=", "=", ": ", ":", " = "]) + random.pick(Self.values)
      } else {
        line += random.pick(Self.words)
      }
      if random.chance(92) { line += " " }
    }
    return line
  }

  @Test("Random lines", arguments: 0..<4) func agreesWithTheWalk(seed: Int) {
    var random = SeededGenerator(seed)
    let paths = Self.names.map { FieldPath($0) }
    let readers = Self.heads.map { reader(for: String(repeating: $0 + "request done latency=5\n", count: 5)) }
    var (decided, requested) = (0, 0)
    for _ in 0..<4000 {
      let text = line(&random)
      let reader = random.pick(readers)
      withBytes(text) { record in
        for path in paths {
          guard let trace = FieldTrace(path, in: reader, numbers: nil, seesRequests: true) else { continue }
          let whole = first(path, record, reader, name: nil)
          switch trace.sighting(in: record) {
          case .none: #expect(whole == nil, "\(path.text) in \(text) as \(reader.formatName)")
          case .possible: continue
          case .named(let place):
            let quick = first(path, record, reader, name: place)
            #expect(quick == whole, "\(path.text) in \(text) as \(reader.formatName)")
            if isDecided(path, record, reader, place) { decided += 1 }
            if isDecided(path, record, reader, place), path.text == "path" { requested += 1 }
          }
        }
      }
    }
    // Otherwise nothing was compared.
    #expect(decided > 300 && requested > 0, "\(decided) \(requested)")
  }

  @Test("Whole lines of programs, every name in them") func programs() {
    for test in TextFieldTests.syslogCases + TextFieldTests.applicationCases + TextFieldTests.serverCases {
      let reader = reader(for: test.line)
      withBytes(test.line) { record in
        for path in test.fields.keys.map({ FieldPath($0) }) {
          guard let trace = FieldTrace(path, in: reader, numbers: nil, seesRequests: true),
            case .named(let place) = trace.sighting(in: record)
          else { continue }
          #expect(first(path, record, reader, name: place) == first(path, record, reader, name: nil), "\(test.line)")
        }
      }
    }
  }

  @Test("What a log of requests has is decided by its name") func decides() throws {
    let text =
      "2026-01-02T03:04:05.678Z INFO [worker-6] http.server: request completed method=GET path=/a status=200 latency=194 n=1"
    let reader = reader(for: text)
    let path = FieldPath("latency")
    let trace = try #require(FieldTrace(path, in: reader, numbers: nil))
    try withBytes(text) { record in
      guard case .named(let place) = trace.sighting(in: record) else { throw Undecided() }
      #expect(isDecided(path, record, reader, place))
      #expect(first(path, record, reader, name: place) == "194 number")
    }
  }

  private struct Undecided: Error {}

  /// The first value that is not null, as a pipeline takes it.
  private func first(_ path: FieldPath, _ record: UnsafeRawBufferPointer, _ reader: RecordReader, name: Int?) -> String?
  {
    var found: String?
    reader.forEachValue(of: path, inUnchanging: record, name: name) { value in
      if value.kind == .null || value.kind == .object { return true }
      found = "\(value.text()) \(value.kind)"
      return false
    }
    return found
  }

  private func isDecided(_ path: FieldPath, _ record: UnsafeRawBufferPointer, _ reader: RecordReader, _ place: Int)
    -> Bool
  {
    let line = record.part(0..<record.firstLineEnd)
    guard reader.lineFormats.formats.isEmpty, !line.isEmpty else { return false }
    let head = reader.head(line)
    return head.family == .text
      && path.withSought { sought in
        var visit = FieldVisit(record, sought: sought)
        return visit.pair(namedAt: place, line, head) { _, _, _, _, _ in true }
      }
  }
}
