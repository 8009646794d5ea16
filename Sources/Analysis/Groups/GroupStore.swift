import QueryLanguage
import Quantities
import Records

/// What is kept of every group, one column for each state of the plan.
///
/// A table a kind of state, so that a record touches plain memory and nothing is boxed.
struct GroupStore: Sendable {
  private let states: [GroupPlan.State]
  /// The number of a state among those of its kind.
  private let places: [Int]
  /// Records of each group.
  private(set) var records: [Int] = []
  private var counts: StateTable<Int>
  private var moments: StateTable<Moments>
  private var percentiles: StateTable<PercentileSketch>
  private var distincts: StateTable<DistinctSketch>
  private var extremes: StateTable<Extreme>
  private var edges: StateTable<Edge>
  /// By slot: which units were met.
  private(set) var units: [UnitsMet]
  /// By slot: whether any record had the field.
  private(set) var isMet: [Bool]
  private let exactNumbers: Int

  init(_ plan: GroupPlan) {
    states = plan.states
    exactNumbers = plan.limits.exactNumbers
    var numbers = [0, 0, 0, 0, 0, 0]
    places = plan.states.map { state in
      defer { numbers[state.kind] += 1 }
      return numbers[state.kind]
    }
    counts = .init(places: numbers[0])
    moments = .init(places: numbers[1])
    percentiles = .init(places: numbers[2])
    distincts = .init(places: numbers[3])
    extremes = .init(places: numbers[4])
    edges = .init(places: numbers[5])
    units = .init(repeating: [], count: plan.requests.count)
    isMet = .init(repeating: false, count: plan.requests.count)
  }

  var groupCount: Int { records.count }

  /// Adds a group of nothing.
  mutating func addGroup() {
    records.append(0)
    counts.addGroup(0)
    moments.addGroup(Moments())
    percentiles.addGroup(PercentileSketch(exactLimit: exactNumbers))
    distincts.addGroup(DistinctSketch())
    extremes.addGroup(Extreme())
    edges.addGroup(Edge())
  }

  // MARK: Records

  /// Counts a record of which `slots` hold the fields; `passes` says which tests it passes.
  mutating func add(_ slots: FieldSlots, to group: Int, moment: Edge.Moment, isStamped: Bool, passes: [Bool]) {
    records[group] &+= 1
    for slot in isMet.indices where slots.readings[slot].isThere { isMet[slot] = true }
    for number in states.indices {
      let place = places[number]
      switch states[number] {
      // All records are counted above.
      case .count(let test): if let test, passes[test] { counts[place, group] &+= 1 }
      case .moments(let slot):
        guard let quantity = slots.readings[slot].quantity else { continue }
        units[slot].formUnion(UnitsMet(quantity))
        moments[place, group].add(quantity.value)
      case .percentiles(let slot):
        guard let quantity = slots.readings[slot].quantity else { continue }
        units[slot].formUnion(UnitsMet(quantity))
        percentiles[place, group].add(quantity.value)
      case .distinct(let slot):
        guard let hash = slots.hash(slot) else { continue }
        distincts[place, group].add(hash: hash)
      case .extreme(let slot, let isGreatest):
        guard let value = slots.writtenValue(slot) else { continue }
        if let quantity = slots.readings[slot].quantity { units[slot].formUnion(UnitsMet(quantity)) }
        extremes[place, group].add(value, isGreatest: isGreatest)
      case .edge(let slot, let isLast):
        guard slots.readings[slot].isThere,
          edges[place, group].yields(to: moment, isStamped: isStamped, isLast: isLast)
        else { continue }
        edges[place, group] = Edge(
          moment: moment, isStamped: isStamped, value: slots.writtenValue(slot, prefersText: true))
      }
    }
  }

  /// Adds what `other` has of its group `source` to `group`.
  mutating func merge(_ other: GroupStore, group source: Int, into group: Int) {
    records[group] += other.records[source]
    for number in states.indices {
      let place = places[number]
      switch states[number] {
      case .count: counts[place, group] += other.counts[place, source]
      case .moments: moments[place, group].merge(other.moments[place, source])
      case .percentiles: percentiles[place, group].merge(other.percentiles[place, source])
      case .distinct: distincts[place, group].merge(other.distincts[place, source])
      case .extreme(_, let isGreatest):
        if let value = other.extremes[place, source].value {
          extremes[place, group].add(value, isGreatest: isGreatest)
        }
      case .edge(_, let isLast): edges[place, group].merge(other.edges[place, source], isLast: isLast)
      }
    }
  }

