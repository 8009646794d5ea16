import LogFiles
import Quantities
import QueryLanguage
import Timelines

/// What to look for along the log, and in how many rows.
public struct MinimapRequest: Equatable, Sendable {
  /// The view to look through.
  public var view: Int
  /// Rows of the scroll bar.
  public var rows: Int
  /// What selects the records and what is marked among them: as long as it stays the same, an older map is nearly right.
  public var subject: Subject
  /// The search that is marked; nil without one, or where the query language cannot spell it.
  public var search: CompiledFilter?

  /// What a map is of.
  public struct Subject: Equatable, Sendable {
    /// What selects records; only that part of the options.
    var filter: String
    var showsOnlyMatches: Bool
    var context: Int
    var hidden: Set<FileID>
    /// The text of the search; empty without one.
    var search: String
  }

  /// Whether matches of the filter are marked: they are worth it only among other records.
  public var marksFilter: Bool { !subject.filter.isEmpty && !subject.showsOnlyMatches }

  /// Whether both ask for the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.view == right.view && left.rows == right.rows && left.subject == right.subject
  }
}

/// The scroll bar at the right edge of the log, and the marks in it.
extension State {
  /// The narrowest screen that has room for a scroll bar.
  static let scrollBarColumns = 60
  /// The least time between two maps of a log that grows.
  static let minimapPause = TimeSpan.seconds(Int64(1))

  /// Whether the log has a scroll bar: not on narrow screens, and not where all records fit.
  public var showsScrollBar: Bool {
    size.columns >= Self.scrollBarColumns && size.rows >= 8 && view.count > size.rows && !showsResult
  }

  private var minimapSubject: MinimapRequest.Subject {
    let isSearching = search.isHighlighted && prompt?.kind != .search
    return .init(
      filter: options.filter, showsOnlyMatches: options.showsOnlyMatches, context: options.context,
      hidden: options.hidden, search: isSearching ? search.text ?? "" : "")
  }

  /// The marks to draw; nil while those at hand are of something else.
  public var shownMinimap: Minimap? {
    logPane.minimap.flatMap { $0.request.subject == minimapSubject ? $0 : nil }
  }

  /// When the map of a growing log is due; nil if it is up to date.
  var nextMinimap: Timestamp? {
    guard showsScrollBar, let asked = logPane.requestedMinimap, asked.view != view.id else { return nil }
    return logPane.minimapAsked + Self.minimapPause
  }

  /// Asks for a map of what is shown, if it is not the one asked for last: at once where it is of something else, once a
  /// second where only new records came.
  mutating func refreshMinimap() -> [Effect] {
    guard showsScrollBar, !view.isFiltering, prompt?.kind != .search else { return [] }
    let subject = minimapSubject
    let request = MinimapRequest(
      view: view.id, rows: layout.log.size.rows, subject: subject, search: subject.search.isEmpty ? nil : search.filter)
    if let last = logPane.requestedMinimap {
      if last == request { return [] }
      let isSame = last.subject == subject && last.rows == request.rows
      if isSame, now - logPane.minimapAsked < Self.minimapPause, now >= logPane.minimapAsked { return [] }
    }
    logPane.requestedMinimap = request
    logPane.minimapAsked = now
    return [.drawMinimap(request)]
  }

  mutating func take(_ minimap: Minimap) -> [Effect] {
    if minimap.request == logPane.requestedMinimap { logPane.minimap = minimap }
    return []
  }
}
