import Analysis
import LogFiles
import QueryLanguage
import Records
import Timelines

/// A query with a pipeline (the first line) over a log (the rest): nothing traps, and cutting the log changes nothing.
enum PipelineCheck {
  static let seeds = [
    "* | count, p95(took), distinct(user), first(user) by route, 1m",
    "level>=warn | count by level | sort -count | limit 2", "* | top 2 user",
    "* | eval a = took * 2 + 1s | max(a) by user",
    "* | parse \"took=<t>ms\" | avg(t), stdev(t) by level", "* | patterns", "* | tree by user",
    "* | json | count by a.b",
    "* | dedup by user | fields time, user", "* | count by route | where count>1 | eval x = count / 2",
  ].map { $0 + "\n" + log }

  private static let log = """
    2026-01-02T10:00:05Z INFO [http] request route=/a status=200 took=18ms user=ann
    2026-01-02T10:00:20Z WARN [http] request route=/b status=404 took=2s user=bob
      at pool
    2026-01-02T10:01:40Z ERROR [http] request route=/a took=1.5s {"a":{"b":3}}

    """

  static func run(_ input: [UInt8]) throws(Violation) {
    let end = input.firstIndex(of: 10) ?? input.count
    let query = String(decoding: input[..<min(end, 300)], as: UTF8.self)
    let log = Array(input[min(end + 1, input.count)...].prefix(4096))
    guard let tree = try? QueryParser.parse(query), !tree.stages.isEmpty,
      let plan = try? PipelinePlan(tree, context: context, limits: .init(groups: 3, exactNumbers: 5, bytes: 1 << 20))
    else { return }
    let reader = log.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: "a.log", options: .init()) }
    let whole = result(plan, reader, [log])
    try require(whole.rows.allSatisfy { $0.cells.count == whole.columns.count }, "a row of another length")
    var bytes: [UInt8] = []
    for row in whole.rows { TableJSON.append(row, whole.columns, style: .numbers, to: &bytes) }
    try require(String(validating: bytes, as: UTF8.self) != nil, "JSON that is no UTF-8")
    _ = plan.explanation
  }

  private static var context: QueryContext {
    QueryContext(now: IndexCheck.reference, newest: IndexCheck.reference)
  }

  private static func result(_ plan: PipelinePlan, _ reader: RecordReader, _ pieces: [[UInt8]]) -> ResultTable {
    let run = PieceRun(plan, count: pieces.count) {
      let feed = PieceFeed(
        plan.filter.predicate, reader: reader, reference: IndexCheck.reference, name: "a.log", shortName: "a")
      return { number, worker in
        pieces[number].withUnsafeBytes { bytes in
          worker.take(file: FileID(0), generation: GenerationID(0)) { take in
            feed.forEachRecord(in: bytes, at: number << 32) { take($0.context, $0.offset) }
          }
        }
      }
    }
    run.run(workers: 1)
    return (try? plan.table(of: run.sink)) ?? ResultTable()
  }
}
