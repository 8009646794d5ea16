import Drawing
import LogFiles
import Quantities
import Records
import Timelines

/// How rows are presented: decided from options and sources, read by composer and views.
extension State {
  /// Whether records are shown in columns (JSON, logfmt, several files; or chosen).
  public var usesColumns: Bool {
    switch options.form {
    case .raw: false
    case .columns: true
    case .automatic:
      shownFiles.count > 1 || (log.window.rows.first?.isStructured ?? false)
        || (shownFiles.first.flatMap { columns(ofFormat: $0.format, path: $0.name) } != nil)
        // As written, the times would not be those that count.
        || shownFiles.contains { $0.clockOffset != .zero }
    }
  }

  /// The sources that are not hidden.
  public var shownFiles: [FileStatus] { summary.files.filter { !options.hidden.contains($0.file) } }

  /// Whether rows name their source.
  public var showsSourceColumn: Bool { shownFiles.count > 1 }

  /// Columns of the source's name.
  public var sourceWidth: Int {
    let widest = shownFiles.map { CharacterWidth.columns(of: $0.shortName) }.max() ?? 0
    return min(widest, max(8, size.columns / 6))
  }

  /// The zone that times on the screen are in; the header names it.
  public var screenZone: Zone {
    switch options.zone {
    case .utc: .utc
    case .local: settings.displayZone
    case .written:
      switch view.writtenOffset {
      case .none, .mixed: settings.displayZone
      case .seconds(let offset): offset == 0 ? .utc : Zone(fixedOffset: offset)
      }
    }
  }

  /// The time column of a row; nil if there is none. Empty for a record of a file without times.
  public func timeText(of row: LogRow) -> String? {
    let isTimeless = summary.status(of: row.source).map { !$0.hasTimes } ?? false
    switch options.timeColumn {
    case .off: return nil
    case _ where isTimeless: return "no time"
    case .time: return TimeText.clock(screenZone.civilTime(at: row.time))
    case .date:
      let time = screenZone.civilTime(at: row.time)
      return TimeText.date(time) + " " + TimeText.clock(time)
    case .relative:
      if follow.isFollowing && summary.isLive { return TimeText.relative(row.time - now) }
      return TimeText.relative(row.time - (log.cursorRow?.time ?? now))
    case .sinceMark:
      let text = bookmarks.reference.map { TimeText.delta(row.time - $0.time) } ?? ""
      return String(repeating: " ", count: max(0, timeWidth - text.utf8.count)) + text
    }
  }

  /// Columns of the time column.
  public var timeWidth: Int {
    if summary.files.allSatisfy({ !$0.hasTimes }) { return 7 }
    return switch options.timeColumn {
    case .time: 12
    case .date: 23
    case .relative: 7
    case .sinceMark: 13
    case .off: 0
    }
  }

  /// The lines of a row as they stand on the screen; at least one.
  public func lines(of row: LogRow) -> [RowLine] {
    let lines = RowComposer(self).lines(of: row)
    return lines.isEmpty ? [RowLine()] : lines
  }
}

/// The offset that the times of all files are written in.
public enum WrittenOffset: Equatable, Sendable {
  /// No stamp names one.
  case none
  /// All are written so many seconds east of UTC.
  case seconds(Int)
  /// They differ.
  case mixed
}
