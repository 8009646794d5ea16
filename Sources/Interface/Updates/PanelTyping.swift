import Metrics
import Quantities
import QueryLanguage

/// The panel prompt while it is typed into: names are offered at once, mistakes when the line rests.
extension State {
  /// The line changed: a metric source is asked what could stand at the caret, the logs' own language needs nobody.
  mutating func panelTyped() -> [Effect] {
    guard let current = prompt else { return [] }
    let text = PanelText(current.line.text)
    guard !asksLogs(text) else {
      let (problem, offers) = (problem(ofQuery: text), offers(for: current))
      prompt?.problem = problem
      prompt?.offers = offers
      return []
    }
    prompt?.checked = nil
    if text.expression.allSatisfy(\.isWhitespace) {
      prompt?.offers = []
      return []
    }
    // One question at a time: the answer to an old one brings the next.
    return current.asked == nil ? askForCompletion() : []
  }

  /// Asks the metric source for completions of the panel prompt.
  mutating func askForCompletion() -> [Effect] {
    guard let current = prompt else { return [] }
    let text = PanelText(current.line.text)
    prompt?.asked = text.expression
    return [
      .completeExpression(
        text: text.expression, cursor: max(0, current.line.caretUTF8 - text.titleLength), source: editedSource)
    ]
  }

  /// Has the metric source read the expression, once it has rested.
  mutating func checkRestedPanel() -> [Effect] {
    guard let current = prompt, let due = current.checkDue, due <= now else { return [] }
    let text = PanelText(current.line.text)
    prompt?.checked = text.expression
    guard !asksLogs(text), !settings.metricSources.isEmpty, !text.expression.allSatisfy(\.isWhitespace) else {
      return []
    }
    return [.checkExpression(text.expression, source: editedSource)]
  }

  /// What the metric source says of an expression.
  mutating func take(_ problem: ExpressionProblem?, with expression: String) -> [Effect] {
    guard let current = prompt, current.kind == .panel else { return [] }
    let text = PanelText(current.line.text)
    guard text.expression == expression else { return [] }
    prompt?.problem = problem.map { problem in
      let range = text.placed(problem.range)
      return Diagnostic(
        problem.message, range: range, help: problem.suggestion.map { "did you mean \($0)?" },
        repair: problem.suggestion.map { .init(range: range, replacement: $0) })
    }
    prompt?.isUnfinished = problem.map { $0.range.lowerBound >= expression.utf8.count } ?? false
    return []
  }

  /// Completions that a metric source gives.
  mutating func take(_ completion: ExpressionCompletion, for expression: String) -> [Effect] {
    guard let current = prompt, current.kind == .panel else { return [] }
    if current.asked == expression { prompt?.asked = nil }
    let text = PanelText(current.line.text)
    guard text.expression == expression, current.completion?.selected == nil else {
      return current.asked == expression && !asksLogs(text) ? askForCompletion() : []
    }
    let isWanted = current.wantsList || current.completion != nil
    prompt?.wantsList = false
    prompt?.note = completion.problem
    let items = completion.candidates.map { candidate in
      let detail = candidate.help.isEmpty ? candidate.kind : "\(candidate.kind)  \(candidate.help)"
      return Prompt.Completion.Item(text: candidate.text, detail: detail)
    }
    guard isWanted else {
      let isOffered = completion.isAwaited || !completion.replaced.isEmpty
      prompt?.offers = isOffered ? items.prefix(12).map(\.text) : []
      return []
    }
    guard !items.isEmpty else {
      if completion.problem == nil { prompt?.note = "nothing to complete" }
      return []
    }
    return show(Prompt.Completion(items: items, range: text.placed(completion.replaced), original: current.line))
  }

  /// Whether Enter must wait: the line is known to be no expression. It is shown at once, since the user asked.
  mutating func refusesPanel(_ current: Prompt) -> Bool {
    guard let problem = current.problem, problem.severity == .error else { return false }
    prompt?.changed = now - Prompt.rest
    prompt?.isUnfinished = false
    return true
  }

  /// Puts the problem of a panel that could not be asked into its prompt, and the caret to it.
  mutating func showProblem(ofPanel index: Int) {
    guard panels.panels.indices.contains(index), let line = prompt?.line,
      case .failed(let message, let caret?) = panels.panels[index].status
    else { return }
    let range = PanelText(line.text).placed(caret)
    prompt?.problem = Diagnostic(message, range: range)
    prompt?.changed = now - Prompt.rest
    prompt?.checked = PanelText(line.text).expression
    prompt?.line.move(toUTF8: range.lowerBound)
  }

  /// The completions of a panel of the logs; nil where a metric source is to be asked.
  func queryCompletions(forPanel line: LineEditor) -> Prompt.Completion? {
    let text = PanelText(line.text)
    guard asksLogs(text), line.caretUTF8 >= text.titleLength else { return nil }
    var query = LineEditor(text.expression)
    query.move(toUTF8: line.caretUTF8 - text.titleLength)
    return filterCompletions(query).map { inner in
      Prompt.Completion(items: inner.items, range: text.placed(inner.range), original: line)
    }
  }

  /// Whether a panel's text is a query of the logs: it has a pipeline, or there is no metric source.
  func asksLogs(_ text: PanelText) -> Bool {
    settings.metricSources.isEmpty || PanelSpecification(expression: text.expression).asksLogs
  }

  private func problem(ofQuery text: PanelText) -> Diagnostic? {
    do {
      _ = try QueryParser.parse(text.expression)
      return nil
    } catch {
      var placed = error
      placed.range = text.placed(error.range)
      if let repair = error.repair { placed.repair?.range = text.placed(repair.range) }
      return placed
    }
  }

  /// The source that the edited panel names.
  private var editedSource: String? {
    prompt?.editedPanel.flatMap { panels.specifications.indices.contains($0) ? panels.specifications[$0].source : nil }
  }
}

/// The text of a panel prompt, `[TITLE: ]PROMQL`, taken apart.
struct PanelText: Equatable {
  /// The UTF-8 length of the title with its colon and space; 0 without one.
  let titleLength: Int
  /// What stands behind it.
  let expression: String

  init(_ text: String) {
    titleLength = Self.titleLength(text)
    expression = String(decoding: text.utf8.dropFirst(titleLength), as: UTF8.self)
  }

  /// A range of the expression as one of the whole text.
  func placed(_ range: Range<Int>) -> Range<Int> {
    range.lowerBound + titleLength..<range.upperBound + titleLength
  }

  private static func titleLength(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    let forbidden = Set("{}()[]\"".utf8)
    for index in bytes.indices.dropLast() {
      if forbidden.contains(bytes[index]) { return 0 }
      if bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == UInt8(ascii: " ") { return index + 2 }
    }
    return 0
  }
}
