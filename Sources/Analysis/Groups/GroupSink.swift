import QueryLanguage
import Quantities
import Records

/// Groups records by keys and computes aggregates of each group, in bounded memory.
///
/// Where there are more groups than the plan allows, the rarest half is put together in one row, `(other)`, whenever there are
/// twice as many. A group that comes up again after that counts from there on: what it may have missed at most is
/// known (the greatest count that was ever put away, summed over the times that it happened), as in lossy counting (Manku and
/// Motwani, "Approximate Frequency Counts over Data Streams", VLDB 2002). Nothing is counted twice and the sum over all rows is exact.
struct GroupSink: RecordSink {
  var tally = StageTally()
  let plan: GroupPlan
  private(set) var slots: FieldSlots
  private(set) var keys = KeyTable()
  private(set) var store: GroupStore
  /// For each group, by key: which parts of the key were written as numbers (bit `2n`) and Booleans (`2n + 1`).
  private(set) var kinds: [UInt32] = []
  /// For each group, the records that it may have missed.
  private(set) var missed: [Int] = []
  /// What a new group may have missed.
  private(set) var missedByNew = 0
  /// All that was put away.
  private(set) var other: GroupStore
  /// Groups that were put away, some of them more than once.
  private(set) var otherCount = 0
  /// The span of the stamps, for rates.
  private(set) var earliest: Timestamp?
  private(set) var latest: Timestamp?
  private(set) var recordCount = 0
  /// Records of which fields are not read to the end.
  private(set) var longCount = 0
  /// Names of fields of the first records, for who asked for one that there is not.
  private(set) var names: Set<String> = []
  /// At how many records, and at how many groups, it is looked next at what it holds.
  private var nextLook = 0
  private var nextGroups = 2048
  private var key: [UInt8] = []
  private var passes: [Bool]
  private var slices: [SliceCutter]
  /// The keys of the plan, an array of its own: threads that count references to one array wait for each other.
  private let parts: [GroupPlan.Key]

  init(_ plan: GroupPlan) {
    self.plan = plan
    slots = FieldSlots(plan.requests)
    store = GroupStore(plan)
    other = GroupStore(plan)
    other.addGroup()
    passes = plan.tests.map { _ in false }
    parts = plan.keys.map { $0 }
    slices = plan.keys.compactMap {
      if case .slice(let nanoseconds) = $0 { SliceCutter(nanoseconds: nanoseconds, zone: plan.zone) } else { nil }
    }
    // All records together are a group even if there are none.
    if plan.keys.isEmpty { _ = group(kinds: 0, missed: 0) }
  }

  // MARK: Records

  mutating func add(_ record: PipelineRecord) {
    slots.read(record)
    let stamp = plan.needsStamps ? record.context.stamp : nil
    if let stamp {
      earliest = min(earliest ?? stamp, stamp)
      latest = max(latest ?? stamp, stamp)
    }
    for number in plan.tests.indices { passes[number] = plan.tests[number].matches(record.context) }
    let moment = Edge.Moment(
      stamp: stamp?.nanoseconds ?? .min, file: record.file.rawValue, generation: record.generation.rawValue,
      offset: record.offset)
    if let slot = plan.elementSlot {
      let count = slots.readEach(slot, record)
      if count == 0 { self.count(stamp, moment) }
      for element in 0..<count {
        slots.choose(element, of: slot)
        self.count(stamp, moment)
      }
    } else {
      count(stamp, moment)
    }
    recordCount &+= 1
    if record.context.bytes.count > RecordReader.reach { longCount &+= 1 }
    if recordCount <= 8 { names.formUnion(record.context.parsed.fields.prefix(40).map(\.path)) }
    if keys.count >= nextGroups { keepBounds() }
  }

  /// Counts what the slots hold in the group of its key.
  @inline(__always) private mutating func count(_ stamp: Timestamp?, _ moment: Edge.Moment) {
    let kinds = writeKey(stamp)
    let group = group(kinds: kinds, missed: missedByNew)
    store.add(slots, to: group, moment: moment, isStamped: stamp != nil, passes: passes)
  }

  /// Writes the key of a record to `key`; which of its parts are numbers and Booleans.
  private mutating func writeKey(_ stamp: Timestamp?) -> UInt32 {
    key.removeAll(keepingCapacity: true)
    var kinds: UInt32 = 0
    var slice = 0
    for number in parts.indices {
      switch parts[number] {
      case .slice:
        let start = stamp.map { slices[slice].start(of: $0.nanoseconds) } ?? .min
        slice += 1
        append(UInt64(bitPattern: start), bytes: 8)
      case .field(let slot):
        let reading = slots.readings[slot]
        if let level = reading.level {
          append(UInt64(level.rawValue) + 1, bytes: 4)
        } else if let stamp = reading.stamp {
          append(8, bytes: 4)
          append(UInt64(bitPattern: stamp.nanoseconds), bytes: 8)
        } else if reading.isThere {
          append(UInt64(reading.range.count) + 1, bytes: 4)
          slots.append(slot, to: &key)
          if number < 16 {
            kinds |= (reading.isNumber ? 1 : 0) << UInt32(2 * number)
            kinds |= (reading.isBoolean ? 2 : 0) << UInt32(2 * number)
          }
        } else {
          append(0, bytes: 4)
        }
      }
    }
    return kinds
  }

