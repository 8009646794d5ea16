import Drawing
import LogFiles
import Quantities
import Timelines

/// What the records look like, and where one is among them.
extension State {
  mutating func cycleZone() -> [Effect] {
    let before = screenZone.name
    var effects = change { $0.zone = $0.zone.next }
    // A zone that looks the same as the one before would seem to be no change.
    if screenZone.name == before { effects += change { $0.zone = $0.zone.next } }
    say("zone: \(options.zone == .written ? "as written" : options.zone.rawValue) (\(screenZone.name))")
    return effects
  }

  /// `t`: the next form of the time column; that since the mark only where there is one.
  mutating func cycleTimeColumn() -> [Effect] {
    var next = options.timeColumn.next
    if next == .sinceMark, bookmarks.reference == nil { next = next.next }
    let effects = change { $0.timeColumn = next }
    let mark = next == .sinceMark ? bookmarks.reference.map { " at " + clockText($0.time) } ?? "" : ""
    say("time: \(next.rawValue)\(mark)")
    return effects
  }

  mutating func toggleColumns() -> [Effect] {
    let usedColumns = usesColumns
    let effects = change { $0.form = usedColumns ? .raw : .columns }
    say(usesColumns ? "in columns" : "as written")
    return effects
  }

  /// Says where the cursor is, and offers the formats.
  mutating func whereAmI() -> [Effect] {
    guard let row = log.cursorRow, let status = summary.status(of: row.source) else {
      return say("there are no records")
    }
    let line = row.line.map { "line \(TimeText.grouped($0.rawValue))" } ?? "line not known yet"
    let rank = log.cursorRank ?? 0
    let percent = view.count <= 1 ? 100 : rank * 100 / (view.count - 1)
    let zone = status.assumedZone.map { "zone \($0) assumed" } ?? "zone as written"
    let untimed =
      status.untimedCount > 0
      ? "  \(TimeText.grouped(status.untimedCount)) of \(TimeText.grouped(status.recordCount)) without a time" : ""
    say("\(status.name)  \(line)  \(percent)%  \(status.format)  \(zone)\(untimed)")
    choice = formatChoice(for: status)
    return []
  }

  func formatChoice(for status: FileStatus) -> Choice {
    var items = [
      Choice.Item(label: "detect", detail: "decide from the content", isMarked: !status.isForced, value: .text(""))
    ]
    items += settings.formats.map {
      .init(label: $0.name, detail: $0.summary, isMarked: status.format == $0.name, value: .text($0.name))
    }
    return Choice(.format(status.file), title: "format of \(status.shortName)", items: items)
  }
}
