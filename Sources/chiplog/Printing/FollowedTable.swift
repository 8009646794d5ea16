import Analysis
import Drawing
import LogFiles
import Platform
import Quantities
import QueryLanguage
import Timelines

/// Prints a result again whenever it changes, at most once a second, until every source has ended.
///
/// As text all of it, parted by empty lines; as JSON and CSV the rows that are new or have changed.
struct FollowedTable {
  private let printing: TablePrinting

  init(_ printing: TablePrinting) { self.printing = printing }

  func run(_ output: inout Output) throws -> Bool {
    let wakeUp = try WakeUp()
    let files = LogFileSet(options: printing.launch.files) { wakeUp.signal() }
    printing.launch.sources.forEach(files.open)
    defer { files.close() }
    files.waitUntilIndexed()
    printing.report(files.snapshot())
    let analyser = Analyser()
    var shown: ResultTable?
    var version = -1
    while true {
      let snapshot = files.snapshot()
      if snapshot.version != version {
        version = snapshot.version
        let plan = try PipelinePlan(printing.tree, context: printing.context(newest: Timeline(snapshot).span?.1))
        if let table = try analyser.run(plan, over: snapshot), table != shown {
          try print(printing.firstRows(of: table), after: shown, to: &output)
          shown = table
        }
      }
      if isOver(snapshot) { return shown.map(TablePrinting.hasFound) ?? false }
      if Polling.readable([wakeUp.descriptor], milliseconds: nil).first == true { wakeUp.clear() }
      // Whatever comes within a second comes out together.
      _ = Polling.readable([], milliseconds: 1000)
    }
  }

  private func print(_ table: ResultTable, after earlier: ResultTable?, to output: inout Output) throws(Output.Ending) {
    var fresh = table
    switch printing.printer.format {
    case .text, .table: if earlier != nil { output.buffer.append(10) }
    case .json, .csv:
      let known = Set(earlier?.rows ?? [])
      fresh.rows.removeAll(where: known.contains)
    }
    printing.printer.append(fresh, hasHeader: earlier == nil, to: &output.buffer)
    try output.flush()
  }

  private func isOver(_ snapshot: LogSnapshot) -> Bool {
    snapshot.version > 0
      && snapshot.files.allSatisfy { file in
        switch file.phase {
        case .ended, .failed: true
        default: false
        }
      }
  }
}
