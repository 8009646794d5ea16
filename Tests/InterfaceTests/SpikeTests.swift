import Metrics
import Quantities
import Series
import Testing

@testable import Interface

@Suite struct SpikeTests {
  private static let start = Timestamp(seconds: 1_763_820_000)

  /// A record every ten seconds for 40 minutes, and 50 more in the seconds from 600 and from 1800 on.
  private func bursts() -> Session {
    var seconds = (0..<240).map { $0 * 10 }
    for burst in [600, 1800] { seconds += (0..<50).map { burst + $0 / 25 } }
    let text = seconds.sorted().map { "\((Self.start + .seconds(Int64($0))).iso8601) INFO at \($0)\n" }.joined()
    return Session(text)
  }

  private func panel(_ values: [Int: Double], of session: Session) -> PanelState {
    var panel = PanelState(specification: PanelSpecification(expression: "cpu"))
    let samples = (0..<240).map { index in
      Sample(time: Self.start + .seconds(Int64(index * 10)), value: values[index] ?? Double(10 + index % 3))
    }
    panel.drawn = TimeSeries(samples: ContiguousArray(samples), step: .seconds(Int64(10)))
    panel.status = .fresh(session.now)
    return panel
  }

  private func second(of session: Session) -> Int? {
    session.cursorText?.split(separator: " ").last.flatMap { Int($0) }
  }

  @Test func `steps go along the spikes of the volume`() throws {
    let session = bursts()
    session.press("g ] s")
    let first = try #require(second(of: session))
    #expect((560...600).contains(first))
    #expect(session.message.hasPrefix("spike 1 of 2 in the volume, at "))
    session.press("] s")
    #expect((1760...1800).contains(try #require(second(of: session))))
    session.press("] s")
    #expect(session.message == "no spike of the volume below")
    session.press("[ s")
    #expect(second(of: session) == first)
    session.press("[ s")
    #expect(session.message == "no spike of the volume above")
    session.press("g 5 ] s")
    #expect(session.message.hasPrefix("spike 2 of 2"))
    session.press("' '")
    #expect(second(of: session) == 0)
  }

  @Test func `steps go along the spikes of the selected panel, to the sample before each rose`() {
    let session = bursts()
    session.send(.panels([panel([50: 90, 120: -70, 121: 95, 230: 80], of: session)]))
    session.press("p j g")
    var seconds: [Int?] = []
    for _ in 0..<4 {
      session.press("] s")
      seconds.append(second(of: session))
    }
    #expect(seconds == [490, 1190, 1200, 2290])
    session.press("esc 2 [ s")
    #expect(second(of: session) == 1190)
    #expect(session.message.hasPrefix("spike 2 of 4 in cpu, at "))
  }

  @Test func `a spike without records of its own is left again on the way back`() {
    let text = [0, 100, 2000, 2300].map { "\((Self.start + .seconds(Int64($0))).iso8601) INFO at \($0)\n" }.joined()
    let session = Session(text)
    session.send(.panels([panel([5: 90, 120: 95, 150: 80], of: session)]))
    session.press("p j g ] s")
    #expect(second(of: session) == 100)
    // Both lie before the same record.
    session.press("] s")
    #expect(second(of: session) == 2000)
    session.press("] s")
    #expect(session.message == "no spike of cpu below")
    session.press("[ s")
    #expect(second(of: session) == 100)
    session.press("[ s")
    #expect(session.message == "no spike of cpu above")
  }

  @Test func `presses while a step is under way add up`() {
    let session = bursts()
    session.send(.panels([panel([50: 90, 120: -70, 230: 80], of: session)]))
    session.press("p j g")
    session.isPaused = true
    session.press("] s ] s ] s [ s")
    session.isPaused = false
    session.settle()
    #expect(second(of: session) == 1190)
  }

  @Test func `a step starts from where a move under way goes`() throws {
    let session = bursts()
    session.press("G")
    session.isPaused = true
    session.press("g ] s")
    session.isPaused = false
    session.settle()
    #expect(session.message.hasPrefix("spike 1 of 2"))
    session.isPaused = true
    session.press("p l l ] s")
    session.isPaused = false
    session.settle()
    #expect(session.message.hasPrefix("spike 2 of 2"))
    session.isPaused = true
    session.press("esc G [ s [ s")
    session.isPaused = false
    session.settle()
    #expect((560...600).contains(try #require(second(of: session))))
  }

  @Test func `without spikes, data or records it says so`() {
    let session = bursts()
    session.send(.panels([panel([:], of: session)]))
    session.press("p j ] s")
    #expect(session.message == "there is no spike in cpu")
    session.send(.panels([PanelState(specification: PanelSpecification(expression: "cpu"))]))
    session.press("] s")
    #expect(session.message == "nothing is known of cpu yet")
    let empty = Session("")
    empty.press("] s")
    #expect(empty.message == "there are no records")
  }
}
