import Metrics
import Quantities
import QueryLanguage
import Series

/// Alerts on the time axis, and exemplars over the panel in focus.
extension State {
  /// Asks for the alerts and exemplars of what is shown, if they are not those that are known.
  mutating func refreshMarks() -> [Effect] { refreshAlerts() + refreshExemplars() }

  /// When marks are to be asked for again, though nothing else happens.
  var nextMarks: [Timestamp] {
    var times: [Timestamp] = []
    let (alerts, exemplars) = (panels.alerts, panels.exemplars)
    if wantsAlerts, !alerts.isRunning, alerts.request?.axis != axis, let finished = alerts.finished {
      times.append(finished + rest(ofAlerts: alerts))
    }
    if let wanted = wantedExemplars, !exemplars.isRunning, let request = exemplars.request,
      request.expression == wanted.expression, request.axis != axis, let finished = exemplars.finished
    {
      times.append(finished + ExemplarMarks.rest)
    }
    return times
  }

  // MARK: Alerts

  private var wantsAlerts: Bool {
    panels.alerts.isOn && settings.hasPrometheus && !panels.isHidden && layout.axis != nil
  }

  private func rest(ofAlerts marks: AlertMarks) -> TimeSpan {
    if marks.problem != nil { return AlertMarks.longRest }
    // An axis that moves with the present is not asked about at every step; one that was zoomed is, at once.
    let isSlide = marks.request.map { $0.axis.span == axis?.span } ?? false
    return isSlide && follow.isFollowing && summary.isLive ? AlertMarks.rest : .milliseconds(200)
  }

  private mutating func refreshAlerts() -> [Effect] {
    let marks = panels.alerts
    guard wantsAlerts, !marks.isRunning, let axis, marks.request?.axis != axis else { return [] }
    if let finished = marks.finished, now < finished + rest(ofAlerts: marks), now >= finished { return [] }
    let request = AlertRequest(id: (marks.request?.id ?? 0) + 1, axis: axis, columns: layout.axisColumns)
    panels.alerts.request = request
    panels.alerts.isRunning = true
    return [.findAlerts(request)]
  }

  mutating func take(_ answer: AlertAnswer) -> [Effect] {
    guard panels.alerts.isRunning, panels.alerts.request?.id == answer.id else { return [] }
    panels.alerts.isRunning = false
    panels.alerts.finished = now
    panels.alerts.problem = answer.problem
    // What a server said before it fell silent stays.
    if answer.problem == nil || !answer.alerts.isEmpty { panels.alerts.alerts = answer.alerts }
    return []
  }

  /// `A`: marks alerts, or no longer.
  mutating func toggleAlerts() -> [Effect] {
    guard settings.hasPrometheus else { return say("alerts come from a Prometheus server; --prometheus URL names one") }
    panels.alerts.isOn.toggle()
    guard panels.alerts.isOn else { return say("alerts are not marked") }
    panels.alerts.finished = nil
    panels.alerts.request?.axis = TimeAxis(from: .distantPast, to: .distantPast)
    let count = panels.alerts.alerts.count { $0.isActive }
    return say("alerts are marked on the time axis" + (count > 0 ? "; \(count) firing now" : ""))
  }

  /// Why no alerts are known; nil if there are some.
  private var noAlerts: String? {
    if !settings.hasPrometheus { return "alerts come from a Prometheus server; --prometheus URL names one" }
    if !panels.alerts.isOn { return "alerts are not marked; p, then A marks them" }
    if !panels.alerts.alerts.isEmpty { return nil }
    if let problem = panels.alerts.problem { return "no alerts: \(problem)" }
    return panels.alerts.finished == nil ? "alerts are being asked for" : "no alert fired in the time shown"
  }

  /// `]a`, `[a`: goes to where the next alert began to fire.
  mutating func goToAlert(forward: Bool, times: Int) -> [Effect] {
    if let noAlerts { return say(noAlerts) }
    let alerts = panels.alerts.alerts
    let starts = Set(alerts.map(\.from)).sorted()
    return goTo(starts, called: "alert", of: "the time shown", forward: forward, times: times) { start in
      ": " + Set(alerts.filter { $0.from == start }.map(\.name)).sorted().joined(separator: ", ")
    }
  }

  /// `:alerts`: all that are known, the newest first, to go to where one began.
  mutating func listAlerts() -> [Effect] {
    if let noAlerts { return say(noAlerts) }
    let items = panels.alerts.alerts.reversed().map { alert in
      Choice.Item(
        label: AlertsView.text(of: alert, self), detail: alert.summary, isMarked: alert.isActive,
        value: .time(alert.from))
    }
    choice = Choice(.bookmarks, title: "alerts in the time shown", items: items)
    return []
  }