  private mutating func append(_ value: UInt64, bytes: Int) {
    withUnsafeBytes(of: value.littleEndian) { key.append(contentsOf: $0.prefix(bytes)) }
  }

  /// The group of `key`.
  private mutating func group(kinds: UInt32, missed: Int) -> Int {
    let (number, isNew) = key.withUnsafeBytes { keys.number(of: $0, hash: ByteHash.hash($0)) }
    if isNew {
      store.addGroup()
      self.kinds.append(kinds)
      self.missed.append(missed)
    }
    return number
  }

  /// The group with the key that group `number` has in another sink.
  private mutating func group(of number: Int, in other: GroupSink) -> Int {
    let hash = other.keys.hash(number)
    let (group, isNew) = other.keys.withKey(number) { keys.number(of: $0, hash: hash) }
    if isNew {
      store.addGroup()
      kinds.append(other.kinds[number])
      missed.append(missedByNew + other.missed[number])
    }
    return group
  }

  // MARK: Merging

  mutating func merge(_ later: GroupSink) {
    earliest = [earliest, later.earliest].compactMap(\.self).min()
    latest = [latest, later.latest].compactMap(\.self).max()
    let own = keys.count
    // What is not among the later groups may have been put away there.
    if later.missedByNew > 0 { for group in 0..<own { missed[group] += later.missedByNew } }
    for number in 0..<later.keys.count {
      let group = group(of: number, in: later)
      if group < own { missed[group] += later.missed[number] - later.missedByNew }
      store.merge(later.store, group: number, into: group)
    }
    store.mergeUnits(later.store)
    other.merge(later.other, group: 0, into: 0)
    otherCount += later.otherCount
    recordCount += later.recordCount
    longCount += later.longCount
    if names.count < 200 { names.formUnion(later.names) }
    missedByNew += later.missedByNew
    keepBounds()
  }

  /// What it holds is counted anew only when there are so many more records, or groups, that it may have doubled.
  mutating func keepBounds() {
    guard recordCount >= nextLook || keys.count >= nextGroups else { return }
    enforceBounds(groups: 2 * plan.limits.groups)
    nextGroups = keys.count + max(2048, keys.count / 2)
    nextLook = recordCount + max(8192, keys.count / 2)
  }

  private mutating func enforceBounds(groups: Int) {
    if keys.count > groups { keepMostFrequent(plan.limits.groups) }
    if store.exactNumberCount > plan.limits.exactNumbers { store.convertToSketches() }
    // Coarser sketches first, as far as they stay useful; then fewer groups.
    while byteCount > plan.limits.bytes, store.percentileError > 0, store.percentileError < 0.02 {
      store.collapseSketches()
    }
    while byteCount > plan.limits.bytes, keys.count > 16 { keepMostFrequent(keys.count / 2) }
  }

  /// Puts all but the `count` most frequent groups away.
  private mutating func keepMostFrequent(_ count: Int) {
    let order = (0..<keys.count).sorted { (store.records[$1], $0) < (store.records[$0], $1) }
    let kept = order.prefix(count).sorted()
    let gone = order.dropFirst(count)
    guard let first = gone.first else { return }
    // What was missed before is missed still by a group that comes up again.
    let lost = gone.reduce(store.records[first]) { max($0, store.records[$1] + missed[$1]) }
    let old = self
    keys = KeyTable()
    store = GroupStore(plan)
    store.mergeUnits(old.store)
    (kinds, missed) = ([], [])
    for number in kept {
      key.removeAll(keepingCapacity: true)
      key.append(contentsOf: old.keys.key(number))
      let group = group(kinds: old.kinds[number], missed: old.missed[number])
      store.merge(old.store, group: number, into: group)
    }
    for number in gone { other.merge(old.store, group: number, into: 0) }
    otherCount += gone.count
    missedByNew = max(missedByNew, lost)
  }

  var byteCount: Int { keys.byteCount + store.byteCount + missed.count * 16 + other.byteCount }

  func table() -> ResultTable { GroupRows(settled).table() }

  /// The same in its final bounds, with what is looked up several times made ready.
  var settled: GroupSink {
    var copy = self
    copy.enforceBounds(groups: plan.limits.groups)
    copy.store.sortNumbers()
    return copy
  }
}

/// Cuts time into slices of equal length, counted from midnight in a zone where they divide a day.
struct SliceCutter: Sendable {
  private let length: Int64
  private let zone: Zone?
  /// The last offset that was asked for, and for which hour it holds.
  private var offset: Int64 = 0
  private var hour: Int64 = .min

  /// Offsets of zones are multiples of a quarter of an hour in our time, so that they do not matter for slices that divide one.
  init(nanoseconds: Int64, zone: Zone) {
    length = max(1, nanoseconds)
    self.zone = 900_000_000_000 % length == 0 ? nil : zone
  }

  /// The beginning of the slice that holds an instant, both in nanoseconds since 1970.
  mutating func start(of instant: Int64) -> Int64 {
    if let zone {
      let hour = instant.floorDivided(by: 900_000_000_000)
      if hour != self.hour {
        self.hour = hour
        offset = Int64(zone.offset(at: Timestamp(nanoseconds: instant))) * 1_000_000_000
      }
    }
    let local = instant.addingReportingOverflow(offset)
    guard !local.overflow else { return instant }
    let (start, overflow) = (local.partialValue.floorDivided(by: length)).multipliedReportingOverflow(by: length)
    return overflow ? instant : start &- offset
  }
}
