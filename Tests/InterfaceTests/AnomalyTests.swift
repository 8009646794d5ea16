import Metrics
import Quantities
import Series
import TestSupport
import Testing

@testable import Interface

@Suite struct AnomalyTests {
  private static let start = Timestamp(seconds: 1_763_820_000)

  /// A record a second or so for 40 minutes, and 300 more in the minute from 1800 on.
  private func session() -> Session {
    var random = SeededGenerator(29)
    var seconds = (0..<2400).map { _ in Int.random(in: 0..<2400, using: &random) } + [0, 2399]
    seconds += (0..<300).map { 1800 + $0 / 5 }
    let text = seconds.sorted().map { "\((Self.start + .seconds(Int64($0))).iso8601) INFO at \($0)\n" }.joined()
    return Session(text)
  }

  private func panel(_ values: [Int: Double]) -> PanelState {
    var random = SeededGenerator(31)
    var panel = PanelState(specification: PanelSpecification(expression: "cpu"))
    let samples = (0..<240).map { index in
      let noise = Double.random(in: 90..<110, using: &random)
      return Sample(time: Self.start + .seconds(Int64(index * 10)), value: values[index] ?? noise)
    }
    panel.drawn = TimeSeries(samples: ContiguousArray(samples), step: .seconds(Int64(10)))
    panel.status = .fresh(Self.start)
    return panel
  }

  private func second(of session: Session) -> Int? {
    session.cursorText?.split(separator: " ").last.flatMap { Int($0) }
  }

  private func run(_ command: String, in session: Session) {
    session.press(":")
    session.type(command)
    session.press("enter")
  }

  @Test func `anomalies are looked for only where asked`() throws {
    let session = session()
    session.send(.panels([panel([120: 900, 121: 900, 122: 900])]))
    #expect(session.state.panels.anomalies.request == nil)
    run("anomalies on", in: session)
    let marks = session.state.panels.anomalies
    #expect(
      marks.spans[.panel(PanelSpecification(expression: "cpu"))]?.map(\.lowerBound) == [
        Self.start + .seconds(Int64(1200))
      ])
    let burst = try #require(marks.spans[.volume]?.first)
    #expect(
      burst.lowerBound >= Self.start + .seconds(Int64(1780)) && burst.lowerBound < Self.start + .seconds(Int64(1820)))
    run("anomalies", in: session)
    #expect(!session.state.panels.anomalies.isOn)
    #expect(session.state.panels.anomalies.spans.isEmpty)
    run("anomalies maybe", in: session)
    #expect(session.message == "anomalies are on or off")
  }

  @Test func `steps go from anomaly to anomaly`() throws {
    let session = session()
    session.send(.panels([panel([120: 900, 121: 900, 122: 900, 200: -700, 201: -700])]))
    run("anomalies on", in: session)
    session.press("p j g ] s")
    let first = try #require(second(of: session))
    #expect((1200...1205).contains(first))
    #expect(session.message.hasPrefix("anomaly 1 of 2 in cpu, at "))
    session.press("] s")
    #expect((2000...2015).contains(try #require(second(of: session))))
    session.press("[ s")
    #expect(second(of: session) == first)
    session.press("k g ] s")
    #expect(session.message.hasPrefix("anomaly 1 of 1 in the volume, at "))
  }

  @Test func `new data is looked through after a rest, hidden panels are not`() {
    let session = session()
    session.send(.panels([panel([:])]))
    run("anomalies on", in: session)
    let first = session.state.panels.anomalies.request?.id
    #expect(session.state.panels.anomalies.spans[.panel(PanelSpecification(expression: "cpu"))] == [])
    session.send(.panels([panel([120: 900, 121: 900])]))
    #expect(session.state.panels.anomalies.request?.id == first)
    #expect(session.state.nextDeadline != nil)
    session.press("P")
    session.wait(.seconds(Int64(2)))
    #expect(session.state.panels.anomalies.request?.id == first)
    session.press("P")
    #expect(session.state.panels.anomalies.spans[.panel(PanelSpecification(expression: "cpu"))]?.count == 1)
  }

  @Test func `an answer that was called off is dropped`() throws {
    let session = session()
    session.send(.panels([panel([120: 900, 121: 900])]))
    session.isPaused = true
    run("anomalies on", in: session)
    let request = try #require(session.state.panels.anomalies.request)
    run("anomalies off", in: session)
    session.send(.anomalies(AnomalyAnswer(id: request.id, spans: [.volume: [Self.start...Self.start]])))
    #expect(session.state.panels.anomalies.spans.isEmpty)
    run("anomalies on", in: session)
    session.send(.anomalies(AnomalyAnswer(id: request.id, spans: [.volume: [Self.start...Self.start]])))
    #expect(session.state.panels.anomalies.isRunning)
    session.isPaused = false
    session.settle()
    #expect(session.state.panels.anomalies.spans[.panel(PanelSpecification(expression: "cpu"))]?.count == 1)
  }

  @Test func `few records are not judged`() {
    let session = Session(numbered(300))
    run("anomalies on", in: session)
    #expect(session.state.panels.anomalies.spans[.volume] == nil)
    session.press("] s")
    #expect(session.message == "there is no anomaly in the volume")
  }
}
