import Drawing
import Quantities
import TestSupport
import Testing

@testable import Interface

@Suite struct RandomKeysTests {
  static let keys: [Key] =
    KeyTable.rows.flatMap(\.keys).compactMap(Key.sequence(named:)).flatMap { $0 }.filter {
      // Quitting and suspending end nothing here, but they make sequences short.
      $0 != .control("z")
    } + "0123456789abcdefghuvzU@/:i'([\">=~ |€é".map(Key.character) + [.paste("a\nb"), .enter, .escape]

  @Test(arguments: 0..<16) func neverBreakTheState(seed: Int) {
    var generator = SeededGenerator(seed)
    let first = play(seed: seed, using: &generator)
    generator = SeededGenerator(seed)
    let second = play(seed: seed, using: &generator)
    #expect(first == second)
  }

  /// Plays random keys, growth, resizes and late answers; gives what is on the screen in the end.
  private func play(seed: Int, using generator: inout SeededGenerator) -> [String] {
    let json = (1...40).map {
      "{\"time\":\"2025-11-22T14:00:\($0 + 10)Z\",\"level\":\"warn\",\"msg\":\"m \($0)\",\"n\":\($0)}\n"
    }
    let trace = "2025-11-22 14:00:09 ERROR boom\n  at one\n  at two\n2025-11-22 14:00:10 INFO fine\n"
    let files =
      seed % 3 == 0
      ? [("app.log", numbered(80))] : [("app.log", numbered(80)), ("b.json", json.joined()), ("c.log", trace)]
    var opening = Opening()
    // A quarter begins with a result, among which keys then move, sort, open rows and come back.
    let queries = ["level>=info | count by user, level", "| count by 10s, level | chart line", "| top 3 msg"]
    if seed % 4 == 1 { opening.filter = queries[seed / 4 % queries.count] }
    let session = Session(files, columns: 60, rows: 16, opening: opening)
    session.state.settings.usesMouse = true
    session.state.settings.savedFilters = ["a": "level>=warn", "b": "@a user=u1", "c": "| count by level"]
    for _ in 0..<150 {
      switch Int.random(in: 0..<20, using: &generator) {
      case 0:
        session.send(
          .resize(Size(columns: .random(in: 0...130, using: &generator), rows: .random(in: 0...40, using: &generator))))
      case 1:
        session.logs.append(numbered(3, from: .random(in: 1...200, using: &generator)))
        session.grow()
      case 2: session.wait(.milliseconds(Int64.random(in: 1...900, using: &generator)))
      case 3:
        if session.isPaused { session.catchUp() } else { session.isPaused = true }
      case 8, 9: session.send(.key(.mouse(event(on: session, using: &generator))))
      case 4...7 where session.isPaused:
        session.performOne(using: &generator)
        if Bool.random(using: &generator) { session.deliverOne() }
      default:
        guard let key = Self.keys.randomElement(using: &generator) else { continue }
        session.now = session.now + .milliseconds(Int64.random(in: 1...300, using: &generator))
        session.send(.key(key))
      }
      check(session)
    }
    session.catchUp()
    check(session)
    #expect(session.state.view.inFlight == nil)
    #expect(!session.state.showsResult || !session.state.result.isRunning)
    #expect(session.state.log.pending == nil)
    #expect(session.state.panels.volume?.request == session.state.panels.requestedVolume)
    return session.screen + [session.message, session.state.options.filter, "\(session.state.focus)"]
  }

  /// Something that a mouse does anywhere on the screen, or off it.
  private func event(on session: Session, using generator: inout SeededGenerator) -> MouseEvent {
    let actions: [MouseEvent.Action] = [
      .press(0), .press(0), .press(2), .drag(0), .drag(0), .release(0), .scrollUp, .scrollDown,
      .scrollLeft, .scrollRight,
    ]
    let size = session.state.size
    return MouseEvent(
      actions.randomElement(using: &generator) ?? .press(0),
      column: .random(in: 0...size.columns + 2, using: &generator), row: .random(in: 0...size.rows, using: &generator),
      modifiers: Bool.random(using: &generator) ? .control : [])
  }

  private func check(_ session: Session) {
    let state = session.state
    if let axis = state.axis, state.options.zoom != nil, let limits = state.axisLimits {
      #expect(axis.span > .zero)
      #expect(axis.from < limits.to && axis.to > limits.from || state.view.inFlight != nil, "the axis is off the log")
    }
    if let span = state.options.span?.range { #expect(span.span > .zero) }
    if let volume = state.shownVolume {
      #expect(volume.columns.count == state.layout.axisColumns || state.axis == nil || state.layout.axisColumns == 0)
    }
    #expect(state.log.window.rows.isEmpty == (state.log.cursor == nil))
    if state.log.cursor != nil {
      #expect(state.log.cursorIndex != nil)
      let height = state.layout.log.size.rows
      let rows = state.visibleRows
      #expect(rows.count <= height)
      if height >= 3 {
        let isVisible = rows.contains {
          if case .record(let index, _) = $0 { index == state.log.cursorIndex } else { false }
        }
        #expect(isVisible, "the cursor is not on the screen")
      }
    }
    let result = state.result
    #expect(result.rows.isEmpty ? result.cursor == 0 : result.rows.indices.contains(result.cursor))
    #expect(result.top >= 0 && result.top <= max(0, result.cursor))
    #expect(!state.showsResult || result.request?.query == state.options.query || state.prompt?.kind == .filter)
    if let choice = state.choice { #expect(choice.shown.isEmpty || choice.selectedItem != nil) }
    #expect(state.nextDeadline.map { $0 > state.now } ?? true)
    _ = state.hints
    if state.help.isOpen { _ = state.helpLines.count }
  }
}
