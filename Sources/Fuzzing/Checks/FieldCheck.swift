import Quantities
import Records

/// The first byte names a format, the rest is a file of it.
enum FieldCheck {
  static func run(_ input: [UInt8]) throws(Violation) {
    guard let choice = input.first else { return }
    let names = FormatLibrary.builtIn.names.map(\.name)
    let name = names[Int(choice) % names.count]
    try Array(input.dropFirst().prefix(8192)).withBytes { (bytes) throws(Violation) in
      guard let reader = FormatLibrary.builtIn.reader(named: name, options: .init(), sample: bytes) else {
        throw Violation("no format \(name)")
      }
      try IndexCheck.check(bytes, reader, cutEvery: 97)
      try fields(bytes, reader)
    }
  }

  /// Each record's fields are found one by one too, and no line that has one is without its trace.
  static func fields(_ bytes: UnsafeRawBufferPointer, _ reader: RecordReader) throws(Violation) {
    let index = reader.index(bytes, segment: 0..<bytes.count, reference: IndexCheck.reference)
    var start = 0
    var line = 0
    while start < bytes.count {
      let first = start
      repeat {
        start = (bytes[start...].firstIndex(of: 10) ?? bytes.count) + 1
        line += 1
      } while start < bytes.count && !index.groups[line / 64].code(ofLine: line % 64).isStart
      try record(bytes, first..<min(bytes.count, start - 1), reader)
    }
  }

  private static func record(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ reader: RecordReader
  ) throws(Violation) {
    let record = bytes.part(range)
    let parsed = reader.parse(record, reference: IndexCheck.reference)
    var seen: Set<String> = []
    for field in parsed.fields where seen.count < 12 && isPlain(field.path) && seen.insert(field.path).inserted {
      let listed = parsed.fields.filter { $0.path == field.path }.map { $0.text(in: record) }
      var sought: [String] = []
      let path = FieldPath(field.path)
      reader.forEachValue(of: path, in: record) { value in
        sought.append(value.text())
        return true
      }
      try require(sought == listed, "\(reader.formatName) \(field.path): listed \(listed), sought \(sought)")
      guard let trace = FieldTrace(path, in: reader, numbers: nil), !trace.isImplied, field.kind != .null else {
        continue
      }
      var isTraced = false
      trace.forEachNamed(in: bytes, range) { _ in isTraced = true }
      trace.forEachSpelled(in: bytes, range) { _ in isTraced = true }
      try require(
        isTraced, "\(reader.formatName) \(field.path): no trace in \(String(decoding: record, as: UTF8.self))")
    }
  }

  /// Whether a query can name the path without quotes and wildcards.
  private static func isPlain(_ path: String) -> Bool {
    !path.isEmpty && path.utf8.allSatisfy { $0 &- 48 < 10 || ($0 | 32) &- 97 < 26 || $0 == 95 }
  }

  static let seeds = [
    "x{\"a\": 1, \"b\": {\"c\": [2, \"x\"]}}\n", "ktime,level,host\n2026-01-02 03:04:05,info,web1\n",
    "l#Fields: date time cs-method sc-status\n2026-01-02 03:04:05 GET 200\n",
    "p2026-01-02T03:04:05Z [main] INFO a.b.C - user \"bob\" from 10.0.0.1:80 took 18ms (x=1, y: 2)\n",
    "qJan  2 03:04:05 host sshd[12]: Failed password for root from ::1 port 22 ssh2\n",
    "r2026/01/02 03:04:05 [error] 1#1: *2 open() failed, client: ::1, request: \"GET / HTTP/1.1\", host: \"x\"\n",
    "s2026-01-02 03:04:05.000 UTC [12] a@b LOG:  duration: 1.5 ms  statement: select 1\n\tfrom x\n",
  ]
}

/// A definition of a format, a zero byte, and a log.
enum DefinitionCheck {
  static func run(_ input: [UInt8]) throws(Violation) {
    let parts = input.prefix(8192).split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    let (definition, mistakes) = FormatDefinition.decode(parts[0])
    try require((definition == nil) == !mistakes.isEmpty, "a definition with \(mistakes.count) mistakes")
    guard let definition, parts.count > 1 else { return }
    let library = FormatLibrary([definition])
    try parts[1].withBytes { (bytes) throws(Violation) in
      let options = ReadingOptions(library: library)
      guard let reader = library.reader(named: definition.name, options: options, sample: bytes) else {
        throw Violation("no format \(definition.name)")
      }
      try IndexCheck.check(bytes, reader, cutEvery: 61)
      try FieldCheck.fields(bytes, reader)
    }
  }

  static let seeds = [
    #"{"name":"a","pattern":"{time} {level} <{thread}> {client:ip} {took:number} | {message}","levels":{"E!":"error"},"#
      + #""units":{"took":"ms"},"samples":["2026-01-02 03:04:05 E! <p> 10.0.0.1 18 | x"]}"#
      + "\u{0}2026-01-02 03:04:05 E! <p> 10.0.0.1 18 | x y=1\n more\n2026-01-02 03:04:06 ? <p> ::1 2 | z\n",
    #"{"name":"j","json":{"time":"when","level":"sev","message":"what"},"levels":{"bad":"error"}}"#
      + "\u{0}{\"when\":\"2026-01-02T03:04:05Z\",\"sev\":\"bad\",\"what\":\"x\"}\n",
    #"{"name":"o","pattern":["{a}{?[{pid:number}]}: {message}","{x:hex} {q:quoted} {r:request}","{{{b:one|two}}}"]}"#
      + "\u{0}cron[1]: x\nbeef \"q\" GET /x HTTP/1.1\n{two}\n",
  ]
}
