import Metrics
import Quantities
import Series
import Testing

@testable import Interface

@Suite struct PanelMarksTests {
  /// Ten minutes of records, one with a trace, and a panel of a Prometheus server.
  private func session() -> Session {
    let lines = (0..<60).map { number in
      let (minute, second) = (number / 6, number % 6 * 10)
      return
        "2026-01-02T10:0\(minute):\(second == 0 ? "00" : "\(second)")Z INFO request \(number) trace_id=t\(number)\n"
    }
    let session = Session(lines.joined())
    session.state.settings.metricSources = ["default"]
    session.state.settings.hasPrometheus = true
    session.isPaused = true
    session.press("p a")
    session.type("up")
    session.press("enter")
    return session
  }

  private func time(_ minute: Int64, _ second: Int64 = 0) -> Timestamp {
    Timestamp(seconds: 1_767_348_000 + minute * 60 + second)
  }

  private func alertRequests(_ session: Session) -> [AlertRequest] {
    session.waiting.compactMap { if case .findAlerts(let request) = $0 { request } else { nil } }
  }

  private func exemplarRequests(_ session: Session) -> [ExemplarRequest] {
    session.waiting.compactMap { if case .findExemplars(let request) = $0 { request } else { nil } }
  }

  private func answer(_ session: Session, _ alerts: [Alert], problem: String? = nil) {
    guard let request = session.state.panels.alerts.request else { return }
    session.send(.alerts(AlertAnswer(id: request.id, alerts: alerts, problem: problem)))
  }

  @Test func alertsAreAskedForOnceAndNamedAtTheCursor() {
    let session = session()
    #expect(alertRequests(session).count == 1)
    #expect(alertRequests(session).first?.axis == session.state.axis)
    let fired = Alert(
      name: "Slow", labels: [Label(name: "severity", value: "page")], from: time(4), to: time(6), summary: "p99 > 1")
    answer(session, [fired, Alert(name: "Down", from: time(0), to: time(9, 50), isActive: true)])
    session.wait(.seconds(Int64(30)))
    #expect(alertRequests(session).count == 1, "the axis is the same")
    session.state.follow.isFollowing = false
    session.isPaused = false
    session.run([])
    session.press("g")
    #expect(session.state.alertsAtCursor.map(\.name) == ["Down"])
    session.press(String(repeating: "l ", count: 30))
    #expect(session.state.alertsAtCursor.map(\.name) == ["Slow", "Down"], "the shorter one first")
    let note = AlertsView.note(session.state)
    #expect(note?.text == "Slow 10:04:00-10:06:00 (page)  +1: Down")
    #expect(note?.about == "p99 > 1")
    session.press("A")
    #expect(session.state.alertsAtCursor.isEmpty && session.message == "alerts are not marked")
  }

  @Test func alertsAreSteppedThroughAndListed() {
    let session = session()
    session.state.follow.isFollowing = false
    answer(
      session,
      [
        Alert(name: "Slow", from: time(2), to: time(3)),
        Alert(name: "Down", from: time(5), to: time(6), summary: "gone"),
        Alert(name: "Down", from: time(8), to: time(9, 50), isActive: true),
      ])
    session.isPaused = false
    session.run([])
    session.press("esc g ] a")
    #expect(session.cursorText?.contains("request 12 ") == true)
    #expect(session.message == "alert 1 of 3 in the time shown, at 10:02:00: Slow")
    session.press("2 ] a")
    #expect(session.cursorText?.contains("request 48 ") == true)
    session.press("[ a")
    #expect(session.cursorText?.contains("request 30 ") == true)
    session.press(":")
    session.type("alerts")
    session.press("enter")
    #expect(session.state.choice?.items.map(\.label).last == "Slow 10:02:00-10:03:00")
    session.press("down down enter")
    #expect(session.cursorText?.contains("request 12 ") == true)
    session.state.panels.alerts.isOn = false
    session.press("] a")
    #expect(session.message == "alerts are not marked; p, then A marks them")
  }

  @Test func aServerThatFailsKeepsWhatItSaidAndIsLeftInPeace() {
    let session = session()
    answer(session, [Alert(name: "Slow", from: time(4), to: time(6))])
    session.press("A A")
    #expect(alertRequests(session).count == 2)
    answer(session, [], problem: "refused")
    #expect(session.state.panels.alerts.alerts.count == 1)
    session.state.panels.alerts.request?.axis = TimeAxis(from: time(0), to: time(1))
    session.wait(.seconds(Int64(10)))
    #expect(alertRequests(session).count == 2)
    session.wait(.seconds(Int64(60)))
    #expect(alertRequests(session).count == 3)
  }

  @Test func withoutAPrometheusNothingIsAsked() {
    let session = Session("2026-01-02T10:00:00Z a\n2026-01-02T10:00:09Z b\n")
    session.press("p A")
    #expect(session.message == "alerts come from a Prometheus server; --prometheus URL names one")
    session.press("t")
    #expect(session.message == "select a panel of a metric server first")
  }

  @Test func onlyThePanelInFocusIsAskedForExemplars() {
    let session = session()
    #expect(exemplarRequests(session).map(\.expression) == ["up"])
    session.press("esc")
    session.state.panels.exemplars.isRunning = false
    session.wait(.seconds(Int64(60)))
    #expect(exemplarRequests(session).count == 1, "the log is in focus")
  }

  @Test func tGoesToTheRecordsOfTheTrace() {
    let session = session()
    let request = exemplarRequests(session)[0]
    let labels = [Label(name: "trace_id", value: "t30")]
    session.send(
      .exemplars(
        ExemplarAnswer(
          id: request.id,
          exemplars: [
            Exemplar(time: time(5), value: 0.7, labels: labels),
            Exemplar(time: time(5, 1), value: 0.1, labels: [Label(name: "trace_id", value: "t31")]),
          ])))
    session.isPaused = false
    session.run([])
    session.state.vocabulary.values = ["trace_id": ["t1"]]
    session.press("g t")
    #expect(session.message == "no exemplar in this column; ◆ marks the greatest")
    session.press(String(repeating: "l ", count: 30))
    while session.state.exemplarAtCursor == nil, session.cursorText?.contains("t59") == false { session.press("l") }
    session.press("t")
    #expect(session.state.options.filter == "trace_id=t30")
    #expect(session.state.view.count == 1)
    #expect(session.state.focusedPane == .log)
    session.press("U")
    #expect(session.state.options.filter == "")
  }

  @Test func withoutAFieldTheTraceIsLookedForAsText() {
    let session = session()
    let request = exemplarRequests(session)[0]
    session.send(
      .exemplars(
        ExemplarAnswer(
          id: request.id,
          exemplars: [Exemplar(time: time(0), value: 1, labels: [Label(name: "TraceID", value: "t0 x")])]
        )))
    session.isPaused = false
    session.run([])
    session.state.vocabulary.values = [:]
    session.press("g t")
    #expect(session.state.options.filter == "\"t0 x\"")
  }

  @Test func theGreatestExemplarsAreMarkedApart() {
    let axis = TimeAxis(from: time(0), to: time(10))
    let exemplars = (0..<600).map {
      Exemplar(time: time(0, Int64($0)), value: $0 == 333 ? 9 : Double($0 % 7), labels: [])
    }
    let columns = ExemplarsView.columns(exemplars, axis, 100)
    #expect(columns.count == 8)
    #expect(columns.contains(55))
    #expect(zip(columns, columns.dropFirst()).allSatisfy { $1 - $0 >= 4 })
  }
}
