import QueryLanguage
import Quantities

/// Puts records together to traces: each is a tree of actions or spans with their records, in the order of time.
///
///     chiplog -q '* | tree' app.log
///
///     name                    time      duration  level  count
///     726643ff-9fe5-40dd      12:41:44  10.9ms    error     10
///       web:request/1         12:41:44  10.9ms    error     10
///         db:query/3/1        12:41:44  10.5ms               4
///
/// Keeps the newest records within a bound, whatever the order in which they come and are merged.
struct TreeSink: RecordSink {
  var tally = StageTally()
  private let reading: TreeReading
  private var records: [TreeRecord] = []
  private(set) var byteCount = 0
  /// Records that were there but are not kept any more.
  private var left = 0
  /// Records that belong to no trace.
  private var strangers = 0

  init(_ plan: TreePlan) { reading = TreeReading(plan: plan) }

  private var plan: TreePlan { reading.plan }

  mutating func add(_ record: PipelineRecord) {
    guard let kept = reading.read(record) else {
      strangers += 1
      return
    }
    records.append(kept)
    byteCount += kept.byteCount
    keepBounds()
  }

  mutating func merge(_ later: TreeSink) {
    records += later.records
    byteCount += later.byteCount
    left += later.left
    strangers += later.strangers
    keepBounds()
  }

  /// At twice the bound, so that a record is sorted away in O(log n) on average.
  mutating func keepBounds() {
    if records.count >= 2 * plan.recordLimit + 64 || byteCount >= 2 * plan.byteLimit + 65536 { cut() }
  }

  /// Forgets all but the newest. What is forgotten of a part would be forgotten of the whole too, as all that pushes it out is there.
  private mutating func cut() {
    records.sort { $0.moment < $1.moment }
    var first = records.count
    var bytes = 0
    while first > 0, records.count - first < plan.recordLimit {
      let more = records[first - 1].byteCount
      if bytes + more > plan.byteLimit { break }
      bytes += more
      first -= 1
    }
    records.removeSubrange(..<first)
    left += first
    byteCount = bytes
  }

  func table() -> ResultTable {
    var copy = self
    copy.cut()
    let forest = Forest(records: copy.records)
    var table = forest.table()
    if copy.left > 0 {
      table.notes.append(
        "the tree is of the newest \(copy.records.count) of \(copy.records.count + copy.left) records; traces may lack their beginnings"
      )
    }
    if strangers > 0 { table.notes.append(strangersNote(isEmpty: table.rows.isEmpty)) }
    return table
  }

  private func strangersNote(isEmpty: Bool) -> String {
    let names = plan.keys.map(\.field.path)
    let records = strangers == 1 ? "1 record has" : "\(strangers) records have"
    if names.count == 1 { return "\(records) no \(names[0])" }
    if !isEmpty { return "\(records) nothing that tells the trace" }
    return "no record has a field that tells its trace, such as \(names.prefix(4).joined(separator: ", ")): "
      + "name one with tree by FIELD"
  }
}
