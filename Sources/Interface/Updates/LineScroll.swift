/// Lines that scroll in a pane, and where keys of motion bring them: the same in all panes that have no cursor.
struct LineScroll {
  /// The first line shown.
  var top: Int
  /// Rows that the pane has.
  var rows: Int
  /// All lines.
  var count: Int

  /// The first line shown after a motion; nil for any other action.
  func top(after action: Action, count times: Int?) -> Int? {
    let step = max(1, min(times ?? 1, 1 << 30))
    switch action {
    case .down: return clamped(top + step)
    case .up: return clamped(top - step)
    case .pageDown: return clamped(top + rows)
    case .pageUp: return clamped(top - rows)
    case .halfPageDown: return clamped(top + rows / 2)
    case .halfPageUp: return clamped(top - rows / 2)
    case .first: return clamped((times ?? 1) - 1)
    case .last: return clamped(times.map { $0 - 1 } ?? count)
    default: return nil
    }
  }

  private func clamped(_ line: Int) -> Int { min(max(0, line), max(0, count - rows)) }
}
