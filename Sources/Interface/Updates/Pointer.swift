import Drawing
import Quantities

/// The mouse: clicks, drags over the time axis and along the scroll bar, the wheel.
extension State {
  mutating func take(_ event: MouseEvent) -> [Effect] {
    guard settings.usesMouse, prompt == nil, question == nil else { return [] }
    switch event.action {
    case .scrollUp: return wheel(event, -1)
    case .scrollDown: return wheel(event, 1)
    case .scrollLeft: return tilt(event, -1)
    case .scrollRight: return tilt(event, 1)
    case .press(0):
      let isDouble = pointer.takePress(event, at: now)
      pointer.release()
      return click(event, isDouble: isDouble)
    case .drag(0): return drag(to: event)
    case .release:
      pointer.release()
      return []
    default: return []
    }
  }

  // MARK: Clicks

  private mutating func click(_ event: MouseEvent, isDouble: Bool) -> [Effect] {
    if choice != nil || files != nil { return clickInList(event, isDouble: isDouble) }
    if help.isOpen { return [] }
    let layout = layout
    if let bar = layout.scrollBar, bar.contains(event) {
      focusedPane = .log
      pointer.isOnScrollBar = true
      return jump(.rank(rank(on: bar, at: event)))
    }
    if layout.log.contains(event) {
      return showsResult
        ? clickInResult(column: event.column, row: event.row, isDouble: isDouble)
        : click(row: event.row - layout.log.row, isDouble: isDouble)
    }
    if let row = axisRow(at: event) { return clickOnAxis(event, row: row) }
    if let rect = layout.detail, rect.contains(event) {
      focusedPane = .detail
      guard event.row > rect.row else { return [] }
      detail.selected = min(event.row - rect.row - 1 + detail.scroll, max(0, detailItems.count - 1))
      return isDouble && detail.form == .fields ? performInDetail(.topValues, count: nil) ?? [] : []
    }
    if let rect = layout.columnChooser, rect.contains(event) { return clickInColumns(event, rect, isDouble: isDouble) }
    if let rect = layout.sources, rect.contains(event) {
      focusedPane = .sources
      let index = event.row - rect.row - 1 + sourcesScroll(rows: rect.size.rows - 1)
      guard event.row > rect.row, summary.files.indices.contains(index) else { return [] }
      sources.selected = index
      return isDouble ? performInSources(.toggleSource, count: nil) ?? [] : []
    }
    return []
  }

  /// The first click chooses a column, the second shows or hides it.
  private mutating func clickInColumns(_ event: MouseEvent, _ rect: Rect, isDouble: Bool) -> [Effect] {
    focusedPane = .columns
    if isDouble { return performInColumns(.toggleColumn, count: nil) ?? [] }
    let index = event.row - rect.row - 1 + logPane.columns.firstShown(rows: rect.size.rows - 1)
    guard event.row > rect.row, logPane.columns.items.indices.contains(index) else { return [] }
    logPane.columns.selected = index
    return []
  }

  /// The first click chooses a row, the second opens its details.
  private mutating func click(row: Int, isDouble: Bool) -> [Effect] {
    focusedPane = .log
    let rows = visibleRows
    guard rows.indices.contains(row), case .record(let index, let line) = rows[row] else { return [] }
    pause()
    log.cursor = log.window.rows[index].position
    log.home = nil
    log.cursorLine = hasLineStops ? line : 0
    keepCursorVisible()
    return isDouble ? openDetails() : refill()
  }

  private mutating func clickInList(_ event: MouseEvent, isDouble: Bool) -> [Effect] {
    if let list = choice, list.purpose != .continuations {
      let layout = ChoiceLayout(list, size: size)
      guard layout.rect.contains(event) else {
        choice = nil
        return []
      }
      // The first click may have scrolled the list: the second takes what it chose.
      if isDouble { return performInChoice(.accept) }
      if let index = layout.item(atRow: event.row) { choice?.selected = index }
      return []
    }
    if let list = files, choice == nil {
      if isDouble { return performInFiles(.accept) }
      let index = FileChooserView.firstShown(list, size: size) + event.row - FileChooserView.listRow
      guard event.row >= FileChooserView.listRow, list.shown.indices.contains(index) else { return [] }
      files?.selected = index
    }
    return []
  }