  mutating func mergeUnits(_ other: GroupStore) {
    for slot in units.indices {
      units[slot].formUnion(other.units[slot])
      isMet[slot] = isMet[slot] || other.isMet[slot]
    }
  }

  // MARK: Bounds

  /// Numbers that are kept one by one for percentiles.
  var exactNumberCount: Int {
    percentiles.all.reduce(0) { $0 + ($1.isExact ? $1.count : 0) }
  }

  /// Makes sketches of exact percentiles, where a sketch takes less room than the numbers.
  mutating func convertToSketches() {
    percentiles.change { if $0.count > PercentileSketch.bucketLimit { $0.convertToSketch() } }
  }

  /// Halves the buckets of all sketches.
  mutating func collapseSketches() {
    percentiles.change { $0.collapse() }
  }

  /// Puts the numbers of exact percentiles in order, so that several are looked up of one.
  mutating func sortNumbers() {
    percentiles.change { $0.sort() }
  }

  /// About how many bytes it holds.
  var byteCount: Int {
    // Arrays that grow have room for more than they hold.
    let room = records.capacity
    var bytes = room * 8 + counts.byteCount + moments.byteCount
    // A sketch counts itself.
    bytes += percentiles.byteCount - percentiles.all.count * MemoryLayout<PercentileSketch>.stride
    bytes += distincts.byteCount - distincts.all.count * MemoryLayout<DistinctSketch>.stride
    bytes = percentiles.all.reduce(bytes) { $0 + $1.byteCount }
    bytes = distincts.all.reduce(bytes) { $0 + $1.byteCount }
    // A text is an array of its own: 32 bytes of a head, 16 of the allocator, and the text.
    bytes += extremes.byteCount + extremes.all.count * 80
    bytes += edges.byteCount + edges.all.count * 80
    return bytes
  }

  // MARK: Results

  func count(_ state: Int, _ group: Int) -> Int {
    if case .count(nil) = states[state] { return records[group] }
    return counts[places[state], group]
  }
  func moments(_ state: Int, _ group: Int) -> Moments { moments[places[state], group] }
  func percentiles(_ state: Int, _ group: Int) -> PercentileSketch { percentiles[places[state], group] }
  func distinct(_ state: Int, _ group: Int) -> DistinctSketch { distincts[places[state], group] }
  func extreme(_ state: Int, _ group: Int) -> WrittenValue? { extremes[places[state], group].value }
  func edge(_ state: Int, _ group: Int) -> WrittenValue? { edges[places[state], group].value }

  /// The greatest relative error of any percentile; 0 while all are exact.
  var percentileError: Double {
    percentiles.all.reduce(0) { $1.isExact ? $0 : max($0, $1.relativeError) }
  }

  /// The greatest relative error of any count of different values; 0 while all are exact.
  var distinctError: Double {
    distincts.all.reduce(0) { $1.isExact ? $0 : max($0, $1.relativeError) }
  }
}

extension GroupPlan.State {
  fileprivate var kind: Int {
    switch self {
    case .count: 0
    case .moments: 1
    case .percentiles: 2
    case .distinct: 3
    case .extreme: 4
    case .edge: 5
    }
  }
}

extension FieldSlots {
  /// A hash of the text of a slot; nil if the record has no such field.
  func hash(_ slot: Int) -> UInt64? {
    let reading = readings[slot]
    guard reading.isThere else { return nil }
    if let level = reading.level { return UInt64(level.rawValue) &* 0x9E37_79B9_7F4A_7C15 }
    if let stamp = reading.stamp { return ByteHash.hash(UInt64(bitPattern: stamp.nanoseconds)) }
    return text.withUnsafeBytes { ByteHash.hash(UnsafeRawBufferPointer(rebasing: $0[reading.range])) }
  }

  /// The value of a slot; nil if the record has no such field.
  func writtenValue(_ slot: Int, prefersText: Bool = false) -> WrittenValue? {
    let reading = readings[slot]
    guard reading.isThere else { return nil }
    if let level = reading.level { return .level(level) }
    if let stamp = reading.stamp { return .stamp(stamp) }
    if let quantity = reading.quantity, !prefersText { return .number(quantity) }
    return .text(Array(bytes(slot)), isNumber: reading.isNumber, isBoolean: reading.isBoolean)
  }
}
