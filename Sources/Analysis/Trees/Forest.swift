import QueryLanguage
import Quantities

/// Builds the trees of records and makes rows of them. O(n log n) in the records, whatever their parents say; nothing recurses.
struct Forest {
  /// Nodes of all traces.
  private(set) var nodes: [TreeNode] = []
  private var roots: [Int] = []
  private let records: [TreeRecord]
  /// Spans whose parent is in no record, spans that stand in themselves.
  var orphans = 0
  var cycles = 0
  /// Rows stand no deeper: what shows them keeps something for each level of each row.
  static let depthLimit = 256

  /// Builds all; `records` are in their order.
  init(records: [TreeRecord]) {
    self.records = records
    nodes.reserveCapacity(records.count + 16)
    var numbers: [Trace: Int] = [:]
    var traces: [[Int]] = []
    for index in records.indices {
      let trace = Trace(field: records[index].field?.path, name: records[index].trace)
      if let number = numbers[trace] {
        traces[number].append(index)
      } else {
        numbers[trace] = traces.count
        traces.append([index])
      }
    }
    for members in traces { add(members) }
    addUp()
  }

  private struct Trace: Hashable {
    var field: String?
    var name: String
  }

  /// Builds one trace.
  private mutating func add(_ members: [Int]) {
    let first = records[members[0]]
    var root = TreeNode(first.trace, at: first.moment)
    var tests: [String] = []
    if let field = first.field {
      let text = first.trace
      tests = RowFilter.test(field, equals: .text(text)).map { [$0] } ?? []
    } else if case .path(let spans) = first.place {
      tests = spans[0].tests(at: 0)
    }
    root.filter = tests.isEmpty ? nil : tests.joined(separator: " ")
    let number = insert(root, under: nil)
    roots.append(number)
    var tasks: [Int] = []
    var spans: [Int] = []
    for index in members {
      if case .task = records[index].place { tasks.append(index) } else { spans.append(index) }
    }
    let filter = root.filter
    if !tasks.isEmpty {
      TaskBuilder(records: records, trace: filter, root: number).build(tasks, in: &self)
    }
    if !spans.isEmpty {
      var builder = SpanBuilder(records: records, trace: filter, root: number)
      builder.build(spans, in: &self)
    }
  }

  /// Puts a node last among the children of another.
  @discardableResult mutating func insert(_ node: TreeNode, under parent: Int?) -> Int {
    nodes.append(node)
    if let parent { nodes[parent].children.append(nodes.count - 1) }
    return nodes.count - 1
  }

  /// Counts a record as the node's own.
  mutating func take(_ record: TreeRecord, by node: Int) { nodes[node].take(record) }

  /// Changes a node.
  mutating func update(_ node: Int, _ body: (inout TreeNode) -> Void) { body(&nodes[node]) }

  /// The nodes from the roots down, each before its children, with their depths.
  private func preorder() -> [(node: Int, depth: Int)] {
    var order: [(node: Int, depth: Int)] = []
    order.reserveCapacity(nodes.count)
    var open = roots.reversed().map { (node: $0, depth: 0) }
    while let next = open.popLast() {
      order.append(next)
      for child in nodes[next.node].children.reversed() { open.append((child, next.depth + 1)) }
    }
    return order
  }

  /// Gives every node what stands below it, from the leaves up.
  private mutating func addUp() {
    for (node, _) in preorder().reversed() {
      for child in nodes[node].children { nodes[node].add(nodes[child]) }
    }
  }

  /// One row for each node.
  func table() -> ResultTable {
    let hasStatus = nodes.contains { $0.status != nil }
    let hasFields = nodes.contains { $0.fields != nil }
    var table = ResultTable(columns: ["name", "time", "duration", "level", "count"].map { .init($0) })
    table.columns[0].role = .key
    if hasStatus { table.columns.append(.init("status")) }
    if hasFields { table.columns.append(.init("fields")) }
    var deepest = 0
    for (number, depth) in preorder() {
      let node = nodes[number]
      var cells: [Value] = [
        .text(node.name), node.start.map(Value.time) ?? .absent, Self.duration(of: node),
        node.level.map(Value.level) ?? .absent, .integer(Int64(node.count)),
      ]
      if hasStatus { cells.append(node.status.map(Value.text) ?? .absent) }
      if hasFields { cells.append(node.fields.map(Value.text) ?? .absent) }
      table.rows.append(.init(cells, filter: node.filter, depth: min(depth, Self.depthLimit)))
      deepest = max(deepest, depth)
    }
    if deepest > Self.depthLimit {
      table.notes.append(
        "what stands deeper than \(Self.depthLimit) levels, down to \(deepest), is shown at that depth")
    }
    if orphans > 0 { table.notes.append("no record has the parent of \(Self.spans(orphans))") }
    if cycles > 0 { table.notes.append("\(Self.spans(cycles)) stood in themselves by way of their parents") }
    return table
  }

  private static func spans(_ count: Int) -> String { count == 1 ? "1 span" : "\(count) spans" }

  /// What it says that it took, else from its first record to the last.
  private static func duration(of node: TreeNode) -> Value {
    if let duration = node.duration { return .duration(duration) }
    guard node.count > 1, let start = node.start, let end = node.end else { return .absent }
    return .duration(Double((end - start).nanoseconds))
  }
}
