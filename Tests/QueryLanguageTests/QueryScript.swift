import Quantities
import QueryLanguage
import Records
import Testing

/// Runs a script that says what queries do, in the manner of Prometheus' promqltest:
///
///     load json app.json          # the indented lines are a file; its records are numbered from 1
///       {"status": 500}
///     eval status=500             # the numbers of the records that pass, or none, or all
///       1
///     eval file not found         # more expectations about the same query
///       none
///       reads as: file and not found
///     expect fail level>=wran     # the message and where its carets stand
///       msg: unknown level "wran"
///       at: wran
///       help: did you mean "warn"?
///
/// `now`, `cursor`, `following`, `zone`, `save NAME QUERY` and `fields NAME...` set the context. Each `eval` also holds that
/// the printed query reads back as the same tree, that a naive evaluation agrees, and that prefilters are necessary.
struct QueryScript {
  private var context = QueryContext(now: Timestamp(seconds: 1_767_355_200))
  private var records: [LoadedRecord] = []

  static func run(_ text: String) {
    var script = QueryScript()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)[...]
    while let line = lines.popFirst() {
      if line.hasPrefix("#") { continue }
      var block: [String] = []
      while let next = lines.first, next.hasPrefix("  ") || next.hasPrefix("#") {
        if !next.hasPrefix("#") { block.append(String(next.dropFirst(2))) }
        lines.removeFirst()
      }
      script.perform(line, block)
    }
  }

  private mutating func perform(_ line: String, _ block: [String]) {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = parts.count > 1 ? parts[1] : ""
    switch parts[0] {
    case "load": load(rest, block)
    case "eval": evaluate(rest, block)
    case "expect": expectFailure(String(rest.dropFirst(5)), block)
    case "now": context.now = instant(rest)
    case "cursor": context.cursor = rest == "none" ? nil : instant(rest)
    case "following": context.isFollowing = rest == "on"
    case "zone": context.zone = Zone(fixed: rest) ?? .utc
    case "fields": context.knownFields = Set(rest.split(separator: " ").map(String.init))
    case "save":
      let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
      context.savedFilters[words[0]] = words[1]
    default: Issue.record("unknown command: \(line)")
    }
  }

  private func instant(_ text: String) -> Timestamp {
    let reader = RecordReader()
    return Array((text + " x").utf8).withUnsafeBytes { reader.stamp(of: $0, reference: context.now) } ?? context.now
  }

  private mutating func load(_ rest: String, _ block: [String]) {
    let words = rest.split(separator: " ").map(String.init)
    let name = words.count > 1 ? words[1] : "app.log"
    records = LoadedRecord.load(
      block.joined(separator: "\n"), name: name, format: words.first == "auto" ? nil : words.first,
      reference: context.now)
    context.newest = records.compactMap(\.parsed.stamp).max()
  }

  private func evaluate(_ query: String, _ block: [String]) {
    do {
      let tree = try QueryParser.parse(query)
      let filter = try QueryCompiler.compile(tree, context: context)
      let found = records.filter { $0.passes(filter.predicate) }.map(\.number)
      for expectation in block { check(expectation, query, filter, found) }
      #expect(try QueryParser.parse(QueryPrinter.print(tree)) == tree, "\(query)")
      checkAgreement(query, tree, filter)
    } catch { Issue.record("\(query): \(error)") }
  }

  private func check(_ expectation: String, _ query: String, _ filter: CompiledFilter, _ found: [Int]) {
    let parts = expectation.split(separator: ":", maxSplits: 1).map(String.init)
    let value = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    switch parts[0] {
    case "reads as": #expect(filter.readAs ?? "as typed" == value, "\(query)")
    case "resolved": #expect(filter.resolvedText == value, "\(query)")
    case "slides": #expect(filter.slides, "\(query)")
    case "warn":
      #expect(filter.warnings.contains { $0.rendered(query: query).contains(value) }, "\(query): \(filter.warnings)")
    case "repaired": #expect(filter.warnings.first?.repair?.applied(to: query) == value, "\(query)")
    case "doubt":
      let messages = filter.unitDoubts.compactMap { doubt in
        doubt.warning(count: records.filter { $0.passes(doubt.predicate) }.count)?.rendered(query: query)
      }
      #expect(messages.contains { $0.contains(value) }, "\(query): \(messages)")
    default:
      let rows = expectation == "all" ? records.map(\.number) : expectation.split(separator: " ").compactMap { Int($0) }
      #expect(found == rows, "\(query)")
    }
  }

  private func checkAgreement(_ query: String, _ tree: SyntaxTree, _ filter: CompiledFilter) {
    for record in records {
      let isFound = record.passes(filter.predicate)
      #expect(record.passes(filter.predicate, withReading: true) == isFound, "\(query) on \(record.text)")
      #expect(
        NaiveEvaluation(record: record, context: context).holds(tree.root) == isFound,
        "naive: \(query) on \(record.text)")
      for leaf in filter.predicate.leaves {
        guard !leaf.prefilters.isEmpty, record.passes(.leaf(leaf)) else { continue }
        #expect(
          record.bytes.withUnsafeBytes { bytes in leaf.prefilters.contains { $0.isMatch(bytes) } },
          "prefilters of \(leaf.key) on \(record.text)")
      }
    }
  }

  private func expectFailure(_ query: String, _ block: [String]) {
    do throws(Diagnostic) {
      _ = try QueryCompiler.compile(query, context: context)
      Issue.record("no error: \(query)")
    } catch {
      for line in block {
        let value = String(line.drop { $0 != ":" }.dropFirst(2))
        switch line.prefix(4) {
        case "msg:": #expect(error.message == value, "\(query)")
        case "help": #expect(error.help?.contains(value) == true, "\(query): \(error.help ?? "no help")")
        case "repa": #expect(error.repair?.applied(to: query) == value, "\(query)")
        default:
          let marked = String(decoding: Array(query.utf8)[error.range.clamped(to: 0..<query.utf8.count)], as: UTF8.self)
          #expect(marked == value, "\(query): \(error.message)")
        }
      }
    }
  }
}

