import Analysis
import Quantities
import Series

/// Going from spike to spike of the selected panel, or of the volume; from anomaly to anomaly while those are marked.
extension State {
  /// Goes to the `times`-th next spike, or the last one there is.
  mutating func goToSpike(forward: Bool, times: Int) -> [Effect] {
    guard log.cursorRow != nil, log.heading != nil else { return say("there are no records") }
    guard let spikes = spikeTimes else { return say("nothing is known of \(spikeOwner) yet") }
    guard !spikes.isEmpty else { return say("there is no \(spikeName) in \(spikeOwner)\(partNote)") }
    return goTo(spikes, called: spikeName, of: spikeOwner, note: partNote, forward: forward, times: times)
  }

  /// Goes to the `times`-th next of some instants, in ascending order, or the last one there is; says which it is.
  mutating func goTo(
    _ instants: [Timestamp], called name: String, of owner: String, note: String = "", forward: Bool, times: Int,
    describedBy description: (Timestamp) -> String = { _ in "" }
  ) -> [Effect] {
    guard let row = log.cursorRow, log.heading != nil else { return say("there are no records") }
    // One lies at the record that a jump to it leads to: the first one since.
    var (after, before) = (row.record.key, keyBeforeCursor)
    // A move under way is not forgotten: the step starts from where it goes.
    if let goal = pendingTime { (after, before) = (goal, goal - .nanoseconds(1)) }
    let found: Int
    if forward {
      guard let next = instants.firstIndex(where: { $0 > after }) else {
        return say("no \(name) of \(owner) below\(note)")
      }
      found = next + min(times - 1, instants.count - 1 - next)
    } else {
      guard let before, let last = instants.lastIndex(where: { $0 <= before }) else {
        return say("no \(name) of \(owner) above\(note)")
      }
      found = last - min(times - 1, last)
    }
    let place = "\(name) \(found + 1) of \(instants.count) in \(owner), at \(clockText(instants[found]))"
    say(place + description(instants[found]))
    return jump(.time(instants[found]))
  }

  /// The time that a move under way leads to, as far as it can be told.
  private var pendingTime: Timestamp? {
    guard let pending = log.pending, pending.movesCursor else { return nil }
    switch pending.anchor {
    case .time(let time), .position(_, let time): return time
    case .column(let column, let columns, let axis, _): return axis.time(ofColumn: column, columns: columns)
    case .start: return view.span?.lowerBound
    case .end: return view.span?.upperBound
    case .rank, .line, .percent, .level: return nil
    }
  }

  /// The order of the record before the cursor's; nil where that is the first.
  private var keyBeforeCursor: Timestamp? {
    guard let index = log.cursorIndex else { return nil }
    if index > 0 { return log.window.rows[index - 1].record.key }
    return log.window.firstRank > 0 ? log.window.rows[index].record.key - .nanoseconds(1) : nil
  }

  private var spikeOwner: String {
    selectedPanel.map { panels.specifications[$0].title } ?? "the volume"
  }

  /// Panels know what the axis shows and nothing else.
  private var partNote: String { options.zoom == nil ? "" : " in the part shown; Z zooms out" }

  private var spikeName: String { panels.anomalies.isOn ? "anomaly" : "spike" }

  /// When the spikes begin that the axis shows: there stands what led to them. Ascending; nil before there is data.
  private var spikeTimes: [Timestamp]? {
    guard let axis else { return nil }
    if panels.anomalies.isOn {
      guard panels.anomalies.finished != nil else { return nil }
      let owner = selectedPanel.map { AnomalyOwner.panel(panels.specifications[$0]) } ?? .volume
      return panels.anomalies.spans[owner, default: []].map(\.lowerBound).filter { axis.from <= $0 && $0 < axis.to }
    }
    if let index = selectedPanel {
      guard panels.panels.indices.contains(index), let series = panels.panels[index].drawn else { return nil }
      let shown = series.samples[series.index(atOrAfter: axis.from)..<series.index(atOrAfter: axis.to)]
      // It began after the last sample that knew nothing of it.
      return Spike.spikes(in: shown.map(\.value)).map {
        shown[shown.startIndex + max(0, $0.range.lowerBound - 1)].time
      }
    }
    guard let volume = panels.volume else { return nil }
    let axisOfVolume = volume.request.axis
    return Spike.spikes(in: volume.columns.map { Double($0.total) }).map {
      axisOfVolume.time(ofColumn: $0.range.lowerBound, columns: volume.columns.count)
    }
  }
}