  /// The alerts that fired in the column of the cursor, those that fire longest last; empty while they are not marked.
  var alertsAtCursor: [Alert] {
    guard panels.alerts.isOn, let span = cursorSpan else { return [] }
    return panels.alerts.alerts.filter { $0.from < span.upperBound && $0.to >= span.lowerBound }
      .sorted { $0.to - $0.from < $1.to - $1.from }
  }

  /// The time of the column that the axis marks.
  private var cursorSpan: Range<Timestamp>? {
    let columns = layout.axisColumns
    guard let axis, let time = axisTime, let column = axis.column(of: time, columns: columns) else { return nil }
    let start = axis.time(ofColumn: column, columns: columns)
    return start..<max(start + .nanoseconds(1), axis.time(ofColumn: column + 1, columns: columns))
  }

  // MARK: Exemplars

  private var wantedExemplars: (expression: String, source: String?)? {
    guard focusedPane == .panels, settings.hasPrometheus, !panels.isHidden, let index = selectedPanel,
      !panels.specifications[index].asksLogs
    else { return nil }
    return (panels.specifications[index].expression, panels.specifications[index].source)
  }

  private mutating func refreshExemplars() -> [Effect] {
    guard let wanted = wantedExemplars, let axis, !panels.exemplars.isRunning else { return [] }
    let marks = panels.exemplars
    let isSame = marks.request?.expression == wanted.expression && marks.request?.source == wanted.source
    if isSame, marks.request?.axis == axis { return [] }
    let isSlide = isSame && marks.request.map { $0.axis.span == axis.span } ?? false
    if isSlide, let finished = marks.finished, now < finished + ExemplarMarks.rest, now >= finished { return [] }
    if !isSame { panels.exemplars.exemplars = [] }
    let request = ExemplarRequest(
      id: (marks.request?.id ?? 0) + 1, expression: wanted.expression, source: wanted.source, axis: axis)
    panels.exemplars.request = request
    panels.exemplars.isRunning = true
    return [.findExemplars(request)]
  }

  mutating func take(_ answer: ExemplarAnswer) -> [Effect] {
    guard panels.exemplars.isRunning, panels.exemplars.request?.id == answer.id else { return [] }
    panels.exemplars.isRunning = false
    panels.exemplars.finished = now
    panels.exemplars.problem = answer.problem
    panels.exemplars.exemplars = answer.exemplars
    return []
  }

  /// The exemplars of a panel, empty unless it is the one in focus.
  func exemplars(of specification: PanelSpecification) -> [Exemplar] {
    guard let wanted = wantedExemplars, wanted.expression == specification.expression,
      panels.exemplars.request?.expression == wanted.expression, wanted.source == specification.source
    else { return [] }
    return panels.exemplars.exemplars
  }

  /// The exemplar with the greatest value in the column of the cursor.
  var exemplarAtCursor: Exemplar? {
    guard let index = selectedPanel, let span = cursorSpan else { return nil }
    return exemplars(of: panels.specifications[index]).filter { span.contains($0.time) }.max { $0.value < $1.value }
  }

  /// `t`: shows the records of the trace of the exemplar under the cursor, all of them, at its time.
  mutating func showTrace() -> [Effect] {
    guard let index = selectedPanel else { return say("select a panel of a metric server first") }
    guard let exemplar = exemplarAtCursor, let trace = exemplar.trace else {
      let marks = exemplars(of: panels.specifications[index])
      guard marks.isEmpty else {
        return say("no exemplar in this column; \(settings.glyphs.exemplar) marks the greatest")
      }
      if panels.exemplars.isRunning { return say("exemplars are being asked for") }
      let reason = panels.exemplars.problem.map { ": \($0)" } ?? ""
      return say("\(panels.specifications[index].title) has no exemplars in this time\(reason)")
    }
    let effects = apply(filter: traceFilter(trace))
    focusedPane = .log
    say("records of the trace \(trace.value); U goes back")
    return effects + jump(.time(exemplar.time))
  }

  /// The field that holds traces where the logs have one, else the text alone.
  private func traceFilter(_ trace: Label) -> String {
    let spellings = [trace.name, "trace_id", "traceID", "traceId", "trace.id", "trace", "traceid"]
    if let field = spellings.first(where: { vocabulary.values[$0] != nil }) {
      return QueryRefinement.refine(
        "", adding: QueryRefinement.fieldName(ofPath: field), equals: trace.value, kind: .string, isNegated: false)
    }
    return QueryRefinement.refine("", addingPhrase: trace.value)
  }
}
