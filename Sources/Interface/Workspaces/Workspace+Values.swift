import LogFiles
import Quantities
import Records
import Timelines

/// Fields and values: samples for completion, and counts.
extension Workspace {
  /// Places that a sample looks at, and records that it reads at each.
  private static let samplePlaces = 64
  private static let sampleRecords = 24
  /// Records that a count of values looks at.
  private static let countLimit = 500_000

  /// Reads records all over the sources and keeps the fields and values that they have.
  func learn(_ cancellation: Cancellation, _ emit: (Event) -> Void) {
    let timeline = Timeline(logs.snapshot())
    var counts: [String: [String: Int]] = [:]
    func add(_ field: String, _ value: String) {
      guard counts[field] != nil || counts.count < 2000 else { return }
      guard value.utf8.count <= 80, counts[field, default: [:]].count < 1000 || counts[field]?[value] != nil else {
        counts[field, default: [:]][""] = 0
        return
      }
      counts[field, default: [:]][value, default: 0] += 1
    }
    let step = max(1, timeline.count / Self.samplePlaces)
    var rank = 0
    while rank < timeline.count, !cancellation.isCancelled {
      for row in timeline.rows(from: rank, count: min(step, Self.sampleRecords), limit: 8 << 10) {
        if let level = row.parsed.level { add("level", level.name) }
        add("format", row.format)
        for field in row.parsed.fields where field.kind != .object && field.kind != .array {
          add(field.path, String(decoding: RowColouring.decode(row, field.valueSpan, field.encoding), as: UTF8.self))
        }
      }
      rank += step
    }
    if cancellation.isCancelled { return }
    for file in timeline.snapshot.files { add("source", file.shortName) }
    let values = counts.mapValues { values in
      Array(values.filter { !$0.key.isEmpty }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).prefix(50))
    }
    let learned = Vocabulary(values: values)
    vocabulary.withLock { $0 = learned }
    emit(.vocabulary(learned))
  }

  /// Counts the values of a field, named as in a query, among the records shown.
  func countValues(of field: String, _ cancellation: Cancellation, _ emit: (Event) -> Void) {
    let timeline = shown.withLock { $0.timeline }
    let names = Dictionary(
      timeline.snapshot.files.map { ($0.file, $0.shortName) }, uniquingKeysWith: { first, _ in first })
    let path = FieldPath(field.hasPrefix(".") ? String(field.dropFirst()) : field.filter { $0 != "`" })
    var counts: [String: Int] = [:]
    var sampled = 0
    func add(_ value: String) {
      if counts[value] != nil || counts.count < 10_000 { counts[value, default: 0] += 1 }
    }
    var cursor = timeline.cursor()
    cursor.forEach { record in
      switch field {
      case "level": if let level = record.level { add(level.name) }
      case "source", "file": add(names[record.position.file] ?? "")
      case "format": add(record.reader.formatName)
      default:
        record.reader.forEachValue(of: path, in: record.bytes) { value in
          if value.kind != .null { add(value.text()) }
          return true
        }
      }
      sampled += 1
      return sampled < Self.countLimit && !(sampled % 1024 == 0 && cancellation.isCancelled)
    }
    if cancellation.isCancelled { return }
    let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(200)
    emit(
      .topValues(
        field: field, values: top.map { ValueCount(value: $0.key, count: $0.value) }, sampled: sampled,
        isComplete: sampled >= timeline.count))
  }
}
