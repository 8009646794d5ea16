import QueryLanguage
import Quantities

/// Builds the spans of a trace, and the records in them, from what records say of ids and parents.
///
/// A span is there once some record says its id. Spans whose parent is not there, and one of each circle of parents, stand directly
/// in the trace. A span of one record is one row; of several it has a row for each of them below it.
struct SpanBuilder {
  /// A span's name among those of its trace.
  private enum Key: Hashable {
    case id(String)
    case inside(Int?, TreeSpan)
  }

  private struct Span {
    var name: String?
    var parent: String?
    /// The span that it stands in.
    var outer: Int?
    var members: [Int] = []
    var inner: [Int] = []
    /// The tests that find its own records.
    var tests: [String] = []
    /// The first of its records and of those of the spans in it.
    var moment: Edge.Moment?
  }

  private let records: [TreeRecord]
  private let trace: String?
  private let root: Int
  private var spans: [Span] = []
  private var numbers: [Key: Int] = [:]
  /// Records that stand in no span.
  private var loose: [Int] = []
  /// Ids in the filter of a row, at most.
  private static let idLimit = 50
  /// Spans without ids around those that a filter finds.
  private static let depthLimit = 16

  /// Builds below `root`, whose records `trace` finds.
  init(records: [TreeRecord], trace: String?, root: Int) {
    self.records = records
    self.trace = trace
    self.root = root
  }

  /// Builds the records that `members` are the numbers of.
  mutating func build(_ members: [Int], in forest: inout Forest) {
    for index in members { sort(index) }
    link(in: &forest)
    let order = outermostFirst()
    for number in order.reversed() {
      guard let outer = spans[number].outer, let moment = spans[number].moment else { continue }
      spans[outer].moment = min(spans[outer].moment ?? moment, moment)
    }
    insert(order, in: &forest)
  }

  /// Gives a record to its span.
  private mutating func sort(_ index: Int) {
    let record = records[index]
    var number: Int
    switch record.place {
    case .plain, .task:
      loose.append(index)
      return
    case .span(let identity, let parent):
      number = span(.id(identity.text), outer: nil)
      if spans[number].tests.isEmpty {
        spans[number].tests = RowFilter.test(identity.field, equals: .text(identity.text)).map { [$0] } ?? []
      }
      spans[number].name = spans[number].name ?? record.spanName
      spans[number].parent = spans[number].parent ?? parent
    case .path(let path):
      // The outermost span is the trace itself where no field tells it.
      var outer: Int?
      for (place, step) in path.enumerated().dropFirst(record.field == nil ? 1 : 0) {
        let count = spans.count
        number = span(.inside(outer, step), outer: outer)
        if spans.count > count {
          spans[number].name = step.label
          let around = outer.map { spans[$0].tests } ?? []
          let isLost = place >= Self.depthLimit || (around.isEmpty && outer != nil)
          spans[number].tests = isLost ? [] : step.tests(at: place) + around
        }
        outer = number
      }
      guard let innermost = outer else {
        loose.append(index)
        return
      }
      number = innermost
    }
    spans[number].members.append(index)
    spans[number].moment = min(spans[number].moment ?? record.moment, record.moment)
  }

