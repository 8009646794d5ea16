import QueryLanguage
import Quantities
import Records

/// How records are grouped and what is computed of each group: an `Aggregation` made ready.
///
/// Aggregates of one field share what they keep: `p50 p95 p99(duration)` fill one sketch, `avg(ms), max(ms)` one set of moments.
final class GroupPlan: Sendable {
  /// What a group is made by.
  enum Key: Sendable, Hashable {
    case field(slot: Int)
    case slice(nanoseconds: Int64)
  }

  /// What is kept of a group to answer the aggregates.
  enum State: Hashable, Sendable {
    /// Records that pass a test; nil: all.
    case count(test: Int?)
    case moments(slot: Int)
    case percentiles(slot: Int)
    case distinct(slot: Int)
    case extreme(slot: Int, isGreatest: Bool)
    case edge(slot: Int, isLast: Bool)
  }

  /// How one column is computed of the states.
  struct Output: Sendable {
    var aggregate: Aggregate
    var state: Int
    var name: String
  }

  let aggregation: Aggregation
  let zone: Zone
  let requests: [FieldSlots.Request]
  /// The slot of a key that names all elements of an array, `tags[]`: a record counts once for each of them.
  let elementSlot: Int?
  let keys: [Key]
  let states: [State]
  let outputs: [Output]
  /// The tests of `count(test)`.
  let tests: [Predicate]
  /// Whether stamps are read: for slices, rates, and what comes first or last.
  let needsStamps: Bool
  /// How many groups are kept.
  let limits: GroupLimits

  /// Prepares `aggregation`; `compile` makes the tests of `count(test)`.
  init(
    _ aggregation: Aggregation, zone: Zone, limits: GroupLimits, compile: (Node) throws(Diagnostic) -> Predicate
  ) throws(Diagnostic) {
    var draft = Draft()
    var keys: [Key] = []
    for key in aggregation.keys {
      switch key {
      case .field(let field): keys.append(.field(slot: draft.slot(field, text: true)))
      case .slice(let nanoseconds): keys.append(.slice(nanoseconds: max(1, nanoseconds)))
      }
    }
    var outputs: [Output] = []
    for aggregate in aggregation.aggregates {
      var state: State
      switch aggregate.function {
      case .count, .rate: state = .count(test: nil)
      case .countWhere(let node):
        state = .count(test: draft.tests.count)
        draft.tests.append(try compile(node))
      case .sum(let field), .average(let field), .deviation(let field):
        state = .moments(slot: draft.slot(field, number: true))
      case .minimum(let field): state = .extreme(slot: draft.slot(field, text: true, number: true), isGreatest: false)
      case .maximum(let field): state = .extreme(slot: draft.slot(field, text: true, number: true), isGreatest: true)
      case .percentile(_, let field): state = .percentiles(slot: draft.slot(field, number: true))
      case .distinct(let field): state = .distinct(slot: draft.slot(field, text: true))
      case .first(let field): state = .edge(slot: draft.slot(field, text: true), isLast: false)
      case .last(let field): state = .edge(slot: draft.slot(field, text: true), isLast: true)
      }
      outputs.append(Output(aggregate: aggregate, state: draft.state(state), name: aggregate.name))
    }
    self.aggregation = aggregation
    self.zone = zone
    self.limits = limits
    self.keys = keys
    self.outputs = outputs
    requests = draft.requests
    elementSlot = requests.firstIndex { request in
      request.field.steps.contains(.anyElement) && aggregation.keys.contains(.field(request.field))
    }
    states = draft.states
    tests = draft.tests
    needsStamps =
      keys.contains { if case .slice = $0 { true } else { false } }
      || aggregation.aggregates.contains { if case .rate = $0.function { true } else { false } }
      || states.contains { if case .edge = $0 { true } else { false } }
  }

  /// What is found on the way through the aggregates.
  private struct Draft {
    var requests: [FieldSlots.Request] = []
    var states: [State] = []
    var tests: [Predicate] = []

    mutating func slot(_ field: FieldName, text: Bool = false, number: Bool = false) -> Int {
      if let known = requests.firstIndex(where: { $0.field == field }) {
        requests[known].needsText = requests[known].needsText || text
        requests[known].needsNumber = requests[known].needsNumber || number
        return known
      }
      requests.append(FieldSlots.Request(field: field, needsText: text, needsNumber: number))
      return requests.count - 1
    }

    mutating func state(_ state: State) -> Int {
      if let known = states.firstIndex(of: state) { return known }
      states.append(state)
      return states.count - 1
    }
  }
}

/// How much a result may hold before it is made smaller.
public struct GroupLimits: Hashable, Sendable {
  /// Groups of a result; of more the rarest are put together in one row, `(other)`.
  public var groups: Int
  /// Numbers kept one by one for percentiles of all groups together, 8 bytes each; of more a sketch is made.
  public var exactNumbers: Int
  /// Bytes of all groups together.
  public var bytes: Int

  /// For what must stay small whatever comes: 10,000 groups, 100,000 numbers, 4 MB for each thread.
  public static let small = GroupLimits(groups: 10_000, exactNumbers: 100_000, bytes: 4 << 20)
  /// For files on disk: half a million groups, a million numbers, 128 MB for each thread.
  public static let large = GroupLimits(groups: 500_000, exactNumbers: 1_000_000, bytes: 128 << 20)

  /// Makes limits.
  public init(groups: Int, exactNumbers: Int, bytes: Int) {
    self.groups = groups
    self.exactNumbers = exactNumbers
    self.bytes = bytes
  }
}
