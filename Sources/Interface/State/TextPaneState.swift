/// A text in the place of the log: what a command printed.
public struct TextPaneState: Equatable, Sendable {
  /// The heading.
  public var title: String
  /// The lines.
  public var lines: [String]
  /// The first line shown.
  public var top = 0
  /// Columns scrolled to the right.
  public var column = 0
  /// What is searched for; empty for nothing.
  public var needle = ""

  /// Makes a pane at the beginning of a text.
  public init(title: String, lines: [String]) {
    self.title = title
    self.lines = lines
  }

  /// The lines of what a program printed; a last newline begins no line.
  static func lines(of bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self) }
  }

  /// The index of the next line that holds the needle, beginning at `start`, around the end; nil without any.
  func next(from start: Int, forward: Bool) -> Int? {
    guard !needle.isEmpty, !lines.isEmpty else { return nil }
    let ignoresCase = !needle.contains(where: \.isUppercase)
    for step in 0..<lines.count {
      let index = ((start + (forward ? step : -step)) % lines.count + lines.count) % lines.count
      if (ignoresCase ? lines[index].lowercased() : lines[index]).contains(needle) { return index }
    }
    return nil
  }
}

extension State {
  /// Rows that the pane has for its lines.
  private var textPaneRows: Int { max(1, size.rows - 3) }

  mutating func performInText(_ action: Action, count: Int?) -> [Effect] {
    guard var pane = textPane else { return [] }
    let times = max(1, min(count ?? 1, 1 << 30))
    let scroll = LineScroll(top: pane.top, rows: textPaneRows, count: pane.lines.count)
    if let top = scroll.top(after: action, count: count) {
      textPane?.top = top
      return []
    }
    switch action {
    case .left: pane.column = max(0, pane.column - 8 * times)
    case .right: pane.column = min(1 << 20, pane.column + 8 * times)
    case .search: return open(.text, text: "")
    case .searchNext: return findInText(from: pane.top + 1, forward: true)
    case .searchPrevious: return findInText(from: pane.top - 1, forward: false)
    case .copyRecord:
      return copy(Array((pane.lines.joined(separator: "\n") + "\n").utf8), what: "the output")
    case .stepOut where !pane.needle.isEmpty: pane.needle = ""
    case .closePane, .stepOut:
      textPane = nil
      paneClosed = now
      return []
    case .quit: return [.quit]
    case .help: return openHelp()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    default: return []
    }
    textPane = pane
    return []
  }

  /// Scrolls to the next line that has what is searched for.
  @discardableResult
  mutating func findInText(from start: Int, forward: Bool) -> [Effect] {
    guard let pane = textPane else { return [] }
    guard !pane.needle.isEmpty else { return say("no search yet; / begins one") }
    guard let index = pane.next(from: start, forward: forward) else {
      return say("not found: \(pane.needle)", .warning)
    }
    textPane?.top = min(index, max(0, pane.lines.count - 1))
    return []
  }
}
