import Quantities
import Records
import Timelines

/// Moving the cursor and the scroll.
extension State {
  /// How many records a window holds before and after its anchor: about three screens in all.
  var reach: Int { max(20, layout.log.size.rows * 3 / 2) }

  // MARK: Requests

  /// Asks for a window; a request that has not been answered is forgotten.
  mutating func request(
    _ anchor: WindowRequest.Anchor, delta: Int = 0, movesCursor: Bool, placement: WindowRequest.Placement = .visible
  ) -> [Effect] {
    log.requestCount += 1
    let request = WindowRequest(
      id: log.requestCount, anchor: anchor, delta: delta, reach: reach, movesCursor: movesCursor, placement: placement,
      fold: options.repeats)
    log.pending = request
    return [.fetchWindow(request)]
  }

  /// Goes far: remembers the place, pauses following, and asks for the window there.
  mutating func jump(_ anchor: WindowRequest.Anchor, placement: WindowRequest.Placement = .visible) -> [Effect] {
    if let place = log.place { jumps.leave(place) }
    log.leftTheEnd = follow.isFollowing
    pause()
    return request(anchor, movesCursor: true, placement: placement)
  }

  /// Goes far, to a known place.
  mutating func jump(to place: Place) -> [Effect] { jump(.position(place.position, time: place.time)) }

  // MARK: Following

  /// Stops sticking to the end.
  mutating func pause() {
    guard follow.isFollowing else { return }
    // The part of the axis that moved along stays where it is.
    if options.zoom != nil { options.zoom = axis }
    follow.isFollowing = false
    follow.countAtPause = view.count
  }

  /// Records that came since following was paused.
  public var newRecordCount: Int { follow.isFollowing ? 0 : max(0, view.count - follow.countAtPause) }

  /// Goes to the end and stays there.
  mutating func resumeFollowing() -> [Effect] {
    if !follow.isFollowing, let place = log.place { jumps.leave(place) }
    follow.isFollowing = true
    var effects = request(.end, movesCursor: true, placement: .bottom)
    effects += refreshAxis()
    return effects
  }

  // MARK: Steps

  /// Moves by whole records; beyond the window it asks for another.
  mutating func moveRecords(by count: Int) -> [Effect] {
    if count < 0 { pause() }
    if var pending = log.pending, pending.movesCursor {
      pending.delta += count
      return request(pending.anchor, delta: pending.delta, movesCursor: true, placement: pending.placement)
    }
    guard let index = log.cursorIndex, let row = log.cursorRow else { return [] }
    let (target, overflow) = index.addingReportingOverflow(count)
    if !overflow, log.window.rows.indices.contains(target) {
      setCursor(index: target, line: 0)
    } else if count < 0, log.window.firstRank == 0 {
      setCursor(index: 0, line: 0)
    } else if count > 0, windowReachesEnd {
      setCursor(index: log.window.rows.count - 1, line: 0)
    } else {
      return request(.position(row.position, time: row.time), delta: count, movesCursor: true)
    }
    keepCursorVisible()
    return refill()
  }

  /// Moves by lines of the screen: in raw form the lines of a record are stops, in columns whole records are.
  mutating func moveLines(by count: Int) -> [Effect] {
    guard hasLineStops, log.pending?.movesCursor != true, let index = log.cursorIndex else {
      return moveRecords(by: count)
    }
    if count < 0 { pause() }
    let (target, rest) = advance(index, log.cursorLine, by: count)
    if rest != 0, !(rest < 0 && log.window.firstRank == 0), !(rest > 0 && windowReachesEnd) {
      return moveRecords(by: count)
    }
    setCursor(index: target.index, line: target.line)
    keepCursorVisible()
    return refill()
  }

  /// Scrolls by lines of the screen and takes the cursor along, as pagers do.
  mutating func scroll(by count: Int) -> [Effect] {
    guard log.pending?.movesCursor != true, let cursor = log.cursorIndex,
      let top = log.top.flatMap(log.window.index(of:))
    else { return moveRecords(by: count) }
    let (newTop, topRest) = advance(top, log.topLine, by: count)
    let (newCursor, cursorRest) = advance(cursor, log.cursorLine, by: count)
    let isShort = cursorRest != 0 || topRest != 0
    if isShort, !(count < 0 && log.window.firstRank == 0), !(count > 0 && windowReachesEnd) {
      return moveRecords(by: count)
    }
    if count < 0 { pause() }
    log.top = log.window.rows[newTop.index].position
    log.topLine = newTop.line
    setCursor(index: newCursor.index, line: hasLineStops ? newCursor.line : 0)
    keepCursorVisible()
    return refill()
  }

  /// Goes sideways.
  mutating func scrollSideways(by columns: Int) -> [Effect] {
    guard !options.wraps else { return say("lines are wrapped; w ends it") }
    log.horizontalOffset = min(max(0, log.horizontalOffset + columns), 1 << 20)
    return []
  }

  /// Whether the lines within a record are stops of the cursor.
  var hasLineStops: Bool { !usesColumns || options.wraps }

