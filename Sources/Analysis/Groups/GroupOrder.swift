import QueryLanguage

/// The order of the rows of groups, and the first ones in it without making rows of all.
///
/// Slices of time stand in their order, levels the worst first, else the greatest first value first; equal ones by their keys.
struct GroupOrder {
  private let sink: GroupSink
  /// What each group is compared by before its key: the least first; nil where only the key counts.
  private let ranks: [Double]?
  /// Groups without a value, which come last.
  private static let last = Double.infinity

  /// The usual order, or the one that `keys` ask for, if that is by one column of numbers.
  init(_ sink: GroupSink, sortedBy keys: [SortKey]? = nil) {
    self.sink = sink
    if let keys {
      ranks = Self.output(of: keys, sink.plan).map { Self.ranks(of: $0.output, $0.isDescending, sink) }
    } else {
      let plan = sink.plan
      let hasSlice = plan.keys.contains { if case .slice = $0 { true } else { false } }
      let isByLevel =
        plan.keys.count == 1
        && plan.aggregation.keys.contains { if case .field(let field) = $0 { field.builtIn == .level } else { false } }
      ranks = hasSlice ? Self.slices(sink) : isByLevel ? nil : Self.ranks(of: 0, true, sink)
    }
  }

  /// The most frequent first, or the least frequent.
  init(_ sink: GroupSink, isReversed: Bool) {
    self.sink = sink
    ranks = sink.store.records.map { isReversed ? Double($0) : -Double($0) }
  }

  /// The output that rows are sorted by, if it is one of numbers; nil where rows must be sorted as rows.
  static func output(of keys: [SortKey], _ plan: GroupPlan) -> (output: Int, isDescending: Bool)? {
    guard keys.count == 1, let output = plan.outputs.firstIndex(where: { $0.name == keys[0].field.path }) else {
      return nil
    }
    switch plan.outputs[output].aggregate.function {
    case .minimum, .maximum, .first, .last: return nil
    default: return (output, keys[0].isDescending)
    }
  }

  private static func ranks(of output: Int, _ isDescending: Bool, _ sink: GroupSink) -> [Double] {
    guard sink.plan.outputs.indices.contains(output) else { return [] }
    let rows = GroupRows(sink)
    return (0..<sink.keys.count).map { group in
      guard let number = rows.value(sink.plan.outputs[output], of: sink.store, group: group).magnitude else {
        return last
      }
      return isDescending ? -number : number
    }
  }

  private static func slices(_ sink: GroupSink) -> [Double]? {
    guard let place = sink.plan.keys.firstIndex(where: { if case .slice = $0 { true } else { false } }) else {
      return nil
    }
    return (0..<sink.keys.count).map { group in
      if case .time(let start) = GroupKeys.cells(group, sink)[place] { Double(start.nanoseconds) } else { last }
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    if let ranks, ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
    return GroupKeys.isBefore(left, right, sink)
  }

  /// The groups in order; the first `limit` of them only, in O(groups) where that is few.
  func groups(limit: Int? = nil, among chosen: [Int]? = nil) -> [Int] {
    let all = chosen ?? Array(0..<sink.keys.count)
    guard let limit, limit < all.count / 4 else {
      let sorted = all.sorted(by: isBefore)
      return limit.map { Array(sorted.prefix($0)) } ?? sorted
    }
    guard limit > 0 else { return [] }
    var first: [Int] = []
    for group in all {
      if first.count == limit, !isBefore(group, first[limit - 1]) { continue }
      var (low, high) = (0, first.count)
      while low < high {
        let middle = (low + high) / 2
        if isBefore(group, first[middle]) { high = middle } else { low = middle + 1 }
      }
      first.insert(group, at: low)
      if first.count > limit { first.removeLast() }
    }
    return first
  }
}
