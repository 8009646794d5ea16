/// How many records came to each stage before the aggregation, and for how many it did something: let them pass, found fields.
///
/// Counted with the records that flow into a sink, so that an empty result can say which stage emptied it.
public struct StageTally: Hashable, Sendable {
  /// Records that passed the filter.
  private(set) var records = 0
  /// By stage: records that came to it.
  private var came: [Int] = []
  /// By stage: those that it was for.
  private var served: [Int] = []

  /// Nothing yet.
  public init() {}

  init(stages: Int) {
    came = .init(repeating: 0, count: stages)
    served = came
  }

  @inline(__always) mutating func begin() { records &+= 1 }

  /// Counts a record of stage `number`.
  @inline(__always) mutating func count(_ number: Int, isServed: Bool) {
    came[number] &+= 1
    if isServed { served[number] &+= 1 }
  }

  mutating func count(records count: Int) { records += count }

  /// Takes over what another has counted of the same stages.
  mutating func add(_ other: StageTally) {
    records += other.records
    if came.isEmpty {
      (came, served) = (other.came, other.served)
    } else {
      for number in other.came.indices {
        came[number] += other.came[number]
        served[number] += other.served[number]
      }
    }
  }

  /// Forgets all counts.
  mutating func reset() { self = StageTally(stages: came.count) }

  /// The first stage that did nothing for any of the records that came to it, and how many those were.
  var idle: (stage: Int, records: Int)? {
    came.indices.first { came[$0] > 0 && served[$0] == 0 }.map { ($0, came[$0]) }
  }
}
