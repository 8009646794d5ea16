/// What a compiled filter tests: a tree over leaves that a scan can answer one by one.
///
/// `matches(_:)` is the plain truth for one record; faster evaluations must agree with it.
public indirect enum Predicate: Hashable, Sendable {
  /// Every record.
  case all
  /// No record.
  case none
  /// Records that pass all of these.
  case and([Predicate])
  /// Records that pass at least one of these.
  case or([Predicate])
  /// Records that do not pass this.
  case not(Predicate)
  /// Records that pass one test.
  case leaf(Leaf)

  /// Whether the record passes.
  public func matches(_ record: RecordContext) -> Bool {
    switch self {
    case .all: true
    case .none: false
    case .and(let parts): parts.allSatisfy { $0.matches(record) }
    case .or(let parts): parts.contains { $0.matches(record) }
    case .not(let part): !part.matches(record)
    case .leaf(let leaf): leaf.matches(record)
    }
  }

  /// The leaves, in the order written, those under a `not` too.
  public var leaves: [Leaf] {
    switch self {
    case .all, .none: []
    case .and(let parts), .or(let parts): parts.flatMap(\.leaves)
    case .not(let part): part.leaves
    case .leaf(let leaf): [leaf]
    }
  }

  /// All of `parts`, simplified: levels and times that stand side by side become one leaf.
  public static func all(of parts: [Predicate]) -> Predicate {
    var kept: [Predicate] = []
    for part in parts.flatMap({ part in if case .and(let inner) = part { inner } else { [part] } }) {
      switch part {
      case .all: continue
      case .none: return .none
      default:
        if let last = kept.indices.first(where: { kept[$0].merged(with: part) != nil }),
          let merged = kept[last].merged(with: part)
        {
          kept[last] = merged
        } else {
          kept.append(part)
        }
      }
    }
    return kept.count == 1 ? kept[0] : kept.isEmpty ? .all : .and(kept)
  }

  /// Any of `parts`, simplified.
  public static func any(of parts: [Predicate]) -> Predicate {
    var kept: [Predicate] = []
    for part in parts.flatMap({ part in if case .or(let inner) = part { inner } else { [part] } }) {
      switch part {
      case .all: return .all
      case .none: continue
      case .leaf(let leaf):
        if case .level(let mask) = leaf.kind, let index = kept.firstIndex(where: { $0.levelMask != nil }),
          let other = kept[index].levelMask
        {
          kept[index] = .leaf(.levels(mask | other))
        } else {
          kept.append(part)
        }
      default: kept.append(part)
      }
    }
    return kept.count == 1 ? kept[0] : kept.isEmpty ? .none : .or(kept)
  }

  /// The records that `part` leaves out, simplified.
  public static func inverse(of part: Predicate) -> Predicate {
    switch part {
    case .all: .none
    case .none: .all
    case .not(let inner): inner
    case .leaf(let leaf):
      if case .level(let mask) = leaf.kind { .leaf(.levels(~mask & Leaf.allLevels)) } else { .not(part) }
    default: .not(part)
    }
  }

  private var levelMask: UInt16? {
    if case .leaf(let leaf) = self, case .level(let mask) = leaf.kind { mask } else { nil }
  }

  private func merged(with other: Predicate) -> Predicate? {
    guard case .leaf(let left) = self, case .leaf(let right) = other else { return nil }
    switch (left.kind, right.kind) {
    case (.level(let one), .level(let two)): return .leaf(.levels(one & two))
    case (.time(let one), .time(let two)):
      let from = max(one.lowerBound, two.lowerBound)
      return .leaf(.time(from..<max(from, min(one.upperBound, two.upperBound))))
    default: return nil
    }
  }
}
