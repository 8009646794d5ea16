import Drawing
import Quantities
import Testing

@testable import Interface

@Suite struct PointerTests {
  private func session() -> Session {
    let session = Session(numbered(1200))
    session.press("f2")
    return session
  }

  private func mouse(
    _ session: Session, _ action: MouseEvent.Action, _ column: Int, _ row: Int, _ modifiers: Key.Modifiers = []
  ) {
    session.send(.key(.mouse(MouseEvent(action, column: column, row: row, modifiers: modifiers))))
  }

  @Test func `a drag over the bars selects a span, a click drops it and moves the cursor`() throws {
    let session = session()
    let layout = session.state.layout
    let volume = try #require(layout.volume)
    mouse(session, .press(0), layout.axisColumn + 20, volume.row)
    #expect(session.state.markedColumn == 20)
    #expect(session.state.focusedPane == .panels)
    mouse(session, .drag(0), layout.axisColumn + 20, volume.row)
    #expect(session.state.options.span == nil)
    mouse(session, .drag(0), layout.axisColumn + 24, volume.row + 9)
    mouse(session, .drag(0), layout.axisColumn + 26, volume.row)
    mouse(session, .release(0), layout.axisColumn + 26, volume.row)
    let axis = try #require(session.state.axis)
    let range = try #require(session.state.options.span?.range)
    #expect(axis.columns(of: range, columns: layout.axisColumns) == 20...26)
    // The button is up: moving on changes nothing.
    mouse(session, .drag(0), layout.axisColumn + 40, volume.row)
    #expect(session.state.options.span?.range == range)
    mouse(session, .press(0), layout.axisColumn + 10, try #require(layout.axis).row)
    #expect(session.state.options.span == nil)
    #expect(session.state.markedColumn == 10)
    // Beyond the edges it ends at them.
    mouse(session, .drag(0), 500, volume.row)
    let wide = try #require(session.state.options.span?.range)
    #expect(axis.columns(of: wide, columns: layout.axisColumns) == 10...layout.axisColumns - 1)
  }

  @Test func `the wheel scrolls what it is over; over the axis it pans and, with Control, zooms`() throws {
    let session = session()
    session.press("g")
    let layout = session.state.layout
    let volume = try #require(layout.volume)
    let whole = try #require(session.state.axis)
    mouse(session, .scrollUp, layout.axisColumn + 30, volume.row, .control)
    let part = try #require(session.state.axis)
    #expect(part.span < whole.span)
    #expect(part.contains(whole.column(30, of: layout.axisColumns).middle))
    mouse(session, .scrollDown, layout.axisColumn + 30, volume.row)
    let later = try #require(session.state.axis)
    #expect(abs((later.from - part.from).seconds - part.span.seconds / 8) < 0.01)
    mouse(session, .scrollLeft, layout.axisColumn + 30, volume.row)
    #expect(session.state.axis == part)
    mouse(session, .scrollDown, layout.axisColumn + 30, volume.row, .control)
    #expect(session.state.axis == whole)
    mouse(session, .scrollRight, layout.axisColumn + 30, layout.log.row)
    #expect(session.state.log.horizontalOffset == 4)
    let top = session.state.log.top
    mouse(session, .scrollDown, 5, layout.log.row + 3)
    #expect(session.state.log.top != top)
    session.press("enter")
    let detail = try #require(session.state.layout.detail)
    let cursor = session.state.log.cursor
    mouse(session, .scrollDown, 5, detail.row + 1)
    #expect(session.state.detail.selected > 0)
    #expect(session.state.log.cursor == cursor)
  }

  @Test func `a click moves the cursor, a double click opens the details`() {
    let session = session()
    let row = session.state.layout.log.row + 4
    mouse(session, .press(0), 5, row)
    let cursor = session.state.log.cursor
    session.wait(.seconds(Int64(2)))
    mouse(session, .press(0), 5, row)
    #expect(session.state.log.cursor == cursor)
    #expect(!session.state.detail.isOpen)
    session.now = session.now + .milliseconds(200)
    mouse(session, .press(0), 6, row)
    #expect(session.state.detail.isOpen)
    #expect(session.state.log.cursor == cursor)
  }

  @Test func `a list takes clicks: the first chooses, the second takes, one beside it closes it`() throws {
    let session = session()
    session.state.settings.savedFilters = ["bad": "level=error", "worse": "level>=critical"]
    session.press("@")
    let list = try #require(session.state.choice)
    let layout = ChoiceLayout(list, size: session.state.size)
    mouse(session, .press(0), 4, layout.rect.row + 1)
    #expect(session.state.choice?.selected == 0)
    mouse(session, .press(0), 4, layout.rect.row + 1)
    #expect(session.state.choice == nil)
    #expect(session.state.options.filter == "@bad")
    session.press("@")
    mouse(session, .press(0), 70, 2)
    #expect(session.state.choice == nil)
  }

  @Test func `the scroll bar takes clicks and drags`() throws {
    let session = session()
    let bar = try #require(session.state.layout.scrollBar)
    mouse(session, .press(0), bar.column, bar.row)
    #expect(session.state.log.cursorRank == 0)
    mouse(session, .drag(0), bar.column - 9, bar.row + bar.size.rows / 2)
    #expect((500...700).contains(try #require(session.state.log.cursorRank)))
    mouse(session, .drag(0), bar.column, bar.endRow + 3)
    #expect(session.state.log.cursorRank == 1199)
    mouse(session, .release(0), bar.column, bar.row)
    mouse(session, .drag(0), bar.column, bar.row)
    #expect(session.state.log.cursorRank == 1199)
    // One jump, however far the drag went.
    session.press("g ' '")
    #expect(session.state.log.cursorRank == 1199)
  }

  @Test func `a double click in the sources hides one`() throws {
    let session = Session([("a.log", numbered(20)), ("b.log", numbered(20))])
    session.press("f2 s")
    let rect = try #require(session.state.layout.sources)
    mouse(session, .press(0), 4, rect.row + 2)
    #expect(session.state.sources.selected == 1)
    mouse(session, .press(0), 4, rect.row + 2)
    #expect(session.state.options.hidden.map(\.rawValue) == [1])
  }
}
