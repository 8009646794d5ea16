import Metrics
import Quantities
import Series
import Testing

@testable import Interface

@Suite struct PanelTests {
  @Test func timeMovesTheLog() {
    let session = Session(numbered(1000))
    session.press("p")
    #expect(session.state.focus == .panels)
    #expect(session.state.panels.volume?.columns.reduce(0) { $0 + $1.total } == 1000)
    session.press("g")
    #expect(session.cursorText?.contains("record 1 ") == true)
    session.press("l")
    let columns = session.state.layout.axisColumns
    #expect(session.state.markedColumn == 1)
    session.press("1 0 l")
    #expect(session.state.markedColumn == 11)
    session.press("h")
    #expect(session.state.markedColumn == 10)
    session.press("G")
    #expect(session.state.markedColumn == columns - 1)
    #expect(session.state.follow.isFollowing)
  }

  @Test func timeSkipsGaps() {
    let text = "2026-01-02T10:00:00Z a\n2026-01-02T10:00:01Z b\n2026-01-02T11:00:00Z c\n"
    let session = Session(text, rows: 24)
    session.press("p g l")
    #expect(session.cursorText?.hasSuffix("c") == true)
    session.press("h")
    #expect(session.cursorText?.hasSuffix("a") == true)
  }

  @Test func addsEditsAndRemoves() {
    let session = Session(numbered(100))
    session.press("p a")
    session.type("errors: rate(http_errors_total[1m])")
    session.press("enter")
    #expect(session.state.panels.specifications.map(\.title) == ["errors"])
    #expect(session.state.layout.panels.count == 1)
    session.press("e")
    #expect(session.state.prompt?.line.text == "errors: rate(http_errors_total[1m])")
    session.press("ctrl-u")
    session.type("up")
    session.press("enter")
    #expect(session.state.panels.specifications.map(\.expression) == ["up"])
    session.press("D")
    #expect(session.state.panels.specifications.isEmpty)
    #expect(session.host.contains { if case .savePanels = $0 { true } else { false } })
  }

  @Test func panelsOfTheFolderReplaceThoseThatAMetricsFileChose() {
    let session = Session(numbered(100))
    let chosen = PanelSpecification(expression: "up")
    let wanted = PanelSpecification(title: "load", expression: "node_load1")
    session.send(.panels([PanelState(specification: chosen)]))
    session.send(.folderConfiguration(panels: [wanted], filters: [:], mistakes: []))
    #expect(session.state.panels.specifications == [wanted])
    #expect(session.message == "1 panel and 0 filters taken from the folder")
    let other = PanelSpecification(expression: "node_load5")
    session.send(.folderConfiguration(panels: [other], filters: ["slow": "duration>1s"], mistakes: []))
    #expect(session.state.panels.specifications == [wanted, other])
  }

  @Test func completesExpressionsOfTheTitleApart() {
    let session = Session(numbered(100))
    session.state.settings.metricSources = ["default"]
    session.isPaused = true
    session.press("p a")
    session.type("errors: rat")
    session.press("tab")
    #expect(
      session.waiting.contains {
        if case .completeExpression("rat", cursor: 3, source: nil) = $0 { true } else { false }
      })
  }

  @Test func countsTheVolumeOnceAtATime() {
    let session = Session(numbered(100))
    session.isPaused = true
    for number in 0..<5 {
      session.logs.append(numbered(1, from: 101 + number))
      session.grow()
    }
    session.isPaused = false
    session.settle()
    #expect(session.state.panels.volume?.request == session.state.panels.requestedVolume)
    #expect(session.state.panels.volume?.columns.reduce(0) { $0 + $1.total } == 105)
  }
}

@Suite struct LogPanelTextTests {
  @Test(arguments: [
    ("level>=error | count", true), ("errors: level>=error | count by host", true),
    ("sum(rate(http_requests_total{code=~\"5..|4..\"}[1m]))", false), ("up", false), ("a: 'x|y'", false),
    ("`a|b` | count", true), ("msg:\"a\\\"|\"", false),
  ])
  func aPipelineAsksTheLogs(text: String, asksLogs: Bool) throws {
    #expect(try PanelSpecification(parsing: text).asksLogs == asksLogs)
  }
}
