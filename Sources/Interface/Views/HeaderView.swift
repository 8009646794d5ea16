import Drawing
import LogFiles
import Quantities
import Themes

/// The top row: what is open, how much of it, from when to when, and whether it is live.
enum HeaderView {
  static func draw(on canvas: inout Canvas) {
    guard let rect = canvas.layout.header else { return }
    canvas.fill(rect, .header)
    let right = rightSide(canvas)
    let rightColumns = right.reduce(0) { $0 + $1.columns }
    let room = rect.size.columns - 2
    let rightStart = max(1, rect.endColumn - 1 - rightColumns)
    canvas.put(right, column: rightStart, row: rect.row, maxColumns: room)

    let leftRoom = rightStart - 3
    guard leftRoom >= 4 else { return }
    var pieces: [Canvas.Piece] = []
    var used = 0
    for (index, piece) in leftSide(canvas).enumerated() {
      let gap = index == 0 ? 0 : 2
      if index == 0 {
        let text = canvas.fittedEnd(piece.text, leftRoom)
        pieces.append(.init(text, piece.role))
        used = CharacterWidth.columns(of: text)
      } else if used + gap + piece.columns <= leftRoom {
        pieces += [.init("  ", .header), piece]
        used += gap + piece.columns
      }
    }
    canvas.put(pieces, column: 1, row: rect.row, maxColumns: leftRoom)
  }

  // MARK: Left

  private static func leftSide(_ canvas: Canvas) -> [Canvas.Piece] {
    let state = canvas.state
    var pieces = [Canvas.Piece(title(state), .headerTitle)]
    if let note = noTimes(state) { return pieces + [.init(note, .headerWarning)] }
    let count = TimeText.grouped(state.view.totalCount)
    let known = state.summary.indexingProgress == nil ? "" : canvas.glyphs.atLeast
    pieces.append(.init("\(known)\(count) \(state.view.totalCount == 1 ? "record" : "records")", .header))
    if state.options.zoom != nil, let axis = state.axis {
      let span = SpanText.text(axis.from...max(axis.from, axis.to - .nanoseconds(1)), zone: state.screenZone)
      pieces.append(.init("zoom " + span, .headerPaused))
    } else if let span = state.view.span {
      pieces.append(.init(SpanText.text(span, zone: state.screenZone), .header))
    }
    return pieces
  }

  private static func title(_ state: State) -> String {
    let files = state.shownFiles
    guard let first = files.first else { return state.summary.files.isEmpty ? "chiplog" : "all sources hidden" }
    return files.count == 1 ? first.shortName : "\(first.shortName) +\(files.count - 1)"
  }

  /// What to say of a single file in which no times were found.
  private static func noTimes(_ state: State) -> String? {
    guard state.shownFiles.count == 1, let file = state.shownFiles.first, !file.hasTimes, file.recordCount > 0,
      state.summary.indexingProgress == nil
    else { return nil }
    return "no times found in \(TimeText.grouped(file.recordCount)) records; = chooses a format"
  }

  // MARK: Right

  private static func rightSide(_ canvas: Canvas) -> [Canvas.Piece] {
    let state = canvas.state
    var pieces = phase(canvas)
    let warnings = warningCount(state)
    if warnings > 0 {
      if !pieces.isEmpty { pieces.append(.init("  ", .header)) }
      pieces.append(.init("\(warnings) \(warnings == 1 ? "warning" : "warnings")", .headerWarning))
    }
    return pieces
  }

  private static func phase(_ canvas: Canvas) -> [Canvas.Piece] {
    let state = canvas.state
    if state.view.isFiltering {
      let found = canvas.glyphs.atLeast + TimeText.grouped(state.view.foundSoFar)
      return work("FILTERING", state.view.progress, canvas) + [.init("  " + found, .headerPaused)]
    }
    if state.showsResult, state.result.isRunning, state.result.finished == nil {
      return work("COMPUTING", state.result.progress, canvas)
    }
    if state.isSearchSlow {
      return work("SEARCHING", state.search.progress, canvas) + [.init("  Esc ends it", .header)]
    }
    if let progress = state.summary.indexingProgress { return work("INDEXING", progress, canvas) }
    if state.summary.files.isEmpty { return [] }
    if !state.summary.isLive { return [.init("END", .header)] }
    if state.follow.isFollowing { return [.init(canvas.glyphs.bullet + " LIVE", .headerLive)] }
    let new = max(0, state.view.count - state.follow.countAtPause)
    return [.init("PAUSED" + (new > 0 ? " +\(TimeText.grouped(new))" : ""), .headerPaused)]
  }

  /// What is done, how far it is, and the same as a bar where there is room.
  private static func work(_ name: String, _ fraction: Double, _ canvas: Canvas) -> [Canvas.Piece] {
    let pieces = [Canvas.Piece("\(name) \(percent(fraction))", .headerPaused)]
    guard canvas.state.size.columns >= ScreenLayout.wide - 40 else { return pieces }
    return [.init(bar(fraction, canvas.glyphs) + " ", .progress)] + pieces
  }

  /// A bar of eight cells.
  private static func bar(_ fraction: Double, _ glyphs: GlyphSet) -> String {
    let done = Int((min(1, max(0, fraction)) * 8).rounded(.down))
    let (full, empty) = glyphs == .unicode ? ("━", "╌") : ("#", ".")
    return String(repeating: full, count: done) + String(repeating: empty, count: 8 - done)
  }

  private static func percent(_ fraction: Double) -> String { "\(Int(min(1, max(0, fraction)) * 100))%" }

  private static func warningCount(_ state: State) -> Int {
    let failed = state.summary.files.count { if case .failed = $0.phase { true } else { false } }
    let notes = state.summary.files.reduce(0) { $0 + $1.notes.count }
    return failed + notes + state.mistakes.count
  }
}

/// A stretch of time as text.
enum SpanText {
  /// `14:00-14:20 UTC`, `2026-03-13 23:59 to 03-14 00:10 UTC`, `2025-12-01 to 2026-03-14 UTC`.
  static func text(_ span: ClosedRange<Timestamp>, zone: Zone) -> String {
    let (first, last) = (zone.civilTime(at: span.lowerBound), zone.civilTime(at: span.upperBound))
    let name = zone.abbreviation(at: span.upperBound)
    let isOneDay = (first.year, first.month, first.day) == (last.year, last.month, last.day)
    if isOneDay {
      let digits = span.upperBound - span.lowerBound < .seconds(Int64(120)) ? 8 : 5
      return "\(TimeText.clock(first).prefix(digits))-\(TimeText.clock(last).prefix(digits)) \(name)"
    }
    let isLong = span.upperBound - span.lowerBound > .days(3)
    func text(_ time: CivilTime) -> String {
      TimeText.date(time) + (isLong ? "" : " " + TimeText.clock(time).prefix(5))
    }
    let isOneYear = first.year == last.year
    let end = isOneYear ? String(text(last).dropFirst(5)) : text(last)
    return "\(text(first)) to \(end) \(name)"
  }
}
