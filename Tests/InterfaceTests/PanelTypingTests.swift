import Metrics
import Testing
import Themes

@testable import Interface

@Suite struct PanelTypingTests {
  private func session() -> Session {
    let session = Session("2026-01-02T10:00:00Z INFO a user=eve\n2026-01-02T10:00:09Z ERROR b user=bob\n")
    session.state.settings.metricSources = ["default"]
    session.isPaused = true
    session.press("p a")
    return session
  }

  private func completion(_ names: [String], _ range: Range<Int>, isAwaited: Bool = false) -> ExpressionCompletion {
    ExpressionCompletion(
      replaced: range, candidates: names.map { .init(text: $0, kind: "metric", help: "about \($0)") },
      isAwaited: isAwaited)
  }

  private func asked(_ session: Session) -> [String] {
    session.waiting.compactMap { if case .completeExpression(let text, _, _) = $0 { text } else { nil } }
  }

  @Test func namesAreOfferedWhileOneTypes() {
    let session = session()
    session.type("load: no")
    // One question at a time: the title was asked about before it was one.
    #expect(asked(session) == ["l"])
    session.send(.completions(text: "l", completion(["load"], 0..<1)))
    #expect(asked(session) == ["l", "no"])
    session.send(.completions(text: "no", completion(["node_load1", "node_load5"], 0..<2)))
    #expect(session.state.prompt?.offers == ["node_load1", "node_load5"])
    #expect(session.state.prompt?.completion == nil, "a list opens by Tab only")
    session.press("tab")
    session.send(.completions(text: "no", completion(["node_load1", "node_load5"], 0..<2)))
    #expect(session.state.prompt?.line.text == "load: node_load")
    #expect(session.state.prompt?.completion?.items.first?.detail == "metric  about node_load1")
    session.press("tab tab")
    #expect(session.state.prompt?.line.text == "load: node_load5")
  }

  @Test func nothingTypedOffersNothingButWhatThePlaceAsksFor() {
    let session = session()
    session.type("up ")
    session.send(.completions(text: "u", completion([], 0..<1)))
    session.send(.completions(text: "up ", completion(["by ("], 3..<3)))
    #expect(session.state.prompt?.offers == [])
    session.type("{")
    session.send(.completions(text: "up {", completion(["job"], 4..<4, isAwaited: true)))
    #expect(session.state.prompt?.offers == ["job"])
  }

  @Test func anExpressionIsReadOnceItRests() {
    let session = session()
    session.type("x: sum(up")
    session.wait(.milliseconds(300))
    #expect(!session.waiting.contains { if case .checkExpression = $0 { true } else { false } })
    session.wait(.milliseconds(200))
    let checks = session.waiting.compactMap { if case .checkExpression(let text, _) = $0 { text } else { nil } }
    #expect(checks == ["sum(up"])
    session.wait(.milliseconds(500))
    #expect(session.waiting.count { if case .checkExpression = $0 { true } else { false } } == 1, "once")
    session.send(.expressionChecked("sum(up", ExpressionProblem(message: "unclosed left parenthesis", range: 3..<6)))
    #expect(session.state.prompt?.problem?.range == 6..<9)
    #expect(session.state.prompt?.showsProblem(at: session.now) == true)
    session.press("enter")
    #expect(session.state.prompt != nil && session.state.panels.specifications.isEmpty, "Enter does not take it")
    session.type("[")
    #expect(session.state.prompt?.problem == nil)
    session.wait(.milliseconds(500))
    session.send(.expressionChecked("sum(up[", ExpressionProblem(message: "unexpected end of input", range: 7..<7)))
    #expect(session.state.prompt?.showsProblem(at: session.now) == false, "not finished is not wrong")
    session.press("enter")
    #expect(session.state.prompt?.showsProblem(at: session.now) == true)
    session.press("backspace")
    session.type(")")
    session.press("enter")
    #expect(session.state.panels.specifications.map(\.expression) == ["sum(up)"])
  }

  @Test func wordsOfAnExpressionAreColoured() {
    let state = session().state
    let text = "größe: sum by (job) (rate(up{job=~\"a|b\"}[5m] offset 1h)) # why"
    let pieces = PanelColours.pieces(text, state)
    #expect(pieces.map(\.text).joined() == text)
    func role(_ word: String) -> Role? { pieces.first { $0.text == word }?.role }
    #expect(role("größe: ") == .panelTitle)
    #expect(["sum", "by", "rate", "offset"].allSatisfy { role($0) == .queryKeyword })
    #expect(["job", "up"].allSatisfy { role($0) == .queryField })
    #expect(["\"a|b\"", "5m", "1h"].allSatisfy { role($0) == .queryValue })
    #expect(role("=~") == .queryOperator)
    for half in ["", "x: ", "rate(up{a=\"é", "level>=error | count", "$__interval", "'"] {
      #expect(PanelColours.pieces(half, state).map(\.text).joined() == half)
    }
  }

  @Test func aSlipIsMendedOnOneKey() {
    let session = session()
    session.type("x: raet(up[5m])")
    session.wait(.milliseconds(500))
    session.send(
      .expressionChecked(
        "raet(up[5m])", ExpressionProblem(message: "unknown function", range: 0..<4, suggestion: "rate")))
    #expect(session.state.prompt?.problem?.help == "did you mean rate?")
    session.press("alt-q")
    #expect(session.state.prompt?.line.text == "x: rate(up[5m])")
  }

  @Test func anAnswerAboutAnotherLineIsIgnored() {
    let session = session()
    session.type("sum(up")
    session.wait(.milliseconds(500))
    session.type(")")
    session.send(.expressionChecked("sum(up", ExpressionProblem(message: "unclosed", range: 0..<6)))
    #expect(session.state.prompt?.problem == nil)
  }

  @Test func aFailedPanelIsEditedAtItsMistake() {
    let session = session()
    session.type("x: rate(up")
    session.press("enter")
    let specification = session.state.panels.specifications[0]
    var panel = PanelState(specification: specification)
    panel.status = .failed(message: "unclosed left parenthesis", caret: 4..<5)
    session.send(.panels([panel]))
    session.press("e")
    #expect(session.state.prompt?.line.text == "x: rate(up")
    #expect(session.state.prompt?.line.caretUTF8 == 7)
    #expect(session.state.prompt?.problem?.message == "unclosed left parenthesis")
    #expect(session.state.prompt?.showsProblem(at: session.now) == true)
  }

  @Test func aQueryOfTheLogsIsCompletedAsFiltersAre() {
    let session = session()
    session.type("errors: level>=error | cou")
    session.press("tab")
    #expect(session.state.prompt?.line.text.hasPrefix("errors: level>=error | count") == true)
    session.press("ctrl-u")
    session.type("errors: level>=wran | count")
    #expect(session.state.prompt?.problem?.range == 15..<19)
    session.press("alt-q")
    #expect(session.state.prompt?.line.text == "errors: level>=warn | count")
  }

  @Test func withoutAMetricSourceEveryPanelIsAQuery() {
    let session = session()
    session.state.settings.metricSources = []
    session.type("leve")
    session.press("tab tab")
    #expect(session.state.prompt?.line.text.hasPrefix("level") == true)
    #expect(asked(session) == [])
  }
}
