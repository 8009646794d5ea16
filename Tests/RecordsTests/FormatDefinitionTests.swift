import Quantities
import Testing

@testable import Records

private let acme = """
  {
    // Acme gateway
    "name": "acme",
    "summary": "Acme gateway",
    "pattern": "{time} {level} <{thread}> {client:ip} {took:number} | {message}",
    "levels": { "E!": "error", "W!": "warning", "42": "debug" },
    "units": { "took": "ms" },
    "samples": [
      { "line": "2026-01-02 03:04:05 E! <pool-1> 10.0.0.1 18 | refused", "time": "2026-01-02T03:04:05Z",
        "level": "error", "message": "refused", "fields": { "client": "10.0.0.1", "took": "18" } },
      "2026-01-02 03:04:05 ?? <pool-1> ::1 1.5 | any word is a level"
    ]
  }
  """

private let jot = """
  { "name": "jot", "json": { "time": "when", "level": "sev", "message": "what" },
    "levels": { "bad": "error", "3": "fatal" }, "units": { "dur": "us" } }
  """

private func library(_ texts: String...) throws -> FormatLibrary {
  FormatLibrary(
    try texts.map { text in
      let (definition, mistakes) = FormatDefinition.decode(Array(text.utf8))
      #expect(mistakes.isEmpty)
      return try #require(definition)
    })
}

@Suite struct FormatDefinitionTests {
  @Test("A user's patterns decide time, level, fields and message; other lines continue the record above")
  func patterns() throws {
    let log = """
      2026-01-02 03:04:05 E! <pool-1> 10.0.0.1 18 | refused
      	at a.b(C.java:1)
      no stamp here
      2026-01-02 03:04:06 42 <pool-2> 10.0.0.2 1800 | fine user=bob

      """
    let options = ReadingOptions(library: try library(acme))
    try withBytes(log) { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "x", options: options)
      #expect(reader.formatName == "acme")
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      #expect(index.recordCount == 2 && index.stampedCount == 2)
      #expect((0..<4).map { index.groups[0].code(ofLine: $0).isStart } == [true, false, false, true])
      let last = bytes.part(try #require(log.utf8.lastRange(of: "2026"))..<bytes.count)
      let record = reader.parse(last, reference: reference)
      #expect(record.level == .debug)
      #expect(record.messageEncoding.decode(last.part(record.messageSpan)) == "fine user=bob")
      #expect(record.fields.map(\.path) == ["thread", "client", "took", "user"])
      var units: [FieldUnit?] = []
      reader.forEachValue(of: FieldPath("took"), in: last) { value in
        units.append(value.unit)
        return true
      }
      #expect(units == [.ms])
    }
  }

  @Test("A user's keys of JSON come before those that every log may have")
  func json() throws {
    let log = """
      {"when":"2026-01-02T03:04:05Z","time":"2020-01-01T00:00:00Z","sev":"bad","level":"info","what":"x","msg":"y","dur":5}
      {"when":"2026-01-02T03:04:06Z","sev":3,"what":"z","dur":6}

      """
    let options = ReadingOptions(library: try library(jot))
    withBytes(log) { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "x", options: options)
      #expect(reader.formatName == "jot")
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      #expect((0..<2).map { index.groups[0].code(ofLine: $0).level } == [.error, .fatal])
      let record = reader.parse(bytes.part(0..<bytes.firstLineEnd), reference: reference)
      #expect(record.stamp.map(isoText) == "2026-01-02T03:04:05Z")
      #expect(record.messageEncoding.decode(bytes.part(record.messageSpan)) == "x")
      #expect(record.level == .error)
      #expect(FormatDetection.reader(for: bytes, fileName: "x", options: .init()).formatName == "json")
    }
  }

  @Test("A format of one's own is taken only where it fits, or where it is forced; it may hide a built-in one")
  func choice() throws {
    let own = try library(acme, jot, #"{ "name": "redis", "pattern": "{time} redis {message}" }"#)
    func name(_ text: String, forced: String? = nil) -> String {
      reader(for: text, options: ReadingOptions(forcedFormat: forced, library: own)).formatName
    }
    #expect(name("2026-01-02 03:04:05 INFO plain\n") == "text")
    #expect(name("2026-01-02 03:04:05 INFO plain\n", forced: "acme") == "acme")
    #expect(name(#"{"time":"2026-01-02T03:04:05Z","msg":"x"}"#) == "json")
    #expect(name("2026-01-02 03:04:05 redis hello\n") == "redis")
    #expect(own.names.filter { $0.name == "redis" }.map(\.summary) == ["your own format"])
    #expect(own.names.prefix(2).map(\.name) == ["acme", "jot"])
    #expect(!own.names.map(\.name).contains("custom"))
  }

  @Test(
    "Mistakes come with line and column, and say what to write",
    arguments: [
      ("{ \"name\": }", 1, "expected a value"),
      ("[]", 1, "a format is an object in braces"),
      ("{ \"pattern\": \"{time}\" }", 1, "needs a \"name\""),
      ("{ \"name\": \"a b\", \"pattern\": \"{time}\" }", 1, "letters, digits"),
      ("{ \"name\": \"a\" }", 1, "needs \"pattern\" or \"json\""),
      ("{ \"name\": \"a\",\n \"pattern\": \"{time\" }", 2, "{ is not closed"),
      ("{ \"name\": \"a\",\n \"pattern\": \"{time} {x:nmbr}\" }", 2, "no kind of part is called \"nmbr\""),
      ("{ \"name\": \"a\",\n \"patern\": \"{time}\" }", 2, "no setting \"patern\""),
      ("{ \"name\": \"a\", \"pattern\": \"{time}\",\n \"levels\": { \"x\": \"loud\" } }", 2, "no level \"loud\""),
      ("{ \"name\": \"a\", \"pattern\": \"{time}\",\n \"units\": { \"x\": \"parsec\" } }", 2, "no unit \"parsec\""),
      (
        "{ \"name\": \"a\", \"pattern\": \"{time} x\",\n \"samples\": [ \"2026-01-02 03:04:05 y\" ] }", 2,
        "does not fit"
      ),
      (
        "{ \"name\": \"a\", \"pattern\": \"{time} {x}\",\n \"samples\": [\n"
          + "{ \"line\": \"2026-01-02 03:04:05 y\", \"fields\": { \"x\": \"z\" } } ] }", 3,
        "field x is \"y\", not \"z\""
      ),
      (
        "{ \"name\": \"a\", \"pattern\": \"{time} {x}\",\n \"samples\": [\n"
          + "{ \"line\": \"2026-01-02 03:04:05 y\", \"level\": \"warn\" } ] }", 3, "level is missing, not \"warn\""
      ),
      ("{ \"name\": \"a\", \"json\": { \"when\": \"t\" } }", 1, "\"json\" says where"),
      ("{ \"name\": \"a\", \"json\": { \"time\": \"t\" }, \"pattern\": \"{time}\" }", 1, "exclude each other"),
    ])
  func mistakes(text: String, line: Int, message: String) throws {
    let (definition, mistakes) = FormatDefinition.decode(Array(text.utf8))
    #expect(definition == nil)
    #expect(
      mistakes.contains { $0.line == line && $0.message.contains(message) }, "\(mistakes.map(\.description))")
  }
}

extension String.UTF8View {
  /// Where the last occurrence of `text` begins.
  fileprivate func lastRange(of text: String) -> Int? {
    let (bytes, wanted) = (Array(self), Array(text.utf8))
    return (0...(bytes.count - wanted.count)).last { Array(bytes[$0..<$0 + wanted.count]) == wanted }
  }
}
