import Foundation
import Testing

@testable import Analysis

/// Logs that eliot wrote, against what eliot-tree (24.0.0) shows of them, node for node.
@Suite struct EliotTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  /// A node as eliot-tree shows it.
  private struct Node {
    var depth: Int
    var name: String
    var status: String?
    /// In thousandths of a second.
    var duration: Double?
    var fields: [(name: String, value: String)] = []
  }

  /// Reads `    ├── db:query/3/1 ⇒ started 2026-11-22 12:41:44Z ⧖ 0.010s`; fields stand below their node.
  private func tasks(_ text: String) -> [String: [Node]] {
    var tasks: [String: [Node]] = [:]
    var task = ""
    for line in text.split(separator: "\n") {
      let characters = Array(line)
      var start = 0
      while start + 4 <= characters.count,
        ["│   ", "    ", "├── ", "└── "].contains(String(characters[start..<start + 4]))
      {
        start += 4
      }
      let isBranch = start > 0 && "├└".contains(characters[start - 4])
      let rest = String(characters[start...])
      if start == 0, rest.count == 36 {
        task = rest
        tasks[task] = [Node(depth: 0, name: rest)]
      } else if isBranch, let match = rest.wholeMatch(of: Self.line) {
        let node = Node(
          depth: start / 4, name: String(match.1), status: match.2.map(String.init),
          duration: match.3.flatMap { Double($0) })
        tasks[task]?.append(node)
      } else if isBranch, rest == "<unnamed>" {
        tasks[task]?.append(Node(depth: start / 4, name: rest))
      } else if isBranch, let match = rest.wholeMatch(of: #/([^:]+): (.*)/#), var nodes = tasks[task],
        nodes[nodes.count - 1].depth == start / 4 - 1
      {
        nodes[nodes.count - 1].fields.append((String(match.1), String(match.2)))
        tasks[task] = nodes
      }
    }
    return tasks
  }

  private static var line: Regex<(Substring, Substring, Substring?, Substring?)> {
    #/(\S+(?:/\d+)+)(?: ⇒ (\w+))? \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ(?: ⧖ ([\d.]+)s)?/#
  }

  private func compare(_ log: URL, _ tree: URL) throws {
    let expected = tasks(try String(contentsOf: tree, encoding: .utf8))
    let source = TreeLog(try String(contentsOf: log, encoding: .utf8))
    let table = source.table()
    let roots = table.rows.indices.filter { table.rows[$0].depth == 0 }
    #expect(roots.count == expected.count && !expected.isEmpty)
    for (place, root) in roots.enumerated() {
      let end = place + 1 < roots.count ? roots[place + 1] : table.rows.count
      let nodes = expected[ValueText.plain(table.rows[root].cells[0])] ?? []
      #expect(
        nodes.map { "\($0.depth) \($0.name)" }
          == (root..<end).map { "\(table.rows[$0].depth) \(ValueText.plain(table.rows[$0].cells[0]))" })
      for (row, node) in zip(root..<end, nodes) {
        #expect(ValueText.plain(table.cell(row, "status")) == node.status ?? "", "\(node.name)")
        if let duration = node.duration {
          #expect(abs((table.cell(row, "duration").magnitude ?? -1e9) / 1e9 - duration) < 0.0006, "\(node.name)")
        }
        let fields = ValueText.plain(table.cell(row, "fields"))
        for field in node.fields {
          let value = field.value.prefix { $0 != "⏎" }
          #expect(fields.contains("\(field.name)=\(value)"), "\(node.name)")
        }
      }
    }
    for row in table.rows {
      let filter = try #require(row.filter)
      #expect(try source.count(filter) == Int(row.cells[4].magnitude ?? -1), "\(filter)")
    }
  }

  @Test(arguments: ["tasks", "cut"]) func showsWhatEliotTreeShows(name: String) throws {
    let folder = Self.tests.appending(path: "Golden/eliot")
    try compare(folder.appending(path: name + ".log"), folder.appending(path: name + ".txt"))
  }

  @Test func showsWhatEliotTreeShowsOfTheSample() throws {
    let folder = Self.tests.appending(path: "../../shared/samples/eliot").standardized
    let log = folder.appending(path: "eliot.log")
    guard FileManager.default.fileExists(atPath: log.path) else {
      print("skipped: there are no shared samples")
      return
    }
    try compare(log, folder.appending(path: "eliot-tree.txt"))
  }

  @Test func takesLevelsThatMakeNoSense() {
    let deep = (0..<250).map { _ in "1" }.joined(separator: ",")
    let levels = [
      "[]", "[1,1]", "[1,1]", "[99999999999999999999999]", "\"x\"", "{}", "[[1]]", "[" + deep + "]", "[-1]", "[2,3,4]",
    ]
    let log = TreeLog(lines: levels.map { #"{"task_uuid":"u","task_level":\#($0),"message_type":"m","timestamp":1}"# })
    let table = log.table()
    #expect(table.cell(0, "count") == .integer(Int64(levels.count)))
    #expect(table.rows.filter { $0.depth > 240 }.isEmpty == false)
  }
}