  /// The record that a row of the scroll bar stands for; the last one for the last row.
  private func rank(on bar: Rect, at event: MouseEvent) -> Int {
    let row = min(max(0, event.row - bar.row), bar.size.rows - 1)
    return Int(Double(row) * Double(max(0, view.count - 1)) / Double(max(1, bar.size.rows - 1)))
  }

  // MARK: The time axis

  /// The row of the panels pane at a place: 0 for volume and axis, then the panels; nil elsewhere.
  private func axisRow(at event: MouseEvent) -> Int? {
    let layout = layout
    guard layout.axisColumns > 0, axis != nil else { return nil }
    if let panel = layout.panels.first(where: { $0.rect.contains(event) }) { return panel.index + 1 }
    return [layout.volume, layout.axis].contains { $0?.contains(event) ?? false } ? 0 : nil
  }

  /// The column of the axis that a place lies in, or the nearest one.
  private func axisColumn(at event: MouseEvent) -> Int {
    min(max(0, event.column - layout.axisColumn), layout.axisColumns - 1)
  }

  /// Over the bars the cursor goes there; on titles and numbers the panel is chosen.
  private mutating func clickOnAxis(_ event: MouseEvent, row: Int) -> [Effect] {
    guard let axis else { return [] }
    focusedPane = .panels
    if layout.axis?.contains(event) != true { panels.selected = row }
    guard (layout.axisColumn..<layout.axisColumn + layout.axisColumns).contains(event.column) else { return [] }
    let column = axisColumn(at: event)
    pointer.axisColumn = column
    let dropped = options.span == nil ? [] : change { $0.span = nil }
    if showsResult { return dropped + (isChartOverTime ? goToSlice(atColumn: event.column) : []) }
    return dropped + goTo(column: column, of: axis, width: layout.axisColumns)
  }

  /// A drag over the bars selects a span, as `Space` and `l` do.
  private mutating func drag(to event: MouseEvent) -> [Effect] {
    if pointer.isOnScrollBar, let bar = layout.scrollBar {
      return request(.rank(rank(on: bar, at: event)), movesCursor: true)
    }
    guard let start = pointer.axisColumn, let axis else { return [] }
    let column = axisColumn(at: event)
    var effects: [Effect] = []
    if options.span == nil {
      guard column != start else { return [] }
      pause()
      let begin = SpanSelection(axis.column(start, of: layout.axisColumns))
      effects += change { $0.span = begin }
    }
    return effects + extendSpan(toColumn: column)
  }

  // MARK: The wheel

  /// Scrolls what the pointer is over; over the axis it goes along time and, with Control or Alt, zooms.
  private mutating func wheel(_ event: MouseEvent, _ step: Int) -> [Effect] {
    if choice != nil {
      choice?.move(by: step)
      return []
    }
    if files != nil { return performInFiles(step < 0 ? .up : .down) }
    let action: Action = step < 0 ? .up : .down
    if help.isOpen { return performInHelp(action, count: 3) ?? [] }
    let layout = layout
    if axisRow(at: event) != nil {
      if event.modifiers.isDisjoint(with: [.control, .alt]) { return pan(by: Double(step) / 8) }
      let column = axisColumn(at: event)
      let time = axis?.column(column, of: layout.axisColumns).middle
      return zoom(by: -step, around: time)
    }
    if layout.detail?.contains(event) == true { return performInDetail(action, count: 3) ?? [] }
    if layout.columnChooser?.contains(event) == true { return performInColumns(action, count: 1) ?? [] }
    if layout.sources?.contains(event) == true { return performInSources(action, count: 1) ?? [] }
    return showsResult ? performInResult(action, count: 3) : scroll(by: 3 * step)
  }

  /// Sideways: along time over the axis, along long lines over the log.
  private mutating func tilt(_ event: MouseEvent, _ step: Int) -> [Effect] {
    guard choice == nil, files == nil, !help.isOpen else { return [] }
    if axisRow(at: event) != nil { return pan(by: Double(step) / 8) }
    guard layout.log.contains(event), !showsResult, !options.wraps else { return [] }
    return scrollSideways(by: 4 * step)
  }
}

extension Rect {
  /// Whether the mouse was over it.
  func contains(_ event: MouseEvent) -> Bool {
    (column..<endColumn).contains(event.column) && (row..<endRow).contains(event.row)
  }
}
