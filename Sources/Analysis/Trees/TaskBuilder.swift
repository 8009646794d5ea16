import QueryLanguage
import Quantities

/// Builds the actions of an eliot task from the levels of its messages, as eliot.parse and eliot-tree do.
///
///     [1]      web:request started     web:request/1
///     [2]      web:note                  web:note/2
///     [3, 1]   db:query started          db:query/3/1
///     [3, 2]   db:query succeeded          db:query/3/2
///     [4]      web:request succeeded     web:request/4 below web:request/1
///
/// The action at `[3]` is shown at its first message; its last one stands below it like the others. Actions of which no record
/// tells the beginning have no name.
struct TaskBuilder {
  let records: [TreeRecord]
  /// The test that finds the records of the trace.
  let trace: String?
  let root: Int

  private struct Message {
    var level: [Int]
    var record: Int
    /// Whether it ends its action.
    var isEnd: Bool
  }

  /// An action of which not all messages have been seen.
  private struct Action {
    var prefix: [Int]
    var node: Int
    /// Its last message, which comes after all others.
    var end: Int?
  }

  /// Builds the messages that `members` are the numbers of.
  func build(_ members: [Int], in forest: inout Forest) {
    var messages: [Message] = []
    for index in members {
      guard case .task(let level) = records[index].place else { continue }
      let status = records[index].status
      messages.append(Message(level: level, record: index, isEnd: status == "succeeded" || status == "failed"))
    }
    messages.sort {
      if $0.level == $1.level { return $0.record < $1.record }
      return $0.level.lexicographicallyPrecedes($1.level)
    }
    // Levels that no message begins are few, unless somebody makes them up.
    var unnamed = messages.count + 1000
    var open: [Action] = []
    for message in messages {
      // A message outside all actions is a task of its own.
      if message.level == [1], records[message.record].status == nil, open.isEmpty {
        insert(message.record, under: root, in: &forest)
        continue
      }
      let prefix = message.level.dropLast()
      while let last = open.last, !prefix.starts(with: last.prefix) { close(open.removeLast(), in: &forest) }
      while (open.last?.prefix.count ?? -1) < prefix.count - 1, unnamed > 0 {
        unnamed -= 1
        begin(Array(prefix.prefix((open.last?.prefix.count ?? -1) + 1)), nil, &open, in: &forest)
      }
      if open.last?.prefix.count != prefix.count {
        let isStart = records[message.record].status == "started"
        begin(Array(prefix), isStart ? message.record : nil, &open, in: &forest)
        if isStart { continue }
      }
      if message.isEnd, open[open.count - 1].end == nil {
        open[open.count - 1].end = message.record
      } else {
        insert(message.record, under: open[open.count - 1].node, in: &forest)
      }
    }
    while let last = open.popLast() { close(last, in: &forest) }
  }

  private func begin(_ prefix: [Int], _ start: Int?, _ open: inout [Action], in forest: inout Forest) {
    var node = TreeNode(TreeNode.unnamed, at: forest.nodes[root].moment)
    if let start { node = TreeNode(records[start]) }
    node.filter = filter(prefix)
    open.append(Action(prefix: prefix, node: forest.insert(node, under: open.last?.node ?? root)))
  }

  private func close(_ action: Action, in forest: inout Forest) {
    guard let end = action.end else { return }
    let start = forest.nodes[action.node].start
    insert(end, under: action.node, in: &forest)
    guard forest.nodes[action.node].name != TreeNode.unnamed, let start, let stamp = records[end].stamp else { return }
    forest.update(action.node) { $0.duration = Double((stamp - start).nanoseconds) }
  }

  private func insert(_ record: Int, under parent: Int, in forest: inout Forest) {
    var node = TreeNode(records[record])
    if case .task(let level) = records[record].place { node.filter = filter(level) }
    forest.insert(node, under: parent)
  }

  /// The tests for all that stands at a level and below it.
  private func filter(_ level: [Int]) -> String? {
    guard let trace, level.count <= 32 else { return nil }
    let steps = level.enumerated().compactMap { index, number in
      RowFilter.test(
        FieldName(steps: [.member("task_level"), .element(index)]), equals: .integer(Int64(number)))
    }
    return ([trace] + steps).joined(separator: " ")
  }
}
