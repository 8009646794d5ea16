import Quantities
import TestSupport
import Testing

@testable import Records

/// Files of rows, each with the records that it should give. The lines are ours; the formats are those that the
/// documentation named in `ColumnsDetection` describes.
private enum Rows {
  struct Sample {
    var name: String
    var text: String
    var format: String
    /// The first line of each record.
    var starts: [Int]
    /// The time and the level of the records that have them, by line.
    var times: [Int: String] = [:]
    var levels: [Int: Level] = [:]
    /// Some fields, by line.
    var fields: [Int: [String: String]] = [:]
    var message: [Int: String] = [:]
  }

  static let csv = Sample(
    name: "CSV with quoted newlines",
    text: "time,level,host,took,message\n2026-01-02 03:04:05.25,ERROR,web1,12ms,\"said \"\"no\"\"\nand left, twice\"\n"
      + "2026-01-02 03:04:06,info,,7,plain\n",
    format: "csv", starts: [0, 1, 3], times: [1: "2026-01-02T03:04:05.25Z", 3: "2026-01-02T03:04:06Z"],
    levels: [1: .error, 3: .info],
    fields: [1: ["host": "web1", "took": "12ms", "message": "said \"no\"\nand left, twice"], 3: ["took": "7"]],
    message: [1: "said \"no\"\nand left, twice", 3: "plain"])
  static let semicolons = Sample(
    name: "semicolons, epoch, carriage returns",
    text: "ts;severity;user name;amount\r\n1767323045;warning;Ann;3.5\r\n1767323046.5;err;Bob;-\r\n",
    format: "csv", starts: [0, 1, 2], times: [1: "2026-01-02T03:04:05Z", 2: "2026-01-02T03:04:06.5Z"],
    levels: [1: .warn, 2: .error], fields: [1: ["user name": "Ann", "amount": "3.5"]])
  static let timeless = Sample(
    name: "a table without time",
    text: "id,name,city,age\n1,Ann,Bonn,30\n2,\"B,\nob\",Rome,31\n3,Cy,Oslo,32\n", format: "csv", starts: [0, 1, 2, 4],
    fields: [1: ["id": "1", "city": "Bonn"], 2: ["name": "B,\nob", "age": "31"]])
  static let tsv = Sample(
    name: "TSV with day and time apart, and an empty first column",
    text: "user\tdate\ttime\tstatus\nann\t2026-01-02\t03:04:05\t503\n\t2026-01-02\t03:04:06\t200\n",
    format: "tsv", starts: [0, 1, 2], times: [1: "2026-01-02T03:04:05Z", 2: "2026-01-02T03:04:06Z"],
    levels: [1: .error], fields: [1: ["user": "ann", "status": "503"], 2: ["status": "200"]])
  static let iis = Sample(
    name: "IIS, with other fields after a restart",
    text: "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-01-02 03:00:00\n"
      + "#Fields: date time s-ip cs-method cs-uri-stem cs(User-Agent) sc-status time-taken\n"
      + "2026-01-02 03:04:05 10.0.0.1 GET /a Mozilla/5.0+(X) 404 15\n#Date: 2026-01-02 04:00:00\n"
      + "#Fields: date time cs-method cs-uri-stem sc-status\n2026-01-02 04:04:05 POST /b 500\n",
    format: "w3c", starts: Array(0...7), times: [4: "2026-01-02T03:04:05Z", 7: "2026-01-02T04:04:05Z"],
    levels: [4: .warn, 7: .error],
    fields: [
      4: ["cs(User-Agent)": "Mozilla/5.0+(X)", "sc-status": "404", "time-taken": "15", "s-ip": "10.0.0.1"],
      7: ["cs-method": "POST", "cs-uri-stem": "/b", "sc-status": "500"],
    ])
  static let clocks = Sample(
    name: "W3C with times only",
    text: "#Version: 1.0\n#Date: 2026-01-02 00:00:00\n#Fields: time cs-method cs-uri\n00:34:23 GET /foo/bar.html\n",
    format: "w3c", starts: [0, 1, 2, 3], times: [3: "2026-01-02T00:34:23Z"], fields: [3: ["cs-uri": "/foo/bar.html"]])
  static let cloudFront = Sample(
    name: "CloudFront",
    text: "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method sc-status\n"
      + "2026-01-02\t03:04:05\tLHR61-P2\t501\t192.0.2.200\tGET\t200\n",
    format: "w3c", starts: [0, 1, 2], times: [2: "2026-01-02T03:04:05Z"],
    fields: [2: ["x-edge-location": "LHR61-P2", "c-ip": "192.0.2.200"]])
  static let zeek = Sample(
    name: "Zeek",
    text: "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
      + "#fields\tts\tid.orig_h\tid.orig_p\tservice\ttags\n#types\ttime\taddr\tport\tstring\tset[enum]\n"
      + "1767323045.123456\t192.0.2.7\t49152\t-\t(empty)\n#close\t2026-01-02-04-00-00\n",
    format: "zeek", starts: Array(0...8), times: [7: "2026-01-02T03:04:05.123456Z"],
    fields: [7: ["ts": "1767323045.123456", "id.orig_h": "192.0.2.7", "id.orig_p": "49152"]])
  static let application = Sample(
    name: "Application Load Balancer",
    text: "h2 2026-01-02T03:04:05.364000Z app/lb/50dc 192.0.2.1:2817 10.0.0.66:9000 0.086 0.048 0.037 502 - 0 57 "
      + "\"GET https://www.example.com:443/a?b=1 HTTP/2.0\" \"curl/8.1\" ECDHE TLSv1.2 arn:aws:x \"Root=1-5\" "
      + "\"www.example.com\" \"-\" 1 2026-01-02T03:04:05.1Z \"forward\" \"-\" \"-\" \"10.0.0.66:9000\" \"502\" \"-\" \"-\"\n",
    format: "elb", starts: [0], times: [0: "2026-01-02T03:04:05.364Z"], levels: [0: .error],
    fields: [
      0: [
        "client": "192.0.2.1", "client_port": "2817", "upstream": "10.0.0.66:9000", "status": "502", "method": "GET",
        "path": "https://www.example.com:443/a?b=1", "protocol": "HTTP/2.0", "agent": "curl/8.1", "type": "h2",
        "domain_name": "www.example.com",
      ]
    ])
  static let classic = Sample(
    name: "Classic Load Balancer",
    text: "2026-01-02T03:04:05.943110Z my-lb [2001:db8::1]:2817 - -1 -1 -1 404 0 "
      + "0 57 \"GET http://x/ HTTP/1.1\" \"curl\" "
      + "- -\n",
    format: "elb", starts: [0], times: [0: "2026-01-02T03:04:05.94311Z"], levels: [0: .warn],
    fields: [0: ["client": "2001:db8::1", "client_port": "2817", "elb": "my-lb", "bytes": "57"]])
  static let mixed = Sample(
    name: "a line of another format where no row can go on",
    text: application.text + "2026-01-02T03:04:06Z ERROR disk full\n  more of it\n" + classic.text,
    format: "elb", starts: [0, 1, 3],
    times: [0: "2026-01-02T03:04:05.364Z", 1: "2026-01-02T03:04:06Z", 3: "2026-01-02T03:04:05.94311Z"],
    levels: [0: .error, 1: .error])
  static let postgres = Sample(
    name: "PostgreSQL's csvlog",
    text: "2026-01-02 03:04:05.123 UTC,\"ann\",\"shop\",71,\"192.0.2.7:40000\",6b02e613.4bc8,4,\"SELECT\","
      + "2026-01-02 03:04:00 UTC,3/1,0,ERROR,42P01,\"relation \"\"t\"\" does not exist\",,,,,,\"select *\n  from t\n,where\","
      + "10,,\"psql\",\"client backend\",,0\n"
      + "2026-01-02 03:04:06.5 UTC,,,70,,6b02e613.4bb0,1,,2026-01-02 03:04:00 UTC,,0,LOG,00000,\"ready\",,,,,,,,,\"\",\"x\",,0\n",
    format: "postgres-csv", starts: [0, 3], times: [0: "2026-01-02T03:04:05.123Z", 3: "2026-01-02T03:04:06.5Z"],
    levels: [0: .error, 3: .info],
    fields: [
      0: [
        "user": "ann", "database": "shop", "pid": "71", "client": "192.0.2.7", "client_port": "40000",
        "error_code": "42P01", "query": "select *\n  from t\n,where", "program": "psql",
      ]
    ],
    message: [0: "relation \"t\" does not exist", 3: "ready"])
  static let uneven = Sample(
    name: "too few and too many columns, and only the time missing",
    text: "time,level,host,message\n2026-01-02 03:04:05,info,web1\n2026-01-02 03:04:06,warn,web1,a,b,c\n,error,web2,x\n"
      + "2026-01-02 03:04:07,info,web1,y\n2026-01-02 03:04:07,info,web1,y\n"
      + String(repeating: "2026-01-02 03:04:08,info,web1,z\n", count: 30),
    format: "csv", starts: Array(0...35), times: [1: "2026-01-02T03:04:05Z", 2: "2026-01-02T03:04:06Z"],
    levels: [1: .info, 2: .warn, 3: .error],
    fields: [1: ["host": "web1"], 2: ["message": "a"], 3: ["host": "web2", "message": "x"]])