/// A record of a test, with its own copy of the bytes.
struct LoadedRecord {
  let number: Int
  let line: Int
  let bytes: [UInt8]
  let reader: RecordReader
  let name: String
  let reference: Timestamp

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var parsed: ParsedRecord { bytes.withUnsafeBytes { reader.parse($0, reference: reference) } }

  func passes(_ predicate: Predicate, withReading: Bool = false) -> Bool {
    bytes.withUnsafeBytes { bytes in
      predicate.matches(
        RecordContext(
          bytes: bytes, reader: reader, reference: reference, source: name, path: "/var/log/" + name, line: line,
          parsed: withReading ? parsed : nil))
    }
  }

  /// The records of a file with that content.
  static func load(_ content: String, name: String, format: String?, reference: Timestamp) -> [LoadedRecord] {
    let all = Array(content.utf8)
    let options = ReadingOptions(forcedFormat: format)
    let reader = all.withUnsafeBytes { sample in
      format.flatMap { FormatLibrary.builtIn.reader(named: $0, options: options, sample: sample) }
        ?? FormatDetection.reader(for: sample, fileName: name, options: options)
    }
    var state = ScanState()
    var records: [(line: Int, bytes: [UInt8])] = []
    for (index, line) in all.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let isStart = line.withUnsafeBytes { reader.mark(ofLine: $0, state: &state, reference: reference).code.isStart }
      if isStart || records.isEmpty {
        records.append((index + 1, Array(line)))
      } else {
        records[records.count - 1].bytes += [10] + line
      }
    }
    return records.enumerated().map { number, record in
      LoadedRecord(
        number: number + 1, line: record.line, bytes: record.bytes, reader: reader, name: name, reference: reference)
    }
  }
}
