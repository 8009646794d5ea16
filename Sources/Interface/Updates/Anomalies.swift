import Metrics
import Quantities

/// Marks of anomalies in panels and volume.
extension State {
  /// Marks anomalies, or no longer; nil is the other of both.
  mutating func markAnomalies(_ isOn: Bool?) -> [Effect] {
    panels.anomalies.isOn = isOn ?? !panels.anomalies.isOn
    guard panels.anomalies.isOn else {
      // An answer under way is not for the next time.
      let request = panels.anomalies.request
      panels.anomalies = AnomalyMarks()
      panels.anomalies.request = request
      say("anomalies are not marked")
      return [.cancel(.anomalies)]
    }
    say("anomalies are underlined; ]s [s go from one to the next")
    return anomaliesChanged()
  }

  /// Panels or records are not those that were looked through.
  mutating func anomaliesChanged() -> [Effect] {
    panels.anomalies.isOutdated = true
    return refreshAnomalies()
  }

  /// Looks for anomalies if what was looked through changed; one search at a time, with rests between them.
  mutating func refreshAnomalies() -> [Effect] {
    let marks = panels.anomalies
    guard marks.isOn, marks.isOutdated, !marks.isRunning, !panels.isHidden, let axis else { return [] }
    if let next = marks.nextRun, let finished = marks.finished, next > now, finished <= now { return [] }
    let lines = panels.panels.compactMap { panel in panel.drawn.map { (panel.specification, $0) } }
    let request = AnomalyRequest(
      id: (marks.request?.id ?? 0) + 1, panels: Dictionary(lines, uniquingKeysWith: { first, _ in first }), axis: axis,
      sent: now)
    panels.anomalies.request = request
    panels.anomalies.isRunning = true
    panels.anomalies.isOutdated = false
    return [.findAnomalies(request)]
  }

  mutating func take(_ answer: AnomalyAnswer) -> [Effect] {
    guard panels.anomalies.isOn, let request = panels.anomalies.request, request.id == answer.id else { return [] }
    panels.anomalies.isRunning = false
    panels.anomalies.finished = now
    panels.anomalies.duration = now - request.sent
    panels.anomalies.spans = answer.spans
    return refreshAnomalies()
  }
}