  static let all = [
    csv, semicolons, timeless, tsv, iis, clocks, cloudFront, zeek, application, classic, mixed, postgres,
    uneven,
  ]
}

@Suite struct ColumnsTests {
  @Test("Rows give records, times, levels and fields by their header or documentation", arguments: Rows.all.indices)
  func samples(_ number: Int) {
    let sample = Rows.all[number]
    let reader = reader(for: sample.text)
    #expect(reader.formatName == sample.format, "\(sample.name)")
    let records = records(sample.text, reader)
    #expect(records.map(\.line) == sample.starts, "\(sample.name)")
    for (line, text) in records {
      let parsed = withBytes(text) { reader.parse($0, reference: reference) }
      if line <= sample.times.keys.max() ?? .max {
        #expect(parsed.stamp.map(isoText) == sample.times[line], "\(sample.name), line \(line)")
      }
      if let level = sample.levels[line] { #expect(parsed.level == level, "\(sample.name), line \(line)") }
      var fields: [String: String] = [:]
      for field in parsed.fields { fields[field.path] = withBytes(text) { field.text(in: $0) } }
      for (name, value) in sample.fields[line] ?? [:] {
        #expect(fields[name] == value, "\(sample.name), line \(line), \(name)")
      }
      if let message = sample.message[line] {
        #expect(withBytes(text) { parsed.messageEncoding.decode($0.part(parsed.messageSpan)) } == message)
      }
    }
  }

  @Test("What is absent is no field", arguments: [(Rows.zeek.text, 7, "service"), (Rows.zeek.text, 7, "tags")])
  func absent(_ text: String, _ line: Int, _ name: String) {
    let reader = reader(for: text)
    let record = records(text, reader).first { $0.line == line }?.text ?? ""
    let parsed = withBytes(record) { reader.parse($0, reference: reference) }
    #expect(!parsed.fields.isEmpty && !parsed.fields.contains { $0.path == name })
  }

  @Test("A field that only the header names leaves no trace to look for")
  func traces() {
    for sample in Rows.all {
      #expect(FieldTrace(FieldPath("status"), in: reader(for: sample.text), numbers: nil) == nil)
    }
  }

  @Test(
    "What is no table is read as before",
    arguments: [
      "Hello, my friend, again\nhow are you\nI, for one, am well\n", "a,b,c\n", "1,2,3\n4,5,6\n",
      "2026-01-02 03:04:05,123 INFO a, b\n2026-01-02 03:04:06,123 INFO c\n", "# a comment\nkey: value\n",
      "{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2}\n", "level=info,x,y\nlevel=warn,z,y\n",
    ])
  func others(_ text: String) {
    #expect(reader(for: text).family != .columns)
  }

  @Test("The kind can be forced, and what has nothing of it is read as text", arguments: ColumnsFormat.Kind.allCases)
  func forced(_ kind: ColumnsFormat.Kind) {
    for text in Rows.all.map(\.text) + ["", "x\n", "a,b\n1,2\n"] {
      let reader = reader(for: text, options: ReadingOptions(forcedFormat: kind.rawValue))
      #expect(reader.family == (reader.habits.columns == nil ? .text : .columns))
      for (_, record) in records(text, reader) { _ = withBytes(record) { reader.parse($0, reference: reference) } }
    }
  }

  @Test("A quote that is never closed swallows no row after it")
  func openQuote() {
    let row = "2026-01-02 03:04:05,info,web1,fine\n"
    let text =
      "time,level,host,message\n" + String(repeating: row, count: 60) + "2026-01-02 03:04:06,warn,web1,\"open\nmore\n"
      + String(repeating: row, count: 2000)
    let records = records(text, reader(for: text))
    #expect(records.count == 2062)
    #expect(records[61].text.hasSuffix("open\nmore"))
  }

  @Test("Each line says by itself whether it begins a row", arguments: 1...40)
  func anywhere(_ seed: UInt64) {
    var generator = SeededGenerator(seed)
    let sample = Rows.all[Int.random(in: 0..<Rows.all.count, using: &generator)]
    let reader = reader(for: sample.text)
    var bounds = RecordBounds(reader, reference: reference)
    for line in sample.text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
      Array(line).withUnsafeBytes { bytes in
        let anywhere = bounds.startsRecordAnywhere(bytes, readable: bytes.count)
        for state in ScanState.all(reader) {
          var state = state
          #expect(bounds.startsRecord(bytes, readable: bytes.count, state: &state) == anywhere)
          #expect(state == ScanState())
        }
      }
    }
  }

