import Metrics
import Quantities
import Timelines

/// What an earlier session with the same sources left, and what is made of it.
public struct SessionState: Sendable {
  /// What it left; nil where there was none, or it is not wanted.
  public var found: SavedSession?
  /// Whether its records are looked for, or have been.
  var isAsked = false
  /// Whether they were found.
  var isPlaced = false
  /// Bookmarks whose records are not in these files at the moment; they are kept.
  var unplaced: [SavedSession.Mark] = []
  /// The panels as the command line and the configuration have them.
  var launchedPanels: [PanelSpecification] = []
  /// Whether sessions are kept and come back (`--no-restore`, and what comes through a pipe, does not).
  public var isKept = false

  /// Nothing found, nothing kept.
  public init() {}
}

extension State {
  // MARK: Coming back

  /// Takes up what an earlier session left: panels at once, the rest when the records are known.
  mutating func restore(_ session: SavedSession) -> [Effect] {
    self.session.found = session
    self.session.isAsked = false
    self.session.isPlaced = false
    self.session.unplaced = session.marks
    bookmarks.draw(session.lines)
    var effects: [Effect] = []
    if let panels = session.panels, session.launchedPanels == self.session.launchedPanels,
      panels != self.panels.specifications
    {
      effects += takePanels(panels)
    }
    return effects + findSpots()
  }

  /// A set of sources was chosen from the list: what was left of it.
  mutating func takeSession(_ session: SavedSession?) -> [Effect] {
    if let session { return restore(session) }
    if opening == .restored { opening = nil }
    return []
  }

  /// Asks for the records of the session once every file is indexed.
  mutating func findSpots() -> [Effect] {
    guard let found = session.found, !session.isAsked, view.isIndexed, view.totalCount > 0 else { return [] }
    session.isAsked = true
    return [.findSpots(found.marks.map(\.spot) + [found.position].compactMap { $0 })]
  }

  /// The records of the session were looked for.
  mutating func takeSpots(_ places: [Place?]) -> [Effect] {
    guard let found = session.found else { return [] }
    session.unplaced = []
    session.isPlaced = true
    for (mark, place) in zip(found.marks, places) {
      if let place {
        bookmarks.restore(place, text: mark.spot.text, note: mark.note, line: mark.spot.line)
      } else {
        session.unplaced.append(mark)
      }
    }
    var said: [String] = []
    if !session.unplaced.isEmpty {
      let count = session.unplaced.count
      said.append("\(count) \(count == 1 ? "bookmark is" : "bookmarks are") not in these files now")
    }
    var effects: [Effect] = []
    let wasOpening = opening == .restored
    if wasOpening {
      opening = nil
      if found.position != nil, places.count > found.marks.count, let place = places[found.marks.count] {
        said.insert("back where the last session ended; \(keyName(of: .last) ?? "G") goes to the end", at: 0)
        pause()
        effects = request(.position(place.position, time: place.time), movesCursor: true)
      }
    }
    if wasOpening, effects.isEmpty, !follow.isFollowing {
      effects = request(.end, movesCursor: true, placement: .bottom)
    }
    if !found.query.isEmpty, options.query.isEmpty {
      said.append("its filter was \(found.query): \(keyName(of: .savedFilters) ?? ":") offers it")
    }
    if !said.isEmpty { say(said.joined(separator: "; ")) }
    return effects
  }

  // MARK: Keeping

  /// What is left for the next session with the same sources; nil where nothing is kept.
  public var sessionToKeep: SavedSession? {
    guard session.isKept, !settings.isSecure, !sources.named.isEmpty, !sources.named.contains("-") else { return nil }
    var kept = SavedSession(sources: sources.named, saved: now)
    if !follow.isFollowing, let row = log.cursorRow { kept.position = spot(of: row) }
    // Before they were looked for, marks are as they were found.
    kept.marks = bookmarks.marks.map { mark in
      let name = summary.status(of: mark.place.position.file)?.name ?? ""
      let spot = SavedSession.Spot(
        source: name, offset: mark.place.position.offset.rawValue, line: mark.line, time: mark.place.time,
        text: mark.text)
      return SavedSession.Mark(spot: spot, note: mark.note)
    }
    kept.marks += session.unplaced
    kept.lines = bookmarks.lines
    kept.query = options.query
    if panels.specifications != session.launchedPanels, !panels.areDefaults {
      kept.panels = panels.specifications
      kept.launchedPanels = session.launchedPanels
    }
    if let found = session.found, !session.isPlaced {
      // Left before the cursor could come back: the place stays as it was.
      if kept.position == nil { kept.position = found.position }
      if kept.query.isEmpty { kept.query = found.query }
    }
    return kept
  }

  private func spot(of row: LogRow) -> SavedSession.Spot {
    SavedSession.Spot(
      source: summary.status(of: row.source)?.name ?? "", offset: row.position.offset.rawValue,
      line: row.line?.rawValue, time: row.time, text: row.firstText)
  }

  /// Keeps the session now: bookmarks should survive also what ends without a word.
  mutating func keepSession() -> [Effect] { sessionToKeep.map { [.keepSession($0)] } ?? [] }
}
