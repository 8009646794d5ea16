import Records

/// How many records of each level lie in one column of time.
public struct LevelCounts: Hashable, Sendable {
  /// By `Level.rawValue`; element 8 counts records of unknown level.
  public private(set) var counts: SIMD16<UInt32>

  /// Counts nothing.
  public init() { counts = .zero }

  /// The records of `level`; nil is the unknown one.
  public subscript(level: Level?) -> Int {
    get { Int(counts[Int(level?.rawValue ?? 8)]) }
    set { counts[Int(level?.rawValue ?? 8)] = UInt32(clamping: newValue) }
  }

  /// All records.
  public var total: Int { (0..<9).reduce(0) { $0 + Int(counts[$1]) } }

  /// The most severe level that occurs; nil if there is none, or only unknown ones.
  public var worst: Level? { Level.allCases.last { self[$0] > 0 } }

  /// The sum by level.
  public static func += (left: inout LevelCounts, right: LevelCounts) { left.counts &+= right.counts }

  /// Counts the records of `word` in a group.
  mutating func add(_ word: UInt64, of group: Group) {
    guard word != 0 else { return }
    counts[8] &+= UInt32((word & group.plane3).nonzeroBitCount)
    let known = word & ~group.plane3
    let low = (known & ~group.plane2, known & group.plane2)
    for (half, base) in [(low.0, 0), (low.1, 4)] where half != 0 {
      let zeros = half & ~group.plane1
      let ones = half & group.plane1
      counts[base] &+= UInt32((zeros & ~group.plane0).nonzeroBitCount)
      counts[base + 1] &+= UInt32((zeros & group.plane0).nonzeroBitCount)
      counts[base + 2] &+= UInt32((ones & ~group.plane0).nonzeroBitCount)
      counts[base + 3] &+= UInt32((ones & group.plane0).nonzeroBitCount)
    }
  }

  /// Counts one record.
  mutating func add(code: LineCode) { counts[min(Int(code.rawValue), 8)] &+= 1 }
}