  @Test("Segments of a file of rows, cut anywhere and read from a guess, hold the same lines", arguments: 1...60)
  func splits(_ seed: UInt64) {
    var generator = SeededGenerator(seed)
    let text = mutated(Rows.all[Int(seed) % Rows.all.count].text, &generator)
    text.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      guard reader.family == .columns else { return }
      let whole = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      var codes: [UInt8] = []
      var position = 0
      while position < bytes.count {
        let next = min(bytes.count, position + Int.random(in: 1..<200, using: &generator))
        let part = reader.index(bytes, segment: position..<next, reference: reference)
        for line in 0..<part.lineCount { codes.append(part.groups[line / 64].code(ofLine: line % 64).rawValue) }
        position = next
      }
      #expect(codes == (0..<whole.lineCount).map { whole.groups[$0 / 64].code(ofLine: $0 % 64).rawValue })
    }
  }

  @Test("Whatever bytes rows hold, spans lie inside, and a search finds what the list of fields has", arguments: 1...80)
  func hostile(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 99)
    let text = mutated(Rows.all[Int(seed) % Rows.all.count].text, &generator)
    let reader = text.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "", options: .init()) }
    text.withUnsafeBytes { bytes in
      let parsed = reader.parse(bytes, reference: reference)
      #expect(parsed.messageSpan.upperBound <= bytes.count)
      #expect(reader.stamp(of: bytes, reference: reference) == parsed.stamp)
      for field in parsed.fields {
        #expect(field.valueSpan.upperBound <= bytes.count)
        guard !field.path.isEmpty else { continue }
        var found: [String] = []
        reader.forEachValue(of: FieldPath(field.path), in: bytes) { value in
          found.append(value.encoding.decode(value.bytes))
          return true
        }
        // A name may mean something else as a path (`a*`), which then finds more.
        if !field.path.contains("*") { #expect(found.contains(field.text(in: bytes))) }
      }
    }
  }

  private func mutated(_ text: String, _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(text.utf8)
    bytes += bytes[(bytes.firstIndex(of: 10) ?? 0)...]
    for _ in 0..<Int.random(in: 0..<6, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[place] = [34, 44, 10, 9, 32, 0, 255, 35, 45].randomElement(using: &generator) ?? 0
    }
    return bytes
  }

  /// The records of a file, each with the number of its first line.
  private func records(_ text: String, _ reader: RecordReader) -> [(line: Int, text: String)] {
    // A carriage return and a newline are one character, so bytes are split.
    var lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    let index = withBytes(text) { reader.index($0, segment: 0..<$0.count, reference: reference) }
    var records: [(line: Int, text: String)] = []
    for (number, line) in lines.enumerated() {
      if index.groups[number / 64].code(ofLine: number % 64).isStart || records.isEmpty {
        records.append((number, line))
      } else {
        records[records.count - 1].text += "\n" + line
      }
    }
    return records
  }
}