  /// Whether the window holds the last record shown.
  var windowReachesEnd: Bool { log.window.reachesEnd }

  /// Walks `count` lines of the screen from a line of a record; the rest is what the window did not have.
  private func advance(_ index: Int, _ line: Int, by count: Int) -> (target: (index: Int, line: Int), rest: Int) {
    let composer = RowComposer(self)
    func height(_ index: Int) -> Int { max(1, composer.lines(of: log.window.rows[index]).count) }
    var (index, line, rest) = (index, min(line, height(index) - 1), count)
    while rest > 0 {
      let left = height(index) - 1 - line
      if rest <= left { return ((index, line + rest), 0) }
      guard index + 1 < log.window.rows.count else { return ((index, line + left), rest - left) }
      rest -= left + 1
      index += 1
      line = 0
    }
    while rest < 0 {
      if -rest <= line { return ((index, line + rest), 0) }
      guard index > 0 else { return ((0, 0), rest + line) }
      rest += line + 1
      index -= 1
      line = height(index) - 1
    }
    return ((index, line), 0)
  }

  private mutating func setCursor(index: Int, line: Int) {
    log.cursor = log.window.rows[index].position
    log.cursorLine = line
    log.home = nil
    if detail.isOpen {
      detail.selected = min(detail.selected, max(0, detailItems.count - 1))
      detail.scroll = 0
    }
  }

  // MARK: Scroll

  /// Scrolls as little as possible so that the cursor is on the screen; to its middle if it was far away.
  mutating func keepCursorVisible(placement: WindowRequest.Placement = .visible, isFar: Bool = false) {
    guard let cursor = log.cursorIndex else {
      log.top = nil
      log.topLine = 0
      return
    }
    let height = max(1, layout.log.size.rows)
    let lines = max(1, lines(of: log.window.rows[cursor]).count)
    log.cursorLine = hasLineStops ? min(log.cursorLine, lines - 1) : 0
    let last = hasLineStops ? log.cursorLine : min(lines - 1, height - 1)
    switch placement {
    case .top: setTop(cursor, log.cursorLine)
    case .bottom: setTop(showing: cursor, last, inRow: height - 1)
    case .visible:
      guard let top = log.top.flatMap(log.window.index(of:)), !isFar else {
        setTop(showing: cursor, log.cursorLine, inRow: height / 2)
        break
      }
      if (cursor, log.cursorLine) < (top, log.topLine) {
        setTop(cursor, log.cursorLine)
      } else if !visibleRows(height: height).contains(.record(index: cursor, line: last)) {
        setTop(showing: cursor, last, inRow: height - 1)
      }
    }
    fillLastPage(height)
  }

  /// At the end of the log the last record stands in the last row.
  private mutating func fillLastPage(_ height: Int) {
    guard windowReachesEnd, visibleRows(height: height).count < height else { return }
    let last = log.window.rows.count - 1
    setTop(showing: last, max(0, lines(of: log.window.rows[last]).count - 1), inRow: height - 1)
  }

  private mutating func setTop(_ index: Int, _ line: Int) {
    log.top = log.window.rows[index].position
    log.topLine = line
  }

  /// Scrolls so that a line of a record stands in `row`, or as far down as there are records above it.
  private mutating func setTop(showing index: Int, _ line: Int, inRow row: Int) {
    let composer = RowComposer(self)
    let rows = log.window.rows
    var (topIndex, topLine) = (index, line)
    var used = spansDays ? 1 : 0
    while used < row {
      if topLine > 0 {
        topLine -= 1
        used += 1
        continue
      }
      guard topIndex > 0 else { break }
      let dividers = dividers(between: rows[topIndex - 1], and: rows[topIndex]).count
      guard used + dividers + 1 <= row else { break }
      used += dividers + 1
      topIndex -= 1
      topLine = max(1, composer.lines(of: rows[topIndex]).count) - 1
    }
    setTop(topIndex, topLine)
  }

  /// Asks for the same rows in another form.
  mutating func refetch() -> [Effect] {
    if let pending = log.pending, pending.movesCursor {
      return request(pending.anchor, delta: pending.delta, movesCursor: true, placement: pending.placement)
    }
    if follow.isFollowing { return request(.end, movesCursor: true, placement: .bottom) }
    guard let row = log.cursorRow else { return [] }
    return request(.position(row.position, time: row.time), movesCursor: true)
  }

  /// Asks for more rows when the cursor comes near the edge of the window.
  mutating func refill() -> [Effect] {
    guard log.pending == nil, let index = log.cursorIndex, let row = log.cursorRow else { return [] }
    let margin = layout.log.size.rows
    let lacksAbove = index < margin && log.window.firstRank > 0
    let lacksBelow = log.window.rows.count - index <= margin && !windowReachesEnd
    guard lacksAbove || lacksBelow else { return [] }
    // Folded, a window around the cursor may be all that can be read at once.
    if log.window.request.fold != .none, log.window.anchor == index { return [] }
    return request(.position(row.position, time: row.time), movesCursor: false)
  }
}
