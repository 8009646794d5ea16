import QueryLanguage
import Quantities
import Records

/// `patterns`: which messages there are, numbers and names in them left out.
///
/// Two steps. While records flow, each message becomes a template (`MessageMask`) that is looked up as it is: what is kept does not
/// depend on the order of the records, nor on how they were cut. Similar templates are put together (`TemplateClusters`)
/// when the result is asked for, and earlier where there are more than the plan's limit (16,384, or 24 MB), which is the only case in
/// which the cutting can matter.
struct PatternSink: RecordSink {
  var tally = StageTally()
  let plan: PatternPlan
  private(set) var store = PatternStore()
  /// Records whose templates were too rare to be kept, and how many templates these were.
  private(set) var otherCount = 0
  private(set) var otherBaseline = 0
  private(set) var otherTemplates = 0
  /// Whether templates were clustered before all records were seen.
  private(set) var isEarly = false
  private var slots: FieldSlots
  private var mask = MessageMask()
  private var recordCount = 0

  init(_ plan: PatternPlan) {
    self.plan = plan
    slots = FieldSlots(plan.key.map { [FieldSlots.Request(field: $0, needsText: true)] } ?? [])
  }

  mutating func add(_ record: PipelineRecord) {
    let stamp = record.context.stamp
    var isBaseline = false
    if let windows = plan.windows {
      guard let stamp else { return }
      isBaseline = windows.baseline.contains(stamp)
      guard isBaseline || windows.current.contains(stamp) else { return }
      // A record of both windows counts in both.
      if isBaseline, windows.current.contains(stamp) { count(record, stamp, isBaseline: false) }
    }
    count(record, stamp, isBaseline: isBaseline)
  }

  private mutating func count(_ record: PipelineRecord, _ stamp: Timestamp?, isBaseline: Bool) {
    mask.begin()
    writeKey(record)
    let message = record.context.message
    if let bytes = message.bytes { mask.append(message: bytes, message.encoding) }
    let number = mask.template.withUnsafeBytes {
      store.number(of: UnsafeRawBufferPointer(rebasing: $0[..<mask.count]))
    }
    store.add(number, level: record.context.level, stamp: stamp, isBaseline: isBaseline)
    recordCount &+= 1
    if recordCount & 255 == 0 { keepBounds() }
  }

  private mutating func writeKey(_ record: PipelineRecord) {
    guard plan.key != nil else {
      mask.put(0)
      mask.put(0)
      return
    }
    slots.read(record)
    let reading = slots.readings[0]
    var text = slots.bytes(0).prefix(128)
    let name = reading.level.map { Array($0.name.utf8) } ?? reading.stamp.map { Array($0.iso8601.utf8) }
    if let name { text = name[...] }
    let count = text.count
    mask.put(UInt8(truncatingIfNeeded: count))
    mask.put(UInt8(truncatingIfNeeded: count >> 8))
    text.withUnsafeBytes { mask.appendPlain($0) }
  }

  mutating func merge(_ later: PatternSink) {
    store.merge(later.store) { store, number in later.store.keys.key(number).withUnsafeBytes { store.number(of: $0) } }
    otherCount += later.otherCount
    otherBaseline += later.otherBaseline
    otherTemplates += later.otherTemplates
    isEarly = isEarly || later.isEarly
    keepBounds()
  }

  mutating func keepBounds() {
    guard store.count > plan.limits.templates || store.byteCount > plan.limits.bytes else { return }
    isEarly = true
    self = clustered(atMost: plan.limits.templates / 2)
  }

  /// The same with similar templates put together, the `limit` most frequent of them.
  func clustered(atMost limit: Int) -> PatternSink {
    var distinct: [[UInt8]: Int] = [:]
    var templates: [[UInt8]] = []
    var counts: [Int] = []
    let source = (0..<store.count).map { number in
      let template = Array(store.parts(number).template)
      let place = distinct[template] ?? templates.count
      if place == templates.count {
        distinct[template] = place
        templates.append(template)
        counts.append(0)
      }
      counts[place] += store.counts[number] + store.baseline[number]
      return place
    }
    let clusters = TemplateClusters(templates, counts: counts)
    var merged = PatternStore()
    merged.merge(store) { merged, number in
      let key = store.parts(number).key
      var bytes = [UInt8(truncatingIfNeeded: key.count), UInt8(truncatingIfNeeded: key.count >> 8)]
      bytes += key
      bytes += clusters.templates[clusters.assignment[source[number]]]
      return bytes.withUnsafeBytes { merged.number(of: $0) }
    }
    var result = self
    result.store = merged
    if merged.count > limit { result.keepMostFrequent(limit) }
    return result
  }

  private mutating func keepMostFrequent(_ limit: Int) {
    let order = PatternRows.order(store)
    var kept = PatternStore()
    let all = store
    var keeps = [Bool](repeating: false, count: all.count)
    for number in order.prefix(limit) { keeps[number] = true }
    for number in order.dropFirst(limit) {
      otherCount += all.counts[number]
      otherBaseline += all.baseline[number]
    }
    otherTemplates += max(0, all.count - limit)
    kept.merge(all, where: keeps)
    store = kept
  }

  func table() -> ResultTable {
    let sink = clustered(atMost: plan.limits.rows)
    return plan.windows == nil ? PatternRows(sink).table() : PatternDiff(sink).table()
  }
}
