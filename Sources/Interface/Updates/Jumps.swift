import LogFiles
import Quantities
import Records
import Timelines

/// Going to lines, levels, bookmarks and places visited.
extension State {
  /// Goes to a line of the file under the cursor; nil without a number.
  mutating func goToLine(_ number: Int?) -> [Effect]? {
    guard let number else { return nil }
    guard let file = log.cursorRow?.source ?? summary.files.first?.file else { return say("there are no records") }
    return jump(.line(file, LineNumber(max(1, number))))
  }

  mutating func goToLevel(_ level: Level, below: Level?, forward: Bool, times: Int) -> [Effect] {
    guard let place = log.heading else { return say("there are no records") }
    // One under way is not forgotten: its steps and these add up.
    if case .level(let from, let time, level, below, forward, let count)? = log.pending?.anchor {
      return request(
        .level(
          from: from, time: time, atLeast: level, below: below, forward: forward, count: min(count + times, 1 << 40)),
        movesCursor: true)
    }
    return jump(
      .level(from: place.position, time: place.time, atLeast: level, below: below, forward: forward, count: times))
  }

  mutating func goToBookmark(forward: Bool) -> [Effect] {
    guard !bookmarks.marks.isEmpty else { return say("there are no bookmarks; m sets one") }
    guard let current = log.heading else { return say("there are no records") }
    let places = bookmarks.marks.map(\.place)
    func isAfter(_ left: Place, _ right: Place) -> Bool {
      (left.time, left.position.file, left.position.offset) > (right.time, right.position.file, right.position.offset)
    }
    let found = forward ? places.first { isAfter($0, current) } : places.last { isAfter(current, $0) }
    guard let found else { return say(forward ? "no bookmark below" : "no bookmark above") }
    return jump(to: found)
  }

  mutating func goBack() -> [Effect] {
    guard let current = log.place, let place = jumps.back(from: current) else { return say("no earlier place") }
    pause()
    return request(.position(place.position, time: place.time), movesCursor: true)
  }

  mutating func goForward() -> [Effect] {
    guard let current = log.place, let place = jumps.forward(from: current) else { return say("no later place") }
    pause()
    return request(.position(place.position, time: place.time), movesCursor: true)
  }

  /// `^C`: cancels work, else pauses following, else says how to leave.
  mutating func cancelWork() -> [Effect] {
    if let effects = cancelOutput() { return effects }
    if view.isFiltering {
      view.inFlight = nil
      var effects: [Effect] = [.cancel(.view)]
      while let earlier = undo.pop(differingFrom: options) {
        let isOther = earlier.selectsOtherRecords(than: options)
        options = earlier
        // What was zoomed since is not what is cancelled.
        if isOther { break }
      }
      if case .success(let compiled) = compile(options.filter) { setFilter(compiled) }
      // Also where nothing changed: the cancelled view may have been finished just now.
      effects += requestView(isNewSelection: true)
      say("cancelled; the filter before is in force")
      return effects
    }
    if showsResult, result.isRunning {
      result.isRunning = false
      result.finished = now
      say(result.table == nil ? "cancelled; Esc goes back to the log" : "cancelled; what was computed so far is shown")
      return [.cancel(.analysis)]
    }
    if search.inFlight != nil {
      search.inFlight = nil
      say("search cancelled")
      return [.cancel(.search)]
    }
    if landmark != nil {
      landmark = nil
      say("cancelled")
      return [.cancel(.landmarks)]
    }
    if follow.isFollowing, summary.isLive {
      pause()
      return say("paused; F follows again")
    }
    return say("q quits")
  }

  // MARK: Bookmarks

  mutating func toggleBookmark() -> [Effect] {
    guard let row = log.cursorRow, let place = log.place else { return say("there are no records") }
    let isMarked = bookmarks.toggle(place, text: row.firstText, line: row.line?.rawValue)
    let way = keyName(of: .note).map { ", \($0) writes a note" } ?? ""
    say(isMarked ? "bookmarked; ' lists the bookmarks\(way)" : "bookmark removed")
    return keepSession()
  }

  mutating func listBookmarks() -> [Effect] {
    guard !bookmarks.marks.isEmpty || !bookmarks.lines.isEmpty || !session.unplaced.isEmpty else {
      return say("there are no bookmarks; m sets one")
    }
    var items = bookmarks.marks.map { mark in
      let name = summary.status(of: mark.place.position.file)?.shortName ?? ""
      let line = mark.line.map { ":\($0)" } ?? ""
      let label = clockText(mark.place.time) + " " + name + line
      let detail = mark.note.isEmpty ? mark.text : mark.note + "  " + mark.text
      return (mark.place.time, Choice.Item(label: label, detail: detail, value: .place(mark.place)))
    }
    items += bookmarks.lines.map { line in
      (line, Choice.Item(label: "now line " + clockText(line), value: .time(line)))
    }
    // Kept for the day on which their file is there again.
    items += session.unplaced.map { mark in
      let detail = mark.note.isEmpty ? mark.spot.text : mark.note + "  " + mark.spot.text
      return (
        mark.spot.time, Choice.Item(label: clockText(mark.spot.time) + " not here", detail: detail, value: .nothing)
      )
    }
    items.sort { $0.0 < $1.0 }
    choice = Choice(.bookmarks, title: "bookmarks", items: items.map(\.1))
    return []
  }

  mutating func drawNowLine() -> [Effect] {
    bookmarks.draw(at: now)
    keepCursorVisible()
    return say("a line at " + clockText(now))
  }

  /// A time in the zone of the screen, without a fraction.
  func clockText(_ time: Timestamp) -> String { TimeText.clock(screenZone.civilTime(at: time), digits: 0) }
}
