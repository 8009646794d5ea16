import Quantities
import Records

/// What is known of each template: how often, of which levels, when.
struct PatternStore: Sendable {
  /// Key and template: two bytes of the key's length, the key, the template.
  private(set) var keys = KeyTable()
  /// By template: records (of the current window, where two are compared).
  private(set) var counts: [Int] = []
  /// By template: records of the window that is compared with.
  private(set) var baseline: [Int] = []
  /// By template: the records of each level, nine numbers, the last for those without.
  private(set) var levels: [UInt32] = []
  private(set) var first: [Int64] = []
  private(set) var last: [Int64] = []
  private(set) var slices = TimeSlices()

  static let levelRoom = 9

  var count: Int { counts.count }
  var byteCount: Int { keys.byteCount + counts.capacity * 32 + levels.capacity * 4 + slices.byteCount }

  /// The number of a key with its template.
  mutating func number(of bytes: UnsafeRawBufferPointer) -> Int {
    let (number, isNew) = keys.number(of: bytes, hash: ByteHash.hash(bytes))
    if isNew {
      counts.append(0)
      baseline.append(0)
      levels.append(contentsOf: repeatElement(0, count: Self.levelRoom))
      first.append(.max)
      last.append(.min)
      slices.addGroup()
    }
    return number
  }

  /// Counts a record.
  mutating func add(_ number: Int, level: Level?, stamp: Timestamp?, isBaseline: Bool) {
    if isBaseline { baseline[number] &+= 1 } else { counts[number] &+= 1 }
    levels[number &* Self.levelRoom &+ Int(level?.rawValue ?? 8)] &+= 1
    guard let stamp else { return }
    first[number] = min(first[number], stamp.nanoseconds)
    last[number] = max(last[number], stamp.nanoseconds)
    slices.add(stamp, to: number)
  }

  /// Adds what another store knows; `target` says which template each of its own is here.
  mutating func merge(
    _ other: PatternStore, where isWanted: [Bool]? = nil, _ target: (inout PatternStore, Int) -> Int
  ) {
    var other = other
    slices.align(&other.slices)
    for number in 0..<other.count where isWanted?[number] ?? true {
      let own = target(&self, number)
      counts[own] += other.counts[number]
      baseline[own] += other.baseline[number]
      for place in 0..<Self.levelRoom {
        levels[own * Self.levelRoom + place] += other.levels[number * Self.levelRoom + place]
      }
      first[own] = min(first[own], other.first[number])
      last[own] = max(last[own], other.last[number])
      slices.merge(other.slices, group: number, into: own)
    }
  }

  /// Adds the templates of another store that are wanted.
  mutating func merge(_ other: PatternStore, where isWanted: [Bool]) {
    merge(other, where: isWanted) { store, number in other.keys.key(number).withUnsafeBytes { store.number(of: $0) } }
  }

  /// The key and the template of a number.
  func parts(_ number: Int) -> (key: ArraySlice<UInt8>, template: ArraySlice<UInt8>) {
    let bytes = keys.key(number)
    let start = bytes.startIndex + 2
    let length = Int(bytes[start - 2]) | Int(bytes[start - 1]) << 8
    return (bytes[start..<start + length], bytes[(start + length)...])
  }

  /// The worst level that at least one record has, and the commonest; nil if none has one.
  func levels(of number: Int) -> (worst: Level, commonest: Level)? {
    let own = levels[number * Self.levelRoom..<number * Self.levelRoom + 8]
    guard let worst = own.indices.last(where: { own[$0] > 0 }),
      let most = own.indices.max(by: { own[$0] < own[$1] }),
      let level = Level(rawValue: UInt8(worst - own.startIndex)),
      let common = Level(rawValue: UInt8(most - own.startIndex))
    else { return nil }
    return (level, common)
  }
}
