import Analysis

/// A row of a result as it is shown.
public struct ResultRow: Equatable, Sendable {
  /// What stays the same when the result is computed anew: the keys of the row, and of the nodes above it.
  public struct Identity: Hashable, Sendable {
    /// The filter, or the key cells where there is none.
    var name: [Value]
    /// How many rows before it have the same name.
    var repetition: Int
  }

  /// Its index in the table.
  public var index: Int
  /// How deep it stands in a tree; 0 at the top.
  public var depth = 0
  /// For each level above it that is drawn, whether that node has a sibling further down; the last entry tells of the row
  /// itself. Empty at the top.
  public var branches: [Bool] = []
  /// How many rows its fold hides; 0 where nothing is folded.
  public var hidden = 0
  /// Whether there are rows inside it, folded or not.
  public var isParent = false
  /// What it is known by.
  public var identity: Identity
}

/// Puts rows in the order in which they are shown: sorted among their siblings, without what is folded. O(n log n)
enum ResultRows {
  static func arrange(
    _ table: ResultTable, sorting: ResultState.Sorting?, folded: Set<ResultRow.Identity> = []
  ) -> [ResultRow] {
    let identities = identities(of: table)
    var children: [[Int]] = Array(repeating: [], count: table.rows.count + 1)
    let root = table.rows.count
    var path: [(index: Int, depth: Int)] = []
    for (index, row) in table.rows.enumerated() {
      while let last = path.last, last.depth >= row.depth { path.removeLast() }
      children[path.last?.index ?? root].append(index)
      path.append((index, row.depth))
    }
    if let sorting {
      for index in children.indices where children[index].count > 1 {
        children[index] = sorted(children[index], table, by: sorting)
      }
    }
    var rows: [ResultRow] = []
    rows.reserveCapacity(table.rows.count)
    // A stack of its own: trees may be deeper than the one of the thread.
    var stack: [(index: Int, depth: Int, branches: [Bool])] = children[root].reversed().map { ($0, 0, []) }
    while let (index, depth, branches) = stack.popLast() {
      let inside = children[index]
      var row = ResultRow(
        index: index, depth: depth, branches: branches, isParent: !inside.isEmpty, identity: identities[index])
      if !inside.isEmpty, folded.contains(identities[index]) {
        row.hidden = count(below: index, children)
      } else {
        for (place, child) in inside.enumerated().reversed() {
          // No more than is drawn: a chain of a hundred thousand nodes would take their square.
          let drawn = Array(branches.suffix(TreeBranch.deepest - 1)) + [place < inside.count - 1]
          stack.append((child, depth + 1, drawn))
        }
      }
      rows.append(row)
    }
    return rows
  }

  private static func count(below index: Int, _ children: [[Int]]) -> Int {
    var count = 0
    var stack = children[index]
    while let index = stack.popLast() {
      count += 1
      stack += children[index]
    }
    return count
  }

  private static func identities(of table: ResultTable) -> [ResultRow.Identity] {
    let keys = table.columns.indices.filter { table.columns[$0].role != .value }
    var seen: [[Value]: Int] = [:]
    return table.rows.map { row in
      let name = row.filter.map { [.text($0)] } ?? keys.compactMap { $0 < row.cells.count ? row.cells[$0] : nil }
      defer { seen[name, default: 0] += 1 }
      return ResultRow.Identity(name: name, repetition: seen[name] ?? 0)
    }
  }

  /// Equal rows keep their order; what is absent comes last either way, and so does the row of all others.
  private static func sorted(_ indices: [Int], _ table: ResultTable, by sorting: ResultState.Sorting) -> [Int] {
    func cell(_ index: Int) -> Value {
      let cells = table.rows[index].cells
      return cells.indices.contains(sorting.column) ? cells[sorting.column] : .absent
    }
    let hasFilters = indices.contains { table.rows[$0].filter != nil }
    func isLast(_ index: Int) -> Bool { hasFilters && table.rows[index].filter == nil }
    return indices.enumerated().sorted { left, right in
      if isLast(left.element) != isLast(right.element) { return isLast(right.element) }
      let (a, b) = (cell(left.element), cell(right.element))
      if (a == .absent) != (b == .absent) { return b == .absent }
      switch ValueOrder.compare(a, b) {
      case .less: return !sorting.isDescending
      case .greater: return sorting.isDescending
      case .same: return left.offset < right.offset
      }
    }.map(\.element)
  }
}