  private mutating func span(_ key: Key, outer: Int?) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = spans.count
    spans.append(Span(outer: outer))
    return spans.count - 1
  }

  /// Finds the spans that spans stand in, and opens circles.
  private mutating func link(in forest: inout Forest) {
    for number in spans.indices {
      guard let parent = spans[number].parent else { continue }
      spans[number].outer = numbers[.id(parent)]
      // Parents of all zeros are how some say that there is none.
      if spans[number].outer == nil, parent.contains(where: { $0 != "0" }) { forest.orphans += 1 }
    }
    // The walk outwards that came by a span first: to meet one's own is a circle.
    var walks = [Int](repeating: -1, count: spans.count)
    for start in spans.indices {
      var place = start
      while walks[place] < 0, let outer = spans[place].outer {
        walks[place] = start
        if walks[outer] == start {
          spans[place].outer = nil
          forest.cycles += 1
          break
        }
        place = outer
      }
      walks[place] = max(walks[place], start)
    }
    for number in spans.indices { if let outer = spans[number].outer { spans[outer].inner.append(number) } }
  }

  private func outermostFirst() -> [Int] {
    var order = spans.indices.filter { spans[$0].outer == nil }
    var next = 0
    while next < order.count {
      order += spans[order[next]].inner
      next += 1
    }
    return order
  }

  // MARK: Nodes

  /// A child of a node: a span, or a record by itself.
  private enum Child {
    case span(Int)
    case record(Int)
  }

  private func moment(_ child: Child) -> Edge.Moment? {
    switch child {
    case .span(let number): spans[number].moment
    case .record(let index): records[index].moment
    }
  }

  private mutating func insert(_ order: [Int], in forest: inout Forest) {
    let filters = self.filters(order)
    let outermost = order.filter { spans[$0].outer == nil }
    var open: [(children: [Child], node: Int, tests: [String])] = []
    open.append((outermost.map(Child.span) + loose.map(Child.record), root, []))
    while let (children, node, tests) = open.popLast() {
      let sorted = children.map { (moment($0), $0) }.sorted { left, right in
        guard let first = left.0, let second = right.0 else { return right.0 == nil && left.0 != nil }
        return first < second
      }
      for (_, child) in sorted {
        switch child {
        case .record(let index):
          var leaf = TreeNode(records[index])
          leaf.filter = filter(tests + time(of: records[index]))
          forest.insert(leaf, under: node)
        case .span(let number):
          let made = forest.insert(self.node(number, filters[number]), under: node)
          let own = spans[number].members.count == 1 ? [] : spans[number].members
          open.append((spans[number].inner.map(Child.span) + own.map(Child.record), made, spans[number].tests))
        }
      }
    }
  }

  private func node(_ number: Int, _ filter: String?) -> TreeNode {
    let span = spans[number]
    var node = TreeNode(
      span.name ?? "", at: span.moment ?? Edge.Moment(stamp: .min, file: 0, generation: 0, offset: 0))
    if span.members.count == 1 {
      let record = records[span.members[0]]
      node.take(record)
      if span.name == nil {
        node.name = record.name
      } else if !record.name.isEmpty, record.name != span.name {
        node.name += ": " + record.name
      }
    }
    if node.name.isEmpty, let first = span.members.first, case .span(let identity, _) = records[first].place {
      node.name = identity.text
    }
    node.filter = filter
    return node
  }

  /// What finds the records of each span and of those in it.
  private func filters(_ order: [Int]) -> [String?] {
    var ids = spans.map { $0.members.isEmpty ? [] : $0.tests }
    var isComplete = spans.map { !$0.tests.isEmpty }
    for number in order.reversed() {
      guard let outer = spans[number].outer, spans[number].parent != nil else { continue }
      isComplete[outer] = isComplete[outer] && isComplete[number]
      if isComplete[outer] { ids[outer] += ids[number] }
      if ids[outer].count > Self.idLimit { isComplete[outer] = false }
      if !isComplete[outer] { ids[outer] = [] }
    }
    return spans.indices.map { number in
      guard isComplete[number] else { return nil }
      // What stands in spans without ids is found by the spans around it.
      if spans[number].parent == nil, spans[number].inner.allSatisfy({ spans[$0].parent == nil }) {
        return filter(spans[number].tests)
      }
      return filter(ids[number].count == 1 ? ids[number] : ["(" + ids[number].joined(separator: " or ") + ")"])
    }
  }

  private func filter(_ tests: [String]) -> String? {
    guard let trace else { return nil }
    return ([trace] + tests).joined(separator: " ")
  }

  private func time(of record: TreeRecord) -> [String] {
    record.stamp.flatMap { RowFilter.test(FieldName(steps: [.member("time")]), equals: .time($0)) }.map { [$0] } ?? []
  }
}
