import Quantities
import QueryLanguage

/// Lists to choose from.
extension State {
  /// Changes what narrows the list.
  mutating func narrow(_ body: (inout String) -> Void) -> [Effect] {
    if var list = choice {
      list.narrowing = narrowed(list.narrowing, body)
      list.selected = 0
      choice = list
    } else if var list = files {
      list.narrowing = narrowed(list.narrowing, body)
      list.selected = 0
      files = list
    }
    return []
  }

  private func narrowed(_ text: String, _ body: (inout String) -> Void) -> String {
    var text = text
    body(&text)
    return String(text.filter { !$0.isNewline })
  }

  mutating func performInChoice(_ action: Action) -> [Effect] {
    let page = max(1, size.rows / 2)
    switch action {
    case .down: choice?.move(by: 1)
    case .up: choice?.move(by: -1)
    case .pageDown: choice?.move(by: page)
    case .pageUp: choice?.move(by: -page)
    case .first: choice?.selected = 0
    case .last: choice?.move(by: 1 << 40)
    case .deleteBackward: return narrow { _ = $0.popLast() }
    case .deleteToStart: return narrow { $0 = "" }
    case .stepOut: choice = nil
    case .accept: return takeChoice()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    default: break
    }
    return []
  }

  private mutating func takeChoice() -> [Effect] {
    guard let list = choice else { return [] }
    // A zone may be typed that the list does not hold.
    if case .zone(let file) = list.purpose, list.selectedItem == nil, !list.narrowing.isEmpty {
      choice = nil
      return [.findZone(name: list.narrowing, purpose: .source(file))]
    }
    guard let item = list.selectedItem else { return [] }
    choice = nil
    switch (list.purpose, item.value) {
    case (_, .copy(let item)): return copy(item)
    case (_, .query(let text)): return apply(filter: text)
    case (_, .place(let place)): return jump(to: place)
    case (_, .time(let time)): return jump(.time(time))
    case (.values(let negated), .field(let name, let value)): return refine(name, value, negated: negated)
    case (.topValues, .field(let name, let value)): return refine(name, value, negated: false)
    case (.savedFilters, .text(let name)): return toggleSavedFilter(name)
    case (.format(let file), .text(let name)):
      say(name.isEmpty ? "the format is detected" : "format: \(name)")
      return [.setFormat(name.isEmpty ? nil : name, file)]
    case (.zone(let file), .text(let name)): return [.findZone(name: name, purpose: .source(file))]
    case (.highlights, .text(let word)): return removeHighlight(word)
    case (.theme, .text(let name)):
      settings.theme = name
      return [.setTheme(name)]
    case (.panelSet, .text(let name)): return showPanelSet(name)
    default: return []
    }
  }

  mutating func takeTopValues(_ field: String, _ values: [ValueCount], sampled: Int, isComplete: Bool) -> [Effect] {
    guard choice?.purpose == .topValues(field: field) else { return [] }
    choice?.items = values.map { value in
      let share = sampled > 0 ? Double(value.count) * 100 / Double(sampled) : 0
      let percent = share >= 10 || share == 0 ? "\(Int(share.rounded()))" : "\(Double(Int(share * 10)) / 10)"
      return Choice.Item(
        label: value.value, detail: "\(TimeText.grouped(value.count))  \(percent)%",
        value: .field(name: field, value: value.value))
    }
    let of = (isComplete ? "" : "the first ") + TimeText.grouped(sampled)
    choice?.title = "top values of \(field) in \(of) records"
    choice?.isLoading = false
    choice?.move(by: 0)
    return []
  }

  // MARK: Files

  mutating func takeFiles(_ candidates: [FileChooser.Candidate], isComplete: Bool) -> [Effect] {
    guard var list = files else { return [] }
    let selected = list.shown.indices.contains(list.selected) ? list.shown[list.selected] : nil
    list.candidates = candidates
    list.isLoading = !isComplete
    list.selected = selected.flatMap { item in list.shown.firstIndex { $0.name == item.name } } ?? 0
    files = list
    return []
  }

  mutating func performInFiles(_ action: Action) -> [Effect] {
    guard let list = files else { return [] }
    let last = max(0, list.shown.count - 1)
    let page = max(1, size.rows - 4)
    switch action {
    case .down: files?.selected = min(last, list.selected + 1)
    case .up: files?.selected = max(0, list.selected - 1)
    case .pageDown: files?.selected = min(last, list.selected + page)
    case .pageUp: files?.selected = max(0, list.selected - page)
    case .first: files?.selected = 0
    case .last: files?.selected = last
    case .deleteBackward: return narrow { _ = $0.popLast() }
    case .deleteToStart: return narrow { $0 = "" }
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .stepOut:
      if !list.narrowing.isEmpty { return narrow { $0 = "" } }
      if !summary.files.isEmpty {
        files = nil
        return []
      }
      return say("type to narrow the list, Enter opens, ^C quits")
    case .quit: return [.quit]
    case .accept:
      guard list.shown.indices.contains(list.selected) else {
        guard list.isPath else { return say(list.emptyText) }
        files = nil
        return openSources([list.narrowing])
      }
      let candidate = list.shown[list.selected]
      if let obstacle = candidate.obstacle { return say("\(candidate.name): \(obstacle)", .warning) }
      files = nil
      return openSources(candidate.set.isEmpty ? [candidate.name] : candidate.set)
    default: break
    }
    return []
  }
}
