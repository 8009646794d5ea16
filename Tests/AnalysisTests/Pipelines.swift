import Analysis
import LogFiles
import Quantities
import QueryLanguage
import Records
import Testing
import Timelines

/// Runs pipelines over texts in memory.
enum Pipelines {
  /// The day of the records in the tests.
  static let now = Timestamp(seconds: 1_767_355_200)

  /// The result of `query` over the lines of `text`, cut into `pieces` of about equal size that hold whole records.
  static func table(
    _ query: String, _ text: String, pieces: Int = 1, workers: Int = 3, limits: GroupLimits = .large,
    zone: Zone = .utc
  ) throws -> ResultTable {
    let plan = try PipelinePlan(
      QueryParser.parse(query), context: QueryContext(now: now, newest: now, cursor: now, zone: zone), limits: limits)
    let bytes = Array(text.utf8)
    let reader = bytes.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "app.log", options: .init()) }
    let cuts = cut(bytes, into: pieces)
    let run = PieceRun(plan, count: cuts.count - 1) {
      let feed = PieceFeed(
        plan.filter.predicate, reader: reader, reference: now, name: "/var/log/app.log", shortName: "app")
      return { number, worker in
        Array(bytes[cuts[number]..<cuts[number + 1]]).withUnsafeBytes { part in
          worker.take(file: FileID(0), generation: GenerationID(0)) { take in
            feed.forEachRecord(in: part, at: cuts[number]) { take($0.context, $0.offset) }
          }
        }
      }
    }
    run.run(workers: workers)
    return try plan.table(of: run.sink)
  }

  /// Offsets of lines that begin without a blank, spread over the bytes, with both ends.
  private static func cut(_ bytes: [UInt8], into pieces: Int) -> [Int] {
    var starts = [0]
    for index in bytes.indices.dropLast() where bytes[index] == 10 && bytes[index + 1] != 32 {
      starts.append(index + 1)
    }
    let chosen = (0..<max(pieces, 1)).map { starts[$0 * starts.count / max(pieces, 1)] }
    return chosen + [bytes.count]
  }

  /// Header and rows, cells parted by ` | `; `isShort` rounds numbers, whose last digits depend on the order of additions.
  static func text(_ table: ResultTable, isShort: Bool = false) -> [String] {
    [table.columns.map(\.name).joined(separator: " | ")]
      + table.rows.map { row in
        row.cells.map { isShort ? ValueText.short($0) : ValueText.plain($0) }.joined(separator: " | ")
      }
  }
}
