import LogFiles
import Quantities
import QueryLanguage
import Records

@testable import Analysis

/// Lines of a log in memory that flow into trees.
struct TreeLog {
  var lines: [[UInt8]]
  var format = "json"

  init(_ text: String, format: String = "json") {
    lines = text.split(separator: "\n").map { Array($0.utf8) }
    self.format = format
  }

  init(lines: [String]) { self.lines = lines.map { Array($0.utf8) } }

  /// Lends each record of some lines.
  func forEach(_ range: Range<Int>? = nil, _ body: (PipelineRecord) -> Void) {
    let context = RecordContext(
      reader: RecordReader(formatName: format), reference: Timestamp(seconds: 1_800_000_000), source: "a.log")
    for number in range ?? lines.indices {
      lines[number].withUnsafeBytes { bytes in
        context.show(bytes)
        body(PipelineRecord(context, file: FileID(0), generation: GenerationID(0), offset: number * 1000))
      }
    }
  }

  func sink(_ plan: TreePlan, _ range: Range<Int>? = nil) -> TreeSink {
    var sink = TreeSink(plan)
    forEach(range) { sink.add($0) }
    return sink
  }

  func table(by field: String? = nil) -> ResultTable {
    let name = field.map { FieldName(steps: [.member($0)]) }
    return sink(TreePlan(by: name, limits: .large)).table()
  }

  /// How many records pass a filter.
  func count(_ filter: String) throws -> Int {
    let context = QueryContext(now: Timestamp(seconds: 1_800_000_000))
    let predicate = try QueryCompiler.compile(QueryParser.parse(filter), context: context).predicate
    var count = 0
    forEach { count += predicate.matches($0.context) ? 1 : 0 }
    return count
  }
}

extension ResultTable {
  /// Names under each other, two blanks for each depth, with what is in the columns after them.
  func outline(_ columns: String...) -> [String] {
    rows.map { row in
      let cells = columns.compactMap { name in self.columns.firstIndex { $0.name == name }.map { row.cells[$0] } }
      let texts = [ValueText.plain(row.cells[0])] + cells.map { $0 == .absent ? "-" : ValueText.short($0) }
      return String(repeating: "  ", count: row.depth) + texts.joined(separator: " ")
    }
  }

  func cell(_ row: Int, _ column: String) -> Value {
    columns.firstIndex { $0.name == column }.map { rows[row].cells[$0] } ?? .absent
  }
}
