import Quantities

/// Zooming into the time axis, and moving the part that it shows.
extension State {
  /// The shortest axis: a column a millisecond.
  private var shortestAxis: TimeSpan { .milliseconds(Int64(max(8, layout.axisColumns))) }

  /// How far the axis goes: the time of the records and, where panels have metrics, a year before it and the time up to the
  /// present, since those have a history of their own.
  var axisLimits: TimeAxis? {
    guard let whole = wholeAxis, panels.panels.contains(where: { !$0.specification.asksLogs }) else { return wholeAxis }
    return TimeAxis(from: whole.from - .days(365), to: max(whole.to, now))
  }

  /// `z` and `Z`: half of the axis, or twice as much, around the cursor; a selected span fills it.
  mutating func zoom(by steps: Int, around point: Timestamp? = nil) -> [Effect] {
    guard let axis, let whole = wholeAxis, let limits = axisLimits else {
      return say("there are no times to zoom into")
    }
    if panels.isHidden, !isChartOverTime { return say("the time axis is hidden; P shows it") }
    guard ScreenLayout.hasRoomForAxis(layout, on: size) else { return say("the screen has no room for the time axis") }
    if steps > 0, point == nil, let span = options.span?.range { return zoom(to: span) }
    guard steps > 0 || options.zoom != nil || limits.span > whole.span else {
      return say("the whole axis is shown; z zooms in, Q quits")
    }
    let factor = Double(sign: .plus, exponent: min(62, abs(steps)), significand: 1)
    let wanted = axis.span.seconds * (steps > 0 ? 1 / factor : factor)
    if steps > 0, axis.span <= shortestAxis { return say("no closer: a column is a millisecond") }
    let length = max(shortestAxis, .seconds(min(wanted, limits.span.seconds)))
    // The whole of the records is a stop on the way, out and in.
    let reachesWhole = (axis.span < whole.span) != (length < whole.span) || length == whole.span
    let time = point ?? (axisTime.flatMap { axis.contains($0) || steps > 0 ? $0 : nil } ?? axis.middle)
    return show(
      reachesWhole && options.zoom != nil ? nil : axis.zoomed(to: length, around: time, columns: layout.axisColumns))
  }

  /// Shows just this stretch, at least as much as the screen can tell apart.
  mutating func zoom(to part: TimeAxis) -> [Effect] {
    guard let whole = wholeAxis, let limits = axisLimits else { return say("there are no times to zoom into") }
    guard part.from < limits.to, part.to > limits.from else { return say("there are no records at that time") }
    pause()
    var part = part
    if part.span < shortestAxis {
      part = TimeAxis(from: part.middle - .nanoseconds(shortestAxis.nanoseconds / 2), to: part.middle)
      part.to = part.from + shortestAxis
    }
    let isWhole = limits == whole && part.span >= whole.span
    return show(isWhole ? nil : part, keepsSpan: false) + bringCursorOntoAxis()
  }

  /// `:zoom 15m`: so much time around the cursor; while following, always the last so much.
  mutating func zoom(toLength length: TimeSpan) -> [Effect] {
    guard let axis, let limits = axisLimits else { return say("there are no times to zoom into") }
    let length = max(length, shortestAxis)
    let grows = follow.isFollowing && summary.isLive
    guard length < limits.span || grows else { return show(nil) }
    let time = axisTime ?? axis.middle
    let part = axis.zoomed(to: length, around: time, columns: layout.axisColumns)
    return show(grows ? part : part.inside(limits), isInside: true)
  }

  /// The whole axis again.
  mutating func showWholeAxis() -> [Effect] {
    guard options.zoom != nil else { return say("the whole axis is shown; z zooms in") }
    return show(nil)
  }

  /// `H` and `L`: half a width earlier or later; the cursor stays on the axis.
  mutating func pan(by halves: Int) -> [Effect] { pan(by: Double(halves) / 2) }

  /// Moves the part shown by a share of its width.
  mutating func pan(by share: Double) -> [Effect] {
    guard let axis, let limits = axisLimits else { return say("there are no times") }
    guard options.zoom != nil else { return say("the whole axis is shown; z zooms in") }
    pause()
    let shift = TimeSpan.seconds(axis.span.seconds * share)
    let moved = TimeAxis(from: axis.from + shift, to: axis.to + shift).inside(limits)
    guard moved != axis else { return say(share < 0 ? "the axis begins here" : "the axis ends here") }
    options.zoom = moved
    return refreshAxis() + bringCursorOntoAxis()
  }

  private mutating func show(_ part: TimeAxis?, isInside: Bool = false, keepsSpan: Bool = true) -> [Effect] {
    let part = part.map { part in isInside ? part : axisLimits.map(part.inside) ?? part }
    let effects = change {
      $0.zoom = part
      if !keepsSpan { $0.span = nil }
    }
    if let axis, let whole = wholeAxis, part != nil {
      let of = whole.span > axis.span ? " of \(Self.length(whole.span))" : ""
      say("\(Self.length(axis.span))\(of) shown; Z zooms out, U undoes")
    } else {
      say("the whole axis is shown")
    }
    return effects
  }

  /// `4m12s`, `1.25s`.
  static func length(_ span: TimeSpan) -> String { ValueText.duration(Double(span.nanoseconds)) }

  /// The volume on the present axis: as counted or, until it is, as far as the last count tells.
  var shownVolume: Volume? {
    guard let volume = panels.volume, let axis, layout.axisColumns > 0 else { return panels.volume }
    return volume.projected(onto: axis, columns: layout.axisColumns)
  }

  // MARK: Cursor and axis

  /// After a move of the axis: a cursor that it left goes to the nearest end.
  ///
  /// Where there are no records at all in the part shown the cursor stays away, and the axis stays where it was moved to.
  mutating func bringCursorOntoAxis() -> [Effect] {
    guard let axis, let time = markedTime, !axis.contains(time), layout.axisColumns > 0, !showsResult else { return [] }
    let isBefore = time < axis.from
    let width = layout.axisColumns
    let effects = request(
      .column(isBefore ? 0 : width - 1, of: width, axis: axis, forward: isBefore), movesCursor: true)
    panels.axisHolds = log.pending?.id
    return effects
  }

  /// The time under the cursor of a result, where that may lie off the part shown.
  var zoomedResultTime: Timestamp? { options.zoom != nil && showsResult ? resultTime : nil }

  /// After a move of the cursor: a part that the cursor left moves so that the cursor stands in its middle.
  mutating func keepCursorOnAxis(after event: Event) -> [Effect] {
    guard options.zoom != nil, !follow.isFollowing else { return [] }
    if case .window(let window) = event, window.request.id == panels.axisHolds { return [] }
    guard let axis, let limits = axisLimits, let time = showsResult ? resultTime : markedTime,
      !axis.contains(time)
    else { return [] }
    let middle = axis.zoomed(to: axis.span, around: time, columns: layout.axisColumns)
    options.zoom = middle.inside(limits)
    return refreshAxis()
  }

  /// Other records may lie elsewhere in time: a part of the axis that lies off them all moves to them.
  mutating func keepAxisOnLog() -> [Effect] {
    guard let zoom = options.zoom, view.inFlight == nil, let limits = axisLimits,
      zoom.from >= limits.to || zoom.to <= limits.from
    else { return [] }
    options.zoom = zoom.inside(limits)
    return refreshAxis()
  }
}

extension TimeAxis {
  /// The instant in its middle.
  var middle: Timestamp { from + .nanoseconds(span.nanoseconds / 2) }
}
